"""An owner's recipe as a file: read with everything checked that a wrong number could come from, and written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.definition import Place, values_from_json
from kpi_core.definition.json_text import json_from_text
from kpi_core.definition.recipes import HERE, recipe_from_json
from kpi_core.errors import RefusedDefinition
from kpi_core.ingest import frame, words
from kpi_core.ingest.in_use import two_uses
from kpi_core.ingest.recipe import to_json
from kpi_core.store.definitions.fitting import DUPLICATE_KEY
from kpi_core.store.duplicates import DuplicateKey

if TYPE_CHECKING:
    from kpi_core.service.file import File
    from kpi_core.source import Recipe

LARGEST = 1_000_000
"""Bytes; the largest recipe that comes with Signalbox has 4,000."""
ANSWERS_TO_KEEP = (DuplicateKey.EACH, DuplicateKey.LAST)


def recipe_of(file: File) -> Recipe:
    """Read an owner's recipe from its file.

    Raises:
        RefusedDefinition: naming the line or the place, and what is wrong there.
    """
    if len(file.data) > LARGEST:
        sentence = f"{file.name} is too large for a recipe."
        raise RefusedDefinition(sentence, "A recipe is a small JSON file: see docs/recipes.md.")
    try:
        recipe = recipe_from_json(json_from_text(file.data.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        sentence = f"{file.name} is not text in UTF-8."
        raise RefusedDefinition(sentence, "Save it as UTF-8.") from error
    except RecursionError as error:
        sentence = f"{file.name} cannot be read: it is nested too deeply."
        raise RefusedDefinition(sentence) from error
    _check_headers(recipe)
    _check_answers(recipe)
    for number, ready in enumerate(recipe.ready):
        values_from_json(ready.values, HERE.at("ready").item(number).at("values"), source=recipe.name)
    return replace(recipe, shipped=False)


def file_name_of(name: str) -> str:
    """Name the file of a recipe, whatever the recipe is called.

    >>> file_name_of("Shop/../orders"), file_name_of("???")
    ('shop_orders_recipe.json', 'recipe.json')
    """
    stem = words.fold(name)[:60].replace(" ", "_")
    return f"{stem}_recipe.json" if stem else "recipe.json"


def written(recipe: Recipe) -> bytes:
    """Write a recipe as its file; `recipe_of` reads the same back."""
    return to_json(replace(recipe, shipped=False)).encode()


def _check_headers(recipe: Recipe) -> None:
    if not recipe.headers:
        raise _refused(HERE, '"headers" is missing: the column names by which a file is known.')
    for number, header in enumerate(recipe.headers):
        if not all(words.fold(part) for part in header.split("|")):
            raise _refused(HERE.at("headers").item(number), f'"{header[:40]}" is no name of a column.')
    found = two_uses(recipe)
    if found is not None:
        raise _refused(HERE.at(found.member), found.sentence)


def _check_answers(recipe: Recipe) -> None:
    kept = dict(recipe.answers)
    doubled = kept.pop(DUPLICATE_KEY, None)
    try:
        frame.check_answers(kept)
    except RefusedDefinition as error:
        raise _refused(HERE.at("answers"), error.sentence, error.hint) from error
    header = kept.get(frame.HEADER, "none")
    if not header.isdecimal() and header not in {"none", "first-row"}:
        raise _refused(HERE.at("answers").at(frame.HEADER), f'"{header}" is neither first-row, none nor a number.')
    if doubled is not None and doubled not in ANSWERS_TO_KEEP:
        choices = ", ".join(ANSWERS_TO_KEEP)
        raise _refused(HERE.at("answers").at(DUPLICATE_KEY), f'"{doubled}" is not known; choose one of {choices}.')


def _refused(place: Place, text: str, hint: str = "") -> RefusedDefinition:
    return RefusedDefinition(f"{place}: {text}", hint)
