"""The process behaviour chart (XmR): what routine variation looks like, and what lies outside of it.

Sources: Wheeler, *Understanding Variation* (1993) and *Making Sense of Data* (2003) for limits and rules; the constants
are 3/d2 and D4 of Shewhart's tables for moving ranges of two values.

A gap (None) is a period that applies and has no value. Missing is never zero: a gap is no point, it has no moving range
to either side, and it breaks every run and every four in a row, because what it would have shown is not known. All is
reckoned exactly, in fractions: a value on a limit is on it, equal values are equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Number = Fraction | float
"""What is judged: exact where the caller has it exact."""

LIMIT: Final = Fraction(266, 100)
"""3 / 1.128: mean moving ranges from the centre to a limit."""
RANGE_LIMIT: Final = Fraction(3268, 1000)
"""D4 for two values: mean moving ranges up to the limit of a single one."""
ENOUGH: Final = 6
"""Fewer points have no limits."""
NORMAL: Final = 12
"""From so many points on limits are no longer on trial."""
FROZEN: Final = 24
"""Limits come from so many points since the last rebase, then stay."""
RUN: Final = 8
NEAR: Final = 3
NEAR_OF: Final = 4


class LimitsLabel(StrEnum):
    """How far limits can be trusted."""

    NONE = "none"
    """Under six points: not enough history."""
    TRIAL = "trial"
    """Six to eleven points."""
    NORMAL = "normal"


class SignalRule(StrEnum):
    """What tells a real change from routine variation."""

    OUTSIDE = "outside"
    """A point beyond a limit."""
    RUN_OF_8 = "run8"
    """Eight points running on one side of the centre."""
    THREE_OF_FOUR = "three_of_four"
    """Three of four points running nearer a limit than the centre, on one side."""


@dataclass(frozen=True)
class Limits:
    """The usual range of a number: centre, natural process limits, and the limit of a single step."""

    centre: Fraction
    lower: Fraction
    upper: Fraction
    moving_range_mean: Fraction
    range_limit: Fraction

    @property
    def half(self) -> Fraction:
        """Half the way from the centre to a limit."""
        return (self.upper - self.centre) / 2


@dataclass(frozen=True)
class Chart:
    """A series with its limits and flags, as 0-based places. `limits` is None where there is not one step."""

    limits: Limits | None
    label: LimitsLabel
    flags: dict[SignalRule, tuple[int, ...]]
    above: frozenset[int]
    """The places above the centre."""


def label_of(count: int) -> LimitsLabel:
    """Tell how far the limits of so many points can be trusted.

    >>> [label_of(count).value for count in (5, 6, 11, 12)]
    ['none', 'trial', 'trial', 'normal']
    """
    if count < ENOUGH:
        return LimitsLabel.NONE
    return LimitsLabel.TRIAL if count < NORMAL else LimitsLabel.NORMAL


def as_written(value: Number) -> Fraction:
    """Take a number as it is written: 18.3 is 183/10, not the binary fraction beside it.

    >>> as_written(18.3)
    Fraction(183, 10)
    """
    return Fraction(float.__repr__(value)) if isinstance(value, float) else Fraction(value)


def limits_of(values: Sequence[Number | None]) -> Limits | None:
    """Compute centre and limits of a series; None where no two neighbours have a value: there is no step then.

    >>> limits = limits_of([10, 12, 11, 13])
    >>> [float(round(each, 3)) for each in (limits.centre, limits.lower, limits.upper, limits.range_limit)]
    [11.5, 7.067, 15.933, 5.447]
    >>> float(limits_of([10, 12, None, 100, 98]).moving_range_mean)
    2.0
    """
    exact = [None if value is None else as_written(value) for value in values]
    known = [value for value in exact if value is not None]
    steps = [abs(later - earlier) for earlier, later in pairwise(exact) if earlier is not None and later is not None]
    if not steps:
        return None
    centre, mean_step = sum(known, Fraction(0)) / len(known), sum(steps, Fraction(0)) / len(steps)
    return Limits(centre, centre - LIMIT * mean_step, centre + LIMIT * mean_step, mean_step, RANGE_LIMIT * mean_step)


def first_points(values: Sequence[Number | None], count: int) -> Sequence[Number | None]:
    """Cut a series after its first so many points; gaps do not count.

    >>> first_points([1, None, 2, 3], 2)
    [1, None, 2]
    """
    found = 0
    for at, value in enumerate(values):
        found += value is not None
        if found == count:
            return values[: at + 1]
    return values


def point_count(values: Sequence[Number | None]) -> int:
    """Count the points of a series, without its gaps."""
    return sum(value is not None for value in values)


def chart_of(values: Sequence[Number | None], baseline: int | None = None) -> Chart:
    """Judge a series by its own limits.

    All flags are given, whatever the label; which of them may raise an alert is decided by `newest_signal`.

    Args:
        values: complete periods, oldest first; None is a gap.
        baseline: the first so many points make the limits; all of them where None.

    >>> chart = chart_of([10, 11, 10, 11, 10, 11, 10, 30])
    >>> chart.label.value, chart.flags[SignalRule.OUTSIDE]
    ('trial', (7,))
    """
    made_of = values if baseline is None else first_points(values, baseline)
    return chart_with(values, limits_of(made_of), label_of(point_count(made_of)))


def chart_with(values: Sequence[Number | None], limits: Limits | None, label: LimitsLabel) -> Chart:
    """Judge a series by given limits, which may be made of other periods."""
    if limits is None:
        return Chart(None, label, dict.fromkeys(SignalRule, ()), frozenset())
    exact = [None if value is None else as_written(value) for value in values]
    sides = _sides(exact, limits.upper, limits.lower)
    flags = {
        SignalRule.OUTSIDE: tuple(at for at in range(len(exact)) if any(side(at) for side in sides)),
        SignalRule.RUN_OF_8: tuple(sorted(_runs(exact, limits.centre))),
        SignalRule.THREE_OF_FOUR: tuple(sorted(_near(exact, limits))),
    }
    above = _sides(exact, limits.centre, limits.centre)[0]
    return Chart(limits, label, flags, frozenset(at for at in range(len(exact)) if above(at)))


def _sides(values: Sequence[Fraction | None], high: Fraction, low: Fraction) -> tuple[Callable[[int], bool], ...]:
    """Give two tests of a place: strictly above the one border, strictly below the other; a gap is neither."""

    def above(at: int) -> bool:
        value = values[at]
        return value is not None and value > high

    def below(at: int) -> bool:
        value = values[at]
        return value is not None and value < low

    return above, below


def _runs(values: Sequence[Fraction | None], centre: Fraction) -> Iterator[int]:
    """Find the points of runs of eight or more strictly on one side; a tie with the centre and a gap break a run."""
    for side in _sides(values, centre, centre):
        start = 0
        for at in range(len(values) + 1):
            if at < len(values) and side(at):
                continue
            if at - start >= RUN:
                yield from range(start, at)
            start = at + 1


def _near(values: Sequence[Fraction | None], limits: Limits) -> set[int]:
    """Find all points of each four running, without a gap, of which three lie beyond half the way to one limit."""
    found: set[int] = set()
    whole = [start for start in range(len(values) - NEAR_OF + 1) if None not in values[start : start + NEAR_OF]]
    for side in _sides(values, limits.centre + limits.half, limits.centre - limits.half):
        for start in whole:
            if sum(side(at) for at in range(start, start + NEAR_OF)) >= NEAR:
                found.update(range(start, start + NEAR_OF))
    return found
