"""Which sources a KPI is made of, through the KPIs it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.actual.formula import inputs
from kpi_core.definition.made_of import made_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.kpi import Kpi


def sources_of(kpi: Kpi, kpis: Iterable[Kpi]) -> frozenset[str]:
    """Name the sources whose rows a KPI is made of; a reference to an unknown KPI leads nowhere."""
    return frozenset(measure.source for each in made_of(kpi, kpis) for measure in inputs(each.values)[0])
