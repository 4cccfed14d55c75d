"""All notes of what happened: added on one KPI or on every one, changed, taken away and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.service import log, notes
from kpi_core.service.kpi_page import kpi_names
from ui.plain import as_it_stands
from ui.widgets import act, panel, show_empty, show_heading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.notes import ListedNote

GONE = "note_gone"
EVERY = 0


def show_notes(data_file: Path, now: datetime) -> None:
    """Show the form of a new note, then every note with its ways."""
    show_gone(data_file, now)
    _show_new(data_file, now)
    listed = notes.every_note(data_file)
    if not listed:
        show_empty(
            "No notes yet", "Note what happened on a day: a campaign, a move, a new price. It stands on the trend.", [],
            "no_notes",
        )  # fmt: skip
        return
    for note in listed:
        _show_note(data_file, note, now)


def _show_new(data_file: Path, now: datetime) -> None:
    names = {EVERY: notes.EVERYWHERE, **kpi_names(data_file)}
    with panel("new_note"), st.form("new_note", border=False, clear_on_submit=True):
        show_heading("Add a note")
        first, second, third = st.columns([1, 2, 1], vertical_alignment="bottom")
        day = first.date_input("On which day?", value=now.date(), key="new_note_day", format="YYYY-MM-DD")
        text = second.text_input("What happened?", key="new_note_text", max_chars=200)
        kpi = third.selectbox("Where", list(names), format_func=lambda each: names[each], key="new_note_kpi")
        if st.form_submit_button("Keep this note", type="primary"):
            act(lambda: notes.add_note(data_file, kpi, day, text, now, everywhere=kpi == EVERY))


def _show_note(data_file: Path, note: ListedNote, now: datetime) -> None:
    with panel(f"note_{note.id}"):
        st.text(f"{note.when}, {note.about}: {note.text}")
        said = as_it_stands(f"{note.when}: {note.text}")
        with st.container(horizontal=True, gap="xsmall"):
            with (
                st.popover("Change", type="tertiary", help=f"Change the note: {said}"),
                st.form(f"change_{note.id}", border=False),
            ):
                day = st.date_input("On which day?", value=note.day, key=f"note_day_{note.id}", format="YYYY-MM-DD")
                text = st.text_input("What happened?", note.text, key=f"note_text_{note.id}", max_chars=200)
                if st.form_submit_button("Keep the change"):
                    act(lambda: notes.change_note(data_file, note.id, day, text, now))
            if st.button("Take away", key=f"gone_{note.id}", type="tertiary", help=f"Take away the note: {said}"):
                take_away(data_file, note.id, f"{note.when}: {note.text}", now)


def take_away(data_file: Path, note_id: int, sentence: str, now: datetime) -> None:
    """Take a note away, and remember it for its way back."""
    st.session_state[GONE] = (notes.remove_note(data_file, note_id, now), sentence)
    st.rerun()


def show_gone(data_file: Path, now: datetime) -> None:
    """Show the note that was taken away last, with its way back."""
    change, said = st.session_state.get(GONE, (None, ""))
    if change is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="panel_done"):
        st.text(f"Taken away: {said}")
        if st.button("Undo", key="undo_note"):
            st.session_state.pop(GONE)
            act(lambda: log.take_back(data_file, change, "", now))
