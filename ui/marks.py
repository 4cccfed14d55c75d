"""A status as it is drawn everywhere: a shape, a word and a colour, never a colour alone."""

from __future__ import annotations

from html import escape

from kpi_core.signals import Signal, SignalState, Way, way
from kpi_core.status import Shape, Status, shape

WAYS = {
    Way.RISE: "M2 13L13 3M6 3h7v7",
    Way.DROP: "M2 3L13 13M6 13h7V6",
    Way.ROUTINE: "M1 9c2.5-4 4.5-4 7-1s4.5 3 7-1",
    Way.UNKNOWN: "M3 8h.01M8 8h.01M13 8h.01",
}
"""An arrow up or down, a level wave, three dots: each a stroke in a box of 16 by 16."""


def tone(status: Status) -> str:
    """Name the colour of a status: `green`, `amber`, `red`, and `grey` for every state without a judgement."""
    match shape(status):
        case Shape.CIRCLE:
            return "green"
        case Shape.TRIANGLE:
            return "amber"
        case Shape.SQUARE:
            return "red"
        case Shape.RING:
            return "grey"


def mark_html(status: Status) -> str:
    """Draw the shape alone; the words beside it are its text alternative."""
    return f'<span class="sb-mark {shape(status).value} sb-{tone(status)}" aria-hidden="true"></span>'


def badge_html(status: Status, word: str, title: str = "") -> str:
    """Draw a badge: shape and word on its ground; `title` is the whole sentence, shown on pointing."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<span class="sb-status sb-{tone(status)}"{hint}>{mark_html(status)}{escape(word)}</span>'


def ways_css() -> str:
    """Write the same marks as masks, for pages that let no drawing of their own through."""
    drawn = (
        "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='%23000' "
        "stroke-width='2.4' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='{path}'/%3E%3C/svg%3E"
    )
    return "".join(
        f'.sb-arrow.{each.value}{{mask-image:url("data:image/svg+xml,{drawn.format(path=path)}")}}\n'
        for each, path in WAYS.items()
    )


def arrow_html(signal: Signal) -> str:
    """Draw the mark of a signal as `ways_css` has it, in the colour of the words beside it."""
    return f'<span class="sb-arrow {way(signal).value}" aria-hidden="true"></span>'


def signal_mark_html(signal: Signal) -> str:
    """Draw whether a number is really changing: an arrow up or down, a level line; the words stand beside it.

    Its colour is what the change means for this KPI, not what its status is.
    """
    meaning = {SignalState.BETTER: " sb-green", SignalState.WORSE: " sb-red"}.get(signal.state, "")
    return (
        f'<svg class="sb-way {way(signal).value}{meaning}" viewBox="0 0 16 16" aria-hidden="true">'
        f'<path d="{WAYS[way(signal)]}"/></svg>'
    )
