"""The board: what needs doing this week first, then the KPIs as cards, as a table, or by their last twelve periods."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kpi_core.board import NextStep
from kpi_core.errors import SignalboxError
from kpi_core.service import boards, checkup, digest, goals, sample
from ui.board_component import PAGES, BoardClick, show_board
from ui.board_filters import asked
from ui.board_head_html import head_html
from ui.board_html import Look
from ui.session import begin_part, data_file, now, today
from ui.widgets import show_empty, show_error

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
    wanted = asked(choices, today())
    board = boards.board(data_file(), today(), wanted.view)
    if wanted.view.as_of == today():
        board = replace(board, untidy=checkup.line_for_board(data_file(), today()))
    heat = boards.heat(data_file(), today(), wanted.view) if wanted.look is Look.PERIODS else ()
    news = digest.news(data_file(), today(), now()) if wanted.view.as_of == today() else None
    head = head_html(board, wanted, choices, today())
    click = show_board(board, wanted.look, heat, news, head)
    if click is not None:
        follow(click, wanted.view)


def follow(click: BoardClick, view: boards.View) -> None:
    """Go where a click leads, on the day that the board shows."""
    if click.action is NextStep.SEEN:
        digest.mark_seen(data_file(), today(), now())
        st.rerun()
    page = PAGES[click.action]
    if click.action is NextStep.FINISH and goals.chosen(data_file(), click.kpi_id):
        page = "goals"
    query = {"kpi": str(click.kpi_id)} if click.action in {NextStep.LOOK, NextStep.FINISH} else {}
    if click.action is NextStep.LOOK and view.as_of < today():
        query["as_of"] = view.as_of.isoformat()
    st.switch_page(f"pages/{page}.py", query_params=query)


@st.fragment
def show() -> None:
    """Show what there is; a fragment, so that a filter runs only this and the frame around it stays."""
    begin_part()
    try:
        known = boards.filter_choices(data_file(), today())
        full(known) if known.any else empty()
    except SignalboxError as error:
        st.title("Board")
        show_error(error)


show()
