"""A status as it is drawn everywhere: a shape, a word and a colour, never a colour alone."""

from __future__ import annotations

from html import escape

from kpi_core.status import Status


def tone(status: Status) -> str:
    """Name the colour of a status: `green`, `amber`, `red`, and `grey` for every state without a judgement."""
    match status:
        case Status.GREEN | Status.AMBER | Status.RED:
            return status.value
        case (
            Status.NOT_APPLICABLE
            | Status.ACCEPTED
            | Status.NO_TARGET
            | Status.PARTLY_COVERED
            | Status.OVERDUE
            | Status.NO_DATA
        ):
            return "grey"


def shape(status: Status) -> str:
    """Name the shape that tells a status apart without its colour; every grey is a ring."""
    return {"green": "circle", "amber": "triangle", "red": "square", "grey": "ring"}[tone(status)]


def mark_html(status: Status) -> str:
    """Draw the shape alone; the words beside it are its text alternative."""
    return f'<span class="sb-mark {shape(status)} sb-{tone(status)}" aria-hidden="true"></span>'


def badge_html(status: Status, word: str, title: str = "") -> str:
    """Draw a badge: shape and word on its ground; `title` is the whole sentence, shown on pointing."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<span class="sb-status sb-{tone(status)}"{hint}>{mark_html(status)}{escape(word)}</span>'
