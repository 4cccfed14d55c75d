"""The question of each goal, with a free sentence as its answer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.choice import GoalStep, Progress, Saying, suggested_for, with_answered, with_sentence
from kpi_core.choice.words import SKIP, SUCCEEDING
from ui.goals_steps import change, hold, show_onward
from ui.sentence_view import show_said
from ui.session import today
from ui.widgets import panel

if TYPE_CHECKING:
    from kpi_core.catalogue import CatalogueGoal
    from kpi_core.service.goals import Journey, Said

FIELD = "goals_said_"


def show_words(where: Journey) -> None:
    """Show each picked goal with its question; an answer in the owner's own words is welcome, none is needed."""
    st.html(f'<p class="sb-ask">{SUCCEEDING} <small>{SKIP}</small></p>')
    for goal in where.picked_goals:
        with panel(f"words_{goal.key}"):
            heading = f'<h2 class="sb-heading">{escape(goal.name)}</h2>'
            st.html(f'<div class="sb-question">{heading}<p>{escape(goal.question)}</p></div>')
            own = [each for each in where.said if each.saying.goal == goal.key]
            for place in range(max(1, len(own))):
                _show_sentence(where, goal, place, own[place] if own else None)
    show_onward(where, GoalStep.KPIS, "Propose KPIs")


def _show_sentence(where: Journey, goal: CatalogueGoal, place: int, said: Said | None) -> None:
    field = f"{FIELD}{goal.key}_{place}"
    hold(field, said.saying.text if said else "")
    st.text_input(
        "In your own words" if not place else "And in your own words",
        key=field,
        placeholder=_example(goal),
        on_change=_take_sentence,
        args=(where.progress, goal.key, place, field),
    )
    if said is not None:
        style = where.options.business.style
        show_said(said, style, where.picked_goals, field, lambda answered: _answer(where.progress, said, answered))


def _example(goal: CatalogueGoal) -> str:
    named = suggested_for(goal.business, goal.key)
    return f"{named[0].name}: \u2026 to \u2026 by June" if named else ""


def _take_sentence(progress: Progress, goal: str, place: int, field: str) -> None:
    change(with_sentence(progress, goal, place, st.session_state[field], today()))


def _answer(progress: Progress, said: Said, answered: Saying) -> None:
    change(with_answered(progress, said.saying, answered, said.read.goal.others))
