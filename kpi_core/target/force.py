"""Which target a period has: by date, kept by the past, changed from the next period on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from kpi_core.kpi import Direction
from kpi_core.period import Calendar, Period
from kpi_core.target.kinds import (
    Bound,
    PeriodTarget,
    Target,
    TargetException,
    TargetHistory,
    TargetKind,
    Tolerance,
    ToleranceKind,
)
from kpi_core.target.parts import default_comparison, path_parts, value_of


def in_force(history: TargetHistory, period: Period, direction: Direction, calendar: Calendar) -> PeriodTarget | None:
    """Find the target of a period: the newest row that begins at or before it, or its one-period exception.

    A row begins with the first period that starts on or after its day, a path or steps not before their own start. Of
    rows that begin with the same period the one entered later counts. A path that no older target precedes covers
    the period that holds its start too. Raising a target so never touches a past period; a backdated row does.

    Returns:
        None where no row is in force yet.
    """
    row = _row_in_force(history.rows, period, calendar)
    exception = next((each for each in reversed(history.exceptions) if each.period_start == period.start), None)
    if exception is not None:
        return _exceptional(exception, row, direction)
    return None if row is None else _on_period(row, period, direction)


def path_value(path: Target, period: Period) -> Fraction:
    """Read a path at a period's last day: straight by days, the final value from the deadline's period on.

    `baseline + (value - baseline) * days since path_start / days from path_start to deadline`, exactly.

    >>> from kpi_core.period import Cadence
    >>> path = Target(TargetKind.PATH, date(2025, 3, 31), value=Fraction(90), baseline=Fraction(0),
    ...               path_start=date(2025, 3, 31), deadline=date(2025, 6, 29))
    >>> [str(path_value(path, Calendar().period(Cadence.MONTH, date(2025, month, 1)))) for month in (4, 5, 6, 7)]
    ['30', '61', '90', '90']

    Raises:
        RefusedDefinition: a path without its parts.
    """
    value, baseline, start, deadline = path_parts(path)
    if deadline < period.end:
        return value
    return baseline + (value - baseline) * Fraction((period.last_day - start).days, (deadline - start).days)


def _row_in_force(rows: tuple[Target, ...], period: Period, calendar: Calendar) -> Target | None:
    """Choose by the period that a row begins with; among equals the one entered later."""
    begun = [(begin, i) for i, row in enumerate(rows) if (begin := _begin(row, period, calendar)) <= period.start]
    if begun:
        return rows[max(begun)[1]]
    paths = [row for row in rows if row.kind is TargetKind.PATH and _since(row) <= period.last_day]
    return paths[-1] if paths else None


def _begin(row: Target, period: Period, calendar: Calendar) -> date:
    """Find the first day of the first period, of this period's cadence, that starts on or after the row's day."""
    since = _since(row)
    holds = calendar.period(period.cadence, since)
    return since if holds.start == since else holds.end


def _since(row: Target) -> date:
    match row.kind:
        case TargetKind.CONSTANT | TargetKind.RANGE:
            return row.starts
        case TargetKind.STEPS:
            return max(row.starts, min((step.start for step in row.steps), default=row.starts))
        case TargetKind.PATH:
            return max(row.starts, path_parts(row)[2])


def _on_period(row: Target, period: Period, direction: Direction) -> PeriodTarget:
    match row.kind:
        case TargetKind.CONSTANT:
            return _one_sided(row, value_of(row), direction)
        case TargetKind.STEPS:
            begun = [(step.start, i) for i, step in enumerate(row.steps) if step.start <= period.start]
            return _one_sided(row, row.steps[max(begun)[1]].value, direction)
        case TargetKind.PATH:
            on_path = _one_sided(row, path_value(row, period), direction)
            return replace(on_path, band_base=row.value, path=row)
        case TargetKind.RANGE:
            return PeriodTarget(Direction.RANGE, row.low, row.high, row.tolerance, row.kind)


def _one_sided(row: Target, value: Fraction, direction: Direction) -> PeriodTarget:
    bound = Bound(value, row.comparison or default_comparison(direction))
    low, high = (bound, None) if direction is Direction.UP else (None, bound)
    return PeriodTarget(direction, low, high, row.tolerance, row.kind, stretch=row.stretch)


def _exceptional(exception: TargetException, row: Target | None, direction: Direction) -> PeriodTarget:
    """Put the exception's value in the row's place; typed colour limits belong to another value and stay behind."""
    comparison = default_comparison(direction) if row is None or row.comparison is None else row.comparison
    tolerance = Tolerance() if row is None or row.tolerance.kind is ToleranceKind.TYPED else row.tolerance
    stand_in = Target(TargetKind.CONSTANT, exception.period_start, exception.value, comparison, tolerance=tolerance)
    return replace(_one_sided(stand_in, exception.value, direction), exception=exception.reason)
