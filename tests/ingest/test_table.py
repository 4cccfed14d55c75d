"""The tables of a file."""

from __future__ import annotations

from kpi_core.ingest.grid import Grid, grid_of
from kpi_core.ingest.table import Table, beyond, chosen_header, find_tables, shifted

SALES = [
    ["Date", "Item", "Amount", "VAT"],
    ["2026-01-03", "Tea", "4.50", "0.50"],
    ["2026-01-04", "Mug", "12.00", "2.00"],
]
CITIES = [["City", "Users"], ["Paris", "12"], ["Rome", "10"], ["Oslo", "8"], ["Bonn", "7"], ["Graz", "5"]]


def tables(*blocks: list[list[str]]) -> tuple[Grid, tuple[Table, ...]]:
    """Find the tables of blocks with a blank line between them."""
    rows = [row for block in blocks for row in [*block, []]]
    grid = grid_of(rows)
    return grid, find_tables(grid)


def test_one_table_reaches_from_its_header_to_the_end() -> None:
    grid, found = tables(SALES)
    assert [(table.names, table.first, table.stop) for table in found] == [
        (("Date", "Item", "Amount", "VAT"), 1, len(grid))
    ]


def test_several_tables_are_told_apart_by_gaps_and_headers() -> None:
    _, found = tables(CITIES, [["# Start date: 20260101"], *SALES])
    assert [(table.top, table.first, table.stop) for table in found] == [(0, 1, 6), (6, 9, 12)]


def test_the_same_header_after_a_title_begins_another_table() -> None:
    _, found = tables([["Travel"], *CITIES], [["Paper"], *CITIES])
    assert len(found) == 2


def test_a_header_repeated_at_once_does_not() -> None:
    _, found = tables([*SALES, *SALES])
    assert len(found) == 1


def test_a_gap_in_a_table_does_not() -> None:
    _, found = tables(SALES, SALES[1:])
    assert len(found) == 1


def test_key_and_value_lines_above_a_table_are_no_table() -> None:
    _, found = tables([["Account:", "Main"], ["Balance:", "1,200.00"]], SALES)
    assert [(table.top, table.first) for table in found] == [(0, 4)]


def test_blank_headings_at_the_end_keep_their_columns() -> None:
    _, (table,) = tables([["Date", "Amount", ""], ["2026-01-03", "4.50", ""], ["2026-01-04", "4.50", "CR"]])
    assert table.names == ("Date", "Amount", "Column 3")


def test_rows_longer_than_the_header_are_noticed() -> None:
    grid, (table,) = tables([["Date", "Amount"], ["2026-01-03", "4", "50"], ["2026-01-04", "5", "25"]])
    assert beyond(grid, table) == 1
    assert shifted(table, 1).names == ("Column 1", "Date", "Amount")


def test_an_owner_may_name_the_header() -> None:
    grid = grid_of([["2026", "A"], ["2026-01-03", "4.50"], ["2026-01-04", "4.00"]])
    assert chosen_header(grid, "2").first == 2
    assert (chosen_header(grid, "none").position, chosen_header(grid, "first-row").position) == (None, 0)
