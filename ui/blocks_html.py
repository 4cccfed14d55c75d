"""Small blocks as HTML, free of Streamlit: facts, counts, findings, the preview of a file. Every text is escaped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from kpi_core.checklist import Finding, Verdict
from kpi_core.errors import SignalboxError
from kpi_core.source import Fate, PreviewRow

if TYPE_CHECKING:
    from kpi_core.service.amounts import Sums
    from kpi_core.service.importing import MonthCount
    from kpi_core.service.picking import ColumnLine


def facts_html(facts: Iterable[tuple[str, str]]) -> str:
    """List what was understood: a label and its sentence."""
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in facts)
    return f'<dl class="sb-facts">{lines}</dl>'


def counts_html(counts: Iterable[tuple[str, str]]) -> str:
    """Write figures large and what they count beside them: **412** new **3** changed."""
    parts = " ".join(f"<span><b>{escape(figure)}</b> {escape(word)}</span>" for figure, word in counts)
    return f'<p class="sb-counts">{parts}</p>'


def finding_html(finding: Finding, *, topic: bool = True) -> str:
    """Write one question's answer: the topic, sign and word of the verdict, the evidence, what to do about it."""
    sign, word = sign_of(finding.verdict)
    name = f'<p class="topic">{escape(finding.topic.value)}</p>' if topic else ""
    quote = f"<q>{_marked(finding.quote, finding.marked)}</q>" if finding.marked else ""
    hint = f"<small>{escape(finding.hint)}</small>" if finding.verdict is not Verdict.PASS else ""
    return (
        f'{name}<div class="sb-finding {finding.verdict.value}" title="{escape(finding.question)}">'
        f'<p><span class="sign" aria-hidden="true">{sign}</span><b>{word}:</b> {escape(finding.sentence)}</p>'
        f"{quote}{hint}</div>"
    )


def fine_html(findings: Collection[Finding]) -> str:
    """List the questions that are answered well, each with its evidence, folded away."""
    lines = "".join(f"<dt>{escape(finding.question)}</dt><dd>{escape(finding.sentence)}</dd>" for finding in findings)
    many = "1 question is fine" if len(findings) == 1 else f"{len(findings)} questions are fine"
    return (
        f'<details class="sb-fine"><summary><span class="sign" aria-hidden="true">✓</span> {many}</summary>'
        f"<dl>{lines}</dl></details>"
    )


def _marked(text: str, words: Iterable[str]) -> str:
    """Mark words in a text wherever they stand, whatever their case.

    >>> _marked("Better <team>, better", ["better"])
    '<mark>Better</mark> &lt;team&gt;, <mark>better</mark>'
    """
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = re.split(rf"(?<![\w-])({either})(?![\w-])", text, flags=re.IGNORECASE)
    return "".join(f"<mark>{escape(part)}</mark>" if at % 2 else escape(part) for at, part in enumerate(parts))


def error_html(error: SignalboxError) -> str:
    """Write what happened and what to do about it, announced to those who cannot see it."""
    hint = f"<p>{escape(error.hint)}</p>" if error.hint else ""
    return f'<div class="sb-alert" role="alert"><p><b>{escape(error.sentence)}</b></p>{hint}</div>'


def empty_html(title: str, text: str) -> str:
    """Write what this screen will hold, and the way there."""
    return f'<div class="sb-empty"><h2>{escape(title)}</h2><p>{escape(text)}</p></div>'


def months_html(months: Sequence[MonthCount], sums: Sums | None = None) -> str:
    """Lay out by month what happens to its rows, and what the amounts of the file come to.

    Kinds that no month has are left away; several months have a line for all of them, which stays in sight.
    """
    kinds = {
        word: [getattr(month, name) for month in months]
        for name, word in (("new", "new"), ("changed", "changed"), ("same", "the same"), ("gone", "go"))
    }
    shown = {word: counts for word, counts in kinds.items() if any(counts)}
    heads = [*shown, *([] if sums is None else [sums.name])]

    def line(name: str, counts: Iterable[int], amount: str) -> str:
        cells = [*(f"{count:,}" for count in counts), *([] if sums is None else [amount])]
        drawn = "".join(f'<td class="num">{escape(cell)}</td>' for cell in cells)
        return f'<tr><th scope="row">{escape(name)}</th>{drawn}</tr>'

    amounts = {} if sums is None else sums.months
    lines = [
        line(month.name, (counts[place] for counts in shown.values()), amounts.get(month.month, ""))
        for place, month in enumerate(months)
    ]
    foot = ""
    if len(months) > 1:
        every = line(f"All {len(months)} months", map(sum, shown.values()), "" if sums is None else sums.total)
        foot = f"<tfoot>{every}</tfoot>"
    named = "".join(f'<th scope="col" class="num">{escape(word)}</th>' for word in heads)
    return (
        '<div class="sb-months" role="group" aria-label="Rows by month" tabindex="0"><table>'
        f'<thead><tr><th scope="col">Month</th>{named}</tr></thead><tbody>{"".join(lines)}</tbody>{foot}</table></div>'
    )


