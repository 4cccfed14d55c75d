"""What one run of a page stands on: the moment, the data file, the business. Set by app.py, read by pages."""

from __future__ import annotations

import os
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.definition.fit import FIRST_DAY
from kpi_core.service import place

if TYPE_CHECKING:
    from collections.abc import Callable

NOW, CLOCK = "now", "clock"
PAGES = Path(__file__).parent.parent / "pages"
START = "board"
MOST_DIGITS = 15
"""A number of more digits is none of the data file's."""


def begin(clock: Callable[[], datetime], stated: str | None = None) -> None:
    """Keep the moment of this run, and the clock for runs of a part of the page; `stated`: a moment for a trial."""
    st.session_state[CLOCK] = partial(datetime.fromisoformat, stated) if stated else clock
    begin_part()


def begin_part() -> None:
    """Keep the moment of this run: what stands in a fragment is run without app.py."""
    if CLOCK in st.session_state:
        st.session_state[NOW] = st.session_state[CLOCK]()


def begin_with_app() -> None:
    """Let app.py run first where it has not.

    The very first visit of a server that asks for a page by its address gets the page's script alone, because
    Streamlit takes a folder named pages for its older kind of app until navigation has been called once.
    """
    if NOW not in st.session_state:
        st.navigation([st.Page(page, default=page.stem == START) for page in sorted(PAGES.glob("[!_]*.py"))])
        st.rerun()


def now() -> datetime:
    """Give the moment of this run."""
    begin_with_app()
    moment: datetime = st.session_state[NOW]
    return moment


def today() -> date:
    """Give the day of this run."""
    return now().date()


def day_asked(today: date) -> date:
    """Give the past day that the page's address asks for with `as_of`, else today; no day is out of reach."""
    try:
        asked = date.fromisoformat(st.query_params.get("as_of", ""))
    except ValueError:
        return today
    return max(FIRST_DAY, min(asked, today))


def number_in(address: str | None) -> int:
    """Read the number that a page's address asks for, such as a KPI's; 0, which nothing has, for all else."""
    asked = address or ""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS else 0


def data_file() -> Path:
    """Give the data file: the one named in SIGNALBOX_DATA, else the app's own."""
    begin_with_app()
    return place.data_file(os.environ)
