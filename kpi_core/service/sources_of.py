"""Which sources a KPI is made of, through the KPIs it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.actual.formula import inputs
from kpi_core.definition import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.kpi import Kpi


def sources_of(kpi: Kpi, kpis: Iterable[Kpi]) -> frozenset[str]:
    """Name the sources whose rows a KPI is made of; a reference to an unknown KPI leads nowhere."""
    known = {key_of(each.name): each for each in kpis}
    found: set[str] = set()
    waiting, seen = [kpi], set[str]()
    while waiting:
        each = waiting.pop()
        seen.add(key_of(each.name))
        measures, references = inputs(each.values)
        found |= {measure.source for measure in measures}
        waiting += [known[name] for name in map(key_of, references) if name in known and name not in seen]
    return frozenset(found)
