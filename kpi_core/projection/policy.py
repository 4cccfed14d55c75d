"""Which forecast a history of some length supports, and how sure it is.

The policy by length, the constants of the bands and the choice of methods were measured on the M3 competition (3,003
series, Makridakis & Hibon 2000); `benchmarks/projection.py` prints accuracy and coverage again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from kpi_core.period import Cadence
from kpi_core.projection.student import cdf, quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH: Final = 6
"""Under so many points it is too early to say."""
WEEKS_OF_LAST_YEAR: Final = 60
"""From so many weeks on last year's same weeks are the best guide."""
WEEKS: Final = 52
RECENT_WEEKS: Final = 8
OWN_ERRORS: Final = 18
"""From so many points on the KPI's own past errors are counted too."""
SEASON: Final = {
    Cadence.DAY: 7, Cadence.WEEK: 52, Cadence.MONTH: 12, Cadence.QUARTER: 4, Cadence.YEAR: 1,
}  # fmt: skip
"""Periods after which a pattern returns."""
SAME_SHARE: Final = 1e-10
"""Numbers that differ by less than this share are the same: reckoning has a limited number of digits."""
SAME_LEAST: Final = 1e-12
"""For 0, of which there is no share."""


class ProjectionKind(StrEnum):
    """What is projected: the value of a period ahead, or the running sum of all up to it."""

    LEVEL = "level"
    SUM = "sum"


class ProjectionGrade(StrEnum):
    """How far a projection can be trusted."""

    TOO_EARLY = "too early"
    ROUGH = "rough"
    NORMAL = "normal"


class Pattern(StrEnum):
    """What of the years before an outlook repeats."""

    NOTHING = "nothing"
    HALF_LAST_YEAR = "half of last year"
    LAST_YEAR = "last year"
    SEASON = "a season"


@dataclass(frozen=True)
class Width:
    """Width of the error h steps ahead: Student t of `freedom`, scale `factor` x h ** `growth` mean moving ranges."""

    freedom: int
    factor: float
    growth: float
    sum_factor: float
    sum_growth: float

    def scale(self, step: int, kind: ProjectionKind) -> float:
        """Give the scale so many steps ahead, in mean moving ranges."""
        if kind is ProjectionKind.SUM:
            return float(self.sum_factor * step**self.sum_growth)
        return float(self.factor * step**self.growth)


