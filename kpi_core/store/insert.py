"""Writing the vectors of a batch as rows, portion by portion."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from kpi_core.errors import RefusedDefinition
from kpi_core.source import RowBatch
from kpi_core.store.rows import RowTable, decimal_text, sql_type
from kpi_core.store.sql import composed, quoted
from kpi_core.vector import some

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpi_core.store.columns import ColumnPlan
    from kpi_core.store.data_file import Store

CHUNK = 20_000
TOGETHER = 16
"""Rows that one statement adds: a fifth faster than row by row, and no more than 400 columns allow for."""
OWN = 4
"""Cells of a row beside those of its columns."""


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
    try:
        for start in range(0, len(places), CHUNK):
            part = slice(start, start + CHUNK)
            rows = chunk_rows(batch, plans, ids[part], places[part])
            sizes = divmod(len(places[part]), TOGETHER)
            for size, count in zip((TOGETHER, 1), sizes, strict=True):
                store.many(statement(table, plans, size), islice(side_by_side(rows, plans, size), count))
    except OverflowError as error:
        raise too_large() from error


def statement(table: RowTable, plans: Sequence[ColumnPlan], rows: int) -> str:
    """Write the statement that adds so many rows at once."""
    names = ["_id", "_key", "_content", "_day", *(quoted(plan.stored.sql_name) for plan in plans)]
    marks = "(1, " + ", ".join("?" * len(names)) + ")"
    return composed(
        "INSERT INTO {rows} (_current, {names}) VALUES {marks}",
        rows=quoted(table.name),
        names=", ".join(names),
        marks=", ".join([marks] * rows),
    )


def side_by_side(
    rows: Iterator[tuple[object, ...]], plans: Sequence[ColumnPlan], size: int
) -> Iterator[tuple[object, ...]]:
    """Lay the cells of so many rows in one line each."""
    cells = chain.from_iterable(rows)
    return zip(*[cells] * (size * (len(plans) + OWN)), strict=False)


def too_large() -> RefusedDefinition:
    """Say that a number does not fit."""
    return RefusedDefinition("A number in this file is too large to be kept.", "Look at its largest cells.")


def chunk_rows(
    batch: RowBatch, plans: Sequence[ColumnPlan], ids: Sequence[int], places: Sequence[int]
) -> Iterator[tuple[object, ...]]:
    """Lay the vectors of a portion side by side as rows."""
    days = ["" if day is None else day for day in some(batch.dates, places)]
    cells = (fitted(plan, some(batch.cells[plan.incoming.name], places)) for plan in plans)
    return zip(ids, some(batch.keys, places), some(batch.contents, places), days, *cells, strict=True)


def fitted(plan: ColumnPlan, cells: Sequence[object]) -> Sequence[object]:
    """Bring cells into the unit and type of the stored column."""
    if plan.to_text and sql_type(plan.incoming.type) == "INTEGER":
        scale = plan.incoming.scale
        return [decimal_text(cell, scale) if isinstance(cell, int) else cell for cell in cells]
    if plan.lift:
        factor = 10**plan.lift
        return [cell * factor if isinstance(cell, int) else cell for cell in cells]
    return cells
