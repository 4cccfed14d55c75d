"""How far a KPI is looked ahead: which day its target is judged on, and how many steps that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import Actual, CoverageState
from kpi_core.checklist.known import known_from
from kpi_core.horizon import (
    Goal,
    applies,
    bounds_of,
    ends_of,
    goal_of,
    goal_period,
    held_to,
    known_of_year,
    next_that_applies,
    outside,
    season_of,
    share_in,
    steps_between,
)
from kpi_core.kpi import Direction, Formula, FormulaKind, Kpi, KpiRef, State, Tier, Typed
from kpi_core.period import WEEKDAYS, Cadence, Calendar, Period, Weekday
from kpi_core.projection import NO_BOUNDS, Bounds, History, chance_of, project
from kpi_core.target import Bound, Comparison, SpreadBy, Step, Target, TargetHistory, TargetKind
from kpi_core.unit import Unit, UnitKind

CALENDAR = Calendar()
TODAY = date(2026, 8, 10)
ORDERS = Kpi("Orders", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), state=State.ACTIVE)
LONG_AGO = date(2020, 1, 1)
CONSTANT = Target(TargetKind.CONSTANT, LONG_AGO, Fraction(100))


def month(number: int, year: int = 2026) -> Period:
    return CALENDAR.period(Cadence.MONTH, date(year, number, 1))


def judged_on(*rows: Target, today: date = TODAY, newest: Period | None = None) -> tuple[date, int] | None:
    found = goal_of(ORDERS, TargetHistory(rows), newest or month(7), CALENDAR, today)
    return None if found is None else (found.period.last_day, found.steps)


@pytest.mark.parametrize(
    ("today", "newest", "last_day"),
    [
        (date(2026, 8, 10), month(7), date(2026, 11, 30)),
        (date(2026, 9, 30), month(8), date(2026, 12, 31)),
        (date(2026, 10, 1), month(9), date(2027, 1, 31)),
        (date(2026, 12, 31), month(11), date(2027, 3, 31)),
        (date(2027, 1, 1), month(12), date(2027, 4, 30)),
    ],
)
def test_a_standing_target_is_looked_at_as_many_months_ahead_in_every_month(
    today: date, newest: Period, last_day: date
) -> None:
    assert judged_on(CONSTANT, today=today, newest=newest) == (last_day, 4)


@pytest.mark.parametrize("month_of_year", range(1, 13))
@pytest.mark.parametrize(
    ("cadence", "steps"), [(Cadence.DAY, 92), (Cadence.WEEK, 14), (Cadence.QUARTER, 2), (Cadence.YEAR, 1)]
)
def test_a_fiscal_year_moves_no_standing_target(cadence: Cadence, steps: int, month_of_year: int) -> None:
    april = Calendar(fiscal_month=4)
    today = date(2026, month_of_year, 15)
    newest = april.last_complete(cadence, today)
    found = goal_of(replace(ORDERS, cadence=cadence), TargetHistory((CONSTANT,)), newest, april, today)
    assert found is not None
    assert found.steps == steps


def test_a_day_or_month_that_does_not_apply_gives_way_to_the_next() -> None:
    closed = replace(ORDERS, not_applicable=frozenset({date(2026, 11, 1)}))
    found = goal_of(closed, TargetHistory((CONSTANT,)), month(7), CALENDAR, TODAY)
    assert found is not None
    assert (found.period, found.steps) == (month(12), 4)
    weekdays = Calendar(open_weekdays=frozenset(WEEKDAYS[:5]))
    saturday, daily = date(2026, 11, 28), replace(ORDERS, cadence=Cadence.DAY)
    found = goal_of(
        daily, TargetHistory((CONSTANT,)), weekdays.last_complete(Cadence.DAY, saturday), weekdays, saturday
    )
    assert found is not None
    assert found.period.start.weekday() == 0


def test_a_path_is_judged_on_its_deadline() -> None:
    path = Target(
        TargetKind.PATH, LONG_AGO, Fraction(55), baseline=Fraction(42), path_start=LONG_AGO, deadline=date(2027, 5, 9)
    )
    assert judged_on(path) == (date(2027, 5, 31), 10)
    # A deadline that is over while its value is still to come in is judged yet; then the final value stands
    late = replace(path, deadline=date(2026, 7, 31))
    assert judged_on(late, newest=month(6)) == (date(2026, 7, 31), 1)
    assert judged_on(late) == (date(2026, 11, 30), 4)
    over = replace(path, deadline=date(2026, 3, 31))
    assert judged_on(over) == (date(2026, 11, 30), 4)


def test_steps_are_judged_on_their_last_one() -> None:
    first, middle, last = (Step(date(2027, number, 1), Fraction(number)) for number in (1, 3, 6))
    steps = Target(TargetKind.STEPS, LONG_AGO, steps=(Step(LONG_AGO, Fraction(1)), first, middle, last))
    assert judged_on(steps) == (date(2027, 6, 30), 11)
    # One whose steps lie behind is judged like an undated target
    assert judged_on(replace(steps, steps=steps.steps[:1])) == judged_on(CONSTANT)


def test_a_year_s_total_is_judged_on_its_year() -> None:
    row = Target(TargetKind.YEAR_TOTAL, date(2026, 1, 1), Fraction(1200), year=date(2026, 1, 1), spread=SpreadBy.EVEN)
    found = goal_of(ORDERS, TargetHistory((row,)), month(7), CALENDAR, TODAY)
    assert found is not None
    assert (found.period, found.steps, found.total) == (CALENDAR.fiscal_year(TODAY), 5, Fraction(1200))
    assert ends_of(found, Direction.UP) == (Bound(Fraction(1200), Comparison.AT_LEAST), None)
    assert ends_of(found, Direction.DOWN) == (None, Bound(Fraction(1200), Comparison.AT_MOST))
    assert judged_on(row, newest=month(12), today=date(2027, 1, 5)) is None


def test_a_target_that_ends_before_is_judged_while_it_is_in_force() -> None:
    # Last year's value is known up to December only
    relative = Target(TargetKind.RELATIVE, LONG_AGO, change_percent=Fraction(10))
    assert judged_on(relative) is None


def test_without_a_target_or_as_a_health_metric_there_is_nothing_to_be_met() -> None:
    assert judged_on() is None
    health = replace(ORDERS, tier=Tier.HEALTH_METRIC)
    assert goal_of(health, TargetHistory((CONSTANT,)), month(7), CALENDAR, TODAY) is None


@pytest.mark.parametrize("cadence", Cadence)
def test_steps_count_periods(cadence: Cadence) -> None:
    kpi = replace(ORDERS, cadence=cadence)
    first = CALENDAR.period(cadence, TODAY)
    third = CALENDAR.next(CALENDAR.next(CALENDAR.next(first)))
    assert [steps_between(kpi, first, each, CALENDAR) for each in (first, CALENDAR.next(first), third)] == [0, 1, 3]
    assert steps_between(kpi, third, first, CALENDAR) == 0


def test_a_target_of_one_side_has_one_end() -> None:
    found = goal_of(ORDERS, TargetHistory((CONSTANT,)), month(7), CALENDAR, TODAY)
    assert found is not None
    assert ends_of(found, Direction.UP) == (Bound(Fraction(100), Comparison.AT_LEAST), None)


def test_the_weeks_at_both_ends_of_a_year_count_by_their_days() -> None:
    weekly = replace(ORDERS, cadence=Cadence.WEEK)
    year = CALENDAR.fiscal_year(TODAY)
    weeks = CALENDAR.periods(Cadence.WEEK, year.start, year.end)
    # 2026 begins and ends on a Thursday: its 53 weeks are 365 days
    known = {week.start: Fraction(7) for week in weeks}
    assert known_of_year(weekly, known, weeks[-1], year, CALENDAR) == 365
    before = CALENDAR.previous(weeks[0])
    history = History((7.0,) * 20, Cadence.WEEK)
    # Three days of the first week and three of the last lie outside
    assert outside(weekly, history, before, year, CALENDAR) == pytest.approx(6)
    assert outside(weekly, history, weeks[0], year, CALENDAR) == pytest.approx(3)
    assert outside(weekly, History((7.0,), Cadence.WEEK), weeks[0], year, CALENDAR) == 0


def test_a_mark_of_an_earlier_cadence_is_no_period() -> None:
    marked = replace(ORDERS, not_applicable=frozenset({date(2026, 9, 1), date(2026, 10, 14)}))
    assert steps_between(marked, month(7), month(12), CALENDAR) == 4
    assert season_of(marked, month(10), CALENDAR) == 12
    assert season_of(marked, month(7), CALENDAR) == 1


@pytest.mark.parametrize(("target", "most"), [(95, 100), (100, 100), (105, None)])
def test_a_percentage_may_go_above_100_where_its_target_does(target: int, most: int | None) -> None:
    retention = replace(ORDERS, unit=Unit(UnitKind.PERCENT))
    row = replace(CONSTANT, value=Fraction(target), comparison=Comparison.AT_LEAST)
    goal = goal_of(retention, TargetHistory((row,)), month(7), CALENDAR, TODAY)
    assert goal is not None
    held = held_to(History((98.0, 99.5, 97.0, 99.0, 98.5, 99.8), Cadence.MONTH), retention, goal.target)
    assert held.bounds.most == most
    chance = chance_of(held, 1, target, Direction.UP)
    assert chance is not None
    assert 0 < chance < 1


PARTS = (KpiRef("Income"), KpiRef("Visits"))
SIGNED = Bounds(-100, 100)


@pytest.mark.parametrize(
    ("unit", "values", "bounds"),
    [
        (UnitKind.COUNT, (0, 7), Bounds(0, None)),
        (UnitKind.COUNT, (-0.5, 7), NO_BOUNDS),
        (UnitKind.PERCENT, (0, 100), Bounds(0, 100)),
        (UnitKind.PERCENT, (3, 100.5), Bounds(0, None)),
        (UnitKind.PERCENT, (-0.5, 3), NO_BOUNDS),
        (UnitKind.SCORE, (-100, 100), SIGNED),
        (UnitKind.SCORE, (40, 100.5), NO_BOUNDS),
        (UnitKind.SCORE, (-100.5, 40), NO_BOUNDS),
    ],
)
def test_what_never_was_below_0_or_above_100_percent_is_not_looked_for_there(
    unit: UnitKind, values: tuple[float, ...], bounds: Bounds
) -> None:
    assert bounds_of(replace(ORDERS, unit=Unit(unit)), values) == bounds


@pytest.mark.parametrize(
    ("kind", "bounds"),
    [
        (FormulaKind.DIFFERENCE, NO_BOUNDS),
        (FormulaKind.GROWTH, NO_BOUNDS),
        (FormulaKind.RATIO, Bounds(0, 100)),
        (FormulaKind.SHARE, Bounds(0, 100)),
    ],
)
def test_a_difference_or_growth_may_be_below_0_for_the_first_time(kind: FormulaKind, bounds: Bounds) -> None:
    parts = PARTS[:1] if kind is FormulaKind.GROWTH else PARTS
    kpi = replace(ORDERS, unit=Unit(UnitKind.PERCENT), values=Formula(kind, parts))
    assert bounds_of(kpi, (1, 7)) == bounds


WORKDAYS = Calendar(open_weekdays=frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY})


def day(number: int) -> Period:
    """Name a day of August 2026: the 3rd and the 10th are Mondays."""
    return WORKDAYS.period(Cadence.DAY, date(2026, 8, number))


def test_a_closed_weekday_is_passed_over_by_a_daily_kpi_alone() -> None:
    daily = replace(ORDERS, cadence=Cadence.DAY, not_applicable=frozenset({date(2026, 8, 10)}))
    assert [applies(daily, day(number), WORKDAYS) for number in (7, 8, 9, 10, 11)] == [True, False, False, False, True]
    assert next_that_applies(daily, day(6), WORKDAYS) == day(7)
    assert next_that_applies(daily, day(7), WORKDAYS) == day(11)
    assert applies(ORDERS, WORKDAYS.period(Cadence.MONTH, date(2026, 8, 1)), WORKDAYS)
    marked = replace(ORDERS, not_applicable=frozenset({month(9).start}))
    assert next_that_applies(marked, month(8), CALENDAR) == month(10)


def test_steps_of_days_are_the_open_ones_that_are_not_marked() -> None:
    daily = replace(ORDERS, cadence=Cadence.DAY)
    assert steps_between(daily, day(3), day(14), WORKDAYS) == 9
    # A mark on a Saturday, on the first day itself or after the last takes nothing away; one on the last does
    for mark, steps in {8: 9, 3: 9, 17: 9, 14: 8, 4: 8}.items():
        marked = replace(daily, not_applicable=frozenset({date(2026, 8, mark)}))
        assert steps_between(marked, day(3), day(14), WORKDAYS) == steps
    weekly = replace(ORDERS, cadence=Cadence.WEEK, not_applicable=frozenset({date(2026, 8, 10)}))
    first = CALENDAR.period(Cadence.WEEK, date(2026, 8, 3))
    for last, steps in ((date(2026, 8, 31), 3), (date(2026, 10, 5), 8)):
        assert steps_between(weekly, first, CALENDAR.period(Cadence.WEEK, last), CALENDAR) == steps


@pytest.mark.parametrize(
    ("cadence", "season"),
    [(Cadence.DAY, 5), (Cadence.WEEK, 52), (Cadence.MONTH, 12), (Cadence.QUARTER, 4), (Cadence.YEAR, 1)],
)
def test_a_pattern_returns_unless_a_period_since_was_marked(cadence: Cadence, season: int) -> None:
    first = WORKDAYS.period(cadence, TODAY)
    before, after = (
        replace(ORDERS, cadence=cadence, not_applicable=frozenset({each.start}))
        for each in (WORKDAYS.previous(first), first)
    )
    both = replace(before, not_applicable=before.not_applicable | after.not_applicable)
    assert season_of(before, first, WORKDAYS) == season
    assert season_of(after, first, WORKDAYS) == season_of(both, first, WORKDAYS) == 1


def test_a_target_that_begins_later_is_judged_where_it_holds() -> None:
    assert judged_on(replace(CONSTANT, starts=date(2026, 10, 1))) == judged_on(CONSTANT)
    assert judged_on(replace(CONSTANT, starts=date(2027, 1, 1))) is None
    # The newest one that has begun counts, not the last one entered
    total = Target(TargetKind.YEAR_TOTAL, date(2027, 1, 1), Fraction(12), year=date(2027, 1, 1), spread=SpreadBy.EVEN)
    assert judged_on(CONSTANT, total) == judged_on(CONSTANT)
    # While none has begun it is the last one entered
    assert judged_on(total, replace(CONSTANT, starts=date(2026, 10, 1))) == judged_on(CONSTANT)


def test_the_newest_period_with_a_base_last_year_is_the_one_judged() -> None:
    relative = Target(TargetKind.RELATIVE, LONG_AGO, change_percent=Fraction(10))

    def judged(last: Period) -> Goal | None:
        known = {last.start: Actual(last, Fraction(50), CoverageState.FULL)}
        return goal_of(ORDERS, TargetHistory((relative,), last_year=known), month(7), CALENDAR, TODAY)

    found = judged(month(9, 2025))
    assert found is not None
    assert (found.period, found.steps) == (month(9), 2)
    assert found.target is not None
    assert found.target.low == Bound(Fraction(55), Comparison.AT_LEAST)
    # The newest value itself is no outlook
    assert judged(month(7, 2025)) is None


def test_a_year_s_total_waits_until_its_year_is_next() -> None:
    row = Target(TargetKind.YEAR_TOTAL, date(2027, 1, 1), Fraction(1200), year=date(2027, 1, 1), spread=SpreadBy.EVEN)
    assert judged_on(row, newest=month(11), today=date(2026, 12, 15)) is None
    assert judged_on(row, newest=month(12), today=date(2026, 12, 31)) == (date(2027, 12, 31), 12)
    assert judged_on(row, newest=month(11, 2027), today=date(2027, 12, 31)) == (date(2027, 12, 31), 1)


def test_the_share_of_a_period_s_days_that_lie_in_a_year() -> None:
    year = CALENDAR.fiscal_year(TODAY)
    week = CALENDAR.period(Cadence.WEEK, date(2026, 1, 1))
    assert [share_in(each, year) for each in (CALENDAR.previous(week), week, CALENDAR.next(week))] == [
        0,
        Fraction(4, 7),
        1,
    ]
    assert share_in(CALENDAR.period(Cadence.WEEK, date(2026, 12, 31)), year) == Fraction(4, 7)


def test_what_is_known_of_a_year_lacks_no_period_that_applies() -> None:
    year = CALENDAR.fiscal_year(TODAY)
    known: dict[date, Fraction | None] = {month(number).start: Fraction(number) for number in range(1, 10)}
    assert known_of_year(ORDERS, known, month(3), year, CALENDAR) == 6
    hole = {**known, month(2).start: None}
    assert known_of_year(ORDERS, hole, month(3), year, CALENDAR) is None
    closed = replace(ORDERS, not_applicable=frozenset({month(2).start}))
    assert known_of_year(closed, hole, month(3), year, CALENDAR) == 4
    assert known_of_year(ORDERS, known, month(12, 2025), year, CALENDAR) == 0


def test_a_week_at_the_end_of_a_year_that_does_not_apply_leaves_nothing_out() -> None:
    year = CALENDAR.fiscal_year(TODAY)
    weeks = CALENDAR.periods(Cadence.WEEK, year.start, year.end)
    closed = replace(ORDERS, cadence=Cadence.WEEK, not_applicable=frozenset({weeks[-1].start}))
    history = History((7.0,) * 20, Cadence.WEEK)
    assert outside(closed, history, weeks[0], year, CALENDAR) == 0
    assert outside(closed, history, CALENDAR.previous(weeks[0]), year, CALENDAR) == pytest.approx(3)
    assert outside(ORDERS, History((7.0,) * 20, Cadence.MONTH), month(7), year, CALENDAR) == 0


def test_what_lies_outside_a_year_is_expected_as_its_own_period_is() -> None:
    april = Calendar(fiscal_month=4, fiscal_day=6)
    year = april.fiscal_year(TODAY)
    # Three years of months by their numbers, so that none is expected to be like the one before it
    history = History(tuple(float(100 * (at % 12 + 1)) for at in range(7, 43)), Cadence.MONTH)
    mean = project(history, 9).mean
    assert mean
    # After July the eight whole months to March, then five days of April
    assert outside(ORDERS, history, month(7), year, april) == pytest.approx(mean[8] * 25 / 30)
    assert mean[8] != pytest.approx(mean[7])


def test_a_year_s_total_is_looked_at_to_the_end_of_its_own_year() -> None:
    row = Target(TargetKind.YEAR_TOTAL, date(2027, 1, 1), Fraction(12), year=date(2027, 1, 1), spread=SpreadBy.EVEN)
    assert goal_period(row, ORDERS, CALENDAR, TODAY) == month(12, 2027)


@pytest.mark.parametrize(
    ("cadence", "most"),
    [(Cadence.DAY, 400), (Cadence.WEEK, 160), (Cadence.MONTH, 60), (Cadence.QUARTER, 40), (Cadence.YEAR, 20)],
)
def test_no_more_than_the_newest_periods_are_looked_at(cadence: Cadence, most: int) -> None:
    period, values = CALENDAR.period(cadence, TODAY), []
    for number in range(most + 1):
        values.append(Actual(period, Fraction(number), CoverageState.FULL))
        period = CALENDAR.previous(period)
    found = known_from(values, replace(ORDERS, cadence=cadence), CALENDAR)
    assert len(found.stretch) == most + 1
    assert found.history.values == tuple(float(number) for number in reversed(range(most)))


def test_a_goal_without_a_number_has_no_ends() -> None:
    assert ends_of(Goal(month(12), 5), Direction.UP) == (None, None)
