"""How bold a target of any kind is, by what is known of its KPI."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Final

from kpi_core.actual import CoverageState
from kpi_core.definition import EARLIEST
from kpi_core.horizon import goal_period, held_to, known_of_year, next_that_applies, outside, steps_between
from kpi_core.kpi import Direction
from kpi_core.projection import (
    ProjectionKind,
    TargetGrade,
    chance_of,
    chance_of_range,
    grade_of,
    judge_target,
    project,
)
from kpi_core.projection.help import LATEST, RECENT
from kpi_core.projection.policy import ENOUGH
from kpi_core.status import meets
from kpi_core.target import TargetHistory, TargetKind, in_force, value_of, year_parts

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.checklist.known import Known
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period
    from kpi_core.projection import History
    from kpi_core.target import PeriodTarget, Target


@dataclass(frozen=True)
class Graded:
    """How bold a target is; `by` is the period that it was looked at for, None where it could not be.

    `reached` of the last `of` periods would have met it; `of` 0: not counted.
    """

    grade: TargetGrade = TargetGrade.TOO_EARLY
    chance: float | None = None
    never_before: bool = False
    reached: int = 0
    of: int = 0
    by: Period | None = None


MOST_AHEAD: Final = 800
"""Periods ahead that a chance is worked out for, two years of days; a target further away is graded by the last one."""


@dataclass(frozen=True)
class YearAhead:
    """How a year's total is looked at: the running sum so many periods ahead, plus a shift, is the year's total."""

    horizon: int
    shift: float


def grade(known: Known, row: Target, kpi: Kpi, calendar: Calendar, today: date) -> Graded:
    """Grade a target of any kind: a year's total by the year's sum, a path by its end, the others by their goal.

    `known` must hold a value.
    """
    if row.kind is TargetKind.YEAR_TOTAL:
        return _year(known, row, kpi, calendar)
    draft = draft_history(known, row)
    newest, by = known.newest, goal_period(row, kpi, calendar, today, known.newest)
    while by.start > newest.start and in_force(draft, by, kpi.direction, calendar) is None:
        by = calendar.previous(by)
    by = max(by, next_that_applies(kpi, newest, calendar))
    target = in_force(draft, by, kpi.direction, calendar)
    if target is None:
        return Graded()
    horizon = min(steps_between(kpi, newest, by, calendar), MOST_AHEAD)
    met = [_met(draft, each.period, each.value, target, kpi.direction, calendar) for each in known.stretch]
    counted = [each for each in met if each is not None][-RECENT:]
    chance, never = _chance(held_to(known.history, kpi, target), horizon, target)
    early = len(known.stretch) < ENOUGH
    already = len(counted) >= LATEST and all(counted[-LATEST:])
    return Graded(
        TargetGrade.TOO_EARLY if early else grade_of(chance, already_met=already),
        None if early else chance,
        never and not early,
        sum(counted),
        len(counted),
        by,
    )


def draft_history(known: Known, row: Target) -> TargetHistory:
    """Make a history of one row that is in force everywhere, with what it takes from the numbers."""
    everywhere = replace(row, starts=EARLIEST)
    became = {}
    if row.delta is not None and known.stretch:
        latest = [each.value for each in known.stretch if each.value is not None][-LATEST:]
        became = {EARLIEST: median(latest) + row.delta}
    return TargetHistory((everywhere,), fixed=(became,), last_year=known.everything)


def _met(
    draft: TargetHistory,
    period: Period,
    value: Fraction | None,
    target: PeriodTarget,
    direction: Direction,
    calendar: Calendar,
) -> bool | None:
    """Tell whether a value would have met the target; a relative one is each period's own, None where it has none."""
    own: PeriodTarget | None = target
    if target.base is not None:
        own = in_force(draft, period, direction, calendar)
    if own is None or value is None:
        return None
    return all(meets(value, bound) for bound in own.bounds)


def _chance(history: History, horizon: int, target: PeriodTarget) -> tuple[float | None, bool]:
    """Give the chance of a period's target, and whether it was never done before."""
    low, high = target.low, target.high
    if low is not None and high is not None:
        strict = low.is_strict, high.is_strict
        return chance_of_range(history, horizon, float(low.value), float(high.value), strict=strict), False
    (bound,) = target.bounds
    judged = judge_target(history, horizon, float(bound.value), target.direction, strict=bound.is_strict)
    return judged.chance, judged.never_before


def year_ahead(known: Known, kpi: Kpi, day: date, calendar: Calendar) -> YearAhead | None:
    """Tell how the total of the fiscal year that holds a day is looked at.

    A year that has begun: what is known of it is added; one still to come: what lies before it is taken away.

    Returns:
        None where the year is over, where one of its past periods is missing, or where it is too early to say.
    """
    year, newest = calendar.fiscal_year(day), known.newest
    periods = calendar.periods(newest.cadence, year.start, year.end)
    horizon = steps_between(kpi, newest, periods[-1], calendar)
    if not horizon or len(known.stretch) < ENOUGH:
        return None
    values = {start: each.value for start, each in known.everything.items() if each.coverage is CoverageState.FULL}
    done = known_of_year(kpi, values, newest, year, calendar)
    if done is None:
        return None
    before = steps_between(kpi, newest, calendar.previous(periods[0]), calendar)
    skipped = project(known.history, before, ProjectionKind.SUM).mean[-1] if before > 0 else 0.0
    return YearAhead(horizon, float(done) - skipped - outside(kpi, known.history, newest, year, calendar))


def _year(known: Known, row: Target, kpi: Kpi, calendar: Calendar) -> Graded:
    """Grade a year's total by the sum of the year."""
    day, _ = year_parts(row)
    ahead = year_ahead(known, kpi, day, calendar)
    if ahead is None:
        return Graded()
    graded, chance = grade_total(known, ahead, value_of(row), kpi.direction)
    return Graded(graded, chance, by=calendar.fiscal_year(day))


def grade_total(
    known: Known, ahead: YearAhead, total: Fraction, direction: Direction
) -> tuple[TargetGrade, float | None]:
    """Grade a year's total, with its chance; met already where what is known of the year is enough and only grows."""
    rest = float(total) - ahead.shift
    chance = chance_of(known.history, ahead.horizon, rest, direction, ProjectionKind.SUM)
    already = direction is Direction.UP and rest <= 0 and known.history.bounds.least == 0
    return grade_of(chance, already_met=already), chance
