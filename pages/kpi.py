"""One KPI: the four questions, its trend, what explains it, its history down to the rows."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import NotFound, SignalboxError
from kpi_core.period import day_name
from kpi_core.service import kpi_page
from ui.grid_view import show_grid
from ui.kpi_answers_view import show_answers
from ui.kpi_parts_view import show_change
from ui.kpi_trend_view import show_chart, trend_of
from ui.kpi_view import show_head, show_history, show_more
from ui.kpi_why_view import show_why
from ui.session import data_file, day_asked, now, number_in, today
from ui.widgets import show_error

wanted = st.query_params.get("kpi", "")
page = None
try:
    day = day_asked(today())
    page = kpi_page.page(data_file(), number_in(wanted), day)
    trend = trend_of(page, day)
    signal = page.row.signal
    show_head(page, day)
    if day < today():
        st.info(f"As of {day_name(day, None)}. Values typed here count from now on.", icon=":material/history:")
    show_answers(page, data_file(), now())
    show_why(page.change, trend, data_file(), now())
    show_chart(page, trend, data_file(), now())
    show_change(page, data_file(), day, signal.since.start if signal.real and signal.since else None)
    show_grid(page, data_file(), now())
    show_history(page, data_file(), now())
    show_more(page, data_file(), now())
except SignalboxError as error:
    if page is None:
        st.title("No such KPI" if isinstance(error, NotFound) else "KPI")
    show_error(error)
    st.page_link("pages/board.py", label="Board", icon=":material/arrow_back:")
