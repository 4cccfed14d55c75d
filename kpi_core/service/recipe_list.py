"""Every source in words: what its recipe knows, what was added, which KPIs use it; and what comes ready-made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.actual.coverage import merge
from kpi_core.definition.recipe_words import answer_words, known_again
from kpi_core.ingest import words
from kpi_core.ingest.recipe import called_in, resolve, shipped
from kpi_core.kpi import State
from kpi_core.period import day_name
from kpi_core.service.log import LogLine, log_lines
from kpi_core.store.changes import Thing
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.glance import row_count, undated_count
from kpi_core.store.import_list import list_imports
from kpi_core.store.reads import takes_from
from kpi_core.store.sources import columns, hidden_sources, list_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kpi_core.source import Covers, Recipe
    from kpi_core.store.data_file import Store
    from kpi_core.store.import_list import Import
    from kpi_core.store.sources import Source

LOG_LINES = 20
NONE = "none"
SHOWN_SPANS = 3
Fact = tuple[str, str]


@dataclass(frozen=True)
class SourceLine:
    """A source. `how` it is read and what is `held`: a label and its sentence a line.

    `columns`: what the edit form can offer. `answers`: by question, in words.
    """

    id: int
    name: str
    recipe: Recipe
    how: tuple[Fact, ...]
    held: tuple[Fact, ...]
    feeds: tuple[str, ...]
    rows: int
    imports: int
    last_file: str
    covers: str
    columns: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]

    @property
    def waits(self) -> bool:
        """Tell whether the source is only named so far."""
        return not self.recipe.headers


@dataclass(frozen=True)
class ReadyLine:
    """A recipe that comes with Signalbox, in words."""

    name: str
    date: str
    amounts: str
    known_again: str
    kpis: str


@dataclass(frozen=True)
class HiddenLine:
    """A deleted source, and how many rows it holds."""

    id: int
    name: str
    rows: int


@dataclass(frozen=True)
class Overview:
    """All sources, what comes ready-made, and what was changed, the newest first."""

    sources: tuple[SourceLine, ...]
    ready: tuple[ReadyLine, ...]
    changes: tuple[LogLine, ...]
    hidden: tuple[HiddenLine, ...] = ()
    """Deleted sources that can come back."""


def overview(data_file: Path) -> Overview:
    """Gather everything that is known of sources and recipes."""
    with open_store(data_file) as store:
        lines = tuple(_line(store, source) for source in list_sources(store))
        changes = log_lines(store, LOG_LINES, thing=Thing.SOURCE)
        hidden = tuple(HiddenLine(each.id, each.name, row_count(store, each.id)) for each in hidden_sources(store))
    return Overview(lines, tuple(map(_ready, shipped())), changes, hidden)


def columns_of(store: Store, source: Source) -> tuple[str, ...]:
    """List the columns that files of a source are known to have, as their headings spell them where that is known."""
    recipe = source.recipe
    single = (recipe.date, recipe.first_row_of, recipe.currency_column)
    stored = [column.name for column in columns(store, source.id)]
    spelled = (
        *recipe.types,
        *(name for name in single if name),
        *(*recipe.values, *recipe.key, *recipe.segments, *recipe.personal, *recipe.hashed),
    )
    found = dict.fromkeys(stored)
    for name in (*spelled, *(header.split("|")[0].strip() for header in recipe.headers)):
        if words.fold(name) not in called_in(recipe, list(found)):
            found[name] = None
    return tuple(found)


def _line(store: Store, source: Source) -> SourceLine:
    known = columns_of(store, source)
    # As the files spell it, so that what is shown and changed is found in them
    recipe = resolve(source.recipe, known)
    live = [each for each in list_imports(store, source.id) if each.undone_at is None]
    answers = tuple((question, answer_words(question, choice)) for question, choice in recipe.answers.items())
    rows, feeds = row_count(store, source.id), _feeds(store, source.name)
    last = f"{live[0].file_name}, added {day_name(live[0].added_at.date(), None)}" if live else ""
    covers = _days([each.covers for each in live if each.covers is not None])
    how = tuple(_how(recipe, known, [said for _, said in answers]))
    held = (
        ("Rows", _rows(rows, live)),
        *_undated(store, source),
        ("Last file", last or "none yet"),
        *([("Days covered", covers)] if covers else []),
        ("Used by", _listed(feeds) if feeds else "no KPI yet"),
    )
    return SourceLine(source.id, source.name, recipe, how, held, feeds, rows, len(live), last, covers, known, answers)


def _feeds(store: Store, source: str) -> tuple[str, ...]:
    """Name the KPIs that take rows of a source, the retired ones too, for they keep it."""
    return tuple(
        f"{kpi.name} (retired)" if kpi.state is State.RETIRED else kpi.name
        for kpi in kpis(store)
        if takes_from(kpi, source)
    )


def _how(recipe: Recipe, known: Sequence[str], answers: Sequence[str]) -> Iterable[Fact]:
    """Say how files are read; what a recipe does not say is left out."""
    if not recipe.headers:
        yield ("Known files", "none yet: the first file will say how they are read")
        return
    yield ("Known files", f"those with the headings {_listed(_headings(recipe, known))}")
    yield ("Date", recipe.date or "the column of dates that a file has")
    yield ("Amounts", _listed(recipe.values))
    yield ("A row is known again", known_again(recipe))
    if recipe.first_row_of:
        yield ("One row each", f"of the rows that share {recipe.first_row_of} the first counts")
    if recipe.currency_column or recipe.currency:
        yield ("Currency", recipe.currency_column or recipe.currency or "")
    listed = (
        ("Splits the numbers", recipe.segments),
        ("Personal, not stored", [name for name in recipe.personal if name not in recipe.hashed]),
        ("Personal, only counted", recipe.hashed),
        ("Answers remembered", answers),
    )
    yield from ((label, _listed(names)) for label, names in listed if names)
    yield ("Numbers include", recipe.includes or "not said")


def _headings(recipe: Recipe, known: Sequence[str]) -> list[str]:
    """Spell the headings as the files do where that is known."""
    spelled = {words.fold(name): name for name in known}
    found = []
    for header in recipe.headers:
        parts = header.split("|")
        named = next((spelled[folded] for part in parts if (folded := words.fold(part)) in spelled), None)
        found.append(named or parts[0].strip())
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or NONE


def _rows(rows: int, live: Sequence[Import]) -> str:
    files = "1 file" if len(live) == 1 else f"{len(live)} files"
    return f"{rows:,} from {files}" if live else NONE


def _undated(store: Store, source: Source) -> Iterable[Fact]:
    """Say how many rows have no day, where a day is what they count on: no KPI by that day holds them."""
    count = undated_count(store, source.id) if source.recipe.date else 0
    if count:
        yield (f"Without {source.recipe.date}", f"{count:,} of them, counted on no day")


def _days(covers: Sequence[Covers]) -> str:
    spans = merge(covers)
    said = [f"{day_name(span.start, None)} to {day_name(span.last_day, None)}" for span in spans]
    more = f"{len(said) - SHOWN_SPANS} more spans before, " if len(said) > SHOWN_SPANS else ""
    return more + " and ".join(said[-SHOWN_SPANS:])


def _ready(recipe: Recipe) -> ReadyLine:
    made = _listed([ready.name for ready in recipe.ready])
    return ReadyLine(recipe.name, recipe.date or "", _listed(recipe.values), known_again(recipe), made)
