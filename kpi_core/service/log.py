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
    from kpi_core.store.data_file import Store


@dataclass(frozen=True)
class LogLine:
    """One entry. `about` names what was changed, `did` says what was there before and what is there now."""

    at: datetime
    who: str
    about: str
    did: str
    why: str


def log_lines(store: Store, most: int, kpi_id: int | None = None) -> tuple[LogLine, ...]:
    """List the newest entries, the newest first; of one KPI where one is named."""
    business = read_business(store)
    known = {kpi.id: kpi for kpi in kpis(store)}
    lines = []
    for change in list_changes(store, kpi_id=kpi_id, most=most):
        subject = change.subject
        words = _sentence(change_text(change, known.get(subject.kpi_id or 0), business))
        about = f"{subject.thing.value}: {subject.name}"
        lines.append(LogLine(change.at, change.who, about, f"{words} {change.effect}".strip(), change.why))
    return tuple(lines)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}" if text else ""
