"""Looking back at imports: the list, what each refused and left out, and the days that a source covers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi_core.definition import key_of
from kpi_core.errors import NotFound
from kpi_core.source import Covers, LeftOut, Refused

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store

SELECT = (
    "SELECT id, source_id, file_name, file_hash, added_at, cover_start, cover_end, cover_stated,"
    " new, changed, same, gone, left_out, refused, undone_at, taught FROM imports"
)


@dataclass(frozen=True)
class Import:
    """A file that was added once, with its counts; `undone_at` is None while it is live."""

    id: int
    source_id: int
    file_name: str
    file_hash: str
    added_at: datetime
    covers: Covers | None
    stated_cover: bool
    new: int
    changed: int
    same: int
    gone: int
    left_out: int
    refused: int
    undone_at: datetime | None
    taught: int | None = None
    """The change of its source's recipe that it brought about."""


def list_imports(store: Store, source_id: int | None = None) -> tuple[Import, ...]:
    """List the imports of one source or of all, the newest first, undone ones too."""
    if source_id is None:
        found = store.all(SELECT + " ORDER BY id DESC")
    else:
        found = store.all(SELECT + " WHERE source_id = ? ORDER BY id DESC", (source_id,))
    return tuple(loaded(row) for row in found)


def get_import(store: Store, import_id: int) -> Import:
    """Read one import.

    Raises:
        NotFound: there is no such import.
    """
    found = store.one(SELECT + " WHERE id = ?", (import_id,))
    if found is None:
        raise unknown_import(import_id)
    return loaded(found)


def refused_rows(store: Store, import_id: int) -> tuple[Refused, ...]:
    """List the rows of a file that could not be used, for the download."""
    get_import(store, import_id)
    found = store.all(
        "SELECT row, column_name, text, reason, cells FROM refused_rows WHERE import_id = ? ORDER BY position",
        (import_id,),
    )
    return tuple(
        Refused(int(str(row)), str(column), str(text), str(reason), tuple(json.loads(str(cells))))
        for row, column, text, reason, cells in found
    )


def left_out_rows(store: Store, import_id: int) -> tuple[LeftOut, ...]:
    """List the rows of a file that were left out by rule."""
    get_import(store, import_id)
    found = store.all("SELECT row, reason, text FROM left_out_rows WHERE import_id = ? ORDER BY position", (import_id,))
    return tuple(LeftOut(int(str(row)), str(reason), str(text)) for row, reason, text in found)


def note_lesson(store: Store, import_id: int, change: int) -> None:
    """Keep which change of its source's recipe an import brought about."""
    with store.writing():
        store.run("UPDATE imports SET taught = ? WHERE id = ?", (change, import_id))


def covered(store: Store, source_id: int, date_column: str | None = None) -> tuple[Covers, ...]:
    """List the days that the live imports of a source speak for, an entry each, oldest first; they may overlap.

    `date_column`: the days by another date than the source's, as far as an import ever counted by that.
    """
    found = store.all(
        """SELECT iif(c.import_id IS NULL, i.cover_start, c.cover_start),
            iif(c.import_id IS NULL, i.cover_end, c.cover_end)
        FROM imports i LEFT JOIN covers_by_date c ON c.import_id = i.id AND c.date_column = ?
        WHERE i.source_id = ? AND i.undone_at IS NULL ORDER BY i.id""",
        (key_of(date_column or ""), source_id),
    )
    return tuple(
        Covers(date.fromisoformat(str(start)), date.fromisoformat(str(end)))
        for start, end in found
        if start is not None
    )


def spans_of(store: Store, held: Import) -> tuple[Covers, ...]:
    """List the days that an import speaks for, by its source's date and by those that it counted by before."""
    found = store.all(
        "SELECT cover_start, cover_end FROM covers_by_date WHERE import_id = ? AND cover_start IS NOT NULL", (held.id,)
    )
    before = (Covers(date.fromisoformat(str(start)), date.fromisoformat(str(end))) for start, end in found)
    return (*(() if held.covers is None else (held.covers,)), *before)


def loaded(row: tuple[object, ...]) -> Import:
    """Make an import from its row."""
    number, source_id, name, file_hash, added_at, start, end, stated, *counts, undone_at, taught = row
    covers = None if start is None else Covers(date.fromisoformat(str(start)), date.fromisoformat(str(end)))
    new, changed, same, gone, left_out, refused = (int(str(count)) for count in counts)
    return Import(
        int(str(number)),
        int(str(source_id)),
        str(name),
        str(file_hash),
        datetime.fromisoformat(str(added_at)),
        covers,
        bool(stated),
        new,
        changed,
        same,
        gone,
        left_out,
        refused,
        None if undone_at is None else datetime.fromisoformat(str(undone_at)),
        None if taught is None else int(str(taught)),
    )


def unknown_import(import_id: int) -> NotFound:
    """Say that there is no such import."""
    return NotFound(f"There is no import number {import_id}.", "Look it up in the list of imports.")
