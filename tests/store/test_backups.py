"""Which daily backups are kept: a law over any days, whatever the pauses between them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kpi_core.store.backups import DAYS, MONTHS, WEEKS, kept_days

TODAY = date(2026, 11, 28)
BACK = st.sets(st.integers(0, 800), min_size=1, max_size=60)


@given(BACK)
def test_the_newest_and_the_last_week_stay_and_there_are_never_many(back: set[int]) -> None:
    days = {TODAY - timedelta(days=each) for each in back}
    kept = kept_days(days, TODAY)
    assert max(days) in kept
    assert {day for day in days if TODAY - day < timedelta(days=DAYS)} <= kept <= days
    assert len(kept) <= DAYS + WEEKS + MONTHS


@given(BACK)
def test_keeping_twice_is_keeping_once(back: set[int]) -> None:
    kept = kept_days({TODAY - timedelta(days=each) for each in back}, TODAY)
    assert kept_days(kept, TODAY) == kept


def test_after_a_year_s_pause_the_last_months_are_all_there() -> None:
    year = [TODAY - timedelta(days=400 + each) for each in range(365)]
    kept = kept_days([TODAY, *year], TODAY)
    assert len({(day.year, day.month) for day in kept}) == MONTHS
