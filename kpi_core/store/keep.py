"""Write a compared file: its import, its rows, what it held and what it took away, and which months it touched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from operator import lt
from typing import TYPE_CHECKING

from kpi_core.source import FINGERPRINTS
from kpi_core.store.columns import alter_columns, plan_columns
from kpi_core.store.compare import Comparison, Fate
from kpi_core.store.insert import insert_rows
from kpi_core.store.needs import other_dates, used_columns
from kpi_core.store.rows import create_indexes, drop_indexes, row_table
from kpi_core.store.sql import named
from kpi_core.store.touched import mark_months, mark_other_dates, months_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from kpi_core.source import RowBatch
    from kpi_core.store.data_file import Store
    from kpi_core.store.imports import Upload
    from kpi_core.store.sources import Source

Held = tuple[int, int, int]
"""First row id, last row id, and what to take from an id to get the record number."""


def keep(store: Store, source: Source, upload: Upload, comparison: Comparison, now: datetime) -> int:
    """Write an import inside the caller's transaction and give its number."""
    used = used_columns(store, source)
    plans = plan_columns(row_table(store, source.id), upload.batch, used)
    alter_columns(store, row_table(store, source.id), plans)
    table = row_table(store, source.id)
    import_id = add_import(store, source, upload, comparison, now)
    names = {"rows": table.name}
    store.run(named("UPDATE {rows} SET _current = 0 WHERE _id IN (SELECT id FROM leaving)", **names))
    back = "UPDATE {rows} SET _current = 1 WHERE _id IN (SELECT same_id FROM incoming WHERE fate < ?)"
    store.run(named(back, **names), (Fate.SAME,))
    base = next_row(store, source.id)
    new = fresh_rows(upload.batch, comparison.fresh, base)
    is_first = store.one(named("SELECT 1 FROM {rows} LIMIT 1", **names)) is None
    if is_first:
        drop_indexes(store, source.id)
    insert_rows(store, table, upload.batch, plans, new.ids, comparison.fresh)
    if is_first:
        create_indexes(store, source.id)
    remember_held(store, import_id, upload.batch, new.held)
    store.run(
        "UPDATE sources SET next_row = ?, fingerprints = ? WHERE id = ?",
        (max(new.ids, default=base - 1) + 1, FINGERPRINTS, source.id),
    )
    covers = upload.batch.covers
    cover_months = months_between(covers.start, covers.end) if covers is not None else frozenset()
    mark_months(store, source.id, comparison.months | cover_months)
    mark_other_dates(store, table, other_dates(source, table, used), base)
    return import_id


def add_import(store: Store, source: Source, upload: Upload, comparison: Comparison, now: datetime) -> int:
    """Write the import itself with its counts, its refused and left out rows, and the days it replaced."""
    covers, counts = upload.batch.covers, comparison.counts
    refused = (*upload.refused, *comparison.refused)
    values = {
        "source_id": source.id,
        "file_name": upload.file_name,
        "file_hash": upload.file_hash,
        "added_at": now.isoformat(timespec="seconds"),
        "cover_start": None if covers is None else covers.start.isoformat(),
        "cover_end": None if covers is None else covers.end.isoformat(),
        "cover_stated": int(upload.batch.stated_cover),
        "new": counts.get(Fate.NEW, 0),
        "changed": counts.get(Fate.CHANGED, 0),
        "same": counts.get(Fate.SAME, 0),
        "gone": comparison.gone,
        "left_out": len(upload.left_out),
        "refused": len(refused),
    }
    import_id = store.insert(
        "INSERT INTO imports (source_id, file_name, file_hash, added_at, cover_start, cover_end, cover_stated,"
        " new, changed, same, gone, left_out, refused) VALUES (:source_id, :file_name, :file_hash, :added_at,"
        " :cover_start, :cover_end, :cover_stated, :new, :changed, :same, :gone, :left_out, :refused)",
        values,
    )
    store.many(
        "INSERT INTO refused_rows VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (import_id, i, row.row, row.column, row.text, row.reason, json.dumps(row.cells, ensure_ascii=False))
            for i, row in enumerate(refused)
        ),
    )
    store.many(
        "INSERT INTO left_out_rows VALUES (?, ?, ?, ?, ?)",
        ((import_id, i, row.row, row.reason, row.text) for i, row in enumerate(upload.left_out)),
    )
    store.many("INSERT INTO replaced VALUES (?, ?, ?)", ((import_id, start, end) for start, end in comparison.replaces))
    return import_id


def next_row(store: Store, source_id: int) -> int:
    """Read the first row id that no row of the source ever had."""
    found = store.one("SELECT next_row FROM sources WHERE id = ?", (source_id,))
    return 1 if found is None else int(str(found[0]))


@dataclass(frozen=True)
class Fresh:
    """The new rows of an import: their ids, and what they are held as."""

    ids: Sequence[int]
    held: Sequence[Held]


def fresh_rows(batch: RowBatch, places: Sequence[int], base: int) -> Fresh:
    """Give each new row an id: base + record number, so that one range tells the records of a whole file.

    Where several rows come from one record (a wide report), they are counted through instead.
    """
    if not places:
        return Fresh((), ())
    records = batch.rows if isinstance(places, range) else [batch.rows[place] for place in places]
    first, last, counted = records[0], records[-1], range(base, base + len(places))
    if not isinstance(records, range) and not all(map(lt, records, islice(records, 1, None))):
        return Fresh(counted, list(ranges_of(zip(counted, records, strict=True))))
    # Only ids of this import lie between two of its new rows, so gaps in their records need no range of their own
    held = [(base, base + last - first, base - first)]
    without_gaps = last - first + 1 == len(places)
    return Fresh(counted if without_gaps else [base + record - first for record in records], held)


def remember_held(store: Store, import_id: int, batch: RowBatch, new: Sequence[Held]) -> None:
    """Write which rows the import held: the new ones, and those that were stored already."""
    stored = store.all(
        "SELECT same_id, i FROM incoming WHERE same_id IS NOT NULL AND fate <= ? ORDER BY i", (Fate.SAME,)
    )
    old = ((int(str(row_id)), batch.rows[int(str(place))]) for row_id, place in stored)
    store.many("INSERT INTO held VALUES (?, ?, ?, ?)", ((import_id, *each) for each in (*new, *ranges_of(old))))


def ranges_of(rows: Iterable[tuple[int, int]]) -> Iterator[Held]:
    """Gather (row id, record) pairs into ranges of ids whose records follow each other.

    >>> list(ranges_of([(5, 2), (6, 3), (9, 6), (10, 8)]))
    [(5, 6, 3), (9, 9, 3), (10, 10, 2)]
    """
    current: Held | None = None
    for row_id, record in rows:
        offset = row_id - record
        if current is not None and offset == current[2] and row_id == current[1] + 1:
            current = (current[0], row_id, offset)
            continue
        if current is not None:
            yield current
        current = (row_id, row_id, offset)
    if current is not None:
        yield current
