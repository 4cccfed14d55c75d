"""Choose KPIs: define one beside its checklist, finish drafts, edit, retire."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import choose
from ui.define_view import AFTER, show_define, show_list
from ui.session import data_file, now
from ui.sixth_view import show_gone
from ui.widgets import show_error

st.title("Choose KPIs")
try:
    st.session_state[AFTER] = "pages/choose.py"
    show_gone()
    options = choose.options(data_file())
    wanted = st.query_params.get("kpi")
    if wanted is None:
        show_list(options, data_file(), now())
    else:
        show_define(options, wanted, data_file(), now())
except SignalboxError as error:
    show_error(error)
