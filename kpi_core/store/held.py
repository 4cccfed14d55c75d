"""Which file holds a stored row, and where in it: the newest live import that held it, and the record number there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def places_in_files(store: Store, source_id: int, row_ids: Iterable[int]) -> dict[int, PlaceInFile]:
    """Find each row in the newest live file that holds it."""
    places = {}
    for row_id in row_ids:
        found = store.one(NEWEST_HOLDER, (row_id, row_id, source_id, row_id))
        if found is not None:
            places[row_id] = PlaceInFile(int(str(found[0])), int(str(found[1])))
    return places
