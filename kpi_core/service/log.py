"""The log in words: what was changed, from what to what, when, by whom, why; and taking a change back from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi_core.definition.fit import one_line
from kpi_core.service.recolouring import colours_noted
from kpi_core.store.business import read_business
from kpi_core.store.change_words import change_text
from kpi_core.store.changes import ANYBODY, By, Signed, Thing, list_changes, writers

__all__ = ["Filter", "LogLine", "LogPage", "Thing", "log_lines", "log_page", "take_back"]
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.undo import undo_change

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.store.data_file import Store

PAGE = 50
"""Entries of the log that are shown at a time."""


FOR_GOOD = {Thing.PERSON, Thing.IMPORT}
"""What cannot be taken back from the log: a person stays removed, a file is undone where it was added."""


@dataclass(frozen=True)
class LogLine:
    """One entry. `about` names what was changed, `did` says what was there before and what is there now.

    `id` is its number; `standing`: it was neither taken back nor brought about by another one.
    """

    at: datetime
    who: str
    about: str
    did: str
    why: str
    id: int = 0
    standing: bool = True


@dataclass(frozen=True)
class Filter:
    """Which entries are wanted; None: whichever."""

    kpi_id: int | None = None
    thing: Thing | None = None
    who: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class LogPage:
    """A page of the log, and what it can be filtered by; `older`: the number to go on from, None at the end."""

    lines: tuple[LogLine, ...]
    kpis: tuple[tuple[int, str], ...]
    people: tuple[str, ...]
    older: int | None


def log_page(data_file: Path, wanted: Filter, before: int | None = None) -> LogPage:
    """Read a page of the log, the newest first."""
    with open_store(data_file) as store, store.reading():
        lines = log_lines(store, PAGE + 1, wanted.kpi_id, wanted.thing, Signed(wanted.who, wanted.day), before)
        named = tuple((kpi.id, kpi.name) for kpi in kpis(store))
        more = len(lines) > PAGE
        return LogPage(lines[:PAGE], named, writers(store), lines[PAGE - 1].id if more else None)


def take_back(data_file: Path, change_id: int, why: str, now: datetime) -> None:
    """Take a change back where it still stands; that is a change of its own.

    Raises:
        NotFound: there is no such change.
        RefusedDefinition: the thing was changed again since, the rest would not fit, or a reason is missing.
        ClosedMonths: it is about a closed month.
    """
    with open_store(data_file) as store, store.writing():
        by = By(now, read_business(store).person, one_line(why, "The reason"))
        with colours_noted(store, now):
            undo_change(store, change_id, by)


def log_lines(
    store: Store,
    most: int,
    kpi_id: int | None = None,
    thing: Thing | None = None,
    signed: Signed = ANYBODY,
    before: int | None = None,
) -> tuple[LogLine, ...]:
    """List the newest entries, the newest first; of one KPI, kind of thing, person or day where one is named."""
    business = read_business(store)
    known = {kpi.id: kpi for kpi in kpis(store)}
    lines = []
    for change in list_changes(store, kpi_id=kpi_id, thing=thing, signed=signed, before=before, most=most):
        subject = change.subject
        words = _sentence(change_text(change, known.get(subject.kpi_id or 0), business))
        about = f"{subject.thing.value}: {subject.name}"
        standing = change.undone_by is None and change.part_of is None and subject.thing not in FOR_GOOD
        did = f"{words} {change.effect}".strip()
        lines.append(LogLine(change.at, change.who, about, did, change.why, change.id, standing))
    return tuple(lines)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}" if text else ""
