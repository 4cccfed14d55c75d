"""Actions: what is overdue, due, open and done, by whom."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from ui.actions_view import show_actions
from ui.session import data_file, now
from ui.widgets import show_error

st.title("Actions")
try:
    show_actions(data_file(), now())
except SignalboxError as error:
    show_error(error)
