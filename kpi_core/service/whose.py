"""To which source a file belongs, and by whose recipe it is read: what another source learned is no answer for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kpi_core import ingest
from kpi_core.ingest.recipe import match, shipped
from kpi_core.kpi import Aggregate, Measure, OneColumn
from kpi_core.service.currencies import file_rows, of_measure, said_by, stored_rows
from kpi_core.service.wishes import OF_STORING, SOURCE, refuse_contradicted
from kpi_core.source import Question
from kpi_core.store import sources
from kpi_core.store.business import read_business
from kpi_core.store.import_list import list_imports
from kpi_core.store.questions import unknown_answer

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.ingest.reading import Reading
    from kpi_core.service.file import File
    from kpi_core.service.wishes import Wishes
    from kpi_core.source import Recipe
    from kpi_core.store.data_file import Store
    from kpi_core.store.sources import Source

DATED: Final = re.compile(r"(?=\D*\d)(?:[\s_.()0-9-]|(?<=[\s_.()0-9-])(?:q|h|kw|w)(?=[\s_.-]?[0-9]))+$", re.IGNORECASE)
"""How a file's name ends that says which month, quarter (Q3), half (H1), week (KW 40) or copy it is."""
LEAST_NAME: Final = 3
NEW: Final = "new"

Progress = Callable[[float, str], None]
Recipes = tuple["Recipe", ...]


@dataclass(frozen=True)
class Whose:
    """The source that a file belongs to. `known`: it is there already; `question`: several could be it."""

    name: str
    known: bool
    question: Question | None = None


def read(
    store: Store, file: File, wishes: Wishes, today: date, progress: Progress | None = None, *, keep: bool = False
) -> Reading:
    """Read a file by the recipe of its source where one is named and fits, else by whichever fits best.

    Raises:
        UnreadableFile: the file holds no table; the sentence says why and what to do.
        RefusedDefinition: an answer or a pick that cannot work, or that the file's own cells contradict.
    """

    def by(recipes: Recipes) -> Reading:
        return ingest.read(
            file.name,
            file.data,
            recipes=recipes,
            answers={key: answer for key, answer in wishes.answers.items() if key not in OF_STORING},
            today=today,
            progress=progress,
            columns=wishes.columns,
            keep=keep,
            style=style,
        )

    style = read_business(store).style
    first, *others = _offered(store, wishes)
    reading = by(first)
    if others and reading.recipe is None:
        reading = by(*others)
    refuse_contradicted(reading, wishes.answers)
    return reading


def is_current(store: Store, wishes: Wishes, reading: Reading) -> bool:
    """Tell whether reading the file again would give the same: no recipe that it could be read by has changed."""
    *own, every = _offered(store, wishes)
    if reading.known in own:
        return reading.recipe is not None
    return reading.known == every and not any(fits(reading, recipe) for recipes in own for recipe in recipes)


def fits(reading: Reading, recipe: Recipe) -> bool:
    """Tell whether a recipe knows the header of a file."""
    return _resolved(reading, recipe) is not None


def whose(store: Store, file: File, wishes: Wishes, reading: Reading) -> Whose:
    """Name the source that a file belongs to; where several of the same layout could be it, only the owner knows."""
    named = _named(store, wishes)
    if named is not None:
        return Whose(named.name, known=bool(wishes.source) or _was_seen(store, named))
    if wishes.source:
        return Whose(wishes.source.strip(), known=False)
    if reading.recipe is None or wishes.answers.get(SOURCE) == NEW:
        return Whose(_unused_name(store, file), known=False)
    fitting = _fitting(store, reading)
    if len(fitting) > 1:
        return Whose(fitting[0].name, known=False, question=_ask(fitting))
    found = fitting[0] if fitting else _called(store, reading.recipe.name)
    return Whose(reading.recipe.name, known=False) if found is None else Whose(found.name, _was_seen(store, found))


