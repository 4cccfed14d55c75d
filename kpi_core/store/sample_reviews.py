"""What reviews say of the sample shop's KPIs goes with them: their items, their actions, their places on an agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.store.changes import Thing, from_text, to_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from kpi_core.store.changes import Json
    from kpi_core.store.data_file import Store


def forget_reviewed(store: Store, kpi_ids: Collection[int], names: Collection[str]) -> None:
    """Take KPIs out of every review, its log entries included; a review of nothing else goes altogether.

    What was said about each KPI, its actions and their log entries go with the KPI itself.
    """
    for number, text in store.all("SELECT id, definition FROM reviews"):
        key = str(number)
        kept = _without(from_text(text), kpi_ids, names)
        if kept is not None and not kept.get("agenda"):
            _forget(store, key)
            continue
        store.run("UPDATE reviews SET definition = ? WHERE id = ?", (to_text(kept), key))
        for change, old, new in store.all(
            "SELECT id, old, new FROM changes WHERE thing = ? AND key = ?", (Thing.REVIEW.value, key)
        ):
            states = (to_text(_without(from_text(state), kpi_ids, names)) for state in (old, new))
            store.run("UPDATE changes SET old = ?, new = ? WHERE id = ?", (*states, change))


def _without(state: Json | None, kpi_ids: Collection[int], names: Collection[str]) -> Json | None:
    if state is None:
        return None
    agenda = [each for each in _listed(state, "agenda") if each["kpi"] not in kpi_ids]
    agreed = [each for each in _listed(state, "agreed") if each["kpi"] not in names]
    return {**state, "agenda": agenda, **({"agreed": agreed} if "agreed" in state else {})}


def _listed(state: Json, name: str) -> list[Json]:
    found = state.get(name)
    return found if isinstance(found, list) else []


def _forget(store: Store, key: str) -> None:
    corrections = store.all("SELECT id FROM review_additions WHERE review_id = ?", (key,))
    gone = [(Thing.REVIEW.value, key), *((Thing.ADDITION.value, str(number)) for (number,) in corrections)]
    store.many(
        "UPDATE changes SET undoes = NULL WHERE undoes IN (SELECT id FROM changes WHERE thing = ? AND key = ?)", gone
    )
    store.many("DELETE FROM changes WHERE thing = ? AND key = ?", gone)
    store.run("DELETE FROM reviews WHERE id = ?", (key,))
