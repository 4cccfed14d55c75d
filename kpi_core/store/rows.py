"""The table of rows of one source, and how its columns grow with the files.

`rows_<source id>` holds *versions* of rows: `_key` recognises the row again, `_content` tells one version from
another, `_current` marks the version that counts now, `_day` is the row's day (empty text where it has none). Then
come the columns of the files under their own names: every stored column is a real, typed one, so a new KPI over any
of them needs nothing new, and any SQLite tool shows them. A number is an integer in units of 10**-scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from kpi_core.errors import RefusedDefinition
from kpi_core.source import Column, ColumnRole, ColumnType, RowBatch
from kpi_core.store.sql import composed, named, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from kpi_core.store.data_file import Store

Cell = TypeVar("Cell")

OWN_NAMES = ("_id", "_key", "_content", "_current", "_day", "rowid", "oid", "_rowid_")
CHUNK = 20_000
LONGEST_NAME = 120


@dataclass(frozen=True)
class StoredColumn:
    """A column as it is kept: what it means, where it stands, and its name in the table."""

    meaning: Column
    position: int
    sql_name: str


@dataclass(frozen=True)
class RowTable:
    """The table of rows of a source."""

    source_id: int
    columns: tuple[StoredColumn, ...]

    @property
    def name(self) -> str:
        """Name the table."""
        return table_name(self.source_id)

    def column(self, name: str) -> StoredColumn | None:
        """Find a column by its header; outer blanks and letter case do not matter where that is unambiguous."""
        exact = [column for column in self.columns if column.meaning.name == name]
        alike = [column for column in self.columns if same_header(column.meaning.name, name)]
        return exact[0] if exact else alike[0] if len(alike) == 1 else None


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


def table_name(source_id: int) -> str:
    """Name the table of rows of a source."""
    return f"rows_{source_id}"


def same_header(one: str, other: str) -> bool:
    """Tell whether two headers name the same column."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def create_rows(store: Store, source_id: int) -> None:
    """Make the empty table of rows of a source."""
    statement = """CREATE TABLE {rows} (
        _id INTEGER PRIMARY KEY, _key BLOB NOT NULL, _content BLOB NOT NULL,
        _current INTEGER NOT NULL, _day TEXT NOT NULL
    ) STRICT"""
    store.run(named(statement, rows=table_name(source_id)))
    create_indexes(store, source_id)


def create_indexes(store: Store, source_id: int) -> None:
    """Index the rows by what recognises them and by day."""
    name = table_name(source_id)
    store.run(named("CREATE INDEX IF NOT EXISTS {i} ON {rows} (_key)", i=f"{name}_key", rows=name))
    store.run(named("CREATE INDEX IF NOT EXISTS {i} ON {rows} (_day)", i=f"{name}_day", rows=name))


def drop_indexes(store: Store, source_id: int) -> None:
    """Take the indexes away while an empty table is filled: sorting once is faster than keeping order."""
    for end in ("key", "day"):
        store.run(named("DROP INDEX IF EXISTS {i}", i=f"{table_name(source_id)}_{end}"))


def drop_rows(store: Store, source_id: int) -> None:
    """Take the table of rows away."""
    store.run(named("DROP TABLE IF EXISTS {rows}", rows=table_name(source_id)))


def row_table(store: Store, source_id: int) -> RowTable:
    """Read what the table of rows of a source looks like."""
    found = store.all(
        "SELECT name, type, role, scale, currency, position, sql_name FROM source_columns"
        " WHERE source_id = ? ORDER BY position",
        (source_id,),
    )
    return RowTable(source_id, tuple(stored_column(row) for row in found))


def stored_column(row: tuple[object, ...]) -> StoredColumn:
    """Make a column from its row in `source_columns`."""
    name, kind, role, scale, currency, position, sql_name = row
    meaning = Column(
        str(name),
        ColumnType(str(kind)),
        ColumnRole(str(role)),
        int(str(scale)),
        None if currency is None else str(currency),
    )
    return StoredColumn(meaning, int(str(position)), str(sql_name))


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


def plural(kind: ColumnType) -> str:
    """Say what a column holds, in words."""
    match kind:
        case ColumnType.DATE:
            return "dates"
        case ColumnType.NUMBER:
            return "numbers"
        case ColumnType.TEXT:
            return "words"
        case ColumnType.DURATION:
            return "lengths of time"
        case ColumnType.BOOLEAN:
            return "yes and no"


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


def too_large() -> RefusedDefinition:
    """Say that a number does not fit."""
    return RefusedDefinition("A number in this file is too large to be kept.", "Look at its largest cells.")


def sql_type(kind: ColumnType) -> str:
    """Name the STRICT type that keeps a column's cells exactly."""
    match kind:
        case ColumnType.DATE | ColumnType.TEXT | ColumnType.BOOLEAN:
            return "TEXT"
        case ColumnType.NUMBER | ColumnType.DURATION:
            return "INTEGER"


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


def decimal_text(value: int | None, scale: int) -> str | None:
    """Write a stored integer as the decimal number it stands for.

    >>> decimal_text(-1250, 2), decimal_text(5, 3), decimal_text(7, 0), decimal_text(None, 2)
    ('-12.50', '0.005', '7', None)
    """
    if value is None:
        return None
    digits = f"{abs(value):0{scale + 1}d}"
    whole, decimals = digits[: len(digits) - scale], digits[len(digits) - scale :]
    return ("-" if value < 0 else "") + whole + ("." + decimals if decimals else "")


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


def chunk_rows(
    batch: RowBatch, plans: Sequence[ColumnPlan], ids: Sequence[int], places: Sequence[int]
) -> Iterator[tuple[object, ...]]:
    """Lay the vectors of a portion side by side as rows."""
    days = ["" if day is None else day for day in taken(batch.dates, places)]
    cells = (fitted(plan, taken(batch.cells[plan.incoming.name], places)) for plan in plans)
    return zip(ids, taken(batch.keys, places), taken(batch.contents, places), days, *cells, strict=True)


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
