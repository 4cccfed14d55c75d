"""Notes of what happened: on one KPI or on every one."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from ui.notes_view import show_notes
from ui.session import data_file, now
from ui.widgets import show_error

st.page_link("pages/settings.py", label="Settings", icon=":material/arrow_back:")
st.title("Notes", anchor=False)
try:
    show_notes(data_file(), now())
except SignalboxError as error:
    show_error(error)
