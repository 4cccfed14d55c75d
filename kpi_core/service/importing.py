"""Adding a file: read it, say what would happen, ask what only the owner knows, store it, take it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi_core.errors import OpenQuestions, RefusedDefinition
from kpi_core.ingest.lines import Lines
from kpi_core.ingest.picks import picks_of
from kpi_core.ingest.recipe import taught
from kpi_core.service.amounts import Sums, amounts_of, sums_of
from kpi_core.service.beside import against, look_beside
from kpi_core.service.cover import covered_days, feeds_of
from kpi_core.service.currency_change import Answer, answer_of, change_of
from kpi_core.service.file import File
from kpi_core.service.kin import check_kin
from kpi_core.service.recolouring import note_import, seen
from kpi_core.service.sequence import REWRITTEN
from kpi_core.service.trial import TakeBack, attempt, trial
from kpi_core.service.whose import Progress, is_current, read, whose
from kpi_core.service.wishes import Wishes
from kpi_core.source import Recipe
from kpi_core.store import actuals, imports, sources
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.columns import say_currencies
from kpi_core.store.compare import MonthCount
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.fitting import DUPLICATE_KEY
from kpi_core.store.definitions.renaming import change_source
from kpi_core.store.duplicates import first_rows, unique
from kpi_core.store.glance import has_rows
from kpi_core.store.import_list import note_lesson
from kpi_core.store.imports import ImportPlan, ImportResult
from kpi_core.store.questions import Overlap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpi_core.ingest.reading import Reading
    from kpi_core.source import Check, Covers, Question, Refused, RowBatch
    from kpi_core.store.data_file import Store
    from kpi_core.store.sources import Source


__all__ = [
    "Added",
    "File",
    "ImportPlan",
    "ImportResult",
    "Lines",
    "MonthCount",
    "Overlap",
    "Preview",
    "Wishes",
    "add",
    "add_all",
    "preview",
    "store_reading",
]


@dataclass(frozen=True)
class Preview:
    """What is known before anything is written.

    `plan` is None while a question about the reading is open. `feeds` names the KPIs that the source's rows
    make. `known`: the source is there already, so that without a question nothing needs to be clicked.
    """

    file: File
    wishes: Wishes
    reading: Reading
    source: str
    known: bool
    plan: ImportPlan | None
    question: Question | None
    feeds: tuple[str, ...] = ()
    records: Lines | None = None
    """Every record of the file with what becomes of it."""
    beside: tuple[Check, ...] = ()
    """What a look at the stored rows verified."""
    by_key: bool = False
    """Its rows are told by a key: stored rows that it does not hold any more stay, unless they are removed."""
    covers: Covers | None = None
    """The days that it states or holds, as far as that is known."""
    sums: Sums | None = None
    """What its amounts come to by month, so that a factor of a hundred is seen before it is added."""

    def outline(self) -> Preview:
        """Give the same without the rows: what a file that is not looked at yet needs in a list."""
        return replace(self, reading=replace(self.reading, batch=None, preview=()), records=None)

    @property
    def is_outline(self) -> bool:
        """Tell whether the rows are missing, so that the file is to be read again before it is shown."""
        return self.records is None

    @property
    def refused(self) -> tuple[Refused, ...]:
        """List every row that would be refused: those that cannot be read, and those of closed months."""
        return (*self.reading.refused, *(self.plan.closed if self.plan else ()))

    @property
    def of_closed_months(self) -> str:
        """Say which rows are refused for their closed month, and what lets them in; "" where none is."""
        closed = self.plan.closed if self.plan else ()
        months = ", ".join(dict.fromkeys(each.reason for each in closed))
        return f"{len(closed):,} refused: {months}. Settings reopens a month." if closed else ""

    @property
    def checks(self) -> tuple[Check, ...]:
        """List everything that was verified, about the file and beside what is stored."""
        return (*self.reading.checks, *self.beside)

    @property
    def leaves_nothing_open(self) -> bool:
        """Tell whether the file is one of a known source and has no question and nothing that fails.

        A failing check, such as a total that disagrees, needs a look, and so do stored rows that would go.
        """
        takes_away = self.plan is not None and self.plan.gone > 0
        agrees = all(check.ok for check in self.checks)
        return self.known and self.question is None and agrees and not takes_away

    @property
    def needs_no_click(self) -> bool:
        """Tell whether the file can go in unseen: nothing is open, and no number misses a refused row."""
        return self.leaves_nothing_open and not self.refused


@dataclass(frozen=True)
class Added:
    """What adding a file did."""

    source: str
    result: ImportResult
    feeds: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    checks: tuple[Check, ...] = ()
    """What was verified about the file; one that fails is a warning."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what shows only after several files were added: where they do not agree."""
        return tuple(check.text for check in self.checks if check.name == REWRITTEN)