def _offered(store: Store, wishes: Wishes) -> tuple[Recipes, ...]:
    """Give the recipes to read a file by: first only that of its source, where none of it fits all there are."""
    named = _named(store, wishes)
    own = [source.recipe for source in sources.list_sources(store) if source.recipe.headers]
    if wishes.source or SOURCE in wishes.answers:
        # What was answered for another source is no answer for this one
        own = [replace(recipe, answers={}) for recipe in own]
    every = (*own, *shipped())
    return ((named.recipe,), every) if named is not None and named.recipe.headers else (every,)


def _named(store: Store, wishes: Wishes) -> Source | None:
    """Find the source that the owner named; None where that is none or a new one.

    Raises:
        RefusedDefinition: the answer names no source.
    """
    stored = sources.list_sources(store)
    if wishes.source:
        return next((each for each in stored if sources.fold(wishes.source) == sources.fold(each.name)), None)
    said = wishes.answers.get(SOURCE)
    found = next((each for each in stored if str(each.id) == said), None)
    if said not in {None, NEW} and found is None:
        raise unknown_answer(SOURCE, str(said), [*(str(each.id) for each in stored), NEW])
    return found


def _called(store: Store, recipe: str) -> Source | None:
    return next((each for each in sources.list_sources(store) if each.recipe.name == recipe), None)


def _was_seen(store: Store, source: Source) -> bool:
    """Tell whether a file was read by the recipe before: nobody has seen yet what an imported one makes of a file."""
    return bool(source.recipe.headers and list_imports(store, source.id))


def _resolved(reading: Reading, recipe: Recipe) -> Recipe | None:
    return match((*(column.name for column in reading.columns), *reading.lines), [recipe])


def _fitting(store: Store, reading: Reading) -> list[Source]:
    """List the sources that could be meant: of the same layout, or read alike, and of the file's own currency."""
    if reading.recipe is None or reading.recipe.shipped:
        return []
    resolved = [(each, _resolved(reading, each.recipe)) for each in sources.list_sources(store)]
    found = [(each, recipe) for each, recipe in resolved if recipe is not None]
    most = max((len(recipe.headers) for _, recipe in found), default=0)
    alike = {_use(recipe) for _, recipe in found if len(recipe.headers) == most}
    fitting = [each for each, recipe in found if len(recipe.headers) == most or _use(recipe) in alike]
    return _of_its_money(store, reading, fitting) if len(fitting) > 1 else fitting


def _of_its_money(store: Store, reading: Reading, fitting: list[Source]) -> list[Source]:
    """Choose among sources that were split by their currency: the money of the file says which is meant."""
    if reading.batch is None or reading.value_column is None:
        return fitting
    measure = Measure("", Aggregate.SUM, OneColumn(reading.value_column))
    ours = of_measure(file_rows(reading.batch), measure, said_by(reading.draft, measure))
    theirs = {each.id: of_measure(stored_rows(store, each), measure, said_by(each.recipe, measure)) for each in fitting}
    found = [each for each in fitting if ours and ours <= theirs[each.id]]
    return found if len(found) == 1 and all(theirs.values()) else fitting


def _use(recipe: Recipe) -> tuple[object, ...]:
    return recipe.date, recipe.values, recipe.recognition, recipe.key


def _ask(fitting: list[Source]) -> Question:
    text = "Several sources have files with these headings. Which one is this file of?"
    labels = (*(each.name for each in fitting), "A new one")
    return Question(SOURCE, text, (*(str(each.id) for each in fitting), NEW), None, labels)


def _unused_name(store: Store, file: File) -> str:
    """Make a name for a new source from that of its first file."""
    stem = _one_line(PurePath(file.name.replace("\\", "/")).stem) or "My file"
    # Next month's file is of the same kind: its month is no part of the name
    undated = DATED.sub("", stem)
    stem = undated if len(undated) >= LEAST_NAME else stem
    taken = {sources.fold(each.name) for each in sources.list_sources(store)}
    names = [stem, *(f"{stem} {number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if sources.fold(name) not in taken)


def _one_line(text: str) -> str:
    """Make a text fit to be a source's name, with room for a number."""
    return "".join(char if char.isprintable() else " " for char in text).strip()[: sources.LONGEST_NAME - 5].strip()
