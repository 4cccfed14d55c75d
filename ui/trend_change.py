"""The layers of change on a KPI's chart: usual ranges, points of signals, days with notes, where it is heading."""

from __future__ import annotations

from fractions import Fraction
from html import escape
from typing import Final

from kpi_core.service.change_page import FanStep
from ui.palette import Palette
from ui.trend_shown import Band, Flag, Tone, Trend, exact, marks

ROWS: Final = 3
"""Rows above the chart that the texts of notes take turns in, so that neighbours do not cover each other."""
ROW_HEIGHT: Final = 17
ROW_SHARE: Final = 0.065
"""A row's height as a share of the drawing's."""
LABEL_WIDTH: Final = 6
"""Periods that the words "usual range" reach over."""
NAMES: Final = {
    Tone.GOOD: "real change, good",
    Tone.BAD: "real change, bad",
    Tone.OTHER: "real change",
    Tone.PAST: "signal of the past",
}


def faded(colour: str, opacity: float) -> str:
    """Let the ground shine through a colour.

    >>> faded("#102030", 0.25)
    'rgba(16,32,48,0.25)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def change_shapes(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Draw the usual ranges below everything, and a line at each day with notes."""
    return [*(_range(band, colours) for band in trend.layers.bands), *_flag_lines(trend, colours)]


def change_texts(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Name the first usual range and the notes."""
    layers = trend.layers
    texts = [_flag_text(trend, at, flag, colours) for at, flag in enumerate(layers.flags)]
    if layers.bands:
        texts.append(_text("usual range", colours.ink_3) | _range_place(trend, layers.bands[0]))
    return texts


def _range_place(trend: Trend, band: Band) -> dict[str, object]:
    """Find the corner of the range that the first values leave free."""
    first = [point.value for point in trend.points[band.first : band.last + 1] if point.value is not None][:LABEL_WIDTH]
    below = bool(first) and max(first) - band.low > band.high - min(first)
    end = {"y": band.low, "yanchor": "bottom"} if below else {"y": band.high, "yanchor": "top"}
    return {"x": band.first - 0.5, "xanchor": "left", "xshift": 6, **end}


def room_above(trend: Trend) -> int:
    """Say how many pixels the texts of the notes need above the drawing."""
    return min(len(trend.layers.flags), ROWS) * ROW_HEIGHT


def scaled_to(trend: Trend) -> list[Fraction]:
    """List the numbers of the layers that are to be in sight; the outermost of the fan may leave the scale."""
    ends = [end for band in trend.layers.bands for end in (band.low, band.high)]
    ends += [end for step in trend.layers.fan for end in (step.low80, step.high80)]
    return [exact(end) for end in ends]


def _range(band: Band, colours: Palette) -> dict[str, object]:
    ends = {"x0": band.first - 0.5, "x1": band.last + 0.5, "y0": band.low, "y1": band.high}
    return {"type": "rect", "layer": "below", "fillcolor": colours.band, "line": {"width": 0}, **ends}


def _flag_lines(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    return [
        {
            "type": "line", "xref": "x", "yref": "paper", "x0": flag.place, "x1": flag.place, "y0": 0,
            "y1": 1 + (at % ROWS) * ROW_SHARE, "layer": "above", "line": {"color": colours.ink_3, "width": 1},
        }
        for at, flag in enumerate(trend.layers.flags)
    ]  # fmt: skip


def _flag_text(trend: Trend, at: int, flag: Flag, colours: Palette) -> dict[str, object]:
    """Write a note beside its line, towards the side that has more room."""
    early = flag.place < trend.last_place / 2
    side = {"xanchor": "left", "xshift": 4} if early else {"xanchor": "right", "xshift": -4}
    return _text(escape(flag.text), colours.ink_2) | {
        **side,
        "x": flag.place,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": (at % ROWS) * ROW_HEIGHT,
        "hovertext": "<br>".join(escape(line) for line in flag.whole),
    }


def _text(text: str, colour: str) -> dict[str, object]:
    return {"text": text, "showarrow": False, "font": {"size": 13, "color": colour}}


def fan_traces(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Draw where it is heading: the darker part holds it 8 times in 10, the lighter 19 in 20."""
    layers = trend.layers
    if not layers.fan:
        return []
    start = trend.points[layers.fan_from].value or 0.0
    places = list(range(layers.fan_from, layers.fan_from + len(layers.fan) + 1))
    wide = _between(
        places, [start, *(step.low95 for step in layers.fan)], [start, *(step.high95 for step in layers.fan)]
    )
    likely = _between(
        places, [start, *(step.low80 for step in layers.fan)], [start, *(step.high80 for step in layers.fan)]
    )
    middle = {
        "type": "scatter",
        "mode": "lines",
        "x": places,
        "y": [start, *(step.middle for step in layers.fan)],
        "line": {"color": colours.accent, "width": 1.5, "dash": "dot"},
        "customdata": ["", *(_hover(trend, step) for step in layers.fan)],
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
    }
    chance = f": {layers.chance} to be on target then" if layers.chance else ""
    return [
        wide | {"fillcolor": faded(colours.accent, 0.10), "showlegend": False},
        likely | {"fillcolor": faded(colours.accent, 0.18), "name": f"where it is heading{chance}"},
        middle,
    ]


def _between(places: list[int], low: list[float], high: list[float]) -> dict[str, object]:
    outline = {"x": [*places, *reversed(places)], "y": [*high, *reversed(low)]}
    return {"type": "scatter", "mode": "none", "fill": "toself", "hoverinfo": "skip", "showlegend": True, **outline}


def _hover(trend: Trend, step: FanStep) -> str:
    middle, low, high = (escape(trend.write(exact(each))) for each in (step.middle, step.low80, step.high80))
    return f"{escape(trend.name(step.period))}<br>heading for {middle}<br>likely {low} to {high}"


def signal_traces(trend: Trend, colours: Palette) -> list[dict[str, object]]:
    """Draw the points of signals over the line, in the colour of what they mean."""
    return [marks(NAMES[each.tone], each.spots, _marker(each.tone, colours)) for each in trend.layers.marked]


def _marker(tone: Tone, colours: Palette) -> dict[str, object]:
    match tone:
        case Tone.GOOD:
            return {"size": 10, "color": colours.green}
        case Tone.BAD:
            return {"size": 10, "color": colours.red}
        case Tone.OTHER:
            return {"size": 10, "color": colours.accent}
        case Tone.PAST:
            return {"size": 11, "symbol": "circle-open", "color": colours.ink_3, "line": {"width": 1.5}}
