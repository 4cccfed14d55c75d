"""What a recipe names once and its ready-made KPIs use by name: sets of filters, and measures.

`"where": "paid"` stands for the filters called `paid`, `"values": "revenue"` or a part `"revenue"` for the measure
called so. A measure without `date` counts by the date of the recipe. What is read here is written out in full again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi_core.definition.fields import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.definition.fields import Fields, Place

Json = dict[str, object]


@dataclass(frozen=True)
class Named:
    """The sets of filters and the measures that a recipe names, and the date its rows count on."""

    date: str | None
    filters: Mapping[str, object] = field(default_factory=dict)
    measures: Mapping[str, object] = field(default_factory=dict)

    def values(self, found: object, place: Place) -> object:
        """Write a definition of values out in full; what is neither a name nor an object is left to its reader.

        Raises:
            RefusedDefinition: naming the place and the name that nothing bears.
        """
        if isinstance(found, str):
            found = {"kind": "measure"} | _object(_called("measure", found, self.measures, place), place)
        if not isinstance(found, dict):
            return found
        written: Json = dict(found)
        if written.get("kind") == "measure":
            if written.get("date") is None and self.date:
                written["date"] = self.date
            if written.get("where") is not None:
                written["where"] = self._where(written["where"], place.at("where"))
        if isinstance(written.get("parts"), list):
            parts = enumerate(found["parts"])
            written["parts"] = [self.values(part, place.at("parts").item(number)) for number, part in parts]
        return written

    def _where(self, found: object, place: Place) -> object:
        """Write filters out: a name, or a list of names and filters."""
        if not isinstance(found, str | list):
            return found
        written: list[object] = []
        for each in [found] if isinstance(found, str) else found:
            more = _called("set of filters", each, self.filters, place) if isinstance(each, str) else [each]
            written.extend(more if isinstance(more, list) else [more])
        return written


def named_from_json(fields: Fields, date: str | None) -> Named:
    """Read what a recipe names: `filters` and `measures`."""
    return Named(date, dict(fields.pairs("filters")), dict(fields.pairs("measures")))


def _called(kind: str, name: str, known: Mapping[str, object], place: Place) -> object:
    if name not in known:
        listed = f"known are {', '.join(known)}" if known else "the recipe names none"
        raise refused(place, f'no {kind} is called "{name}"; {listed}.')
    return known[name]


def _object(found: object, place: Place) -> Json:
    if not isinstance(found, dict) or found.get("kind", "measure") != "measure":
        raise refused(place, "what a recipe names under measures is one measure, an object in braces.")
    return found
