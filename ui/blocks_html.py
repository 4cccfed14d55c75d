"""Small blocks as HTML, free of Streamlit: facts, counts, findings, the preview of a file. Every text is escaped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape

from kpi_core.board import BoardRow
from kpi_core.checklist import Finding, Topic, Verdict
from kpi_core.errors import SignalboxError
from kpi_core.kpi import Tier
from kpi_core.source import Fate, PreviewRow
from ui.marks import badge_html


def facts_html(facts: Iterable[tuple[str, str]]) -> str:
    """List what was understood: a label and its sentence."""
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in facts)
    return f'<dl class="sb-facts">{lines}</dl>'


def counts_html(counts: Iterable[tuple[str, str]]) -> str:
    """Write figures large and what they count beside them: **412** new **3** changed."""
    parts = " ".join(f"<span><b>{escape(figure)}</b> {escape(word)}</span>" for figure, word in counts)
    return f'<p class="sb-counts">{parts}</p>'


def standing_html(title: str, row: BoardRow) -> str:
    """Write where a KPI stands: its badge, its value large with the period, its target, its sentence."""
    plain = row.kpi.tier is Tier.HEALTH_METRIC
    badge = "" if plain else badge_html(row.judgement.status, row.judgement.word)
    value = escape(row.actual_text) or "&ndash;"
    said = "".join(f"<p>{escape(text)}</p>" for text in (row.target_text, row.judgement.sentence) if text)
    return (
        f'<div class="sb-standing"><h2 class="sb-heading">{escape(title)}</h2>{badge}'
        f'<p class="value"><b>{value}</b> <small>{escape(row.period_text)}</small></p>{said}</div>'
    )


def finding_html(finding: Finding) -> str:
    """Write one question's answer: a sign, the topic, the sentence."""
    sign, word = _sign(finding.verdict)
    topic = "" if finding.topic is Topic.BOARD else f"<b>{escape(finding.topic.value)}</b> "
    return (
        f'<p class="sb-finding {finding.verdict.value}"><span class="sign" aria-hidden="true">{sign}</span>'
        f'<span class="sb-sr">{word}: </span>{topic}{escape(finding.sentence)}</p>'
    )


def error_html(error: SignalboxError) -> str:
    """Write what happened and what to do about it, announced to those who cannot see it."""
    hint = f"<p>{escape(error.hint)}</p>" if error.hint else ""
    return f'<div class="sb-alert" role="alert"><p><b>{escape(error.sentence)}</b></p>{hint}</div>'


def empty_html(title: str, text: str) -> str:
    """Write what this screen will hold, and the way there."""
    return f'<div class="sb-empty"><h2>{escape(title)}</h2><p>{escape(text)}</p></div>'


def preview_html(rows: Sequence[PreviewRow], numbers: Collection[int] = ()) -> str:
    """Lay the file out as it stands: each record with its number, its cells, its fate and the reason.

    `numbers` are the places (0-based) of number columns, set to the right. Where records are left away from the
    preview, a line of dots stands for them.
    """
    width = max((len(row.cells) for row in rows), default=0)
    lines: list[str] = []
    before: int | None = None
    for row in rows:
        if before is not None and row.row > before + 1:
            lines.append(f'<tr class="cut"><th scope="row">⋮</th><td colspan="{width + 1}"></td></tr>')
        lines.append(_record(row, width, numbers))
        before = row.row
    return (
        '<div class="sb-file" role="group" aria-label="The file, line by line" tabindex="0">'
        f"<table><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _record(row: PreviewRow, width: int, numbers: Collection[int]) -> str:
    cells = [*row.cells, *([""] * (width - len(row.cells)))]
    drawn = "".join(_cell(cell, row.fate, "num" if place in numbers else "") for place, cell in enumerate(cells))
    return (
        f'<tr class="{_look(row.fate)}"><th scope="row">{row.row}</th>{drawn}'
        f'<td class="note">{escape(_note(row))}</td></tr>'
    )


def _cell(text: str, fate: Fate, look: str) -> str:
    shown = f"<s>{escape(text)}</s>" if text and fate in {Fate.TITLE, Fate.LEFT_OUT} else escape(text)
    named = f' class="{look}"' if look else ""
    return f'<th scope="col"{named}>{shown}</th>' if fate is Fate.HEADER else f"<td{named}>{shown}</td>"


def _look(fate: Fate) -> str:
    match fate:
        case Fate.TITLE | Fate.LEFT_OUT:
            return "out"
        case Fate.HEADER:
            return "header"
        case Fate.REFUSED:
            return "bad"
        case Fate.USED:
            return "used"


def _note(row: PreviewRow) -> str:
    match row.fate:
        case Fate.USED:
            return row.reason
        case Fate.TITLE:
            return "title line, left out"
        case Fate.HEADER:
            return "header"
        case Fate.LEFT_OUT | Fate.REFUSED:
            return f"{row.fate.value}: {row.reason}" if row.reason else row.fate.value


def _sign(verdict: Verdict) -> tuple[str, str]:
    match verdict:
        case Verdict.PASS:
            return "✓", "fine"
        case Verdict.WARN:
            return "!", "think again"
        case Verdict.FAIL:
            return "✕", "missing"
