"""The targets of a KPI's chart: the edges in force at each time, the stretch, exceptions, the newest one's words."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_core.board import TrendPoint
from kpi_core.target import TargetKind
from ui.palette import Palette
from ui.trend_shown import Trend, marks


def target_lines(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Draw the edges of the target in force at each time: a range is filled, steps change between periods.

    One line for each run of periods of one kind: where there is no target there is no line, and a path is straight.
    """
    lines: list[dict[str, object]] = []
    for first, last in _runs(trend.targeted):
        shape = "linear" if trend.targeted[first].target_kind is TargetKind.PATH else "hvh"
        sides = [
            [getattr(each, side) for each in trend.targeted[first : last + 1]] for side in ("target_low", "target_high")
        ]
        edges = [edge for edge in sides if edge[0] is not None]
        lines += [
            _edge(edge, first, {"color": colours.ink_3, "width": 1.5, "dash": "dash", "shape": shape})
            | {"fill": "tonexty" if number else "none", "fillcolor": colours.band}
            for number, edge in enumerate(edges)
        ]
    return lines


def stretch_lines(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Draw the stretch as a thinner line, which has no colour of its own."""
    lines: list[dict[str, object]] = []
    for first, last in _runs(trend.targeted):
        edge = [each.stretch for each in trend.targeted[first : last + 1]]
        if any(value is not None for value in edge):
            shape = "linear" if trend.targeted[first].target_kind is TargetKind.PATH else "hvh"
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


def exception_marks(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Mark the periods that have a target of their own."""
    spots = [
        (place, value)
        for place, point in enumerate(trend.points)
        if point.exception
        and (value := point.target_high if point.target_low is None else point.target_low) is not None
    ]
    marker = {"symbol": "x-thin", "size": 9, "color": colours.ink_2, "line": {"color": colours.ink_2, "width": 2}}
    return [marks("target for one period only", spots, marker)] if spots else []


def target_label(trend: Trend) -> tuple[float, float, str] | None:
    """Place the newest target's words at the end of its line (of its upper edge where it is a range).

    Where the target goes on as it is, its line ends where the looking ahead does.
    """
    if not trend.points:
        return None
    newest = trend.points[-1]
    texts = trend.target_texts(newest)
    ends = newest.target_low, newest.target_high
    edges = [edge for edge in ends if edge is not None]
    same = all((each.target_low, each.target_high) == ends for each in trend.coming)
    end = len(trend.targeted if same else trend.points) - 0.5
    return (end, max(edges), f"Target {texts}") if texts else None
