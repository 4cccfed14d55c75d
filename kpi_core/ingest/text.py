r"""Bytes to text: what kind of file it is, its encoding and its line ends.

The result is UTF-8 with `\n` line ends, kept as bytes so that a large file is never held as one string
(a single emoji would make it four bytes a letter).
"""

from __future__ import annotations

import codecs
import io
import re
import struct
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyarrow as pa  # type: ignore[import-untyped]

from kpi_core.errors import EmptyFile, NotATable, RefusedDefinition, TooLarge
from kpi_core.ingest.codepage import CODE_PAGES, likely_code_page

LIMIT_BYTES: Final = 200 * 1024 * 1024
LIMIT_WORDS: Final = "200 MB"
PIECE: Final = 1 << 22
NUL_SHARE: Final = 0.2
"""In UTF-16 every second byte of western text is NUL; in anything else NUL hardly occurs."""

CONTROL_SHARE: Final = 0.05
"""Of random bytes a tenth are controls; a text that somebody damaged holds a few."""
CONTROLS: Final = frozenset({*range(32), 127}) - frozenset(b"\t\n\v\f\r\x1a\x1b")
"""Bytes that no text holds; the end-of-file mark of old systems and the escape of old printers may."""
ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_TABLES: Final = (
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"RIFF", "a sound, film or picture"),
    (b"%PDF-", "a PDF document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive"),
    (b"Rar!\x1a\x07", "a compressed archive"),
    (b"BZh", "a compressed archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a data file for programs"),
    (b"{\\rtf", "a text document"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"BM", "a picture"),
    (b"fLaC", "a sound"),
)
FILM_OR_PHOTO: Final = b"ftyp"
"""Stands at the fifth byte of the photos of telephones and of films."""
MARKUP: Final = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML document"),
    (b"<svg", "a picture"),
    (b"begin:v", "a calendar or an address book"),
)
JSON: Final = re.compile(rb'[\[{]\s*["\[{]')
UNSEEN: Final = re.compile(rb"\xe2\x80[\x8b\x8e\x8f\xaa-\xae]|\xe2\x81[\xa0\xa6-\xa9]|\xef\xbb\xbf")
"""Marks of writing direction, blanks of no width and byte order marks inside a text, in UTF-8: nobody sees them, and
a number with one would be none."""


RETURNED: Final = re.compile(rb"[^\n]*\r[^\n]*")
SAMPLED_LINES: Final = 1000


class FileKind(StrEnum):
    """What the bytes are, whatever the name says."""

    TEXT = "text"
    WORKBOOK = "workbook"


class LineEnd(StrEnum):
    """What ended the lines of the file."""

    LF = "LF"
    CRLF = "CRLF"
    CR = "CR"
    CRCRLF = "CRCRLF"


@dataclass(frozen=True)
class Text:
    r"""The text of a file as UTF-8 without byte order mark, its lines ended by `\n`."""

    data: bytes
    encoding: str
    """As Python names it: utf-8, utf-8-sig (with a byte order mark), utf-16, cp1252 ..."""
    line_end: LineEnd


def file_kind(name: str, data: bytes) -> FileKind:
    """Tell a text from a workbook by its first bytes.

    Raises:
        EmptyFile: no bytes, or white space only.
        TooLarge: over 200 MB.
        NotATable: a picture, a PDF, a program or another thing that holds no table.
    """
    if len(data) > LIMIT_BYTES:
        raise TooLarge(name, LIMIT_WORDS)
    if is_blank(data):
        raise EmptyFile(name)
    for magic, looks_like in NOT_TABLES:
        if data.startswith(magic) and _is_binary(data, magic):
            raise NotATable(name, looks_like)
    if data[4:8] == FILM_OR_PHOTO and data[:1] == b"\x00":
        raise NotATable(name, "a picture or film")
    if data.startswith((*ZIP_MAGIC, OLE_MAGIC)):
        return FileKind.WORKBOOK
    head = data[:200].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for mark, looks_like in MARKUP:
        if head.startswith(mark):
            raise NotATable(name, looks_like)
    if JSON.match(head):
        raise NotATable(name, "a data file for programs (JSON)")
    return FileKind.TEXT


def decode(name: str, data: bytes, encoding: str | None = None) -> Text:
    r"""Turn the bytes of a text file into UTF-8 text with `\n` line ends.

    Args:
        name: the file's name, for sentences only.
        data: the bytes; a text by `file_kind`.
        encoding: the owner's answer, else the file decides.

    Raises:
        EmptyFile: white space only.
        NotATable: bytes that no code page turns into text.
        RefusedDefinition: an encoding nobody knows, or one that these bytes cannot be in.
    """
    chosen = encoding or _encoding(data)
    try:
        body = data if _is_plain_utf8(chosen) else _to_utf8(data, chosen)
        if _is_plain_utf8(chosen) and encoding:
            data.decode(chosen)
    except (LookupError, UnicodeError) as error:
        if encoding is None:
            raise NotATable(name, "bytes without letters") from error
        message = f"{name} cannot be read with the encoding {encoding}."
        raise RefusedDefinition(message, "Choose another encoding.") from error
    body = without_unseen(body)
    if _control_share(body) > CONTROL_SHARE:
        raise NotATable(name, "bytes of a program")
    line_end = _line_end(body)
    body = _with_known_line_ends(body.replace(b"\x00", b"") if b"\x00" in body else body, line_end)
    if is_blank(body):
        raise EmptyFile(name)
    return Text(body, chosen, line_end)


