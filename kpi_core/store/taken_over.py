"""Which changes of the log a file of definitions brought, so that all of them can be taken back together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store

SELECT = "SELECT id, file_name, at, after, upto FROM taken_over WHERE undone_at IS NULL"


@dataclass(frozen=True)
class TakenOver:
    """A file that was taken over; its changes have the numbers above `after` up to `upto`."""

    id: int
    file_name: str
    at: datetime
    after: int
    upto: int


def keep_taken(store: Store, file_name: str, after: int, now: datetime) -> int | None:
    """Remember the changes since the one numbered `after` as those of a file; None where there are none."""
    row = store.one("SELECT max(id) FROM changes WHERE id > ?", (after,))
    if row is None or row[0] is None:
        return None
    moment = now.isoformat(timespec="seconds")
    cells = (file_name, moment, after, row[0])
    return store.insert("INSERT INTO taken_over (file_name, at, after, upto) VALUES (?, ?, ?, ?)", cells)


def taken(store: Store, number: int) -> TakenOver | None:
    """Find a file that was taken over and not taken back."""
    return _read(store.one(f"{SELECT} AND id = ?", (number,)))


def newest_taken(store: Store) -> TakenOver | None:
    """Find the file that was taken over last and not taken back."""
    return _read(store.one(f"{SELECT} ORDER BY id DESC LIMIT 1"))


def mark_undone(store: Store, number: int, now: datetime) -> None:
    """Keep that a file was taken back."""
    store.run("UPDATE taken_over SET undone_at = ? WHERE id = ?", (now.isoformat(timespec="seconds"), number))


def _read(row: tuple[object, ...] | None) -> TakenOver | None:
    if row is None:
        return None
    number, name, at, after, upto = row
    return TakenOver(int(str(number)), str(name), datetime.fromisoformat(str(at)), int(str(after)), int(str(upto)))
