"""Add data: drop files, see how they were read, answer what only the owner knows, add, take back."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import importing
from ui.import_view import show_added, show_history, show_pending
from ui.session import data_file, now
from ui.uploads import forget, pending, uploaded
from ui.widgets import show_error

st.title("Add data")
st.caption("Drop the exports you already have: CSV, TSV, text or Excel. Nothing leaves this computer.")
dropped = st.file_uploader(
    "Files to add",
    accept_multiple_files=True,
    type=["csv", "tsv", "txt", "xlsx", "xls", "ods"],
    key=f"files_{st.session_state.get('upload_round', 0)}",
    label_visibility="collapsed",
)
for file in uploaded(dropped or []):
    try:
        preview = pending(data_file(), file, now())
        if preview is None:
            continue
        show_pending(data_file(), preview, now())
    except SignalboxError as error:
        show_error(error)
        if st.button("Put it aside", key=f"aside_{file.hash}"):
            forget(file)
            st.rerun()
show_added()
try:
    show_history(importing.history(data_file()), data_file(), now())
except SignalboxError as error:
    show_error(error)
