"""Compare a batch with the rows already stored, before anything is written.

The batch is laid into a temporary table `incoming`, one line a row: `same_id` is the stored version with the same
key and content, `current_id` the version of that key that counts now. From these follows its fate. The rows that
would stop counting go into `leaving`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from kpi_core.source import ColumnType, Recognition, Refused
from kpi_core.store.closed import closed_months, month_name
from kpi_core.store.rows import CHUNK
from kpi_core.store.sql import named
from kpi_core.vector import different, held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.source import Column, RowBatch
    from kpi_core.store.data_file import Store
    from kpi_core.store.rows import RowTable

UNDATED = ("", "!")
"""Days `[start, end)` that hold the rows without a day: no ISO day sorts before "!"."""


class Fate(IntEnum):
    """What becomes of a row of a batch."""

    NEW = 0
    CHANGED = 1
    SAME = 2
    CLOSED = 3


FOUND = (Fate.CHANGED, Fate.SAME)
"""Of rows that are stored already, in whatever version."""


@dataclass(frozen=True)
class Missing:
    """Stored rows that a later file of the same days does not hold; they stay.

    `amount`: the sum of its column of amounts over them, in units of 10**-scale; None where there is no such column.
    """

    rows: int
    amount: int | None = None
    column: Column | None = None


@dataclass(frozen=True)
class Ahead:
    """A file that reaches further than the one at hand, and holds so many of the rows that this one would change."""

    rows: int
    file_name: str
    until: date
    """Its last day."""


@dataclass(frozen=True)
class Comparison:
    """How a batch stands against what is stored.

    `fresh`: places in the batch whose cells are not stored yet. `replaces`: days `[start, end)` as text that the
    batch speaks for alone. `differing`: days where both sides hold rows but not the same ones.
    """

    counts: dict[Fate, int]
    gone: int
    fresh: Sequence[int]
    replaces: tuple[tuple[str, str], ...]
    refused: tuple[Refused, ...]
    months: frozenset[str]
    differing: tuple[str, ...]
    is_apart: bool = False
    """No stored row has to do with the batch, so all of it is new, and the temporary tables stay empty."""
    missing: Missing | None = None
    """Stored rows of the days of a file whose rows are told by a key, which it does not hold any more."""
    ahead: Ahead | None = None
    """The file of later days that holds most of the rows that would be changed."""


def compare(
    store: Store,
    table: RowTable,
    batch: RowBatch,
    recognition: Recognition,
    *,
    replace: bool,
    amounts: str | None = None,
) -> Comparison:
    """Lay a batch beside the stored rows. `replace`: the batch takes the place of all rows of its days.

    `amounts`: the column that is added up over the stored rows that the batch does not hold.

    The temporary tables stay filled for `imports.apply`, until `forget` empties them.
    """
    prepare(store)
    closed = closed_months(store)
    spoken = spoken_for(batch, closed)
    asks = recognition is Recognition.CONTENT and not replace
    months = months_of(different(batch.dates))
    if months.isdisjoint(closed) and is_apart(store, table, batch, spoken if asks or replace else ()):
        replaces = spoken if replace else ()
        return Comparison({Fate.NEW: len(batch)}, 0, range(len(batch)), replaces, (), months, (), is_apart=True)
    lay_down(store, table, batch, closed)
    differing = differing_days(store, table, spoken) if asks else ()
    list_leaving(store, table, spoken if replace else ())
    counted = store.all("SELECT fate, count(*) FROM incoming GROUP BY fate")
    known = recognition is Recognition.KEY and not replace and any(fate in FOUND for fate, _ in counted)
    fresh = store.all("SELECT i FROM incoming WHERE same_id IS NULL AND fate < ? ORDER BY i", (Fate.SAME,))
    return Comparison(
        counts={Fate(int(str(fate))): int(str(count)) for fate, count in counted},
        gone=whole(store, "SELECT count(*) FROM leaving WHERE is_gone"),
        fresh=[int(str(i)) for (i,) in fresh],
        replaces=spoken if replace else (),
        refused=refused_rows(store, batch),
        months=touched_months(store),
        differing=differing,
        missing=find_missing(store, table, spoken, amounts) if known else None,
        ahead=find_ahead(store, table, batch) if any(fate == Fate.CHANGED for fate, _ in counted) else None,
    )


@dataclass(frozen=True)
class MonthCount:
    """What a batch does to the rows of one month, `YYYY-MM`; rows without a day have none."""

    month: str
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0

    @property
    def name(self) -> str:
        """Name the month: "October 2026", "without a date"."""
        return month_name(self.month) if self.month else "without a date"


def by_month(store: Store, batch: RowBatch, comparison: Comparison) -> tuple[MonthCount, ...]:
    """Count by month what `compare` found, oldest first; only until `forget`."""
    if comparison.is_apart:
        days = Counter(batch.dates)
        new: Counter[str] = Counter()
        for day, count in days.items():
            new[(day or "")[:7]] += count
        return tuple(MonthCount(month, new=count) for month, count in sorted(new.items()))
    counted = store.all(
        "SELECT substr(day, 1, 7), fate, count(*) FROM incoming WHERE fate < ? GROUP BY 1, 2", (Fate.CLOSED,)
    )
    gone = store.all("SELECT substr(day, 1, 7), count(*) FROM leaving WHERE is_gone GROUP BY 1")
    found = {(str(month), int(str(fate))): int(str(count)) for month, fate, count in counted}
    left = {str(month): int(str(count)) for month, count in gone}
    months = sorted({month for month, _ in found} | set(left))
    return tuple(
        MonthCount(
            month,
            new=found.get((month, Fate.NEW), 0),
            changed=found.get((month, Fate.CHANGED), 0),
            same=found.get((month, Fate.SAME), 0),
            gone=left.get(month, 0),
        )
        for month in months
    )


def is_apart(store: Store, table: RowTable, batch: RowBatch, spoken: Sequence[tuple[str, str]]) -> bool:
    """Tell whether no stored row has a key of the batch, nor any that counts a day of the spans `spoken`.

    So it is with each further month, which then costs a look at every key and no more.
    """
    if store.one(named("SELECT 1 FROM {rows} LIMIT 1", rows=table.name)) is None:
        return True
    on_day = named("SELECT 1 FROM {rows} WHERE _day >= ? AND _day < ? AND _current = 1 LIMIT 1", rows=table.name)
    if any(store.one(on_day, span) is not None for span in spoken):
        return False
    known = named("SELECT 1 FROM json_each(?) k CROSS JOIN {rows} r ON r._key = k.value LIMIT 1", rows=table.name)
    return all(
        store.one(known, (str(list(batch.keys[start : start + CHUNK])),)) is None
        for start in range(0, len(batch), CHUNK)
    )


def prepare(store: Store) -> None:
    """Make the temporary tables, empty."""
    store.run("DROP TABLE IF EXISTS temp.incoming")
    store.run("DROP TABLE IF EXISTS temp.leaving")
    store.run(
        "CREATE TEMP TABLE incoming (i INTEGER PRIMARY KEY, key INTEGER, content INTEGER, day TEXT,"
        f" same_id INTEGER, current_id INTEGER, current_day TEXT, fate INTEGER DEFAULT {Fate.NEW:d})"
    )
    store.run("CREATE TEMP TABLE leaving (id INTEGER PRIMARY KEY, day TEXT, is_gone INTEGER)")


def forget(store: Store) -> None:
    """Take the temporary tables away."""
    store.run("DROP TABLE IF EXISTS temp.incoming")
    store.run("DROP TABLE IF EXISTS temp.leaving")


def lay_down(store: Store, table: RowTable, batch: RowBatch, closed: frozenset[str]) -> None:
    """Fill `incoming` and decide each row's fate; rows that would change a closed month are refused one by one."""
    days = (day or "" for day in batch.dates)
    store.many(
        "INSERT INTO incoming (i, key, content, day) VALUES (?, ?, ?, ?)",
        zip(range(len(batch)), batch.keys, batch.contents, days, strict=True),
    )
    find = """UPDATE incoming SET (same_id, current_id, current_day) = (
        SELECT max(CASE WHEN r._content = incoming.content THEN r._id END),
            max(CASE WHEN r._current = 1 THEN r._id END), max(CASE WHEN r._current = 1 THEN r._day END)
        FROM {rows} r WHERE r._key = incoming.key)
        WHERE EXISTS (SELECT 1 FROM {rows} WHERE _key = incoming.key)"""
    store.run(named(find, rows=table.name))
    store.run(
        "UPDATE incoming SET fate = CASE WHEN same_id = current_id THEN ? ELSE ? END WHERE current_id IS NOT NULL",
        (Fate.SAME, Fate.CHANGED),
    )
    for month in closed:
        store.run(
            "UPDATE incoming SET fate = ? WHERE fate <> ? AND ? IN (substr(day, 1, 7), substr(current_day, 1, 7))",
            (Fate.CLOSED, Fate.SAME, month),
        )


