"""The card of a proposed KPI, as HTML free of Streamlit. Every text is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kpi_core.catalogue import by_key
from kpi_core.choice.words import OWN_WORDS, side_words, sign_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.choice import Proposal


def card_html(proposal: Proposal, goals: Sequence[str], feeds: str) -> str:
    """Write a card: the name, what kind of number it is, why it is here, what feeds it, how it is gamed."""
    entry = proposal.entry
    chips = [sign_words(entry.lead_lag), side_words(entry.perspective)] if entry else []
    chips += ["your own"] if proposal.typed else []
    chips += ["data is here"] if proposal.data_here else []
    marks = "".join(f"<li>{escape(each)}</li>" for each in chips)
    guard = by_key(entry.counter_metric) if entry else None
    facts = [("Why", proposal.reason)]
    if entry:
        facts += [("Comes from", feeds), ("Easy to fake by", f"{entry.gamed_by}.")]
    facts += [("So watch", guard.name)] if guard else [("Next", OWN_WORDS)]
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in facts)
    definition = f"<p>{escape(entry.definition)}</p>" if entry else ""
    return (
        f'<div class="sb-pick"><p class="goal">{escape(", ".join(goals))}</p>'
        f'<h2 class="sb-heading">{escape(proposal.name)}</h2>'
        f'<ul class="chips">{marks}</ul>{definition}<dl>{lines}</dl></div>'
    )
