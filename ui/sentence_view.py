"""A sentence of the owner's: what was read from it, and what the coach asks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.choice import Saying, suggested_for, with_answer
from kpi_core.goal_sentence import GoalAsk, GoalQuestion, SentenceType
from kpi_core.service.sentence_words import NOTHING, READ, read_lines
from ui.plain import as_it_stands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpi_core.catalogue import CatalogueGoal, CatalogueKpi
    from kpi_core.service.goals import Said
    from kpi_core.unit import NumberStyle

    Take = Callable[[Saying], None]


def show_said(said: Said, style: NumberStyle, goals: Sequence[CatalogueGoal], key: str, take: Take) -> None:
    """Show what was read from a sentence and ask what it leaves open.

    Args:
        said: the sentence and its reading.
        style: how the business writes numbers.
        goals: what a task may be for.
        key: of the widgets.
        take: keeps the sentence with a further answer.
    """
    lines = read_lines(said.read, style)
    if lines:
        st.html(_lines_html([(line.label, line.value, line.words) for line in lines]))
    elif said.read.goal.type is SentenceType.KPI and not said.read.questions:
        st.caption(NOTHING)
    if said.read.waits:
        st.html(f'<p class="sb-coach">{escape(said.read.waits)}</p>')
    if said.read.wants_now or said.trouble or "now" in dict(said.saying.answers):
        _ask_now(said, key, take)
    for question in said.read.questions:
        _ask(question, said, goals, key, take)


def _lines_html(lines: Sequence[tuple[str, str, str]]) -> str:
    rows = "".join(
        f"<dt>{escape(label)}</dt><dd><b>{escape(value)}</b> <q>{escape(words)}</q></dd>"
        for label, value, words in lines
    )
    return f'<div class="sb-read"><p>{READ}</p><dl>{rows}</dl></div>'


def _ask_now(said: Said, key: str, take: Take) -> None:
    field = f"{key}_now"
    st.session_state.setdefault(field, dict(said.saying.answers).get("now", ""))
    st.text_input(
        "Where is it now?",
        key=field,
        width=240,
        on_change=lambda: take(with_answer(said.saying, "now", st.session_state[field])),
    )
    if said.trouble:
        st.error(as_it_stands(said.trouble))


def _ask(question: GoalQuestion, said: Said, goals: Sequence[CatalogueGoal], key: str, take: Take) -> None:
    """Ask one question of the coach, with its answers as buttons."""
    saying, name = said.saying, question.ask.value
    with st.container(gap="xsmall", key=f"coach_{key}_{name}"):
        st.html(f'<p class="sb-coach">{escape(question.text)}</p>')
        with st.container(horizontal=True):
            match question.ask:
                case GoalAsk.SPLIT:
                    _button("Yes, split it", f"{key}_{name}", take, with_answer(saying, name, "yes"))
                case GoalAsk.PURPOSE:
                    _ask_purpose(said, goals, key, take)
                case GoalAsk.SIGN:
                    _suggest(said.read.suggested, saying, key, take)
                case _:
                    for place, choice in enumerate(question.choices):
                        answered = with_answer(saying, name, choice)
                        _button(choice, f"{key}_{name}_{place}", take, answered)


def _ask_purpose(said: Said, goals: Sequence[CatalogueGoal], key: str, take: Take) -> None:
    """Ask what a task is for; once that is said, which number of the goal would move."""
    purpose = dict(said.saying.answers).get(GoalAsk.PURPOSE.value)
    meant = next((goal for goal in goals if goal.key == purpose), None)
    if meant is not None:
        _suggest(suggested_for(meant.business, meant.key), said.saying, key, take)
        return
    for goal in goals:
        answered = with_answer(said.saying, GoalAsk.PURPOSE.value, goal.key)
        _button(goal.name, f"{key}_for_{goal.key}", take, answered)


def _suggest(entries: Sequence[CatalogueKpi], saying: Saying, key: str, take: Take) -> None:
    for entry in entries:
        answered = with_answer(saying, "kpi", entry.key)
        _button(f"By {entry.name}", f"{key}_by_{entry.key}", take, answered)


def _button(label: str, key: str, take: Take, saying: Saying) -> None:
    st.button(as_it_stands(label), key=key, on_click=take, args=(saying,))
