"""Several files at once: each is added or says what it needs, and one that fails does not stop the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kpi_core.errors import OpenQuestions, RefusedDefinition, SignalboxError
from kpi_core.service import importing, sequence
from kpi_core.service.file import File
from kpi_core.service.importing import Added, Preview, Wishes
from kpi_core.service.whose import fits
from kpi_core.source import Question
from kpi_core.store.data_file import open_store
from kpi_core.store.sources import fold, list_sources

Progress = Callable[[float, str], None]
Kind = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Waiting:
    """A file that waits: what its owner said about it, and whether it was said that files of its kind shall go in."""

    file: File
    wishes: Wishes
    agreed: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one of several files: it was added, it needs a look or an answer, or it cannot be read."""

    name: str
    added: Added | None = None
    preview: Preview | None = None
    question: Question | None = None
    error: SignalboxError | None = None

    @property
    def sentence(self) -> str:
        """Say in one sentence what the file brought, or what it needs."""
        if self.added is not None:
            return " ".join([self.added.result.sentence, *self.added.notes])
        if self.error is not None:
            return f"{self.error.sentence} {self.error.hint}".strip()
        if self.question is not None:
            return self.question.text
        return "It waits for your look."


def take_in(
    data_file: Path, waiting: Sequence[Waiting], now: datetime, progress: Progress | None = None
) -> tuple[Outcome, ...]:
    """Add every file that needs no click, in the order of their days; the others are given back with their preview.

    Of the files of one kind only the first preview holds rows: 24 large files need not lie in memory to be listed.
    `progress` is told the share done of all files, and the name of the one at hand.
    """
    kinds: set[Kind] = set()

    def take(place: int, tell: Progress) -> Outcome:
        outcome = _taken_in(data_file, waiting[place], now, tell)
        if outcome.preview is None:
            return outcome
        kind = kind_of(outcome.preview)
        outcome = replace(outcome, preview=outcome.preview.outline()) if kind in kinds else outcome
        kinds.add(kind)
        return outcome

    return _one_by_one(data_file, [(each.file, each.wishes) for each in waiting], now, progress, take)


def _one_by_one(
    data_file: Path,
    files: Sequence[tuple[File, Wishes]],
    now: datetime,
    progress: Progress | None,
    take: Callable[[int, Progress], Outcome],
) -> tuple[Outcome, ...]:
    """Take files in the order of their days; give what became of each in their own order."""
    count = len(files)
    # Where there are several, each is read for its days first
    parts, turn = (1, 0) if count == 1 else (2 * count, count)

    def tells(number: int, place: int) -> Progress:
        return _part_of(progress, number, parts, place, files)

    done: dict[int, Outcome] = {}
    order = sequence.by_days(data_file, files, now, lambda place, share: tells(place, place)(share, ""))
    for number, place in enumerate(order, start=turn):
        tell, name = tells(number, place), files[place][0].name
        tell(0.0, "")
        try:
            done[place] = take(place, tell)
        except SignalboxError as error:
            done[place] = Outcome(name, error=error)
    added = [place for place in order if done[place].added is not None]
    pairs = [(done[place].name, one) for place in added if (one := done[place].added) is not None]
    for place, one in zip(added, sequence.compared(data_file, pairs), strict=True):
        done[place] = replace(done[place], added=one)
    return tuple(done[place] for place in range(count))


def _taken_in(data_file: Path, each: Waiting, now: datetime, tell: Progress) -> Outcome:
    def look(wishes: Wishes) -> Preview:
        return importing.preview(data_file, each.file, wishes, now, tell)

    try:
        preview = look(each.wishes)
    except RefusedDefinition:
        if not each.agreed:
            raise
        # What was answered for another file of its kind does not fit this one
        preview = look(replace(each.wishes, answers={}))
        return Outcome(each.file.name, preview=preview, question=preview.question)
    unseen = preview.needs_no_click and each.wishes == Wishes()
    if not (unseen or (each.agreed and preview.leaves_nothing_open)):
        return Outcome(each.file.name, preview=preview, question=preview.question)
    try:
        added = importing.add(data_file, each.file, each.wishes, now, preview.reading)
    except OpenQuestions:
        # It arose since it was looked at
        preview = look(each.wishes)
        return Outcome(each.file.name, preview=preview, question=preview.question)
    return Outcome(each.file.name, added=added)


