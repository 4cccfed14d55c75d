"""What in the data file belongs to the sample shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.errors import RefusedDefinition
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.sources import remove_source
from kpi_core.store.things import dependents

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store

KINDS = {"kpis": "KPI", "goals": "goal", "sources": "source"}
"""Tables that the sample adds to, and what the change log calls their things."""

Marks = frozenset[tuple[str, int]]


def is_loaded(store: Store) -> bool:
    """Tell whether the sample shop is there."""
    return store.one("SELECT 1 FROM sample_items LIMIT 1") is not None


def marks(store: Store) -> Marks:
    """List everything of the kinds that the sample adds, by table and number."""
    return frozenset((table, int(str(found[0]))) for table in KINDS for found in store.all(IDS[table]))


IDS = {
    "kpis": "SELECT id FROM kpis WHERE live",
    "goals": "SELECT id FROM goals WHERE live",
    "sources": "SELECT id FROM sources",
}


def remember_new(store: Store, before: Marks) -> None:
    """Mark as the sample's what was not there before."""
    store.many("INSERT INTO sample_items (kind, id) VALUES (?, ?)", sorted(marks(store) - before))


def remove(store: Store) -> None:
    """Take away everything that belongs to the sample, with its values, rows and log entries.

    Raises:
        RefusedDefinition: a KPI of the owner's is made of one of the sample's.
    """
    items = [(str(kind), int(str(found))) for kind, found in store.all("SELECT kind, id FROM sample_items")]
    own = [found for kind, found in items if kind == "kpis"]
    for kpi_id in own:
        for other in dependents(store, kpi_id):
            if other not in own:
                sentence = f"{get_kpi(store, other).name} is made of {get_kpi(store, kpi_id).name} of the sample shop."
                raise RefusedDefinition(sentence, "Change or retire yours first.")
    for kind, found in items:
        store.run(
            "UPDATE changes SET undoes = NULL WHERE undoes IN (SELECT id FROM changes WHERE thing = ? AND key = ?)",
            (KINDS[kind], str(found)),
        )
        store.run("DELETE FROM changes WHERE thing = ? AND key = ?", (KINDS[kind], str(found)))
    for kpi_id in own:
        store.run("DELETE FROM actuals WHERE kpi_id = ?", (kpi_id,))
        store.run("UPDATE changes SET undoes = NULL WHERE kpi_id = ?", (kpi_id,))
        store.run("DELETE FROM kpis WHERE id = ?", (kpi_id,))
    for kind, found in items:
        if kind == "goals":
            store.run("DELETE FROM goals WHERE id = ?", (found,))
        elif kind == "sources":
            remove_source(store, found)
    store.run("DELETE FROM segments WHERE id <> 0 AND id NOT IN (SELECT segment_id FROM actuals)")
    store.run("DELETE FROM sample_items")
