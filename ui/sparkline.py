"""The small trend of a card as inline SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from kpi_core.board import TrendPoint
from kpi_core.board.spark import BOX, Sparkline, Spot, sparkline

WIDTH, HEIGHT, MARGIN = BOX.width, BOX.height, BOX.margin


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
