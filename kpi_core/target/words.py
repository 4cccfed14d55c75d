"""A target in words, as a card shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kpi_core.period import Calendar, day_name, period_name
from kpi_core.target.kinds import Bound, Comparison, PeriodTarget, SpreadBy, Target, TargetKind
from kpi_core.target.parts import change_of, path_parts, value_of, year_parts
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
    stretch = "" if target.stretch is None else f"; stretch {format_value(target.stretch, unit, style, decimals)}"
    return f"{_text(target, unit, style, decimals, reference)}{stretch}"


def _text(target: PeriodTarget, unit: Unit, style: NumberStyle, decimals: int | None, reference: date | None) -> str:
    if target.path is not None:
        final, baseline, _, deadline = path_parts(target.path)
        ends = [format_exactly(end, unit, style, decimals) for end in (baseline, final)]
        bound = target.bounds[0]
        strictly = "" if bound.comparison is bound.comparison.inclusive else "over " if target.low else "under "
        point = format_value(bound.value, unit, style, decimals)
        by = day_name(deadline, reference)
        return f"On the path {ends[0]} → {ends[1]} by {by}: should be {strictly}{point}"
    text = f"Target {target_number(target, unit, style, decimals)}"
    if target.base is not None and target.change_percent is not None:
        base = format_value(target.base, unit, style, decimals)
        return f"{text}: {_change(target.change_percent, style)} last year's {base}"
    if target.days is not None:
        text = f"{text}, for the {target.days[0]} of {target.days[1]} days that a year's total covers"
    return f"{text}, for this period only: {target.exception}" if target.exception else text


def target_number(target: PeriodTarget, unit: Unit, style: NumberStyle, decimals: int | None = None) -> str:
    """Say what a period is held to without where that comes from, as a column has room for: "3 % or more"."""
    if target.low is not None and target.high is not None:
        return range_text(target.low, target.high, unit, style, decimals)
    (bound,) = target.bounds
    if target.is_computed:
        return _inequality(bound, format_value(bound.value, unit, style, decimals))
    goes_without_saying = bound.comparison is Comparison.AT_LEAST and unit.kind in {UnitKind.CURRENCY, UnitKind.COUNT}
    if goes_without_saying:
        return format_exactly(bound.value, unit, style, decimals)
    return bound_text(bound, unit, style, decimals)


def bound_text(bound: Bound, unit: Unit, style: NumberStyle, decimals: int | None = None) -> str:
    """Say an inequality: "3 % or more", "over 3 %", "4 h or less", "under 60 %"."""
    return _inequality(bound, format_exactly(bound.value, unit, style, decimals))


def _inequality(bound: Bound, number: str) -> str:
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


SHAPES = {
    SpreadBy.EVEN: "spread even by days",
    SpreadBy.OPEN_WEEKDAYS: "spread over the open weekdays",
    SpreadBy.LAST_YEAR: "spread as last year went",
    SpreadBy.TYPED: "spread by typed percentages",
}


def row_text(
    row: Target, unit: Unit, style: NumberStyle, decimals: int | None = None, calendar: Calendar | None = None
) -> str:
    """Say a whole row of a target history, of every kind: "1 200 000 kr or more in 2026, spread as last year went".

    Args:
        row: the row.
        unit: of the KPI.
        style: of the business.
        decimals: of the KPI.
        calendar: of the business, for the name of a fiscal year.
    """
    writer, text = _Rows(unit, style, decimals), ""
    match row.kind:
        case TargetKind.CONSTANT:
            text = writer.level(row, value_of(row)) if row.delta is None else writer.delta(row.delta)
        case TargetKind.STEPS:
            text = ", ".join(f"{writer.level(row, each.value)} from {day_name(each.start, None)}" for each in row.steps)
        case TargetKind.PATH:
            value, baseline, _, deadline = path_parts(row)
            first = format_value(baseline, unit, style, decimals)
            text = f"{first} to {writer.level(row, value)} by {day_name(deadline, None)}"
        case TargetKind.RANGE:
            text = range_text(row.low, row.high, unit, style, decimals) if row.low and row.high else ""
        case TargetKind.YEAR_TOTAL:
            day, spread_by = year_parts(row)
            named_by = calendar or Calendar()
            year = period_name(named_by.fiscal_year(day), named_by, None)
            text = f"{writer.level(row, value_of(row))} in {year}, {SHAPES[spread_by]}"
        case TargetKind.RELATIVE:
            return f"{relative_text(row, style)}{_stretch(row, f'{_change(row.stretch or Fraction(0), style)} it')}"
    return f"{text}{_stretch(row, format_exactly(row.stretch or Fraction(0), unit, style, decimals))}"


def relative_text(row: Target, style: NumberStyle) -> str:
    """Say a relative target: "at least 20 % above the same period last year"."""
    change = change_of(row)
    floor = row.comparison is None or row.comparison.is_floor
    # A fall of at least 10 % and a rise of at most 5 % are both lower values
    least = "at least" if floor is (change >= 0) else "at most"
    if row.comparison in {Comparison.ABOVE, Comparison.BELOW}:
        least = "more than" if least == "at least" else "less than"
    if not change:
        word = {Comparison.ABOVE: "more than", Comparison.BELOW: "less than"}.get(row.comparison or Comparison.AT_LEAST)
        return f"{word or ('at least' if floor else 'at most')} the same period last year"
    return f"{least} {_change(change, style)} the same period last year"


def _change(percent: Fraction, style: NumberStyle) -> str:
    if not percent:
        return "as much as"
    size = format_exactly(abs(percent), Unit(UnitKind.PERCENT), style)
    return f"{size} {'above' if percent > 0 else 'below'}"


def _stretch(row: Target, text: str) -> str:
    return "" if row.stretch is None else f"; stretch {text}"


@dataclass(frozen=True)
class _Rows:
    """Writes the numbers of one KPI's target rows."""

    unit: Unit
    style: NumberStyle
    decimals: int | None

    def delta(self, delta: Fraction) -> str:
        """Write a number that is counted from a baseline."""
        more = "more" if delta >= 0 else "less"
        return f"{format_exactly(abs(delta), self.unit, self.style, self.decimals)} {more} than before"

    def level(self, row: Target, value: Fraction) -> str:
        """Write a value with its inequality."""
        bound = Bound(value, row.comparison or Comparison.AT_LEAST)
        return bound_text(bound, self.unit, self.style, self.decimals)


def counted_in(unit: Unit) -> str:
    """Name what an amount of a unit is counted in, such as how far off is still close."""
    match unit.kind:
        case UnitKind.CURRENCY:
            return unit.currency or "money"
        case UnitKind.PERCENT:
            return "percentage points"
        case UnitKind.DURATION:
            return "hours or minutes"
        case UnitKind.COUNT | UnitKind.SCORE | UnitKind.RATIO:
            return "plain numbers"
