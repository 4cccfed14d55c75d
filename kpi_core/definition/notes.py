"""Notes as JSON: a day, what happened on it, and the KPI that it belongs to, if it is not said of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.definition.fields import Fields, Place, refused
from kpi_core.kpi import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, object]

HERE = Place("note")


def note_from_json(obj: object, place: Place = HERE) -> Note:
    """Read a note. Its `id` is 0: the data file gives it one.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    fields = Fields(obj, place)
    day = fields.day("day")
    if day is None:
        raise refused(place, '"day" is missing: when it happened.')
    note = Note(day, fields.text("text", None), fields.text("kpi"))
    fields.close()
    return note


def note_to_json(note: Note) -> Json:
    """Write a note; `note_from_json` reads the same back."""
    kpi: Mapping[str, object] = {"kpi": note.kpi} if note.kpi else {}
    return {"day": note.day.isoformat(), "text": note.text, **kpi}