def list_leaving(store: Store, table: RowTable, replaces: Sequence[tuple[str, str]]) -> None:
    """Fill `leaving`: older versions of changed rows, and rows of replaced days that the batch does not hold."""
    store.run(
        "INSERT OR IGNORE INTO leaving SELECT current_id, current_day, 0 FROM incoming WHERE fate = ?", (Fate.CHANGED,)
    )
    for start, end in replaces:
        store.run(named(f"INSERT OR IGNORE INTO leaving SELECT _id, _day, 1 {UNHELD}", rows=table.name), (start, end))


UNHELD = """FROM {rows} WHERE _day >= ? AND _day < ? AND _current = 1
    AND _id NOT IN (SELECT current_id FROM incoming WHERE current_id IS NOT NULL)"""
"""The current rows of some days that no row of the batch is another version of."""


def find_ahead(store: Store, table: RowTable, batch: RowBatch) -> Ahead | None:
    """Find the live file of later days that holds most of the rows that a batch would change: it may be the newer."""
    end = batch.covers.end.isoformat() if batch.covers is not None else "~"
    files = store.all(
        "SELECT id, file_name, cover_end FROM imports WHERE source_id = ? AND undone_at IS NULL AND cover_end > ?",
        (table.source_id, end),
    )
    held = """SELECT count(*) FROM incoming c JOIN held h ON h.import_id = ?
        AND h.first_id = (SELECT max(first_id) FROM held WHERE import_id = h.import_id AND first_id <= c.current_id)
        WHERE c.fate = ? AND h.last_id >= c.current_id"""
    counted = [(whole(store, held, (number, Fate.CHANGED)), str(name), str(until)) for number, name, until in files]
    rows, name, until = max(counted, default=(0, "", ""))
    return Ahead(rows, name, date.fromisoformat(until) - timedelta(days=1)) if rows else None


