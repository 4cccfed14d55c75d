"""Help in setting a target: what history says, two suggestions with their chance, and how bold the owner's own is.

A suggestion is never a target by itself, and under six points there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from kpi_core.kpi import Direction
from kpi_core.projection.chance import chance_below, chance_of
from kpi_core.projection.policy import ENOUGH, History, ProjectionGrade, ProjectionKind, project

if TYPE_CHECKING:
    from collections.abc import Sequence

LATEST: Final = 3
"""Periods whose median is the baseline; each of them must meet a target that is met already."""
RECENT: Final = 12
REALISTIC_SHARE: Final = 0.5
AMBITIOUS_SHARE: Final = 0.3
"""The chances that the two suggestions have: the middle of the forecast, and its 70th percentile to the good side."""
WIDEST: Final = 20.0
"""Scales from the middle within which a suggestion lies."""
HALVINGS: Final = 30


class TargetGrade(StrEnum):
    """How bold a target is, by the chance of meeting it."""

    ALREADY_MET = "already met"
    EASY = "easy"
    REALISTIC = "realistic"
    AMBITIOUS = "ambitious"
    VERY_AMBITIOUS = "very ambitious"
    UNLIKELY = "unlikely"
    TOO_EARLY = "too little history to say"


@dataclass(frozen=True)
class Suggestion:
    """A target that history supports, and the chance of meeting it."""

    target: float
    chance: float


@dataclass(frozen=True)
class TargetHelp:
    """What history says about a target, in the KPI's unit; None where there is not enough of it.

    `baseline`: the median of the last three complete periods. `average`, `best`: of the last twelve.
    """

    count: int
    baseline: float | None
    average: float | None
    best: float | None
    realistic: Suggestion | None
    ambitious: Suggestion | None


@dataclass(frozen=True)
class JudgedTarget:
    """An owner's target judged: its grade and chance, how often it was reached, whether it was never done before."""

    grade: TargetGrade
    chance: float | None
    reached: int
    of: int
    never_before: bool


def help_with(
    history: History, horizon: int, direction: Direction, kind: ProjectionKind = ProjectionKind.LEVEL
) -> TargetHelp:
    """Say what history offers for a target that is judged so many periods ahead; a range gets no suggestion.

    For `kind` sum the suggestions are those of the running sum up to there.
    """
    values, recent = history.values, history.values[-RECENT:]
    made = project(history, horizon, kind)
    realistic = ambitious = None
    if made.grade is not ProjectionGrade.TOO_EARLY and direction is not Direction.RANGE:
        realistic, ambitious = (
            _suggestion(history, horizon, share, direction, kind) for share in (REALISTIC_SHARE, AMBITIOUS_SHARE)
        )
    return TargetHelp(
        count=len(values),
        baseline=median(values[-LATEST:]) if values else None,
        average=sum(recent) / len(recent) if recent else None,
        best=_best(recent, direction),
        realistic=realistic,
        ambitious=ambitious,
    )


def _suggestion(
    history: History, horizon: int, share: float, direction: Direction, kind: ProjectionKind
) -> Suggestion | None:
    """Find the boldest target whose chance is a share at least, within what the values can be."""
    target = _reached_by(history, horizon, share, direction, kind)
    target = history.bounds.over(horizon, kind).clip(target)
    chance = chance_of(history, horizon, target, direction, kind)
    return None if chance is None else Suggestion(target, chance)


def _reached_by(history: History, horizon: int, share: float, direction: Direction, kind: ProjectionKind) -> float:
    """Look for the target of a chance by halving: the band alone would not know of the KPI's own past errors."""
    below = chance_below(history, horizon, kind, strictly=direction is Direction.UP)
    made = project(history, horizon, kind)
    middle, reach = made.mean[horizon - 1], WIDEST * made.scales[horizon - 1]
    easy, hard = (middle - reach, middle + reach) if direction is Direction.UP else (middle + reach, middle - reach)
    if below is None or reach <= 0:
        return middle
    for _ in range(HALVINGS):
        between = (easy + hard) / 2
        under = below(between)
        chance = 1 - under if direction is Direction.UP else under
        easy, hard = (between, hard) if chance >= share else (easy, between)
    return easy


def _best(values: Sequence[float], direction: Direction) -> float | None:
    if not values or direction is Direction.RANGE:
        return None
    return max(values) if direction is Direction.UP else min(values)


def judge_target(
    history: History, horizon: int, target: float, direction: Direction, *, strict: bool = False
) -> JudgedTarget:
    """Judge an owner's own target by what history says; a strict one is not met by its own number.

    >>> from kpi_core.period import Cadence
    >>> judged = judge_target(History((10, 12, 11, 12, 10, 11, 12), Cadence.MONTH), 3, 30, Direction.UP)
    >>> judged.grade.value, judged.reached, judged.of, judged.never_before
    ('unlikely', 0, 7, True)
    """
    values, recent = history.values, history.values[-RECENT:]
    reached = sum(_meets(value, target, direction, strict=strict) for value in recent)
    if len(values) < ENOUGH:
        return JudgedTarget(TargetGrade.TOO_EARLY, None, reached, len(recent), never_before=False)
    chance = chance_of(history, horizon, target, direction, strict=strict)
    met = all(_meets(value, target, direction, strict=strict) for value in values[-LATEST:])
    never = _never_before(values, target, direction, strict=strict)
    return JudgedTarget(grade_of(chance, already_met=met), chance, reached, len(recent), never)


def grade_of(chance: float | None, *, already_met: bool) -> TargetGrade:
    """Grade a target by the chance of meeting it; each border belongs to the bolder side's easier neighbour.

    >>> [grade_of(chance, already_met=False).value for chance in (0.8, 0.5, 0.2, 0.05, 0.049)]
    ['easy', 'realistic', 'ambitious', 'very ambitious', 'unlikely']
    """
    if chance is None:
        return TargetGrade.TOO_EARLY
    if already_met:
        return TargetGrade.ALREADY_MET
    borders = (
        (0.8, TargetGrade.EASY),
        (0.5, TargetGrade.REALISTIC),
        (0.2, TargetGrade.AMBITIOUS),
        (0.05, TargetGrade.VERY_AMBITIOUS),
    )
    return next((grade for border, grade in borders if chance >= border), TargetGrade.UNLIKELY)


def _meets(value: float, target: float, direction: Direction, *, strict: bool) -> bool:
    if value == target:
        return not strict
    return value >= target if direction is Direction.UP else value <= target


def _never_before(values: Sequence[float], target: float, direction: Direction, *, strict: bool) -> bool:
    """Tell a target beyond the best ever and a bigger step from the newest value than any in history."""
    best = _best(values, direction)
    if best is None or _meets(best, target, direction, strict=strict):
        return False
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    return bool(steps) and abs(target - values[-1]) > max(steps)
