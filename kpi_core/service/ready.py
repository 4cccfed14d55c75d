"""Ready-made KPIs: what a recipe knows how to make of its kind of file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.business import Business
from kpi_core.catalogue import TYPED_AGGREGATE, CatalogueKpi, by_key, name_of
from kpi_core.definition import values_from_json
from kpi_core.definition.kpis import typed_aggregate
from kpi_core.definition.words import describe
from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.source import ReadyKpi
from kpi_core.unit import Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DEFAULT_CURRENCY = "USD"
"""What money is offered in until the settings say the business's own."""


@dataclass(frozen=True)
class ReadyChoice:
    """A KPI that a recipe knows how to make. `loaded`: its source has been added already."""

    source: str
    ready: ReadyKpi
    loaded: bool


def from_ready(choice: ReadyChoice, blank: Kpi, currency: str | None = None) -> Kpi:
    """Make the KPI that a recipe offers ready-made, on top of an empty one; `currency` is the business's."""
    values = values_from_json(_sourced(choice.ready.values, choice.source))
    words = describe(values)
    kpi = replace(
        blank,
        name=choice.ready.name,
        catalogue_key=choice.ready.catalogue_key,
        values=values,
        definition=words[:1].upper() + words[1:],
        includes=choice.ready.includes,
    )
    entry = by_key(choice.ready.catalogue_key)
    return _as_recipe_says(kpi if entry is None else as_catalogued(kpi, entry, currency), choice.ready, currency)


def _as_recipe_says(kpi: Kpi, ready: ReadyKpi, own: str | None) -> Kpi:
    kind = UnitKind(ready.unit) if ready.unit else kpi.unit.kind
    currency = (kpi.unit.currency or own or DEFAULT_CURRENCY) if kind is UnitKind.CURRENCY else None
    return replace(
        kpi,
        unit=Unit(kind, currency),
        direction=Direction(ready.direction) if ready.direction else kpi.direction,
    )


def blank_kpi() -> Kpi:
    """Give the KPI that an empty form says: typed monthly counts, higher is better; what is not said is no money."""
    unit = Unit(UnitKind.COUNT)
    return Kpi("", unit, Direction.UP, Cadence.MONTH, Typed(typed_aggregate(unit)))


def from_catalogue(entry: CatalogueKpi, blank: Kpi, currency: str | None = None) -> Kpi:
    """Make the KPI that the catalogue describes, on top of an empty one; its values are typed.

    `currency`: the business's own, for money where the empty one says none.
    """
    return replace(
        as_catalogued(blank, entry, currency),
        name=entry.name,
        catalogue_key=entry.key,
        definition=entry.definition,
        cadence=entry.cadence,
        values=Typed(TYPED_AGGREGATE[entry.adds_up]),
    )


def of_the_catalogue(entry: CatalogueKpi, choices: Iterable[ReadyChoice], business: Business) -> Kpi:
    """Make the KPI of the catalogue from a file that is here where one makes it ready, else with typed values."""
    blank = blank_kpi()
    ready = next((each for each in choices if each.loaded and each.ready.catalogue_key == entry.key), None)
    if ready is None:
        return from_catalogue(entry, blank, business.currency)
    return replace(from_ready(ready, blank, business.currency), name=entry.name, cadence=entry.cadence)


def as_catalogued(kpi: Kpi, entry: CatalogueKpi, currency: str | None = None) -> Kpi:
    """Give a KPI what the catalogue knows of it: unit, direction, where it belongs, what to watch beside it."""
    counter = by_key(entry.counter_metric)
    money = entry.unit is UnitKind.CURRENCY
    return replace(
        kpi,
        unit=Unit(entry.unit, (kpi.unit.currency or currency or DEFAULT_CURRENCY) if money else None),
        direction=entry.direction,
        perspective=entry.perspective,
        function=name_of("function", entry.function),
        lead_lag=entry.lead_lag,
        counter_measure=counter.name if counter else "",
    )


def _sourced(part: Mapping[str, object], source: str) -> dict[str, object]:
    """Fill the source into every measure of a ready-made definition."""
    filled = dict(part)
    if part.get("kind") == "measure":
        filled.setdefault("source", source)
    parts = part.get("parts")
    if isinstance(parts, list):
        filled["parts"] = [_sourced(each, source) for each in parts]
    return filled
