"""Containers made byte by byte: zip archives, OpenDocument sheets, compound files of older or encrypted Office."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTOR = 512
LEAST_STREAM = 4096
END, FREE, OF_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def archive(files: Mapping[str, bytes | str]) -> bytes:
    """Give the bytes of a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return stream.getvalue()


def forged(data: bytes, size: int) -> bytes:
    """Let the last entry of an archive say that it unpacks to `size` bytes."""
    at = data.rfind(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Give the bytes of a compound file: header, one sector of its table, one of its directory, the streams."""
    padded = {
        name: data.ljust(-(-max(len(data), LEAST_STREAM) // SECTOR) * SECTOR, b"\0") for name, data in streams.items()
    }
    table, entries, place = [OF_FAT, END], [_entry("Root Entry", 5, END, 0, child=1)], 2
    for turn, (name, data) in enumerate(padded.items(), start=1):
        count = len(data) // SECTOR
        right = turn + 1 if turn < len(padded) else FREE
        entries.append(_entry(name, 2, place, len(data), right=right))
        table += [*range(place + 1, place + count), END]
        place += count
    assert len(table) <= SECTOR // 4
    assert len(entries) <= SECTOR // 128
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, LEAST_STREAM, END, 0, END, 0) + struct.pack("<I", 0)
    head += struct.pack("<I", FREE) * 108
    fat = struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table)))
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    return head + fat + directory + b"".join(padded.values())


def _entry(name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:
    """Give one entry of the directory of a compound file."""
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def biff(*records: tuple[int, bytes]) -> bytes:
    """Give the records of an old Excel file."""
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)


OPEN_DOCUMENT = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Orders">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
BLANKS = '<table:table-cell table:number-columns-repeated="16000"/>'


def open_document(rows: tuple[tuple[tuple[str, str], ...], ...], manifest: str = "<m/>") -> bytes:
    """Give the bytes of an .ods file, cells as (type, value), blanks up to the last row and column as suites write."""
    made = ""
    for row in rows:
        cells = "".join(
            f'<table:table-cell office:value-type="{kind}" {_value(kind, value)}>'
            f"<text:p>{value}</text:p></table:table-cell>"
            for kind, value in row
        )
        made += f"<table:table-row>{cells}{BLANKS}</table:table-row>"
    made += f'<table:table-row table:number-rows-repeated="1048000">{BLANKS}</table:table-row>'
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": OPEN_DOCUMENT.format(rows=made),
            "META-INF/manifest.xml": manifest,
        }
    )


def _value(kind: str, value: str) -> str:
    match kind:
        case "date":
            return f'office:date-value="{value}"'
        case "float":
            return f'office:value="{value}"'
        case _:
            return ""
