"""What one run of a page stands on: the moment, the data file, the business. Set by app.py, read by pages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.service import place

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

NOW = "now"


def begin(now: datetime) -> None:
    """Keep the moment of this run; the only clock reading of the screens."""
    st.session_state[NOW] = now


def now() -> datetime:
    """Give the moment of this run."""
    moment: datetime = st.session_state[NOW]
    return moment


def today() -> date:
    """Give the day of this run."""
    return now().date()


def data_file() -> Path:
    """Give the data file: the one named in SIGNALBOX_DATA, else the app's own."""
    return place.data_file(os.environ)
