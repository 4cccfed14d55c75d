"""Objectives: goals with a period, their key results, and how far each got; apart from what is on target."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import objectives
from ui.objectives_view import show_all, show_form, show_top
from ui.session import data_file, now, today
from ui.widgets import show_error

st.title("Objectives")
try:
    wanted = st.query_params.get("objective")
    if wanted is None:
        show_all(objectives.overview(data_file(), show_top(today())), data_file(), now())
    else:
        show_form(objectives.overview(data_file(), today()), wanted, data_file(), now())
except SignalboxError as error:
    show_error(error)
