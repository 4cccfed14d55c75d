"""The layers of change around a KPI's trend, made of what the core says of it, free of Streamlit and plotly."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from kpi_core.projection import in_ten
from kpi_core.signals import SignalState
from ui.trend_shown import Band, Flag, Layers, Marked, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kpi_core.board import TrendPoint
    from kpi_core.period import Period
    from kpi_core.service.change_page import ChangePage, FanStep

SHORT: Final = 32
"""Letters of a note that have room on a phone."""
LEAST_AHEAD: Final = 3
"""Steps that are looked ahead on the chart, however few periods are behind."""


def layers_of(points: Sequence[TrendPoint], change: ChangePage) -> Layers:
    """Lay usual ranges, signals, notes and outlook around the drawn periods, oldest first.

    Where the newest value is judged by growth and season there is no level range to draw.
    """
    places = {point.period.start: at for at, point in enumerate(points)}
    fan, fan_from = _fan(points, change)
    drawn = [*(point.period for point in points), *(step.period for step in fan)]
    goal = change.row.goal
    # Of a year's total, and of a target further away than is drawn, there is no step that the chance is of
    ends = goal is not None and goal.target is not None and bool(fan) and fan[-1].period == goal.period
    return Layers(
        bands=() if change.row.signal.by_surprise else tuple(_bands(places, change)),
        marked=tuple(_marked(points, places, change)),
        flags=tuple(_flags(drawn, change)),
        fan=fan,
        fan_from=fan_from,
        chance=in_ten(change.row.chance) if ends and change.row.chance is not None else "",
    )


def _bands(places: dict[date, int], change: ChangePage) -> Iterator[Band]:
    for stretch in change.stretches:
        shown = [places[point.period.start] for point in stretch.points if point.period.start in places]
        if shown and stretch.usual is not None:
            low, high = stretch.usual
            yield Band(min(shown), max(shown), float(low), float(high))


def _marked(points: Sequence[TrendPoint], places: dict[date, int], change: ChangePage) -> Iterator[Marked]:
    """Mark what the newest signal holds, and apart from it what was a signal before."""
    signal = change.row.signal
    held = {
        point.period.start
        for point in points
        if signal.since is not None and signal.newest is not None
        if signal.since.start <= point.period.start <= signal.newest.start
    }
    flagged = {point.period.start for stretch in change.stretches for point in stretch.signalling()}
    past = set() if signal.by_surprise else flagged - held
    for tone, starts in ((Tone.PAST, past), (_tone(signal.state), held)):
        spots = [(places[start], points[places[start]].value) for start in sorted(starts) if start in places]
        known = tuple((place, value) for place, value in spots if value is not None)
        if known:
            yield Marked(tone, known)


def _tone(state: SignalState) -> Tone:
    match state:
        case SignalState.BETTER:
            return Tone.GOOD
        case SignalState.WORSE:
            return Tone.BAD
        case SignalState.OTHER | SignalState.ROUTINE | SignalState.NONE_YET | SignalState.NOT_JUDGED:
            return Tone.OTHER


def _fan(points: Sequence[TrendPoint], change: ChangePage) -> tuple[tuple[FanStep, ...], int]:
    """Take as many steps ahead as leave the past most of the room, from the newest value on."""
    if not change.fan:
        return (), 0
    start = change.fan[0].period.start
    behind = next((at for at, point in enumerate(points) if point.period.end == start), None)
    if behind is None or points[behind].value is None:
        return (), 0
    return change.fan[: max(LEAST_AHEAD, len(points) // 2)], behind


def _flags(drawn: Sequence[Period], change: ChangePage) -> Iterator[Flag]:
    for day, lines in groupby(change.notes, key=lambda line: line.day):
        at = next((at for at, period in enumerate(drawn) if day in period), None)
        if at is None:
            continue
        first, *others = list(lines)
        period = drawn[at]
        text = first.text if len(first.text) <= SHORT else f"{first.text[: SHORT - 1].rstrip()}…"
        more = f" +{len(others)}" if others else ""
        share = (day - period.start).days / period.days
        yield Flag(at - 0.5 + share, f"{text}{more}", tuple(line.sentence for line in (first, *others)))
