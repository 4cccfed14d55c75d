"""The number that would show gaming, put beside a KPI as a health metric in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.catalogue import by_key
from kpi_core.definition import key_of
from kpi_core.errors import NotFound
from kpi_core.kpi import State, Tier
from kpi_core.service import choose
from kpi_core.service.ready import of_the_catalogue

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


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
    made = of_the_catalogue(entry, options.ready, options.business)
    kpi = replace(made, tier=Tier.HEALTH_METRIC, counter_measure="")
    return choose.save(data_file, kpi, None, now).name
