"""Targets: dated rows, never overwritten. Past periods keep the target in force at their time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction
from kpi_core.period import Calendar, Period


class Comparison(StrEnum):
    """An inequality is stored as given: `<` 60 is strict, `<=` is not."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"

    @property
    def is_floor(self) -> bool:
        """Whether values have to be over it, not under it."""
        return self in {Comparison.AT_LEAST, Comparison.ABOVE}

    @property
    def inclusive(self) -> Comparison:
        """The same way, the number itself included."""
        return Comparison.AT_LEAST if self.is_floor else Comparison.AT_MOST

    @property
    def strict(self) -> Comparison:
        """The same way, the number itself not included."""
        return Comparison.ABOVE if self.is_floor else Comparison.BELOW


class TargetKind(StrEnum):
    """How a target row gives each period its target."""

    CONSTANT = "constant"
    STEPS = "steps"
    PATH = "path"
    RANGE = "range"


class ToleranceKind(StrEnum):
    """How far a miss may be and still be amber."""

    PERCENT = "percent"
    ABSOLUTE = "absolute"
    TYPED = "typed"


@dataclass(frozen=True)
class Tolerance:
    """Percent of |target| (path: |final target|, range: violated bound), absolute in the unit, or two typed numbers.

    The edge itself is amber; exactly at a typed `red_from` is red.
    """

    kind: ToleranceKind = ToleranceKind.PERCENT
    value: Fraction = Fraction(10)
    green_from: Fraction | None = None
    red_from: Fraction | None = None


@dataclass(frozen=True)
class Bound:
    """One side of a target."""

    value: Fraction
    comparison: Comparison


@dataclass(frozen=True)
class Step:
    """The value of a STEPS target from the period that starts on or after `start`; later ones inherit."""

    start: date
    value: Fraction


@dataclass(frozen=True)
class Target:
    """One dated row of a KPI's target history, in force from the first period that starts on or after `starts`.

    CONSTANT: `value`. STEPS: `steps`. PATH: `baseline` on `path_start` to `value` on `deadline`.
    RANGE: `low` and `high`. `comparison` is None for RANGE (its bounds hold their own).
    `typed_on` is the day it was entered; `backdated` marks a logged correction of the past.
    """

    kind: TargetKind
    starts: date
    value: Fraction | None = None
    comparison: Comparison | None = None
    low: Bound | None = None
    high: Bound | None = None
    baseline: Fraction | None = None
    path_start: date | None = None
    deadline: date | None = None
    steps: tuple[Step, ...] = ()
    tolerance: Tolerance = field(default_factory=Tolerance)
    stretch: Fraction | None = None
    typed_on: date | None = None
    backdated: bool = False
    reason: str = ""


@dataclass(frozen=True)
class TargetException:
    """Another target for one period only, with its reason."""

    period_start: date
    value: Fraction
    reason: str


@dataclass(frozen=True)
class TargetHistory:
    """All target rows of a KPI in the order they were entered, and its one-period exceptions."""

    rows: tuple[Target, ...] = ()
    exceptions: tuple[TargetException, ...] = ()


@dataclass(frozen=True)
class PeriodTarget:
    """The target of one period, ready to judge with: one bound (up, down) or two (range).

    `band_base` is what a percent tolerance is taken of where that is not the bound itself (a path's final
    target).
    """

    direction: Direction
    low: Bound | None
    high: Bound | None
    tolerance: Tolerance
    kind: TargetKind
    band_base: Fraction | None = None
    stretch: Fraction | None = None
    exception: str = ""
    """The reason, where a one-period exception is in force."""
    path: Target | None = None
    """The path that this is a point of, for its sentence."""

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """Its one or two bounds, the low one first."""
        return tuple(bound for bound in (self.low, self.high) if bound is not None)


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


def path_parts(path: Target) -> tuple[Fraction, Fraction, date, date]:
    """Give a path's final value, baseline, start and deadline.

    Raises:
        RefusedDefinition: one of them is missing.
    """
    if path.value is None or path.baseline is None or path.path_start is None or path.deadline is None:
        sentence = "A path needs where it starts and where it ends, each with its day."
        raise RefusedDefinition(sentence, "Give the value today, the target and the deadline.")
    return path.value, path.baseline, path.path_start, path.deadline


def typed_limits(tolerance: Tolerance) -> tuple[Fraction, Fraction]:
    """Give the two numbers "green from" and "red from" of a typed tolerance.

    Raises:
        RefusedDefinition: one of them is missing.
    """
    if tolerance.green_from is None or tolerance.red_from is None:
        sentence = "Typed colour limits need two numbers."
        raise RefusedDefinition(sentence, 'Give both "green from" and "red from".')
    return tolerance.green_from, tolerance.red_from


def default_comparison(direction: Direction) -> Comparison:
    """Give the inequality that is meant where none was said: reaching the number is enough."""
    match direction:
        case Direction.UP:
            return Comparison.AT_LEAST
        case Direction.DOWN:
            return Comparison.AT_MOST
        case Direction.RANGE:
            sentence = "One number is no range."
            raise RefusedDefinition(sentence, "Give the lowest and the highest value that are still good.")


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
            return _one_sided(row, _value(row), direction)
        case TargetKind.STEPS:
            begun = [(step.start, i) for i, step in enumerate(row.steps) if step.start <= period.start]
            return _one_sided(row, row.steps[max(begun)[1]].value, direction)
        case TargetKind.PATH:
            on_path = _one_sided(row, path_value(row, period), direction)
            return replace(on_path, band_base=row.value, path=row)
        case TargetKind.RANGE:
            return PeriodTarget(Direction.RANGE, row.low, row.high, row.tolerance, row.kind)


def _value(row: Target) -> Fraction:
    if row.value is None:
        sentence = "The target has no value."
        raise RefusedDefinition(sentence, "Give the number that you want to reach.")
    return row.value


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
