"""A status as it is drawn everywhere: a shape, a word and a colour, never a colour alone."""

from __future__ import annotations

from html import escape

from kpi_core.status import Shape, Status, shape


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
