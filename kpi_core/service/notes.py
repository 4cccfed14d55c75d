"""What happened on a day, as the owner notes it on a KPI's page; drawn on its trend, or on every one's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.definition.fit import one_line, refuse_far
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Note
from kpi_core.period import day_name
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import notes as stored
from kpi_core.store.definitions.kpis import get_kpi

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.kpi import Kpi
    from kpi_core.store.data_file import Store

EVERYWHERE = "on every KPI"


@dataclass(frozen=True)
class NoteLine:
    """A day on the trend, in words: a note, or with `id` 0 a new usual range with its reason."""

    day: date
    when: str
    text: str
    id: int = 0
    everywhere: bool = False

    @property
    def sentence(self) -> str:
        """Say it: "1 March: Free shipping"."""
        return f"{self.when}: {self.text}{f' ({EVERYWHERE})' if self.everywhere else ''}"


def note_lines(store: Store, kpi: Kpi, today: date) -> tuple[NoteLine, ...]:
    """List what is drawn on a KPI's trend, by day: its notes, those on every KPI, and its rebases."""
    lines = [
        NoteLine(note.day, day_name(note.day, today), note.text, note.id, everywhere=not note.kpi)
        for note in stored.notes(store, kpi.id)
    ]
    lines += [NoteLine(each.day, day_name(each.day, today), f"new usual range, {each.reason}") for each in kpi.rebases]
    return tuple(sorted(lines, key=lambda line: line.day))


def add_note(
    data_file: Path, kpi_id: int, day: date, text: str, now: datetime, *, everywhere: bool = False
) -> int | None:
    """Note what happened on a day beside a KPI, or beside every one.

    Returns:
        The number of the change in the log, by which it can be taken back; None where it stands there already.

    Raises:
        NotFound: there is no KPI of that number.
        RefusedDefinition: nothing is said, or too much, or the day is out of reach.
    """
    said = _said(text)
    refuse_far(day)
    with open_store(data_file) as store, store.writing():
        name = "" if everywhere else get_kpi(store, kpi_id).name
        return stored.add_note(store, Note(day, said, name), By(now, read_business(store).person))


def _said(text: str) -> str:
    if not text.strip():
        sentence = "What happened?"
        raise RefusedDefinition(sentence, "Write a few words; they stand beside the trend.")
    return one_line(text, "The note")


@dataclass(frozen=True)
class ListedNote:
    """A note of the list of all: `about` names its KPI, or says that it is on every one."""

    id: int
    day: date
    when: str
    about: str
    text: str


def every_note(data_file: Path) -> tuple[ListedNote, ...]:
    """List all notes, the newest day first."""
    with open_store(data_file) as store:
        found = stored.notes(store)
    return tuple(
        ListedNote(note.id, note.day, day_name(note.day, None), note.kpi or EVERYWHERE, note.text)
        for note in sorted(found, key=lambda note: (note.day, note.id), reverse=True)
    )


def change_note(data_file: Path, note_id: int, day: date, text: str, now: datetime) -> int | None:
    """Give a note another day or text; the log keeps what it said before.

    Raises:
        NotFound: there is no note of that number.
        RefusedDefinition: nothing is said, or too much, or the day is out of reach.
    """
    said = _said(text)
    refuse_far(day)
    with open_store(data_file) as store, store.writing():
        return stored.change_note(store, note_id, day, said, By(now, read_business(store).person))


def remove_note(data_file: Path, note_id: int, now: datetime) -> int | None:
    """Take a note away; it is in the log and can be brought back.

    Raises:
        NotFound: there is no note of that number.
    """
    with open_store(data_file) as store, store.writing():
        return stored.remove_note(store, note_id, By(now, read_business(store).person))
