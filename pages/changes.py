"""What was changed: the log, filtered, and taken back from there."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from ui.changes_view import show_changes
from ui.session import data_file, now, number_in
from ui.widgets import show_error

st.page_link("pages/settings.py", label="Settings", icon=":material/arrow_back:")
st.title("What was changed", anchor=False)
try:
    show_changes(data_file(), now(), number_in(st.query_params.get("kpi")))
except SignalboxError as error:
    show_error(error)
