"""The moving ranges of a KPI as a plotly figure, free of Streamlit: each step from a period to the next, its limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from kpi_core.board.stretches import MovingRange, Stretch
from kpi_core.period import Period
from ui.axis import round_ticks
from ui.palette import Palette, Theme, palette_of
from ui.trend_chart import NAMES, plain_layout

HEIGHT = 200
MARGIN = {"l": 8, "r": 28, "t": 12, "b": 8}
"""Right of the newest period there is room for half of its name, which is left out otherwise."""


@dataclass(frozen=True)
class Steps:
    """What the chart shows: the stretches between rebases, and how numbers and periods are written."""

    stretches: Sequence[Stretch]
    write: Callable[[Fraction], str]
    write_axis: Callable[[Fraction], str]
    name: Callable[[Period], str]
    clock: bool = False


def ranges_figure(steps: Steps, theme: Theme) -> go.Figure:
    """Draw the steps with the limit of each stretch; what is beyond it is marked."""
    colours = palette_of(theme)
    # A limit holds within its stretch: no step leads from one into the next
    placed: list[MovingRange] = []
    limits: list[dict[str, object]] = []
    highest = Fraction(0)
    for stretch in steps.stretches:
        first = len(placed)
        placed += stretch.moving_ranges
        if stretch.usual is not None and stretch.chart.limits is not None and len(placed) > first:
            limit = stretch.chart.limits.range_limit
            highest = max(highest, limit)
            limits.append(_limit(steps, limit, first, len(placed) - 1, colours))
    highest = max([highest, *(each.value for each in placed if each.value is not None)])
    layout = plain_layout(colours) | {
        "height": HEIGHT,
        "margin": MARGIN,
        "xaxis": period_axis(steps.name, [each.period for each in placed], colours),
    }
    layout["yaxis"] = _numbers(steps, highest, colours)
    return go.Figure(data=[*limits, _line(steps, placed, colours)], layout=layout)


def _line(steps: Steps, placed: Sequence[MovingRange], colours: Palette) -> dict[str, object]:
    said = [
        f"{escape(steps.name(each.period))}<br>{escape(steps.write(each.value or Fraction(0)))} from the one before"
        for each in placed
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(placed))),
        "y": [None if each.value is None else float(each.value) for each in placed],
        "connectgaps": False,
        "line": {"color": colours.ink_2, "width": 1.5},
        "marker": {
            "size": [9 if each.beyond else 5 for each in placed],
            "color": [colours.accent if each.beyond else colours.ink_2 for each in placed],
        },
        "customdata": said,
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
    }


def _limit(steps: Steps, limit: Fraction, first: int, last: int, colours: Palette) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines+text",
        "x": [first - 0.5, last + 0.5],
        "y": [float(limit)] * 2,
        "text": ["", f"limit {escape(steps.write(limit))}"],
        "textposition": "top left",
        "textfont": {"size": 13, "color": colours.ink_3},
        "line": {"color": colours.ink_3, "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def period_axis(name: Callable[[Period], str], periods: Sequence[Period], colours: Palette) -> dict[str, object]:
    """Name a few of the periods below a chart of steps or surprises, the newest among them."""
    newest = len(periods) - 1
    places = list(range(newest, -1, -max(1, -(-newest // (NAMES - 1)))))[::-1]
    return {
        "tickvals": places,
        "ticktext": [escape(name(periods[place])).replace(" ", "<br>", 1) for place in places],
        "range": [-0.5, newest + 0.5],
        "tickangle": 0,
        "tickfont": {"size": 13, "color": colours.ink_3},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def _numbers(steps: Steps, highest: Fraction, colours: Palette) -> dict[str, object]:
    return number_axis(steps, (Fraction(0), highest * Fraction(6, 5) or Fraction(1)), colours)


def number_axis(steps: Steps, ends: tuple[Fraction, Fraction], colours: Palette) -> dict[str, object]:
    """Write round numbers beside a chart of steps or surprises, from one end to the other."""

    def short(tick: Fraction) -> str:
        return min(steps.write(tick), steps.write_axis(tick), key=len)

    ticks = round_ticks(*ends, short, clock=steps.clock)
    return {
        "range": [float(end) for end in ends],
        "tickvals": [float(tick) for tick in ticks],
        "ticktext": [escape(short(tick)) for tick in ticks],
        "tickfont": {"size": 13, "color": colours.ink_3},
        "fixedrange": True,
        "gridcolor": colours.line,
        "zeroline": False,
        "automargin": True,
    }