def without_unseen(body: bytes) -> bytes:
    """Drop what no reader sees; texts without any, nearly all, are not copied."""
    # One byte is looked for much faster than two
    if not (b"\xe2" in body or b"\xef" in body):
        return body
    if not any(lead in body for lead in (b"\xe2\x80", b"\xe2\x81", codecs.BOM_UTF8)) or not UNSEEN.search(body):
        return body
    return UNSEEN.sub(b"", body)


def _to_utf8(data: bytes, encoding: str) -> bytes:
    """Turn bytes into UTF-8; half a letter at the end of UTF-16 is dropped, half a pair becomes a question mark."""
    if encoding.startswith("utf-16"):
        return data[: len(data) // 2 * 2].decode(encoding, "surrogatepass").encode("utf-8", "replace")
    if encoding in CODE_PAGES:
        # A letter a byte, so piece by piece: the whole as one string would cost its size once or twice more
        made = io.BytesIO()
        for start in range(0, len(data), PIECE):
            made.write(data[start : start + PIECE].decode(encoding).encode())
        return made.getvalue()
    return data.decode(encoding).encode("utf-8", "replace")


def is_blank(data: bytes) -> bool:
    """Tell white space only, looking at the whole only where the first piece is blank."""
    return not data[:PIECE].strip() and not data.strip()


def _is_binary(data: bytes, magic: bytes) -> bool:
    """Guard the short magics that could begin a text, such as MZ or ID3: a text holds no control bytes."""
    return len(magic) > len(b"RIFF") or _control_share(data[:2000]) > 0


def _is_plain_utf8(encoding: str) -> bool:
    return encoding in {"utf-8", "utf-8-sig"}


def _encoding(data: bytes) -> str:
    """Choose by byte order mark, by NUL bytes, by strict UTF-8, and last by the letters a code page yields."""
    if data.startswith(codecs.BOM_UTF8) and _is_utf8(data):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) and len(data) % 4 == 0:
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:20_000]
    if sample[1::2].count(0) > NUL_SHARE * len(sample):
        return "utf-16-le"
    if sample[0::2].count(0) > NUL_SHARE * len(sample):
        return "utf-16-be"
    return "utf-8" if _is_utf8(data) else likely_code_page(data)


def _is_utf8(data: bytes) -> bool:
    """Check strictly, without building a large file as a string."""
    if data.isascii():
        return True
    whole = pa.LargeStringArray.from_buffers(1, pa.py_buffer(struct.pack("2q", 0, len(data))), pa.py_buffer(data))
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _control_share(body: bytes) -> float:
    sample = body[:20_000]
    return sum(byte in CONTROLS for byte in sample) / max(1, len(sample))


def _line_end(body: bytes) -> LineEnd:
    """Name what ends most lines of the first piece; cells may hold line ends of another kind."""
    sample = body[:PIECE]
    doubled = sample.count(b"\r\r\n")
    both = sample.count(b"\r\n")
    if doubled * 2 > both:
        return LineEnd.CRCRLF
    alone = sample.count(b"\r") - both - doubled
    feeds = sample.count(b"\n") - both
    if alone > max(both, feeds):
        return LineEnd.CR
    return LineEnd.CRLF if both > feeds else LineEnd.LF


def _with_known_line_ends(body: bytes, line_end: LineEnd) -> bytes:
    """Leave LF and CRLF as they are (a copy of a large file costs its size again), put all else right."""
    match line_end:
        case LineEnd.LF | LineEnd.CRLF:
            # One byte is looked for much faster than two
            if b"\r" not in body or body.count(b"\r") == body.count(b"\r\n"):
                return body
            return _lone_returns(body.replace(b"\r\n", b"\n"))
        case LineEnd.CRCRLF:
            return body.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b" ")
        case LineEnd.CR:
            return body.replace(b"\n", b" ").replace(b"\r", b"\n")


def _lone_returns(body: bytes) -> bytes:
    r"""Put lone carriage returns right in a text of `\n`: most stand inside a cell, some end a record like the others.

    They end one where each part of the line holds as many delimiters as most lines do, and no open quote.

    >>> _lone_returns(b"a,b\n1,2\r3,4\n5,6\r7\n")
    b'a,b\n1,2\n3,4\n5,6 7\n'
    """
    sampled = [line for line in body[:PIECE].split(b"\n", SAMPLED_LINES)[:SAMPLED_LINES] if b"\r" not in line]
    mark, usual = _usual_delimiters(sampled)

    def mended(found: re.Match[bytes]) -> bytes:
        line = found[0]
        parts = line.split(b"\r")
        records = usual > 0 and all(part.count(mark) == usual and part.count(b'"') % 2 == 0 for part in parts)
        return line.replace(b"\r", b"\n" if records else b" ")

    return RETURNED.sub(mended, body)


def _usual_delimiters(lines: list[bytes]) -> tuple[bytes, int]:
    """Find which delimiter most lines hold equally often, and how often; 0 where none does."""
    best, often, seen = b",", 0, 0
    for mark in (b",", b";", b"\t", b"|"):
        counts = Counter(line.count(mark) for line in lines)
        count, lines_of = counts.most_common(1)[0] if counts else (0, 0)
        if count and lines_of > seen:
            best, often, seen = mark, count, lines_of
    return best, often


KNOWN_ENCODINGS: Final = ("utf-8", "utf-16", "utf-32", *CODE_PAGES)
"""What the owner may answer to the question of the encoding."""
