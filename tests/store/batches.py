"""Batches made by hand, as reading a file would make them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b

from kpi_core.source import Column, ColumnRole, ColumnType, Covers, Recipe, Recognition, RowBatch
from kpi_core.store.data_file import Store
from kpi_core.store.imports import Upload
from kpi_core.store.rows import decimal_text, row_table
from kpi_core.store.sql import composed, quoted

NOW = datetime(2025, 11, 3, 9, 0)


def fingerprint(*parts: object) -> int:
    """Stand for a row in 64 bits."""
    digest = blake2b("\x1f".join(str(part) for part in parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def batch(
    rows: Sequence[Mapping[str, str | None]],
    columns: Mapping[str, ColumnType],
    *,
    key: Sequence[str] = (),
    covers: Covers | None = None,
    first_row: int = 2,
    scale: int = 2,
) -> RowBatch:
    """Make a batch; the day of a row is its `date`. Without key columns equal rows are told apart by their count."""
    cells: dict[str, list[object]] = {name: [] for name in columns}
    for row in rows:
        for name, kind in columns.items():
            cells[name].append(cell(row.get(name), kind, scale))
    days = [(row.get("date") or "")[:10] or None for row in rows]
    contents = [fingerprint(*row.values()) for row in rows]
    if key:
        keys = [fingerprint(*(row[name] for name in key)) for row in rows]
    else:
        seen: Counter[int] = Counter()
        keys = []
        for content in contents:
            seen[content] += 1
            keys.append(fingerprint(content, seen[content]))
    return RowBatch(
        columns=tuple(
            Column(name, kind, ColumnRole.IGNORE, scale if kind is ColumnType.NUMBER else 0)
            for name, kind in columns.items()
        ),
        cells=cells,
        keys=keys,
        contents=contents,
        rows=range(first_row, first_row + len(rows)),
        dates=days,
        covers=covers if covers is not None else spanned(days),
        stated_cover=covers is not None,
    )


def cell(text: str | None, kind: ColumnType, scale: int) -> object:
    """Read a cell as its type says; blank is missing."""
    if text is None or text == "":
        return None
    if kind is ColumnType.NUMBER:
        return int(Decimal(text).scaleb(scale))
    return text


def spanned(days: Sequence[str | None]) -> Covers | None:
    """Cover the first to the last day."""
    known = sorted(date.fromisoformat(day) for day in days if day)
    return Covers(known[0], date.fromordinal(known[-1].toordinal() + 1)) if known else None


def upload(rows: RowBatch, name: str = "orders.csv", *, file_hash: str = "", **answers: str) -> Upload:
    """Make an upload of a batch; files are the same only where `file_hash` says so or their rows are the same."""
    unlike = fingerprint(*rows.contents, *rows.rows)
    return Upload(
        rows, name, file_hash or str(unlike), answers={name.replace("_", "-"): it for name, it in answers.items()}
    )


def recipe(recognition: Recognition, *, key: Sequence[str] = (), date_column: str | None = "date") -> Recipe:
    """Make a recipe that recognises rows in the given way."""
    return Recipe(name="test", headers=(), date=date_column, recognition=recognition, key=tuple(key))


def rows_of(store: Store, source_id: int) -> list[dict[str, str | None]]:
    """Read the rows that count, as texts."""
    table = row_table(store, source_id)
    columns = ", ".join(quoted(column.sql_name) for column in table.columns) or "NULL"
    statement = "SELECT {columns} FROM {rows} WHERE _current = 1 ORDER BY _id"
    found = store.all(composed(statement, columns=columns, rows=quoted(table.name)))
    return [
        {
            column.meaning.name: text(cell, column.meaning.scale)
            for column, cell in zip(table.columns, row, strict=False)
        }
        for row in found
    ]


def text(cell: object, scale: int) -> str | None:
    """Write a stored cell as text; a blank one is None."""
    if isinstance(cell, int):
        return decimal_text(cell, scale)
    return None if cell is None else str(cell)
