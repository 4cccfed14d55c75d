"""The rows of a file with what recognises each of them again: the hand-over to the store."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from kpi_core.source import ColumnRole, Covers, Recognition, RowBatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kpi_core.ingest.report import ColumnsReading
    from kpi_core.source import Recipe

    Vectors = Sequence[pd.Series[str]]

FEW: Final = 2_000
"""So few rows are fingerprinted sooner than a database is opened; both ways give the same bytes."""
PARTED: Final = "\x1f"


def batch_of(
    names: Sequence[str],
    vectors: Vectors,
    records: Sequence[int],
    reading: ColumnsReading,
    recipe: Recipe,
) -> RowBatch:
    """Build the batch of the used rows, covering the first to the last of their days.

    Args:
        names: of the columns, those of `vectors`.
        vectors: the raw texts of all rows that were read, personal columns too.
        records: the record number of each.
        reading: what the columns hold; `used` are positions in the vectors.
        recipe: how this kind of file recognises its rows.
    """
    used = reading.used
    whole = len(used) == len(records)
    kept = tuple(vectors) if whole else tuple(vector.iloc[used] for vector in vectors)
    by_name = dict(zip(names, kept, strict=True))
    columns = tuple(column for column in reading.types if _is_stored(column.name, column.role, recipe))
    understanding = _understanding(reading, columns)
    if recipe.recognition is Recognition.KEY and recipe.key:
        keys = _keyed([by_name[name] for name in recipe.key], kept)
        contents = fingerprints([by_name[column.name] for column in columns], understanding)
    else:
        keys = _numbered(fingerprints(kept, "row"))
        contents = _mixed(keys, understanding)
    rows = records if whole else [records[index] for index in used]
    cells = {column.name: reading.cells[column.name] for column in columns}
    dated = next((column for column in reading.columns if column.name == reading.date_column), None)
    whole_months = dated is not None and dated.date_format is not None and "%d" not in dated.date_format
    covers = covers_of(reading.dates, whole_months=whole_months)
    return RowBatch(columns, cells, keys, contents, rows, reading.dates, covers)


def covers_of(days: Sequence[str | None], *, whole_months: bool = False) -> Covers | None:
    """Cover the first to the last day, or to its month's end where the rows name months; None without days.

    >>> covers_of(["2026-10-03", None, "2026-10-31"]).end.isoformat()
    '2026-11-01'
    """
    known = {day for day in days if day is not None}
    if not known:
        return None
    first, last = date.fromisoformat(min(known)[:10]), date.fromisoformat(max(known)[:10])
    if whole_months:
        last = last.replace(day=monthrange(last.year, last.month)[1])
    return Covers(first, min(last, date.max - timedelta(days=1)) + timedelta(days=1))


def stated(batch: RowBatch, covers: Covers | None) -> RowBatch:
    """Let a batch cover what the file states, if all of its rows lie within."""
    own = batch.covers
    if covers is None or (own is not None and (own.start < covers.start or own.end > covers.end)):
        return batch
    return replace(batch, covers=covers, stated_cover=True)


def fingerprints(vectors: Vectors, salt: str) -> list[bytes]:
    """Fingerprint each row of some columns: 16 bytes, the same for the same texts in any file and version.

    >>> import pandas as pd
    >>> one, other = fingerprints([pd.Series(["a", "a"]), pd.Series(["b", "c"])], "")
    >>> len(one), one == other
    (16, False)
    """
    if not vectors:
        return []
    if len(vectors[0]) <= FEW:
        rows = zip(*(vector.tolist() for vector in vectors), strict=True)
        return [_digest(PARTED.join((salt, *row))) for row in rows]
    import duckdb  # noqa: PLC0415 -- small files need not wait for half a second of loading

    names = [f"c{index}" for index in range(len(vectors))]
    table = pa.table({name: pa.array(vector) for name, vector in zip(names, vectors, strict=True)})
    with duckdb.connect() as connection:
        found = connection.from_arrow(table)
        parts = ", ".join(names)
        quoted = salt.replace("'", "''")
        hashed = found.project(f"unhex(md5(concat_ws(chr(31), '{quoted}', {parts}))) as print")
        made: list[bytes] = hashed.to_arrow_table().column("print").to_pylist()
        return made


def _keyed(key: Vectors, kept: Vectors) -> list[bytes]:
    """Fingerprint the key of each row; a row without any is told by all it holds, so that none replaces another."""
    keys = fingerprints(key, "key")
    blank = np.logical_and.reduce([(vector == "").to_numpy(dtype=bool) for vector in key])
    where = np.flatnonzero(blank)
    for at, own in zip(where, _numbered(fingerprints([vector.iloc[where] for vector in kept], "row")), strict=True):
        keys[at] = own
    return keys


def _digest(text: str) -> bytes:
    return hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()


def _numbered(prints: list[bytes]) -> list[bytes]:
    """Tell equal rows apart by their count: two identical coffees on one day stay two."""
    if len(set(prints)) == len(prints):
        return prints
    seen: Counter[bytes] = Counter()
    numbered = []
    for each in prints:
        seen[each] += 1
        numbered.append(each if seen[each] == 1 else _digest(f"{each.hex()} {seen[each]}"))
    return numbered


def _mixed(prints: list[bytes], understanding: str) -> list[bytes]:
    """Mix the way of reading into fingerprints of whole rows: for these the raw row says all else."""
    salt = np.frombuffer(_digest(understanding), dtype=np.uint8)
    mixed = (np.frombuffer(b"".join(prints), dtype=np.uint8).reshape(-1, len(salt)) ^ salt).tobytes()
    return [mixed[start : start + len(salt)] for start in range(0, len(mixed), len(salt))]


def _is_stored(name: str, role: ColumnRole, recipe: Recipe) -> bool:
    """Keep a column out of the store where it is personal, unless it is needed hashed or as the key."""
    return role is not ColumnRole.PERSONAL or name in recipe.hashed or name in recipe.key


def _understanding(reading: ColumnsReading, columns: Sequence[object]) -> str:
    """Write down how the cells were read: the same text read differently is a changed row."""
    formats = [(column.name, column.type.value, column.date_format) for column in reading.columns]
    return repr((columns, formats, reading.decimal, reading.day_first))
