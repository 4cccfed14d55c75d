"""Reviews as HTML, free of Streamlit: the agenda, a KPI as it is shown in a meeting, the record that is printed."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from kpi_core.kpi import Tier
from kpi_core.period import day_name
from kpi_core.review.words import NOTHING_WRITTEN, TOPICS
from kpi_core.status import Status
from kpi_core.unit import capital
from ui.board_parts import soon
from ui.kpi_answers_html import arriving_html, changing_html, doing_html
from ui.marks import badge_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpi_core.review import Addition, AgendaItem, Agreed, Item, Look
    from kpi_core.service.kpi_page import KpiPage
    from kpi_core.service.reviews import Record


def agenda_html(agenda: Iterable[AgendaItem], decided: Mapping[int, bool] | None = None) -> str:
    """List the agenda by topic: each KPI with the sentence why it is there; a tick where it is decided."""
    done = decided or {}
    parts = []
    for topic, items in groupby(agenda, key=lambda each: each.topic):
        lines = "".join(
            f"<li>{_tick(done=done.get(each.kpi_id, False))}<b>{escape(each.name)}</b> {escape(each.why)}</li>"
            for each in items
        )
        parts.append(f"<h3>{escape(TOPICS[topic])}</h3><ul>{lines}</ul>")
    return f'<div class="sb-agenda">{"".join(parts)}</div>'


def _tick(*, done: bool) -> str:
    return '<span class="tick">✓<span class="sb-sr"> decided: </span></span>' if done else ""


def kpi_html(agenda: AgendaItem, page: KpiPage) -> str:
    """Show a KPI so that it is read from across a table: why it is here, where it stands."""
    row = page.row
    badge = "" if row.kpi.tier is Tier.HEALTH_METRIC else badge_html(row.judgement.status, row.judgement.word)
    value = escape(row.actual_text) or "&ndash;"
    said = [escape(text) for text in (row.target_text, row.judgement.sentence, *soon(row)) if text]
    lines = "".join(f"<p>{text}</p>" for text in said)
    return (
        f'<div class="sb-meeting"><p class="topic">{escape(TOPICS[agenda.topic])}</p>'
        f"<h2>{escape(agenda.name)}</h2>"
        f'<p class="value"><b>{value}</b> <small>{escape(row.period_text)}</small>{badge}</p>{lines}</div>'
    )


def answers_html(page: KpiPage) -> str:
    """Lay the other three answers out side by side."""
    parts = (
        changing_html(page.change),
        arriving_html(page.change),
        doing_html(page.doing, page.doing_lines),
    )
    return f'<div class="sb-meeting-answers">{"".join(parts)}</div>'


def record_html(record: Record) -> str:
    """Write a review as a document: who took part, each KPI as it looked with what was decided, the actions."""
    review = record.review
    people = f"Took part: {review.people}" if review.people else "Nobody is named as taking part."
    head = (
        f"<header><h2>Review of {escape(day_name(review.day, None))}</h2>"
        f"<p>{escape(' · '.join(filter(None, (review.business, people))))}</p></header>"
    )
    items = "".join(_record_item(agenda, item) for agenda, item in record.items)
    return f'<article class="sb-record">{head}{_actions(record.agreed)}{items}{_additions(record.additions)}</article>'


def _record_item(agenda: AgendaItem, item: Item | None) -> str:
    head = f"<h3>{escape(agenda.name)} <small>{escape(TOPICS[agenda.topic])}</small></h3>"
    if item is None:
        return f"<section>{head}<p>{escape(capital(NOTHING_WRITTEN))}.</p></section>"
    facts = [("Cause", item.cause), ("Decision", item.said or capital(NOTHING_WRITTEN))]
    listed = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in facts if text)
    return f"<section>{head}{_look(item.look)}<dl>{listed}</dl></section>"


def _look(look: Look) -> str:
    badge = badge_html(Status(look.status), look.word) if look.status and look.word else ""
    beside = " · ".join(filter(None, (look.period, look.target)))
    value = f"<b>{escape(look.actual) or '&ndash;'}</b> <small>{escape(beside)}</small>"
    said = " ".join(escape(text) for text in (look.sentence, look.signal, look.outlook) if text)
    return f'<p class="value">{value} {badge}</p><p>{said}</p>'


def _actions(agreed: tuple[Agreed, ...]) -> str:
    parts = []
    for title, new in (("New actions", True), ("Actions from before", False)):
        rows = "".join(
            f'<tr><th scope="row">{escape(each.what)}<small>{escape(each.kpi)}</small></th>'
            f"<td>{escape(each.owner)}</td><td>{escape(capital(each.state))}</td></tr>"
            for each in agreed
            if each.new is new
        )
        if rows:
            parts.append(
                f'<section><h3>{title}</h3><table><thead><tr><th scope="col">What</th><th scope="col">Who</th>'
                f'<th scope="col">State</th></tr></thead><tbody>{rows}</tbody></table></section>'
            )
    return "".join(parts) or "<section><p>No action was open or agreed.</p></section>"


def _additions(additions: tuple[Addition, ...]) -> str:
    if not additions:
        return ""
    lines = "".join(
        f"<li>{escape(' · '.join(filter(None, (day_name(each.day, None), each.who))))}: {escape(each.text)}</li>"
        for each in additions
    )
    return f"<section><h3>Added later</h3><ul>{lines}</ul></section>"
