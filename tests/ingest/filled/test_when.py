from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest.filled.cells import Cell
from kpi_core.ingest.filled.when import looks_like_period, one_month_only, orders, when
from kpi_core.period import Cadence, Calendar, Weekday, period_name

PLAIN = Calendar()
BRITISH = Calendar(fiscal_month=4, fiscal_day=6)
JULY = Calendar(fiscal_month=7)
SUNDAY = Calendar(week_start=Weekday.SUNDAY)
DAY, WEEK, MONTH, QUARTER, YEAR = Cadence


def start(text: str, cadence: Cadence, calendar: Calendar = PLAIN, *, day_first: bool | None = None) -> str:
    found = when(Cell(text), cadence, calendar, day_first=day_first)
    return found.reason or (found.period.start.isoformat() if found.period else "")


@pytest.mark.parametrize(
    ("text", "cadence", "expected"),
    [
        ("2026-10-01", MONTH, "2026-10-01"),
        ("2026-10-01 00:00:00", MONTH, "2026-10-01"),
        ("2026-10-31", MONTH, "2026-10-01"),
        ("Oct 2026", MONTH, "2026-10-01"),
        ("oktober 2026", MONTH, "2026-10-01"),
        ("octobre 2026", MONTH, "2026-10-01"),
        ("10/2026", MONTH, "2026-10-01"),
        ("2026-10", MONTH, "2026-10-01"),
        ("Oct-26", MONTH, "2026-10-01"),
        ("okt. 26", MONTH, "2026-10-01"),
        ("week 41 2026", WEEK, "2026-10-05"),
        ("KW 41/2026", WEEK, "2026-10-05"),
        ("2026-W41", WEEK, "2026-10-05"),
        ("v41 2026", WEEK, "2026-10-05"),
        ("week of 2026-10-05", WEEK, "2026-10-05"),
        ("2026-10-11", WEEK, "2026-10-05"),
        ("Q3 2026", QUARTER, "2026-07-01"),
        ("2026 Q3", QUARTER, "2026-07-01"),
        ("3rd quarter 2026", QUARTER, "2026-07-01"),
        ("Jul - Sep 2026", QUARTER, "2026-07-01"),
        ("2026", YEAR, "2026-01-01"),
        ("FY2026", YEAR, "2026-01-01"),
        ("3 October 2026", DAY, "2026-10-03"),
        ("13/10/2026", DAY, "13/10/2026 is no date here"),
    ],
)
def test_what_a_heading_means(text: str, cadence: Cadence, expected: str) -> None:
    assert start(text, cadence) == expected


@pytest.mark.parametrize(
    ("text", "cadence", "reason"),
    [
        ("Jan", MONTH, "says no year"),
        ("2026-10-15", MONTH, "a day within October 2026"),
        ("2026-10-07", WEEK, "a day within week 41 2026"),
        ("Q3 2026", MONTH, "is not a month"),
        ("2026", MONTH, "is not a month"),
        ("Oct 2026", DAY, "is not a day"),
        ("Oct 2026", WEEK, "is not a week"),
        ("week 54 2026", WEEK, "has no week 54"),
        ("week 0 2026", WEEK, "no week 0"),
        ("2026/27", YEAR, "none of your years"),
        ("", MONTH, "names no period"),
        ("Target", MONTH, "is no month"),
        ("30.02.2026", MONTH, "is no date here"),
    ],
)
def test_what_is_no_period_of_the_kpi_is_refused_with_its_reason(text: str, cadence: Cadence, reason: str) -> None:
    assert reason in start(text, cadence, day_first=True)


def test_a_quarter_of_the_own_year_is_read_only_by_its_full_name() -> None:
    assert start("2nd quarter 2025/26", QUARTER, BRITISH) == "2025-07-06"
    assert start("Q2 2025/26", QUARTER, BRITISH) == "2025-07-06"
    assert start("2025/26", YEAR, BRITISH) == "2025-04-06"
    assert start("2025/2026", YEAR, BRITISH) == "2025-04-06"
    assert "may count from January" in start("Q2 2025", QUARTER, JULY)
    assert "may count from January" in start("2025", YEAR, JULY)
    assert "none of your" in start("2025/27", YEAR, JULY)
    assert start("Jul - Sep 2025", QUARTER, JULY) == "2025-07-01"


def test_an_iso_week_is_no_week_that_begins_on_a_sunday() -> None:
    assert "begins on a Monday" in start("2026-W41", WEEK, SUNDAY)
    assert start("week 41 2026", WEEK, SUNDAY) == "2026-10-04"


def test_day_and_month_are_told_apart_by_the_periods_that_they_begin() -> None:
    months = [(Cell(f"01/{month:02}/2026"), MONTH) for month in range(1, 13)]
    assert orders(months, PLAIN) == {True}
    days = [(Cell("03/04/2026"), DAY), (Cell("05/06/2026"), DAY)]
    assert orders(days, PLAIN) == {True, False}
    assert orders([*days, (Cell("13/06/2026"), DAY)], PLAIN) == {True}
    assert orders([*days, (Cell("06/13/2026"), DAY)], PLAIN) == {False}
    assert start("03/04/2026", DAY, day_first=True) == "2026-04-03"
    assert start("03/04/2026", DAY, day_first=False) == "2026-03-04"


def test_several_days_of_one_month_are_not_taken_for_years() -> None:
    assert one_month_only([Cell("Oct-25"), Cell("Oct-26")])
    assert not one_month_only([Cell("Sep-26"), Cell("Oct-26")])
    assert not one_month_only([Cell("Oct-26"), Cell("Oct-26")])


calendars = st.builds(
    Calendar,
    fiscal_month=st.integers(1, 12),
    fiscal_day=st.sampled_from([1, 6, 28]),
    week_start=st.sampled_from(Weekday),
)


@given(calendars, st.sampled_from(Cadence), st.dates(date(1995, 1, 1), date(2090, 1, 1)))
def test_every_name_that_we_write_is_read_as_what_it_names(calendar: Calendar, cadence: Cadence, day: date) -> None:
    period = calendar.period(cadence, day)
    for cell in (
        Cell(period_name(period, calendar, None)),
        Cell(period.start.isoformat()),
        Cell(period.start.isoformat(), None, period.start),
        Cell((period.end - timedelta(days=1)).isoformat()),
    ):
        assert looks_like_period(cell)
        assert when(cell, cadence, calendar, day_first=None).period == period
        assert not when(cell, cadence, calendar, day_first=None).reason


@given(st.text(max_size=20), st.sampled_from(Cadence))
def test_any_text_is_a_period_or_has_a_reason(text: str, cadence: Cadence) -> None:
    found = when(Cell(text), cadence, PLAIN, day_first=None)
    assert bool(found.reason) or found.period is not None
