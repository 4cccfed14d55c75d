"""One question about a KPI's future and its answer, small enough to be kept.

An answer is worked out from the whole history once, with numpy; whoever only reads a kept one needs neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.kpi import Direction
from kpi_core.projection.chance import chance_of, chance_of_range
from kpi_core.projection.policy import Bounds, ProjectionGrade, ProjectionKind, project, under
from kpi_core.projection.student import quantile
from kpi_core.signals import Surprise, judge_surprise

if TYPE_CHECKING:
    from kpi_core.projection.policy import History


@dataclass(frozen=True)
class Question:
    """What is asked of a history.

    `horizon`: steps to the period that the target is judged on; 0: no target is looked at. `low`, `high`: the ends that
    it is to be within; of kind sum those of the sum of the steps. `strict`: whether they are themselves
    outside. `next_step`: steps to the running period; 0: none. `judged`: how many of the newest values the signals may
    look at, those since the last rebase.
    """

    horizon: int
    kind: ProjectionKind = ProjectionKind.LEVEL
    low: float | None = None
    high: float | None = None
    next_step: int = 0
    judged: int = 0
    strict: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Spread:
    """Where a value will be: Student t of `freedom` around the middle, within the least and the most that it can be."""

    middle: float
    scale: float
    freedom: int
    least: float | None = None
    most: float | None = None

    @property
    def bounds(self) -> Bounds:
        """What it can be at all."""
        return Bounds(self.least, self.most)

    def chance(self, low: float | None, high: float | None, strict: tuple[bool, bool] = (False, False)) -> float:
        """Give the probability of ending within two ends; None is no end, a strict one is itself outside.

        >>> round(Spread(10, 1, 3).chance(None, 10), 3), round(Spread(10, 0, 3).chance(9, 11), 3)
        (0.5, 1.0)
        """
        under_low = 0.0 if low is None else self.below(low, strictly=not strict[0])
        under_high = 1.0 if high is None else self.below(high, strictly=strict[1])
        return max(0.0, under_high - under_low)

    def below(self, value: float, *, strictly: bool) -> float:
        """Give the probability of ending at or under a value, or strictly under it."""
        settled = self.bounds.settled(value, strictly=strictly)
        if settled is not None:
            return settled
        return under(value, self.middle, self.scale, self.freedom, strictly=strictly)

    def band(self, share: float) -> tuple[float, float]:
        """Give the two ends within which it will be with a probability, as much below as above where it can be there.

        >>> [round(end, 2) for end in Spread(10, 1, 3).band(0.8)]
        [8.36, 11.64]
        """
        reach = self.scale * quantile((1 + share) / 2, self.freedom)
        return self.bounds.clip(self.middle - reach), self.bounds.clip(self.middle + reach)


@dataclass(frozen=True)
class Ahead:
    """The answer. `count`: values that it rests on. `chance` of the target, None where it is too early to say.

    `middle`, `low80`, `high80`: where the target's period (or sum) will be, None where it was not asked for or is too
    early. `coming`: where the running period will be. `surprise`: what the forecast errors say of the newest value;
    None where the plain chart alone is right.
    """

    count: int
    grade: ProjectionGrade
    chance: float | None = None
    middle: float | None = None
    low80: float | None = None
    high80: float | None = None
    coming: Spread | None = None
    surprise: Surprise | None = None


@dataclass(frozen=True)
class Expected:
    """What growth and season led to expect of a value: the middle, and the ends of what is still routine.

    `beyond`: the value lies beyond one of them.
    """

    low: float
    middle: float
    high: float
    beyond: bool = False


def expected_of(history: History, judged: int) -> tuple[Expected, ...]:
    """Tell what was expected of the last `judged` values but their first, oldest first.

    Empty where the plain chart alone judges them.
    """
    from kpi_core.projection.middle import expected_each  # noqa: PLC0415 -- numpy, as below

    found = expected_each(history, judged) if judged else ()
    return tuple(Expected(*each) for each in found)


def look_ahead(history: History, question: Question) -> Ahead:
    """Answer a question about a history.

    >>> from kpi_core.period import Cadence
    >>> from kpi_core.projection import History
    >>> answer = look_ahead(History((10, 12, 11, 12, 10, 11, 12), Cadence.MONTH), Question(3, low=11, next_step=1))
    >>> answer.grade.value, round(answer.chance, 1), answer.coming.freedom
    ('rough', 0.5, 2)
    """
    from kpi_core.projection.middle import surprises  # noqa: PLC0415 -- numpy is loaded only by who asks for a forecast

    count = len(history.values)
    surprise = judge_surprise(surprises(history, question.judged)) if question.judged else None
    made = project(history, max(question.horizon, 1), question.kind)
    if made.grade is ProjectionGrade.TOO_EARLY:
        return Ahead(count, made.grade, surprise=surprise)
    coming = None
    if question.next_step:
        level = project(history, question.next_step)
        can_be = history.bounds
        coming = Spread(level.mean[-1], level.scales[-1], level.freedom, can_be.least, can_be.most)
    if not question.horizon:
        return Ahead(count, made.grade, coming=coming, surprise=surprise)
    return Ahead(
        count, made.grade, _chance(history, question), made.mean[-1], made.low80[-1], made.high80[-1], coming, surprise
    )


def _chance(history: History, question: Question) -> float | None:
    low, high, horizon, kind, strict = question.low, question.high, question.horizon, question.kind, question.strict
    if low is not None and high is not None:
        return chance_of_range(history, horizon, low, high, strict=strict)
    if low is not None:
        return chance_of(history, horizon, low, Direction.UP, kind, strict=strict[0])
    return None if high is None else chance_of(history, horizon, high, Direction.DOWN, kind, strict=strict[1])
