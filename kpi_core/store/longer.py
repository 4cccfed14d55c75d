"""Values over longer stretches than a KPI's own period, by its own aggregation: the year to date, twelve months.

Each input is aggregated over the whole stretch, then the formula is made. A typed value wins over a computed one there
too: in what adds up it takes the place of its period; anything else has no value then, because the rows alone would
give another number than the periods show.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual import Actual, CoverageState, value_of
from kpi_core.actual.formula import WITH_TYPED
from kpi_core.definition import key_of
from kpi_core.kpi import Formula, FormulaKind, KpiRef, Measure, Typed
from kpi_core.period import period_name
from kpi_core.running import adds_up
from kpi_core.store.evaluation import Evaluation, times_of
from kpi_core.store.measures import TOTAL

if TYPE_CHECKING:
    from kpi_core.actual.spans import Span
    from kpi_core.kpi import Kpi, TypedValue, ValuesFrom
    from kpi_core.period import Calendar, Period
    from kpi_core.store.data_file import Store


class Longer:
    """Values over spans at one state of the data file."""

    def __init__(self, store: Store, calendar: Calendar) -> None:
        """Read the definitions once."""
        self.calendar = calendar
        self.whole = Evaluation(store, calendar)

    def value(self, kpi: Kpi, span: Span) -> Actual:
        """Make a KPI's value over a span; missing with its reason where it cannot be made."""
        if self.grows(kpi.values, frozenset({key_of(kpi.name)})):
            return lacking(span, "a growth is read period by period")
        evaluation = self.whole.of_days((span.end - span.start).days)
        evaluation.define(kpi)
        evaluation.load([(kpi, span.period)], split=False)
        made = evaluation.actual(kpi, span.period)
        typed = self.typed_within(kpi, span)
        if not typed or made.coverage is not CoverageState.FULL or made.value is None:
            return made
        if not adds_up(kpi.values):
            name = period_name(typed[0][1], self.calendar, None)
            return lacking(span, f"{name} is typed, and a typed value cannot be joined with the rows of other periods")
        return self.with_typed(kpi, made, [each for each, _ in typed], span)

    def typed_within(self, kpi: Kpi, span: Span) -> list[tuple[TypedValue, Period]]:
        """List the values typed over computed ones within a span, of the KPI and of those in its formula."""
        names = {key_of(kpi.name)}
        names |= {each for each, _ in self.whole.reads(kpi, span.period) if isinstance(each, str)}
        found = []
        for name in sorted(names):
            other = kpi if name == key_of(kpi.name) else self.whole.kpis.get(name)
            if other is None or isinstance(other.values, Typed):
                continue
            for typed in self.whole.typed.get(name, {}).get(TOTAL, {}).values():
                period = self.calendar.period(other.cadence, typed.period_start)
                if period.start < span.end and span.start < period.end:
                    found.append((typed, period))
        return found

    def with_typed(self, kpi: Kpi, made: Actual, typed: list[TypedValue], span: Span) -> Actual:
        """Let typed values take the place of their periods in a sum."""
        value = made.value or Fraction(0)
        for each in typed:
            period = self.calendar.period(kpi.cadence, each.period_start)
            if period.start < span.start or span.end < period.end:
                name = period_name(period, self.calendar, None)
                return lacking(span, f"{name} is typed, and lies only partly in these days")
            own = value_of(each, times_of(kpi))
            rows = self.rows_alone(kpi, period)
            if own is None or rows is None:
                return lacking(span, f"{period_name(period, self.calendar, None)} is typed without a value")
            value += own - rows
        return replace(made, value=value, label=WITH_TYPED)

    def rows_alone(self, kpi: Kpi, period: Period) -> Fraction | None:
        """Make the value of a period from its rows, whatever was typed over it."""
        evaluation = self.whole.of_days(period.days)
        evaluation.define(kpi)
        return evaluation.actual(kpi, period).value

    def grows(self, values: ValuesFrom | KpiRef, seen: frozenset[str]) -> bool:
        """Tell whether a growth is part of a definition."""
        match values:
            case Typed() | Measure():
                return False
            case KpiRef(kpi=name):
                other = self.whole.kpis.get(key_of(name))
                inner = key_of(name) not in seen and other is not None
                return inner and other is not None and self.grows(other.values, seen | {key_of(name)})
            case Formula(kind=FormulaKind.GROWTH):
                return True
            case Formula(parts=parts):
                return any(self.grows(part, seen) for part in parts)


def lacking(span: Span, reason: str) -> Actual:
    """Say why there is no value over a span."""
    return Actual(span.period, None, CoverageState.FULL, reason=reason)
