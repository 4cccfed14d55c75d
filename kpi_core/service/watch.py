"""The number that would show gaming, put beside a KPI as a health metric in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.catalogue import TYPED_AGGREGATE, CatalogueKpi, by_key
from kpi_core.definition import key_of
from kpi_core.errors import NotFound
from kpi_core.kpi import Kpi, State, Tier, Typed
from kpi_core.service import choose
from kpi_core.service.ready import DEFAULT_CURRENCY
from kpi_core.unit import Unit, UnitKind

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.choose import Options


def watch_beside(data_file: Path, key: str, now: datetime) -> str:
    """Add the health metric of a catalogue key where nobody tracks it yet, and give the name it goes by.

    A loaded source that makes it feeds it; otherwise its values are typed.

    Raises:
        NotFound: the catalogue has no such key.
        RefusedDefinition: a retired KPI has its name.
    """
    entry = by_key(key)
    if entry is None:
        sentence = f'The catalogue has no KPI "{key}".'
        raise NotFound(sentence)
    options = choose.options(data_file)
    for kpi in options.kpis:
        if kpi.state is not State.RETIRED and (kpi.catalogue_key == key or key_of(kpi.name) == key_of(entry.name)):
            return kpi.name
    return choose.save(data_file, _made(entry, options), None, now).name


def _made(entry: CatalogueKpi, options: Options) -> Kpi:
    currency = options.business.currency or DEFAULT_CURRENCY
    unit = Unit(entry.unit, currency) if entry.unit is UnitKind.CURRENCY else Unit(entry.unit)
    typed = Kpi(
        name=entry.name,
        unit=unit,
        direction=entry.direction,
        cadence=entry.cadence,
        values=Typed(TYPED_AGGREGATE[entry.adds_up]),
        definition=entry.definition,
        catalogue_key=entry.key,
        tier=Tier.HEALTH_METRIC,
        perspective=entry.perspective,
        function=entry.function,
        lead_lag=entry.lead_lag,
    )
    ready = next((each for each in options.ready if each.loaded and each.ready.catalogue_key == entry.key), None)
    return typed if ready is None else replace(choose.from_ready(ready, typed), counter_measure="")
