"""Closing past months, and reopening one with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.service import months
from ui.widgets import act_and_tell, panel, show_heading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def show_months(data_file: Path, now: datetime) -> None:
    """Show which months are closed, with the ways to close one and to reopen one."""
    past = months.past_months(data_file, now.date())
    open_ones = [each for each in past if not each.closed]
    closed = [each for each in past if each.closed]
    with panel("months"):
        show_heading("Closed months")
        st.text(months.WHAT)
        st.text(f"Closed: {', '.join(each.name for each in closed)}." if closed else "No month is closed.")
        first, second = st.columns(2, gap="medium")
        with first, st.form("close_month", border=False, clear_on_submit=True):
            month = st.selectbox("Month to close", open_ones, format_func=lambda each: each.name, key="close_which")
            if st.form_submit_button("Close this month") and month is not None:
                act_and_tell(lambda: months.close(data_file, month.key, now))
        if closed:
            with second, st.form("reopen_month", border=False, clear_on_submit=True):
                shut = st.selectbox("Month to reopen", closed, format_func=lambda each: each.name, key="reopen_which")
                why = st.text_input("Why is it reopened?", key="reopen_why", max_chars=200)
                if st.form_submit_button("Reopen this month") and shut is not None:
                    act_and_tell(lambda: months.reopen(data_file, shut.key, why, now))
