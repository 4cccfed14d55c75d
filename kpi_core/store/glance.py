"""Short looks into the rows of a source, for picking columns and values in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.store.rows import row_table
from kpi_core.store.sql import named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kpi_core.source import Column
    from kpi_core.store.data_file import Store

MOST_TEXTS = 200


def row_count(store: Store, source_id: int) -> int:
    """Count the rows of a source that count now."""
    table = row_table(store, source_id)
    found = store.one(named("SELECT count(*) FROM {table} WHERE _current = 1", table=table.name))
    return int(str(found[0])) if found else 0


def undated_count(store: Store, source_id: int) -> int:
    """Count the rows of a source that count now but on no day."""
    table = row_table(store, source_id)
    found = store.one(named("SELECT count(*) FROM {table} WHERE _current = 1 AND _day = ''", table=table.name))
    return int(str(found[0])) if found else 0


def texts_of(store: Store, source_id: int, column: str) -> tuple[str, ...]:
    """List the different texts of a column, the commonest first, at most MOST_TEXTS of them."""
    table = row_table(store, source_id)
    stored = table.column(column)
    if stored is None:
        return ()
    statement = named(
        "SELECT {column} FROM {table} WHERE _current = 1 AND {column} IS NOT NULL "
        "GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT ?",
        column=stored.sql_name,
        table=table.name,
    )
    return tuple(str(text) for (text,) in store.all(statement, (MOST_TEXTS,)))


def has_rows(store: Store, source_id: int) -> bool:
    """Tell whether any row of a source counts now."""
    table = row_table(store, source_id)
    return store.one(named("SELECT 1 FROM {table} WHERE _current = 1 LIMIT 1", table=table.name)) is not None


def days_with_rows(store: Store, source_id: int, days: Iterable[date]) -> int:
    """Count those of some days on which any row of a source counts now: one seek a day."""
    table = row_table(store, source_id)
    statement = named("SELECT 1 FROM {table} WHERE _day = ? AND _current = 1 LIMIT 1", table=table.name)
    return sum(store.one(statement, (day.isoformat(),)) is not None for day in days)


def newest_amounts(store: Store, source_id: int, column: Column, most: int) -> tuple[list[int], int]:
    """Give the amounts stored last under a column's name, without zeros; none where it held another type.

    They come in units of 10**-scale, and the scale beside them.
    """
    table = row_table(store, source_id)
    stored = table.column(column.name)
    if stored is None or stored.meaning.type is not column.type:
        return [], 0
    statement = named(
        "SELECT {column} FROM {table} WHERE _current = 1 AND {column} <> 0 ORDER BY _id DESC LIMIT ?",
        column=stored.sql_name,
        table=table.name,
    )
    return [int(str(amount)) for (amount,) in store.all(statement, (most,))], stored.meaning.scale
