"""Which target a period has: by date, kept by the past, changed from the next period on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from kpi_core.actual import CoverageState
from kpi_core.kpi import Direction
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.target.kinds import (
    Bound,
    Comparison,
    PeriodTarget,
    Target,
    TargetException,
    TargetHistory,
    TargetKind,
    Tolerance,
    ToleranceKind,
)
from kpi_core.target.parts import change_of, default_comparison, path_parts, value_of, year_parts
from kpi_core.target.relative import relative_value
from kpi_core.target.spread import Piece, fits, pieces_of

COVER_THEIR_START = {TargetKind.PATH, TargetKind.YEAR_TOTAL}
"""Kinds that, where no older target precedes them, hold in the period that their start lies in, too."""


def in_force(history: TargetHistory, period: Period, direction: Direction, calendar: Calendar) -> PeriodTarget | None:
    """Find the target of a period: the newest row that begins at or before it, or its one-period exception.

    A row begins with the first period that starts on or after its day, a path, steps or a year's total not before their
    own start. Of rows that begin with the same period the one entered later counts. A path or a year's total that no
    older target precedes covers the period that holds its start too. Raising a target so never touches a past period; a
    backdated row does.

    Returns:
        None where no row is in force yet, or where the one in force gives this period none: see `why_none`.
    """
    place = place_in_force(history.rows, period, calendar)
    exception = next((each for each in reversed(history.exceptions) if each.period_start == period.start), None)
    if exception is not None:
        return _exceptional(exception, None if place is None else history.rows[place], direction)
    if place is None:
        return None
    row = history.rows[place]
    match row.kind:
        case TargetKind.YEAR_TOTAL:
            return _of_year(history, place, period, direction, calendar)
        case TargetKind.RELATIVE:
            base = base_in(history, place, period, calendar)
            return None if base is None else _relative(row, base, direction)
        case TargetKind.CONSTANT if row.delta is not None:
            became = next(iter(history.fixed_of(place).values()), None)
            return None if became is None else _one_sided(row, became, direction)
        case TargetKind.CONSTANT | TargetKind.STEPS | TargetKind.PATH | TargetKind.RANGE:
            return _on_period(row, period, direction)


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


def place_in_force(rows: tuple[Target, ...], period: Period, calendar: Calendar) -> int | None:
    """Choose a row by the period that it begins with; among equals the one entered later. None: none has begun."""
    begun = [
        (begin, i) for i, row in enumerate(rows) if (begin := begin_of(row, period.cadence, calendar)) <= period.start
    ]
    if begun:
        return max(begun)[1]
    inside = [
        i for i, row in enumerate(rows) if row.kind in COVER_THEIR_START and _since(row, calendar) <= period.last_day
    ]
    return inside[-1] if inside else None


def begin_of(row: Target, cadence: Cadence, calendar: Calendar) -> date:
    """Find the first day of the first period of a cadence that starts on or after the row's day."""
    since = _since(row, calendar)
    holds = calendar.period(cadence, since)
    return since if holds.start == since else holds.end


def _since(row: Target, calendar: Calendar) -> date:
    match row.kind:
        case TargetKind.CONSTANT | TargetKind.RANGE | TargetKind.RELATIVE:
            return row.starts
        case TargetKind.STEPS:
            return max(row.starts, min((step.start for step in row.steps), default=row.starts))
        case TargetKind.PATH:
            return max(row.starts, path_parts(row)[2])
        case TargetKind.YEAR_TOTAL:
            return max(row.starts, calendar.fiscal_year(year_parts(row)[0]).start)


def base_in(history: TargetHistory, place: int, period: Period, calendar: Calendar) -> Fraction | None:
    """Find what a relative row stands on in a period: the value that it was judged with, else last year's as known now.

    A value that is missing, of a period only partly covered, or not above 0 is no base.
    """
    fixed = history.fixed_of(place).get(period.start)
    if fixed is not None:
        return fixed
    partner = history.last_year.get(calendar.partner(period).start)
    if partner is None or partner.coverage is not CoverageState.FULL or partner.value is None or partner.value <= 0:
        return None
    return partner.value


