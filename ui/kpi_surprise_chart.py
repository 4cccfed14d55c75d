"""The surprises of a growing or seasonal KPI as a plotly figure, free of Streamlit: how far from what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from kpi_core.board.surprise import SurprisePoint
from ui.kpi_ranges_chart import HEIGHT, MARGIN, Steps, number_axis, period_axis
from ui.palette import Palette, Theme, palette_of
from ui.trend_chart import plain_layout


def surprise_figure(points: Sequence[SurprisePoint], steps: Steps, theme: Theme) -> go.Figure:
    """Draw how far each value is from what was expected, and the ends of what is routine; `steps` says how to write.

    What lies beyond an end is a larger diamond in the accent's colour, anything else a dot.
    """
    colours = palette_of(theme)
    shown = [number for each in points for number in (each.off, each.low, each.high, Fraction(0))]
    room = (max(shown) - min(shown)) / 10 or Fraction(1)
    layout = plain_layout(colours) | {
        "height": HEIGHT,
        "margin": MARGIN,
        "xaxis": period_axis(steps.name, [each.period for each in points], colours),
        "yaxis": number_axis(steps, (min(shown) - room, max(shown) + room), colours),
    }
    ends = [_end([each.low for each in points], colours), _end([each.high for each in points], colours)]
    return go.Figure(data=[*ends, _zero(len(points), colours), _line(points, steps, colours)], layout=layout)


def _end(numbers: Sequence[Fraction], colours: Palette) -> dict[str, object]:
    """Draw an end of what is routine through each period's own: a season moves it from one to the next."""
    return _border(
        list(range(len(numbers))),
        [float(number) for number in numbers],
        {"color": colours.ink_3, "width": 1.5, "dash": "dash"},
    )


def _zero(count: int, colours: Palette) -> dict[str, object]:
    return _border([-0.5, count - 0.5], [0.0, 0.0], {"color": colours.ink_3, "width": 1})


def _border(places: Sequence[float], numbers: list[float], line: dict[str, object]) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": places,
        "y": numbers,
        "line": line,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _line(points: Sequence[SurprisePoint], steps: Steps, colours: Palette) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(points))),
        "y": [float(each.off) for each in points],
        "line": {"color": colours.ink_2, "width": 1.5},
        "marker": {
            "opacity": 1,
            "symbol": ["diamond" if each.beyond else "circle" for each in points],
            "size": [11 if each.beyond else 5 for each in points],
            "color": [colours.accent if each.beyond else colours.ink_2 for each in points],
        },
        "customdata": [f"{escape(steps.name(each.period))}: {_lines(each, steps)}" for each in points],
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
    }


def _lines(point: SurprisePoint, steps: Steps) -> str:
    """Break what is said of a point where it would not fit on a phone."""
    return escape(point.words(steps.write)).replace("; ", ";<br>")
