"""The report on the screen: which day, the files to take away, and the page as it will be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.service import reporting
from ui.widgets import panel

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

FILES = (
    (reporting.PDF, "PDF", "application/pdf", "One or two pages to print or send"),
    (
        reporting.XLSX,
        "Excel workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "The board, and a sheet for each KPI with all its periods",
    ),
    (reporting.HTML, "Web page", "text/html", "One file that opens in any browser and asks nothing of the network"),
    (reporting.ZIP, "Everything as CSV", "application/zip", "KPIs, values, targets, reviews, actions and the log"),
)
"""Each kind of file: its ending, what its button says, what it is, and what it is good for."""
PREVIEW_HEIGHT = 1100


def show_files(data_file: Path, today: date, day: date) -> None:
    """Offer the files; each is written when it is asked for."""
    with st.container(horizontal=True):
        for ending, label, kind, good_for in FILES:
            st.download_button(
                label,
                partial(reporting.write, data_file, today, ending, day),
                f"kpi_report_{day.isoformat()}{ending}",
                kind,
                key=f"report_{ending}",
                help=good_for,
                on_click="ignore",
                icon=":material/download:",
                type="primary" if ending == reporting.PDF else "secondary",
            )


def show_preview(data_file: Path, today: date, day: date) -> None:
    """Show the page itself; its own policy lets nothing in it run or load."""
    page = reporting.write(data_file, today, reporting.HTML, day).decode()
    with panel("report"):
        st.iframe(page, height=PREVIEW_HEIGHT, alt="The report as it will be")
