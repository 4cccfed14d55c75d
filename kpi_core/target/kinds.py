"""What a target is: dated rows, bounds, tolerances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kpi_core.actual import Actual
from kpi_core.kpi import Direction


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
    YEAR_TOTAL = "year total"
    RELATIVE = "relative"


class SpreadBy(StrEnum):
    """What a year's total is spread by."""

    EVEN = "even by days"
    OPEN_WEEKDAYS = "open weekdays"
    LAST_YEAR = "last year"
    TYPED = "typed percentages"


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

    @property
    def is_strict(self) -> bool:
        """Whether its own number does not meet it."""
        return self.comparison in {Comparison.ABOVE, Comparison.BELOW}


@dataclass(frozen=True)
class Step:
    """The value of a STEPS target from the period that starts on or after `start`; later ones inherit."""

    start: date
    value: Fraction


@dataclass(frozen=True)
class Target:
    """One dated row of a KPI's target history, in force from the first period that starts on or after `starts`.

    CONSTANT: `value`, or `delta` on a baseline that was not known yet. STEPS: `steps`. PATH: `baseline` on `path_start`
    to `value` on `deadline`. RANGE: `low` and `high`. YEAR_TOTAL: `value` for the fiscal year that holds the day
    `year`, `spread` (with `percentages`, one a period). RELATIVE: `change_percent` on the same period last year; its
    `stretch` is such a percentage too. `comparison` is None for RANGE (its bounds hold their own).
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
    year: date | None = None
    spread: SpreadBy | None = None
    percentages: tuple[Fraction, ...] = ()
    change_percent: Fraction | None = None
    delta: Fraction | None = None
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
    """All target rows of a KPI in the order they were entered, and its one-period exceptions.

    `fixed`: for each row what it took from the numbers, kept so that a later correction of them does not move it. A
    YEAR_TOTAL: its parts by the first day of each piece of its year; RELATIVE: last year's values by the start of the
    periods that were judged with them; a delta: the number that it became. `last_year`: values by period start, for
    the periods of a RELATIVE row that are not fixed yet.
    """

    rows: tuple[Target, ...] = ()
    exceptions: tuple[TargetException, ...] = ()
    fixed: tuple[Mapping[date, Fraction], ...] = field(default=(), hash=False)
    last_year: Mapping[date, Actual] = field(default_factory=dict, hash=False)

    def fixed_of(self, row: int) -> Mapping[date, Fraction]:
        """Give what the row at this place took from the numbers."""
        return self.fixed[row] if row < len(self.fixed) else {}


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
    base: Fraction | None = None
    """Last year's value, where the target is relative to it."""
    change_percent: Fraction | None = None
    days: tuple[int, int] | None = None
    """Of a week across two years of which one has no total: the days that have one, and all."""

    @property
    def is_computed(self) -> bool:
        """Tell whether its bounds were worked out, so that nobody agreed on their last digits."""
        return self.path is not None or self.base is not None or self.kind is TargetKind.YEAR_TOTAL

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """Its one or two bounds, the low one first."""
        return tuple(bound for bound in (self.low, self.high) if bound is not None)
