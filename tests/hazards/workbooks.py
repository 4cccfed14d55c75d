"""Workbooks from typed cells: Excel of today and of 1997, and OpenDocument, written here byte by byte or by xlsxwriter.

A cell is a text, a number, true or false, null, `{"day": "2026-10-03"}`, `{"moment": "2026-10-03 14:05:00"}`,
`{"percent": 0.325}` or `{"formula": "=B2+B3", "value": 12.5}`.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from tests.ingest.containers import biff, compound, open_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Cell = Any
    Sheets = Mapping[str, Sequence[Sequence[Cell]]]

EPOCH: Final = dt.datetime(1899, 12, 30)
PLAIN, DAY, MOMENT, PERCENT = range(4)
FORMATS: Final = ("General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "0.0%")
BUILT_IN: Final = (0, 14, 22, 10)
"""The same as numbered by old Excel."""


def workbook(sheets: Sheets, kind: str) -> bytes:
    """Write a workbook of a kind: xlsx, xls or ods."""
    match kind:
        case "xlsx":
            return _xlsx(sheets)
        case "xls":
            return _xls(sheets)
        case "ods":
            (rows,) = sheets.values()
            return open_document(tuple(tuple(_ods_cell(cell) for cell in row) for row in rows))
        case _:
            raise AssertionError(kind)


def _plain(cell: Cell) -> tuple[str | float | bool | None, int]:
    """Give the value of a cell as a spreadsheet holds it, and the number of its format."""
    match cell:
        case {"day": day}:
            return (dt.datetime.fromisoformat(day) - EPOCH) / dt.timedelta(days=1), DAY
        case {"moment": moment}:
            return (dt.datetime.fromisoformat(moment) - EPOCH) / dt.timedelta(days=1), MOMENT
        case {"percent": share}:
            return float(share), PERCENT
        case {"value": value}:
            return value, PLAIN
        case _:
            return cell, PLAIN


def _xlsx(sheets: Sheets) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        formats = [book.add_format({"num_format": each}) for each in FORMATS]
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    value, form = _plain(cell)
                    if isinstance(cell, dict) and "formula" in cell:
                        sheet.write_formula(at, column, cell["formula"], None, value)
                    elif isinstance(value, str):
                        sheet.write_string(at, column, value)
                    elif value is not None:
                        sheet.write(at, column, value, formats[form])
    return stream.getvalue()


def _xls(sheets: Sheets) -> bytes:
    """Write the records of Excel 97: one stream, the parts of the sheets after that of the book."""
    parts = [_xls_sheet(rows) for rows in sheets.values()]
    styles = [(0xE0, struct.pack("<HH", 0, form) + bytes(16)) for form in BUILT_IN]

    def head(starts: Sequence[int]) -> bytes:
        listed = [
            (0x85, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name.encode("latin-1"))
            for name, start in zip(sheets, starts, strict=True)
        ]
        return biff((0x809, _begin(5)), *styles, *listed, (0x0A, b""))

    size = len(head([0] * len(parts)))
    starts = [size + sum(map(len, parts[:at])) for at in range(len(parts))]
    return compound({"Workbook": head(starts) + b"".join(parts)})


def _begin(kind: int) -> bytes:
    return struct.pack("<HHHH", 0x0600, kind, 0x0DBB, 0x07CC) + bytes(8)


def _xls_sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    records = [(0x809, _begin(0x10))]
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            value, form = _plain(cell)
            place = struct.pack("<HHH", at, column, form)
            if isinstance(value, bool):
                records.append((0x205, place + bytes([value, 0])))
            elif isinstance(value, str):
                text = value.encode("utf-16-le")
                records.append((0x204, place + struct.pack("<HB", len(text) // 2, 1) + text))
            elif value is not None:
                records.append((0x203, place + struct.pack("<d", value)))
    return biff(*records, (0x0A, b""))


def _ods_cell(cell: Cell) -> tuple[str, str]:
    match cell:
        case {"day": day}:
            return "date", str(day)
        case {"moment": moment}:
            return "date", str(moment).replace(" ", "T")
        case {"percent": share}:
            return "float", str(share)
        case {"value": int() | float() as value}:
            return "float", str(value)
        case bool():
            return "string", "TRUE" if cell else "FALSE"
        case int() | float():
            return "float", str(cell)
        case _:
            return "string", cell or ""
