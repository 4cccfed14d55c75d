"""Which record is the header."""

from __future__ import annotations

import pytest

from kpi_core.ingest.header import Certainty, Header, find_header

BODY = [("2026-01-03", "Tea", "4.50"), ("2026-01-04", "Mug", "12.00"), ("2026-01-05", "Cup", "7.25")]
HEADER = ("Date", "Item", "Amount")


def found(*rows: tuple[str, ...]) -> Header | None:
    """Look for the header of some records, all of the width of the widest."""
    width = max(len(row) for row in rows)
    return find_header([(*row, *[""] * (width - len(row))) for row in rows], width)


def at(header: Header | None) -> tuple[int | None, int, Certainty]:
    """Give what matters of a header."""
    assert header is not None
    return header.position, header.first, header.certainty


@pytest.mark.parametrize(
    "above",
    [
        [],
        [("Sales report",)],
        [("Sales report",), ("1 May 2026 - 8 May 2026",), ()],
        [("# ---",), ("# Account: Shop",), ("# Start date: 20260101",), ()],
        [("Account:", "FR7612345678"), ("Balance:", "1.234,50"), ()],
        [("Start date", "2026-01-01"), ("End date", "2026-01-31"), ()],
        [(), (), ()],
        [("Balance at end", "", "1200.00")],
        [("Bank code : 1001", "Agency : 10000", "Start : 01/04/2020"), ()],
    ],
)
def test_the_header_is_found_under_any_lines_above_it(above: list[tuple[str, ...]]) -> None:
    assert at(found(*above, HEADER, *BODY)) == (len(above), len(above) + 1, Certainty.SURE)


def test_one_row_is_enough() -> None:
    assert at(found(("Report",), HEADER, BODY[0])) == (1, 2, Certainty.SURE)


def test_a_file_that_begins_with_rows_has_no_header() -> None:
    assert at(found(*BODY)) == (None, 0, Certainty.NONE)


def test_only_words_leave_it_open() -> None:
    assert at(found(("Name", "City"), ("Ann", "Paris"), ("Bob", "Rome"))) == (0, 1, Certainty.OPEN)


def test_periods_may_be_headings_over_figures() -> None:
    assert at(found(("", "2024", "2025"), ("Rent", "", ""), ("Office", "10.00", "11.00"))) == (0, 1, Certainty.SURE)


def test_a_second_header_row_belongs_to_the_header() -> None:
    rows = [("Date", "Travel", "", "Total"), ("", "Air", "Rail", ""), ("2026-01-03", "4.00", "", "4.00")]
    header = found(*rows)
    assert header is not None
    assert (header.position, header.seconds, header.first) == (0, (1,), 2)


def test_words_in_the_date_column_of_the_first_rows_do_not_hide_the_header() -> None:
    pending = [("Pending", "Tea", "1.00"), ("Pending", "Tea", "2.00"), ("Pending", "Tea", "3.00")]
    assert at(found(HEADER, *pending, *BODY, *BODY)) == (0, 1, Certainty.SURE)


def test_a_header_alone_has_no_rows() -> None:
    assert found(("Report",), HEADER) is None
