"""Which file holds a stored row, and where in it: the newest live import that held it, and the record number there."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

from kpi_core.store.rows import table_name
from kpi_core.store.sql import named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.store.data_file import Store

NEWEST_HOLDER = """SELECT i.id, ? - h.record_offset FROM imports i
    JOIN held h ON h.import_id = i.id
        AND h.first_id = (SELECT max(first_id) FROM held WHERE import_id = i.id AND first_id <= ?)
    WHERE i.source_id = ? AND i.undone_at IS NULL AND h.last_id >= ?
    ORDER BY i.id DESC LIMIT 1"""


@dataclass(frozen=True, order=True)
class PlaceInFile:
    """An import and the record of its file, in the order of time: later imports and later records are larger."""

    import_id: int
    record: int


@dataclass(frozen=True, order=True)
class HeldRange:
    """An import holds the rows with ids first..last, both included."""

    first: int
    last: int
    import_id: int


def newest_holders(ranges: Iterable[HeldRange]) -> list[HeldRange]:
    """Cut overlapping ranges into disjoint ones, each with the newest import that holds it, in the order of ids.

    >>> cut = newest_holders([HeldRange(1, 9, 1), HeldRange(4, 5, 3), HeldRange(5, 12, 2)])
    >>> [(each.first, each.last, each.import_id) for each in cut]
    [(1, 3, 1), (4, 5, 3), (6, 12, 2)]
    """
    waiting = sorted(ranges)
    borders = sorted({each.first for each in waiting} | {each.last + 1 for each in waiting})
    open_ranges: list[tuple[int, int]] = []
    painted: list[HeldRange] = []
    place = 0
    for start, end in pairwise(borders):
        while place < len(waiting) and waiting[place].first == start:
            heappush(open_ranges, (-waiting[place].import_id, waiting[place].last))
            place += 1
        while open_ranges and open_ranges[0][1] < start:
            heappop(open_ranges)
        if not open_ranges:
            continue
        holder = -open_ranges[0][0]
        if painted and painted[-1].import_id == holder and painted[-1].last == start - 1:
            painted[-1] = HeldRange(painted[-1].first, end - 1, holder)
        else:
            painted.append(HeldRange(start, end - 1, holder))
    return painted


def live_ranges(store: Store, source_id: int) -> list[HeldRange]:
    """List what the live imports of a source hold."""
    found = store.all(
        "SELECT first_id, last_id, import_id FROM held JOIN imports i ON i.id = import_id"
        " WHERE i.source_id = ? AND i.undone_at IS NULL",
        (source_id,),
    )
    return [HeldRange(int(str(first)), int(str(last)), int(str(holder))) for first, last, holder in found]


def places_in_files(store: Store, source_id: int, row_ids: Iterable[int]) -> dict[int, PlaceInFile]:
    """Find each row in the newest live file that holds it."""
    places = {}
    for row_id in row_ids:
        found = store.one(NEWEST_HOLDER, (row_id, row_id, source_id, row_id))
        if found is not None:
            places[row_id] = PlaceInFile(int(str(found[0])), int(str(found[1])))
    return places


def rows_nobody_holds(store: Store) -> list[tuple[str, int]]:
    """Count the stored rows of each source that no live import holds; there should be none."""
    found = []
    for number, name in store.all("SELECT id, name FROM sources ORDER BY folded"):
        source_id = int(str(number))
        table = named("SELECT count(*) FROM {rows}", rows=table_name(source_id))
        held = named("SELECT count(*) FROM {rows} WHERE _id BETWEEN ? AND ?", rows=table_name(source_id))
        ranges = newest_holders(live_ranges(store, source_id))
        counted = sum(count_of(store.one(held, (each.first, each.last))) for each in ranges)
        found.append((str(name), count_of(store.one(table)) - counted))
    return found


def rows_held(store: Store) -> dict[int, int]:
    """Count the stored rows that each live import holds. Its ranges may reach over numbers that no row has."""
    found: dict[int, int] = {}
    for (number,) in store.all("SELECT DISTINCT source_id FROM imports WHERE undone_at IS NULL"):
        statement = """SELECT h.import_id, count(*) FROM imports i JOIN held h ON h.import_id = i.id
            JOIN {rows} r ON r._id BETWEEN h.first_id AND h.last_id
            WHERE i.source_id = ? AND i.undone_at IS NULL GROUP BY h.import_id"""
        counted = store.all(named(statement, rows=table_name(int(str(number)))), (number,))
        found.update((int(str(import_id)), int(str(count))) for import_id, count in counted)
    return found


def count_of(found: tuple[object, ...] | None) -> int:
    """Read a count."""
    return 0 if found is None else int(str(found[0]))


def rewritten(store: Store, source_id: int, older: int, newer: int) -> int:
    """Count the rows of an import that a newer one holds with another content, which counts now."""
    statement = """SELECT count(*) FROM held o
        JOIN {rows} was ON was._id BETWEEN o.first_id AND o.last_id
        JOIN {rows} now ON now._key = was._key AND now._current = 1
        JOIN held n ON n.import_id = ?
            AND n.first_id = (SELECT max(first_id) FROM held WHERE import_id = n.import_id AND first_id <= now._id)
        WHERE o.import_id = ? AND was._current = 0 AND n.last_id >= now._id"""
    return count_of(store.one(named(statement, rows=table_name(source_id)), (newer, older)))
