"""A key that stands twice in one file: identical rows are one, different ones only the owner can explain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

from kpi_core.source import LeftOut, Question
from kpi_core.vector import some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.source import RowBatch

TWICE = "the same row stands twice in the file"
OLDER = "a later row of the file has the same key"
FURTHER = "a further line of"


class DuplicateKey(StrEnum):
    """What several different rows with the same key are."""

    EACH = "each"
    LAST = "last"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Unique:
    """A batch in which every key stands once, what was left out for that, or the question it takes first."""

    batch: RowBatch
    left_out: tuple[LeftOut, ...] = ()
    question: Question | None = None


def unique(batch: RowBatch, answer: DuplicateKey | None) -> Unique:
    """Make every key of a batch stand once."""
    import numpy as np  # noqa: PLC0415 -- whoever stores nothing need not wait for it

    ordered = np.sort(np.asarray(batch.keys, dtype=np.int64))
    if (ordered[1:] != ordered[:-1]).all():
        return Unique(batch)
    if answer is DuplicateKey.EACH:
        return Unique(numbered(batch))
    versions: dict[int, set[int]] = {}
    for key, content in zip(batch.keys, batch.contents, strict=True):
        versions.setdefault(key, set()).add(content)
    if answer is None and any(len(contents) > 1 for contents in versions.values()):
        return Unique(batch, question=question(batch, versions))
    last = {key: place for place, key in enumerate(batch.keys)}
    kept = sorted(last.values())
    left_out = tuple(
        LeftOut(row, TWICE if len(versions[key]) == 1 else OLDER, "")
        for place, (key, row) in enumerate(zip(batch.keys, batch.rows, strict=True))
        if last[key] != place
    )
    return Unique(taken(batch, kept), left_out)


def first_rows(batch: RowBatch, one: str | None, values: Sequence[str]) -> Unique:
    """Keep one row an order: the first of those with the same cell in `one`.

    A further row goes only where its amounts (`values`) are blank or the first row's over again; where they differ it
    may stand for money of its own, so it stays, and the same key twice is asked about.
    """
    if one is None or one not in batch.cells:
        return Unique(batch)
    amounts = [batch.cells[name] for name in values if name in batch.cells]
    first: dict[object, int] = {}
    kept, left_out = [], []
    for place, order in enumerate(batch.cells[one]):
        before = first.setdefault(order, place)
        repeats = all(not cells[place] or cells[place] == cells[before] for cells in amounts)
        if order is None or before == place or not repeats:
            kept.append(place)
        else:
            left_out.append(LeftOut(batch.rows[place], f'{FURTHER} "{one}" {order}', ""))
    return Unique(taken(batch, kept), tuple(left_out)) if left_out else Unique(batch)


def numbered(batch: RowBatch) -> RowBatch:
    """Tell rows with the same key apart by their order in the file: the lines of one order."""
    seen: Counter[int] = Counter()
    keys = []
    for key in batch.keys:
        seen[key] += 1
        keys.append(key if seen[key] == 1 else further(key, seen[key]))
    return replace(batch, keys=keys)


def further(key: int, count: int) -> int:
    """Make the key of a further row with the same key; its first bits stay, so that both lie near each other."""
    first = key.to_bytes(8, "big", signed=True)[:1]
    return int.from_bytes(first + blake2b(f"{key} {count}".encode(), digest_size=7).digest(), "big", signed=True)


def taken(batch: RowBatch, places: Sequence[int]) -> RowBatch:
    """Take some rows of a batch."""
    return replace(
        batch,
        cells={name: some(cells, places) for name, cells in batch.cells.items()},
        keys=some(batch.keys, places),
        contents=some(batch.contents, places),
        rows=some(batch.rows, places),
        dates=some(batch.dates, places),
    )


def question(batch: RowBatch, versions: dict[int, set[int]]) -> Question:
    """Ask what several different rows with one key are, naming the first of them."""
    key = next(key for key in batch.keys if len(versions[key]) > 1)
    rows = [row for row, other in zip(batch.rows, batch.keys, strict=True) if other == key]
    many = sum(len(contents) > 1 for contents in versions.values())
    also = "" if many == 1 else f" The same happens {many} times in this file."
    return Question(
        "duplicate-key",
        f"Rows {rows[0]} and {rows[1]} have the same key but differ.{also} What are they?",
        tuple(DuplicateKey),
        labels=(
            "Lines of one order: every row counts",
            "Corrections: only the last row counts",
            "I do not know: change nothing",
        ),
    )
