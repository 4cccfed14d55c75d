"""A screen for the browser tests: the board of `?board=`, what was clicked on it, and a button that only reruns."""

from __future__ import annotations

import streamlit as st

from tests.ui.boards import nasty_board, seed_board
from ui.board_component import show_board
from ui.widgets import show_look

st.set_page_config(page_title="Board", layout="wide")
show_look()
st.title("Board")
clicks = st.session_state.setdefault("clicks", [])
runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.button("Run again")
shown = {"nasty": nasty_board(), "changing": seed_board(f"value of run {runs}")}
click = show_board(shown.get(st.query_params.get("board", ""), seed_board()))
if click is not None:
    clicks.append(f"{click.action.value} {click.kpi_id}")
st.write(f"run {runs}, clicked: {', '.join(clicks) or 'nothing'}.")