def outdated(data_file: Path, preview: Preview, source: str) -> bool:
    """Tell whether a file that waits must be read again since rows of a source, or its recipe, changed."""
    if fold(preview.source) == fold(source):
        return True
    with open_store(data_file) as store:
        found = next((each for each in list_sources(store) if fold(each.name) == fold(source)), None)
    return found is None or bool(found.recipe.headers and fits(preview.reading, found.recipe))


def kind_of(preview: Preview) -> Kind:
    """Tell files of one kind by the recipe that knows them, else by their headings; those of named sources apart."""
    reading = preview.reading
    return preview.wishes.source or (reading.recipe.name if reading.recipe else ""), reading.draft.headers


def add_each(
    data_file: Path, files: Iterable[File], wishes: Wishes, now: datetime, progress: Progress | None = None
) -> tuple[Outcome, ...]:
    """Add every file that leaves nothing open, each for itself in the order of their days; the answers hold for all."""
    every = list(files)

    def take(place: int, tell: Progress) -> Outcome:
        del tell
        name = every[place].name
        try:
            return Outcome(name, added=importing.add(data_file, every[place], wishes, now))
        except OpenQuestions as error:
            return Outcome(name, question=error.questions[0])

    return _one_by_one(data_file, [(file, wishes) for file in every], now, progress, take)


def add_all(data_file: Path, files: Sequence[File], wishes: Wishes, now: datetime) -> tuple[tuple[str, Added], ...]:
    """Store several files in the order of their days, all of them or nothing; give the name of each with what it did.

    Raises:
        OpenQuestions: one of them leaves something open; nothing was changed.
        UnreadableFile: one of them holds no table; nothing was changed.
    """
    ordered = [files[place] for place in sequence.by_days(data_file, [(file, wishes) for file in files], now)]
    names = [file.name for file in ordered]
    added = importing.add_all(data_file, ordered, wishes, now)
    told = sequence.compared(data_file, list(zip(names, added, strict=True)))
    return tuple(zip(names, told, strict=True))


def summary(outcomes: Iterable[Outcome]) -> str:
    """Say in one sentence what became of several files: "24 files: 2,410 new, 12 the same, 1 needs an answer".

    >>> summary([Outcome("a.csv", question=Question("coverage", "Is it all?", ("yes", "no")))])
    '1 file: 1 needs an answer.'
    """
    every = list(outcomes)
    results = [each.added.result for each in every if each.added is not None]
    asked = sum(each.question is not None for each in every)
    failed = sum(each.error is not None for each in every)
    waits = sum(each.added is None and each.question is None and each.error is None for each in every)
    counts = [
        (sum(result.new for result in results), "new"),
        (sum(result.changed for result in results), "changed"),
        (sum(result.same for result in results), "the same"),
        (sum(result.gone for result in results), "gone"),
        (sum(result.left_out for result in results), "left out"),
        (sum(result.refused for result in results), "refused"),
        (asked, "needs an answer" if asked == 1 else "need an answer"),
        (waits, "waits for your look" if waits == 1 else "wait for your look"),
        (failed, "cannot be added"),
    ]
    shown = [f"{count:,} {word}" for count, word in counts if count] or ["no rows"]
    files = "1 file" if len(every) == 1 else f"{len(every):,} files"
    return f"{files}: {', '.join(shown)}."


def _part_of(
    progress: Progress | None, number: int, parts: int, place: int, files: Sequence[tuple[File, Wishes]]
) -> Progress:
    """Tell the progress of one of several files as a share of all parts of the work."""
    name, count = files[place][0].name, len(files)

    def tell(share: float, doing: str) -> None:
        del doing
        if progress is not None:
            said = f"File {place + 1} of {count}: {name}" if count > 1 else f"Reading {name}"
            progress((number + share) / parts, said)

    return tell
