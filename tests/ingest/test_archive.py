"""Containers of workbooks: what is found before anything is unpacked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import NotATable, TooLarge, TooManyColumns
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


FAR = "<row r='1048576'><c r='XFD1048576'/></row>"


@pytest.mark.parametrize(
    "body",
    [
        FAR,
        FAR.lower(),
        FAR.replace("r=", "r = "),
        FAR.replace("'", '"'),
        FAR.replace("<c", "<x:c").replace("<r", "<x:r"),
    ],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/other/s.xml", "xl/worksheets/sheet1"])
def test_a_cell_far_out_is_found_however_it_is_written(body: str, part: str) -> None:
    with pytest.raises(TooManyColumns):
        archive.guard("x", containers.archive({"xl/workbook.xml": "<a/>", part: body}))


@pytest.mark.parametrize(("cells", "error"), [(301, TooManyColumns), (29, TooLarge), (28, None)])
def test_cells_that_do_not_say_where_they_stand_are_counted(cells: int, error: type[Exception] | None) -> None:
    body = f'<row>{"<c><v>1</v></c>" * cells}</row><row r="1048576"><c t="n"/></row>'
    data = containers.archive({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": body})
    if error is None:
        archive.guard("x", data)
        return
    with pytest.raises(error):
        archive.guard("x", data)


def with_strings(strings: str, cells: str = "") -> bytes:
    """Give a container with a list of texts and some cells."""
    parts = {"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": cells}
    return containers.archive(parts)


def test_a_list_of_texts_that_lies_about_its_length_makes_no_room() -> None:
    archive.guard("x", with_strings("<sst count='4000000000' uniqueCount='2'><si/><si/></sst>"))
    with pytest.raises(NotATable):
        archive.guard("x", with_strings("<sst count='2' uniqueCount='4000000000'><si/><si/></sst>"))


@pytest.mark.parametrize(("times", "fits"), [(30_000, True), (40_000, False)])
def test_a_long_text_in_very_many_cells_fills_no_memory(times: int, fits: bool) -> None:  # noqa: FBT001
    strings = f"<sst><si><t>a</t></si><si><t>{'y' * 30_000}</t></si></sst>"
    data = with_strings(strings, '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>' * times)
    if fits:
        archive.guard("x", data)
        return
    with pytest.raises(TooLarge):
        archive.guard("x", data)


@pytest.mark.parametrize("repeated", ['rows-repeated="1048000"', 'rows-repeated="4000000000"'])
def test_a_long_text_repeated_by_a_number_fills_no_memory(repeated: str) -> None:
    cell = f'<table:table-cell office:value-type="string"><text:p>{"y" * 2_000}</text:p></table:table-cell>'
    content = f"<table:table-row table:number-{repeated}>{cell}</table:table-row>"
    with pytest.raises(TooLarge):
        archive.guard("x", containers.archive({"content.xml": content}))
    blanks = containers.open_document(((("string", "Date"), ("string", "Amount")),))
    archive.guard("x", blanks)


@pytest.mark.parametrize("text", ["row ", "<c r", '<c t="s" ', "<si>", "<row ", "table:table-row "])
def test_parts_made_to_be_searched_for_long_are_not(text: str) -> None:
    archive.guard("x", with_strings(text * 300_000, text * 300_000))
