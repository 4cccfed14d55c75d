"""The container of a workbook, looked at before anything is unpacked: passwords, bombs, and cells far out.

A library that reads a sheet makes room for the whole rectangle up to its last cell. One stray cell in the last column
of the last row would take half a terabyte and end the program, so it is found beforehand.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from kpi_core.errors import NotATable, ProtectedWorkbook, TooLarge, TooManyColumns
from kpi_core.ingest.grid import MOST_COLUMNS
from kpi_core.ingest.text import OLE_MAGIC, PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNPACKED_LIMIT: Final = 1 << 30
UNPACKED_WORDS: Final = "1 GB when unpacked"
RATIO_LIMIT: Final = 400
"""Spreadsheet XML packs well, but not this well: beyond it an archive is made to fill the memory."""
SMALL: Final = 1 << 18
LOCAL_HEADER: Final = 30
"""Bytes before the names of an entry of an archive."""
WORKBOOK_PARTS: Final = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
MOST_CELLS: Final = 30_000_000
"""Room for a sheet: a gigabyte while it is read."""
CELLS_WORDS: Final = "a sheet of 30 million cells, counted up to its last row and column"
MANY_ROWS: Final = MOST_CELLS // MOST_COLUMNS
OVERLAP: Final = 256
"""Bytes of a piece that are looked at again with the next one, so that no reference is cut in two."""
SECTOR: Final = 512
"""Where parts of an old Office file begin: at multiples of that."""
_FILE_PASS: Final = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""How an old Excel file with a password begins: its first record, then one that says how it is encrypted."""
_ROW: Final = re.compile(rb"""<(?:\w+:)?row\b[^<>]*?\br\s*=\s*["']\s*([0-9]{6,9})["']""")
_STRINGS: Final = re.compile(rb"""<(?:\w+:)?sst\b[^<>]*?\buniqueCount\s*=\s*["']\s*([0-9]{1,30})""")
"""How many different texts a workbook says it has: room for them is made before any is read, so it must be no lie."""
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACELESS: Final = re.compile(rb"""<(?:\w+:)?c(?:\s+(?!r\s*=)[\w:]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*/?>""")
"""A cell that does not say where it stands: it stands right of the one before."""
_TEXT: Final = re.compile(rb"<(?:\w+:)?si[\s/>]")
_REFERENCE: Final = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]{0,400}>\s*<(?:\w+:)?v>\s*([0-9]{1,9})\s*</""")
_ROWS_AGAIN: Final = re.compile(rb"""[^<>]{0,400}?number-rows-repeated\s*=\s*["']([0-9]{1,9})""")
_CELLS_AGAIN: Final = re.compile(rb"""[^<>]{0,400}?number-columns-repeated\s*=\s*["']([0-9]{1,9})""")
SHEETS_PART: Final = "content.xml"
STRINGS_PART: Final = "xl/sharedStrings.xml"
LONG_TEXT: Final = 256
"""Bytes of a text from which on its repetitions are counted: those of shorter ones are held by MOST_CELLS."""


def guard(name: str, data: bytes) -> None:
    """Refuse a container that cannot or must not be unpacked.

    Raises:
        ProtectedWorkbook: it has a password.
        TooLarge: more than a gigabyte unpacked, or a sheet of more than 30 million cells.
        TooManyColumns: a cell beyond column 300.
        NotATable: no workbook, or a damaged one.
    """
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data or any(
            found.start() % SECTOR == 0 for found in _FILE_PASS.finditer(data)
        ):
            raise ProtectedWorkbook(name)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            manifest = _manifest(archive)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error) as error:
        raise NotATable(name, "a damaged archive") from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_LIMIT:
        raise TooLarge(name, UNPACKED_WORDS)
    if unpacked > RATIO_LIMIT * max(len(data), SMALL):
        raise TooLarge(name, "any real workbook once it is unpacked")
    if not any(entry.filename in WORKBOOK_PARTS for entry in entries):
        raise NotATable(name, "a compressed archive")
    if any(entry.flag_bits & 1 for entry in entries) or b"manifest:encryption-data" in manifest:
        raise ProtectedWorkbook(name)
    if any(_is_forged(data, entry) for entry in entries):
        raise NotATable(name, "a damaged archive")
    for entry in entries:
        _guard_sheet(name, data, entry)
    _guard_repeats(name, data, entries)


def _manifest(archive: zipfile.ZipFile) -> bytes:
    """Read the list of parts of an OpenDocument file, where a password shows; a bomb in its place is not unpacked."""
    named = [entry for entry in archive.infolist() if entry.filename == "META-INF/manifest.xml"]
    if not named or named[0].file_size > PIECE:
        return b""
    return archive.read(named[0])


