"""Definitions as one file: downloaded, and taken over with a look at it first, each clash asked, all of it undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import keeping, taking_over
from kpi_core.service.file import File
from ui.widgets import act_and_tell, panel, show_error, show_heading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.taking_over import Preview

MINE, THEIRS = "keep mine", "take the file's"
ROUND = "definitions_round"
WHAT = "Goals, KPIs, targets and recipes as one file, without your rows: to share a set with another business."


def show_definitions(data_file: Path, now: datetime) -> None:
    """Show the download, the field for a file with its preview, and the way back of the last one."""
    with panel("definitions"):
        show_heading("Definitions and recipes")
        st.text(WHAT)
        st.download_button(
            "Download the definitions",
            partial(keeping.definitions, data_file),
            "signalbox_definitions.json",
            "application/json",
            on_click="ignore",
        )
        _show_last(data_file, now)
        turn = st.session_state.setdefault(ROUND, 0)
        handed = st.file_uploader("Take definitions over from a file", type=["json"], key=f"definitions_{turn}")
        if handed is None:
            return
        file = File(handed.name, handed.getvalue())
        try:
            found = taking_over.preview(data_file, file, now)
        except SignalboxError as error:
            show_error(error)
            return
        _show_preview(data_file, file, found, now)


def _show_preview(data_file: Path, file: File, found: Preview, now: datetime) -> None:
    st.text(found.sentence)
    for name in found.new:
        st.text(f"New: {name}")
    for name in found.others:
        st.text(f"Changed: {name}")
    if not (found.new or found.clashes or found.others):
        st.text("Everything in it is here already.")
        return
    keep_mine = []
    for clash in found.clashes:
        st.text(f"{clash.about} is here already, but otherwise. The file says: {clash.did}.")
        chosen = st.radio(
            f"Which {clash.about}?", (MINE, THEIRS), index=None, horizontal=True, key=f"clash_{clash.key}"
        )
        if chosen == MINE:
            keep_mine.append(clash.key)
    open_ones = [each for each in found.clashes if st.session_state.get(f"clash_{each.key}") is None]
    if open_ones:
        st.caption("Answer what is here otherwise first.")
    if st.button("Take these definitions over", type="primary", disabled=bool(open_ones)):

        def take() -> None:
            taking_over.take_over(data_file, file, keep_mine, now)
            st.session_state[ROUND] += 1

        act_and_tell(take, "The definitions are taken over.")


def _show_last(data_file: Path, now: datetime) -> None:
    last = taking_over.last(data_file)
    if last is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="last_definitions"):
        st.text(f"Taken over last: {last.sentence}")
        if st.button("Take that back", key="undo_definitions"):
            act_and_tell(lambda: taking_over.take_back(data_file, last.id, now))
