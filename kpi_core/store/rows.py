"""The table of rows of one source, and how its columns grow with the files.

`rows_<source id>` holds *versions* of rows: `_key` recognises the row again, `_content` tells one version from
another (both are fingerprints), `_current` marks the version that counts now, `_day` is the row's day (empty text where
it has none). Then come the columns of the files under their own names: every stored column is a real, typed one, so a
new KPI over any of them needs nothing new, and any SQLite tool shows them. A number is an integer in units of
10**-scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kpi_core.source import Column, ColumnRole, ColumnType
from kpi_core.store.sql import named

if TYPE_CHECKING:
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


def table_name(source_id: int) -> str:
    """Name the table of rows of a source."""
    return f"rows_{source_id}"


def same_header(one: str, other: str) -> bool:
    """Tell whether two headers name the same column."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def create_rows(store: Store, source_id: int) -> None:
    """Make the empty table of rows of a source."""
    statement = """CREATE TABLE {rows} (
        _id INTEGER PRIMARY KEY, _key INTEGER NOT NULL, _content INTEGER NOT NULL,
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


def sql_type(kind: ColumnType) -> str:
    """Name the STRICT type that keeps a column's cells exactly."""
    match kind:
        case ColumnType.DATE | ColumnType.TEXT | ColumnType.BOOLEAN:
            return "TEXT"
        case ColumnType.NUMBER | ColumnType.DURATION:
            return "INTEGER"


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
