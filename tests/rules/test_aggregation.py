"""The worked cases of aggregation, through rows in memory and the pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from kpi_core.actual import (
    Actual,
    RatioParts,
    aggregate,
    base_of,
    evaluate,
    fold,
    label_of,
    last,
    match_segments,
    measured,
    mix_and_rate,
    of_typed_parts,
    value_of,
)
from kpi_core.kpi import Aggregate, Formula, FormulaKind, GrowthOn, Measure, OneColumn, Typed, TypedValue, ValuesFrom
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.source import Covers
from tests.rules.cases import Given, RuleCase, half_up, rule_cases

CALENDAR = Calendar()
ALWAYS = Covers(date(1900, 1, 1), date(2100, 1, 1))


@dataclass(frozen=True)
class Rows:
    """The rows of one input, and the days they speak for."""

    rows: list[dict[str, Any]]
    covers: Covers
    counted: str = "value"

    def measure(self, measure: Measure, period: Period, segment: str, days: Covers | None) -> Actual:
        """Aggregate the rows of a period, or of only some days of it."""
        span = days or Covers(period.start, period.end)
        inside = [row for row in self.rows if span.start <= date.fromisoformat(row["date"]) < span.end]
        if segment and measure.segment:
            inside = [row for row in inside if fold(row[measure.segment]) == fold(segment)]
        value = self._value(measure.aggregate, inside)
        return measured(period, value, [self.covers], segment=segment, days=days)

    def _value(self, how: Aggregate, inside: list[dict[str, Any]]) -> Fraction | None:
        if how is Aggregate.LAST:
            return last((date.fromisoformat(row["date"]), Fraction(row["value"])) for row in inside)
        if how is Aggregate.COUNT_DIFFERENT:
            return Fraction(len({row[self.counted] for row in inside if row[self.counted]}))
        return aggregate(how, Counter(Fraction(row["value"]) for row in inside).items())


def input_of(given: Given, name: str, segment_by: str | None) -> tuple[Measure, Rows]:
    part = given.part(name)
    covers = ALWAYS
    if part.has("covers"):
        told = part.part("covers")
        covers = Covers(told.day("from"), told.day("to"))
    how = Aggregate(part.text("aggregate"))
    counted = part.text("column") if part.has("column") else "value"
    measure = Measure(name, how, None if how is Aggregate.COUNT else OneColumn(counted), "date", segment=segment_by)
    return measure, Rows(part.raw("rows"), covers, counted)


def label_period(start: date, end: date) -> tuple[Period, Covers | None]:
    """Find the period with these days, else the year's own with only these days of it."""
    for cadence in Cadence:
        period = CALENDAR.period(cadence, start)
        if (period.start, period.end) == (start, end):
            return period, None
    return CALENDAR.period(Cadence.YEAR, start), Covers(start, end)


def definition(kpi: Given, given: Given, period: Period, segment_by: str | None) -> tuple[ValuesFrom, dict[str, Rows]]:
    kind = kpi.text("formula")
    names = [name for name in ("of", "first", "second") if kpi.has(name)]
    found = [input_of(kpi, name, segment_by) for name in names]
    rows = {measure.source: table for measure, table in found}
    measures = tuple(measure for measure, _ in found)
    if kind == "measure":
        return measures[0], rows
    times = kpi.number("times") if kpi.has("times") else Fraction(1)
    growth_on = base = None
    if given.has("base_period"):
        told = given.part("base_period")
        bases = {CALENDAR.previous(period): GrowthOn.PERIOD_BEFORE, CALENDAR.partner(period): GrowthOn.LAST_YEAR}
        base = label_period(told.day("start"), told.day("end"))[0]
        growth_on = bases[base]
    formula = Formula(FormulaKind(kind), measures, times, growth_on)
    assert base is None or base_of(formula, period, CALENDAR) == base
    return formula, rows


def of_kpi(given: Given) -> Mapping[str, object]:
    told = given.part("period")
    period, days = label_period(told.day("start"), told.day("end"))
    segment_by = given.raw("segment_by")
    values, rows = definition(given.part("kpi"), given, period, segment_by)

    def value(segment: str) -> dict[str, object]:
        actual = evaluate(
            values,
            period,
            segment,
            of_measure=lambda measure, when, which: rows[measure.source].measure(measure, when, which, days),
            of_kpi=lambda *_: unexpected(),
            calendar=CALENDAR,
        )
        return number(actual.value)

    if segment_by is None:
        return value("")
    first, *others = ([row[segment_by] for row in table.rows] for table in rows.values())
    matched = match_segments(first, others[0] if others else first)
    labels = (*matched.both, *matched.only_first, *matched.only_second)
    assert {label_of(label) for label in labels} == set(labels)
    return {"total": value(""), "segments": {label: value(label) for label in labels}}


def unexpected() -> Actual:
    message = "no case refers to another KPI"
    raise AssertionError(message)


def number(value: Fraction | None) -> dict[str, object]:
    return {"value": None} if value is None else {"value": value, "value_half_up_6": half_up(value, 6)}


def of_typed_months(given: Given) -> Mapping[str, object]:
    year = CALENDAR.period(Cadence.YEAR, date(2025, 1, 1))
    months = CALENDAR.periods(Cadence.MONTH, year.start, year.end)
    texts = given.raw("typed_months")
    typed = {
        month.start: TypedValue("Conversion", month.start, Fraction(text))
        for month, text in zip(months, texts, strict=False)
        if text is not None
    }
    actual = of_typed_parts(Typed(Aggregate.AVERAGE), typed, year, months[: len(texts)])
    assert all(value_of(each) is not None for each in typed.values())
    return {**number(actual.value), "label": actual.label or None}


def of_mix_and_rate(given: Given) -> Mapping[str, object]:
    sides: dict[str, dict[str, RatioParts]] = {"before": {}, "after": {}}
    for part in given.parts("mix_and_rate"):
        label = part.text("segment")
        for name, side in sides.items():
            if part.has(name) and part.raw(name) is not None:
                parts = part.part(name)
                side[label] = RatioParts(parts.number("numerator"), parts.number("denominator"))
    split = mix_and_rate(sides["before"], sides["after"], Fraction(100))
    assert split is not None
    assert split.change == split.rate + split.mix + sum(split.new.values()) + sum(split.gone.values())
    return {
        "total_before_percent": number(split.before),
        "total_after_percent": number(split.after),
        "change_points": number(split.change),
        "rate_effect_points": number(split.rate),
        "mix_effect_points": number(split.mix),
    }


def answer(given: Given) -> Mapping[str, object]:
    if given.has("typed_months"):
        return of_typed_months(given)
    return of_mix_and_rate(given) if given.has("mix_and_rate") else of_kpi(given)


@rule_cases("aggregation")
def test_aggregation(case: RuleCase) -> None:
    case.check(answer)