def names_html(names: Iterable[str]) -> str:
    """List names of files, one after the other."""
    lines = "".join(f"<li>{escape(name)}</li>" for name in names)
    return f'<ul class="sb-names" aria-label="Files of this kind" tabindex="0">{lines}</ul>'


def outcomes_html(outcomes: Iterable[tuple[str, str]]) -> str:
    """List files, a line each: its name and what it brought."""
    lines = "".join(f"<li><b>{escape(name)}</b> {escape(said)}</li>" for name, said in outcomes)
    return f'<ul class="sb-outcomes" aria-label="File by file" tabindex="0">{lines}</ul>'


def column_html(line: ColumnLine) -> str:
    """Write a column: its name, how it was read, some of its cells, and how many do not fit."""
    sample = (
        " ".join(f'<code title="{escape(text)}">{escape(text)}</code>' for text in line.sample)
        or "<i>nothing in it</i>"
    )
    bad = ""
    if line.misfits:
        where = ", ".join(str(row) for row in line.misfit_rows[:3]) + (" ..." if line.misfits > 3 else "")  # noqa: PLR2004
        cells = "1 cell does not fit" if line.misfits == 1 else f"{line.misfits:,} cells do not fit"
        bad = f'<p class="bad"><span aria-hidden="true">! </span>{cells}: row {escape(where)}</p>'
    return (
        f'<div class="sb-column"><p><b>{escape(line.name)}</b> <span class="how">{escape(line.read_as)}</span></p>'
        f'<p class="cells">{sample}</p>{bad}</div>'
    )


def preview_html(rows: Sequence[PreviewRow], numbers: Collection[int] = (), heads: Sequence[str] = ()) -> str:
    """Lay the file out as it stands: each record with its number, its cells, its fate and the reason.

    `numbers` are the places (0-based) of number columns, set to the right. Where records are left away from the
    preview, a line of dots stands for them. `heads` are the columns' names, for a part of the file
    that has no header in it.
    """
    width = max((len(row.cells) for row in rows), default=0)
    lines: list[str] = []
    if heads and not any(row.fate is Fate.HEADER for row in rows):
        named = [*heads[:width], *([""] * (width - len(heads)))]
        drawn = "".join(_cell(name, Fate.HEADER, "num" if at in numbers else "") for at, name in enumerate(named))
        lines.append(f'<tr class="header"><td></td>{drawn}<td class="note"></td></tr>')
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
    alone = [cell for cell in cells if cell]
    if row.fate is Fate.TITLE and len(alone) == 1:
        return _line(row, f'<td class="title" colspan="{width}" title="{escape(alone[0])}">{escape(alone[0])}</td>')
    looks = [("num " if place in numbers else "") + ("wrong" if place == row.cell else "") for place in range(width)]
    drawn = "".join(_cell(cell, row.fate, look.strip()) for cell, look in zip(cells, looks, strict=True))
    return _line(row, drawn)


def _line(row: PreviewRow, drawn: str) -> str:
    return (
        f'<tr class="{_look(row.fate)}"><th scope="row">{row.row}</th>{drawn}'
        f'<td class="note">{escape(_note(row))}</td></tr>'
    )


def _cell(text: str, fate: Fate, look: str) -> str:
    shown = f"<s>{escape(text)}</s>" if text and fate is Fate.LEFT_OUT else escape(text)
    if fate is Fate.TITLE and text:
        # What stands above the table is no reason for a wide column: it is cut, and whole where the mouse rests
        return f'<td class="title" title="{escape(text)}">{shown}</td>'
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


def sign_of(verdict: Verdict) -> tuple[str, str]:
    """Give the sign and the word of a verdict."""
    match verdict:
        case Verdict.PASS:
            return "✓", "Fine"
        case Verdict.WARN:
            return "!", "Think again"
        case Verdict.FAIL:
            return "✕", "Put right"
