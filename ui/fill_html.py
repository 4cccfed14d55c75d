"""What filling in would do, as HTML free of Streamlit: each value with its mark, each refused cell with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kpi_core.service.filling import Change, Line
from kpi_core.source import Refused

_SIGNS = {Change.NEW: "+", Change.CHANGED: "→", Change.SAME: "=", Change.COMPUTED: "→"}


def lines_html(lines: Iterable[Line]) -> str:
    """List values: the mark, the KPI and its period, what is stored and what it becomes."""
    return _table("What would change, value by value", "".join(map(_line, lines)))


def refused_html(refused: Sequence[Refused]) -> str:
    """List cells that cannot be used: the reason, the text, the place."""
    rows = "".join(
        f'<tr class="refused"><td class="mark"><span aria-hidden="true">✕</span> refused</td>'
        f"<td>{escape(each.reason)}"
        f"<small>“{escape(each.text)}”, row {each.row}, {escape(each.column)}</small></td></tr>"
        for each in refused
    )
    return _table("What cannot be used", rows)


def _table(label: str, rows: str) -> str:
    return (
        f'<div class="sb-fill" role="group" aria-label="{escape(label)}" tabindex="0">'
        f"<table><tbody>{rows}</tbody></table></div>"
    )


def _line(line: Line) -> str:
    segment = f", {escape(line.segment)}" if line.segment else ""
    note = f", {escape(line.note)}" if line.note else ""
    before = f"<s>{escape(line.old)}</s> " if line.change in {Change.CHANGED, Change.COMPUTED} else ""
    sign = f'<span aria-hidden="true">{_SIGNS[line.change]}</span>'
    return (
        f'<tr><td class="mark">{sign} {line.change.value}</td>'
        f"<td><b>{escape(line.kpi)}{segment}</b><small>{escape(line.period)}{note}</small></td>"
        f'<td class="num">{before}<b>{escape(line.new)}</b></td></tr>'
    )
