"""A source under another name: the KPIs that take its rows follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.definition import key_of, recipe_to_json, with_source_renamed
from kpi_core.errors import RefusedDefinition
from kpi_core.store.changes import Link, Subject, Thing
from kpi_core.store.definitions.edit import save
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.sources import get_source, list_sources
from kpi_core.store.things import change_to

if TYPE_CHECKING:
    from kpi_core.source import Recipe
    from kpi_core.store.changes import By, Json
    from kpi_core.store.data_file import Store


def rename_source(store: Store, source_id: int, name: str, by: By) -> int | None:
    """Give a source another name, in every KPI that takes its rows too.

    Returns:
        The number of the change in the log, None where it has that name already.

    Raises:
        NotFound: there is no such source.
        RefusedDefinition: the name is blank or another source has it.
    """
    with store.writing():
        source = get_source(store, source_id)
        refuse_source_taken(store, source_id, name)
        subject = Subject(Thing.SOURCE, str(source_id), None, source.name)
        change = change_to(store, by, subject, source_state(name.strip(), source.recipe))
        follow_source(store, source.name, name.strip(), by, change)
        return change


def source_state(name: str, recipe: Recipe) -> Json:
    """Write a source as the log keeps it."""
    return {"name": name, "recipe": recipe_to_json(recipe)}


def refuse_source_taken(store: Store, source_id: int, name: str) -> None:
    """Refuse a blank name and one that another source has."""
    if not name.strip():
        sentence = "A source needs a name."
        raise RefusedDefinition(sentence, 'Name it by what its files hold, such as "Orders".')
    if any(key_of(other.name) == key_of(name) and other.id != source_id for other in list_sources(store)):
        sentence = f"There is already a source named {name.strip()}."
        raise RefusedDefinition(sentence, "Choose another name.")


def follow_source(store: Store, old: str, new: str, by: By, change: int | None) -> None:
    """Let the KPIs that take rows of a renamed source name it anew, as a part of that change."""
    if old == new:
        return
    for kpi in kpis(store):
        renamed = with_source_renamed(kpi, old, new)
        if renamed != kpi:
            save(store, renamed, by, Link(part_of=change))
