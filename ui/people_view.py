"""Who writes: asked once something was changed while nobody was named; switched in the sidebar or in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import people
from ui.widgets import panel, show_heading

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.service.people import Writers

NOBODY = "nobody named"
KEY = "who_writes"


def show_writer(data_file: Path) -> None:
    """Show in the sidebar who writes, with the switch; ask openly once there is something to sign."""
    try:
        found = people.writers(data_file)
    except SignalboxError:
        # The page itself says what is wrong with the data file
        return
    if not (found.ask or found.known):
        return
    with st.sidebar:
        if found.ask:
            st.text("Something was changed. Who writes here? The name stands beside each change in the log.")
        _show_switch(found, data_file, "")


def show_writer_setting(data_file: Path) -> None:
    """Show on the page of settings who writes: a phone folds the sidebar away."""
    with panel("who_writes"):
        show_heading("Who writes")
        st.text("The name stands beside each change in the log.")
        _show_switch(people.writers(data_file), data_file, "_setting")


def show_writer_asked(data_file: Path) -> None:
    """Ask for the name where something is about to be signed, as long as nobody is named."""
    found = people.writers(data_file)
    if not found.present:
        _show_switch(found, data_file, "_asked")


def _show_switch(found: Writers, data_file: Path, place: str) -> None:
    names = list(dict.fromkeys((*found.known, NOBODY)))
    present = found.present or (NOBODY if found.known else None)
    chosen = st.selectbox(
        "Who writes",
        names if found.known else [],
        index=names.index(present) if present else None,
        placeholder="Type your name",
        accept_new_options=True,
        key=f"{KEY}{place}_{found.present}",
        help="Kept in this data file. Choose or type another name when another person sits here.",
    )
    if chosen is not None and chosen != present:
        people.switch(data_file, "" if chosen == NOBODY else chosen)
        st.rerun()
