"""The chart of a KPI's page as a plotly figure, free of Streamlit: values, gaps, target, typed values, so far."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from kpi_core.board import TrendPoint
from ui.axis import round_ticks
from ui.palette import Palette, Theme, palette_of
from ui.trend_change import change_shapes, change_texts, fan_traces, room_above, scaled_to, signal_traces
from ui.trend_shown import Trend, exact, marks
from ui.trend_target import exception_marks, stretch_lines, target_label, target_lines

HEIGHT = 340
NAMES = 5
"""Period names below the chart; more would touch each other on a phone."""


def trend_figure(trend: Trend, theme: Theme) -> go.Figure:
    """Draw the trend in the theme's colours on a clear ground, with hover texts in the business's number style."""
    colours = palette_of(theme)
    traces = [
        *target_lines(trend, colours),
        *stretch_lines(trend, colours),
        *exception_marks(trend, colours),
        *fan_traces(trend, colours),
        *_last_year(trend, colours),
        _values(trend, colours),
        *signal_traces(trend, colours),
        *_typed(trend, colours),
        *_so_far(trend, colours),
    ]
    label = target_label(trend)
    texts = change_texts(trend, colours)
    if label is not None:
        texts.append(
            {
                "text": label[2], "x": label[0], "y": label[1], "xanchor": "right", "yanchor": "bottom",
                "showarrow": False, "font": {"size": 13, "color": colours.ink_2},
            }
        )  # fmt: skip
    layout = _layout(trend, colours) | {"annotations": texts, "shapes": change_shapes(trend, colours)}
    return go.Figure(data=traces, layout=layout)


def _values(trend: Trend, colours: Palette) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(trend.points))),
        "y": [point.value for point in trend.points],
        "connectgaps": False,
        "line": {"color": colours.ink, "width": 2},
        "marker": {"color": colours.ink, "size": [0 if point.typed else 6 for point in trend.points]},
        "customdata": [_hover(trend, point) for point in trend.points],
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
    }


def _last_year(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Draw the year before as a thinner, dotted line under the values."""
    if not any(point is not None and point.value is not None for point in trend.last_year):
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "a year before",
            "x": list(range(len(trend.last_year))),
            "y": [None if point is None else point.value for point in trend.last_year],
            "connectgaps": False,
            "line": {"color": colours.accent, "width": 2, "dash": "dot"},
            "customdata": [
                ""
                if point is None
                else _hover(trend, replace(point, exception="", stretch=None, target_low=None, target_high=None))
                for point in trend.last_year
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
            "showlegend": True,
        }
    ]


def _typed(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    typed = [
        (place, point.value) for place, point in enumerate(trend.points) if point.typed and point.value is not None
    ]
    marker = {"symbol": "diamond", "size": 10, "color": colours.accent, "line": {"color": colours.ink, "width": 1}}
    return [marks("typed value", typed, marker)] if typed else []


def _so_far(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    running = trend.running
    if running is None or running.so_far is None:
        return []
    marker = {"symbol": "circle-open", "size": 9, "color": colours.ink_2, "line": {"width": 2}}
    drawn = marks("so far", [(len(trend.points), float(running.so_far))], marker)
    text = f"{escape(trend.name(running.period))}<br>so far {escape(trend.write(running.so_far))}"
    return [drawn | {"customdata": [text], "hovertemplate": "%{customdata}<extra></extra>", "hoverinfo": None}]


def _hover(trend: Trend, point: TrendPoint) -> str:
    value = "" if point.value is None else trend.write(exact(point.value))
    target = trend.target_texts(point)
    lines = (
        escape(trend.name(point.period)),
        f"<b>{escape(value)}</b>{' typed' if point.typed else ''}",
        f"target {target}" if target else "",
        f"for this period only: {escape(point.exception)}" if point.exception else "",
        f"stretch {escape(trend.write(exact(point.stretch)))}" if point.stretch is not None else "",
    )
    return "<br>".join(line for line in lines if line)


def plain_layout(colours: Palette) -> dict[str, object]:
    """Give what all charts of a KPI's page have in common: a clear ground, quiet letters, nothing to drag."""
    return {
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": '"Source Sans", "Source Sans 3", system-ui, sans-serif', "color": colours.ink},
        "hovermode": "closest",
        "hoverdistance": 40,
        "hoverlabel": {
            "bgcolor": colours.panel,
            "bordercolor": colours.line,
            "font": {"color": colours.ink, "size": 14},
        },
        "dragmode": False,
    }


def _layout(trend: Trend, colours: Palette) -> dict[str, object]:
    text = {"size": 13, "color": colours.ink_3}
    above = room_above(trend)
    return plain_layout(colours) | {
        "height": HEIGHT + above,
        "margin": {"l": 8, "r": 8, "t": 12 + above, "b": 8},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": 13, "color": colours.ink_2},
        },
        "xaxis": _periods(trend) | {"tickfont": text, "fixedrange": True, "showgrid": False, "zeroline": False},
        "yaxis": _numbers(trend)
        | {"tickfont": text, "fixedrange": True, "gridcolor": colours.line, "zeroline": False, "automargin": True},
    }


def _periods(trend: Trend) -> dict[str, object]:
    newest = len(trend.points) - 1
    apart = max(1, -(-newest // (NAMES - 1)))
    places = list(range(newest, -1, -apart))[::-1]
    names = [escape(trend.name(trend.points[place].period)).replace(" ", "<br>", 1) for place in places]
    return {
        "tickvals": places,
        "ticktext": names,
        "range": [-0.5, trend.last_place + 0.5],
        "tickangle": 0,
        "automargin": True,
    }


def _numbers(trend: Trend) -> dict[str, object]:
    """Scale to the values and their targets, with room, never from zero for its own sake: a trend shows change."""
    so_far = trend.running.so_far if trend.running else None
    shown = [
        exact(number)
        for point in trend.targeted
        for number in (point.value, point.target_low, point.target_high, point.stretch)
        if number is not None
    ] + ([so_far] if so_far is not None else [])
    shown += [exact(point.value) for point in trend.last_year if point is not None and point.value is not None]
    shown += scaled_to(trend)
    if not shown:
        return {"visible": False}
    low, high = min(shown), max(shown)
    room = (high - low) / 10 or abs(high) / 10 or Fraction(1)
    ticks = round_ticks(low - room, high + room, trend.write_axis, clock=trend.clock)
    return {
        "range": [float(low - room), float(high + room)],
        "tickvals": [float(tick) for tick in ticks],
        "ticktext": [escape(trend.write_axis(tick)) for tick in ticks],
    }
