"""Parts of a KPI's page about change: which part explains it, compared with last year, watched beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import RefusedDefinition, SignalboxError
from kpi_core.kpi import Typed
from kpi_core.service import comparing, explaining, watching
from ui.kpi_parts_html import compared_html, explained_html, watched_html
from ui.plain import as_it_stands
from ui.widgets import panel, show_error, show_heading

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kpi_core.service.kpi_page import KpiPage


def show_change(page: KpiPage, data_file: Path, day: date, since: date | None = None) -> None:
    """Show what a change is made of beside how the KPI stands to last year; `since`: when a real change began."""
    left, right = st.columns(2)
    # Typed values have no parts, so the comparisons take their place
    typed = isinstance(page.kpi.values, Typed)
    if not typed:
        with left:
            show_parts(page, data_file, day, since)
    with left if typed else right:
        show_compared(page, data_file, day)
    with right:
        show_beside(page, data_file, day)


def show_parts(page: KpiPage, data_file: Path, day: date, since: date | None = None) -> None:
    """Show which part explains a change, with a pick of the column and of what is compared."""
    kpi = page.kpi
    with panel("parts"):
        show_heading("Which part explains it?")
        offered = explaining.choices(data_file, kpi.id, day)
        if not offered.asks:
            st.caption(offered.reason or "There is no second period to compare with yet.")
            return
        asks = dict(offered.asks)
        first = next((n for n, ask in enumerate(asks.values()) if since is not None and ask.since == since), 0)
        what, by = st.columns([3, 2])
        picked = what.selectbox("What is compared", list(asks), index=first, key=f"explain_what_{kpi.id}")
        column = offered.columns[0]
        if len(offered.columns) > 1:
            column = by.selectbox("Taken apart by", offered.columns, key=f"explain_by_{kpi.id}")
        try:
            found = explaining.explain(data_file, kpi.id, replace(asks[picked], column=column), day)
        except SignalboxError as error:
            st.caption(f"{error.sentence} {error.hint}".strip())
            return
        st.html(explained_html(found))


def show_compared(page: KpiPage, data_file: Path, day: date) -> None:
    """Show the KPI beside last year: the newest period, so far, the year to date, the last twelve months."""
    with panel("compared"):
        show_heading("Compared with last year")
        try:
            found = comparing.compared(data_file, page.kpi.id, day)
        except RefusedDefinition as error:
            show_error(error)
            return
        if found.lines:
            st.html(compared_html(found.lines))
        else:
            st.caption("There is no complete period yet.")


def show_beside(page: KpiPage, data_file: Path, day: date) -> None:
    """Show the number that is watched beside the KPI."""
    found = watching.watched(data_file, page.kpi.id, day)
    if found is not None:
        with panel("beside"):
            show_heading("Watch beside it")
            # A link to this very page would leave the address of the KPI before
            if found.row is not None and st.button(as_it_stands(found.name), key="beside", type="tertiary"):
                st.query_params["kpi"] = str(found.row.kpi.id)
                st.rerun()
            st.html(watched_html(found))
