"""Recipes: how a kind of file that is known is read. Found by the header, never by the name of the file.

A recipe is a small JSON file in `data/recipes/` (see `docs/recipes.md`) or what an owner confirmed. A header of
it may list the names that the same column has in other languages or years, parted by `|`; the first one is
what the rest of the recipe calls it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_core.definition import recipe_from_json, recipe_to_json
from kpi_core.definition.json_text import json_from_text
from kpi_core.ingest import currency, dates, decimals, number, order, signs, words
from kpi_core.ingest.in_use import refuse_two_uses
from kpi_core.source import ColumnRole, ReadyKpi, Recipe, Recognition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpi_core.ingest.picks import Picks
    from kpi_core.ingest.report import ColumnsReading

FOLDER = Path(__file__).parents[2] / "data" / "recipes"


@lru_cache(maxsize=1)
def shipped() -> tuple[Recipe, ...]:
    """Load the recipes that come with the product, by name of their file."""
    return tuple(replace(from_json(path.read_text("utf-8")), shipped=True) for path in sorted(FOLDER.glob("*.json")))


def from_json(text: str) -> Recipe:
    """Read a recipe from the text of its file.

    Raises:
        RefusedDefinition: Naming the place and what is wrong there.
    """
    return recipe_from_json(json_from_text(text))


def to_json(recipe: Recipe) -> str:
    """Write a recipe as the text of its file; `from_json` reads the same back."""
    return json.dumps(recipe_to_json(recipe), ensure_ascii=False, indent=2) + "\n"


def match(names: Sequence[str], recipes: Sequence[Recipe]) -> Recipe | None:
    """Find the recipe for a header, its names turned into those of the header; None where no recipe fits.

    Every header of the recipe must be there. Of several the one with most headers wins, and of equals the
    owner's own before a shipped one. Ready-made KPIs that need a column the file lacks are left out.
    """
    present = {words.fold(name) for name in names}
    fitting = [recipe for recipe in recipes if recipe.headers and all(_found(h, present) for h in recipe.headers)]
    if not fitting:
        return None
    return resolve(max(fitting, key=lambda recipe: (len(recipe.headers), not recipe.shipped)), names)


def _choices(header: str) -> list[str]:
    return [folded for part in header.split("|") if (folded := words.fold(part))]


def _found(header: str, present: set[str]) -> bool:
    return any(choice in present for choice in _choices(header))


def resolve(recipe: Recipe, names: Sequence[str]) -> Recipe:
    """Turn the names in a recipe into those of a header; columns that it lacks are left out."""
    called = called_in(recipe, names)

    def one(name: str | None) -> str | None:
        return called.get(words.fold(name)) if name else None

    def several(wanted: Sequence[str]) -> tuple[str, ...]:
        return tuple(found for name in wanted if (found := one(name)))

    return replace(
        recipe,
        date=one(recipe.date),
        values=several(recipe.values),
        key=several(recipe.key) if len(several(recipe.key)) == len(recipe.key) else (),
        recognition=recipe.recognition if len(several(recipe.key)) == len(recipe.key) else Recognition.CONTENT,
        first_row_of=one(recipe.first_row_of),
        currency_column=one(recipe.currency_column),
        currency_columns={
            amount: beside
            for name, column in recipe.currency_columns.items()
            if (amount := one(name)) and (beside := one(column))
        },
        segments=several(recipe.segments),
        personal=several(recipe.personal),
        hashed=several(recipe.hashed),
        ignored=several(recipe.ignored),
        types={found: kind for name, kind in recipe.types.items() if (found := one(name))},
        ready=tuple(done for ready in recipe.ready if (done := _ready(ready, called))),
    )


def called_in(recipe: Recipe, names: Sequence[str]) -> dict[str, str]:
    """Name the columns of a header by each folded name that the recipe may call them."""
    actual: dict[str, str] = {}
    for name in names:
        actual.setdefault(words.fold(name), name)
    called = dict(actual)
    for header in (*recipe.headers, *recipe.optional):
        choices = _choices(header)
        there = next((actual[choice] for choice in choices if choice in actual), None)
        if there is not None:
            called |= dict.fromkeys(choices, there)
    return called


_COLUMN_KEYS = frozenset({"column", "columns", "date", "segment"})


def _ready(ready: ReadyKpi, called: Mapping[str, str]) -> ReadyKpi | None:
    """Turn the column names in a ready-made KPI into those of a header; None where one is missing."""
    try:
        values = _renamed(ready.values, called, column=False)
    except KeyError:
        return None
    return replace(ready, values=values) if isinstance(values, dict) else None


def _renamed(part: object, called: Mapping[str, str], *, column: bool) -> object:
    match part:
        case dict():
            return {
                key: _renamed(inner, called, column=key in _COLUMN_KEYS or (key == "value" and isinstance(inner, str)))
                for key, inner in part.items()
            }
        case list() | tuple():
            return [_renamed(inner, called, column=column) for inner in part]
        case str() if column:
            return called[words.fold(part)]
        case _:
            return part


def taught(recipe: Recipe, picked: Picks, main: tuple[str | None, str | None]) -> Recipe:
    """Let a recipe know what was picked for columns, so that the next file is read the same way.

    Args:
        recipe: how files of this kind were read so far.
        picked: what was picked, by the names of the file's columns.
        main: the date and the value column of the file as it was read with the picks.

    Raises:
        RefusedDefinition: a column was picked as personal that the recipe goes on using.
    """
    if not picked.roles and not picked.types:
        return recipe
    moved = {words.fold(name) for name in picked.roles}
    date, value = main

    def but(names: Sequence[str], role: ColumnRole | None) -> tuple[str, ...]:
        kept = tuple(name for name in names if words.fold(name) not in moved)
        return kept if role is None else (*kept, *picked.having(role))

    key = but(recipe.key, ColumnRole.KEY)
    by_key = Recognition.KEY if key else Recognition.CONTENT
    values = sorted(but(recipe.values, ColumnRole.VALUE), key=lambda name: name != value)
    made = replace(
        recipe,
        date=date if picked.date or words.fold(recipe.date or "") in moved else recipe.date,
        values=tuple(values),
        key=key,
        recognition=recipe.recognition if key == recipe.key else by_key,
        segments=but(recipe.segments, ColumnRole.SEGMENT),
        personal=tuple(name for name in but(recipe.personal, ColumnRole.PERSONAL) if name not in picked.hashed),
        hashed=(*but(recipe.hashed, None), *picked.hashed),
        ignored=but(recipe.ignored, ColumnRole.IGNORE),
        types={**recipe.types, **picked.types},
    )
    refuse_two_uses(made)
    return made


def draft(name: str, reading: ColumnsReading, answers: Mapping[str, str], before: Recipe | None = None) -> Recipe:
    """Make the recipe that confirming a reading saves, so that next month's file needs no clicks.

    Args:
        name: The owner's name for this kind of file.
        reading: What was understood and confirmed.
        answers: What the owner answered and the file leaves open; how it is really read wins.
        before: The recipe that the reading followed, whose business rules are kept.
    """
    learned = dict(answers)
    if reading.day_first is not None:
        learned[order.QUESTION] = (dates.Order.DAY_FIRST if reading.day_first else dates.Order.MONTH_FIRST).value
    if reading.decimal:
        learned[decimals.QUESTION] = "comma" if reading.decimal == number.COMMA else "point"
    headers = tuple(words.fold(each.name) for each in reading.columns if words.fold(each.name))
    types = {
        each.name: each.type for each in reading.types if any(cell is not None for cell in reading.cells[each.name])
    }
    if before is not None:
        return replace(
            before, name=name, headers=headers, shipped=False, answers={**before.answers, **learned},
            types={**before.types, **types},
        )  # fmt: skip

    def having(role: ColumnRole) -> tuple[str, ...]:
        return tuple(each.name for each in reading.columns if each.role is role)

    key = having(ColumnRole.KEY)
    values = tuple(sorted(having(ColumnRole.VALUE), key=lambda each: each != reading.value_column))
    return Recipe(
        name=name,
        headers=headers,
        date=reading.date_column,
        values=values,
        recognition=Recognition.KEY if key else Recognition.CONTENT,
        key=key,
        currency_column=currency.currency_column(reading),
        segments=having(ColumnRole.SEGMENT),
        personal=having(ColumnRole.PERSONAL),
        answers=learned,
        types=types,
        ready=signs.ready_net(reading),
    )
