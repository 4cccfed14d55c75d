"""Add data: drop files or a folder, see how they were read, answer what only the owner knows, add, take back."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import history
from ui import uploads
from ui.added_view import show_added, show_history
from ui.fill_view import show_added as show_filled
from ui.fill_view import takes
from ui.import_view import show_pending, show_unreadable
from ui.session import data_file, now
from ui.widgets import show_error

KINDS = ["csv", "tsv", "txt", "xlsx", "xls", "ods"]

st.title("Add data")
st.caption(
    "Drop the exports you already have, one or many at once: CSV, TSV, text or Excel. Nothing leaves this computer."
)
dropped = st.file_uploader(
    "Files to add", accept_multiple_files=True, type=KINDS, key="files", label_visibility="collapsed"
)
with st.expander("Or a whole folder of exports", key="by_folder"):
    dropped += st.file_uploader(
        "A folder to add", accept_multiple_files="directory", type=KINDS, key="folder", label_visibility="collapsed"
    )
st.page_link("pages/fill_in.py", label="Fill in or paste numbers", icon=":material/edit_note:")
files = [file for file in uploads.uploaded(dropped) if not takes(data_file(), file, now())]
try:
    if uploads.read_all(data_file(), files, now()):
        st.rerun()  # what is shown of the other files was read before these were stored
except SignalboxError as error:
    show_error(error)
show_added()
show_filled()
show_unreadable(files)
for first, *others in uploads.kinds(data_file(), files, now()):
    try:
        show_pending(data_file(), first, others, now())
    except SignalboxError as error:
        show_error(error)
try:
    show_history(history.history(data_file()), data_file(), now())
except SignalboxError as error:
    show_error(error)
