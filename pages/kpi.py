"""One KPI: is it on target, how does it run, its trend, its history down to the rows."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.period import day_name
from kpi_core.service import kpi_page
from ui.grid_view import show_grid
from ui.kpi_parts_view import show_change
from ui.kpi_view import show_answers, show_chart, show_head, show_history, show_more
from ui.session import data_file, day_asked, now, number_in, today
from ui.widgets import show_error

wanted = st.query_params.get("kpi", "")
try:
    day = day_asked(today())
    page = kpi_page.page(data_file(), number_in(wanted), day)
    show_head(page, day)
    if day < today():
        st.info(f"As of {day_name(day, None)}. Values typed here count from now on.", icon=":material/history:")
    show_answers(page)
    show_chart(page, day)
    show_change(page, data_file(), day)
    show_grid(page, data_file(), now())
    show_history(page, data_file(), now())
    show_more(page, data_file(), now())
except SignalboxError as error:
    show_error(error)
    st.page_link("pages/board.py", label="Board", icon=":material/arrow_back:")
