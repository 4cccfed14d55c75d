"""The chance of meeting a target, in words that promise no more than they know."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kpi_core.kpi import Direction
from kpi_core.projection.policy import ENOUGH, OWN_ERRORS, History, ProjectionGrade, ProjectionKind, beside, project

if TYPE_CHECKING:
    from collections.abc import Callable

LEAST_ORIGINS: Final = 6
"""So many past errors are worth counting."""
BORDERS: Final = frozenset({2, 5, 8})
"""Tenths from which on an outlook has other words: what is rounded up to one would contradict them."""
MOST_ORIGINS: Final = 36
"""The newest past forecasts tell enough; each is worked out anew."""


def chance_of(
    history: History,
    horizon: int,
    target: float,
    direction: Direction,
    kind: ProjectionKind = ProjectionKind.LEVEL,
    *,
    strict: bool = False,
) -> float | None:
    """Give the probability of meeting a target at the horizon; None where it is too early to say.

    A target is met by its own number, a strict one is not. What the values can be settles what lies outside of it.

    From 18 values on the forecast's own error distribution is averaged with the KPI's own past errors at the same
    distance (rolling origin, Tashman 2000). For a range take `chance_of_range`.

    >>> from kpi_core.period import Cadence
    >>> chance_of(History((10, 12, 11, 12, 10, 11, 12), Cadence.MONTH), 1, 5, Direction.UP) > 0.95
    True
    """
    up = direction is Direction.UP
    below = chance_below(history, horizon, kind, strictly=strict is not up)
    if below is None:
        return None
    settled = history.bounds.over(horizon, kind).settled(target, strictly=strict is not up)
    under = below(target) if settled is None else settled
    return 1 - under if up else under


def chance_below(
    history: History, horizon: int, kind: ProjectionKind = ProjectionKind.LEVEL, *, strictly: bool = False
) -> Callable[[float], float] | None:
    """Work a forecast out once: what is given back tells the probability of ending at or under a value.

    `strictly`: of ending under it; what lies exactly on an upward target meets it.
    """
    made = project(history, horizon, kind)
    if made.grade is ProjectionGrade.TOO_EARLY:
        return None
    own = _own_errors(history, horizon, kind) if len(history.values) >= OWN_ERRORS else ()
    scale, middle = made.scales[horizon - 1], made.mean[horizon - 1]

    def below(value: float) -> float:
        by_band = made.below(value, horizon, strictly=strictly)
        if len(own) < LEAST_ORIGINS:
            return by_band
        edge = beside(value, strictly=strictly)
        share = (sum(middle + error * scale <= edge for error in own) + 0.5) / (len(own) + 1)
        return (by_band + share) / 2

    return below


def chance_of_range(
    history: History, horizon: int, low: float, high: float, *, strict: tuple[bool, bool] = (False, False)
) -> float | None:
    """Give the probability of ending within a range; None where it is too early to say.

    `strict`: whether the low and the high end are themselves outside it.
    """
    over = chance_of(history, horizon, low, Direction.UP, strict=strict[0])
    under = chance_of(history, horizon, high, Direction.DOWN, strict=strict[1])
    return None if under is None or over is None else max(0.0, over + under - 1)


@lru_cache(maxsize=512)
def _own_errors(history: History, horizon: int, kind: ProjectionKind) -> tuple[float, ...]:
    """Give the past errors of the KPI at this distance, in scales of the forecast of their time."""
    values, errors = history.values, []
    last = len(values) - horizon
    for origin in range(max(ENOUGH, len(values) // 3, last - MOST_ORIGINS + 1), last + 1):
        made = project(history.until(origin), horizon, kind)
        ahead = values[origin : origin + horizon]
        actual = sum(ahead) if kind is ProjectionKind.SUM else ahead[-1]
        if made.scales[-1] > 0:
            errors.append((actual - made.mean[-1]) / made.scales[-1])
    return tuple(errors)


def in_ten(chance: float) -> str:
    """Write a chance as people say it, never with decimals, and never as more than the words of `outlook` allow.

    >>> in_ten(0.68), in_ten(0.02), in_ten(0.99)
    ('about 7 in 10', 'less than 1 in 10', 'more than 9 in 10')
    >>> [(in_ten(chance), outlook(chance)) for chance in (0.79, 0.8)]
    [('about 7 in 10', 'likely, not safe'), ('about 8 in 10', 'on course')]
    """
    tenths = round(chance * 10)
    if tenths in BORDERS and chance < tenths / 10:
        tenths -= 1
    if tenths < 1:
        return "less than 1 in 10"
    return "more than 9 in 10" if tenths > 9 else f"about {tenths} in 10"  # noqa: PLR2004 -- ten in ten is never sure


def outlook(chance: float | None) -> str:
    """Say whether a target will be met.

    >>> [outlook(chance) for chance in (0.8, 0.5, 0.2, 0.1, None)]
    ['on course', 'likely, not safe', 'less likely than not', 'not on course as things are', 'too early to say']
    """
    if chance is None:
        return "too early to say"
    if chance >= 0.8:  # noqa: PLR2004 -- the borders of the words
        return "on course"
    if chance >= 0.5:  # noqa: PLR2004
        return "likely, not safe"
    return "less likely than not" if chance >= 0.2 else "not on course as things are"  # noqa: PLR2004


def outlook_words(chance: float | None) -> str:
    """Say whether a target will be met, with its chance.

    >>> outlook_words(0.72), outlook_words(None)
    ('likely, not safe: about 7 in 10', 'too early to say')
    """
    return outlook(chance) if chance is None else f"{outlook(chance)}: {in_ten(chance)}"
