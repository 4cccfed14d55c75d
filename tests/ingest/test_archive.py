"""Containers of workbooks: what is found before anything is unpacked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import TooLarge, TooManyColumns
from kpi_core.ingest import archive
from tests.ingest import containers


def sheet(*references: str, rows: int = 1) -> bytes:
    """Give a container whose only sheet has some cells, and says how many rows it has."""
    cells = "".join(f'<c s="1" r="{reference}"><v>1</v></c>' for reference in references)
    body = f'<sheetData><row spans="1:2" r="{rows}">{cells}</row></sheetData>'
    return containers.archive({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": body})


@pytest.mark.parametrize("cell", ["A1", "Z9", "KN1", "AB1048576"])
def test_an_ordinary_sheet_passes(cell: str) -> None:
    archive.guard("x", sheet("A1", cell, rows=1))


@pytest.mark.parametrize(("cell", "columns"), [("KO1", 301), ("XFD1", 16384), ("ZZ7", 702), ("AAA1", 703)])
def test_cells_too_far_right_are_named_by_their_column(cell: str, columns: int) -> None:
    with pytest.raises(TooManyColumns) as caught:
        archive.guard("x", sheet("A1", cell))
    assert caught.value.sentence == f"x has {columns} columns; 300 is the most that is read."


def test_a_long_sheet_may_be_as_wide_as_its_room() -> None:
    archive.guard("x", sheet("AB1", rows=1_048_576))
    archive.guard("x", sheet("KN1", rows=100_000))
    for cell, rows in (("AC1", 1_048_576), ("KN1", 100_001)):
        with pytest.raises(TooLarge):
            archive.guard("x", sheet(cell, rows=rows))


def test_a_reference_cut_in_two_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for piece in range(40, 60):
        monkeypatch.setattr(archive, "PIECE", piece)
        with pytest.raises(TooManyColumns):
            archive.guard("x", sheet("A1", "XFD1"))


@given(st.integers(1, 700), st.integers(1, 700))
def test_the_pattern_finds_exactly_what_lies_beyond(most: int, column: int) -> None:
    letters = ""
    left = column
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    assert archive.column_number(letters) == column
    found = archive._column_beyond(most).search(f'r="{letters}12"'.encode())  # noqa: SLF001
    assert (found is not None) == (column > most)
