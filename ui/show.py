"""The trend on the screen, in the colours of the theme that the browser shows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi_core.board.surprise import SurprisePoint
from ui.kpi_ranges_chart import Steps, ranges_figure
from ui.kpi_surprise_chart import surprise_figure
from ui.palette import Theme
from ui.trend_chart import trend_figure
from ui.trend_shown import Trend

CONFIG = {"displayModeBar": False, "scrollZoom": False, "responsive": True}
"""A picture to look at: no toolbar, and a finger on it scrolls the page."""


def current_theme() -> Theme:
    """Tell which theme the browser shows; light until it has said so."""
    return Theme.DARK if st.context.theme.type == Theme.DARK.value else Theme.LIGHT


def show_trend(trend: Trend, text: str, key: str) -> None:
    """Show the chart; `text` says in words what it shows, for those who cannot see it."""
    figure = trend_figure(trend, current_theme())
    st.plotly_chart(figure, width="stretch", theme=None, key=key, config=CONFIG, alt=text)


def show_ranges(steps: Steps, text: str, key: str) -> None:
    """Show the moving ranges; `text` says in words what they show."""
    figure = ranges_figure(steps, current_theme())
    st.plotly_chart(figure, width="stretch", theme=None, key=key, config=CONFIG, alt=text)


def show_surprises(points: Sequence[SurprisePoint], steps: Steps, text: str, key: str) -> None:
    """Show how far values are from what was expected; `text` says in words what the chart shows."""
    figure = surprise_figure(points, steps, current_theme())
    st.plotly_chart(figure, width="stretch", theme=None, key=key, config=CONFIG, alt=text)
