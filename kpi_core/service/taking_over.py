"""Taking over a file of definitions: what is new, changed and the same, each clash asked, all of it undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.definition import key_of
from kpi_core.definition.document import Document, document_from_text
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.period import moment_name
from kpi_core.service.currencies import refuse_mixed
from kpi_core.service.recolouring import colours_noted
from kpi_core.store.business import read_business
from kpi_core.store.change_words import change_text
from kpi_core.store.changes import By, Thing, changes_between, newest_change, standing
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.load import Loaded, load_document
from kpi_core.store.definitions.undo import undo_change
from kpi_core.store.taken_over import TakenOver, keep_taken, mark_undone, newest_taken, taken

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.file import File
    from kpi_core.store.data_file import Store

NAMED = (Thing.KPI, Thing.GOAL, Thing.SOURCE, Thing.OBJECTIVE, Thing.BUSINESS)
"""Kinds of things that a file may hold under a name that is taken here."""


@dataclass(frozen=True)
class Clash:
    """A thing of the file that is here under the same name, but otherwise; `key` names it in an answer."""

    key: str
    about: str
    did: str


@dataclass(frozen=True)
class Preview:
    """What taking the file over would do."""

    new: tuple[str, ...]
    clashes: tuple[Clash, ...]
    others: tuple[str, ...]
    same: int

    @property
    def sentence(self) -> str:
        """Say it in one sentence.

        >>> Preview(("KPI: Orders",), (), (), 3).sentence
        '1 new, 0 changed, 3 the same.'
        """
        return f"{len(self.new)} new, {len(self.clashes) + len(self.others)} changed, {self.same} the same."


@dataclass(frozen=True)
class Taken:
    """The file that was taken over last and can be taken back."""

    id: int
    sentence: str


def preview(data_file: Path, file: File, now: datetime) -> Preview:
    """Say what taking a file over would do; it is tried out and taken back.

    Raises:
        RefusedDefinition: naming the place in the document and what is wrong there.
    """
    document = read(file)
    with open_store(data_file) as store, store.trying():
        after = newest_change(store)
        return _previewed(store, after, _load(store, document, By(now, "", file.name)).same)


def take_over(data_file: Path, file: File, keep_mine: Collection[str], now: datetime) -> tuple[Loaded, int | None]:
    """Take a file over, but for the clashes whose `key` says that what is here stays; all of it or nothing.

    Returns:
        What it did, and the number by which it can be taken back; None where it changed nothing.

    Raises:
        RefusedDefinition: naming the place in the document and what is wrong there, or a KPI that would add money
            of several currencies up.
    """
    document = without(read(file), keep_mine)
    with open_store(data_file) as store, store.writing():
        by = By(now, read_business(store).person, file.name)
        with colours_noted(store, now) as before:
            loaded = _load(store, document, by)
        return loaded, keep_taken(store, file.name, before.newest, now)


def last(data_file: Path) -> Taken | None:
    """Name the file that was taken over last and not taken back since."""
    with open_store(data_file) as store:
        found = newest_taken(store)
    return None if found is None else Taken(found.id, f"{found.file_name}, {moment_name(found.at)}")


def take_back(data_file: Path, number: int, now: datetime) -> str:
    """Take back everything that a file brought, all of it or nothing.

    Raises:
        NotFound: no file of that number stands.
        RefusedDefinition: something of it was changed again since, or other things build on it.
    """
    with open_store(data_file) as store, store.writing():
        found = taken(store, number)
        if found is None:
            sentence = f"There is no file number {number} to take back."
            raise NotFound(sentence)
        by = By(now, read_business(store).person, f"taken back: {found.file_name}")
        with colours_noted(store, now):
            for change_id in _standing(store, found):
                undo_change(store, change_id, by)
        mark_undone(store, number, now)
    return f"What {found.file_name} brought is taken back."


def _standing(store: Store, found: TakenOver) -> list[int]:
    """List what a file changed and what still stands of it, the newest first."""
    changes = changes_between(store, found.after, found.upto)
    brought = [each.id for each in changes if each.part_of is None]
    return [change for each in brought if (change := standing(store, each)) is not None]


def read(file: File) -> Document:
    """Read a file of definitions.

    Raises:
        RefusedDefinition: it is no text, or naming the place in it and what is wrong there.
    """
    try:
        return document_from_text(file.data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        sentence = f"{file.name} is not text in UTF-8."
        raise RefusedDefinition(sentence, "Save it as UTF-8.") from error


def without(document: Document, keys: Collection[str]) -> Document:
    """Leave out of a document what is named there, with the targets of a KPI."""
    left = {key_of(key) for key in keys}

    def is_left(thing: Thing, name: str) -> bool:
        return key_of(f"{thing.value}: {name}") in left

    kept = tuple(kpi for kpi in document.kpis if not is_left(Thing.KPI, kpi.name))
    dropped = {key_of(kpi.name) for kpi in document.kpis} - {key_of(kpi.name) for kpi in kept}
    return replace(
        document,
        business=None if is_left(Thing.BUSINESS, "Settings") else document.business,
        goals=tuple(each for each in document.goals if not is_left(Thing.GOAL, each.name)),
        sources=tuple(each for each in document.sources if not is_left(Thing.SOURCE, each.name)),
        objectives=tuple(each for each in document.objectives if not is_left(Thing.OBJECTIVE, each.name)),
        kpis=kept,
        targets={name: each for name, each in document.targets.items() if key_of(name) not in dropped},
    )


def _load(store: Store, document: Document, by: By) -> Loaded:
    loaded = load_document(store, document, by)
    for kpi in kpis(store):
        refuse_mixed(store, kpi)
    return loaded


def _previewed(store: Store, after: int, same: int) -> Preview:
    business = read_business(store)
    known = {kpi.id: kpi for kpi in kpis(store)}
    new, clashes, others = [], [], []
    for change in reversed(changes_between(store, after)):
        subject = change.subject
        about = f"{subject.thing.value}: {subject.name}"
        did = change_text(change, known.get(subject.kpi_id or 0), business)
        if change.old is None and subject.thing is not Thing.BUSINESS:
            new.append(about if subject.thing in NAMED else f"{about}, {did}")
        elif subject.thing in NAMED and change.part_of is None:
            clashes.append(Clash(about, about, did))
        else:
            others.append(f"{about}, {did}")
    return Preview(tuple(new), tuple(clashes), tuple(others), same)
