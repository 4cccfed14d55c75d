"""The small trend of a card: values, the target of each period, the last point. A gap breaks the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from kpi_core.board import TrendPoint

WIDTH = 288.0
HEIGHT = 52.0
MARGIN = 5.0
"""Room above and below, so that the last point is not cut."""


@dataclass(frozen=True)
class Spot:
    """A place in the drawing's box, x from the left and y from the top, both in its own units."""

    x: float
    y: float


@dataclass(frozen=True)
class Sparkline:
    """What is drawn: runs of neighbouring values, runs of the target's edges, and the newest value's place."""

    runs: tuple[tuple[Spot, ...], ...]
    low: tuple[tuple[Spot, ...], ...]
    high: tuple[tuple[Spot, ...], ...]
    last: Spot | None
    usual: tuple[float, float] | None = None
    """From top to bottom of the usual range."""


def sparkline(points: Sequence[TrendPoint], usual: tuple[float, float] | None = None) -> Sparkline:
    """Place the periods side by side, oldest left, scaled so that every value, target and the usual range fit in.

    A single period stands at the right edge. Values that are all equal run through the middle.
    """
    values = [point.value for point in points]
    lows = [point.target_low for point in points]
    highs = [point.target_high for point in points]
    shown = [number for number in (*values, *lows, *highs, *(usual or ())) if number is not None]
    place = _scale(shown, len(points))
    runs = _runs(values, place)
    return Sparkline(
        runs=runs,
        low=_runs(lows, place),
        high=_runs(highs, place),
        last=runs[-1][-1] if runs else None,
        usual=None if usual is None else (place(0, usual[1]).y, place(0, usual[0]).y),
    )


def sparkline_html(points: Sequence[TrendPoint], text: str, usual: tuple[float, float] | None = None) -> str:
    """Draw the trend as inline SVG, `text` being its alternative; empty where no period has a value."""
    return _html(tuple(points), text, usual)


@lru_cache(maxsize=1024)
def _html(points: tuple[TrendPoint, ...], text: str, usual: tuple[float, float] | None) -> str:
    """Draw it once: most of a board's drawing is its lines, and another filter or order changes none of them."""
    drawn = sparkline(points, usual)
    if drawn.last is None:
        return ""
    name = f'role="img" aria-label="{escape(text)}"' if text else 'aria-hidden="true"'
    title = f"<title>{escape(text)}</title>" if text else ""
    return (
        f'<div class="spark"><svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none" {name}>{title}'
        f"{_usual(drawn)}{_range(drawn)}{_goal(drawn.low)}{_goal(drawn.high)}{_line(drawn.runs)}</svg>"
        f'<span class="dot" style="left:{drawn.last.x / WIDTH:.2%};top:{drawn.last.y / HEIGHT:.2%}"></span></div>'
    )


def _scale(shown: Sequence[float], count: int) -> Callable[[int, float], Spot]:
    bottom, top = (min(shown), max(shown)) if shown else (0.0, 0.0)
    step = (WIDTH - 2 * MARGIN) / (count - 1) if count > 1 else 0.0

    def place(index: int, value: float) -> Spot:
        share = (value - bottom) / (top - bottom) if top > bottom else 0.5
        return Spot(WIDTH - MARGIN - step * (count - 1 - index), HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN))

    return place


def _runs(numbers: Iterable[float | None], place: Callable[[int, float], Spot]) -> tuple[tuple[Spot, ...], ...]:
    runs: list[list[Spot]] = [[]]
    for index, number in enumerate(numbers):
        if number is None:
            runs.append([])
        else:
            runs[-1].append(place(index, number))
    return tuple(tuple(run) for run in runs if run)


def _line(runs: Iterable[Sequence[Spot]]) -> str:
    """Draw each run of values; a lone value between two gaps is a dot, not nothing."""
    return "".join(
        f'<path class="lone" d="M{_spot(run[0])}h0"/>' if len(run) == 1 else f'<path class="line" d="{_path(run)}"/>'
        for run in runs
    )


def _goal(runs: Iterable[Sequence[Spot]]) -> str:
    """Draw each run of targets; the target of a single period goes through the whole box."""
    return "".join(
        f'<path class="goal" d="M{MARGIN:g} {run[0].y:.1f}H{WIDTH - MARGIN:g}"/>'
        if len(run) == 1
        else f'<path class="goal" d="{_path(run)}"/>'
        for run in runs
    )


def _path(run: Sequence[Spot]) -> str:
    return "M" + "L".join(_spot(spot) for spot in run)


def _range(drawn: Sparkline) -> str:
    """Fill the room between the two edges of a range target."""
    return "".join(
        f'<polygon class="range" points="{" ".join(_spot(spot) for spot in (*low, *reversed(high)))}"/>'
        for low, high in zip(drawn.low, drawn.high, strict=False)
        if len(low) > 1 and len(high) > 1
    )


def _usual(drawn: Sparkline) -> str:
    """Draw the band of routine variation behind the values."""
    if drawn.usual is None:
        return ""
    top, bottom = drawn.usual
    return f'<rect class="usual" x="0" y="{top:.1f}" width="{WIDTH:g}" height="{bottom - top:.1f}"/>'


def _spot(spot: Spot) -> str:
    return f"{spot.x:.1f} {spot.y:.1f}"
