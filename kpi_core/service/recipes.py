"""What an owner does with recipes of their own: rename, edit, export, import, delete; every step can be taken back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.ingest import words
from kpi_core.ingest.currency import codes_of
from kpi_core.ingest.in_use import TwoUses, refuse_two_uses
from kpi_core.ingest.picks import named_in
from kpi_core.ingest.recipe import called_in, match, shipped
from kpi_core.service.currencies import refuse_mixed
from kpi_core.service.recipe_file import file_name_of, recipe_of, written
from kpi_core.service.recipe_list import columns_of
from kpi_core.service.recolouring import colours_noted
from kpi_core.source import ColumnType, Recipe
from kpi_core.store import upkeep
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, Thing, get_change
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.renaming import add_recipe, change_source, forget_source
from kpi_core.store.definitions.undo import undo_change
from kpi_core.store.glance import texts_of
from kpi_core.store.sources import find_source, fold, hidden_sources, list_sources, remove_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.file import File
    from kpi_core.store.data_file import Store
    from kpi_core.store.sources import Source


@dataclass(frozen=True)
class Edit:
    """What to change in a recipe; None leaves a member as it is, "" takes it away.

    `forget`: questions whose remembered answer goes, so that they are asked again.
    """

    date: str | None = None
    values: tuple[str, ...] | None = None
    segments: tuple[str, ...] | None = None
    personal: tuple[str, ...] | None = None
    hashed: tuple[str, ...] | None = None
    currency_column: str | None = None
    includes: str | None = None
    forget: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """What a step did, in a sentence. `change`: its number in the log, by which it is taken back; None: no change."""

    sentence: str
    change: int | None


NOTHING = Done("Nothing is different.", None)


def rename(data_file: Path, name: str, new: str, now: datetime) -> Done:
    """Give a source and its recipe another name; KPIs follow.

    A recipe named as one that comes with Signalbox keeps that name: by it files find their way to this source.

    Raises:
        NotFound: there is no source of that name.
        RefusedDefinition: the new name is blank, odd, or taken by another source or recipe.
    """
    with _changing(data_file, now) as (store, by):
        source = find_source(store, name)
        recipe = source.recipe
        _refuse_known(store, new, recipe, source)
        if not any(fold(recipe.name) == fold(each.name) for each in shipped()):
            recipe = replace(recipe, name=new.strip())
        change = change_source(store, source.id, new, recipe, by)
    return NOTHING if change is None else Done(f"{source.name} is called {new.strip()} now.", change)


def edit(data_file: Path, name: str, wanted: Edit, now: datetime) -> Done:
    """Change how the next file of a source is read.

    Raises:
        NotFound: there is no source, column or remembered answer of that name.
        RefusedDefinition: the stored rows would be wrong, or money of several currencies would be added up.
    """
    with _changing(data_file, now) as (store, by):
        source = find_source(store, name)
        if not source.recipe.headers:
            sentence = f"{source.name} waits for its first file: nothing is known of it that could be changed."
            raise RefusedDefinition(sentence, "Add a file, or import a recipe for it.")
        recipe = _edited(source, columns_of(store, source), wanted)
        _refuse_hidden_money(store, source, recipe)
        change = change_source(store, source.id, source.name, recipe, by)
        _refuse_mixed(store)
    return NOTHING if change is None else Done(f"{source.name}: the next file is read the new way.", change)


def read_in(data_file: Path, file: File, now: datetime, over: str | None = None) -> Done:
    """Take a recipe from a JSON file: as a source of its own, or in place of the recipe of the source `over`.

    Raises:
        RefusedDefinition: naming the place in the file and what is wrong there; the name is taken; or rows that are
            stored would be wrong under it.
        NotFound: there is no source named `over`.
    """
    recipe = recipe_of(file)
    with _changing(data_file, now) as (store, by):
        waiting = next((each for each in list_sources(store) if fold(each.name) == fold(recipe.name)), None)
        if over is not None:
            held = find_source(store, over)
            change = change_source(store, held.id, held.name, replace(recipe, name=held.recipe.name), by)
            _refuse_mixed(store)
            return NOTHING if change is None else Done(f"{held.name} has the recipe of {file.name} now.", change)
        if waiting is not None and not waiting.recipe.headers:
            change = change_source(store, waiting.id, waiting.name, recipe, by)
            return Done(f"{waiting.name} has a recipe now and waits for its first file.", change)
        if waiting is not None and waiting.recipe == recipe:
            return NOTHING
        _refuse_known(store, recipe.name, recipe, None)
        added, change = add_recipe(store, recipe.name, recipe, by)
    return Done(f"{added.name} is added and waits for its first file.", change)


def written_out(data_file: Path, name: str) -> tuple[str, bytes]:
    """Write a recipe as a JSON file: a source's own by its name, else one that comes with Signalbox.

    Raises:
        NotFound: there is none of that name, or it waits for its first file.
    """
    with open_store(data_file) as store:
        own = {fold(source.name): source.recipe for source in list_sources(store) if source.recipe.headers}
        ready = {fold(recipe.name): recipe for recipe in shipped()}
        found = own.get(fold(name)) or ready.get(fold(name))
        if found is None:
            find_source(store, name)
            sentence = f"{name} waits for its first file: it has no recipe yet."
            raise NotFound(sentence, "Add a file first.")
    return file_name_of(name), written(found)


def delete(data_file: Path, name: str, now: datetime) -> Done:
    """Take a source out of sight with its recipe, imports and rows; taking that back brings all of it back.

    Raises:
        NotFound: there is no source of that name.
        RefusedDefinition: KPIs use its rows.
    """
    with _changing(data_file, now) as (store, by):
        source = find_source(store, name)
        change = forget_source(store, source.id, by)
    return Done(f"{source.name} is hidden with its files and rows. Undo brings it back.", change)


def purge(data_file: Path, source_id: int, now: datetime) -> Done:
    """Remove a deleted source for good, its imports and rows too; a backup beside the data file is written first.

    Raises:
        NotFound: no source of that number was deleted.
        RefusedDefinition: the backup cannot be written; nothing was removed.
    """
    with open_store(data_file) as store:
        found = next((each for each in hidden_sources(store) if each.id == source_id), None)
        if found is None:
            sentence = f"There is no deleted source number {source_id}."
            raise NotFound(sentence, "Delete it first.")
        kept = data_file.with_name(f"{data_file.stem}-before-removal-{now:%Y%m%d-%H%M%S}{data_file.suffix}")
        upkeep.backup(store, kept)
        remove_source(store, source_id)
        store.checkpoint()
    held = f"The backup {kept.name} beside the data file holds it still: remove that file too once you are sure."
    return Done(f"{found.name} is removed for good. {held}", None)


def take_back(data_file: Path, change_id: int, now: datetime) -> Done:
    """Take a change back.

    Raises:
        NotFound: there is no such change.
        RefusedDefinition: it is no change of a source, it was changed again since, or the rest would not fit together.
    """
    with _changing(data_file, now) as (store, by):
        subject = get_change(store, change_id).subject
        if subject.thing is not Thing.SOURCE:
            sentence = f"Change {change_id} is one of {subject.name} ({subject.thing.value}), not of a source."
            raise RefusedDefinition(sentence, "Look up its number in the list of recipes.")
        change = undo_change(store, change_id, by)
        _refuse_mixed(store)
    return Done(f"{subject.name} is as it was before.", change)


@contextmanager
def _changing(data_file: Path, now: datetime) -> Iterator[tuple[Store, By]]:
    """Change something, all of it or nothing, and bring the values up to date."""
    with open_store(data_file) as store, store.writing(), colours_noted(store, now):
        yield store, By(now, read_business(store).person)


def _refuse_mixed(store: Store) -> None:
    for kpi in kpis(store):
        refuse_mixed(store, kpi)


def _refuse_known(store: Store, name: str, recipe: Recipe, own: Source | None) -> None:
    """Refuse a name by which files of another kind find their way."""
    others = (each for each in list_sources(store) if own is None or each.id != own.id)
    # A source of this name is refused by the name itself
    named = (each for each in others if each.recipe.headers and fold(each.name) != fold(name))
    taken = any(fold(each.recipe.name) == fold(name) for each in named)
    ready = [each for each in shipped() if fold(each.name) == fold(name)]
    # A recipe that grew from the ready-made one reads the same files
    grown = fold(recipe.name) == fold(name) and (own is not None or match(recipe.headers, ready) is not None)
    if taken or (ready and not grown):
        sentence = f"{name.strip()} is the name of another recipe, and its files would come here."
        raise RefusedDefinition(sentence, "Choose another name.")


def _edited(source: Source, columns: Sequence[str], wanted: Edit) -> Recipe:
    old = source.recipe
    called = called_in(old, columns)

    def one(name: str) -> str:
        found = called.get(words.fold(name))
        return named_in(columns, name, f"The files of {source.name} have") if found is None else found

    def several(given: tuple[str, ...] | None, before: tuple[str, ...]) -> tuple[str, ...]:
        found = () if given is None else tuple(dict.fromkeys(map(one, given)))
        # The same columns, spelled as the files do, are no change
        return before if given is None or found == tuple(map(one, before)) else found

    def single(given: str | None, before: str | None) -> str | None:
        if given is None or (before and given.strip() and one(given) == one(before)):
            return before
        return one(given) if given.strip() else None

    recipe = replace(
        old,
        date=single(wanted.date, old.date),
        values=several(wanted.values, old.values),
        segments=several(wanted.segments, old.segments),
        personal=several(wanted.personal, old.personal),
        hashed=several(wanted.hashed, old.hashed),
        currency_column=single(wanted.currency_column, old.currency_column),
        includes=old.includes if wanted.includes is None else " ".join(wanted.includes.split()),
        answers=_without(source, wanted.forget),
    )
    refuse_two_uses(recipe)
    return replace(recipe, types=_types(old, recipe))


def _without(source: Source, forgotten: Sequence[str]) -> dict[str, str]:
    answers = dict(source.recipe.answers)
    for question in forgotten:
        if answers.pop(question, None) is None:
            kept = ", ".join(answers) or "none"
            sentence = f'No answer to "{question}" is remembered for {source.name}.'
            raise NotFound(sentence, f"Remembered are: {kept}.")
    return answers


def _refuse_hidden_money(store: Store, source: Source, recipe: Recipe) -> None:
    """Refuse to leave out a column that says which currency the money is in: it keeps currencies apart."""
    before = {words.fold(name) for name in (*source.recipe.personal, *source.recipe.hashed)}
    for name in (*recipe.personal, *recipe.hashed):
        if words.fold(name) not in before and codes_of(name, texts_of(store, source.id, name)):
            raise TwoUses("currency_column", name).refused()


def _types(old: Recipe, new: Recipe) -> dict[str, ColumnType]:
    """Forget the type of a column that is read as something else from now on."""
    types = dict(new.types)
    if new.date is not None and new.date != old.date and types.get(new.date) is not ColumnType.DATE:
        types.pop(new.date, None)
    for name in set(new.values) - set(old.values):
        if types.get(name) not in {ColumnType.NUMBER, ColumnType.DURATION}:
            types.pop(name, None)
    return types
