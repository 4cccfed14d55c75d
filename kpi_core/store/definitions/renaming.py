"""A source changed: renamed, read by another recipe, forgotten. The KPIs that take its rows follow its name.

What would make the rows stored so far wrong is refused: nothing here reads a file again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.definition import recipe_to_json, with_source_renamed
from kpi_core.errors import RefusedDefinition
from kpi_core.store.changes import Link, Subject, Thing, log
from kpi_core.store.closed_values import closed_months_kept
from kpi_core.store.definitions.edit import save
from kpi_core.store.definitions.fitting import refuse_unfit
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.reads import takes_from
from kpi_core.store.sources import add_source, get_source, refuse_taken
from kpi_core.store.things import change_to

if TYPE_CHECKING:
    from kpi_core.source import Recipe
    from kpi_core.store.changes import By, Json
    from kpi_core.store.data_file import Store
    from kpi_core.store.sources import Source


def add_recipe(store: Store, name: str, recipe: Recipe, by: By) -> tuple[Source, int]:
    """Make a source that waits for its first file, and give it with the number of the change in the log.

    Raises:
        RefusedDefinition: the name is blank, odd or taken.
    """
    with store.writing():
        added = add_source(store, name, recipe, by.now)
        subject = Subject(Thing.SOURCE, str(added.id), None, added.name)
        return added, log(store, by, subject, None, source_state(added.name, recipe))


def change_source(store: Store, source_id: int, name: str, recipe: Recipe, by: By) -> int | None:
    """Give a source another name or recipe; the KPIs that take its rows follow its name.

    Another date column holds for the stored rows too.

    Returns:
        The number of the change in the log, None where nothing is different.

    Raises:
        NotFound: there is no such source.
        RefusedDefinition: the name is blank, odd or taken, or the stored rows would be wrong under the recipe.
        ClosedMonths: rows would leave or enter a closed month, or a value would change there.
    """
    with closed_months_kept(store):
        source = get_source(store, source_id)
        refuse_taken(store, name, source_id)
        refuse_unfit(store, source, recipe)
        subject = Subject(Thing.SOURCE, str(source_id), None, source.name)
        change = change_to(store, by, subject, source_state(name.strip(), recipe))
        follow_source(store, source.name, name.strip(), by, change)
        return change


def forget_source(store: Store, source_id: int, by: By) -> int | None:
    """Forget a source with its recipe, imports and rows; taking back the change brings everything back.

    Raises:
        NotFound: there is no such source.
        RefusedDefinition: KPIs use its rows.
    """
    with store.writing():
        source = get_source(store, source_id)
        refuse_feeding(store, source)
        return change_to(store, by, Subject(Thing.SOURCE, str(source_id), None, source.name), None)


def refuse_feeding(store: Store, source: Source) -> None:
    """Refuse to forget a source whose rows make KPIs, drafts and retired ones too."""
    fed = [kpi.name for kpi in kpis(store) if takes_from(kpi, source.name)]
    if fed:
        sentence = f"{source.name} stays: {', '.join(fed)} {'uses' if len(fed) == 1 else 'use'} its rows."
        raise RefusedDefinition(sentence, "Let them take their values from elsewhere first.")


def source_state(name: str, recipe: Recipe) -> Json:
    """Write a source as the log keeps it."""
    return {"name": name, "recipe": recipe_to_json(recipe)}


def follow_source(store: Store, old: str, new: str, by: By, change: int | None) -> None:
    """Let the KPIs that take rows of a renamed source name it anew, as a part of that change."""
    if old == new:
        return
    for kpi in kpis(store):
        renamed = with_source_renamed(kpi, old, new)
        if renamed != kpi:
            save(store, renamed, by, Link(part_of=change))
