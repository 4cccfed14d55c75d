"""What frames every page: the foot of the sidebar, and one tidying after the imports."""

from __future__ import annotations

import gc
from functools import cache

import streamlit as st

from ui.session import data_file
from ui.widgets import show_look


def show_foot() -> None:
    """Bring the shared look and say in the sidebar whose numbers these are and where they lie."""
    show_look()
    path = data_file()
    st.sidebar.caption(f"{path.parent.name}/{path.name} · on this computer only")


@cache
def settle() -> None:
    """Put what the imports made out of the garbage collector's sight, once; it would walk it after every click."""
    gc.collect()
    gc.freeze()
