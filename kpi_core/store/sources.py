"""Sources: kinds of files that the business adds, each with its recipe and the columns its rows have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.definition.recipes import recipe_from_json, recipe_to_json
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.source import Column, Recipe
from kpi_core.store.rows import create_rows, drop_rows, row_table

if TYPE_CHECKING:
    from datetime import datetime

    from kpi_core.store.data_file import Store


LONGEST_NAME = 120


@dataclass(frozen=True)
class Source:
    """One kind of file, by the name that definitions use for it."""

    id: int
    name: str
    recipe: Recipe


def add_source(store: Store, name: str, recipe: Recipe, now: datetime) -> Source:
    """Make a source and its empty table of rows.

    Raises:
        RefusedDefinition: the name is blank or taken; letter case does not tell names apart.
    """
    name = name.strip()
    with store.writing():
        refuse_taken(store, name)
        source_id = store.insert(
            "INSERT INTO sources (name, folded, recipe, created_at) VALUES (?, ?, ?, ?)",
            (name, fold(name), written(recipe), now.isoformat(timespec="seconds")),
        )
        create_rows(store, source_id)
    return Source(source_id, name, recipe)


def find_source(store: Store, name: str) -> Source:
    """Find a source by its name.

    Raises:
        NotFound: there is none of that name.
    """
    found = store.one("SELECT id, name, recipe FROM sources WHERE folded = ? AND live", (fold(name),))
    if found is None:
        raise unknown_source(store, f"named {name}")
    return loaded(found)


def get_source(store: Store, source_id: int) -> Source:
    """Read a source by its number.

    Raises:
        NotFound: there is none of that number.
    """
    found = store.one("SELECT id, name, recipe FROM sources WHERE id = ? AND live", (source_id,))
    if found is None:
        raise unknown_source(store, f"number {source_id}")
    return loaded(found)


def list_sources(store: Store) -> tuple[Source, ...]:
    """List all sources by name."""
    return tuple(loaded(row) for row in store.all("SELECT id, name, recipe FROM sources WHERE live ORDER BY folded"))


def save_recipe(store: Store, source_id: int, recipe: Recipe) -> None:
    """Keep a confirmed reading, so that the next file of this kind needs no clicks."""
    with store.writing():
        get_source(store, source_id)
        store.run("UPDATE sources SET recipe = ? WHERE id = ?", (written(recipe), source_id))


def remove_source(store: Store, source_id: int) -> None:
    """Take a source away for good with its imports and rows; nothing of them is left in the file."""
    store.run("PRAGMA secure_delete = ON")
    with store.writing():
        drop_rows(store, source_id)
        store.run("DELETE FROM sources WHERE id = ?", (source_id,))


def hidden_sources(store: Store) -> tuple[Source, ...]:
    """List the sources that were deleted and can come back, the newest first."""
    found = store.all("SELECT id, name, recipe FROM sources WHERE NOT live ORDER BY id DESC")
    return tuple(loaded(row) for row in found)


def is_kept(store: Store, source_id: int) -> bool:
    """Tell whether a source is in the data file, deleted or not."""
    return store.one("SELECT 1 FROM sources WHERE id = ?", (source_id,)) is not None


def columns(store: Store, source_id: int) -> tuple[Column, ...]:
    """List the columns that the rows of a source have, in the order of the files."""
    return tuple(column.meaning for column in row_table(store, source_id).columns)


def fold(name: str) -> str:
    """Bring a name into the form in which names are compared: trimmed, inner blanks as one, letter case away."""
    return " ".join(name.split()).casefold()


def refuse_taken(store: Store, name: str, own: int | None = None) -> None:
    """Refuse a name that is none, and one that another source has; `own`: the source that is to have it."""
    if not name.strip():
        raise nameless()
    if len(name.strip()) > LONGEST_NAME or not name.strip().isprintable():
        raise odd_name()
    if store.one("SELECT 1 FROM sources WHERE folded = ? AND id IS NOT ?", (fold(name), own)) is not None:
        raise taken_name(name.strip())


def unknown_source(store: Store, which: str) -> NotFound:
    """Say that there is no such source, and which there are."""
    known = ", ".join(source.name for source in list_sources(store))
    return NotFound(f"There is no source {which}.", f"There are: {known}." if known else "Add a file first.")


def nameless() -> RefusedDefinition:
    """Say that a source needs a name."""
    return RefusedDefinition("A source needs a name.", 'Name it by what its files hold, such as "Orders".')


def odd_name() -> RefusedDefinition:
    """Say that a name cannot be shown in one line."""
    return RefusedDefinition(f"A source's name is one line of at most {LONGEST_NAME} characters.", "Make it shorter.")


def taken_name(name: str) -> RefusedDefinition:
    """Say that another source has the name."""
    return RefusedDefinition(f"There is already a source named {name}.", "Choose another name.")


def written(recipe: Recipe) -> str:
    """Write a recipe as the JSON text that is kept."""
    return json.dumps(recipe_to_json(recipe), ensure_ascii=False)


def loaded(row: tuple[object, ...]) -> Source:
    """Make a source from its row."""
    source_id, name, recipe = row
    return Source(int(str(source_id)), str(name), recipe_from_json(json.loads(str(recipe))))
