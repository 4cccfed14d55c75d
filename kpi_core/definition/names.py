"""Names in definitions: found whatever their case, kept as the thing itself is written, changed when it is renamed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.definition.fields import key_of
from kpi_core.kpi import Formula, KpiRef, Measure, Typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.definition.document import Document
    from kpi_core.kpi import Kpi, Objective, ValuesFrom

    Names = Mapping[str, str]
    """How a thing is to be written, by the folded name that it goes by."""


def spelled(kpi: Kpi, document: Document) -> Kpi:
    """Write the goal, sources and KPIs that a KPI names as the document writes them itself."""
    goals = {key_of(goal.name): goal.name for goal in document.goals}
    kpis = {key_of(other.name): other.name for other in document.kpis}
    sources = {key_of(source.name): source.name for source in document.sources}
    return _named(replace(kpi, goal=goals.get(key_of(kpi.goal), kpi.goal)), kpis, sources)


def with_kpi_renamed(kpi: Kpi, old: str, new: str) -> Kpi:
    """Give the KPI as it is once the KPI `old`, which it may be made of or checked by, is called `new`."""
    return _named(kpi, {key_of(old): new}, {})


def with_source_renamed(kpi: Kpi, old: str, new: str) -> Kpi:
    """Give the KPI as it is once the source `old`, whose rows it may take, is called `new`."""
    return _named(kpi, {}, {key_of(old): new})


def objective_with_kpi_renamed(objective: Objective, old: str, new: str) -> Objective:
    """Give the objective as it is once the KPI `old`, which a key result may point at, is called `new`."""
    return _results_named(objective, {key_of(old): new})


def objective_spelled(objective: Objective, document: Document) -> Objective:
    """Write the KPIs that an objective names as the document writes them itself."""
    return _results_named(objective, {key_of(kpi.name): kpi.name for kpi in document.kpis})


def _results_named(objective: Objective, kpis: Names) -> Objective:
    results = (replace(each, kpi=kpis.get(key_of(each.kpi), each.kpi)) for each in objective.key_results)
    return replace(objective, key_results=tuple(results))


def _named(kpi: Kpi, kpis: Names, sources: Names) -> Kpi:
    counter = kpis.get(key_of(kpi.counter_measure), kpi.counter_measure)
    return replace(kpi, counter_measure=counter, values=_values_named(kpi.values, kpis, sources))


def _values_named(values: ValuesFrom, kpis: Names, sources: Names) -> ValuesFrom:
    match values:
        case Typed():
            return values
        case Measure():
            return _measure_named(values, sources)
        case Formula():
            return _formula_named(values, kpis, sources)


def _measure_named(measure: Measure, sources: Names) -> Measure:
    return replace(measure, source=sources.get(key_of(measure.source), measure.source))


def _formula_named(formula: Formula, kpis: Names, sources: Names) -> Formula:
    return replace(formula, parts=tuple(_part_named(part, kpis, sources) for part in formula.parts))


def _part_named(part: Measure | KpiRef | Formula, kpis: Names, sources: Names) -> Measure | KpiRef | Formula:
    match part:
        case KpiRef():
            return KpiRef(kpis.get(key_of(part.kpi), part.kpi))
        case Measure():
            return _measure_named(part, sources)
        case Formula():
            return _formula_named(part, kpis, sources)
