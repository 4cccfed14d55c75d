"""Notes: what happened on a day, beside a KPI or beside all; each step in the log and to be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.definition import note_from_json, note_to_json
from kpi_core.errors import NotFound
from kpi_core.store.changes import Subject, Thing, from_text, to_text
from kpi_core.store.definitions.kpis import find_kpi
from kpi_core.store.things import change_to

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.kpi import Note
    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store

EVERY_KPI = "every KPI"


def notes(store: Store, kpi_id: int | None = None) -> tuple[Note, ...]:
    """List the notes by day; of a KPI: its own and those beside all, None: everything there is."""
    rows = store.all(
        """SELECT notes.id, notes.definition, kpis.name FROM notes LEFT JOIN kpis ON kpis.id = notes.kpi_id
        WHERE notes.live AND (notes.kpi_id IS NULL OR kpis.live AND (:kpi IS NULL OR notes.kpi_id = :kpi))
        ORDER BY notes.id""",
        {"kpi": kpi_id},
    )
    found = (
        replace(note_from_json(from_text(text)), kpi="" if name is None else str(name), id=int(str(number)))
        for number, text, name in rows
    )
    return tuple(sorted(found, key=lambda note: note.day))


def add_note(store: Store, note: Note, by: By) -> int | None:
    """Keep a note.

    Returns:
        The number of the change in the log; None where the same note stands there already.

    Raises:
        NotFound: its KPI is not there.
    """
    with store.writing():
        kpi = find_kpi(store, note.kpi) if note.kpi else None
        wanted = replace(note, kpi="" if kpi is None else kpi.name, id=0)
        if wanted in (replace(each, id=0) for each in notes(store)):
            return None
        # By its number, not its name: a renamed KPI keeps its notes
        text = to_text(note_to_json(replace(wanted, kpi="")))
        kpi_id = None if kpi is None else kpi.id
        number = store.insert("INSERT INTO notes (kpi_id, definition, live) VALUES (?, ?, 0)", (kpi_id, text))
        return change_to(store, by, _subject(number, kpi_id, wanted.kpi), from_text(text))


def change_note(store: Store, note_id: int, day: date, text: str, by: By) -> int | None:
    """Give a note another day or text.

    Returns:
        The number of the change in the log; None where it says that already.

    Raises:
        NotFound: there is none of that number.
    """
    with store.writing():
        kpi_id, note = _held(store, note_id)
        state = note_to_json(replace(note, day=day, text=text, kpi="", id=0))
        return change_to(store, by, _subject(note_id, kpi_id, note.kpi), state)


def remove_note(store: Store, note_id: int, by: By) -> int | None:
    """Take a note away; taking back the change brings it back.

    Raises:
        NotFound: there is none of that number.
    """
    with store.writing():
        kpi_id, note = _held(store, note_id)
        return change_to(store, by, _subject(note_id, kpi_id, note.kpi), None)


def _held(store: Store, note_id: int) -> tuple[int | None, Note]:
    """Find a note with the number of its KPI."""
    row = store.one("SELECT kpi_id FROM notes WHERE id = ? AND live", (note_id,))
    note = next((each for each in notes(store) if each.id == note_id), None)
    if row is None or note is None:
        sentence = f"There is no note number {note_id}."
        raise NotFound(sentence)
    return None if row[0] is None else int(str(row[0])), note


def _subject(number: int, kpi_id: int | None, name: str) -> Subject:
    return Subject(Thing.NOTE, str(number), kpi_id, name or EVERY_KPI)
