"""The files dropped in this visit: how each was read, what was answered, what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.service import importing
from kpi_core.service.importing import Added, File, Preview, Wishes
from ui.plain import as_it_stands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from streamlit.runtime.uploaded_file_manager import UploadedFile

READ, WISHES, IDS, DONE, ADDED = (f"uploads_{name}" for name in ("read", "wishes", "ids", "done", "added"))


def uploaded(dropped: Sequence[UploadedFile]) -> list[File]:
    """Take the dropped files that are not dealt with yet, each content once; dropped anew, a file is looked at anew."""
    state = st.session_state
    files: dict[str, File] = {}
    state[IDS] = {}
    for each in dropped:
        if each.file_id not in state.setdefault(DONE, set()):
            file = File(each.name, each.getvalue())
            files.setdefault(file.hash, file)
            state[IDS].setdefault(file.hash, set()).add(each.file_id)
    for kept in (READ, WISHES):
        state[kept] = {hash_: value for hash_, value in state.get(kept, {}).items() if hash_ in files}
    return list(files.values())


def pending(data_file: Path, file: File, now: datetime) -> Preview | None:
    """Read a file, once for the same wishes; a file of a known kind that leaves nothing open is added at once."""
    read: dict[str, Preview] = st.session_state[READ]
    if file.hash not in read:
        wishes = st.session_state[WISHES].get(file.hash, Wishes())
        bar = st.progress(0.0, f"Reading {as_it_stands(file.name)}")
        read[file.hash] = importing.preview(data_file, file, wishes, now, lambda done, what: _move(bar, done, what))
        bar.empty()
    preview = read[file.hash]
    if _goes_in_by_itself(preview):
        add(data_file, preview, now)
        return None
    return preview


def _goes_in_by_itself(preview: Preview) -> bool:
    """Tell whether nothing is left for the owner to look at.

    A total that disagrees is, so is another source, and so are rows that would go.
    """
    said_nothing = preview.wishes.source is None and not preview.wishes.answers
    takes_away = preview.plan is not None and preview.plan.gone > 0
    agrees = all(check.ok for check in preview.reading.checks)
    return preview.needs_no_click and said_nothing and agrees and not takes_away


def _move(bar: st.delta_generator.DeltaGenerator, done: float, what: str) -> None:
    bar.progress(min(max(done, 0.0), 1.0), as_it_stands(what))


def wish(data_file: Path, preview: Preview, now: datetime, **changed: object) -> None:
    """Read a file again with another answer, source or column."""
    wishes = replace(preview.wishes, **changed)  # type: ignore[arg-type]
    st.session_state[READ][preview.file.hash] = importing.preview(data_file, preview.file, wishes, now)
    st.session_state[WISHES][preview.file.hash] = wishes


def answer(data_file: Path, preview: Preview, question: str, choice: str, now: datetime) -> None:
    """Keep an answer and read the file again."""
    wish(data_file, preview, now, answers={**preview.wishes.answers, question: choice})


def add(data_file: Path, preview: Preview, now: datetime) -> None:
    """Store a file and remember what it did."""
    added = importing.add(data_file, preview.file, preview.wishes, now, preview.reading)
    st.session_state.setdefault(ADDED, []).append((preview.file.name, added))
    forget(preview.file)
    read_again()


def forget(file: File) -> None:
    """Put a file aside: it is dealt with."""
    st.session_state[DONE] |= st.session_state[IDS].get(file.hash, set())
    for kept in (READ, WISHES):
        st.session_state[kept].pop(file.hash, None)


def read_again() -> None:
    """Let the files that wait be read anew: what is stored by now may be their source, or hold their rows."""
    st.session_state[READ] = {}


def taken_back(import_id: int, sentence: str) -> None:
    """Say that an import is undone, and no longer that it was added."""
    st.session_state[ADDED] = [each for each in added() if each[1].result.import_id != import_id]
    read_again()
    st.toast(as_it_stands(sentence))


def added() -> list[tuple[str, Added]]:
    """List what was added in this visit, as file name and what it did."""
    done: list[tuple[str, Added]] = st.session_state.setdefault(ADDED, [])
    return done
