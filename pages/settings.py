"""Settings: the business, its money and calendar; the sample shop; the data file, backed up and restored."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from ui.session import data_file, now
from ui.settings_view import show_business, show_data_file, show_log, show_sample
from ui.widgets import show_error

st.title("Settings")
try:
    show_business(data_file(), now())
    show_sample(data_file(), now())
    show_data_file(data_file(), now())
    show_log(data_file())
except SignalboxError as error:
    show_error(error)
