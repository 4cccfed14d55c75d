"""Objectives as HTML, free of Streamlit: a score is a bar and a number with its words, in no colour of a status."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from kpi_core.service.objectives import KeyResultLine, ObjectiveLine


def objective_html(line: ObjectiveLine) -> str:
    """Write an objective: name, days, owner, its score, then a line a key result."""
    owner = f" · {line.objective.owner}" if line.objective.owner else ""
    results = "".join(f"<li>{_result(each)}</li>" for each in line.results)
    listed = f"<ul>{results}</ul>" if results else "<p>No key results yet: add the numbers that would tell.</p>"
    left_out = f'<p class="left-out">{escape(line.left_out)}</p>' if line.left_out else ""
    return (
        f'<div class="sb-okr"><header><h2 class="sb-heading">{escape(line.objective.name)}</h2>'
        f"<p>{escape(line.when + owner)}</p></header>"
        f'<div class="whole">{_score(line.score_text, line.words)}{_bar(line.score.mean)}</div>{listed}{left_out}</div>'
    )


def _result(line: KeyResultLine) -> str:
    stretch = ' <small class="stretch">stretch</small>' if line.result.stretch else ""
    now = f"<b>{escape(line.now)}</b>, " if line.now else ""
    return (
        f"<h3>{escape(line.result.kpi)}{stretch}</h3>{_score(line.score_text, line.words)}"
        f"{_bar(line.scored.score)}<p>{now}{escape(line.way)}</p>"
    )


def _score(text: str, words: str) -> str:
    shown = f"<b>{escape(text)}</b>" if text else '<b aria-hidden="true">&ndash;</b>'
    return f'<p class="score">{shown} {escape(words)}</p>'


def _bar(score: Fraction | None) -> str:
    """Draw how much of the way is made; a missing score has a dashed bar, so that it is not taken for none."""
    if score is None:
        return '<div class="bar none" aria-hidden="true"></div>'
    return f'<div class="bar" aria-hidden="true"><span style="width:{float(score) * 100:.1f}%"></span></div>'
