"""The board as a table, and its last twelve periods as one: real tables, whose heads name every cell."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kpi_core.board import Board, BoardRow, HeatCell, HeatRow, HeatTable
from kpi_core.kpi import Tier
from kpi_core.signals import way_word
from ui.board_parts import line_html, name_html, soon, status_html, usual_range, value_html
from ui.marks import mark_html, signal_mark_html, tone
from ui.sparkline import sparkline_html

TOUCH = "Touch a shape to read its value."
HEADS = (
    ("kpi", "KPI"),
    ("state", "Status"),
    ("number", "Value"),
    ("goal", "Target"),
    ("trend", "Trend"),
    ("change", "Really changing?"),
    ("soon", "Outlook and so far"),
)


def table_html(board: Board) -> str:
    """Build one table: the North Star, every group under its heading, then the health metrics."""
    groups = ((group.name, group.rollup.sentence, group.rows) for group in board.groups)
    health = ("Health metrics", "shown to watch beside the KPIs, never coloured", board.health)
    bodies = "" if board.star is None else _section("★ North Star", "", [_row(board.star)], len(HEADS))
    for name, says, rows in (*groups, health):
        bodies += _section(name, says, [_row(row) for row in rows if row is not board.star], len(HEADS))
    heads = "".join(f'<th scope="col" class="{css}">{label}</th>' for css, label in HEADS)
    if not bodies:
        return ""
    return (
        '<div class="wide"><table class="list"><caption class="sb-sr">KPIs with status, value and target</caption>'
        f"<thead><tr>{heads}</tr></thead>{bodies}</table></div>"
    )


def heat_html(tables: Iterable[HeatTable]) -> str:
    """Build a table for each cadence: a row a KPI, a cell a period, the oldest on the left.

    Above them the line that a finger reads a cell into, where there is only room for its shape.
    """
    drawn = "".join(map(_heat, tables))
    return f'<p class="read" role="status">{TOUCH}</p>{drawn}' if drawn else ""


def _section(name: str, says: str, rows: list[str], columns: int) -> str:
    if not rows:
        return ""
    said = f" <small>{escape(says)}</small>" if says else ""
    head = f'<tr><th scope="rowgroup" colspan="{columns}">{escape(name)}{said}</th></tr>'
    return f"<tbody>{head}{''.join(rows)}</tbody>"


def _row(row: BoardRow) -> str:
    owner = f"<small>{escape(row.kpi.owner)}</small>" if row.kpi.owner else ""
    why = row.judgement.sentence if row.kpi.tier is Tier.KPI and tone(row.judgement.status) == "grey" else ""
    goal = line_html("target", escape(row.target_text)) + line_html("gap", escape(row.gap_text or why))
    cells = (
        ("state", status_html(row)),
        ("number", value_html(row)),
        ("goal", goal),
        ("trend", sparkline_html(row.trend, row.trend_text, usual_range(row))),
        ("change", _change(row)),
        ("soon", "".join(f"<p>{escape(text)}</p>" for text in (row.outlook_short, *soon(row), row.doing) if text)),
    )
    old = " old" if row.greyed else ""
    said = "".join(f'<td class="{css}">{html}</td>' for css, html in cells)
    return (
        f'<tr class="line{old}"><th scope="row" class="kpi">{name_html(row.kpi, starred=False)}{owner}</th>{said}</tr>'
    )


def _change(row: BoardRow) -> str:
    """Draw the signal with its word; its sentence is told on pointing, and on the KPI's page."""
    word = escape(way_word(row.signal))
    return f'<p class="way" title="{escape(row.signal_sentence)}">{signal_mark_html(row.signal)}{word}</p>'


def _heat(table: HeatTable) -> str:
    heads = "".join(
        f'<th scope="col"><span aria-hidden="true">{escape(head.short)}<small>{escape(head.year)}</small></span>'
        f'<span class="sb-sr">{escape(head.full)}</span></th>'
        for head in table.heads
    )
    bodies = "".join(
        _section(name, says, [_heat_row(row) for row in rows], len(table.heads) + 1)
        for name, says, rows in table.groups
    )
    return (
        f'<div class="wide"><table class="heat"><caption>{escape(table.title)}</caption>'
        f'<thead><tr><th scope="col" class="kpi">KPI</th>{heads}</tr></thead>{bodies}</table></div>'
    )


def _heat_row(row: HeatRow) -> str:
    """Draw a KPI's line: its name, beside it a real change where there is one, and its cells."""
    plain = " plain" if row.row.kpi.tier is Tier.HEALTH_METRIC else ""
    cells = "".join(map(_heat_cell, row.cells))
    signal = row.row.signal
    change = (
        f'<small class="change" title="{escape(row.row.signal_sentence)}">{signal_mark_html(signal)}'
        f"{escape(way_word(signal))}</small>"
        if signal.real
        else ""
    )
    return (
        f'<tr class="line{plain}"><th scope="row" class="kpi">{name_html(row.row.kpi, starred=False)}{change}</th>'
        f"{cells}</tr>"
    )


def _heat_cell(cell: HeatCell) -> str:
    """Draw a period: shape, ground and value to see; the word of the status to hear."""
    text = cell.value_text or (cell.judgement.status.value if cell.judgement else "")
    value = f"<span>{escape(text)}</span>" if text else ""
    if cell.judgement is None:
        empty = '<span aria-hidden="true">&middot;</span><span class="sb-sr">no value</span>'
        return f'<td title="{escape(cell.name)}">{value or empty}</td>'
    judged = cell.judgement
    said = " · ".join(filter(None, (cell.name, cell.value_text, judged.word)))
    return (
        f'<td class="sb-{tone(judged.status)}" title="{escape(said)}">{mark_html(judged.status)}'
        f'<span class="sb-sr">{escape(judged.word)} </span>{value}</td>'
    )
