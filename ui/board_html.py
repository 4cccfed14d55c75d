"""The board as HTML, free of Streamlit: every text escaped, every sentence taken from the core as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from html import escape

from kpi_core.board import Attention, Board, BoardRow, Digest, Group, HeatTable, NextStep
from kpi_core.kpi import Kpi, Tier
from kpi_core.status import Status
from ui.board_parts import (
    button_html,
    line_html,
    name_html,
    owner_html,
    signal_html,
    soon,
    status_html,
    usual_range,
    value_html,
)
from ui.board_table_html import heat_html, table_html
from ui.marks import badge_html, mark_html, signal_mark_html, tone
from ui.sparkline import sparkline_html

STEP_LABEL = {
    NextStep.LOOK: "Find out why",
    NextStep.ADD_DATA: "Add data",
    NextStep.FINISH: "Finish it",
    NextStep.SEEN: "Seen",
    NextStep.REVIEW: "Review",
    NextStep.CHECK_UP: "Check-up",
}
"""What the link of each next step says."""
MOST_ABREAST = 4
AT_A_GLANCE = 5
"""Lines of "This week" that are read without a click."""


class Look(StrEnum):
    """How the board is drawn."""

    CARDS = "Cards"
    TABLE = "Table"
    PERIODS = "12 months"


def board_html(
    board: Board, look: Look = Look.CARDS, heat: Iterable[HeatTable] = (), news: Digest | None = None
) -> str:
    """Build the whole board: what needs attention, the North Star, then the groups, health metrics and drafts.

    Headings are h2 for a block and h3 for a card, below the page's own h1. `heat`: the tables of the last periods,
    for the look that shows them. `news`: what changed since the owner looked.
    """
    return _attention(board, news) + _middle(board, look, heat) + _drafts(board.drafts)


def _middle(board: Board, look: Look, heat: Iterable[HeatTable]) -> str:
    match look:
        case Look.CARDS:
            health = _health([row for row in board.health if row is not board.star])
            groups = "".join(_group(group, board.star) for group in board.groups) + health
            return f'{_star(board.star)}<div class="groups">{groups}</div>' if groups else _star(board.star)
        case Look.TABLE:
            return table_html(board)
        case Look.PERIODS:
            return heat_html(heat)


def _star(row: BoardRow | None) -> str:
    """Draw the North Star apart, above everything else."""
    if row is None:
        return ""
    heading = '<h2><span aria-hidden="true">★</span> North Star</h2>'
    return f'<section class="north-star">{heading}{_card(row, starred=False)}</section>'


def _attention(board: Board, news: Digest | None) -> str:
    # Drafts have a list of their own below
    items = [item for item in board.attention if item.step is not NextStep.FINISH]
    listed = _listed([_attention_line(item) for item in items])
    rollup = board.rollup
    counts = (
        (Status.GREEN, rollup.on_target, "on target"),
        (Status.AMBER, rollup.close, "close"),
        (Status.RED, rollup.off, "off target"),
        *((status, count, status.value) for status, count in board.greys.items()),
    )
    pills = "".join(badge_html(status, f"{count} {word}") for status, count, word in counts if count)
    total = f'<span class="sum">{rollup.reported} of {rollup.of} reported</span>' if rollup.of else ""
    counted = f'<div class="counts">{pills}{total}</div>' if pills or total else ""
    late = _line(Status.OVERDUE, board.review, NextStep.REVIEW, "go through the KPIs")
    untidy = _line(None, board.untidy, NextStep.CHECK_UP, "what is untidy about the KPIs")
    parts = late + listed + _news(news) + counted + untidy
    return f'<section class="attention"><h2>{escape(board.week)}</h2>{parts}</section>' if parts else ""


def _line(status: Status | None, sentence: str, step: NextStep, spoken: str) -> str:
    """Say in one line what concerns the whole board, with the way to the page where it is done."""
    if not sentence:
        return ""
    mark, label = "" if status is None else mark_html(status), STEP_LABEL[step]
    way = button_html(0, step, "attention", label, f"{label}: {spoken}")
    return f'<p class="whole">{mark}<span>{escape(sentence)}</span> {way}</p>'


def _news(news: Digest | None) -> str:
    """Say what changed since the last look, its lines folded away: the strip above has what is to be done."""
    if news is None or not news.changes:
        return ""
    lines = "".join(
        f"<li><b>{escape(each.name)}</b> {escape(each.sentence)} "
        f"{_step(each.kpi_id, NextStep.LOOK, 'news', each.name)}</li>"
        for each in news.changes
    )
    seen = button_html(0, NextStep.SEEN, "news", STEP_LABEL[NextStep.SEEN], "Seen: what changed")
    return f'<details class="news"><summary>{escape(news.sentence)}</summary><ol>{lines}</ol><p>{seen}</p></details>'


def _listed(lines: list[str]) -> str:
    """List the first lines, and fold away the others: a strip that fills the screen says nothing at a glance."""
    if not lines:
        return ""
    most = len(lines) if len(lines) <= AT_A_GLANCE + 1 else AT_A_GLANCE
    more = f"<details><summary>{len(lines) - most} more</summary><ol>{''.join(lines[most:])}</ol></details>"
    return f"<ol>{''.join(lines[:most])}</ol>{more if lines[most:] else ''}"


def _attention_line(item: Attention) -> str:
    """Draw a line with the mark of what it speaks of: of its status, or of its change."""
    mark = mark_html(item.status) if item.signal is None else signal_mark_html(item.signal)
    step = _step(item.kpi_id, item.step, "attention", item.name)
    return f"<li>{mark}<b>{escape(item.name)}</b> {escape(item.sentence)} {step}</li>"


def _step(kpi_id: int, step: NextStep, part: str, name: str) -> str:
    """Draw the link to what can be done about a KPI."""
    return button_html(kpi_id, step, part, STEP_LABEL[step], f"{STEP_LABEL[step]}: {name}")


def _group(group: Group, star: BoardRow | None) -> str:
    """Draw a group with its counts; the North Star counts in it and is not drawn twice."""
    says = f"<p>{escape(group.rollup.sentence)}</p>" if group.rollup.sentence else ""
    rows = [row for row in group.rows if row is not star]
    cards = _cards(rows) or '<p class="above">The North Star, on top.</p>'
    return f'<section class="group {_room(rows)}"><header><h2>{escape(group.name)}</h2>{says}</header>{cards}</section>'


def _room(rows: Sequence[BoardRow]) -> str:
    """Name how many cards a group has side by side at most: small groups share a line of the page."""
    return f"of-{min(max(len(rows), 1), MOST_ABREAST)}"


def _health(rows: Sequence[BoardRow]) -> str:
    cards = _cards(rows)
    if not cards:
        return ""
    return (
        f'<section class="group health {_room(rows)}"><header><h2>Health metrics</h2>'
        f"<p>shown to watch beside the KPIs, never coloured</p></header>{cards}</section>"
    )


def _drafts(drafts: Iterable[Kpi]) -> str:
    lines = "".join(
        f"<li><b>{escape(kpi.name)}</b>{_step(kpi.id, NextStep.FINISH, 'draft', kpi.name)}</li>" for kpi in drafts
    )
    if not lines:
        return ""
    return f'<section class="group drafts"><header><h2>Drafts: finish them</h2></header><ul>{lines}</ul></section>'


def _cards(rows: Iterable[BoardRow]) -> str:
    cards = "".join(f"<li>{_card(row)}</li>" for row in rows)
    return f'<ul class="grid">{cards}</ul>' if cards else ""


def _card(row: BoardRow, *, starred: bool = True) -> str:
    old = " old" if row.greyed else ""
    target = " · ".join(escape(text) for text in (row.target_text, row.gap_text) if text)
    return (
        f'<article class="card{old}">'
        f"<header><h3>{name_html(row.kpi, starred=starred)}</h3>{status_html(row)}</header>"
        f"{value_html(row)}"
        f"{line_html('target', target)}"
        f"{sparkline_html(row.trend, row.trend_text, usual_range(row))}"
        f"{_why(row)}"
        f"{signal_html(row)}"
        f"{_outlook(row)}"
        f"{line_html('doing', escape(row.doing))}"
        f"{''.join(line_html('note', escape(note)) for note in row.notes)}"
        f"{line_html('note', escape(row.to_think))}"
        f"{_footer(row)}</article>"
    )


def _outlook(row: BoardRow) -> str:
    """Say in few words whether it gets there; the whole sentence on pointing."""
    return (
        f'<p class="outlook" title="{escape(row.outlook)}">{escape(row.outlook_short)}</p>' if row.outlook_short else ""
    )


def _why(row: BoardRow) -> str:
    """Say why there is no colour; a coloured card says it with its gap."""
    plain = row.kpi.tier is Tier.KPI and tone(row.judgement.status) == "grey"
    sentence = row.judgement.sentence if plain else ""
    return line_html("why", escape(sentence))


def _footer(row: BoardRow) -> str:
    says = "".join(f"<p>{escape(text)}</p>" for text in soon(row))
    parts = (f"<div>{says}</div>" if says else "") + owner_html(row)
    return f"<footer>{parts}</footer>" if parts else ""
