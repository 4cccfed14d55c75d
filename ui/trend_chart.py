"""The chart of a KPI's page as a plotly figure, free of Streamlit: values, gaps, target, typed values, so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    style. `clock`: the values are seconds. `last_year`: the same periods a year before, one for each point or none.
    """

    points: Sequence[TrendPoint]
    write: Callable[[Fraction], str]
    write_axis: Callable[[Fraction], str]
    name: Callable[[Period], str]
    running: Running | None = None
    clock: bool = False
    last_year: Sequence[TrendPoint | None] = ()


def trend_figure(trend: Trend, theme: Theme) -> go.Figure:
    """Draw the trend in the theme's colours on a clear ground, with hover texts in the business's number style."""
    colours = palette_of(theme)
    traces = [
        *_target(trend, colours),
        *_stretch(trend, colours),
        *_exceptions(trend, colours),
        *_last_year(trend, colours),
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


def _without_target(point: TrendPoint) -> TrendPoint:
    return replace(point, target_low=None, target_high=None, stretch=None, exception="")


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
    """Draw the edges of the target in force at each time: a range is filled, steps change between periods.

    One line for each run of periods of one kind: where there is no target there is no line, and a path is straight.
    """
    lines: list[dict[str, object]] = []
    for first, last in _runs(trend.points):
        shape = "linear" if trend.points[first].target_kind is TargetKind.PATH else "hvh"
        sides = [
            [getattr(each, side) for each in trend.points[first : last + 1]] for side in ("target_low", "target_high")
        ]
        edges = [edge for edge in sides if edge[0] is not None]
        lines += [
            _edge(edge, first, {"color": colours.ink_3, "width": 1.5, "dash": "dash", "shape": shape})
            | {"fill": "tonexty" if number else "none", "fillcolor": colours.band}
            for number, edge in enumerate(edges)
        ]
    return lines


def _stretch(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Draw the stretch as a thinner line, which has no colour of its own."""
    lines: list[dict[str, object]] = []
    for first, last in _runs(trend.points):
        edge = [each.stretch for each in trend.points[first : last + 1]]
        if any(value is not None for value in edge):
            shape = "linear" if trend.points[first].target_kind is TargetKind.PATH else "hvh"
            line = {"color": colours.ink_3, "width": 0.75, "dash": "dot", "shape": shape}
            lines.append(_edge(edge, first, line) | {"name": "stretch", "showlegend": not lines})
    return lines


def _edge(values: Sequence[float | None], first: int, line: dict[str, object]) -> dict[str, object]:
    """Draw one edge; it holds for the whole of its periods, so it begins and ends half a period outside."""
    last = first + len(values) - 1
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [first - 0.5, *range(first, last + 1), last + 0.5],
        "y": [values[0], *values, values[-1]],
        "line": line,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _runs(points: Sequence[TrendPoint]) -> list[tuple[int, int]]:
    """Find the stretches of neighbouring periods with a target of one kind; an exception belongs to its neighbours."""
    runs: list[tuple[int, int]] = []
    for place, point in enumerate(points):
        if point.target_low is None and point.target_high is None:
            continue
        before = points[runs[-1][1]] if runs and runs[-1][1] == place - 1 else None
        alike = before is not None and _sides(before) == _sides(point)
        if (
            before is not None
            and alike
            and (before.target_kind is point.target_kind or before.exception or point.exception)
        ):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _sides(point: TrendPoint) -> tuple[bool, bool]:
    return point.target_low is None, point.target_high is None


def _exceptions(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Mark the periods that have a target of their own."""
    spots = [
        (place, value)
        for place, point in enumerate(trend.points)
        if point.exception
        and (value := point.target_high if point.target_low is None else point.target_low) is not None
    ]
    marker = {"symbol": "x-thin", "size": 9, "color": colours.ink_2, "line": {"color": colours.ink_2, "width": 2}}
    return [_marks("target for one period only", spots, marker)] if spots else []


def _target_label(trend: Trend) -> tuple[float, str] | None:
    """Place the newest target's words at the end of its line (of its upper edge where it is a range)."""
    if not trend.points:
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
        f"for this period only: {escape(point.exception)}" if point.exception else "",
        f"stretch {escape(trend.write(exact(point.stretch)))}" if point.stretch is not None else "",
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
        for number in (point.value, point.target_low, point.target_high, point.stretch)
        if number is not None
    ] + ([so_far] if so_far is not None else [])
    shown += [exact(point.value) for point in trend.last_year if point is not None and point.value is not None]
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
