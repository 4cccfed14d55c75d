"""A KPI's history as lines: each period with its value, the target of its time and the colour it had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.kpi import Tier
from kpi_core.period import due_date, period_name
from kpi_core.status import Judgement, Situation, Status
from kpi_core.status.words import actual_text, judgement
from kpi_core.target import PeriodTarget, TargetHistory, in_force, target_number, target_text, why_none

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kpi_core.actual import Actual
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar, Period
    from kpi_core.unit import NumberStyle


@dataclass(frozen=True)
class PastPeriod:
    """One complete period of a KPI, in words; `actual` is what it was judged by."""

    period: Period
    name: str
    value_text: str
    target_text: str
    target_number: str
    """The target without where it comes from."""
    judgement: Judgement
    actual: Actual
    target: PeriodTarget | None = None
    """What it was held to, in numbers."""


def past(
    kpi: Kpi,
    targets: TargetHistory,
    actuals: Iterable[Actual],
    *,
    calendar: Calendar,
    style: NumberStyle,
    today: date,
) -> tuple[PastPeriod, ...]:
    """Judge every given period by the target of its own time, in the order given; a health metric has no colours.

    A miss that is accepted is so for the period that the board shows, the newest with data, and for what follows it;
    the ones before keep the colour they had.
    """
    periods = tuple(actuals)
    complete = [actual.period.start for actual in periods if actual.coverage is CoverageState.FULL]
    newest = max(complete or [actual.period.start for actual in periods], default=None)

    older = replace(kpi, accepted=None)

    def line(actual: Actual) -> PastPeriod:
        judged = kpi if newest is not None and actual.period.start >= newest else older
        return _line(judged, targets, actual, calendar, style, today)

    return tuple(line(actual) for actual in periods)


def _line(
    kpi: Kpi, targets: TargetHistory, actual: Actual, calendar: Calendar, style: NumberStyle, today: date
) -> PastPeriod:
    period = actual.period
    name = period_name(period, calendar, today)
    coloured = kpi.tier is Tier.KPI
    target = in_force(targets, period, kpi.direction, calendar) if coloured else None
    applies_not = period.start in kpi.not_applicable
    situation = Situation(
        today=today,
        target=target,
        coverage=actual.coverage,
        actual=actual.value if actual.coverage is CoverageState.FULL else None,
        accepted=kpi.accepted,
        not_applicable=applies_not,
        data_until=actual.data_until,
        due=due_date(period),
        period=name,
        reason=actual.reason.rstrip(".") if target is not None or applies_not else why_none(targets, period, calendar),
    )
    judged = judgement(situation, kpi.unit, style, kpi.decimals) if coloured else Judgement(Status.NO_TARGET, "", "")
    return PastPeriod(
        period,
        name,
        "" if actual.value is None else actual_text(actual.value, target, kpi.unit, style, kpi.decimals),
        "" if target is None else target_text(target, kpi.unit, style, kpi.decimals, today),
        "" if target is None else target_number(target, kpi.unit, style, kpi.decimals),
        judged,
        actual,
        target,
    )