SHORT_MONTHS: Final = Width(2, 1.14, 0.30, 1.05, 1.18)
MONTHS: Final = Width(3, 1.05, 0.39, 0.96, 1.22)
QUARTERS: Final = Width(3, 1.10, 0.50, 1.13, 1.22)
YEARS: Final = Width(4, 1.03, 0.75, 1.03, 1.48)


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a value can be; None where there is none."""

    least: float | None = None
    most: float | None = None

    def clip(self, value: float) -> float:
        """Bring a value within the bounds."""
        value = value if self.least is None else max(self.least, value)
        return value if self.most is None else min(self.most, value)

    def over(self, periods: int, kind: ProjectionKind) -> Bounds:
        """Give the bounds of what is projected: the sum of some periods has the bounds of each, added up."""
        if kind is ProjectionKind.LEVEL:
            return self
        least = None if self.least is None else self.least * periods
        return Bounds(least, None if self.most is None else self.most * periods)

    def settled(self, value: float, *, strictly: bool) -> float | None:
        """Give the probability of ending at or under a value, or strictly under it, where the bounds alone tell it.

        >>> [Bounds(0, 100).settled(value, strictly=True) for value in (0, 50, 100, 101)]
        [0.0, None, None, 1.0]
        """
        edge = beside(value, strictly=strictly)
        if self.least is not None and edge < self.least:
            return 0.0
        return 1.0 if self.most is not None and edge >= self.most else None


NO_BOUNDS: Final = Bounds()


@dataclass(frozen=True)
class History:
    """What a number was so far: complete periods without gaps, oldest first, and what it can be at all.

    `season`: values after which a pattern returns, 1 is never; None: as many as the cadence has.
    """

    values: tuple[float, ...]
    cadence: Cadence
    bounds: Bounds = NO_BOUNDS
    season: int | None = None

    def until(self, count: int) -> History:
        """Give the history as it was after its first so many periods."""
        return replace(self, values=self.values[:count])


@dataclass(frozen=True)
class Projection:
    """Where a KPI goes: for each of the steps ahead the middle and the ends of the 80 % and 95 % bands.

    `scales[i]` is the scale of the error at step i + 1; a chance is a Student t of `freedom` around the middle.
    For `kind` sum the figures are running sums. All are empty where it is too early.
    """

    kind: ProjectionKind
    grade: ProjectionGrade
    mean: tuple[float, ...] = ()
    low80: tuple[float, ...] = ()
    high80: tuple[float, ...] = ()
    low95: tuple[float, ...] = ()
    high95: tuple[float, ...] = ()
    scales: tuple[float, ...] = ()
    freedom: int = 3

    def quantile(self, probability: float, step: int) -> float:
        """Give the value that the KPI stays under with a probability, so many steps ahead (1 is the next period)."""
        return self.mean[step - 1] + quantile(probability, self.freedom) * self.scales[step - 1]

    def below(self, value: float, step: int, *, strictly: bool = False) -> float:
        """Give the probability of ending at or under a value, or strictly under it, so many steps ahead."""
        return under(value, self.mean[step - 1], self.scales[step - 1], self.freedom, strictly=strictly)


def under(value: float, middle: float, scale: float, freedom: int, *, strictly: bool) -> float:
    """Give the probability that a Student t around a middle ends at or under a value, or strictly under it.

    >>> under(10, 10, 0, 3, strictly=False), under(10, 10, 0, 3, strictly=True), under(10, 10, 1, 3, strictly=True)
    (1.0, 0.0, 0.5)
    """
    if scale <= 0:
        return float(middle <= beside(value, strictly=strictly))
    return cdf((value - middle) / scale, freedom)


def beside(value: float, *, strictly: bool) -> float:
    """Move a value by less than anybody could tell, so that what equals it but for rounding is counted as equal."""
    slack = max(abs(value) * SAME_SHARE, SAME_LEAST)
    return value - slack if strictly else value + slack


def project(history: History, horizon: int, kind: ProjectionKind = ProjectionKind.LEVEL) -> Projection:
    """Project a history so many periods ahead, one or more; as values of the periods or as their running sums.

    >>> project(History((50, 51), Cadence.MONTH), 3).grade.value
    'too early'
    >>> round(project(History((100.0,) * 8, Cadence.MONTH), 2).mean[1], 3)
    100.0
    """
    from kpi_core.projection.middle import middle_of  # noqa: PLC0415 -- numpy is loaded only by who asks for a forecast

    count = len(history.values)
    if count < ENOUGH:
        return Projection(kind, ProjectionGrade.TOO_EARLY)
    cadence, bounds = history.cadence, history.bounds
    made = middle_of(history, horizon)
    mean = [bounds.clip(value) for value in made.mean]
    width = _width(cadence, count)
    middle = list(accumulate(mean)) if kind is ProjectionKind.SUM else mean
    scales = [width.scale(ahead, kind) * made.step for ahead in range(1, horizon + 1)]
    if kind is ProjectionKind.LEVEL:
        scales = [scale * spread for scale, spread in zip(scales, made.spread, strict=True)]
    rough = cadence is Cadence.QUARTER or count < SEASON[cadence]
    return _with_bands(kind, ProjectionGrade.ROUGH if rough else ProjectionGrade.NORMAL, middle, scales, width, bounds)


def pattern_of(history: History) -> Pattern:
    """Tell what of the years before the outlook of a history repeats; nothing where it is too early for one."""
    from kpi_core.projection.middle import pattern_of as found  # noqa: PLC0415 -- numpy, as above

    return Pattern.NOTHING if len(history.values) < ENOUGH else found(history)


def _with_bands(
    kind: ProjectionKind,
    grade: ProjectionGrade,
    middle: Sequence[float],
    scales: Sequence[float],
    width: Width,
    bounds: Bounds,
) -> Projection:
    """Lay the bands around the middle, within the bounds of the value."""

    def side(probability: float) -> tuple[float, ...]:
        away = quantile(probability, width.freedom)
        edges = (value + away * scale for value, scale in zip(middle, scales, strict=True))
        return tuple(bounds.over(at, kind).clip(value) for at, value in enumerate(edges, start=1))

    return Projection(
        kind, grade, tuple(middle), side(0.1), side(0.9), side(0.025), side(0.975), tuple(scales), width.freedom,
    )  # fmt: skip


def _width(cadence: Cadence, count: int) -> Width:
    match cadence:
        case Cadence.DAY | Cadence.WEEK | Cadence.MONTH:
            return SHORT_MONTHS if cadence is Cadence.MONTH and count < 2 * SEASON[cadence] else MONTHS
        case Cadence.QUARTER:
            return QUARTERS
        case Cadence.YEAR:
            return YEARS
