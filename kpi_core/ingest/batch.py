"""The rows of a file with what recognises each of them again: the hand-over to the store."""

from __future__ import annotations

import hashlib
from array import array
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kpi_core.source import ColumnRole, Covers, Recognition, RowBatch
from kpi_core.vector import different

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kpi_core.ingest.report import ColumnsReading
    from kpi_core.ingest.texts import Texts
    from kpi_core.source import Recipe

    Vectors = Sequence[Texts]
    Prints = npt.NDArray[np.uint64]


PRINT_BITS: Final = 56


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
    where = np.asarray(used, dtype=np.int64)
    kept = tuple(vectors) if whole else tuple(vector.take(where) for vector in vectors)
    by_name = dict(zip(names, kept, strict=True))
    columns = tuple(column for column in reading.types if _is_stored(column.name, column.role, recipe))
    understanding = _understanding(reading, columns)
    if recipe.recognition is Recognition.KEY and recipe.key:
        key = [by_name[name] for name in recipe.key]
        keys = near(_keyed(key, kept), key[0])
        contents = fingerprints([by_name[column.name] for column in columns], understanding)
    else:
        keys = near(_numbered(fingerprints(kept, "row")), kept[0])
        # For these the raw row says all but how it was read
        contents = keys ^ np.uint64(_number(understanding))
    rows = records if whole else array("q", np.asarray(records, dtype=np.int64)[where].tobytes())
    cells = {column.name: reading.cells[column.name] for column in columns}
    dated = next((column for column in reading.columns if column.name == reading.date_column), None)
    whole_months = dated is not None and dated.date_format is not None and "%d" not in dated.date_format
    covers = covers_of(reading.dates, whole_months=whole_months)
    return RowBatch(columns, cells, _whole_numbers(keys), _whole_numbers(contents), rows, reading.dates, covers)


def covers_of(days: Sequence[str | None], *, whole_months: bool = False) -> Covers | None:
    """Cover the first to the last day, or to its month's end where the rows name months; None without days.

    >>> covers_of(["2026-10-03", None, "2026-10-31"]).end.isoformat()
    '2026-11-01'
    """
    known = different(days)
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


def fingerprints(vectors: Vectors, salt: str) -> Prints:
    """Fingerprint each row of some columns in 64 bits, the same for the same texts in any file and version.

    Each text is hashed once, however many rows hold it; what a row holds is added up, each column times an odd number
    of its own, so that rows which differ in any column differ in their sum.

    >>> from kpi_core.ingest.texts import texts_of
    >>> one, other = fingerprints([texts_of(["a", "a"]), texts_of(["b", "c"])], "")
    >>> int(one) == int(other)
    False
    """
    total = np.zeros(len(vectors[0]) if vectors else 0, dtype=np.uint64)
    for place, vector in enumerate(vectors, start=1):
        total += vector.stamps() * np.uint64(_odd(place))
    return _stirred(total + np.uint64(_number(salt)))


def near(prints: Prints, vector: Texts) -> Prints:
    """Bring fingerprints of rows near to each other whose text begins alike: it makes their first bits, 56 are left.

    Order numbers of one month begin alike, and so do its days: the month lies together in the store's index. Spread all
    over it, twenty thousand rows would touch each of its pages.
    """
    return vector.beginnings() << np.uint64(PRINT_BITS) | prints >> np.uint64(64 - PRINT_BITS)


def _number(text: str) -> int:
    """Make 64 bits of a text."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _odd(place: int) -> int:
    """Give each column by its place an odd number to multiply with."""
    return _number(f"column {place}") | 1


def _stirred(sums: Prints) -> Prints:
    """Spread sums over all 64 bits (the last step of SplitMix64)."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        sums ^= sums >> np.uint64(shift)
        sums *= np.uint64(factor)
    return sums ^ (sums >> np.uint64(31))


def _keyed(key: Vectors, kept: Vectors) -> Prints:
    """Fingerprint the key of each row; a row without any is told by all it holds, so that none replaces another."""
    keys = fingerprints(key, "key")
    where = np.flatnonzero(~np.logical_or.reduce([vector.filled() for vector in key]))
    if where.size:
        keys[where] = _numbered(fingerprints([vector.take(where) for vector in kept], "row"))
    return keys


def _numbered(prints: Prints) -> Prints:
    """Tell equal rows apart by their count: two identical coffees on one day stay two."""
    ordered = np.sort(prints)
    if (ordered[1:] != ordered[:-1]).all():
        return prints
    before = pd.Series(prints).groupby(prints).cumcount().to_numpy().astype(np.uint64)
    return np.where(before == 0, prints, _stirred(prints + before * np.uint64(_odd(0))))


def _whole_numbers(prints: Prints) -> Sequence[int]:
    """Hand fingerprints over as whole numbers with a sign, as SQLite keeps them."""
    return array("q", prints.tobytes())


def _is_stored(name: str, role: ColumnRole, recipe: Recipe) -> bool:
    """Keep a column out of the store where it is personal, unless it is needed hashed or as the key."""
    return role is not ColumnRole.PERSONAL or name in recipe.hashed or name in recipe.key


def _understanding(reading: ColumnsReading, columns: Sequence[object]) -> str:
    """Write down how the cells were read: the same text read differently is a changed row."""
    formats = [(column.name, column.type.value, column.date_format) for column in reading.columns]
    return repr((columns, formats, reading.decimal, reading.day_first))
