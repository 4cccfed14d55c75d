"""Whether a KPI is really changing, as its card says it: the signal and its sentence beside the colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.board.shown import Standing
from kpi_core.board.stretches import points_of, rebased_on
from kpi_core.kpi import Direction
from kpi_core.signals import (
    DELIVERS,
    EARLY_WARNING,
    NO_SPAN,
    Signal,
    SignalState,
    SignalWords,
    Span,
    judge,
)
from kpi_core.status import Status

if TYPE_CHECKING:
    from kpi_core.board.shown import Shown
    from kpi_core.board.types import KpiHistory
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar
    from kpi_core.target import PeriodTarget


def signal_of(history: KpiHistory, card: Shown, target: PeriodTarget | None, calendar: Calendar) -> Signal:
    """Judge the newest period with a value, where it is the last complete one or that one is not due yet."""
    kpi = history.kpi
    if card.actual is None:
        return Signal(SignalState.NONE_YET)
    match card.standing:
        case Standing.IN | Standing.WAITING | Standing.NOT_APPLICABLE:
            pass
        case Standing.OVERDUE | Standing.PARTLY | Standing.CARRIED:
            return Signal(SignalState.NOT_JUDGED, newest=card.missing or card.expected)
    if card.standing is Standing.IN and card.actual.value is None:
        return Signal(SignalState.NOT_JUDGED, newest=card.expected)
    known = [each for _, each in sorted(history.actuals.items()) if each.period.start <= card.expected.start]
    points = points_of(kpi, known, calendar)
    if not points:
        return Signal(SignalState.NONE_YET)
    since = rebased_on(kpi, points[-1].period, calendar)
    points = tuple(each for each in points if since is None or each.period.start >= since)
    surprise = None if history.ahead is None else history.ahead.surprise
    return judge(points, history.baseline or points, kpi.direction, span=_span(kpi, target), surprise=surprise)


def _span(kpi: Kpi, target: PeriodTarget | None) -> Span:
    if kpi.direction is not Direction.RANGE or target is None:
        return NO_SPAN
    return Span(*(None if bound is None else bound.value for bound in (target.low, target.high)))


def sentence_of(signal: Signal, words: SignalWords, status: Status | None) -> str:
    """Say the signal, and what it means beside the colour."""
    said = words.sentence(signal)
    if status is Status.RED and signal.state is SignalState.ROUTINE:
        return f"{said} {DELIVERS}"
    if status is Status.GREEN and signal.state is SignalState.WORSE:
        return f"{said} {EARLY_WARNING}"
    return said
