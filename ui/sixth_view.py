"""A sixth KPI asks which one goes; the one that went can be brought back."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.service import sixth
from ui.plain import as_it_stands
from ui.session import data_file, now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.kpi import Kpi

CHOSEN, MADE = "sixth_goes", "sixth_made"
STAYS = 0


def ask_who_goes(crowd: Sequence[Kpi], newcomer: str, key: str = "") -> int | None:
    """Ask which KPI becomes a health metric; None until it is said, 0 where all stay."""
    names = {kpi.id: kpi.name for kpi in crowd}
    full, question = sixth.question(len(crowd), newcomer)
    st.html(f'<p class="sb-coach"><b>{escape(full)}</b> {escape(question)}</p>')
    chosen: int | None = st.radio(
        "Which one goes?",
        [*names, STAYS],
        index=None,
        format_func=lambda each: as_it_stands(names[each]) if each else sixth.all_stay(len(crowd)),
        key=f"{CHOSEN}{key}",
    )
    return chosen


def remember_gone(goes: int | None) -> None:
    """Offer on the next page to bring back what went."""
    st.session_state[MADE] = bool(goes)


def show_gone() -> None:
    """Say what went to make room a moment ago, with the way back."""
    gone = sixth.newest_gone(data_file()) if st.session_state.get(MADE) else None
    if gone is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="sixth_gone"):
        st.text(gone.sentence, width="stretch")
        if st.button("Bring it back", icon=":material/undo:"):
            sixth.bring_back(data_file(), gone.change, now())
            st.session_state[MADE] = False
            st.rerun()
