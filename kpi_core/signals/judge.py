"""A KPI's series judged: routine variation or a real change, since when, and whether that is good for this KPI."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.kpi import Direction
from kpi_core.period import Period
from kpi_core.signals.chart import RUN, Limits, LimitsLabel, SignalRule
from kpi_core.signals.newest import Newest, Usual, newest_seen, usual_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SEEN_BACK: Final = 24
"""Periods before the newest that are looked at."""


class SignalState(StrEnum):
    """What the newest period says about change."""

    NONE_YET = "none yet"
    """Not enough history."""
    NOT_JUDGED = "not judged"
    """The newest period has no value."""
    ROUTINE = "routine"
    BETTER = "real change good"
    WORSE = "real change bad"
    OTHER = "real change"
    """Neither good nor bad: the number moved within its range, or it has none."""


REAL: Final = frozenset({SignalState.BETTER, SignalState.WORSE, SignalState.OTHER})


@dataclass(frozen=True)
class Point:
    """A complete period that applies, with its value; None is a gap."""

    period: Period
    value: Fraction | None


@dataclass(frozen=True)
class Surprise:
    """What the forecast errors of a growing or seasonal KPI say of its newest point; `count`: how many errors."""

    count: int
    newest: Newest | None


@dataclass(frozen=True)
class Signal:
    """Whether a number is really changing, as of its newest complete period.

    `count`: points that the limits are made of, six of which are needed. `since` to `newest`: the `length` points that
    the signal holds. `first_seen`: the period in which it was first to be seen. `by_surprise`: judged by what growth
    and season led to expect, not by the plain limits. `rebase_from`: since when the process may be another one:
    proposed after a run of eight, never done. `limits`: of the plain chart.
    """

    state: SignalState
    label: LimitsLabel = LimitsLabel.NONE
    count: int = 0
    rule: SignalRule | None = None
    above: bool | None = None
    since: Period | None = None
    newest: Period | None = None
    length: int = 0
    first_seen: Period | None = None
    by_surprise: bool = False
    rebase_from: Period | None = None
    limits: Limits | None = None

    @property
    def real(self) -> bool:
        """Whether the number is really changing."""
        return self.state in REAL

    @property
    def trial(self) -> bool:
        """Whether the limits are on trial."""
        return self.label is LimitsLabel.TRIAL

    @property
    def new(self) -> bool:
        """Whether the change was first to be seen in the newest period."""
        return self.real and self.first_seen == self.newest


NO_SIGNAL: Final = Signal(SignalState.NONE_YET)


@dataclass(frozen=True)
class Span:
    """The range that a KPI is to stay in; None: no end on that side."""

    low: Fraction | None = None
    high: Fraction | None = None

    def away(self, value: Fraction) -> Fraction:
        """Say how far outside a value lies."""
        under = Fraction(0) if self.low is None else self.low - value
        over = Fraction(0) if self.high is None else value - self.high
        return max(Fraction(0), under, over)


NO_SPAN: Final = Span()


def judge(
    points: Sequence[Point],
    baseline: Sequence[Point],
    direction: Direction,
    *,
    span: Span = NO_SPAN,
    surprise: Surprise | None = None,
) -> Signal:
    """Judge the newest of a KPI's periods.

    Args:
        points: the newest periods since the last rebase, oldest first, as many as are to be looked back at.
        baseline: the periods that make the limits, oldest first; see `baseline_of`.
        direction: which way is better.
        span: the range that a KPI of direction range is to stay in.
        surprise: what the forecast errors say, where the KPI grows or has seasons: then it speaks for the newest point.
    """
    usual = usual_of([each.value for each in baseline])
    if not points or points[-1].value is None:
        state = SignalState.NOT_JUDGED if points else SignalState.NONE_YET
        return Signal(state, usual.label, usual.count, newest=points[-1].period if points else None)
    newest = points[-1].period
    if surprise is not None:
        usual_label, found = usual.label, surprise.newest
    else:
        usual_label, found = usual.label, _plain(points, baseline, usual)
    if usual_label is LimitsLabel.NONE:
        return Signal(SignalState.NONE_YET, usual_label, usual.count, newest=newest)
    if found is None:
        return Signal(
            SignalState.ROUTINE, usual_label, usual.count, newest=newest, by_surprise=surprise is not None,
            limits=usual.limits,
        )  # fmt: skip
    stretch = points[-found.length :]
    rebase = points[-found.run :][0].period if surprise is None and found.run >= RUN else None
    return Signal(
        state=_state(found.above, direction, stretch, usual, span),
        label=usual_label,
        count=usual.count,
        rule=found.rule,
        above=found.above,
        since=stretch[0].period,
        newest=newest,
        length=found.length,
        first_seen=points[max(0, len(points) - 1 - found.seen)].period,
        by_surprise=surprise is not None,
        rebase_from=rebase,
        limits=usual.limits,
    )


def _plain(points: Sequence[Point], baseline: Sequence[Point], usual: Usual) -> Newest | None:
    """Judge by the plain chart, and find since when, by what was usual at each time."""

    def usual_at(count: int) -> Usual:
        known = [each.value for each in baseline if each.period.start <= points[count - 1].period.start]
        return usual if len(known) == len(baseline) else usual_of(known)

    return newest_seen([each.value for each in points], usual_at)


def judge_surprise(errors: Sequence[float]) -> Surprise | None:
    """Judge the newest of one-step forecast errors by the same limits; None where there are none.

    All errors at hand make the limits: on the M3 competition's months this flags the newest point in about 5 % of
    series, the plain chart in 48 %.
    """
    if not errors:
        return None
    return Surprise(len(errors), newest_seen(errors, lambda count: usual_of(errors[:count])))


def _state(
    above: bool,  # noqa: FBT001 -- the side, as the caller has it
    direction: Direction,
    stretch: Sequence[Point],
    usual: Usual,
    span: Span,
) -> SignalState:
    match direction:
        case Direction.UP:
            return SignalState.BETTER if above else SignalState.WORSE
        case Direction.DOWN:
            return SignalState.WORSE if above else SignalState.BETTER
        case Direction.RANGE:
            values = [each.value for each in stretch if each.value is not None]
            centre = usual.limits.centre if usual.limits is not None else values[0]
            before, now = span.away(centre), span.away(sum(values, Fraction(0)) / len(values))
            if now == before:
                return SignalState.OTHER
            return SignalState.BETTER if now < before else SignalState.WORSE
