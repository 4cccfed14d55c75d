"""What in the data file belongs to the sample shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.actual.formula import inputs
from kpi_core.definition import key_of
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import State
from kpi_core.store.definitions.kpis import get_kpi, kpis
from kpi_core.store.definitions.objectives import objectives
from kpi_core.store.sample_reviews import forget_reviewed
from kpi_core.store.sources import fold, list_sources, remove_source
from kpi_core.store.things import dependents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.store.data_file import Store

KINDS = {"kpis": "KPI", "goals": "goal", "sources": "source", "objectives": "objective"}
"""Tables whose things the change log knows, and what it calls them."""

Marks = frozenset[tuple[str, int]]


def is_loaded(store: Store) -> bool:
    """Tell whether the sample shop is there."""
    return store.one("SELECT 1 FROM sample_items LIMIT 1") is not None


def marks(store: Store) -> Marks:
    """List everything of the kinds that the sample adds, by table and number."""
    return frozenset((table, int(str(found[0]))) for table, ids in IDS.items() for found in store.all(ids))


IDS = {
    "kpis": "SELECT id FROM kpis WHERE live",
    "goals": "SELECT id FROM goals WHERE live",
    "sources": "SELECT id FROM sources",
    "objectives": "SELECT id FROM objectives WHERE live",
    "imports": "SELECT id FROM imports",
}
"""Tables that the sample adds to."""


def remember_new(store: Store, before: Marks) -> None:
    """Mark as the sample's what was not there before."""
    store.many("INSERT INTO sample_items (kind, id) VALUES (?, ?)", sorted(marks(store) - before))


def remove(store: Store) -> None:
    """Take away everything that belongs to the sample, with its values, rows and log entries.

    A goal that a KPI of the owner's serves by now stays, as the owner's.

    Raises:
        RefusedDefinition: a KPI of the owner's is made of a KPI or a source of the sample's, an objective of the
            owner's points at one of its KPIs, or a file of the owner's was added to one of its sources.
    """
    items = [(str(kind), int(str(found))) for kind, found in store.all("SELECT kind, id FROM sample_items")]
    own = [found for kind, found in items if kind == "kpis"]
    for kpi_id in own:
        for other in dependents(store, kpi_id):
            if other not in own:
                sentence = f"{get_kpi(store, other).name} is made of {get_kpi(store, kpi_id).name} of the sample shop."
                raise RefusedDefinition(sentence, "Change or retire yours first.")
    _refuse_pointed_at(store, own, [found for kind, found in items if kind == "objectives"])
    _refuse_used(store, own, [found for kind, found in items if kind == "sources"])
    _refuse_filled(store)
    served = {key_of(kpi.goal) for kpi in kpis(store) if kpi.id not in own}
    kept = [("goals", found) for found, folded in _goals(store) if folded in served]
    items = [item for item in items if item not in kept and item[0] in KINDS]
    for kind, found in items:
        store.run(
            "UPDATE changes SET undoes = NULL WHERE undoes IN (SELECT id FROM changes WHERE thing = ? AND key = ?)",
            (KINDS[kind], str(found)),
        )
        store.run("DELETE FROM changes WHERE thing = ? AND key = ?", (KINDS[kind], str(found)))
    forget_reviewed(store, own, {kpi.name for kpi in kpis(store) if kpi.id in own})
    for kpi_id in own:
        store.run("DELETE FROM actuals WHERE kpi_id = ?", (kpi_id,))
        store.run("UPDATE changes SET undoes = NULL WHERE kpi_id = ?", (kpi_id,))
        store.run("DELETE FROM kpis WHERE id = ?", (kpi_id,))
    for kind, found in items:
        if kind == "goals":
            store.run("DELETE FROM goals WHERE id = ?", (found,))
        elif kind == "objectives":
            store.run("DELETE FROM objectives WHERE id = ?", (found,))
        elif kind == "sources":
            remove_source(store, found)
    store.run("DELETE FROM segments WHERE id <> 0 AND id NOT IN (SELECT segment_id FROM actuals)")
    store.run("DELETE FROM sample_items")


def _refuse_pointed_at(store: Store, own: Sequence[int], objective_ids: Sequence[int]) -> None:
    """Refuse to take a KPI away that a key result of the owner's points at."""
    names = {key_of(kpi.name) for kpi in kpis(store) if kpi.id in own}
    for objective in objectives(store):
        pointed_at = next((each.kpi for each in objective.key_results if key_of(each.kpi) in names), None)
        if objective.id not in objective_ids and pointed_at is not None:
            sentence = f"Your objective {objective.name} points at {pointed_at} of the sample shop."
            raise RefusedDefinition(sentence, "Change or remove the objective first.")


def _refuse_used(store: Store, own: Sequence[int], source_ids: Sequence[int]) -> None:
    """Refuse to take a source away that a KPI of the owner's counts rows of."""
    names = {fold(each.name): each.name for each in list_sources(store) if each.id in source_ids}
    for kpi in kpis(store):
        if kpi.id in own or kpi.state is State.RETIRED:
            continue
        used = next((fold(each.source) for each in inputs(kpi.values)[0] if fold(each.source) in names), None)
        if used is not None:
            sentence = f"{kpi.name} is made of {names[used]} of the sample shop."
            raise RefusedDefinition(sentence, "Change or retire yours first.")


def _refuse_filled(store: Store) -> None:
    """Refuse to take a source away to which the owner added a file."""
    found = store.one(
        """SELECT i.file_name, s.name FROM imports i JOIN sources s ON s.id = i.source_id
        JOIN sample_items m ON m.kind = 'sources' AND m.id = s.id
        WHERE i.undone_at IS NULL AND i.id NOT IN (SELECT id FROM sample_items WHERE kind = 'imports')
        ORDER BY i.id LIMIT 1"""
    )
    if found is not None:
        file_name, source = found
        sentence = f"Your file {file_name} was added to {source} of the sample shop and would go with it."
        raise RefusedDefinition(sentence, "Undo that file first, then add it again to a source of its own.")


def _goals(store: Store) -> list[tuple[int, str]]:
    return [(int(str(found)), str(folded)) for found, folded in store.all("SELECT id, folded FROM goals")]