def preview(data_file: Path, file: File, wishes: Wishes, now: datetime, progress: Progress | None = None) -> Preview:
    """Read a file and say what storing it would do; nothing is written.

    Raises:
        UnreadableFile: the file holds no table; the sentence says why and what to do.
    """
    with open_store(data_file) as store:
        reading = read(store, file, wishes, now.date(), progress, keep=True)
        # The records are for the screen: what stores the reading later need not carry them
        records, reading = reading.records, replace(reading, records=None)
        owner = whose(store, file, wishes, reading)
        kin = check_kin(store, reading, owner)
        covers = None if reading.batch is None else reading.batch.covers
        if owner.question is not None or reading.batch is None or reading.questions:
            question = owner.question or next(iter(reading.questions), None)
            waits = Preview(file, wishes, reading, owner.name, owner.known, None, question, records=records)
            return replace(waits, covers=covers, beside=kin)
        place = _place(store, file, wishes, reading, reading.batch)
        if place.cancelled:
            plan = ImportPlan(0, 0, 0, 0, len(reading.left_out), len(reading.refused))
            return Preview(file, wishes, reading, place.name, place.known, plan, None, records=records)
        with trial(store):
            stored = _source(store, place, reading, now)
            _refuse_moved(store, stored, reading, wishes)
            sources.save_recipe(store, stored.id, _learned(stored.recipe, reading, wishes))
            upload, doubt = _upload(store, stored, file, wishes, reading, now.date())
            plan = imports.plan(store, stored.id, upload)
            feeds = feeds_of(store, place.name)
            found = look_beside(store, stored, upload.batch, ends_open=doubt is not None)
            amounts = amounts_of(upload.batch, stored.recipe, upload.amounts, read_business(store))
            sums = sums_of(upload.batch, amounts)
    records = records and records.without(upload.left_out[len(reading.left_out) :], plan.closed)
    shown = Preview(file, wishes, reading, place.name, place.known, plan, None, feeds, records, covers=covers)
    if plan.same_file_as is not None:
        return shown
    question = place.question or plan.question or doubt
    beside = (*kin, *found.checks, *against(found, plan, amounts))
    return replace(shown, question=question, by_key=found.by_key, beside=beside, sums=sums)


def add(data_file: Path, file: File, wishes: Wishes, now: datetime, reading: Reading | None = None) -> Added:
    """Store a file and bring the values of its KPIs up to date: all of it or nothing.

    `reading`: of the same file and wishes, where a preview has it already; the file is read again where the recipes
    changed since.

    Raises:
        OpenQuestions: something only the owner can decide; nothing was changed.
        UnreadableFile: the file holds no table.
    """
    with open_store(data_file) as store:
        reading = reading or read(store, file, wishes, now.date())
        with attempt(store):
            if not is_current(store, wishes, reading):
                reading = read(store, file, wishes, now.date())
            added = store_reading(store, file, wishes, reading, now)
            if added.result.import_id is None:
                # Cancelled, or there already: what was learned on the way is not kept either
                raise TakeBack
        store.checkpoint()
    return added


def add_all(data_file: Path, files: Sequence[File], wishes: Wishes, now: datetime) -> tuple[Added, ...]:
    """Store several files of one source one after the other: all of them or nothing.

    Each is read as the ones before it taught; the answers hold for all.

    Raises:
        OpenQuestions: one of them leaves something open; nothing was changed.
        UnreadableFile: one of them holds no table; nothing was changed.
    """
    with open_store(data_file) as store:
        with store.writing():
            done = []
            for file in files:
                reading = read(store, file, wishes, now.date())
                done.append(store_reading(store, file, wishes, reading, now))
        store.checkpoint()
    return tuple(done)


def store_reading(store: Store, file: File, wishes: Wishes, reading: Reading, now: datetime) -> Added:
    """Store what was read of a file, learn from the answers, bring the values up to date.

    Raises:
        OpenQuestions: something only the owner can decide; nothing was changed.
    """
    with store.writing():
        owner = whose(store, file, wishes, reading)
        if owner.question is not None:
            raise OpenQuestions([owner.question])
        if reading.batch is None or reading.questions:
            raise OpenQuestions(reading.questions)
        place = _place(store, file, wishes, reading, reading.batch)
        if place.cancelled:
            nothing = ImportResult(None, 0, 0, 0, 0, len(reading.left_out), len(reading.refused))
            return Added(place.name, nothing, checks=reading.checks)
        kin = check_kin(store, reading, owner)
        source = _source(store, place, reading, now)
        _refuse_moved(store, source, reading, wishes)
        upload, doubt = _upload(store, source, file, wishes, reading, now.date())
        doubt = place.question or doubt
        if doubt is not None and imports.plan(store, source.id, upload).same_file_as is None:
            raise OpenQuestions([doubt])
        anew = not has_rows(store, source.id)
        lesson = _learn(store, source, _learned(source.recipe, reading, wishes), By(now, why=file.name))
        found = look_beside(store, source, upload.batch, ends_open=False)
        before = seen(store)
        result = imports.apply(store, source.id, upload, now)
        if result.import_id is not None:
            say_currencies(store, source.id, upload.batch, anew=anew)
            if lesson is not None:
                note_lesson(store, result.import_id, lesson)
        actuals.refresh(store)
        if result.import_id is not None:
            note_import(store, before, result.import_id, file.name, By(now, read_business(store).person))
        feeds = feeds_of(store, place.name)
        amounts = amounts_of(upload.batch, source.recipe, upload.amounts, read_business(store))
    beside = (*kin, *found.checks, *against(found, result, amounts)) if result.import_id is not None else ()
    return Added(place.name, result, feeds, (*reading.refused, *result.closed), (*reading.checks, *beside))


