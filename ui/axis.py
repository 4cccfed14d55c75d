"""Round numbers for an axis: few, evenly spaced, each written differently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count

MOST = 5
"""Lines that a chart of a phone's height carries without becoming a fence."""
MINUTE, HOUR, DAY = 60, 3_600, 86_400
_CLOCK_STEPS = tuple(Fraction(step) for step in (1, 2, 5, 10, 15, 30)) + tuple(
    Fraction(step * unit)
    for unit, steps in ((MINUTE, (1, 2, 5, 10, 15, 30)), (HOUR, (1, 2, 4, 6, 12)), (DAY, (1, 2, 5, 10, 20, 50, 100)))
    for step in steps
)


def round_ticks(
    low: Fraction, high: Fraction, write: Callable[[Fraction], str], *, clock: bool = False
) -> list[Fraction]:
    """Choose round numbers inside `[low, high]`, at most MOST and coarse enough that `write` tells them apart.

    `clock` numbers are seconds: steps are minutes, hours and days, not powers of ten.

    >>> [int(tick) for tick in round_ticks(Fraction(703), Fraction(861), str)]
    [750, 800, 850]
    >>> [int(tick) // 60 for tick in round_ticks(Fraction(0), Fraction(7400), str, clock=True)]
    [0, 30, 60, 90, 120]
    """
    if high <= low:
        return [low]
    for step in _steps(high - low, clock=clock):
        first = -((-low) // step)
        ticks = [step * number for number in range(first, high // step + 1)]
        if len(ticks) <= MOST and _told_apart([write(tick) for tick in ticks]):
            return ticks
    return []


def _steps(span: Fraction, *, clock: bool) -> Sequence[Fraction]:
    if clock:
        return [step for step in _CLOCK_STEPS if step * MOST >= span] or [span]
    power = next(Fraction(10) ** exponent for exponent in count(-30) if Fraction(10) ** (exponent + 2) > span)
    return [power * step for step in (1, 2, 5, 10, 20, 50, 100) if power * step * MOST >= span]


def _told_apart(texts: Sequence[str]) -> bool:
    return len(set(texts)) == len(texts)
