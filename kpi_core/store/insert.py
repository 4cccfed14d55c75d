"""Writing the vectors of a batch as rows, portion by portion."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kpi_core.errors import RefusedDefinition
from kpi_core.source import RowBatch
from kpi_core.store.rows import RowTable, decimal_text, sql_type
from kpi_core.store.sql import composed, quoted
from kpi_core.vector import some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.store.columns import ColumnPlan
    from kpi_core.store.data_file import Store

CHUNK = 20_000
TOGETHER = 32
"""Rows that one statement adds: a quarter faster than row by row, and few enough for 400 columns."""
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
            cells = iter(laid_out(batch, plans, ids[part], places[part]))
            for size, count in zip((TOGETHER, 1), divmod(len(places[part]), TOGETHER), strict=True):
                lines = zip(*[cells] * (size * (OWN + len(plans))), strict=False)
                store.many(statement(table, plans, size), islice(lines, count))
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


def too_large() -> RefusedDefinition:
    """Say that a number does not fit."""
    return RefusedDefinition("A number in this file is too large to be kept.", "Look at its largest cells.")


def laid_out(batch: RowBatch, plans: Sequence[ColumnPlan], ids: Sequence[int], places: Sequence[int]) -> list[object]:
    """Lay the vectors of a portion side by side: the cells of row after row."""
    days = ["" if day is None else day for day in some(batch.dates, places)]
    cells = (fitted(plan, some(batch.cells[plan.incoming.name], places)) for plan in plans)
    vectors = (ids, some(batch.keys, places), some(batch.contents, places), days, *cells)
    made: list[object] = [None] * (len(vectors) * len(places))
    for at, vector in enumerate(vectors):
        made[at :: len(vectors)] = vector
    return made


def fitted(plan: ColumnPlan, cells: Sequence[object]) -> Sequence[object]:
    """Bring cells into the unit and type of the stored column."""
    if plan.to_text and sql_type(plan.incoming.type) == "INTEGER":
        scale = plan.incoming.scale
        return [decimal_text(cell, scale) if isinstance(cell, int) else cell for cell in cells]
    if plan.lift:
        factor = 10**plan.lift
        return [cell * factor if isinstance(cell, int) else cell for cell in cells]
    return cells
