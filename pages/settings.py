"""Settings: the business, its money and calendar; closed months; definitions as a file; the sample shop."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from ui.months_view import show_months
from ui.people_view import show_writer_setting
from ui.session import data_file, now
from ui.settings_view import show_business, show_sample, show_ways
from ui.taking_over_view import show_definitions
from ui.widgets import show_error

st.title("Settings")
show_ways()
try:
    show_business(data_file(), now())
    show_writer_setting(data_file())
    show_months(data_file(), now())
    show_definitions(data_file(), now())
    show_sample(data_file(), now())
except SignalboxError as error:
    show_error(error)