def find_missing(
    store: Store, table: RowTable, spoken: Sequence[tuple[str, str]], amounts: str | None
) -> Missing | None:
    """Find the stored rows of some days that the batch does not hold; None where it holds all of them."""
    versions = "SELECT count(*) FROM {rows} WHERE _day >= ? AND _day < ?"
    current = f"{versions} AND _current = 1"
    held = "SELECT count(*) FROM incoming WHERE current_id IS NOT NULL AND current_day >= ? AND current_day < ?"
    column = None if amounts is None else table.column(amounts)
    if column is not None and column.meaning.type not in {ColumnType.NUMBER, ColumnType.DURATION}:
        column = None
    shown = "_id" if column is None else column.sql_name
    rows, amount = 0, 0
    for span in spoken:
        known = whole(store, held, span)
        # The first count needs the index alone: where it agrees, every version of these days is in the batch
        if any(whole(store, named(each, rows=table.name), span) == known for each in (versions, current)):
            continue
        cells = store.all(named(f"SELECT {{shown}} {UNHELD}", shown=shown, rows=table.name), span)
        rows += len(cells)
        amount += sum(int(str(cell)) for (cell,) in cells if cell is not None)
    if not rows:
        return None
    return Missing(rows) if column is None else Missing(rows, amount, column.meaning)


def differing_days(store: Store, table: RowTable, spoken: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """List the days on which rows are stored, and not the same ones as the batch holds."""
    added = """SELECT day FROM (SELECT DISTINCT day FROM incoming WHERE fate < ?) fresh
        WHERE EXISTS (SELECT 1 FROM {rows} WHERE _day = fresh.day AND _current = 1)"""
    days = {str(day) for (day,) in store.all(named(added, rows=table.name), (Fate.SAME,))}
    for span in spoken:
        days |= {str(day) for (day,) in store.all(named(f"SELECT DISTINCT _day {UNHELD}", rows=table.name), span)}
    return tuple(sorted(days))


def spoken_for(batch: RowBatch, closed: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """List the days `[start, end)` that a batch speaks for, without closed months.

    These are what it states, else its first to last row. Rows without a day count as a span of their own.
    """
    days = sorted(different(batch.dates))
    spans: list[tuple[str, str]] = []
    if batch.covers is not None:
        spans = [(batch.covers.start.isoformat(), batch.covers.end.isoformat())]
    elif days:
        spans = [(days[0], (date.fromisoformat(days[-1]) + timedelta(days=1)).isoformat())]
    for month in sorted(closed):
        spans = [part for span in spans for part in without_month(span, month)]
    undated = held(batch.dates) < len(batch)
    return (*spans, *([UNDATED] if undated else []))


def without_month(span: tuple[str, str], month: str) -> list[tuple[str, str]]:
    """Cut a month out of a span of days.

    >>> without_month(("2025-08-20", "2025-10-05"), "2025-09")
    [('2025-08-20', '2025-09-01'), ('2025-10-01', '2025-10-05')]
    """
    first = date.fromisoformat(f"{month}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    start, end = span
    parts = [(start, min(end, first.isoformat())), (max(start, after.isoformat()), end)]
    return [(begin, stop) for begin, stop in parts if begin < stop]


def refused_rows(store: Store, batch: RowBatch) -> tuple[Refused, ...]:
    """List the rows that would change a closed month."""
    found = store.all("SELECT i, day, current_day FROM incoming WHERE fate = ? ORDER BY i", (Fate.CLOSED,))
    closed = closed_months(store)
    refused = []
    for i, day, current_day in found:
        month = next(str(each)[:7] for each in (day, current_day) if str(each)[:7] in closed)
        refused.append(Refused(batch.rows[int(str(i))], "", str(day), f"{month_name(month)} is closed"))
    return tuple(refused)


def touched_months(store: Store) -> frozenset[str]:
    """Name the months whose rows would change."""
    found = store.all(
        "SELECT DISTINCT day FROM incoming WHERE fate < ? UNION SELECT DISTINCT day FROM leaving", (Fate.SAME,)
    )
    return months_of({str(day) for (day,) in found})


def months_of(days: set[str]) -> frozenset[str]:
    """Name the months of some days; rows without a day belong to none."""
    return frozenset(day[:7] for day in days if day)


def whole(store: Store, question: str, parameters: Sequence[object] = ()) -> int:
    """Read one whole number; nothing counts as 0."""
    found = store.one(question, parameters)
    return 0 if found is None or found[0] is None else int(str(found[0]))
