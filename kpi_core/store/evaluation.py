"""Values of KPIs from rows, formulas and typed values, with each measure read once for all the periods wanted.

`Evaluation.load` first collects what the KPIs read, then asks for every measure once; `actual` joins the parts by the
rules of `kpi_core.actual`. A definition that names a source or column that is not there gives no value, and says so.
"""

from __future__ import annotations

from copy import copy
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual import (
    Actual,
    CoverageState,
    base_of,
    evaluate,
    fold,
    measured,
    merge,
    of_typed_parts,
    parts_of,
    typed_over,
)
from kpi_core.definition import key_of
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Formula, FormulaKind, KpiRef, Measure, Typed
from kpi_core.period import Cadence
from kpi_core.running import first_days
from kpi_core.source import Covers
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.typed import typed_values
from kpi_core.store.import_list import covered
from kpi_core.store.measures import TOTAL, Values, value_in, values_between
from kpi_core.store.sources import find_source
from kpi_core.unit import UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from kpi_core.kpi import Kpi, TypedValue, ValuesFrom
    from kpi_core.period import Calendar, Period
    from kpi_core.store.data_file import Store

HUNDRED = Fraction(100)
CADENCES = tuple(Cadence)

Input = Measure | str
"""A measure, or another KPI by its folded name."""


