"""A finding of the check-up as HTML, free of Streamlit. Every text is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ui.blocks_html import sign_of

if TYPE_CHECKING:
    from kpi_core.hygiene import Untidy


def untidy_html(found: Untidy) -> str:
    """Write a finding: sign and word of its severity, the sentence, what to do about it, the evidence."""
    sign, word = sign_of(found.severity)
    hint = f"<small>{escape(found.hint)}</small>" if found.hint else ""
    facts = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in found.evidence)
    evidence = f'<dl class="sb-evidence">{facts}</dl>' if facts else ""
    return (
        f'<div class="sb-finding {found.severity.value}">'
        f'<p><span class="sign" aria-hidden="true">{sign}</span><b>{word}:</b> {escape(found.sentence)}</p>'
        f"{hint}{evidence}</div>"
    )


def summary_html(sentence: str, looked_at: str) -> str:
    """Write the summary, and under it what was looked at."""
    return f'<div class="sb-checkup"><p>{escape(sentence)}</p><small>{escape(looked_at)}</small></div>'
