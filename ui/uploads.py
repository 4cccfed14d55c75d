"""The files dropped in this visit: how each was read, what was answered, what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.service import importing
from kpi_core.service.importing import Added, File, Preview, Wishes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from streamlit.runtime.uploaded_file_manager import UploadedFile

READ, DONE, ADDED = "uploads_read", "uploads_done", "uploads_added"


def uploaded(dropped: Sequence[UploadedFile]) -> list[File]:
    """Take the dropped files that are not dealt with yet, each content once."""
    files = {(file := File(each.name, each.getvalue())).hash: file for each in dropped}
    return [file for file in files.values() if file.hash not in st.session_state.setdefault(DONE, set())]


def pending(data_file: Path, file: File, now: datetime) -> Preview | None:
    """Read a file, once for the same wishes; a file of a known kind that leaves nothing open is added at once."""
    read: dict[str, Preview] = st.session_state.setdefault(READ, {})
    if file.hash not in read:
        bar = st.progress(0.0, f"Reading {file.name}")
        read[file.hash] = importing.preview(data_file, file, Wishes(), now, lambda done, what: _move(bar, done, what))
        bar.empty()
    preview = read[file.hash]
    if preview.needs_no_click:
        add(data_file, preview, now)
        return None
    return preview


def _move(bar: st.delta_generator.DeltaGenerator, done: float, what: str) -> None:
    bar.progress(min(max(done, 0.0), 1.0), what)


def wish(data_file: Path, preview: Preview, now: datetime, **changed: object) -> None:
    """Read a file again with another answer, source or column."""
    wishes = replace(preview.wishes, **changed)  # type: ignore[arg-type]
    st.session_state[READ][preview.file.hash] = importing.preview(data_file, preview.file, wishes, now)


def answer(data_file: Path, preview: Preview, question: str, choice: str, now: datetime) -> None:
    """Keep an answer and read the file again."""
    wish(data_file, preview, now, answers={**preview.wishes.answers, question: choice})


def add(data_file: Path, preview: Preview, now: datetime) -> None:
    """Store a file and remember what it did."""
    added = importing.add(data_file, preview.file, preview.wishes, now, preview.reading)
    st.session_state.setdefault(ADDED, []).append((preview.file.name, added))
    forget(preview.file)


def forget(file: File) -> None:
    """Put a file aside: it is dealt with."""
    st.session_state.setdefault(DONE, set()).add(file.hash)
    st.session_state.setdefault(READ, {}).pop(file.hash, None)


def added() -> list[tuple[str, Added]]:
    """List what was added in this visit, as file name and what it did."""
    done: list[tuple[str, Added]] = st.session_state.setdefault(ADDED, [])
    return done


def note(sentence: str) -> None:
    """Say a sentence in the next run."""
    st.toast(sentence)
