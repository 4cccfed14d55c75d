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
    key="files",
    label_visibility="collapsed",
)
went_in = False
for file in uploaded(dropped or []):
    try:
        preview = pending(data_file(), file, now())
        if preview is None:
            went_in = True
            continue
        show_pending(data_file(), preview, now())
    except SignalboxError as error:
        show_error(error)
        if st.button("Put it aside", key=f"aside_{file.hash}"):
            forget(file)
            st.rerun()
if went_in:
    st.rerun()  # what is shown of the other files was read before these were stored
show_added()
try:
    show_history(importing.history(data_file()), data_file(), now())
except SignalboxError as error:
    show_error(error)
