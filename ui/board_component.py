"""The board on the screen: one component, so that fifty KPIs paint like an empty page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from kpi_core.board import Board, Digest, HeatTable, NextStep
from ui.board_filters import keep
from ui.board_html import Look, board_html
from ui.palette import css_tokens

KEY = "board"
PAGES = {
    NextStep.LOOK: "kpi",
    NextStep.ADD_DATA: "add_data",
    NextStep.FINISH: "choose",
    NextStep.REVIEW: "review",
    NextStep.CHECK_UP: "checkup",
}
"""The page that a step leads to; what was seen is done at once."""
_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "signalbox_board",
    css=css_tokens() + (_HERE / "look.css").read_text("utf-8") + (_HERE / "board.css").read_text("utf-8"),
    js=(_HERE / "board.js").read_text("utf-8"),
)


@dataclass(frozen=True)
class BoardClick:
    """What was clicked: a KPI, and what the owner wants to do about it."""

    kpi_id: int
    action: NextStep


def show_board(
    board: Board,
    look: Look = Look.CARDS,
    heat: tuple[HeatTable, ...] = (),
    news: Digest | None = None,
    head: str = "",
) -> BoardClick | None:
    """Show the board and tell what was clicked in this run; a click is told once, then it is None again.

    `head`: the HTML above it, with the fields of what is shown; what they say is kept before the next run begins.
    """
    # Bytes go to the browser as they are; text would be parsed as JSON here and there.
    html = (head + board_html(board, look, heat, news)).encode()
    result = _COMPONENT(key=KEY, data=html, on_click_change=lambda: None, on_view_change=_keep_view)
    return read_click(result.get("click"))


def _keep_view() -> None:
    sent = st.session_state[KEY].get("view")
    if sent is not None:
        keep(sent)


def read_click(sent: object) -> BoardClick | None:
    """Read what the browser sent; anything that is no click on this board is None."""
    match sent:
        case {"kpi_id": int(kpi_id), "action": str(action)} if action in set(NextStep):
            return BoardClick(kpi_id, NextStep(action))
        case _:
            return None
