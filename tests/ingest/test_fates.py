"""What becomes of each record under a header."""

from __future__ import annotations

import pytest

from kpi_core.ingest import fates
from kpi_core.ingest.fates import Body, Reason, body_of
from kpi_core.ingest.grid import grid_of
from kpi_core.ingest.table import find_tables

HEADER = ["Date", "Text", "Amount"]
ROWS = [["2026-01-03", "Tea", "4.50"], ["2026-01-04", "Mug", "12.00"], ["2026-01-05", "Cup", "7.25"]]


def body(*rows: list[str], header: list[str] | None = None) -> Body:
    """Tell the rows under a header apart."""
    grid = grid_of([header or HEADER, *rows])
    return body_of(grid, find_tables(grid)[0])


def left_out(*rows: list[str], header: list[str] | None = None) -> dict[int, Reason]:
    """Give what is left out, by spreadsheet row."""
    return {at + 1: reason for at, reason in body(*rows, header=header).left_out.items()}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "", ""], Reason.BLANK),
        (["Date", "Text", "Amount"], Reason.REPEATED_HEADER),
        (["# exported by the shop", "", ""], Reason.COMMENT),
        (["Total", "", "23.75"], Reason.TOTAL),
        (["", "Summe", "23.75"], Reason.TOTAL),
        (["", "", "Total for January"], Reason.TOTAL),
        (["Transactions Total", "", "23.75"], Reason.TOTAL),
        (["Összesen", "", "23,75"], Reason.TOTAL),
        (["Solde en début de période", "", "100.00"], Reason.BALANCE),
        (["Saldo", "", "100.00"], Reason.BALANCE),
        (["This report is no offer, nor advice.", "", ""], Reason.NOTE),
        (["", "see the note", ""], Reason.NOTE),
    ],
)
def test_records_at_the_end_that_are_no_rows(row: list[str], reason: Reason) -> None:
    assert left_out(*ROWS, row) == {5: reason}


def test_a_line_that_only_extends_the_text_above() -> None:
    assert left_out(ROWS[0], ["", "green, loose", ""], *ROWS[1:]) == {3: Reason.CONTINUATION}


def test_a_line_of_words_between_rows() -> None:
    wide = ["Date", "A", "B", "C", "D", "E", "Amount"]
    rows = [["2026-01-03", "a", "b", "c", "d", "e", f"{number}.00"] for number in range(4)]
    assert left_out(*rows[:2], ["A null transaction"], *rows[2:], header=wide) == {4: Reason.TEXT_LINE}


@pytest.mark.parametrize(
    "row",
    [
        ["2026-01-06", "Total Wine & More", "9.00"],
        ["2026-01-06", "TOTAL", "9.00"],
        ["2026-01-06", "Balance Bikes Ltd", "9.00"],
        ["Pending", "Total Wine", "9.00"],
        ["2026-01-06", "", "9.00"],
        ["2026-01-06", "Tea", ""],
        ["", "Tea", "9.00"],
    ],
)
def test_rows_stay_rows_whatever_their_text_says(row: list[str]) -> None:
    assert left_out(*ROWS, row) == {}


def test_a_balance_with_a_day_is_known_by_what_it_lacks() -> None:
    header = ["Date", "Payee", "Text", "Amount", "Id"]
    rows = [["2026-01-03", "Ann", "Tea", f"{number}.00", f"X{number}"] for number in range(4)]
    opening = ["2026-01-01", "", "Opening balance", "100.00", ""]
    assert left_out(opening, *rows, header=header) == {2: Reason.BALANCE}


def test_totals_of_a_table_without_days() -> None:
    cities = [["Paris", "12"], ["Rome", "10"]]
    assert left_out(*cities, ["Grand Total", "22"], header=["City", "Users"]) == {4: Reason.TOTAL}
    assert left_out(*cities, ["Total: Account", "99"], header=["City", "Users"]) == {4: Reason.TOTAL}
    doubtful = body(*cities, ["Total Gym", "7"], header=["City", "Users"])
    assert (doubtful.left_out, doubtful.doubtful) == ({}, (3,))


def test_group_headings_and_subtotals() -> None:
    header = ["", "Date", "Item", "Qty", "Price", "Amount"]
    rows = [
        ["Ann"],
        ["", "2026-01-03", "Tea", "1", "4.50", "4.50"],
        ["", "2026-01-04", "Mug", "1", "12.00", "12.00"],
        ["Total for Ann", "", "", "", "", "16.50"],
        ["TOTAL", "", "", "", "", "16.50"],
    ]
    assert left_out(*rows, header=header) == {2: Reason.TEXT_LINE, 5: Reason.TOTAL, 6: Reason.TOTAL}


def test_records_of_another_kind_are_told_by_their_code() -> None:
    grid = grid_of(
        [
            ["SH", "2026-01-06", "X1"],
            ["CH", "Date", "Amount"],
            ["SB", "2026-01-06", "52.00"],
            ["SB", "2026-01-07", "8.00"],
            ["SF", "GBP", "60.00"],
        ]
    )
    found = body_of(grid, find_tables(grid)[0])
    assert (found.kept.tolist(), found.left_out) == ([2, 3], {4: Reason.OTHER_RECORD})


def test_an_ordinary_column_of_codes_is_none() -> None:
    rows = [["A", "2026-01-06", "52.00"], ["B", "2026-01-07", "8.00"]]
    assert left_out(*rows, header=["Class", "Date", "Amount"]) == {}


def test_cells_beyond_the_header_make_a_row_doubtful() -> None:
    found = body(*ROWS, ["2026-01-06", "Smith", " John", "9.00"])
    assert (found.overlong, found.kept.tolist()) == ((4,), [1, 2, 3])


def test_the_sieve_for_many_rows_finds_what_the_close_look_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["Paris", "12"], ["Zwischensumme", "10"], ["TotalEnergies", "10"], ["Celkem", "5"], ["Součet", "5"]]
    near = left_out(*rows, header=["City", "Users"])
    monkeypatch.setattr(fates, "FEW", 0)
    assert left_out(*rows, header=["City", "Users"]) == near == {3: Reason.TOTAL, 5: Reason.TOTAL, 6: Reason.TOTAL}
