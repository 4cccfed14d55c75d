"""Backups and safety: where the data is, whether it is sound, backups brought back, a person's data removed."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from ui.removing_view import show_removing
from ui.safety_view import show_backups, show_file
from ui.session import data_file, now
from ui.widgets import show_error

st.page_link("pages/settings.py", label="Settings", icon=":material/arrow_back:")
st.title("Backups and safety", anchor=False)
# Backups come back to a data file too that cannot be opened any more
for show in (show_file, show_backups, show_removing):
    try:
        show(data_file(), now())
    except SignalboxError as error:
        show_error(error)
