"""What frames every page: the foot of the sidebar, and one tidying after the imports."""

from __future__ import annotations

import gc
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Lock

import streamlit as st

from kpi_core.service import backups
from ui.guide_view import show_help_link
from ui.people_view import show_writer
from ui.plain import as_it_stands
from ui.session import START, data_file, now
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
    trouble = daily_backup(path, now())
    if trouble:
        st.warning(as_it_stands(trouble), icon=":material/save:")
    show_writer(path)
    st.sidebar.caption(as_it_stands(f"{path.parent.name}/{path.name} · on this computer only"))


_ONE_AT_A_TIME = Lock()
_DONE: dict[tuple[Path, date], str] = {}
"""What came of the backup of a day: a rerun does not try again."""


def daily_backup(path: Path, moment: datetime) -> str:
    """Make the backup of the day, once a day; give the sentence of what went wrong, "" where all is well."""
    key = path, moment.date()
    # Twenty visits may begin at once; one makes the copy, the others wait for it
    with _ONE_AT_A_TIME:
        if key not in _DONE and path.is_file():
            _DONE[key] = backups.daily(path, moment)
        return _DONE.get(key, "")


@cache
def settle() -> None:
    """Put what the imports made out of the garbage collector's sight, once; it would walk it after every click."""
    gc.collect()
    gc.freeze()
