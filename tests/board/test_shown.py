"""Which period a card shows, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import Actual, CoverageState
from kpi_core.board import Shown, Standing, shown
from kpi_core.kpi import Aggregate, Direction, Formula, FormulaKind, Kpi, KpiRef, Typed, ValuesFrom
from kpi_core.period import Cadence, Calendar, Period, Weekday
from kpi_core.unit import Unit, UnitKind

CALENDAR = Calendar()


def month(number: int, year: int = 2025) -> Period:
    return CALENDAR.period(Cadence.MONTH, date(year, number, 1))


def kpi(
    cadence: Cadence = Cadence.MONTH,
    values: ValuesFrom | None = None,
    *,
    carry: bool = False,
    without: frozenset[date] = frozenset(),
) -> Kpi:
    made_of = Typed(Aggregate.LAST) if values is None else values
    unit = Unit(UnitKind.COUNT)
    return Kpi("Stock", unit, Direction.UP, cadence, made_of, carry_forward=carry, not_applicable=without)


def values(*months: int) -> dict[date, Actual]:
    return {month(each).start: Actual(month(each), Fraction(each), CoverageState.FULL) for each in months}


def partly(number: int) -> dict[date, Actual]:
    until = date(2025, number, 28)
    return {month(number).start: Actual(month(number), None, CoverageState.PARTLY, data_until=until)}


def on(day: date, actuals: Mapping[date, Actual], watched: Kpi | None = None, since: date | None = None) -> Shown:
    return shown(watched or kpi(), actuals, CALENDAR, day, since)


def test_the_last_complete_period_shows_as_soon_as_it_is_in() -> None:
    card = on(date(2025, 11, 1), values(9, 10, 11))
    assert (card.standing, card.period, card.missing) == (Standing.IN, month(10), None)


@pytest.mark.parametrize(
    ("day", "standing", "days"),
    [(7, Standing.WAITING, 0), (8, Standing.OVERDUE, 1), (21, Standing.OVERDUE, 14)],
)
def test_after_the_due_date_it_is_overdue(day: int, standing: Standing, days: int) -> None:
    card = on(date(2025, 11, day), values(8, 9))
    assert (card.standing, card.overdue_days) == (standing, days)
    assert (card.period, card.missing, card.due_by) == (month(9), month(10), date(2025, 11, 7))


def test_in_the_grace_an_older_hole_is_overdue_from_its_own_due_date() -> None:
    card = on(date(2025, 11, 3), values(8))
    assert (card.standing, card.missing, card.overdue_days) == (Standing.OVERDUE, month(9), 27)


def test_partly_covered_waits_in_the_grace_and_says_so_after() -> None:
    card = on(date(2025, 11, 3), values(9) | partly(10))
    assert (card.standing, card.period) == (Standing.WAITING, month(9))
    late = on(date(2025, 11, 8), values(9) | partly(10))
    assert (late.standing, late.period) == (Standing.PARTLY, month(9))
    assert late.partly is not None
    assert late.partly.data_until == date(2025, 10, 28)
    older = on(date(2025, 12, 20), values(9) | partly(10))
    assert (older.standing, older.missing) == (Standing.OVERDUE, month(10))


def test_a_covered_period_without_a_value_is_in() -> None:
    nothing = {month(10).start: Actual(month(10), None, CoverageState.FULL, reason="no visits to divide by")}
    card = on(date(2025, 11, 3), values(9) | nothing)
    assert (card.standing, card.period) == (Standing.IN, month(10))


def test_carrying_starts_after_the_due_date_and_ends_after_three_periods() -> None:
    stock = kpi(carry=True)
    assert on(date(2025, 11, 7), values(9), stock).standing is Standing.WAITING
    days = [date(2025, 11, 8), date(2025, 12, 8), date(2026, 1, 8)]
    cards = [on(day, values(9), stock) for day in days]
    assert [card.standing for card in cards] == [Standing.CARRIED] * 3
    assert [card.period for card in cards] == [month(10), month(11), month(12)]
    assert {card.carried_from for card in cards} == {month(9)}
    fourth = on(date(2026, 2, 8), values(9), stock)
    assert (fourth.standing, fourth.carried_from, fourth.missing) == (Standing.OVERDUE, None, month(10))


def test_in_a_grace_the_period_before_is_still_carried() -> None:
    card = on(date(2025, 12, 3), values(9), kpi(carry=True))
    assert (card.standing, card.period) == (Standing.CARRIED, month(10))


@pytest.mark.parametrize("made_of", [Typed(Aggregate.SUM), Formula(FormulaKind.SUM, (KpiRef("A"), KpiRef("B")))])
def test_only_a_last_value_is_carried(made_of: ValuesFrom) -> None:
    card = on(date(2025, 11, 10), values(9), kpi(values=made_of, carry=True))
    assert card.standing is Standing.OVERDUE


def test_nothing_yet_is_due_only_from_when_the_kpi_came() -> None:
    assert on(date(2025, 11, 21), {}).overdue_days == 14
    new = on(date(2025, 11, 21), {}, since=date(2025, 11, 20))
    assert (new.standing, new.missing, new.actual) == (Standing.WAITING, None, None)
    older = on(date(2025, 11, 21), {}, since=date(2025, 8, 20))
    assert (older.standing, older.missing) == (Standing.OVERDUE, month(8))
    waits = on(date(2025, 11, 3), {}, since=date(2025, 10, 20))
    assert (waits.standing, waits.missing) == (Standing.WAITING, month(10))


def test_periods_that_do_not_apply_are_never_missing() -> None:
    without = kpi(without=frozenset({month(10).start}))
    assert on(date(2025, 11, 21), values(9), without).standing is Standing.NOT_APPLICABLE
    card = on(date(2025, 12, 3), values(9), without)
    assert (card.standing, card.period, card.missing) == (Standing.WAITING, month(9), month(11))


def test_a_daily_kpi_rests_on_closed_weekdays() -> None:
    calendar = Calendar(open_weekdays=frozenset(Weekday) - {Weekday.SUNDAY})
    saturday = calendar.period(Cadence.DAY, date(2025, 11, 1))
    known = {saturday.start: Actual(saturday, Fraction(1), CoverageState.FULL)}
    monday = shown(kpi(Cadence.DAY), known, calendar, date(2025, 11, 3))
    assert monday.standing is Standing.NOT_APPLICABLE
    tuesday = shown(kpi(Cadence.DAY), known, calendar, date(2025, 11, 4))
    assert (tuesday.standing, tuesday.missing) == (
        Standing.WAITING,
        calendar.period(Cadence.DAY, date(2025, 11, 3)),
    )


def test_later_values_than_the_day_asked_for_do_not_show() -> None:
    card = on(date(2025, 10, 15), values(8, 9, 10, 11))
    assert (card.standing, card.period) == (Standing.IN, month(9))


@given(st.sets(st.integers(1, 12)), st.dates(date(2025, 2, 1), date(2026, 1, 31)))
def test_overdue_and_in_exclude_each_other(months: set[int], today: date) -> None:
    card = on(today, values(*months))
    assert card.expected.end <= today
    assert (card.standing is Standing.IN) == (card.expected.start in values(*months))
    assert (card.overdue_days > 0) == (card.standing is Standing.OVERDUE)
    if card.actual is not None:
        assert card.actual.period.start <= card.expected.start
