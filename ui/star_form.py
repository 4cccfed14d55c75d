"""The one North Star: the mark in the form, and the question where another KPI has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.definition.words import NORTH_STAR_WORDS
from kpi_core.service.choose import star_beside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.kpi import Kpi


def show_star(kpis: Iterable[Kpi], kpi_id: int, key: str) -> None:
    """Show the mark of the North Star; where another KPI has it, ask which of them shall be it."""
    wanted = st.checkbox("This is our one North Star", key=f"{key}_north_star", help=NORTH_STAR_WORDS)
    other = star_beside(kpis, kpi_id)
    if wanted and other is not None:
        st.radio(
            f"There can be only one. {other.name} is the North Star now. Which shall it be?",
            [False, True],
            format_func=lambda mine: "this one instead" if mine else other.name,
            key=f"{key}_takes_star",
        )


def takes_star(key: str) -> bool:
    """Tell whether the owner said that this KPI is the North Star instead of the one that is."""
    return bool(st.session_state.get(f"{key}_north_star") and st.session_state.get(f"{key}_takes_star"))


def says_star(key: str) -> bool:
    """Tell whether the form says that this KPI is the North Star: marked, and not left with another one."""
    asked = f"{key}_takes_star" in st.session_state
    return bool(st.session_state.get(f"{key}_north_star")) and (takes_star(key) or not asked)
