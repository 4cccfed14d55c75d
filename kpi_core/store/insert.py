"""Writing the vectors of a batch as rows, portion by portion."""

from __future__ import annotations

import sys
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from kpi_core.errors import RefusedDefinition
from kpi_core.source import RowBatch
from kpi_core.store.rows import RowTable, decimal_text, sql_type
from kpi_core.store.sql import composed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kpi_core.store.columns import ColumnPlan
    from kpi_core.store.data_file import Store

Cell = TypeVar("Cell")
CHUNK = 20_000
STAMP_BYTES = 8
PRINT_BYTES = 16


def insert_rows(
    store: Store,
    table: RowTable,
    batch: RowBatch,
    plans: Sequence[ColumnPlan],
    ids: Sequence[int],
    places: Sequence[int],
) -> None:
    """Add the rows at the given places of a batch as current versions with the given new ids.

    Raises:
        RefusedDefinition: a number is too large to be kept.
    """
    names = [quoted(plan.stored.sql_name) for plan in plans]
    head = composed(
        "INSERT INTO {rows} ({names}) VALUES ({marks})",
        rows=quoted(table.name),
        names=", ".join(["_id", "_current", "_key", "_content", "_day", *names]),
        marks=", ".join(["?", "1", *["?"] * (len(names) + 3)]),
    )
    try:
        for start in range(0, len(places), CHUNK):
            part = slice(start, start + CHUNK)
            store.many(head, chunk_rows(batch, plans, ids[part], places[part]))
    except OverflowError as error:
        raise too_large() from error


def too_large() -> RefusedDefinition:
    """Say that a number does not fit."""
    return RefusedDefinition("A number in this file is too large to be kept.", "Look at its largest cells.")


def chunk_rows(
    batch: RowBatch, plans: Sequence[ColumnPlan], ids: Sequence[int], places: Sequence[int]
) -> Iterator[tuple[object, ...]]:
    """Lay the vectors of a portion side by side as rows."""
    days = ["" if day is None else day for day in taken(batch.dates, places)]
    cells = (fitted(plan, taken(batch.cells[plan.incoming.name], places)) for plan in plans)
    return zip(ids, stamps(taken(batch.keys, places)), stamps(taken(batch.contents, places)), days, *cells, strict=True)


def taken(vector: Sequence[Cell], places: Sequence[int]) -> Sequence[Cell]:
    """Take some places of a vector as plain Python values; a run of places is one slice."""
    first, last = places[0], places[-1]
    if last - first + 1 == len(places):
        part = vector[first : last + 1]
        plain: Callable[[], list[Cell]] | None = getattr(part, "tolist", None)
        return part if plain is None else plain()
    return [vector[place] for place in places]


def fitted(plan: ColumnPlan, cells: Sequence[object]) -> Sequence[object]:
    """Bring cells into the unit and type of the stored column."""
    if plan.to_text and sql_type(plan.incoming.type) == "INTEGER":
        scale = plan.incoming.scale
        return [decimal_text(cell, scale) if isinstance(cell, int) else cell for cell in cells]
    if plan.lift:
        factor = 10**plan.lift
        return [cell * factor if isinstance(cell, int) else cell for cell in cells]
    return cells


def stamps(prints: Sequence[bytes]) -> list[int]:
    """Shorten fingerprints to whole numbers of 64 bits: among a million rows two are alike once in 37 million files.

    >>> stamps([bytes(16), bytes(8)])
    [0, 0]
    """
    joined = b"".join(prints)
    if len(joined) == PRINT_BYTES * len(prints) and {len(each) for each in prints} == {PRINT_BYTES}:
        # All at once: one by one this would cost as much as half the writing
        return memoryview(joined).cast("q").tolist()[::2]
    return [int.from_bytes(short(each), sys.byteorder, signed=True) for each in prints]


def short(each: bytes) -> bytes:
    """Take the first bytes of a fingerprint, or make one of whatever else recognises a row."""
    if len(each) in {STAMP_BYTES, PRINT_BYTES}:
        return each[:STAMP_BYTES]
    return blake2b(each, digest_size=STAMP_BYTES).digest()
