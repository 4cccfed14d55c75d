"""Files dropped on the page that adds data: what is said of each, what is kept, and the way back."""

from __future__ import annotations

import csv
import io
import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kpi_core.errors import EmptyFile, NoRows, NotATable, ProtectedWorkbook, SignalboxError, TooManyColumns
from kpi_core.service import history, place
from tests.journeys.files import NAME, OCTOBER, SEPTEMBER, daily_report, dated, picture, protected_workbook
from tests.journeys.screens import dropped, failures, held, opened, press, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

BOTH_MONTHS = ((date(2026, 9, 1), SEPTEMBER), (date(2026, 10, 1), OCTOBER))


def added(name: str, data: bytes) -> AppTest:
    """Add a file that leaves nothing open."""
    return press(dropped(opened("add_data"), (name, data)), "Add these rows")


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.csv", b"", EmptyFile("empty.csv")),
        ("blank.csv", b" \r\n \r\n", EmptyFile("blank.csv")),
        ("header.csv", b"Date,Revenue,Orders\n", NoRows("header.csv")),
        ("photo.csv", picture(), NotATable("photo.csv", "a picture")),
        ("secret.xlsx", protected_workbook(), ProtectedWorkbook("secret.xlsx")),
        (
            "wide.csv",
            dated(",".join(["Date", *map(str, range(400))]), 5, lambda day, _: f"{day}{',1' * 400}").encode(),
            TooManyColumns("wide.csv", 401, 300),
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_file_that_is_no_table_gets_its_sentence_and_a_way_on(name: str, data: bytes, error: SignalboxError) -> None:
    screen = opened("add_data")
    before = held()
    screen = dropped(screen, (name, data))
    assert f"{error.sentence} {error.hint}" in words(screen)
    screen = press(screen, "Put it aside")
    assert error.sentence not in words(screen)
    assert failures(screen) == []
    assert held() == before


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "future.csv",
            dated("Date,Revenue", 20, lambda day, number: f"{day},{100 + number}", date(2027, 3, 1)),
            "20 rows have days in the future, up to 2027-03-20.",
        ),
        (
            "total.csv",
            dated("Date,Revenue", 31, lambda day, number: f"{day},{100 + number}") + "Total,9999\n",
            "The total in row 33 says 9,999, but the rows of Revenue add up to 3,565.",
        ),
        (
            "two_currencies.csv",
            dated(
                "Date,Order,Amount", 31, lambda day, number: f"{day},A{number},1.50 {'SEK' if number < 15 else 'EUR'}"
            ),
            '"Amount" holds EUR and SEK. Which of them shall count? Rows in another currency are refused.',
        ),
        (
            "day_or_month.csv",
            "Date,Order,Amount\n" + "".join(f"0{day}/0{day + 1}/2026,A{day},{day}.50\n" for day in range(1, 7)),
            'Is 01/02/2026 in "Date" 1 February 2026 or 2 January 2026?',
        ),
    ],
    ids=lambda each: each if isinstance(each, str) and each.endswith(".csv") else "",
)
def test_a_doubtful_file_says_what_is_doubtful_and_changes_nothing(name: str, data: str, sentence: str) -> None:
    screen = opened("add_data")
    before = held()
    screen = dropped(screen, (name, data.encode()))
    assert sentence in words(screen)
    assert failures(screen) == []
    assert held() == before


def test_two_overlapping_months_that_differ_ask_before_anything_is_stored() -> None:
    screen = added(NAME, daily_report(*BOTH_MONTHS))
    assert "61 new" in words(screen)
    before = held()
    screen = dropped(opened("add_data"), ("again.csv", daily_report((date(2026, 10, 1), (490_000, *OCTOBER[1:])))))
    assert "One question" in words(screen)
    assert "Add these rows" not in words(screen)
    assert failures(screen) == []
    assert held() == before
    screen = press(screen, "Cancel: change nothing")
    assert failures(screen) == []
    assert held() == before


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    added(NAME, daily_report(*BOTH_MONTHS))
    before = held()
    screen = dropped(opened("add_data"), ("renamed.csv", daily_report(*BOTH_MONTHS)))
    assert "already added on 3 November" in words(screen)
    assert held() == before


def test_the_next_month_of_a_known_file_needs_no_click() -> None:
    added(NAME, daily_report(BOTH_MONTHS[0]))
    screen = dropped(opened("add_data"), ("october.csv", daily_report(BOTH_MONTHS[1])))
    assert failures(screen) == []
    assert "31 new" in words(screen)


def test_refused_rows_can_be_downloaded_with_their_reason() -> None:
    data = dated("Date,Order,Amount", 31, lambda day, number: f"{day},A{number},{'oops' if number == 3 else number}")
    screen = dropped(opened("add_data"), ("orders.csv", data.encode()))
    assert "30 new 0 changed 0 the same 1 refused" in words(screen)
    screen = press(screen, "Add these rows")
    assert "orders.csv: 30 new, 1 refused." in words(screen)
    assert "Refused rows" in words(screen)
    given = history.refused_of(place.data_file(os.environ), 1).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(given))
    assert header == ["row", "column", "text", "reason"]
    assert row == ["5", "Amount", "oops", "this is not a number", "2026-10-04", "A3", "oops"]


def test_an_import_is_undone_by_one_click() -> None:
    added("september.csv", daily_report(BOTH_MONTHS[0]))
    rows = len(held()["held"])
    dropped(opened("add_data"), ("october.csv", daily_report(BOTH_MONTHS[1])))
    screen = press(opened("add_data"), "Undo")
    assert failures(screen) == []
    assert "undone 3 November 2026, 09:00" in words(screen)
    assert len(held()["held"]) == rows
