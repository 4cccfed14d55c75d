"""The process behaviour chart (XmR): what routine variation looks like, and what lies outside of it.

Sources: Wheeler, *Understanding Variation* (1993) and *Making Sense of Data* (2003) for limits and rules; the constants
are 3/d2 and D4 of Shewhart's tables for moving ranges of two values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LIMIT: Final = 2.66
"""3 / 1.128: mean moving ranges from the centre to a limit."""
RANGE_LIMIT: Final = 3.268
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

    centre: float
    lower: float
    upper: float
    moving_range_mean: float
    range_limit: float


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


def limits_of(values: Sequence[float]) -> Limits | None:
    """Compute centre and limits of a series; None under two values, which have no step.

    >>> limits = limits_of([10, 12, 11, 13])
    >>> round(limits.centre, 3), round(limits.lower, 3), round(limits.upper, 3), round(limits.range_limit, 3)
    (11.5, 7.067, 15.933, 5.447)
    """
    if len(values) < 2:  # noqa: PLR2004 -- a step has two ends
        return None
    centre = math.fsum(values) / len(values)
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    mean_step = math.fsum(steps) / len(steps)
    return Limits(centre, centre - LIMIT * mean_step, centre + LIMIT * mean_step, mean_step, RANGE_LIMIT * mean_step)


def chart_of(values: Sequence[float], baseline: int | None = None) -> Chart:
    """Judge a series by its own limits.

    All flags are given, whatever the label; which of them may raise an alert is decided by `signal`.

    Args:
        values: complete periods without gaps, oldest first.
        baseline: the first so many points make the limits; all of them where None.

    >>> chart = chart_of([10, 11, 10, 11, 10, 11, 10, 30])
    >>> chart.label.value, chart.flags[SignalRule.OUTSIDE]
    ('trial', (7,))
    """
    count = len(values) if baseline is None else min(baseline, len(values))
    limits = limits_of(values[:count])
    nothing: dict[SignalRule, tuple[int, ...]] = dict.fromkeys(SignalRule, ())
    if limits is None:
        return Chart(None, label_of(count), nothing, frozenset())
    flags = {
        SignalRule.OUTSIDE: tuple(at for at, value in enumerate(values) if not limits.lower <= value <= limits.upper),
        SignalRule.RUN_OF_8: tuple(sorted(_runs(values, limits.centre))),
        SignalRule.THREE_OF_FOUR: tuple(sorted(_near(values, limits))),
    }
    above = frozenset(at for at, value in enumerate(values) if value > limits.centre)
    return Chart(limits, label_of(count), flags, above)


def _sides(values: Sequence[float], high: float, low: float) -> tuple[Callable[[int], bool], ...]:
    return (lambda at: values[at] > high), (lambda at: values[at] < low)


def _runs(values: Sequence[float], centre: float) -> Iterator[int]:
    """Find the points of runs of eight or more strictly on one side; a tie with the centre breaks a run."""
    for side in _sides(values, centre, centre):
        start = 0
        for at in range(len(values) + 1):
            if at < len(values) and side(at):
                continue
            if at - start >= RUN:
                yield from range(start, at)
            start = at + 1


def _near(values: Sequence[float], limits: Limits) -> set[int]:
    """Find all points of each four running of which three lie beyond half the way to a limit, on one side."""
    half = (limits.upper - limits.centre) / 2
    found: set[int] = set()
    for side in _sides(values, limits.centre + half, limits.centre - half):
        for start in range(len(values) - NEAR_OF + 1):
            if sum(side(at) for at in range(start, start + NEAR_OF)) >= NEAR:
                found.update(range(start, start + NEAR_OF))
    return found
