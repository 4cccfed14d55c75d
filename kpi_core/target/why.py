"""Why a period has no target though a row is in force: what it waits for, as the end of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.period import Calendar, Period, period_name
from kpi_core.target.force import place_in_force
from kpi_core.target.kinds import TargetHistory, TargetKind
from kpi_core.target.parts import year_parts

if TYPE_CHECKING:
    from kpi_core.target.kinds import Target


def why_none(history: TargetHistory, period: Period, calendar: Calendar) -> str:
    """Say why the row in force gives a period no target, without a final stop; "" where no row is in force at all."""
    place = place_in_force(history.rows, period, calendar)
    if place is None:
        return ""
    row = history.rows[place]
    if row.kind is TargetKind.RELATIVE:
        return _no_base(history, calendar.partner(period), calendar)
    if row.kind is TargetKind.YEAR_TOTAL:
        return _no_part(row, period, calendar)
    return "" if row.delta is None else "it waits for the first values, which it is counted from"


def _no_base(history: TargetHistory, partner: Period, calendar: Calendar) -> str:
    name, base = period_name(partner, calendar, None), history.last_year.get(partner.start)
    if base is not None and base.coverage is CoverageState.PARTLY:
        return f"{name} is only partly covered by data, so there is nothing to compare with"
    if base is None or base.value is None:
        return f"{name} has no value to compare with"
    return f"{name} was not above 0, and a percentage of that says nothing"


def _no_part(row: Target, period: Period, calendar: Calendar) -> str:
    day, _ = year_parts(row)
    year = calendar.fiscal_year(day)
    if period.last_day < year.start or period.start >= year.end:
        asked = period_name(calendar.fiscal_year(period.start), calendar, None)
        return f"there is no total for {asked} yet"
    return "last year has no shape that the year's total could follow"
