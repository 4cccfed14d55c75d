"""How far a KPI is looked ahead: to the day of its target, from what is known, within what its values can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.kpi import Direction, Formula, FormulaKind, Tier
from kpi_core.period import Cadence, Period
from kpi_core.projection import NO_BOUNDS, Bounds, project
from kpi_core.projection.policy import SEASON
from kpi_core.target import (
    Bound,
    Comparison,
    PeriodTarget,
    Target,
    TargetKind,
    in_force,
    place_in_force,
    value_of,
    year_parts,
)
from kpi_core.unit import UnitKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar
    from kpi_core.projection import History
    from kpi_core.target import TargetHistory

LOOKED_BACK: Final = {Cadence.DAY: 400, Cadence.WEEK: 160, Cadence.MONTH: 60, Cadence.QUARTER: 40, Cadence.YEAR: 20}
"""Periods that are worked out for a draft, and the most that a forecast looks at."""
DAYS_AHEAD: Final = 91
"""Thirteen weeks, so that a day's outlook is on its own weekday."""
STEPS_AHEAD: Final = {Cadence.WEEK: 13, Cadence.MONTH: 3, Cadence.QUARTER: 1, Cadence.YEAR: 0}
"""Periods after the running one that a target without a deadline is looked at for: about three months."""
PERCENT: Final = 100


def bounds_of(kpi: Kpi, values: tuple[float, ...]) -> Bounds:
    """Say what a KPI's values can be at all: what never was below 0, or above 100 %, is not looked for there.

    A difference, growth or score may be below 0 for the first time.
    """
    signed = isinstance(kpi.values, Formula) and kpi.values.kind in {FormulaKind.DIFFERENCE, FormulaKind.GROWTH}
    if signed or kpi.unit.kind is UnitKind.SCORE or any(value < 0 for value in values):
        return Bounds(-PERCENT, PERCENT) if _is_score(kpi, values) else NO_BOUNDS
    share = kpi.unit.kind is UnitKind.PERCENT and all(value <= PERCENT for value in values)
    return Bounds(0, PERCENT if share else None)


def held_to(history: History, kpi: Kpi, target: PeriodTarget | None) -> History:
    """Let what a KPI's values can be reach to its target: who aims beyond an end says that values may lie there."""
    aims = () if target is None else tuple(float(bound.value) for bound in target.bounds)
    return replace(history, bounds=bounds_of(kpi, (*history.values, *aims)))


def _is_score(kpi: Kpi, values: tuple[float, ...]) -> bool:
    return kpi.unit.kind is UnitKind.SCORE and all(-PERCENT <= value <= PERCENT for value in values)


def goal_period(row: Target | None, kpi: Kpi, calendar: Calendar, today: date, newest: Period | None = None) -> Period:
    """Find the period that a target is looked at for: its deadline's while that is to come, else a standing one's.

    A target that holds in every period has no end. It is looked at for one period, always as many after the running
    one (three months, 13 weeks, one quarter; a year's in the running one), so that its chance moves with the numbers
    and not with what is left of a calendar; the last of its steps, where that comes later.

    Args:
        row: the target; None while there is none.
        kpi: for its cadence, and what does not apply.
        calendar: of the business.
        today: the day.
        newest: the newest period with a value, whose deadline is over; None: the last complete one.
    """
    if row is None:
        return standing_period(kpi, calendar, today)
    match row.kind:
        case TargetKind.PATH if row.deadline is not None:
            end = calendar.period(kpi.cadence, row.deadline)
            newest = newest or calendar.last_complete(kpi.cadence, today)
            return end if end.start > newest.start else standing_period(kpi, calendar, today)
        case TargetKind.YEAR_TOTAL:
            return calendar.period(kpi.cadence, calendar.fiscal_year(year_parts(row)[0]).last_day)
        case TargetKind.STEPS if row.steps:
            last = calendar.period(kpi.cadence, row.steps[-1].start)
            return max(last, standing_period(kpi, calendar, today))
        case _:
            return standing_period(kpi, calendar, today)


def standing_period(kpi: Kpi, calendar: Calendar, today: date) -> Period:
    """Find the period that a target without an end is looked at for; one that does not apply gives way to the next."""
    if kpi.cadence is Cadence.DAY:
        found = calendar.period(Cadence.DAY, today + timedelta(days=DAYS_AHEAD))
    else:
        found = calendar.period(kpi.cadence, today)
        for _ in range(STEPS_AHEAD[kpi.cadence]):
            found = calendar.next(found)
    return found if applies(kpi, found, calendar) else next_that_applies(kpi, found, calendar)


def is_deadline(row: Target | None, period: Period) -> bool:
    """Tell whether a period is the one by whose end a target is to be met: that of its deadline."""
    return row is not None and row.deadline is not None and row.deadline in period


def applies(kpi: Kpi, period: Period, calendar: Calendar) -> bool:
    """Tell whether a period applies: not marked by the owner, and for a daily KPI not a closed weekday."""
    if period.start in kpi.not_applicable:
        return False
    return kpi.cadence is not Cadence.DAY or calendar.is_open(period.start)


def next_that_applies(kpi: Kpi, period: Period, calendar: Calendar) -> Period:
    """Find the first period after another that applies; one does, as a business is open on some weekday."""
    after = calendar.next(period)
    while not applies(kpi, after, calendar):
        after = calendar.next(after)
    return after


