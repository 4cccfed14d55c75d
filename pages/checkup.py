"""Check-up: what is untidy about the whole portfolio, each finding with its evidence and its remedies."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import checkup
from ui.checkup_view import show_checkup
from ui.session import data_file, now, today
from ui.widgets import show_error

st.title("Check-up")
try:
    show_checkup(checkup.checkup(data_file(), today()), data_file(), now())
except SignalboxError as error:
    show_error(error)
