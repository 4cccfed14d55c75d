"""The review: its agenda, the meeting KPI by KPI, and the records of past ones."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import meeting, reviews
from ui.meeting_view import show_end, show_step
from ui.review_view import show_home, show_record
from ui.session import data_file, now, number_in, today
from ui.widgets import show_error

st.title("Review")
try:
    asked, at = st.query_params.get("record"), st.query_params.get("at")
    step = meeting.step(data_file(), number_in(at), today()) if at is not None else None
    if asked is not None:
        show_record(reviews.record(data_file(), number_in(asked), today()), data_file(), now())
    elif step is None:
        if at is not None:
            st.text(reviews.GOES_ON_NOWHERE)
        show_home(data_file(), now())
    elif number_in(at) >= len(step.review.agenda):
        show_end(reviews.record(data_file(), step.review.id, today()), data_file(), now())
    else:
        show_step(step, data_file(), now())
except SignalboxError as error:
    show_error(error)
    st.page_link("pages/review.py", label="All reviews", icon=":material/arrow_back:")
