"""The small trend of a KPI as places in a box: values, targets, the last point. A gap breaks the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kpi_core.board.types import TrendPoint


@dataclass(frozen=True)
class Box:
    """What a trend is drawn in. `margin`: room on every side, so that the last point is not cut."""

    width: float = 288.0
    height: float = 52.0
    margin: float = 5.0


BOX = Box()


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


def sparkline(points: Sequence[TrendPoint], usual: tuple[float, float] | None = None, box: Box = BOX) -> Sparkline:
    """Place the periods side by side, oldest left, scaled so that every value, target and the usual range fit in.

    A single period stands at the right edge. Values that are all equal run through the middle.
    """
    values = [point.value for point in points]
    lows = [point.target_low for point in points]
    highs = [point.target_high for point in points]
    shown = [number for number in (*values, *lows, *highs, *(usual or ())) if number is not None]
    place = _scale(shown, len(points), box)
    runs = _runs(values, place)
    return Sparkline(
        runs=runs,
        low=_runs(lows, place),
        high=_runs(highs, place),
        last=runs[-1][-1] if runs else None,
        usual=None if usual is None else (place(0, usual[1]).y, place(0, usual[0]).y),
    )


def _scale(shown: Sequence[float], count: int, box: Box) -> Callable[[int, float], Spot]:
    bottom, top = (min(shown), max(shown)) if shown else (0.0, 0.0)
    step = (box.width - 2 * box.margin) / (count - 1) if count > 1 else 0.0

    def place(index: int, value: float) -> Spot:
        share = (value - bottom) / (top - bottom) if top > bottom else 0.5
        return Spot(
            box.width - box.margin - step * (count - 1 - index),
            box.height - box.margin - share * (box.height - 2 * box.margin),
        )

    return place


def _runs(numbers: Iterable[float | None], place: Callable[[int, float], Spot]) -> tuple[tuple[Spot, ...], ...]:
    runs: list[list[Spot]] = [[]]
    for index, number in enumerate(numbers):
        if number is None:
            runs.append([])
        else:
            runs[-1].append(place(index, number))
    return tuple(tuple(run) for run in runs if run)
