"""Which KPIs a KPI is made of, through all that it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.actual.formula import inputs
from kpi_core.definition.fields import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.kpi import Kpi


def made_of(kpi: Kpi, kpis: Iterable[Kpi]) -> tuple[Kpi, ...]:
    """List a KPI and those that it refers to, nested ones too, each once; an unknown reference leads nowhere."""
    known = {key_of(each.name): each for each in kpis}
    found = {key_of(kpi.name): kpi}
    waiting = [kpi]
    while waiting:
        _, references = inputs(waiting.pop().values)
        for name in map(key_of, references):
            if name in known and name not in found:
                found[name] = known[name]
                waiting.append(known[name])
    return tuple(found.values())
