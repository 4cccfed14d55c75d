"""The parts that a card, a row and a line of the board share: name, badge, value, button."""

from __future__ import annotations

from html import escape

from kpi_core.board import BoardRow, NextStep
from kpi_core.kpi import Kpi, Tier
from kpi_core.signals import SignalState
from kpi_core.status import Status
from ui.marks import badge_html, signal_mark_html


def name_html(kpi: Kpi, *, starred: bool = True) -> str:
    """Draw the name, which opens the KPI, and the star of the North Star unless its heading shows it."""
    star = (
        '<span aria-hidden="true">★</span><span class="sb-sr">North Star</span>' if kpi.north_star and starred else ""
    )
    shown = f'<span class="star" title="North Star">{star}</span>' if star else ""
    return f"{button_html(kpi.id, NextStep.LOOK, 'card', kpi.name)}{shown}"


def status_html(row: BoardRow) -> str:
    """Draw the status; a health metric has none."""
    if row.kpi.tier is Tier.HEALTH_METRIC:
        return ""
    return badge_html(row.judgement.status, row.judgement.word, row.judgement.sentence)


def value_html(row: BoardRow) -> str:
    """Write the value with its period; none is a dash with its word, never a zero."""
    typed = "typed" if row.typed else ""
    details = " · ".join(escape(text) for text in (row.period_text, typed) if text)
    small = f"<small>{details}</small>" if details else ""
    if not row.actual_text:
        return f'<p class="value none"><b aria-hidden="true">&ndash;</b><span class="sb-sr">no value</span>{small}</p>'
    return f'<p class="value"><b>{escape(row.actual_text)}</b>{small}</p>'


def signal_html(row: BoardRow) -> str:
    """Say whether it is really changing, its first words bold; nothing where the status has said that a value lacks."""
    if not row.signal_sentence or row.signal.state is SignalState.NOT_JUDGED:
        return ""
    lead, colon, rest = row.signal_sentence.partition(":")
    return (
        f'<p class="signal">{signal_mark_html(row.signal)}<span><b>{escape(lead + colon)}</b>{escape(rest)}</span></p>'
    )


def usual_range(row: BoardRow) -> tuple[float, float] | None:
    """Give the usual range to draw; one that grows or has seasons has no level range."""
    limits = row.signal.limits
    return None if limits is None or row.signal.by_surprise else (float(limits.lower), float(limits.upper))


def soon(row: BoardRow) -> tuple[str, ...]:
    """List what is due and how the running period goes; an overdue card has said already since when."""
    due = "" if row.judgement.status is Status.OVERDUE else row.due_text
    return tuple(text for text in (due, row.running.sentence if row.running else "") if text)


def owner_html(row: BoardRow) -> str:
    """Draw the owner's chip."""
    name = escape(row.kpi.owner)
    return f'<span class="owner" title="{name}"><span class="sb-sr">Owner: </span>{name}</span>' if name else ""


def line_html(name: str, html: str) -> str:
    """Write a line of its own, where there is something to write."""
    return f'<p class="{name}">{html}</p>' if html else ""


def button_html(kpi_id: int, step: NextStep, part: str, label: str, spoken: str = "") -> str:
    """Draw a real button; `part` tells two buttons of one KPI apart, so that the keyboard's place survives a rerun."""
    name = f' aria-label="{escape(spoken)}"' if spoken else ""
    look = "" if part == "card" else ' class="link"'
    return (
        f'<button type="button"{look} data-kpi="{kpi_id}" data-action="{step.value}" data-part="{part}"{name}>'
        f"{escape(label)}</button>"
    )
