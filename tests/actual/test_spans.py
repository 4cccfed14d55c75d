from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual.spans import last_twelve_months, year_to_date
from kpi_core.period import Cadence, Calendar, Weekday

BRITISH = Calendar(fiscal_month=4, fiscal_day=6, week_start=Weekday.SUNDAY)
DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))
CALENDARS = st.builds(
    Calendar, fiscal_month=st.integers(1, 12), fiscal_day=st.integers(1, 28), week_start=st.sampled_from(Weekday)
)


def test_a_fiscal_year_from_6_april_begins_there_whatever_the_months() -> None:
    now, then = year_to_date(BRITISH.period(Cadence.MONTH, date(2026, 4, 20)), BRITISH)
    assert (now.start, now.end) == (date(2026, 4, 6), date(2026, 5, 1))
    assert (then.start, then.end) == (date(2025, 4, 6), date(2025, 5, 1))
    before, _ = year_to_date(BRITISH.period(Cadence.MONTH, date(2026, 3, 20)), BRITISH)
    assert (before.start, before.end) == (date(2025, 4, 6), date(2026, 4, 1))


def test_february_compares_with_the_whole_february_of_a_leap_year() -> None:
    now, then = year_to_date(Calendar().period(Cadence.MONTH, date(2029, 2, 1)), Calendar())
    assert (now.end, then.end) == (date(2029, 3, 1), date(2028, 3, 1))


def test_weeks_compare_with_their_partners_so_that_both_sides_have_as_many() -> None:
    week = BRITISH.period(Cadence.WEEK, date(2026, 10, 1))
    now, then = year_to_date(week, BRITISH)
    assert (now.start, now.end) == (date(2026, 4, 6), date(2026, 10, 4))
    assert (then.start, then.end) == (date(2025, 4, 7), date(2025, 10, 5))


def test_a_week_across_two_fiscal_years_is_of_the_one_of_its_last_day() -> None:
    week = Calendar().period(Cadence.WEEK, date(2026, 1, 1))
    now, _ = year_to_date(week, Calendar())
    assert (now.start, now.end) == (date(2026, 1, 1), date(2026, 1, 5))


@given(DAYS, CALENDARS, st.sampled_from(Cadence))
def test_both_sides_end_and_are_as_long_as_each_other(day: date, calendar: Calendar, cadence: Cadence) -> None:
    newest = calendar.period(cadence, day)
    for now, then in (year_to_date(newest, calendar), last_twelve_months(newest)):
        assert now.end == newest.end
        lengths = (now.end - now.start).days, (then.end - then.start).days
        if cadence in {Cadence.DAY, Cadence.WEEK}:
            assert lengths[0] == lengths[1]
            assert now.start - then.start == timedelta(weeks=52)
        else:
            assert abs(lengths[0] - lengths[1]) <= 1, "a leap day at most"
            assert (then.start.month, then.start.day) == (now.start.month, now.start.day)


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2029, 2, 27)])
def test_the_last_52_weeks_may_begin_on_a_leap_day(day: date) -> None:
    now, then = last_twelve_months(Calendar().period(Cadence.DAY, day))
    assert (now.end - now.start).days == (then.end - then.start).days == 364
