"""Who writes: asked once something was changed while nobody was named, and switched in the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import people

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = "nobody named"
KEY = "who_writes"


def show_writer(data_file: Path) -> None:
    """Show in the sidebar who writes, with the switch; ask openly once there is something to sign."""
    try:
        found = people.writers(data_file)
    except SignalboxError:
        # The page itself says what is wrong with the data file
        return
    with st.sidebar:
        if found.ask:
            st.text("Something was changed. Who writes here? The name stands beside each change in the log.")
        elif not found.known:
            return
        names = list(dict.fromkeys((*found.known, NOBODY)))
        present = found.present or (NOBODY if found.known else None)
        chosen = st.selectbox(
            "Who writes",
            names if found.known else [],
            index=names.index(present) if present else None,
            placeholder="Type your name",
            accept_new_options=True,
            key=f"{KEY}_{found.present}",
            help="Kept in this data file. Choose or type another name when another person sits here.",
        )
    if chosen is not None and chosen != present:
        people.switch(data_file, "" if chosen == NOBODY else chosen)
        st.rerun()
