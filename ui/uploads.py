"""The files dropped in this visit: how each was read, what was said about it, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import OpenQuestions, SignalboxError
from kpi_core.service import importing, several
from kpi_core.service.importing import Added, File, Preview, Wishes
from kpi_core.service.sequence import days_of
from kpi_core.service.several import Outcome, Waiting
from ui.plain import as_it_stands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from kpi_core.service.history import ImportLine

STATE = "uploads"


@dataclass
class Visit:
    """What is known of the files of a visit, by the hash of their content."""

    read: dict[str, Preview] = field(default_factory=dict)
    errors: dict[str, SignalboxError] = field(default_factory=dict)
    wishes: dict[str, Wishes] = field(default_factory=dict)
    refused: dict[str, SignalboxError] = field(default_factory=dict)
    """Picks that could not work, until the next one."""
    agreed: set[str] = field(default_factory=set)
    """Files that go in as another one of their kind did."""
    files: dict[str, File] = field(default_factory=dict)
    """The files at hand by what the uploader calls them: their bytes are taken over once."""
    ids: dict[str, set[str]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    """What the uploader calls the files that are dealt with; dropped anew they get another name."""
    outcomes: list[Outcome] = field(default_factory=list)
    """What was added, oldest first."""


def visit() -> Visit:
    """Give what is known of this visit's files."""
    kept: Visit = st.session_state.setdefault(STATE, Visit())
    return kept


def uploaded(dropped: Sequence[UploadedFile]) -> list[File]:
    """Take the dropped files that are not dealt with yet, each content once; dropped anew, a file is looked at anew."""
    now = visit()
    files: dict[str, File] = {}
    before, now.files, now.ids = now.files, {}, {}
    for each in dropped:
        if each.file_id not in now.done:
            # A folder's files are named by their way in it
            name = each.name.replace("\\", "/").rpartition("/")[2]
            file = before.get(each.file_id) or File(name, each.getvalue())
            now.files[each.file_id] = file
            files.setdefault(file.hash, file)
            now.ids.setdefault(file.hash, set()).add(each.file_id)
    for kept in (now.read, now.errors, now.wishes, now.refused):
        for gone in [name for name in kept if name not in files]:
            del kept[gone]
    return list(files.values())


def read_all(data_file: Path, files: Sequence[File], now: datetime) -> bool:
    """Read what was not read yet, and add what needs no click; tell whether anything was added."""
    kept = visit()
    unread = [file for file in files if file.hash not in kept.read and file.hash not in kept.errors]
    if not unread:
        return False
    bar = st.progress(0.0, "Reading")
    waiting = [Waiting(each, kept.wishes.get(each.hash, Wishes()), each.hash in kept.agreed) for each in unread]

    def tell(share: float, said: str) -> None:
        bar.progress(min(max(share, 0.0), 1.0), as_it_stands(said))

    outcomes = several.take_in(data_file, waiting, now, tell)
    bar.empty()
    grown: set[str] = set()
    for file, outcome in zip(unread, outcomes, strict=True):
        if outcome.added is not None:
            kept.outcomes.append(outcome)
            forget(file)
            grown.add(outcome.added.source)
        elif outcome.preview is not None:
            kept.read[file.hash] = outcome.preview
        elif outcome.error is not None:
            kept.errors[file.hash] = outcome.error
    for source in grown:
        read_again(data_file, source)
    return bool(grown)


def kinds(data_file: Path, files: Sequence[File], now: datetime) -> list[list[Preview]]:
    """Group the files that wait by their kind, in the order they were dropped; the first of each is read whole."""
    groups: dict[several.Kind, list[Preview]] = {}
    for file in files:
        preview = visit().read.get(file.hash)
        if preview is not None:
            groups.setdefault(several.kind_of(preview), []).append(preview)
    # The first is added first: of two exports of the same days the later one is to count
    ordered = [sorted(group, key=lambda each: days_of(each.file.name, each.covers)) for group in groups.values()]
    for first in (group[0] for group in ordered if group[0].is_outline):
        wish(data_file, first, now, first.wishes)
    return [[visit().read[group[0].file.hash], *group[1:]] for group in ordered]


def wish(data_file: Path, preview: Preview, now: datetime, wishes: Wishes) -> bool:
    """Read a file again with other wishes; what cannot be is refused in a sentence, and all stays as it was."""
    kept, name = visit(), preview.file.hash
    kept.refused.pop(name, None)
    try:
        kept.read[name] = importing.preview(data_file, preview.file, wishes, now)
    except SignalboxError as error:
        kept.refused[name] = error
        return False
    kept.wishes[name] = wishes
    return True


def answer(data_file: Path, preview: Preview, question: str, choice: str, now: datetime) -> None:
    """Keep an answer and read the file again."""
    answers = {**preview.wishes.answers, question: choice}
    wish(data_file, preview, now, replace(preview.wishes, answers=answers))


def add(data_file: Path, preview: Preview, now: datetime, others: Sequence[Preview] = ()) -> None:
    """Store a file and remember what it did; `others` of its kind follow with the same wishes."""
    kept = visit()
    try:
        added = importing.add(data_file, preview.file, preview.wishes, now, preview.reading)
    except OpenQuestions:
        # It arose since the file was looked at: read anew, the file shows it
        kept.read.pop(preview.file.hash, None)
        return
    kept.outcomes.append(Outcome(preview.file.name, added=added))
    for each in others:
        kept.wishes[each.file.hash] = preview.wishes.shared(added.source)
        kept.agreed.add(each.file.hash)
    forget(preview.file)
    read_again(data_file, added.source)
    for each in others:
        kept.read.pop(each.file.hash, None)


def forget(file: File) -> None:
    """Put a file aside: it is dealt with."""
    kept = visit()
    kept.done |= kept.ids.get(file.hash, set())
    kept.agreed.discard(file.hash)
    for each in (kept.read, kept.errors, kept.wishes, kept.refused):
        each.pop(file.hash, None)


def read_again(data_file: Path, source: str) -> None:
    """Let files that wait be read anew where a changed source may be theirs, or hold their rows."""
    read = visit().read
    for name in [name for name, each in read.items() if several.outdated(data_file, each, source)]:
        del read[name]


def taken_back(data_file: Path, line: ImportLine, sentence: str) -> None:
    """Say that an import is undone, and no longer that it was added."""
    kept = visit()
    kept.outcomes = [each for each in kept.outcomes if each.added is None or each.added.result.import_id != line.id]
    read_again(data_file, line.source)
    st.toast(as_it_stands(sentence))


def so_far() -> list[Outcome]:
    """List what became of all files of this visit: those added, those that wait, those that cannot be read."""
    kept = visit()
    waiting = [Outcome(each.file.name, preview=each, question=each.question) for each in kept.read.values()]
    return [*kept.outcomes, *waiting, *(Outcome("", error=error) for error in kept.errors.values())]


def added() -> list[tuple[str, Added]]:
    """List what was added in this visit, as file name and what it did."""
    return [(each.name, each.added) for each in visit().outcomes if each.added is not None]
