"""Workbooks: written here, read by content, the same as their CSV."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from kpi_core.errors import NotATable
from kpi_core.ingest import read
from kpi_core.ingest.workbook import read_workbook, text_of
from tests.ingest.containers import archive


def saved(book: openpyxl.Workbook) -> bytes:
    """Give the bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_cells_become_the_text_a_csv_would_hold() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Orders"
    sheet.append(["Date", "At", "Amount", "Paid", "Took"])
    sheet.append([dt.date(2026, 10, 3), dt.datetime(2026, 10, 3, 14, 5), 0.1 + 0.2, True, dt.timedelta(minutes=90)])
    sheet.append([dt.date(2026, 10, 4), None, 123456789012.5, False, None])
    (found,) = read_workbook("x.xlsx", saved(book))
    assert found.name == "Orders"
    assert found.grid.rows(slice(1, 3)) == [
        ("2026-10-03", "2026-10-03 14:05:00", "0.3", "TRUE", "1:30:00"),
        ("2026-10-04", "", "123456789012.5", "FALSE", ""),
    ]


def test_blank_and_hidden_sheets_are_passed_over() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Hidden").append(["a"])
    book["Hidden"].sheet_state = "hidden"
    book.create_sheet("Shown").append(["b"])
    assert [sheet.name for sheet in read_workbook("x", saved(book))] == ["Shown"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e-7, "0.0000001"), (1e21, "1000000000000000000000"), (2.0, "2"), (float("nan"), "nan"), (None, "None")],
)
def test_numbers_are_written_without_exponent(value: object, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04nothing more",
        archive({"readme.txt": b"hello"}),
        archive({"xl/workbook.xml": b"<nonsense"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    ],
)
def test_other_archives_are_no_tables(data: bytes) -> None:
    with pytest.raises(NotATable):
        read_workbook("x.xlsx", data)


def test_numbers_written_with_a_point_are_told_from_texts() -> None:
    book = openpyxl.Workbook()
    for row in (["Weight", "Pieces"], [45.123, 3], ["45,5", 4], [7.0, 5]):
        book.active.append(row)
    (found,) = read_workbook("x.xlsx", saved(book))
    assert {index: points.tolist() for index, points in found.grid.points.items()} == {0: [False, True, False, False]}


def test_the_sheet_that_was_read_is_named_with_those_that_were_not_and_the_column_of_sums() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Cover"
    book.worksheets[0].append(["Profit and loss"])
    sheet = book.create_sheet("P&L")
    for row in (["Line", "Jan 2026", "Feb 2026", "Sum"], ["Sales", 10, 20, 30], ["Costs", -4, -5, -9]):
        sheet.append(row)
    found = dict(read("pl.xlsx", saved(book), today=dt.date(2026, 11, 3)).facts)
    assert found["Sheet"] == "P&L; not read: Cover"
    assert found["Columns left out"] == "Sum: no period of its own"
    alone = dict(read("a.csv", b"Line,Jan 2026,Feb 2026\nSales,10,20\nCosts,-4,-5\n", today=dt.date(2026, 11, 3)).facts)
    assert {"Sheet", "Columns left out"}.isdisjoint(alone)
