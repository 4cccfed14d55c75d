"""Renaming: a KPI or source under another name in every definition that names it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.definition.fields import key_of
from kpi_core.kpi import Formula, KpiRef, Measure, Typed

if TYPE_CHECKING:
    from kpi_core.kpi import Kpi, ValuesFrom


def with_kpi_renamed(kpi: Kpi, old: str, new: str) -> Kpi:
    """Give the KPI as it is once the KPI `old`, which it may be made of or checked by, is called `new`."""
    counter = new if key_of(kpi.counter_measure) == key_of(old) else kpi.counter_measure
    return replace(kpi, counter_measure=counter, values=_renamed(kpi.values, key_of(old), new, KpiRef))


def with_source_renamed(kpi: Kpi, old: str, new: str) -> Kpi:
    """Give the KPI as it is once the source `old`, whose rows it may take, is called `new`."""
    return replace(kpi, values=_renamed(kpi.values, key_of(old), new, Measure))


def _renamed(values: ValuesFrom, old: str, new: str, what: type[KpiRef | Measure]) -> ValuesFrom:
    match values:
        case Typed():
            return values
        case Measure():
            return replace(values, source=new) if what is Measure and key_of(values.source) == old else values
        case Formula():
            return replace(values, parts=tuple(_part_renamed(part, old, new, what) for part in values.parts))


def _part_renamed(
    part: Measure | KpiRef | Formula, old: str, new: str, what: type[KpiRef | Measure]
) -> Measure | KpiRef | Formula:
    match part:
        case KpiRef():
            return KpiRef(new) if what is KpiRef and key_of(part.kpi) == old else part
        case Measure() | Formula():
            renamed = _renamed(part, old, new, what)
            return part if isinstance(renamed, Typed) else renamed
