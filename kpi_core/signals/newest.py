"""The signal that the newest point is part of: which rule, on which side, for how long, since when it was to be seen.

Only such a signal may raise an alert: what was over before the newest period is history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from kpi_core.signals.chart import NEAR, NEAR_OF, RUN, LimitsLabel, SignalRule, as_written, label_of, limits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction

    from kpi_core.signals.chart import Limits, Number

OUTSIDE_ONLY_UNDER: Final = 8
"""With limits of fewer points only a point outside of them is a signal."""


@dataclass(frozen=True)
class Usual:
    """What is usual: the limits, and how many points they are made of."""

    limits: Limits | None
    count: int

    @property
    def label(self) -> LimitsLabel:
        """How far the limits can be trusted."""
        return LimitsLabel.NONE if self.limits is None else label_of(self.count)


def usual_of(values: Sequence[Number | None]) -> Usual:
    """Make the limits of a baseline."""
    return Usual(limits_of(values), sum(value is not None for value in values))


@dataclass(frozen=True)
class Newest:
    """A signal that holds the newest point.

    `above`: on which side of the centre. `length`: the points from its first to the newest, both included. `run`: the
    points running on that side. `seen`: how many periods ago it was first to be seen without a break; 0 is new.
    """

    rule: SignalRule
    above: bool
    length: int
    run: int
    seen: int = 0


def newest_signal(values: Sequence[Number | None], usual: Usual) -> Newest | None:
    """Find the signal that the newest point is part of and on whose side it lies; None where there is none.

    Of several rules the one that reaches back furthest speaks, of equals a run before three of four before outside.
    No rule reaches over a gap.

    Args:
        values: complete periods, oldest first; None is a gap.
        usual: what they are judged by.

    >>> base = usual_of([0, 10] * 12)
    >>> found = newest_signal([4, 6, 6, 6, 6, 6, 6, 6, 6], base)
    >>> found.rule.value, found.above, found.length
    ('run8', True, 8)
    >>> newest_signal([6] * 8 + [5], base) is None
    True
    """
    limits, back = usual.limits, list(_back(values))
    if limits is None or usual.label is LimitsLabel.NONE or not back or back[0] == limits.centre:
        return None
    above = back[0] > limits.centre
    edge = limits.upper if above else limits.lower
    half = limits.centre + limits.half if above else limits.centre - limits.half
    run = _running(back, limits.centre, above=above)
    found = [(_running(back, edge, above=above), SignalRule.OUTSIDE)]
    if usual.count >= OUTSIDE_ONLY_UNDER:
        near = _near(back, half, above=above)
        found = [(run if run >= RUN else 0, SignalRule.RUN_OF_8), (near, SignalRule.THREE_OF_FOUR), *found]
    length, rule = max(found, key=lambda each: each[0])
    return Newest(rule, above, length, run) if length else None


def newest_seen(values: Sequence[Number | None], usual_at: Callable[[int], Usual]) -> Newest | None:
    """Find the newest point's signal and since when it was to be seen, on the same side without a break.

    Args:
        values: complete periods, oldest first; None is a gap.
        usual_at: what was usual when so many of the values were known.
    """
    now = newest_signal(values, usual_at(len(values)))
    if now is None:
        return None
    seen = 0
    while seen + 1 < len(values):
        count = len(values) - seen - 1
        before = newest_signal(values[:count], usual_at(count))
        if before is None or before.above is not now.above:
            break
        seen += 1
    return replace(now, seen=seen)


def _back(values: Sequence[Number | None]) -> Iterator[Fraction]:
    """Go back from the newest point to the first gap."""
    for value in reversed(values):
        if value is None:
            return
        yield as_written(value)


def _beyond(value: Fraction, border: Fraction, *, above: bool) -> bool:
    return value > border if above else value < border


def _running(back: Sequence[Fraction], border: Fraction, *, above: bool) -> int:
    """Count the points from the newest back that lie strictly beyond a border."""
    return sum(1 for _ in takewhile(lambda value: _beyond(value, border, above=above), back))


def _near(back: Sequence[Fraction], half: Fraction, *, above: bool) -> int:
    """Count the points from the newest back to the first near one of an unbroken chain of three of four; 0: none."""
    near = [_beyond(value, half, above=above) for value in back]
    windows = (sum(near[at : at + NEAR_OF]) >= NEAR for at in range(len(near) - NEAR_OF + 1))
    chained = sum(1 for _ in takewhile(bool, windows))
    if not chained:
        return 0
    reach = chained + NEAR_OF - 1
    return max(at + 1 for at in range(reach) if near[at])
