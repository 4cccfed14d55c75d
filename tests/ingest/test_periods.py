"""Periods in headings and titles."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_core.ingest.periods import heading_period, stated_period


@pytest.mark.parametrize(
    ("heading", "start", "end"),
    [
        ("Jan 2025", (2025, 1, 1), (2025, 2, 1)),
        ("janv. 2024", (2024, 1, 1), (2024, 2, 1)),
        ("Dezember 2025", (2025, 12, 1), (2026, 1, 1)),
        ("2025-02", (2025, 2, 1), (2025, 3, 1)),
        ("03/2025", (2025, 3, 1), (2025, 4, 1)),
        ("Q4 2025", (2025, 10, 1), (2026, 1, 1)),
        ("2025 Q1", (2025, 1, 1), (2025, 4, 1)),
        ("2024", (2024, 1, 1), (2025, 1, 1)),
        ("Jan - Dec 2022", (2022, 1, 1), (2023, 1, 1)),
        ("Jan 1 - Jan 31, 2025", (2025, 1, 1), (2025, 2, 1)),
        ("1 Jan 2025 \u2013 31 Mar 2025", (2025, 1, 1), (2025, 4, 1)),
        ("Dec 31, 2024", (2024, 12, 31), (2025, 1, 1)),
    ],
)
def test_headings_that_are_periods(heading: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    found = heading_period(heading)
    assert found is not None
    assert (found.start, found.end) == (date(*start), date(*end))


@pytest.mark.parametrize("heading", ["Total", "Previous Year", "Users 2024", "March", "13/2025", "31.02.2025", ""])
def test_headings_that_are_none(heading: str) -> None:
    assert heading_period(heading) is None


@pytest.mark.parametrize(
    ("titles", "start", "end"),
    [
        (["Sales", "1 May 2026 - 8 May 2026"], (2026, 5, 1), (2026, 5, 9)),
        (["Spend for Quarter 1st July 2018 to 30th September 2018"], (2018, 7, 1), (2018, 10, 1)),
        (["Invoices over £250 paid in June 2015"], (2015, 6, 1), (2015, 7, 1)),
        (["Zeitraum:", "13.01.2026 \u2013 31.01.2026"], (2026, 1, 13), (2026, 2, 1)),
        (["* Period 2026-01-01 \u2013 2026-09-24 Skapad 2026-09-24 16:41"], (2026, 1, 1), (2026, 9, 25)),
        (["Start date", "2026-09-01", "End date", "2026-09-30"], (2026, 9, 1), (2026, 10, 1)),
        (["Acme - Jan 2024 to Dec 2024"], (2024, 1, 1), (2025, 1, 1)),
        (["January 1 - March 31, 2025"], (2025, 1, 1), (2025, 4, 1)),
    ],
)
def test_titles_that_state_a_period(titles: list[str], start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    found = stated_period(titles, day_first=None)
    assert found is not None
    assert (found.start, found.end) == (date(*start), date(*end))


def test_an_undecided_day_is_read_once_the_order_is_known() -> None:
    titles = ["Start date : 01/04/2020", "End date : 02/04/2020"]
    assert stated_period(titles, day_first=None) is None
    found = stated_period(titles, day_first=True)
    assert found is not None
    assert (found.start, found.end) == (date(2020, 4, 1), date(2020, 4, 3))


@pytest.mark.parametrize(
    "titles",
    [
        ["Balance as of 2026-05-03"],
        ["Datei erstellt am: 15.01.2026"],
        ["1 May 2026 - 8 May 2026", "1 June 2026 - 8 June 2026"],
        ["All sales"],
        [],
    ],
)
def test_a_day_of_export_and_two_different_periods_state_nothing(titles: list[str]) -> None:
    assert stated_period(titles, day_first=True) is None


@pytest.mark.parametrize("text", ["1/" * 30_000, "x" * 30_000, "Jan - " * 30_000, "to " * 30_000])
def test_a_text_of_thousands_of_ends_is_no_period(text: str) -> None:
    assert heading_period(text) is None
    assert stated_period([text] * 40, day_first=None) is None
