"""Blocks of a KPI's page as HTML, free of Streamlit: which part explains it, compared, watched beside it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kpi_core.kpi import Tier
from kpi_core.unit import capital
from ui.marks import badge_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.actual.compared import ComparedLine
    from kpi_core.service.explaining import ExplainLine, Explanation
    from kpi_core.service.watching import Watched


def explained_html(found: Explanation) -> str:
    """Lay a change out part by part: before, after, and what each explains, with the sentence above."""
    heads = "".join(
        f'<th scope="col"{kind}>{escape(text)}</th>'
        for text, kind in (
            (found.column, ""),
            (capital(found.before_name), ' class="num"'),
            (capital(found.after_name), ' class="num"'),
            ("Explains", ' class="num"'),
        )
    )
    lines = "".join(_part(line) for line in found.lines)
    note = f'<p class="note">{escape(found.note)}</p>' if found.note else ""
    return (
        f'<div class="sb-parts"><p>{escape(found.sentence)}</p>'
        f'<div class="table" role="group" aria-label="Which part explains it" tabindex="0"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody><tfoot>{_part(found.total)}</tfoot></table></div>{note}</div>"
    )


def _part(line: ExplainLine) -> str:
    sides = "".join(
        f'<td class="num">{escape(value)}{_small(share)}</td>'
        for value, share in ((line.before, line.share_before), (line.after, line.share_after))
    )
    return (
        f'<tr><th scope="row">{escape(line.name)}</th>{sides}<td class="num"><b>{escape(line.explains)}</b></td></tr>'
    )


def _small(text: str) -> str:
    return f" <small>{escape(text)}</small>" if text else ""


def compared_html(lines: Iterable[ComparedLine]) -> str:
    """Lay stretches out beside the same ones last year; where a side is missing, the reason stands for the numbers."""
    rows = "".join(_compared(line) for line in lines)
    return (
        '<div class="sb-parts"><div class="table" role="group" aria-label="Compared with last year" tabindex="0">'
        '<table><thead><tr><th scope="col">Stretch</th><th scope="col" class="num">This year</th>'
        '<th scope="col" class="num">Last year</th><th scope="col" class="num">Change</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></div>"
    )


def _compared(line: ComparedLine) -> str:
    days = "" if line.days == line.name else f"<small>{escape(line.days)}</small>"
    label = f"<small>{escape(line.label)}</small>" if line.label else ""
    name = f'<th scope="row">{escape(line.name)}{days}{label}</th>'
    if not line.change:
        now = f'<td class="num">{escape(line.now_text)}</td>' if line.now_text else ""
        return f'<tr>{name}{now}<td class="why" colspan="{2 if now else 3}">{escape(line.reason)}</td></tr>'
    change = f"<b>{escape(line.change)}</b>{f'<small>{escape(line.reason)}</small>' if line.reason else ''}"
    cells = (
        f'<td class="num">{escape(line.now_text)}</td>'
        f'<td class="num" title="{escape(line.then_days)}">{escape(line.then_text)}</td>'
    )
    return f'<tr>{name}{cells}<td class="num">{change}</td></tr>'


def watched_html(found: Watched) -> str:
    """Write where the number beside it stands, and whether one of the two is paid for with the other."""
    standing = ""
    if found.row is not None and found.row.actual_text:
        row = found.row
        judged = row.kpi.tier is not Tier.HEALTH_METRIC
        badge = badge_html(row.judgement.status, row.judgement.word) if judged else ""
        standing = f'<p class="who">{badge}{escape(row.actual_text)} <small>{escape(row.period_text)}</small></p>'
    sign = '<span class="sign" aria-hidden="true">!</span>' if found.trade.warns else ""
    kind = "warns" if found.trade.warns else "calm"
    return f'<div class="sb-beside">{standing}<p class="{kind}">{sign}{escape(found.trade.sentence)}</p></div>'
