"""Who writes: asked once something was changed while nobody was named; switched in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import people
from kpi_core.service.people import NOBODY
from ui.plain import as_it_stands
from ui.widgets import panel, show_heading

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.service.people import Writers

KEY = "who_writes"
SETTINGS = "pages/settings.py"


def show_writer(data_file: Path) -> None:
    """Say in the sidebar who writes, and ask once there is something to sign; a link, for a field would cost each page.

    It leads to the settings, where the name is typed or another one is picked.
    """
    try:
        found = people.writers(data_file)
    except SignalboxError:
        # The page itself says what is wrong with the data file
        return
    if found.ask or found.known:
        label = f"Who writes: {found.present or NOBODY}" if found.known else "Who writes here?"
        st.sidebar.page_link(SETTINGS, label=as_it_stands(label), icon=":material/edit:")


def show_writer_setting(data_file: Path) -> None:
    """Show on the page of settings who writes, with the switch."""
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
