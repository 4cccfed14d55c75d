"""Report: the page for partners and the bank as it will be, and the files to take away."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import boards
from ui.board_filters import REPORT, show_as_of
from ui.report_view import show_files, show_preview
from ui.session import data_file, today
from ui.widgets import show_empty, show_error


def full() -> None:
    """Show the day, the files and the page."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        with st.container(gap=None, width="content"):
            st.title("Report")
            st.caption("For partners and the bank: the board, what really changed, what is done about it")
        day = show_as_of(today(), REPORT)
    show_files(data_file(), today(), day)
    show_preview(data_file(), today(), day)


def empty() -> None:
    """Say what will be here, and lead to the board's two doors."""
    st.title("Report")
    text = "One page for partners and the bank is made of the KPIs on your board."
    if show_empty("Nothing to report yet", text, ["Go to the board"], "report_none"):
        st.switch_page("pages/board.py")


try:
    full() if boards.filter_choices(data_file(), today()).any else empty()
except SignalboxError as error:
    show_error(error)
