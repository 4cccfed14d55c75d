"""Findings of the check-up that were put aside; each step in the log and to be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.errors import NotFound
from kpi_core.hygiene.types import PutAside
from kpi_core.store.changes import Subject, Thing, from_text, to_text
from kpi_core.store.things import change_to

if TYPE_CHECKING:
    from kpi_core.store.changes import By, Json
    from kpi_core.store.data_file import Store


def asides(store: Store) -> tuple[PutAside, ...]:
    """List what is put aside, in the order in which it was, what is over by now too; not of a KPI that is gone."""
    rows = store.all(
        """SELECT put_aside.id, put_aside.definition FROM put_aside LEFT JOIN kpis ON kpis.id = put_aside.kpi_id
        WHERE put_aside.live AND (put_aside.kpi_id IS NULL OR kpis.live) ORDER BY put_aside.id"""
    )
    return tuple(replace(read_aside(from_text(text)), id=int(str(number))) for number, text in rows)


def put_aside(store: Store, aside: PutAside, kpi_id: int | None, name: str, by: By) -> int | None:
    """Put a finding aside; one that was put aside before is so by the new day and reason alone.

    Args:
        store: the data file.
        aside: which finding, until when and why.
        kpi_id: the KPI that it is about; None for the whole board.
        name: whom it is about, for the log.
        by: who, when.

    Returns:
        The number of the change in the log.
    """
    with store.writing():
        for before in asides(store):
            if before.finding == aside.finding:
                bring_back(store, before.id, by)
        state: Json = {
            "finding": aside.finding,
            "from": aside.since.isoformat(),
            "until": aside.until.isoformat(),
            "reason": aside.reason,
        }
        number = store.insert(
            "INSERT INTO put_aside (kpi_id, definition, live) VALUES (?, ?, 0)", (kpi_id, to_text(state))
        )
        return change_to(store, by, Subject(Thing.PUT_ASIDE, str(number), kpi_id, name), state)


def bring_back(store: Store, aside_id: int, by: By) -> int | None:
    """Bring a finding back before its day; taking back the change puts it aside again.

    Raises:
        NotFound: there is none of that number.
    """
    with store.writing():
        row = store.one("SELECT kpi_id FROM put_aside WHERE id = ? AND live", (aside_id,))
        if row is None:
            sentence = f"Nothing of number {aside_id} is put aside."
            raise NotFound(sentence)
        kpi_id = None if row[0] is None else int(str(row[0]))
        name = store.one("SELECT name FROM changes WHERE thing = ? AND key = ?", (Thing.PUT_ASIDE.value, str(aside_id)))
        return change_to(
            store, by, Subject(Thing.PUT_ASIDE, str(aside_id), kpi_id, "" if name is None else str(name[0])), None
        )


def read_aside(state: Json | None) -> PutAside:
    """Read what was put aside as it is kept.

    Raises:
        LookupError: something of it is missing.
        ValueError: a day of it is none.
    """
    state = state or {}
    since, until = (date.fromisoformat(str(state[name])) for name in ("from", "until"))
    return PutAside(str(state["finding"]), since, until, str(state["reason"]))
