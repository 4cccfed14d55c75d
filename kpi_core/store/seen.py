"""What the owner saw last of each KPI, and when, so that a later visit can be told what changed since."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi_core.board.alerts import ChangeKind, Holds, Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.store.data_file import Store


def last_visit(store: Store) -> datetime | None:
    """Tell when the owner last looked; None: never."""
    row = store.one("SELECT at FROM last_visit")
    return None if row is None else datetime.fromisoformat(str(row[0]))


def read_seen(store: Store) -> dict[int, Seen]:
    """Read what the owner saw last, by the KPI's number."""
    return {int(str(kpi_id)): _read(str(state)) for kpi_id, state in store.all("SELECT kpi_id, state FROM seen")}


def write_seen(store: Store, seen: Mapping[int, Seen], now: datetime) -> None:
    """Note what the owner sees now in place of what was noted before."""
    with store.writing():
        store.run("DELETE FROM seen")
        rows = ((kpi_id, _written(each)) for kpi_id, each in seen.items())
        store.many("INSERT INTO seen (kpi_id, state) VALUES (?, ?)", rows)
        store.run("INSERT OR REPLACE INTO last_visit (id, at) VALUES (1, ?)", (now.isoformat(timespec="seconds"),))


def _written(seen: Seen) -> str:
    holds = [{"kind": each.kind.value, "since": each.since.isoformat(), "above": each.above} for each in seen.holds]
    return json.dumps({"period": seen.period and seen.period.isoformat(), "holds": holds})


def _read(text: str) -> Seen:
    found = json.loads(text)
    holds = (
        Holds(ChangeKind(each["kind"]), date.fromisoformat(each["since"]), each["above"]) for each in found["holds"]
    )
    return Seen(date.fromisoformat(found["period"]) if found["period"] else None, tuple(holds))
