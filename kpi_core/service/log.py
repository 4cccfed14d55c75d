"""The log in words: what was changed, from what to what, when, by whom, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kpi_core.store.business import read_business
from kpi_core.store.change_words import change_text
from kpi_core.store.changes import list_changes
from kpi_core.store.definitions.kpis import kpis

if TYPE_CHECKING:
    from kpi_core.store.changes import Thing
    from kpi_core.store.data_file import Store


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


def log_lines(store: Store, most: int, kpi_id: int | None = None, thing: Thing | None = None) -> tuple[LogLine, ...]:
    """List the newest entries, the newest first; of one KPI or of one kind of thing where one is named."""
    business = read_business(store)
    known = {kpi.id: kpi for kpi in kpis(store)}
    lines = []
    for change in list_changes(store, kpi_id=kpi_id, thing=thing, most=most):
        subject = change.subject
        words = _sentence(change_text(change, known.get(subject.kpi_id or 0), business))
        about = f"{subject.thing.value}: {subject.name}"
        standing = change.undone_by is None and change.part_of is None
        did = f"{words} {change.effect}".strip()
        lines.append(LogLine(change.at, change.who, about, did, change.why, change.id, standing))
    return tuple(lines)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}" if text else ""
