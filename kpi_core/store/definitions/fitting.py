"""Does another recipe fit to the rows that are stored? What would make them wrong is refused, saying what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.definition import key_of
from kpi_core.errors import RefusedDefinition
from kpi_core.source import ColumnType
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.reads import columns_of_kpi
from kpi_core.store.redate import START_ANEW, has_versions, refuse_redating
from kpi_core.store.rows import row_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.source import Recipe
    from kpi_core.store.data_file import Store
    from kpi_core.store.sources import Source

DUPLICATE_KEY = "duplicate-key"
"""The answer that says what rows of the same key are: a part of how a row is known again."""


def refuse_unfit(store: Store, source: Source, new: Recipe) -> None:
    """Refuse a recipe under which the rows stored so far would be wrong; without rows everything fits.

    Raises:
        RefusedDefinition: rows would be known again by other columns, counted on days they do not have, told apart
            in two ways, hidden in one month and not in another, or lack a column that a KPI reads.
        ClosedMonths: rows would leave or enter a closed month.
    """
    if not has_versions(store, source.id):
        return
    _refuse_other_recognition(source, new)
    refuse_redating(store, source.id, source.name, source.recipe, new)
    _refuse_words(store, source, new)
    _refuse_other_hiding(store, source, new)


def _refuse_other_recognition(source: Source, new: Recipe) -> None:
    said = source.recipe.answers.get(DUPLICATE_KEY)
    if _known_again(source.recipe) != _known_again(new) or said not in {None, new.answers.get(DUPLICATE_KEY)}:
        sentence = f"{source.name} holds rows already, so how a row is known again stays as it is: "
        raise RefusedDefinition(sentence + "the same rows would be counted twice.", START_ANEW)


def _known_again(recipe: Recipe) -> tuple[object, ...]:
    return (recipe.recognition, recipe.key, recipe.first_row_of)


def _refuse_words(store: Store, source: Source, new: Recipe) -> None:
    """Refuse an amount in a column whose stored rows hold no numbers."""
    table = row_table(store, source.id)
    for name in new.values:
        stored = table.column(name)
        numeric = stored is None or stored.meaning.type in {ColumnType.NUMBER, ColumnType.DURATION}
        if name not in source.recipe.values and not numeric:
            sentence = f'"{name}" cannot be an amount: the rows stored so far hold no numbers in it.'
            raise RefusedDefinition(sentence, START_ANEW)


def _refuse_other_hiding(store: Store, source: Source, new: Recipe) -> None:
    """Refuse to keep a column in another form than the stored rows have it."""
    table = row_table(store, source.id)
    old = source.recipe
    for name in dict.fromkeys((*old.personal, *old.hashed, *new.personal, *new.hashed)):
        before, after = _form(name, old), _form(name, new)
        if before == after:
            continue
        if table.column(name) is None:
            sentence = f'The rows stored so far do not hold "{name}", so earlier months would show too little of it.'
            raise RefusedDefinition(sentence, START_ANEW)
        if "hidden" in {before, after} and "left out" not in {before, after}:
            sentence = f'"{name}" cannot change between shown and hidden: the same customer would be counted twice.'
            raise RefusedDefinition(sentence, START_ANEW)
        users = [
            kpi.name
            for kpi in kpis(store)
            if key_of(name) in {key_of(column) for column in columns_of_kpi(kpi, source.name)}
        ]
        if users:
            raise _in_use(name, users)


def _form(name: str, recipe: Recipe) -> str:
    """Tell in which form a column is kept; a hidden one may be listed as personal too."""
    if _among(name, recipe.hashed):
        return "hidden"
    # What is in use is read and kept, personal or not
    in_use = (recipe.date or "", *recipe.values, *recipe.key)
    return "left out" if _among(name, recipe.personal) and not _among(name, in_use) else "shown"


def _among(name: str, names: Sequence[str]) -> bool:
    return key_of(name) in {key_of(each) for each in names}


def _in_use(name: str, users: Sequence[str]) -> RefusedDefinition:
    sentence = f'"{name}" cannot be left out: {", ".join(users)} {"reads" if len(users) == 1 else "read"} it.'
    return RefusedDefinition(sentence, "Change that KPI first." if len(users) == 1 else "Change those KPIs first.")
