"""Values typed by the owner: they win over computed ones, and add up to longer periods by their own aggregate."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual.value import Actual, CoverageState, aggregate
from kpi_core.kpi import Aggregate, Typed, TypedValue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpi_core.period import Cadence, Calendar, Period
    from kpi_core.source import Covers

NOTHING_TO_DIVIDE_BY = "nothing to divide by"
NOT_FROM_PARTS = "a {aggregate} cannot be made of typed values: it needs the rows"


def value_of(typed: TypedValue, times: Fraction = Fraction(1)) -> Fraction | None:
    """Read a typed value, or make it of its numerator and denominator, scaled by `times` (100 makes a percent).

    >>> value_of(TypedValue("Conversion", date(2025, 10, 1), None, "", Fraction(32), Fraction(1000)), Fraction(100))
    Fraction(16, 5)
    """
    if typed.value is not None:
        return typed.value
    if typed.numerator is None or not typed.denominator:
        return None
    return typed.numerator / typed.denominator * times


def of_typed(typed: TypedValue, period: Period, times: Fraction = Fraction(1)) -> Actual:
    """Make the value of the period that it was typed for; what is typed covers the whole period."""
    value = value_of(typed, times)
    reason = NOTHING_TO_DIVIDE_BY if value is None else ""
    return Actual(period, value, CoverageState.FULL, typed.segment, reason=reason, typed=True)


def typed_over(computed: Actual, typed: TypedValue | None, times: Fraction = Fraction(1)) -> Actual:
    """Let a typed value win over the computed one of the same period and segment."""
    return computed if typed is None else of_typed(typed, computed.period, times)


def parts_of(period: Period | Covers, cadence: Cadence, calendar: Calendar) -> tuple[Period, ...]:
    """Name the shorter periods that count in a longer one, or in some days: those whose last day is in."""
    last_day = timedelta(days=1)
    parts = calendar.periods(cadence, period.start, period.end)
    return tuple(part for part in parts if period.start <= part.end - last_day < period.end)


def of_typed_parts(
    source: Typed,
    values: Mapping[date, TypedValue],
    period: Period,
    parts: Sequence[Period],
    times: Fraction = Fraction(1),
) -> Actual:
    """Make a longer period of the values typed for its `parts` (see `parts_of`), by period start.

    It needs all its parts, else it is partly covered. Where every part has numerator and denominator: sum of
    numerators / sum of denominators x `times`. Else by the KPI's own aggregate; an average says of what.
    """
    there = [values[part.start] for part in parts if part.start in values]
    segment = there[0].segment if there else ""
    if not there:
        return Actual(period, None, CoverageState.NONE)
    if len(there) < len(parts):
        return Actual(period, None, CoverageState.PARTLY, segment, data_until=_typed_until(values, parts), typed=True)
    value, reason, label = _combine(source.aggregate, there, parts[0].cadence, times)
    return Actual(period, value, CoverageState.FULL, segment, reason=reason, typed=True, label=label)


def _typed_until(values: Mapping[date, TypedValue], parts: Sequence[Period]) -> date | None:
    """Find the last day of the typed parts before the first missing one."""
    until = None
    for part in parts:
        if part.start not in values:
            break
        until = part.end - timedelta(days=1)
    return until


def _combine(
    how: Aggregate, there: Sequence[TypedValue], cadence: Cadence, times: Fraction
) -> tuple[Fraction | None, str, str]:
    """Combine typed values, oldest first, into the value, the reason why there is none, and how it was made."""
    numerators = [each.numerator for each in there if each.numerator is not None]
    denominators = [each.denominator for each in there if each.denominator is not None]
    if len(numerators) == len(denominators) == len(there):
        below = sum(denominators, Fraction(0))
        if not below:
            return None, NOTHING_TO_DIVIDE_BY, ""
        return sum(numerators, Fraction(0)) / below * times, "", ""
    values = [value for each in there if (value := value_of(each, times)) is not None]
    if len(values) < len(there):
        return None, NOTHING_TO_DIVIDE_BY, ""
    match how:
        case Aggregate.SUM | Aggregate.COUNT:
            return sum(values, Fraction(0)), "", ""
        case Aggregate.AVERAGE:
            return aggregate(how, [(value, 1) for value in values]), "", f"average of {cadence.value}s"
        case Aggregate.MIN | Aggregate.MAX:
            return aggregate(how, [(value, 1) for value in values]), "", ""
        case Aggregate.LAST:
            return values[-1], "", ""
        case Aggregate.MEDIAN | Aggregate.COUNT_DIFFERENT | Aggregate.NET_PROMOTER_SCORE:
            return None, NOT_FROM_PARTS.format(aggregate=how.value), ""
