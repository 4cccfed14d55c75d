"""How the columns of a source grow with its files: new ones are added, numbers gain decimals, types stay.

`plan_columns` decides without writing; `alter_columns` writes what was decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kpi_core.errors import RefusedDefinition
from kpi_core.source import Column, ColumnType, RowBatch
from kpi_core.store.rows import (
    OWN_NAMES,
    RowTable,
    StoredColumn,
    decimal_text,
    plural,
    row_table,
    same_header,
    sql_type,
)
from kpi_core.store.sql import composed, named, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kpi_core.store.data_file import Store

LONGEST_NAME = 120


@dataclass(frozen=True)
class ColumnPlan:
    """How one column of a batch is kept: in which column, as which type, and its numbers times 10**lift."""

    incoming: Column
    stored: StoredColumn
    is_new: bool = False
    grow: int = 0
    """Powers of ten by which the numbers already stored must grow."""
    lift: int = 0
    widen: bool = False
    """The stored numbers become text: the column holds words from now on."""
    to_text: bool = False
    """The incoming values become text, because the column holds words."""


def plan_columns(table: RowTable, batch: RowBatch, used: Collection[str]) -> tuple[ColumnPlan, ...]:
    """Decide where each column of a batch goes. `used`: headers that recipe and KPIs need; their type never changes.

    Raises:
        RefusedDefinition: a used column holds another type than before.
    """
    taken = [column.sql_name for column in table.columns]
    plans: list[ColumnPlan] = []
    for column in batch.columns:
        stored = table.column(column.name)
        if stored is None:
            sql_name = free_name(column.name, taken)
            taken.append(sql_name)
            place = StoredColumn(column, len(taken) - 1, sql_name)
            plans.append(ColumnPlan(column, place, is_new=True))
        else:
            is_used = any(same_header(column.name, name) for name in used)
            plans.append(plan_known(stored, column, batch.cells[column.name], is_used=is_used))
    return tuple(plans)


def plan_known(stored: StoredColumn, column: Column, cells: Sequence[object], *, is_used: bool) -> ColumnPlan:
    """Fit a column of a file to the one that is stored under its name."""
    old = stored.meaning
    if old.type is column.type:
        grow, lift = max(column.scale - old.scale, 0), max(old.scale - column.scale, 0)
        return ColumnPlan(column, stored, grow=grow, lift=lift)
    is_words = {old.type, column.type} == {ColumnType.TEXT, ColumnType.BOOLEAN}
    if is_words or all(cell is None for cell in cells):
        return ColumnPlan(column, stored)
    if is_used:
        raise changed_type(old, column)
    return ColumnPlan(column, stored, widen=old.type is not ColumnType.TEXT, to_text=column.type is not ColumnType.TEXT)


def changed_type(old: Column, new: Column) -> RefusedDefinition:
    """Say that a column that is in use holds something else than before."""
    return RefusedDefinition(
        f'The column "{old.name}" held {plural(old.type)} until now and holds {plural(new.type)} in this file.',
        "Look whether it is the right file, or export it with the same settings as before.",
    )


def too_many_digits(column: Column) -> RefusedDefinition:
    """Say that stored numbers cannot take more decimals."""
    return RefusedDefinition(
        f'"{column.name}" holds numbers too large to be kept with that many decimals.', "Export it with fewer decimals."
    )


def free_name(header: str, taken: Sequence[str]) -> str:
    """Make a column name from a header: printable, not too long, and unlike every other one.

    >>> free_name("Total", ["total", "_id"]), free_name(" ", [])
    ('Total 2', 'column')
    """
    clean = "".join(char if char.isprintable() else " " for char in header).strip()[:LONGEST_NAME] or "column"
    used = {name.lower() for name in chain(taken, OWN_NAMES)}
    name, number = clean, 2
    while name.lower() in used:
        name, number = f"{clean} {number}", number + 1
    return name


def alter_columns(store: Store, table: RowTable, plans: Iterable[ColumnPlan]) -> None:
    """Make room for a batch: add columns, grow the scale of stored numbers, turn unused numbers into words."""
    for plan in plans:
        if plan.is_new:
            add_column(store, table, plan.stored)
        elif plan.widen:
            widen_column(store, table, plan.stored)
        elif plan.grow:
            grow_column(store, table, plan.stored, plan.grow)


def add_column(store: Store, table: RowTable, column: StoredColumn) -> None:
    """Add a column of a file to the table."""
    kind = sql_type(column.meaning.type)
    add = composed(
        "ALTER TABLE {rows} ADD COLUMN {c} {kind}", rows=quoted(table.name), c=quoted(column.sql_name), kind=kind
    )
    store.run(add)
    meaning = column.meaning
    store.run(
        "INSERT INTO source_columns (source_id, position, name, sql_name, type, role, scale, currency)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            table.source_id,
            column.position,
            meaning.name,
            column.sql_name,
            meaning.type,
            meaning.role,
            meaning.scale,
            meaning.currency,
        ),
    )


def grow_column(store: Store, table: RowTable, column: StoredColumn, powers: int) -> None:
    """Write stored numbers in smaller units, because a file brought more decimals.

    Raises:
        RefusedDefinition: a stored number is too large for the smaller unit.
    """
    names = {"rows": table.name, "c": column.sql_name}
    factor = 10**powers
    limit = (2**63 - 1) // factor
    if store.one(named("SELECT 1 FROM {rows} WHERE abs({c}) > ?", **names), (limit,)) is not None:
        raise too_many_digits(column.meaning)
    store.run(named("UPDATE {rows} SET {c} = {c} * ?", **names), (factor,))
    store.run(
        "UPDATE source_columns SET scale = scale + ? WHERE source_id = ? AND position = ?",
        (powers, table.source_id, column.position),
    )


def widen_column(store: Store, table: RowTable, column: StoredColumn) -> None:
    """Turn an unused column of numbers or dates into words."""
    rows, kept, scale = table.name, column.sql_name, column.meaning.scale
    before = kept + " before"
    store.run(named("ALTER TABLE {rows} RENAME COLUMN {c} TO {before}", rows=rows, c=kept, before=before))
    store.run(named("ALTER TABLE {rows} ADD COLUMN {c} TEXT", rows=rows, c=kept))
    if sql_type(column.meaning.type) == "INTEGER":
        store.conn.create_function("decimal_text", 2, decimal_text, deterministic=True)
        store.run(
            named("UPDATE {rows} SET {c} = decimal_text({before}, ?)", rows=rows, c=kept, before=before), (scale,)
        )
    else:
        store.run(named("UPDATE {rows} SET {c} = {before}", rows=rows, c=kept, before=before))
    store.run(named("ALTER TABLE {rows} DROP COLUMN {before}", rows=rows, before=before))
    store.run(
        "UPDATE source_columns SET type = ?, scale = 0, currency = NULL WHERE source_id = ? AND position = ?",
        (ColumnType.TEXT, table.source_id, column.position),
    )


def say_currencies(store: Store, source_id: int, batch: RowBatch, *, anew: bool) -> None:
    """Keep the currency that a file says of its columns of numbers, where none was known.

    `anew`: no row was there before, so that what was known goes.
    """
    table = row_table(store, source_id)
    for column in batch.columns:
        stored = table.column(column.name)
        if stored is None or stored.meaning.type is not ColumnType.NUMBER or column.type is not ColumnType.NUMBER:
            continue
        if anew or (stored.meaning.currency is None and any(batch.cells[column.name])):
            store.run(
                "UPDATE source_columns SET currency = ? WHERE source_id = ? AND position = ?",
                (column.currency, source_id, stored.position),
            )
