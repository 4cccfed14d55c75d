"""The worked cases of aggregation that are made of rows, through the rows of a real data file and SQL."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from kpi_core.actual import Actual, evaluate, measured
from kpi_core.kpi import Aggregate, Formula, FormulaKind, GrowthOn, Measure, OneColumn, ValuesFrom
from kpi_core.period import Calendar, Period
from kpi_core.source import ColumnType, Covers, Recognition
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.import_list import covered
from kpi_core.store.imports import apply
from kpi_core.store.measures import measure_between, measure_values
from kpi_core.store.sources import add_source, find_source
from tests.rules.cases import Given, RuleCase, half_up, rule_cases
from tests.rules.test_aggregation import ALWAYS, label_period
from tests.store.batches import NOW, batch, recipe, upload

KINDS = {"value": ColumnType.NUMBER}


def stored(store: Store, given: Given, name: str, segment_by: str | None) -> Measure:
    """Add the rows of one input as a source of its own, and measure it."""
    part = given.part(name)
    covers = ALWAYS
    if part.has("covers"):
        told = part.part("covers")
        covers = Covers(told.day("from"), told.day("to"))
    how = Aggregate(part.text("aggregate"))
    counted = part.text("column") if part.has("column") else "value"
    rows: list[Mapping[str, Any]] = part.raw("rows")
    kinds = {column: KINDS.get(column, ColumnType.TEXT) for row in rows for column in row} or {
        "value": ColumnType.NUMBER
    }
    source_id = add_source(store, name, recipe(Recognition.CONTENT), NOW).id
    apply(store, source_id, upload(batch(rows, kinds, covers=covers, scale=4), name), NOW)
    value = None if how is Aggregate.COUNT else OneColumn(counted)
    return Measure(name, how, value, "date", segment=segment_by)


def values_of(store: Store, kpi: Given, given: Given, period: Period, segment_by: str | None) -> ValuesFrom:
    """Define the KPI of a case."""
    kind = kpi.text("formula")
    measures = tuple(stored(store, kpi, name, segment_by) for name in ("of", "first", "second") if kpi.has(name))
    if kind == "measure":
        return measures[0]
    growth_on = None
    if given.has("base_period"):
        told = given.part("base_period")
        base = label_period(told.day("start"), told.day("end"))[0]
        growth_on = GrowthOn.PERIOD_BEFORE if base == Calendar().previous(period) else GrowthOn.LAST_YEAR
    times = kpi.number("times") if kpi.has("times") else Fraction(1)
    return Formula(FormulaKind(kind), measures, times, growth_on)


def answer(given: Given) -> Mapping[str, object]:
    told = given.part("period")
    period, days = label_period(told.day("start"), told.day("end"))
    segment_by = given.raw("segment_by")
    with open_store() as store:
        values = values_of(store, given.part("kpi"), given, period, segment_by)
        labels: dict[str, None] = {}

        def of_measure(measure: Measure, when: Period, segment: str) -> Actual:
            if days is not None:
                covers = covered(store, find_source(store, measure.source).id)
                return measured(when, measure_between(store, measure, days.start, days.end), covers, days=days)
            found = measure_values(store, measure, [when], split=segment_by is not None)
            labels.update(dict.fromkeys(label for _, label in found if label))
            nothing = Fraction(0) if measure.aggregate in {Aggregate.SUM, Aggregate.COUNT} else None
            return found.get((when.start, segment)) or Actual(when, nothing, found[when.start, ""].coverage, segment)

        def value(segment: str) -> dict[str, object]:
            made = evaluate(values, period, segment, of_measure=of_measure, of_kpi=refuse, calendar=Calendar()).value
            return {"value": None} if made is None else {"value": made, "value_half_up_6": half_up(made, 6)}

        total = value("")
        return (
            total
            if segment_by is None
            else {"total": total, "segments": {label: value(label) for label in list(labels)}}
        )


def refuse(name: str, *_: object) -> Actual:
    raise AssertionError(name)


@rule_cases("aggregation")
def test_aggregation_in_sql(case: RuleCase) -> None:
    if "kpi" not in case.given:
        pytest.skip("not made of rows")
    case.check(answer)
