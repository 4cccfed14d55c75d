"""The form as it begins with a KPI of the catalogue: what is proposed is filled in and said, the rest left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui import kpi_form
from ui.kpi_form import KEY
from ui.measure_form import fill_measure
from ui.plain import as_it_stands
from ui.values_form import From

if TYPE_CHECKING:
    from kpi_core.service.catalogue import Start
    from kpi_core.service.choose import Options


def begin(start: Start, options: Options) -> None:
    """Set the fields of a KPI that is chosen from the catalogue; parts that nobody is sure of are left open."""
    state, style = st.session_state, options.business.style
    kpi_form.fill(start.kpi, None, options)
    state[f"{KEY}_notes"] = start.notes
    if start.parts:
        state[f"{KEY}_from"] = From.DIVIDED
        for part, side in zip(start.parts, ("top", "bottom"), strict=True):
            if part is None:
                state[f"{KEY}_{side}_source"] = None
            else:
                fill_measure(part, style, f"{KEY}_{side}")


def show_notes() -> None:
    """Show what was proposed, to be checked."""
    notes: tuple[str, ...] = st.session_state.get(f"{KEY}_notes", ())
    if notes:
        head, *lines = map(as_it_stands, notes)
        st.info("\n".join((f"**{head}**", "", *(f"- {line}" for line in lines))), icon=":material/help:")
