"""The board: what needs doing this week first, then a card a KPI."""

from __future__ import annotations

import streamlit as st

from kpi_core.board import NextStep
from kpi_core.errors import SignalboxError
from kpi_core.service import boards, sample
from ui.board_component import show_board
from ui.board_filters import show_filters
from ui.session import data_file, now, today
from ui.widgets import show_empty, show_error

PAGES = {NextStep.LOOK: "pages/kpi.py", NextStep.ADD_DATA: "pages/add_data.py", NextStep.FINISH: "pages/choose.py"}
TRY, START = "Try it with a sample shop", "Start with my goals"


def empty() -> None:
    """Offer the two doors of an empty board."""
    st.title("Board")
    text = "Choose the few numbers that matter, add the exports you already have, and see what needs you this week."
    match show_empty("No KPIs yet", text, (TRY, START), "empty"):
        case chosen if chosen == TRY:
            with st.spinner("Two years of orders, visits, tickets and costs are being added"):
                sample.load(data_file(), now())
            st.rerun()
        case chosen if chosen == START:
            st.switch_page("pages/goals.py")


def full(choices: boards.FilterChoices) -> None:
    """Show the board and follow what is clicked."""
    st.title("Board")
    heading = st.empty()
    view = show_filters(choices, today())
    board = boards.board(data_file(), today(), view)
    heading.caption(board.heading)
    click = show_board(board, "board")
    if click is not None:
        query = {"kpi": str(click.kpi_id)} if click.action is not NextStep.ADD_DATA else {}
        if click.action is NextStep.LOOK and view.as_of < today():
            query["as_of"] = view.as_of.isoformat()
        st.switch_page(PAGES[click.action], query_params=query)


try:
    known = boards.filter_choices(data_file(), today())
    full(known) if known.any else empty()
except SignalboxError as error:
    show_error(error)
