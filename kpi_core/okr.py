"""Objectives and key results: how far each number came from where it started to where it should be.

A score is a share of the way, exact, between 0 and 1. It is no status: a key result may be at 0.7 of a stretch and
its KPI off target, or the other way round, and neither changes the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.unit.rounding import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kpi_core.actual import Actual

WHOLE = Fraction(1)
HEALTHY = Decimal("0.6"), Decimal("0.7")
"""What stretch results are expected to reach, as it is written with two decimals: both edges are healthy."""
WHAT = (
    "An objective is a goal with a period. Two to five key results, each one of your KPIs, tell how far it got: from "
    "where the number started to where it should be."
)
MEANING = (
    "A score says how much of the way from where a number started to where it should be is made: 0 is none of it, 1 "
    "is all of it. The objective's score is the mean of its key results. Of a stretch, which aims at more than is "
    "expected, 0.6 to 0.7 is healthy, and always 1 means that it was too easy. A score colours nothing: whether a KPI "
    "is on target stands on the board."
)
KPIS_FIRST = "Define a KPI first: key results are KPIs."
INCOMPLETE = "It can be saved once it has a name, its days, and a start and an end for every key result."
DECIMALS = 2
ALMOST, BARELY = Decimal("0.99"), Decimal("0.01")
MOST_RESULTS = 5
"""Key results of one objective that are offered at first: more than five and none is key."""


class NoScore(StrEnum):
    """Why a key result has no score."""

    NO_ACTUAL = "no value yet"
    NO_WAY = "starts at its target"


@dataclass(frozen=True)
class Scored:
    """A key result with its score from 0 to 1, or why it has none."""

    name: str
    score: Fraction | None
    why_not: NoScore | None = None


@dataclass(frozen=True)
class ObjectiveScore:
    """The scores of an objective's key results in their order, and their mean; None where none has a score."""

    results: tuple[Scored, ...]
    mean: Fraction | None

    @property
    def left_out(self) -> tuple[Scored, ...]:
        """List the key results that the mean does not hold."""
        return tuple(each for each in self.results if each.score is None)


def score(name: str, baseline: Fraction, target: Fraction, actual: Fraction | None) -> Scored:
    """Score a key result: (actual - baseline) / (target - baseline), clipped to 0-1, upward and downward alike.

    >>> score("NPS", Fraction(42), Fraction(55), Fraction(51)).score
    Fraction(9, 13)
    >>> score("Churn", Fraction(8), Fraction(3), Fraction(9)).score, score("Leads", *[Fraction(5)] * 3).why_not.value
    (Fraction(0, 1), 'starts at its target')
    """
    if baseline == target:
        return Scored(name, None, NoScore.NO_WAY)
    if actual is None:
        return Scored(name, None, NoScore.NO_ACTUAL)
    return Scored(name, min(WHOLE, max(Fraction(0), (actual - baseline) / (target - baseline))))


def counted(actuals: Iterable[Actual], start: date, deadline: date) -> Actual | None:
    """Find the value that counts for a key result: the newest one of a whole period since the objective began.

    A period that began after the deadline comes too late; the one that holds the deadline is the last that counts.

    Args:
        actuals: of complete periods, in any order.
        start: the objective's first day; a period that ended before it was no work of the objective.
        deadline: the last day that counts.
    """
    within = [
        each
        for each in actuals
        if each.value is not None
        and each.coverage is CoverageState.FULL
        and each.period.end > start
        and each.period.start <= deadline
    ]
    return max(within, key=lambda each: each.period.start, default=None)


def objective(results: Iterable[Scored]) -> ObjectiveScore:
    """Score an objective: the mean of its key results' scores; those without one are left out and stay named."""
    results = tuple(results)
    scores = [each.score for each in results if each.score is not None]
    return ObjectiveScore(results, sum(scores, Fraction(0)) / len(scores) if scores else None)


def score_text(value: Fraction) -> str:
    """Write a score with two decimals, half up; rounding makes neither the whole way nor none of it.

    >>> score_text(Fraction(9, 13)), score_text(Fraction(1)), score_text(Fraction(999, 1000))
    ('0.69', '1.00', '0.99')
    >>> score_text(Fraction(0)), score_text(Fraction(1, 1000))
    ('0.00', '0.01')
    """
    return str(_shown(value))


def _shown(value: Fraction) -> Decimal:
    shown = half_up(value, DECIMALS)
    if value < WHOLE <= shown:
        return ALMOST
    return BARELY if shown <= 0 < value else shown


def words(value: Fraction | None, *, stretch: bool) -> str:
    """Say what a score means: of stretch results 0.6 to 0.7 is healthy, of committed ones the whole way is meant.

    >>> words(Fraction(13, 20), stretch=True), words(Fraction(13, 20), stretch=False)
    ('healthy for a stretch', 'on the way')
    >>> words(Fraction(1), stretch=True), words(Fraction(0), stretch=False), words(None, stretch=True)
    ('all the way: was it a stretch?', 'no way made yet', 'not scored yet')
    """
    if value is None:
        return "not scored yet"
    if value == 0:
        return "no way made yet"
    if value == WHOLE:
        return "all the way: was it a stretch?" if stretch else "all the way"
    if not stretch:
        return "on the way"
    low, high = HEALTHY
    if _shown(value) < low:
        return "on the way to healthy, which is 0.6 to 0.7 for a stretch"
    return "healthy for a stretch" if _shown(value) <= high else "better than a stretch usually gets"


def with_retired(said: str, *, retired: bool) -> str:
    """Say of a key result that its KPI is not on the board any more.

    >>> with_retired("on the way", retired=True)
    'on the way; the KPI is retired'
    """
    return f"{said}; the KPI is retired" if retired else said


def left_out_text(results: Sequence[Scored]) -> str:
    """Name the key results that the mean leaves out, each with why; "" where it leaves out none.

    >>> left_out_text([Scored("NPS", None, NoScore.NO_ACTUAL)])
    'Left out of the mean: NPS (no value yet).'
    """
    named = [f"{each.name} ({each.why_not})" for each in results if each.why_not is not None]
    return f"Left out of the mean: {', '.join(named)}." if named else ""
