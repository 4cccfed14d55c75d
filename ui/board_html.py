"""The board as HTML, free of Streamlit: every text escaped, every sentence taken from the core as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from kpi_core.board import Attention, Board, BoardRow, Group, NextStep
from kpi_core.kpi import Kpi, Tier
from kpi_core.status import Status
from ui.marks import badge_html, mark_html, tone
from ui.sparkline import sparkline_html

STEP_LABEL = {NextStep.LOOK: "Find out why", NextStep.ADD_DATA: "Add data", NextStep.FINISH: "Finish it"}
"""What the link of each next step says."""


def board_html(board: Board) -> str:
    """Build the whole board: the North Star, what needs attention, then the groups, health metrics and drafts.

    Headings are h2 for a block and h3 for a card, below the page's own h1.
    """
    return "".join(
        (
            _star(board.star),
            _attention(board),
            *(_group(group, board.star) for group in board.groups),
            _health([row for row in board.health if row is not board.star]),
            _drafts(board.drafts),
        )
    )


def _star(row: BoardRow | None) -> str:
    """Draw the North Star apart, above everything else."""
    if row is None:
        return ""
    said = replace(row, kpi=replace(row.kpi, north_star=False))  # the heading says it: not twice
    return f'<section class="north-star"><h2><span aria-hidden="true">★</span> North Star</h2>{_card(said)}</section>'


def _attention(board: Board) -> str:
    lines = "".join(_attention_line(item) for item in board.attention)
    listed = f"<ol>{lines}</ol>" if lines else ""
    rollup = board.rollup
    counts = (
        (Status.GREEN, rollup.on_target, "on target"),
        (Status.AMBER, rollup.close, "close"),
        (Status.RED, rollup.off, "off target"),
        *((status, count, status.value) for status, count in board.greys.items()),
    )
    pills = "".join(badge_html(status, f"{count} {word}") for status, count, word in counts if count)
    total = f'<span class="sum">{rollup.reported} of {rollup.of} reported</span>' if rollup.of else ""
    if not (listed or pills or total):
        return ""
    return f'<section class="attention"><h2>This week</h2>{listed}<div class="counts">{pills}{total}</div></section>'


def _attention_line(item: Attention) -> str:
    label = STEP_LABEL[item.step]
    return (
        f"<li>{mark_html(item.status)}<b>{escape(item.name)}</b> {escape(item.sentence)} "
        f"{_button(item.kpi_id, item.step, 'attention', label, f'{label}: {item.name}')}</li>"
    )


def _group(group: Group, star: BoardRow | None) -> str:
    """Draw a group with its counts; the North Star counts in it and is not drawn twice."""
    says = f"<p>{escape(group.rollup.sentence)}</p>" if group.rollup.sentence else ""
    cards = _cards(row for row in group.rows if row is not star) or '<p class="above">The North Star, on top.</p>'
    return f'<section class="group"><header><h2>{escape(group.name)}</h2>{says}</header>{cards}</section>'


def _health(rows: Iterable[BoardRow]) -> str:
    cards = _cards(rows)
    if not cards:
        return ""
    return (
        '<section class="group health"><header><h2>Health metrics</h2>'
        f"<p>shown to watch beside the KPIs, never coloured</p></header>{cards}</section>"
    )


def _drafts(drafts: Iterable[Kpi]) -> str:
    label = STEP_LABEL[NextStep.FINISH]
    lines = "".join(
        f"<li><b>{escape(kpi.name)}</b>{_button(kpi.id, NextStep.FINISH, 'draft', label, f'{label}: {kpi.name}')}</li>"
        for kpi in drafts
    )
    if not lines:
        return ""
    return f'<section class="group drafts"><header><h2>Drafts: finish them</h2></header><ul>{lines}</ul></section>'


def _cards(rows: Iterable[BoardRow]) -> str:
    cards = "".join(f"<li>{_card(row)}</li>" for row in rows)
    return f'<ul class="grid">{cards}</ul>' if cards else ""


def _card(row: BoardRow) -> str:
    old = " old" if row.greyed else ""
    target = " · ".join(escape(text) for text in (row.target_text, row.gap_text) if text)
    return (
        f'<article class="card{old}">'
        f"<header>{_title(row.kpi)}{_badge(row)}</header>"
        f"{_value(row)}"
        f"{_line('target', target)}"
        f"{sparkline_html(row.trend, row.trend_text)}"
        f"{_why(row)}"
        f"{''.join(_line('note', escape(note)) for note in row.notes)}"
        f"{_line('note', escape(row.to_think))}"
        f"{_footer(row)}</article>"
    )


def _title(kpi: Kpi) -> str:
    star = '<span aria-hidden="true">★</span><span class="sb-sr">North Star</span>' if kpi.north_star else ""
    shown = f'<span class="star" title="North Star">{star}</span>' if star else ""
    return f"<h3>{_button(kpi.id, NextStep.LOOK, 'card', kpi.name)}{shown}</h3>"


def _badge(row: BoardRow) -> str:
    """Draw the status; a health metric has none."""
    if row.kpi.tier is Tier.HEALTH_METRIC:
        return ""
    return badge_html(row.judgement.status, row.judgement.word, row.judgement.sentence)


def _value(row: BoardRow) -> str:
    typed = "typed" if row.typed else ""
    details = " · ".join(escape(text) for text in (row.period_text, typed) if text)
    small = f"<small>{details}</small>" if details else ""
    if not row.actual_text:
        return f'<p class="value none"><b aria-hidden="true">&ndash;</b><span class="sb-sr">no value</span>{small}</p>'
    return f'<p class="value"><b>{escape(row.actual_text)}</b>{small}</p>'


def _why(row: BoardRow) -> str:
    """Say why there is no colour; a coloured card says it with its gap."""
    plain = row.kpi.tier is Tier.KPI and tone(row.judgement.status) == "grey"
    sentence = row.judgement.sentence if plain else ""
    return _line("why", escape(sentence))


def _footer(row: BoardRow) -> str:
    # An overdue card has said already since when.
    due = "" if row.judgement.status is Status.OVERDUE else row.due_text
    soon = (due, row.running.sentence if row.running else "")
    says = "".join(f"<p>{escape(text)}</p>" for text in soon if text)
    name = escape(row.kpi.owner)
    owner = f'<span class="owner" title="{name}"><span class="sb-sr">Owner: </span>{name}</span>'
    parts = (f"<div>{says}</div>" if says else "") + (owner if row.kpi.owner else "")
    return f"<footer>{parts}</footer>" if parts else ""


def _line(name: str, html: str) -> str:
    return f'<p class="{name}">{html}</p>' if html else ""


def _button(kpi_id: int, step: NextStep, part: str, label: str, spoken: str = "") -> str:
    """Draw a real button; `part` tells two buttons of one KPI apart, so that the keyboard's place survives a rerun."""
    name = f' aria-label="{escape(spoken)}"' if spoken else ""
    look = "" if part == "card" else ' class="link"'
    return (
        f'<button type="button"{look} data-kpi="{kpi_id}" data-action="{step.value}" data-part="{part}"{name}>'
        f"{escape(label)}</button>"
    )