def _on_period(row: Target, period: Period, direction: Direction) -> PeriodTarget:
    if row.kind is TargetKind.RANGE:
        return PeriodTarget(Direction.RANGE, row.low, row.high, row.tolerance, row.kind)
    if row.kind is TargetKind.PATH:
        on_path = _one_sided(row, path_value(row, period), direction)
        stretch = None if row.stretch is None else path_value(replace(row, value=row.stretch), period)
        return replace(on_path, band_base=row.value, path=row, stretch=stretch)
    if row.kind is TargetKind.STEPS:
        begun = [(step.start, i) for i, step in enumerate(row.steps) if step.start <= period.start]
        return _one_sided(row, row.steps[max(begun)[1]].value, direction)
    return _one_sided(row, value_of(row), direction)


def _of_year(
    history: TargetHistory, place: int, period: Period, direction: Direction, calendar: Calendar
) -> PeriodTarget | None:
    """Take the period's part of the year; a week across two years has days of both totals, as far as there are two."""
    row = history.rows[place]
    parts = list(_parts(history, place, period, calendar))
    if not parts:
        return None
    sums, days = sum((value for _, value in parts), Fraction(0)), sum((each.end - each.start).days for each, _ in parts)
    made = _one_sided(row, sums, direction)
    total = value_of(row)
    stretch = None if row.stretch is None or not total else sums * row.stretch / total
    return replace(made, stretch=stretch, days=None if days == period.days else (days, period.days))


def _parts(history: TargetHistory, place: int, period: Period, calendar: Calendar) -> Iterator[tuple[Piece, Fraction]]:
    """Look up the parts of the pieces that a period is cut into: in the row in force, else in the other year's newest.

    A total of the other year that was entered after the period does not count, else it would move a past target.
    """
    totals = [
        i
        for i, row in enumerate(history.rows)
        if row.kind is TargetKind.YEAR_TOTAL and row.starts <= period.last_day and i != place
    ]
    first, last = (calendar.fiscal_year(day) for day in (period.start, period.last_day))
    for year in dict.fromkeys((first, last)):
        own = [i for i in (*totals, place) if calendar.fiscal_year(year_parts(history.rows[i])[0]) == year]
        pieces = pieces_of(year, period.cadence, calendar)
        if own and fits(history.fixed_of(own[-1]), pieces):
            piece = next(each for each in pieces if each.period == period)
            yield piece, history.fixed_of(own[-1])[piece.start]


def _relative(row: Target, base: Fraction, direction: Direction) -> PeriodTarget:
    value = relative_value(base, change_of(row)) or Fraction(0)
    stretch = None if row.stretch is None else relative_value(base, row.stretch)
    return replace(_one_sided(row, value, direction), base=base, change_percent=change_of(row), stretch=stretch)


def _one_sided(row: Target, value: Fraction, direction: Direction) -> PeriodTarget:
    bound = Bound(value, _comparison(row, direction))
    low, high = (bound, None) if direction is Direction.UP else (None, bound)
    return PeriodTarget(direction, low, high, row.tolerance, row.kind, stretch=row.stretch)


def _comparison(row: Target, direction: Direction) -> Comparison:
    return row.comparison or default_comparison(direction)


def _exceptional(exception: TargetException, row: Target | None, direction: Direction) -> PeriodTarget:
    """Put the exception's value in the row's place; typed colour limits belong to another value and stay behind."""
    comparison = default_comparison(direction) if row is None or row.comparison is None else row.comparison
    tolerance = Tolerance() if row is None or row.tolerance.kind is ToleranceKind.TYPED else row.tolerance
    stand_in = Target(TargetKind.CONSTANT, exception.period_start, exception.value, comparison, tolerance=tolerance)
    return replace(_one_sided(stand_in, exception.value, direction), exception=exception.reason)