def steps_between(kpi: Kpi, first: Period, last: Period, calendar: Calendar) -> int:
    """Count the periods that apply after one, up to another; 0 where the last is not after the first."""
    if first.start >= last.start:
        return 0
    marked = [day for day in _marked(kpi, calendar) if first.start < day <= last.start]
    match first.cadence:
        case Cadence.DAY:
            return calendar.open_days(first.end, last.end) - sum(map(calendar.is_open, marked))
        case Cadence.WEEK:
            count = (last.start - first.start).days // 7
        case _:
            count, at = 0, first
            while at.start < last.start:
                count, at = count + 1, calendar.next(at)
    return count - len(marked)


def _marked(kpi: Kpi, calendar: Calendar) -> list[date]:
    """List the periods that the owner marked, without marks of an earlier cadence, which none begins with."""
    return [day for day in kpi.not_applicable if calendar.period(kpi.cadence, day).start == day]


def season_of(kpi: Kpi, first: Period, calendar: Calendar) -> int:
    """Say after how many of the periods that apply a pattern returns, from one on; 1 is never.

    A daily KPI's week has its open weekdays. Where the owner marked a period as not applying, those after it stand at
    other places than those before, so none returns.
    """
    if any(day >= first.start for day in _marked(kpi, calendar)):
        return 1
    return len(calendar.open_weekdays) if kpi.cadence is Cadence.DAY else SEASON[kpi.cadence]


@dataclass(frozen=True)
class Goal:
    """What a KPI's outlook is judged on, `steps` periods after its newest value.

    `period`: the one that a target is judged on, or the fiscal year whose sum a year's total is judged by: then `total`
    is that total, and `target` is None.
    """

    period: Period
    steps: int
    target: PeriodTarget | None = None
    total: Fraction | None = None
    row: Target | None = None


def goal_of(kpi: Kpi, targets: TargetHistory, newest: Period, calendar: Calendar, today: date) -> Goal | None:
    """Find what a KPI's outlook is judged on, seen from its newest value.

    A path is judged on its deadline, a year's total on its year, any other one on a period three months ahead (see
    `goal_period`). None: no target is in force from here on, or its year is over.
    """
    if kpi.tier is Tier.HEALTH_METRIC or not targets.rows:
        return None
    running = calendar.period(kpi.cadence, today)
    place = place_in_force(targets.rows, running, calendar)
    row = targets.rows[-1 if place is None else place]
    if row.kind is TargetKind.YEAR_TOTAL:
        return _year_goal(row, kpi, newest, calendar)
    first = next_that_applies(kpi, newest, calendar)
    by = max(first, goal_period(row, kpi, calendar, today, newest))
    target = in_force(targets, by, kpi.direction, calendar)
    while target is None and by.start > first.start:
        by = calendar.previous(by)
        target = in_force(targets, by, kpi.direction, calendar)
    return None if target is None else Goal(by, steps_between(kpi, newest, by, calendar), target, row=row)


def _year_goal(row: Target, kpi: Kpi, newest: Period, calendar: Calendar) -> Goal | None:
    """Judge a year's total on its year, which must have begun right after the newest value at the latest."""
    year = calendar.fiscal_year(year_parts(row)[0])
    periods = calendar.periods(newest.cadence, year.start, year.end)
    steps = steps_between(kpi, newest, periods[-1], calendar)
    if not steps or periods[0].start > newest.end:
        return None
    return Goal(year, steps, total=value_of(row), row=row)


def share_in(period: Period, year: Period) -> Fraction:
    """Give the share of a period's days that lie in a year: a month's of one that begins on the 6th is not whole."""
    days = min(period.end, year.end) - max(period.start, year.start)
    return Fraction(max(0, days.days), period.days)


def outside(kpi: Kpi, history: History, newest: Period, year: Period, calendar: Calendar) -> float:
    """Say what of the sum of the periods ahead is expected on days outside the year, which its ends may not share.

    0 where it is too early to say.
    """
    periods = calendar.periods(kpi.cadence, year.start, year.end)
    edges = {each for each in (periods[0], periods[-1]) if each.start > newest.start and applies(kpi, each, calendar)}
    cut = {steps_between(kpi, newest, each, calendar): 1 - share_in(each, year) for each in edges}
    if not any(cut.values()):
        return 0.0
    mean = project(history, max(cut)).mean
    return sum(float(part) * mean[step - 1] for step, part in cut.items()) if mean else 0.0


def known_of_year(
    kpi: Kpi, known: Mapping[date, Fraction | None], newest: Period, year: Period, calendar: Calendar
) -> Fraction | None:
    """Add up a year up to the newest value, its ends by their days in the year; None where one that applies is missing.

    `known`: values by period start.
    """
    done = Fraction(0)
    for each in calendar.periods(kpi.cadence, year.start, year.end):
        value = known.get(each.start)
        if each.start > newest.start:
            break
        if value is not None:
            done += value * share_in(each, year)
        elif applies(kpi, each, calendar):
            return None
    return done


def ends_of(goal: Goal, direction: Direction) -> tuple[Bound | None, Bound | None]:
    """Give the two ends that a goal is to be met within; None is no end. A year's total is met by its own number."""
    if goal.target is not None:
        return goal.target.low, goal.target.high
    if goal.total is None:
        return None, None
    if direction is Direction.UP:
        return Bound(goal.total, Comparison.AT_LEAST), None
    return None, Bound(goal.total, Comparison.AT_MOST)