@dataclass(frozen=True)
class _Place:
    """The source that a file goes to. `known`: it is there already; `apart`: split off for another currency."""

    name: str
    known: bool
    apart: bool = False
    question: Question | None = None
    cancelled: bool = False


def _place(store: Store, file: File, wishes: Wishes, reading: Reading, batch: RowBatch) -> _Place:
    """Choose the source of a file; money in another currency than is stored there goes nowhere unasked."""
    owner = whose(store, file, wishes, reading)
    name, known = owner.name, owner.known
    change = change_of(store, name, batch, wishes.answers)
    if change is None:
        return _Place(name, known)
    said = answer_of(change, wishes.answers)
    if said is Answer.CANCEL or change.apart is None:
        return _Place(name, known, question=None if said else change.question, cancelled=said is Answer.CANCEL)
    there = any(sources.fold(each.name) == sources.fold(change.apart) for each in sources.list_sources(store))
    fits = change_of(store, change.apart, batch, {}) is None
    # Split off once, the next file of that currency finds its way
    if fits and (said is Answer.OWN_SOURCE or (there and not wishes.source)):
        return _Place(change.apart, there, apart=True)
    return _Place(name, known, question=change.question)


def _source(store: Store, place: _Place, reading: Reading, now: datetime) -> Source:
    name = place.name
    own = reading.recipe is not None and not reading.recipe.shipped and not place.known
    drafted = replace(
        reading.draft, name=reading.recipe.name if reading.recipe and not place.apart and not own else name
    )
    for each in sources.list_sources(store):
        if sources.fold(each.name) == sources.fold(name):
            if each.recipe != Recipe(each.recipe.name, ()):
                return each
            # A source that was only named so far: its first file says everything about it
            sources.save_recipe(store, each.id, drafted)
            return sources.get_source(store, each.id)
    return sources.add_source(store, name, drafted, now)


def _learn(store: Store, source: Source, learned: Recipe, by: By) -> int | None:
    """Keep what a file taught; what a known source learns is a change in the log, whose number is given."""
    if source.recipe.headers:
        return change_source(store, source.id, source.name, learned, replace(by, who=read_business(store).person))
    sources.save_recipe(store, source.id, learned)
    return None


def _learned(recipe: Recipe, reading: Reading, wishes: Wishes) -> Recipe:
    """Keep what the owner answered of what the file leaves open, so that the next one asks nothing.

    How a row is recognised never changes.
    """
    base = recipe if recipe.headers else replace(reading.draft, name=recipe.name, recognition=recipe.recognition)
    picked = picks_of([column.name for column in reading.columns], wishes.columns)
    base = taught(base, picked, (reading.date_column, reading.value_column))
    kept = {question: answer for question, answer in reading.draft.answers.items() if question in reading.decided}
    doubled = wishes.answers.get(DUPLICATE_KEY)
    if doubled is not None and reading.batch is not None and unique(reading.batch, None).question is not None:
        kept[DUPLICATE_KEY] = doubled
    return replace(base, answers={**base.answers, **kept})


def _refuse_moved(store: Store, source: Source, reading: Reading, wishes: Wishes) -> None:
    """Refuse a pick that stored rows contradict: their day, and what they are recognised by.

    Raises:
        RefusedDefinition: rows are stored by another date or key.
    """
    before, now = source.recipe, reading.draft
    if not (wishes.columns.roles or wishes.columns.date) or not has_rows(store, source.id):
        return
    for then, picked, said in (
        ((before.date,) if before.date else (), (now.date,) if now.date else (), "dated"),
        (before.key, now.key, "recognised"),
    ):
        if [*map(sources.fold, then)] != [*map(sources.fold, picked)]:
            by = " and ".join(f'"{name}"' for name in then) or "nothing of its own"
            sentence = f"The rows of {source.name} that are stored already are {said} by {by}."
            raise RefusedDefinition(sentence, "Keep this file under another name, or undo the imports first.")


def _upload(
    store: Store, source: Source, file: File, wishes: Wishes, reading: Reading, today: date
) -> tuple[imports.Upload, Question | None]:
    """Make what is to be stored, with the days it covers; the doubt about its ends is a question."""
    batch = reading.batch
    if batch is None:
        raise OpenQuestions(reading.questions)
    alone = first_rows(batch, source.recipe.first_row_of, source.recipe.values)
    dated, doubt = covered_days(store, source, alone.batch, wishes.answers, today)
    left_out = (*reading.left_out, *alone.left_out)
    answers = {**source.recipe.answers, **wishes.answers}
    # Lines of a statement do not add up
    amounts = None if reading.wide else reading.value_column
    upload = imports.Upload(dated, file.name, file.hash, left_out, reading.refused, answers, amounts)
    return upload, doubt
