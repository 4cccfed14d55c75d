"""A target in words, as a card shows it."""

from __future__ import annotations

from datetime import date

from kpi_core.period import day_name
from kpi_core.target.kinds import Bound, Comparison, PeriodTarget
from kpi_core.target.parts import path_parts
from kpi_core.unit import NumberStyle, Unit, UnitKind, format_exactly, format_value


def target_text(
    target: PeriodTarget, unit: Unit, style: NumberStyle, decimals: int | None = None, reference: date | None = None
) -> str:
    """Say what a period is held to: "Target 3 % or more", "Target under 60 %", "Target 2 to 5".

    Args:
        target: of the period.
        unit: of the KPI.
        style: of the business.
        decimals: of the KPI; a typed target shows all digits that it has.
        reference: the day whose year needs no naming.
    """
    if target.path is not None:
        final, baseline, _, deadline = path_parts(target.path)
        ends = [format_exactly(end, unit, style, decimals) for end in (baseline, final)]
        bound = target.bounds[0]
        strictly = "" if bound.comparison is bound.comparison.inclusive else "over " if target.low else "under "
        point = format_value(bound.value, unit, style, decimals)
        by = day_name(deadline, reference)
        return f"On the path {ends[0]} → {ends[1]} by {by}: should be {strictly}{point}"
    if target.low is not None and target.high is not None:
        return f"Target {range_text(target.low, target.high, unit, style, decimals)}"
    (bound,) = target.bounds
    goes_without_saying = bound.comparison is Comparison.AT_LEAST and unit.kind in {UnitKind.CURRENCY, UnitKind.COUNT}
    text = (
        format_exactly(bound.value, unit, style, decimals)
        if goes_without_saying
        else bound_text(bound, unit, style, decimals)
    )
    return f"Target {text}, for this period only: {target.exception}" if target.exception else f"Target {text}"


def bound_text(bound: Bound, unit: Unit, style: NumberStyle, decimals: int | None = None) -> str:
    """Say an inequality: "3 % or more", "over 3 %", "4 h or less", "under 60 %"."""
    number = format_exactly(bound.value, unit, style, decimals)
    match bound.comparison:
        case Comparison.AT_LEAST:
            return f"{number} or more"
        case Comparison.ABOVE:
            return f"over {number}"
        case Comparison.AT_MOST:
            return f"{number} or less"
        case Comparison.BELOW:
            return f"under {number}"


def range_text(low: Bound, high: Bound, unit: Unit, style: NumberStyle, decimals: int | None = None) -> str:
    """Say a range: "2 to 5" with both edges; else each side as it is stored, "over 2 and 5 or less"."""
    if low.comparison is Comparison.AT_LEAST and high.comparison is Comparison.AT_MOST:
        return " to ".join(format_exactly(bound.value, unit, style, decimals) for bound in (low, high))
    return " and ".join(bound_text(bound, unit, style, decimals) for bound in (low, high))
