"""A grid to type values into, one line a period, for KPIs whose values are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.kpi import Typed
from kpi_core.period import period_name
from kpi_core.service import kpi_page
from kpi_core.unit import format_exactly
from ui.kpi_view import CLOSED
from ui.plain import as_it_stands
from ui.widgets import panel, show_error, show_heading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.period import Period
    from kpi_core.service.kpi_page import KpiPage

LINES = 12
SHOWN = "grid_shown"


def _key(*shown: object) -> str:
    """Name the grid anew when it shows other periods or values: Streamlit would lay what was typed over those too."""
    state = st.session_state
    before, number = state.get(SHOWN, (shown, 0))
    state[SHOWN] = shown, number if shown == before else number + 1
    return f"grid_values_{state[SHOWN][1]}" if state[SHOWN][1] else "grid_values"


def show_grid(page: KpiPage, data_file: Path, now: datetime) -> None:
    """Show the last periods of a typed KPI to be filled in; what was typed is kept by one click."""
    kpi, business = page.kpi, page.business
    if not isinstance(kpi.values, Typed):
        return
    known = {line.period.start: line.actual.value for line in page.lines}
    periods = [business.calendar.last_complete(kpi.cadence, now.date())]
    while len(periods) < LINES:
        periods.append(business.calendar.previous(periods[-1]))

    def text(period: Period) -> str:
        value = known.get(period.start)
        return "" if value is None else format_exactly(value, kpi.unit, business.style, kpi.decimals)

    def name(period: Period) -> str:
        return period_name(period, business.calendar, now.date())

    closed = [" ".join(filter(None, (name(each), text(each)))) for each in periods if page.closed(each)]
    periods = [each for each in periods if not page.closed(each)]
    before = [text(each) for each in periods]
    with panel("grid"):
        show_heading("Type values")
        with st.form("grid", border=False):
            edited = st.data_editor(
                {
                    "Period": [name(each) for each in periods],
                    "Value": before,
                },
                disabled=["Period"],
                hide_index=True,
                key=_key(kpi.id, *(each.start for each in periods), *before),
            )
            note = st.text_input("Why? (kept with what changed)", key="grid_note")
            kept = st.form_submit_button("Keep these values", type="primary")
        if closed:
            st.caption(as_it_stands(f"{CLOSED}: {', '.join(closed)}"))
        if kept:
            after = [str(value or "").strip() for value in edited["Value"]]
            changed = {periods[number].start: text for number, text in enumerate(after) if text != before[number]}
            try:
                kpi_page.type_values(data_file, kpi.id, changed, note, now)
            except SignalboxError as error:
                show_error(error)
            else:
                st.rerun()