class Evaluation:
    """The values of KPIs at one state of the data file.

    `days`: only the first so many days of every period count, for comparing periods that still run.
    """

    def __init__(self, store: Store, calendar: Calendar, *, days: int | None = None) -> None:
        """Read the definitions and the typed values; rows are read by `load`."""
        self.store = store
        self.calendar = calendar
        self.days = days
        self.kpis = {key_of(kpi.name): kpi for kpi in kpis(store)}
        self.typed = by_kpi(typed_values(store))
        self.made: dict[tuple[Measure, Period], tuple[Values, int]] = {}
        self.covers: dict[tuple[str, str | None], tuple[Covers, ...]] = {}
        self.broken: dict[Measure, str] = {}

    def of_days(self, days: int | None) -> Evaluation:
        """Make another one of the same definitions for the first so many days of every period."""
        other = copy(self)
        other.days, other.made, other.broken = days, {}, {}
        other.kpis = dict(self.kpis)
        return other

    def define(self, kpi: Kpi) -> None:
        """Take a KPI as it is given instead of as it is stored."""
        self.kpis[key_of(kpi.name)] = kpi

    def load(self, wanted: Iterable[tuple[Kpi, Period]], *, split: bool = True) -> None:
        """Read the rows that the given KPIs need for the given periods, each measure once."""
        needs: dict[Measure, dict[Period, None]] = {}
        for kpi, period in wanted:
            for each, when in self.reads(kpi, period):
                if isinstance(each, Measure) and (each, when) not in self.made:
                    needs.setdefault(each, {})[when] = None
        for measure, periods in needs.items():
            self.read(measure, list(periods), split=split)

    def read(self, measure: Measure, periods: list[Period], *, split: bool) -> None:
        """Read one measure for some periods, or keep in words why it cannot be read."""
        spans = [(span.start.isoformat(), span.end.isoformat()) for span in map(self.span, periods)]
        values = Values({}, {})
        try:
            values = values_between(self.store, measure, spans, split=split)
        except (NotFound, RefusedDefinition) as error:
            self.broken[measure] = error.sentence.removesuffix(".")
        for number, period in enumerate(periods):
            self.made[measure, period] = values, number

    def covered(self, measure: Measure) -> tuple[Covers, ...]:
        """List the days, by a measure's date, that the files of its source speak for; none where there is no source."""
        key = measure.source, measure.date
        if key not in self.covers:
            try:
                found = find_source(self.store, measure.source)
                self.covers[key] = merge(covered(self.store, found.id, measure.date))
            except NotFound:
                self.covers[key] = ()
        return self.covers[key]

    def typed_days(self, name: str) -> Iterator[Covers]:
        """List the periods for which values of a KPI (by folded name) are typed."""
        kpi = self.kpis.get(name)
        for typed in self.typed.get(name, {}).values():
            for start in typed:
                if kpi is not None:
                    period = self.calendar.period(kpi.cadence, start)
                    yield Covers(period.start, period.end)

    def span(self, period: Period) -> Covers:
        """Name the days of a period that count."""
        return Covers(period.start, period.end) if self.days is None else first_days(period, self.days)

    def reads(self, kpi: Kpi, period: Period) -> Iterator[tuple[Input, Period]]:
        """List what a KPI's value in a period is made of, by way of other KPIs too."""
        yield from self.reads_of(kpi.values, period, frozenset({key_of(kpi.name)}))

    def reads_of(
        self, values: ValuesFrom | KpiRef, period: Period, seen: frozenset[str]
    ) -> Iterator[tuple[Input, Period]]:
        """List what a part of a definition reads; `seen` ends a circle that should not be there."""
        match values:
            case Typed():
                return
            case Measure():
                yield values, period
            case KpiRef(kpi=name):
                other = self.kpis.get(key_of(name))
                yield key_of(name), period
                if other is not None and key_of(name) not in seen:
                    yield from self.reads_of(other.values, period, seen | {key_of(name)})
            case Formula():
                for part in values.parts:
                    yield from self.reads_of(part, period, seen)
                    if values.kind is FormulaKind.GROWTH:
                        yield from self.reads_of(part, base_of(values, period, self.calendar), seen)

    def actual(self, kpi: Kpi, period: Period, segment: str = TOTAL) -> Actual:
        """Make a KPI's value: typed over computed, also for periods longer than its own."""
        typed = self.typed.get(key_of(kpi.name), {}).get(fold_segment(segment), {})
        if kpi.cadence is not period.cadence and isinstance(kpi.values, Typed):
            if CADENCES.index(period.cadence) < CADENCES.index(kpi.cadence):
                return Actual(period, None, CoverageState.NONE, segment, reason=f"{kpi.name} is typed by {kpi.cadence}")
            parts = parts_of(self.span(period), kpi.cadence, self.calendar)
            return of_typed_parts(kpi.values, typed, period, parts, times_of(kpi))
        computed = evaluate(
            kpi.values, period, segment, of_measure=self.of_measure, of_kpi=self.of_kpi, calendar=self.calendar
        )
        own = typed.get(period.start) if kpi.cadence is period.cadence and self.days is None else None
        return typed_over(computed, own, times_of(kpi))

    def of_kpi(self, name: str, period: Period, segment: str) -> Actual:
        """Make the value of a KPI that a formula names."""
        other = self.kpis.get(key_of(name))
        if other is None:
            return Actual(period, None, CoverageState.NONE, segment, reason=f"there is no KPI named {name}")
        return self.actual(other, period, segment)

    def of_measure(self, measure: Measure, period: Period, segment: str) -> Actual:
        """Give the value of a measure that was loaded."""
        if (measure, period) not in self.made:
            self.read(measure, [period], split=bool(segment))
        values, number = self.made[measure, period]
        covers = self.covered(measure)
        if measure in self.broken:
            return measured(period, None, covers, segment=segment, nothing=self.broken[measure], days=self.span(period))
        value = value_in(values, measure, (number, fold_segment(segment)))
        return measured(period, value, covers, segment=segment, days=self.span(period))

    def segments(self, kpi: Kpi, period: Period) -> dict[str, str]:
        """Name the segments that have rows or typed values in a period: labels by folded label."""
        labels: dict[str, str] = {}
        for each, when in self.reads(kpi, period):
            if isinstance(each, Measure) and (each, when) in self.made:
                values, number = self.made[each, when]
                labels = {key: label for key, label in values.labels.items() if (number, key) in values.found} | labels
        for key, typed in self.typed.get(key_of(kpi.name), {}).items():
            if key and period.start in typed:
                labels.setdefault(key, typed[period.start].segment)
        return labels


def by_kpi(typed: Iterable[TypedValue]) -> Mapping[str, Mapping[str, Mapping[date, TypedValue]]]:
    """Sort typed values by folded KPI name, folded segment and period start."""
    sorted_values: dict[str, dict[str, dict[date, TypedValue]]] = {}
    for each in typed:
        segments = sorted_values.setdefault(key_of(each.kpi), {})
        segments.setdefault(fold_segment(each.segment), {})[each.period_start] = each
    return sorted_values


def fold_segment(segment: str) -> str:
    """Fold a segment's label; the total stays the total."""
    return fold(segment) if segment else TOTAL


def times_of(kpi: Kpi) -> Fraction:
    """Tell by what a typed numerator / denominator is multiplied: 100 makes a percent."""
    if isinstance(kpi.values, Formula) and kpi.values.kind is FormulaKind.RATIO:
        return kpi.values.times
    return HUNDRED if kpi.unit.kind is UnitKind.PERCENT else Fraction(1)
