"""Exports and workbooks damaged the way files are damaged: cut, doubled, mixed, and cells that no program expects."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

import openpyxl
from hypothesis import strategies as st

from tests.ingest.containers import archive, open_document
from tests.ingest.exports import sales
from tests.ingest.test_reading import HAZARDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SIGNS: Final = (b'"', b'""', b"'", b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\r\r\n", b"\n\n\n", b" ", b"\\")
ENCODED: Final = (
    b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\xe9", "\u00e9".encode(), b"\x81\x8d",
    "\U0001f642".encode(), "\u200f\u202e".encode(), "\u2028".encode(), b"\x1b[31m", "A\u0300".encode(), b"\x1a",
)  # fmt: skip
CELLS: Final = (
    b"=1+1", b"=cmd|' /C calc'!A0", b"@SUM(A1)", b"1e308", b"-inf", b"NaN", b"9" * 400, b"0." + b"3" * 400,
    b"9223372036854775808", b"-9223372036854775808", b"1" * 19, b"0001-01-01", b"9999-12-31", b"31/12/9999",
    b"00/00/0000", b"29.02.2025", b"0000-00-00", b"2026-13-45", b"99999999999999", b"45000.5", b"20261003", b"1/2/3",
    b"Total", b"Balance", b"Subtotal:", b"Date", b"Amount", b"-", b"--", b"n/a", b"()", b"(1.00)", b"1.00-", b"1,2,3",
    b"1.2.3,4", b"50%", b"$", b"\x80", "\u20ac5".encode(), b"kr 5", b"USD", b"EUR", b"TRUE", b"1:30:00", b"999:59:59",
    b"1h 5m", b"a@b.example", b"+46 70 123 45 67", b"1\xb2", "1\u00b2".encode(), "\u0661\u0662".encode(),
    "\u00bd".encode(), "\u2460".encode(), "\u22125".encode(), b"1_000", b"0x1F", b"x" * 5000, b"(" * 300,
    b"," * 400, b'"' * 99, b"2026-W05", b"Q3 2026", b"Jan 2026", b"FY26", b"2026-02", b"1900-02-29", b"12/31/69",
    b"<script>alert(1)</script>", b"'; DROP TABLE sources; --", b"../../x", b"__import__('os')", b"CON", b"# note",
)  # fmt: skip
HEADS: Final = (b"sep=;\n", b"# x\n", b"\n\n", b"Report\n", b"Report;x\n", b"\xef\xbb\xbf\xef\xbb\xbf", b"<?", b"{")
DELIMITERS: Final = b",;\t|"


def workbook(rows: Sequence[Sequence[object]], title: str = "Sheet") -> bytes:
    """Write a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _file(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


TEXTS: Final[dict[str, bytes]] = {
    **{name: export.data() for name, export in HAZARDS.items()},
    "balances": _file(
        "Date,Item,Amount,Balance,Customer Email",
        *(f"2026-01-{day:02},Tea,{day}.50,{day * (day + 2) / 2:.2f},a{day}@b.example" for day in range(1, 25)),
    ),
    "periods as columns": _file(
        "Profit and Loss,,,", ",Jan 2026,Feb 2026,Total", "Sales,10.00,12.00,22.00", "Rent,-5.00,-5.00,-10.00"
    ),
    "two tables": _file(
        "City,Users", "Paris,12", "Rome,10", "Oslo,8", "", "Date,Sales", "2026-01-03,3.00", "2026-01-04,1.00"
    ),
    "debit and credit": _file(
        "Date,Text,Debit,Credit", "13/01/2026,Rent,500.00,", "14/01/2026,Sale,,120.00", "15/01/2026,Sale,,1.00"
    ),
    "spans of time": _file("Date,Who,Time", "2026-01-03,Ann,1:30:00", "2026-01-04,Bo,0:45:10"),
    "ids": _file(
        "Order ID,Created at,Total,Currency",
        "0012,2026-01-03 10:00:00 +0100,3.00,EUR",
        "0013,2026-01-04 23:59:00 +0100,9.00,USD",
    ),
}
WORKBOOKS: Final[dict[str, bytes]] = {
    "a workbook": workbook([("Date", "Item", "Amount"), *sales(9).rows]),
    "an OpenDocument": open_document(
        tuple((("date", f"2026-01-{day:02}"), ("string", "Tea"), ("float", f"{day}.5")) for day in range(1, 9))
    ),
}


def _lines(data: bytes, at: int, change: Callable[[list[bytes], int], object]) -> bytes:
    lines = data.split(b"\n")
    change(lines, min(len(lines) - 1, len(lines) * at // 1000))
    return b"\n".join(lines)


def _mark(data: bytes) -> bytes:
    return max((bytes([each]) for each in DELIMITERS), key=data.count)


def _cells(data: bytes, at: int, by: int, change: Callable[[list[bytes], int], object]) -> bytes:
    mark = _mark(data)

    def of_line(lines: list[bytes], place: int) -> None:
        cells = lines[place].split(mark)
        change(cells, by % len(cells))
        lines[place] = mark.join(cells)

    return _lines(data, at, of_line)


def _cut(data: bytes, at: int, by: int, put: bytes) -> bytes:
    spot = len(data) * at // 1000
    return data[:spot] + put + data[spot + by :]


def _end(data: bytes, at: int, by: int, put: bytes) -> bytes:
    del by
    return data[: len(data) * at // 1000] + put


def _insert(data: bytes, at: int, by: int, put: bytes) -> bytes:
    del by
    return _cut(data, at, 0, put)


def _swap(data: bytes, at: int, by: int, put: bytes) -> bytes:
    spot = len(data) * at // 1000
    return data[:spot] + data[spot + by : spot + 2 * by] + put + data[spot : spot + by] + data[spot + 2 * by :]


def _double(data: bytes, at: int, by: int, put: bytes) -> bytes:
    spot = len(data) * at // 1000
    return data[: spot + by] + put + data[spot:]


def _flip(data: bytes, at: int, by: int, put: bytes) -> bytes:
    spot = len(data) * at // 1001
    return data[:spot] + bytes(each ^ (1 + by) for each in data[spot : spot + 1]) + put[:1] + data[spot + 1 :]


def _on_top(data: bytes, at: int, by: int, put: bytes) -> bytes:
    del at, by
    return put + data


def _twice(data: bytes, at: int, by: int, put: bytes) -> bytes:
    del at, by
    return data + put + data


def _line_away(data: bytes, at: int, by: int, put: bytes) -> bytes:
    del by
    return _lines(data, at, lambda lines, place: lines.__setitem__(place, put))


def _line_twice(data: bytes, at: int, by: int, put: bytes) -> bytes:
    del put
    return _lines(data, at, lambda lines, place: lines.insert(by, lines[place]))


def _cell(data: bytes, at: int, by: int, put: bytes) -> bytes:
    return _cells(data, at, by, lambda cells, place: cells.__setitem__(place, put))


def _cell_away(data: bytes, at: int, by: int, put: bytes) -> bytes:
    del put
    return _cells(data, at, by, list.pop)


def _cell_more(data: bytes, at: int, by: int, put: bytes) -> bytes:
    return _cells(data, at, by, lambda cells, place: cells.insert(place, put))


def _column(data: bytes, at: int, by: int, put: bytes) -> bytes:
    """Put the same cell into one column of every line from a certain one on."""
    mark = _mark(data)
    lines = [line.split(mark) for line in data.split(b"\n")]
    for cells in lines[1 + at // 200 :]:
        cells[by % len(cells)] = put
    return b"\n".join(mark.join(cells) for cells in lines)


DAMAGES: Final[tuple[Callable[[bytes, int, int, bytes], bytes], ...]] = (
    _cell, _cell, _cut, _end, _insert, _swap, _double, _flip, _on_top, _twice, _line_away, _line_twice, _cell_away,
    _cell_more, _column,
)  # fmt: skip
"""What is done to a file, each with a place (in thousandths), a distance and some bytes."""


@st.composite
def files(draw: st.DrawFn, bases: Mapping[str, bytes] = TEXTS, most: int = 5) -> bytes:
    """Draw a file with a few damages."""
    data = bases[draw(st.sampled_from(sorted(bases)))]
    for _ in range(draw(st.integers(1, most))):
        damage = draw(st.sampled_from(DAMAGES))
        put = draw(st.sampled_from(HEADS if damage in {_on_top, _twice} else (b"", *CELLS, *SIGNS, *ENCODED)))
        data = damage(data, draw(st.integers(0, 1000)), draw(st.integers(0, 70)), put)
    return data


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """Draw a workbook whose container is whole while one of its parts is damaged."""
    with zipfile.ZipFile(io.BytesIO(WORKBOOKS[draw(st.sampled_from(sorted(WORKBOOKS)))])) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    return archive({**parts, name: draw(files({name: parts[name]}, most=2))})
