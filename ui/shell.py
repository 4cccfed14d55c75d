"""What frames every page: the foot of the sidebar, and one tidying after the imports."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

import streamlit as st

from ui.plain import as_it_stands
from ui.session import data_file
from ui.show import current_theme
from ui.widgets import show_look

HERE = Path(__file__).parent
ICON = str(HERE / "signalbox_icon.svg")
"""The browser tab's sign, served from here: one of Streamlit's named icons would be fetched from another host."""


def show_frame() -> None:
    """Bring the shared look and the name, and say in the sidebar whose numbers these are and where they lie."""
    theme = current_theme().value
    show_look(theme)
    st.logo(str(HERE / f"signalbox_{theme}.svg"), size="large")
    path = data_file()
    st.sidebar.caption(as_it_stands(f"{path.parent.name}/{path.name} · on this computer only"))


@cache
def settle() -> None:
    """Put what the imports made out of the garbage collector's sight, once; it would walk it after every click."""
    gc.collect()
    gc.freeze()
