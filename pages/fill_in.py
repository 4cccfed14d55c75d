"""Fill in numbers: a template to download and bring back, or pasted cells; each change is seen before it counts."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import template
from ui.fill_view import show_added, show_bring_back, show_history, show_template, show_waiting
from ui.session import data_file, now
from ui.widgets import panel, show_empty, show_error

st.title("Fill in numbers")
st.caption("For what no export knows: a template, a table of your own, or cells copied from a spreadsheet.")
try:
    choices = template.choices(data_file())
    if not choices:
        pressed = show_empty(
            "No KPI to fill in yet", "Define one whose values are typed.", ["Define a KPI"], "fill_none"
        )
        if pressed:
            st.switch_page("pages/choose.py")
    else:
        left, right = st.columns(2, gap="medium")
        with left, panel("fill_take", stretch=True):
            show_template(data_file(), choices, now())
        with right, panel("fill_bring", stretch=True):
            show_bring_back()
        show_added()
        show_waiting(data_file(), now())
        show_history(data_file(), now())
except SignalboxError as error:
    show_error(error)
