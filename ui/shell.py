"""What frames every page: the foot of the sidebar, and one tidying after the imports."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

import streamlit as st

from ui.guide_view import show_help_link
from ui.plain import as_it_stands
from ui.session import START, data_file
from ui.show import current_theme
from ui.widgets import show_look

HERE = Path(__file__).parent
ICON = str(HERE / "signalbox_icon.svg")
"""The browser tab's sign, served from here: one of Streamlit's named icons would be fetched from another host."""


def show_frame(page: str) -> None:
    """Bring the shared look and the name; the sidebar leads to the page's help and says where the numbers lie.

    `page` is the page's part of the address; the board's is empty.
    """
    theme = current_theme().value
    show_look(theme)
    st.logo(str(HERE / f"signalbox_{theme}.svg"), size="large")
    show_help_link(page or START)
    path = data_file()
    st.sidebar.caption(as_it_stands(f"{path.parent.name}/{path.name} · on this computer only"))


@cache
def settle() -> None:
    """Put what the imports made out of the garbage collector's sight, once; it would walk it after every click."""
    gc.collect()
    gc.freeze()
