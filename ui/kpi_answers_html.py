"""The four questions of a KPI's page as HTML, free of Streamlit: a question, its answer large, its sentences."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kpi_core.kpi import Tier
from kpi_core.signals import SignalState
from ui.board_parts import soon
from ui.marks import arrow_html, badge_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.board import BoardRow
    from kpi_core.board.answers import Answer
    from kpi_core.service.change_page import ChangePage


def on_target_html(row: BoardRow) -> str:
    """Answer "On target?": the badge, value and period, the sentence, how the running period goes and ends."""
    watched = row.kpi.tier is Tier.HEALTH_METRIC
    badge = "" if watched else badge_html(row.judgement.status, row.judgement.word)
    value = escape(row.actual_text) or "&ndash;"
    said = [escape(text) for text in (row.target_text, row.judgement.sentence) if text]
    ends = row.running.estimate_sentence if row.running else ""
    return _answer(
        "On target?",
        f'{badge}<p class="value"><b>{value}</b> <small>{escape(row.period_text)}</small></p>',
        said,
        "".join(f'<p class="soon">{escape(text)}</p>' for text in (*soon(row), ends) if text),
    )


def changing_html(change: ChangePage) -> str:
    """Answer "Really changing?": its mark and headline in the colour of what it means, never of the status."""
    meaning = {SignalState.BETTER: " sb-green", SignalState.WORSE: " sb-red"}.get(change.row.signal.state, "")
    head = f'<p class="head{meaning}">{arrow_html(change.row.signal)}{escape(change.changing.headline)}</p>'
    return _answer("Really changing?", head, [escape(change.changing.details)])


def arriving_html(change: ChangePage) -> str:
    """Answer "Will we get there?": the chance, of what by when, and where it will likely be."""
    head = f'<p class="head">{escape(change.arriving.headline)}</p>'
    return _answer("Will we get there?", head, [escape(change.arriving.details)])


def doing_html(answer: Answer, lines: Iterable[str]) -> str:
    """Answer "What are we doing about it?": the first open action, else what is done differently, and by whom."""
    head = f'<p class="head plain">{escape(answer.headline)}</p>'
    return _answer("What are we doing about it?", head, [escape(text) for text in lines])


def _answer(question: str, head: str, said: list[str], more: str = "") -> str:
    sentences = "".join(f"<p>{text}</p>" for text in said if text)
    return f'<div class="sb-answer"><h2>{escape(question)}</h2>{head}{sentences}{more}</div>'
