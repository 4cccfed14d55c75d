"""What was added so far, and taking any of it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_core.errors import ClosedMonths, RefusedDefinition
from kpi_core.period import span_name
from kpi_core.service.recolouring import note_import, seen
from kpi_core.service.refused import refused_csv
from kpi_core.service.trial import trial
from kpi_core.store import actuals, sources
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, get_change
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.undo import undo_change
from kpi_core.store.import_list import get_import, left_out_rows, list_imports, refused_rows
from kpi_core.store.imports import ImportResult
from kpi_core.store.undo import Lesson, UndoResult, undo

if TYPE_CHECKING:
    from kpi_core.source import LeftOut
    from kpi_core.store.data_file import Store
    from kpi_core.store.import_list import Import

MOST_TRIED = 100_000
"""Rows of an import up to which trying an undo is quick enough to be said before."""


@dataclass(frozen=True)
class ImportLine:
    """One import in the list of all of them."""

    id: int
    source: str
    file_name: str
    added_at: datetime
    counts: str
    """What it brought, in words."""
    refused: int
    covers: str
    undone_at: datetime | None
    left_out: int = 0
    rows: int = 0
    """How many rows it held."""


def history(data_file: Path) -> tuple[ImportLine, ...]:
    """List all imports, the newest first."""
    with open_store(data_file) as store:
        names = {source.id: source.name for source in sources.list_sources(store)}
        lines = [_line(each, names[each.source_id]) for each in list_imports(store) if each.source_id in names]
    return tuple(sorted(lines, key=lambda line: line.id, reverse=True))


def _line(each: Import, source: str) -> ImportLine:
    counts = ImportResult(each.id, each.new, each.changed, each.same, each.gone, each.left_out, each.refused)
    return ImportLine(
        id=each.id,
        source=source,
        file_name=each.file_name,
        added_at=each.added_at,
        counts=counts.sentence,
        refused=each.refused,
        covers="" if each.covers is None else span_name(each.covers.start, each.covers.last_day, None),
        undone_at=each.undone_at,
        left_out=each.left_out,
        rows=each.new + each.changed + each.same,
    )


def take_back(data_file: Path, import_id: int, now: datetime) -> UndoResult:
    """Undo an import and what it taught; any order leaves exactly what the others hold."""
    with open_store(data_file) as store, store.writing():
        before = seen(store)
        result = _undo(store, import_id, now)
        actuals.refresh(store)
        name = get_import(store, import_id).file_name
        note_import(store, before, import_id, name, By(now, read_business(store).person), undone=True)
    return result


def _undo(store: Store, import_id: int, now: datetime) -> UndoResult:
    result = undo(store, import_id, now)
    return replace(result, lesson=_unlearn(store, get_import(store, import_id), now))


def _unlearn(store: Store, undone: Import, now: datetime) -> Lesson:
    """Take back what undone imports taught their source, the newest first, where nothing later builds on it."""
    every = list_imports(store, undone.source_id)
    newest = max((each.id for each in every if each.undone_at is None), default=0)
    told = Lesson.NONE
    by = By(now, read_business(store).person, f"undone: {undone.file_name}")
    for each in every:
        if each.undone_at is None or each.taught is None or get_change(store, each.taught).undone_by is not None:
            continue
        lesson = Lesson.STAYS if each.id < newest else _take_back(store, each.taught, by)
        told = lesson if each.id == undone.id else told
    return told


def _take_back(store: Store, change: int, by: By) -> Lesson:
    try:
        undo_change(store, change, by)
    except (ClosedMonths, RefusedDefinition):
        return Lesson.STAYS
    return Lesson.BACK


def would_undo(data_file: Path, line: ImportLine, now: datetime) -> UndoResult | None:
    """Say what undoing an import would do, without doing it; None where trying it would take long.

    Raises:
        ClosedMonths: it would reach into a closed month.
        NotFound: there is no such import, or it is undone.
    """
    if line.rows > MOST_TRIED:
        return None
    with open_store(data_file) as store, trial(store):
        return _undo(store, line.id, now)


def refused_of(data_file: Path, import_id: int) -> bytes:
    """Write the refused rows of an import as a CSV to correct and add again."""
    with open_store(data_file) as store:
        return refused_csv(refused_rows(store, import_id))


def left_out_of(data_file: Path, import_id: int) -> tuple[LeftOut, ...]:
    """List the rows of an import that were left out by rule."""
    with open_store(data_file) as store:
        return left_out_rows(store, import_id)
