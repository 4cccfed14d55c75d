"""Sources: every kind of file with its recipe, to look at, rename, change, export, import and delete."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service.recipe_list import overview
from ui.session import data_file, now
from ui.sources_view import show_changes, show_done, show_hidden, show_import, show_nothing, show_ready, show_source
from ui.widgets import show_error

st.title("Sources")
st.caption("The kinds of files you add, and the recipe by which each is read without a question.")
try:
    found = overview(data_file())
    show_done(data_file(), now())
    if not found.sources:
        show_nothing()
    for line in found.sources:
        show_source(data_file(), line, now())
    show_hidden(data_file(), found.hidden, now())
    show_import(data_file(), found.sources, now())
    show_ready(found.ready)
    show_changes(data_file(), found.changes, now())
except SignalboxError as error:
    show_error(error)
