"""Writing the vectors of a batch as rows, portion by portion."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kpi_core.errors import RefusedDefinition
from kpi_core.source import RowBatch
from kpi_core.store.rows import RowTable, decimal_text, sql_type
from kpi_core.store.sql import composed, named, quoted
from kpi_core.vector import some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.store.columns import ColumnPlan
    from kpi_core.store.data_file import Store

CHUNK = 20_000
TOGETHER = 32
"""Rows that one statement adds: a quarter faster than row by row, and few enough for 400 columns."""


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
    counted = isinstance(ids, range) and bool(ids) and follows(store, table, ids[0])
    try:
        for start in range(0, len(places), CHUNK):
            part = slice(start, start + CHUNK)
            vectors = laid_out(batch, plans, places[part])
            if not counted:
                vectors["_id"] = ids[part]
            lay_in(store, table, vectors)
    except OverflowError as error:
        raise too_large() from error


def follows(store: Store, table: RowTable, row_id: int) -> bool:
    """Tell whether SQLite would give the next row this id by itself, which spares handing it over."""
    found = store.one(named("SELECT coalesce(max(_id), 0) + 1 FROM {rows}", rows=table.name))
    return found == (row_id,)


def laid_out(batch: RowBatch, plans: Sequence[ColumnPlan], places: Sequence[int]) -> dict[str, Sequence[object]]:
    """Give the vectors of a portion by the columns that they go into."""
    days = ["" if day is None else day for day in some(batch.dates, places)]
    own = {"_key": some(batch.keys, places), "_content": some(batch.contents, places), "_day": days}
    cells = {plan.stored.sql_name: fitted(plan, some(batch.cells[plan.incoming.name], places)) for plan in plans}
    return {**own, **cells}


def lay_in(store: Store, table: RowTable, vectors: dict[str, Sequence[object]]) -> None:
    """Add rows, several by one statement. A column that holds the days once more is not handed over twice."""
    days = vectors["_day"]
    twins = {name for name, cells in vectors.items() if cells is days or (cells[0] == days[0] and cells == days)}
    handed = ["_day", *(name for name in vectors if name not in twins)]
    made: list[object] = [None] * (len(handed) * len(days))
    for at, name in enumerate(handed):
        made[at :: len(handed)] = vectors[name]
    cells = iter(made)
    for size, count in zip((TOGETHER, 1), divmod(len(days), TOGETHER), strict=True):
        lines = zip(*[cells] * (size * len(handed)), strict=False)
        places = [handed.index("_day" if name in twins else name) for name in vectors]
        store.many(statement(table, list(vectors), places, len(handed), size), islice(lines, count))


def statement(table: RowTable, names: Sequence[str], places: Sequence[int], width: int, rows: int) -> str:
    """Write the statement that adds so many rows at once, each of which hands over `width` cells.

    OR FAIL: whatever fails takes the whole transaction back, so that SQLite need not keep a copy of every page that a
    statement changes, to take back that one statement alone.
    """
    marks = (", ".join(f"?{row * width + place + 1}" for place in places) for row in range(rows))
    return composed(
        "INSERT OR FAIL INTO {rows} (_current, {names}) VALUES {marks}",
        rows=quoted(table.name),
        names=", ".join(quoted(name) for name in names),
        marks=", ".join(f"(1, {each})" for each in marks),
    )


def too_large() -> RefusedDefinition:
    """Say that a number does not fit."""
    return RefusedDefinition("A number in this file is too large to be kept.", "Look at its largest cells.")


def fitted(plan: ColumnPlan, cells: Sequence[object]) -> Sequence[object]:
    """Bring cells into the unit and type of the stored column."""
    if plan.to_text and sql_type(plan.incoming.type) == "INTEGER":
        scale = plan.incoming.scale
        return [decimal_text(cell, scale) if isinstance(cell, int) else cell for cell in cells]
    if plan.lift:
        factor = 10**plan.lift
        return [cell * factor if isinstance(cell, int) else cell for cell in cells]
    return cells