def _is_forged(data: bytes, entry: zipfile.ZipInfo) -> bool:
    """Tell an entry that unpacks to something else than it says: the sum of what they say would guard nothing."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return True
    try:
        return sum(len(piece) for piece in _pieces(data, entry)) != entry.file_size
    except zlib.error:
        return True


def _pieces(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack an entry piece by piece, up to a little more than it says it holds."""
    head = data[entry.header_offset : entry.header_offset + LOCAL_HEADER]
    start = entry.header_offset + LOCAL_HEADER + sum(int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
    stop = start + entry.compress_size
    if entry.compress_type == zipfile.ZIP_STORED:
        yield data[start:stop]
        return
    unpacker, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    for begin in range(start, stop, PIECE):
        fed = data[begin : min(begin + PIECE, stop)]
        while fed and size <= entry.file_size:
            piece = unpacker.decompress(fed, PIECE)
            size += len(piece)
            yield piece
            fed = unpacker.unconsumed_tail
    if size <= entry.file_size:
        yield unpacker.flush()


def _guard_sheet(name: str, data: bytes, entry: zipfile.ZipInfo) -> None:
    """Refuse a sheet whose cells lie too far out; any part may be one, whatever it is called."""
    beyond = _column_beyond(MOST_COLUMNS)
    rows, placeless = MANY_ROWS, False
    for text in _overlapping(data, entry):
        if any(int(said[1]) > entry.file_size for said in _STRINGS.finditer(text)):
            raise NotATable(name, "a damaged workbook")
        found = beyond.search(text)
        if found:
            raise TooManyColumns(name, column_number(found[1].decode().upper()), MOST_COLUMNS)
        rows = max(rows, max((int(row[1]) for row in _ROW.finditer(text)), default=0))
        placeless = placeless or _PLACELESS.search(text) is not None
    width = _widest(data, entry) if placeless else 0
    if width > MOST_COLUMNS:
        raise TooManyColumns(name, width, MOST_COLUMNS)
    if rows <= MANY_ROWS:
        return
    beyond = _column_beyond(MOST_CELLS // rows)
    if width > MOST_CELLS // rows or any(beyond.search(text) for text in _overlapping(data, entry)):
        raise TooLarge(name, CELLS_WORDS)


def _widest(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Count the cells of the longest row."""
    widest = width = 0
    for piece in _pieces(data, entry):
        rest, *rows = piece.split(b"<row")
        width += len(_CELL.findall(rest))
        widest = max(widest, width)
        for row in rows:
            width = len(_CELL.findall(row))
            widest = max(widest, width)
    return widest


def _guard_repeats(name: str, data: bytes, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse texts that stand once in the file and in so many cells that they would fill the memory."""
    size = 0
    for entry in entries:
        if entry.filename == STRINGS_PART and entry.file_size > LONG_TEXT:
            size += _shared_size(data, entry, entries)
        if entry.filename == SHEETS_PART:
            size += _repeated_size(b"".join(_pieces(data, entry)))
    if size > UNPACKED_LIMIT:
        raise TooLarge(name, UNPACKED_WORDS)


def _shared_size(data: bytes, held: zipfile.ZipInfo, entries: Sequence[zipfile.ZipInfo]) -> int:
    """Count the bytes of long shared texts, each as often as cells refer to it."""
    long: dict[int, int] = {}
    before = 0
    for number, found in enumerate(_TEXT.finditer(b"".join(_pieces(data, held)) + b"<si>")):
        if found.start() - before > LONG_TEXT:
            long[number - 1] = found.start() - before
        before = found.start()
    return sum(
        long.get(int(found[1]), 0)
        for entry in (entries if long else ())
        for text in _pieces(data, entry)
        for found in _REFERENCE.finditer(text)
    )


def _repeated_size(content: bytes) -> int:
    """Count the bytes of the cells of an OpenDocument file that hold something, each as often as it is repeated."""
    size = 0
    for row in content.split(b"table:table-row")[1:]:
        again = _ROWS_AGAIN.match(row)
        cells = 0
        for cell in row.split(b"table:table-cell")[1:]:
            if b"text:p" in cell or b"office:value" in cell:
                times = _CELLS_AGAIN.match(cell)
                cells += len(cell) * (int(times[1]) if times else 1)
        size += cells * (int(again[1]) if again else 1)
    return size


def _overlapping(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack an entry, each piece with the end of the one before."""
    tail = b""
    for piece in _pieces(data, entry):
        text = tail + piece
        yield text
        tail = text[-OVERLAP:]


def column_number(letters: str) -> int:
    """Count the columns of a sheet up to one by its letters.

    >>> column_number("A"), column_number("AB"), column_number("XFD")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _column_beyond(most: int) -> re.Pattern[bytes]:
    """Make the pattern of a reference to a cell beyond a column, such as `r="KO7"` beyond 300.

    >>> [bool(_column_beyond(28).search(b'<c r="%s7">' % letters)) for letters in (b"Z", b"AB", b"AC", b"BA", b"AAA")]
    [False, False, True, True, True]
    """
    first, last = divmod(most - 1, 26)
    letter = chr(ord("A") + last)
    after = f"[{chr(ord(letter) + 1)}-Z]" if letter != "Z" else "(?!)"
    if first == 0:
        columns = f"{after}|[A-Z]{{2,3}}"
    else:
        lead = chr(ord("A") + first - 1)
        further = f"[{chr(ord(lead) + 1)}-Z][A-Z]|" if lead != "Z" else ""
        columns = f"{lead}{after}|{further}[A-Z]{{3}}"
    return re.compile(rf"""\br\s*=\s*["']\s*({columns})[0-9]""".encode(), re.IGNORECASE)
