"""Whether a KPI is really changing, as its card says it: the periods that are judged, the signal, its sentence.

A period that does not apply (a closed weekday, one marked by the owner) is left out as if it were not there; one that
applies and has no value is a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.board.shown import Standing, applies
from kpi_core.kpi import Direction
from kpi_core.signals import (
    DELIVERS,
    EARLY_WARNING,
    NO_SPAN,
    Point,
    Signal,
    SignalState,
    SignalWords,
    Span,
    judge,
)
from kpi_core.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kpi_core.actual import Actual
    from kpi_core.board.shown import Shown
    from kpi_core.board.types import KpiHistory
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period
    from kpi_core.target import PeriodTarget


def points_of(kpi: Kpi, actuals: Iterable[Actual], calendar: Calendar) -> tuple[Point, ...]:
    """List the periods with a value, oldest first, with one gap where any that apply are missing between."""
    return tuple(_with_gaps(kpi, actuals, calendar))


def _with_gaps(kpi: Kpi, actuals: Iterable[Actual], calendar: Calendar) -> Iterator[Point]:
    before: Period | None = None
    for actual in actuals:
        period = actual.period
        if actual.coverage is not CoverageState.FULL or actual.value is None or not applies(kpi, period, calendar):
            continue
        if before is not None and before.end != period.start:
            missing = calendar.next(before)
            while missing.start < period.start and not applies(kpi, missing, calendar):
                missing = calendar.next(missing)
            if missing.start < period.start:
                yield Point(missing, None)
        yield Point(period, actual.value)
        before = period


def rebased_on(kpi: Kpi, newest: Period, calendar: Calendar) -> date | None:
    """Find the first day of the period that the newest rebase up to some period names; None where there is none."""
    starts = (calendar.period(kpi.cadence, each.day).start for each in kpi.rebases)
    return max((start for start in starts if start <= newest.start), default=None)


def signal_of(history: KpiHistory, card: Shown, target: PeriodTarget | None, calendar: Calendar) -> Signal:
    """Judge the newest period with a value, where it is the last complete one or that one is not due yet."""
    kpi = history.kpi
    match card.standing:
        case Standing.IN | Standing.WAITING | Standing.NOT_APPLICABLE:
            pass
        case Standing.OVERDUE | Standing.PARTLY | Standing.CARRIED:
            return Signal(SignalState.NOT_JUDGED, newest=card.missing or card.expected)
    if card.standing is Standing.IN and (card.actual is None or card.actual.value is None):
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
