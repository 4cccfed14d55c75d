"""The chart of a KPI's page as a plotly figure, free of Streamlit: values, gaps, target, typed values, so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from kpi_core.board import TrendPoint
from kpi_core.period import Period
from kpi_core.running import Running
from kpi_core.target import TargetKind
from ui.axis import round_ticks
from ui.palette import Palette, Theme, palette_of

HEIGHT = 340
NAMES = 5
"""Period names below the chart; more would touch each other on a phone."""


@dataclass(frozen=True)
class Trend:
    """What the chart shows. `points` are neighbouring periods, oldest first; `running` is the one after them.

    `write` gives a number with its unit, `write_axis` without, `name` a period's name, all in the business's
    style. `clock`: the values are seconds. `target_kind` None: there is no target.
    """

    points: Sequence[TrendPoint]
    write: Callable[[Fraction], str]
    write_axis: Callable[[Fraction], str]
    name: Callable[[Period], str]
    target_kind: TargetKind | None = None
    running: Running | None = None
    clock: bool = False


def trend_figure(trend: Trend, theme: Theme) -> go.Figure:
    """Draw the trend in the theme's colours on a clear ground, with hover texts in the business's number style."""
    colours = palette_of(theme)
    traces = [
        *_target(trend, colours),
        _values(trend, colours),
        *_typed(trend, colours),
        *_so_far(trend, colours),
    ]
    figure = go.Figure(data=traces, layout=_layout(trend, colours))
    label = _target_label(trend)
    if label is not None:
        figure.add_annotation(
            {"text": label[1], "x": len(trend.points) - 0.5, "y": label[0], "xanchor": "right", "yanchor": "bottom"},
            showarrow=False,
            font={"size": 13, "color": colours.ink_2},
        )
    return figure


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


def _typed(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    typed = [
        (place, point.value) for place, point in enumerate(trend.points) if point.typed and point.value is not None
    ]
    marker = {"symbol": "diamond", "size": 10, "color": colours.accent, "line": {"color": colours.ink, "width": 1}}
    return [_marks("typed value", typed, marker)] if typed else []


def _so_far(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    running = trend.running
    if running is None or running.so_far is None:
        return []
    marker = {"symbol": "circle-open", "size": 9, "color": colours.ink_2, "line": {"width": 2}}
    drawn = _marks("so far", [(len(trend.points), float(running.so_far))], marker)
    text = f"{escape(trend.name(running.period))}<br>so far {escape(trend.write(running.so_far))}"
    return [drawn | {"customdata": [text], "hovertemplate": "%{customdata}<extra></extra>", "hoverinfo": None}]


def _marks(name: str, spots: Sequence[tuple[int, float]], marker: dict[str, object]) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [place for place, _ in spots],
        "y": [value for _, value in spots],
        "marker": marker,
        "hoverinfo": "skip",
        "showlegend": True,
    }


def _target(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Draw the target's edges; a range is filled between them, steps change between periods, a path is straight."""
    if trend.target_kind is None:
        return []
    shape = "linear" if trend.target_kind is TargetKind.PATH else "hvh"
    lows = [point.target_low for point in trend.points]
    highs = [point.target_high for point in trend.points]
    edges = [edge for edge in (lows, highs) if any(number is not None for number in edge)]
    both = len(edges) > 1
    last = len(trend.points) - 1
    return [
        {
            "type": "scatter",
            "mode": "lines",
            # A target holds for the whole of its period, so its line begins and ends half a period outside.
            "x": [-0.5, *range(last + 1), last + 0.5],
            "y": [edge[0], *edge, edge[-1]],
            "line": {"color": colours.ink_3, "width": 1.5, "dash": "dash", "shape": shape},
            "fill": "tonexty" if both and number else "none",
            "fillcolor": colours.band,
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for number, edge in enumerate(edges)
    ]


def _target_label(trend: Trend) -> tuple[float, str] | None:
    """Place the newest target's words at the end of its line (of its upper edge where it is a range)."""
    if trend.target_kind is None or not trend.points:
        return None
    texts = _target_texts(trend, trend.points[-1])
    edges = [edge for edge in (trend.points[-1].target_low, trend.points[-1].target_high) if edge is not None]
    return (max(edges), f"Target {texts}") if texts else None


def _target_texts(trend: Trend, point: TrendPoint) -> str:
    edges = [edge for edge in (point.target_low, point.target_high) if edge is not None]
    return " to ".join(escape(trend.write(exact(edge))) for edge in edges)


def _hover(trend: Trend, point: TrendPoint) -> str:
    value = "" if point.value is None else trend.write(exact(point.value))
    target = _target_texts(trend, point)
    lines = (
        escape(trend.name(point.period)),
        f"<b>{escape(value)}</b>{' typed' if point.typed else ''}",
        f"target {target}" if target else "",
    )
    return "<br>".join(line for line in lines if line)


def _layout(trend: Trend, colours: Palette) -> dict[str, object]:
    text = {"size": 13, "color": colours.ink_3}
    legend = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 13, "color": colours.ink_2}}
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 28, "b": 8},
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
        "legend": legend,
        "xaxis": _periods(trend) | {"tickfont": text, "fixedrange": True, "showgrid": False, "zeroline": False},
        "yaxis": _numbers(trend)
        | {"tickfont": text, "fixedrange": True, "gridcolor": colours.line, "zeroline": False, "automargin": True},
    }


def _periods(trend: Trend) -> dict[str, object]:
    newest = len(trend.points) - 1
    apart = max(1, -(-newest // (NAMES - 1)))
    places = list(range(newest, -1, -apart))[::-1]
    names = [escape(trend.name(trend.points[place].period)).replace(" ", "<br>", 1) for place in places]
    ahead = trend.running is not None and trend.running.so_far is not None
    return {
        "tickvals": places,
        "ticktext": names,
        "range": [-0.5, newest + (1.5 if ahead else 0.5)],
        "tickangle": 0,
        "automargin": True,
    }


def _numbers(trend: Trend) -> dict[str, object]:
    """Scale to the values and their targets, with room, never from zero for its own sake: a trend shows change."""
    so_far = trend.running.so_far if trend.running else None
    shown = [
        exact(number)
        for point in trend.points
        for number in (point.value, point.target_low, point.target_high)
        if number is not None
    ] + ([so_far] if so_far is not None else [])
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


def exact(number: float) -> Fraction:
    """Read a drawn number as the decimal that it was, not as its binary neighbour.

    >>> exact(3.2)
    Fraction(16, 5)
    """
    return Fraction(str(number))
