"""The first two steps: the kind of business, and up to three goals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.choice import BUSINESSES, MOST_GOALS, GoalStep, Progress, with_business, with_goal
from kpi_core.choice.words import ONE_MORE, PICK_UP_TO
from kpi_core.errors import SignalboxError
from kpi_core.service import keeping
from kpi_core.unit import parse_unit
from ui.goals_steps import change, hold, show_onward
from ui.plain import as_it_stands
from ui.session import data_file, now
from ui.values_form import CURRENCIES

if TYPE_CHECKING:
    from kpi_core.business import Business
    from kpi_core.service.goals import Journey

BUSINESS, GOAL, MONEY, TROUBLE = "goals_business", "goals_goal_", "goals_money", "goals_trouble"


def show_business(where: Journey) -> None:
    """Ask for the kind of business."""
    keys, names = [each.key for each in BUSINESSES], {each.key: each.name for each in BUSINESSES}
    hold(BUSINESS, where.progress.business or None)
    st.radio(
        "What kind of business is it?",
        keys,
        index=None,
        format_func=lambda key: names[key],
        captions=[each.examples for each in BUSINESSES],
        key=BUSINESS,
        on_change=_take_business,
        args=(where.progress,),
    )
    if where.progress.business and (not where.options.business.currency or MONEY in st.session_state):
        st.selectbox(
            "Your money is in",
            CURRENCIES,
            index=None,
            key=MONEY,
            placeholder="pick, or type its three letters",
            accept_new_options=True,
            width=320,
            on_change=_take_money,
            args=(where.options.business,),
        )
        if st.session_state.get(TROUBLE):
            st.error(as_it_stands(st.session_state.pop(TROUBLE)))
    ready = bool(where.progress.business)
    with st.container(horizontal=True):
        show_onward(where, GoalStep.GOALS, "On to the goals", ready=ready, why_not="Pick the kind that is nearest.")
        if not where.progress.business and st.button("Define a KPI", help="For those who know their numbers already."):
            st.switch_page("pages/choose.py", query_params={"kpi": "new"})


def _take_money(business: Business) -> None:
    try:
        currency = parse_unit(f"currency:{st.session_state[MONEY] or ''}").currency
        keeping.save_settings(data_file(), replace(business, currency=currency), now())
    except SignalboxError as error:
        st.session_state[TROUBLE] = f"{error.sentence} {error.hint}".strip()


def _take_business(progress: Progress) -> None:
    change(with_business(progress, st.session_state[BUSINESS] or ""))


def show_goals(where: Journey) -> None:
    """Let up to three goals be picked."""
    picked = where.progress.goals
    st.html(f'<p class="sb-ask">What do you want most this year? <small>{PICK_UP_TO} {len(picked)} picked.</small></p>')
    with st.grid(min_column_width=260, key="goals_grid"):
        for goal in where.goals:
            hold(f"{GOAL}{goal.key}", goal.key in picked)
            st.checkbox(
                goal.name,
                key=f"{GOAL}{goal.key}",
                disabled=len(picked) >= MOST_GOALS and goal.key not in picked,
                on_change=_take_goal,
                args=(where.progress, goal.key),
                width="stretch",
            )
    if len(picked) >= MOST_GOALS:
        st.caption(ONE_MORE)
    show_onward(where, GoalStep.WORDS, "On to the questions", ready=bool(picked), why_not="Pick one goal at least.")


def _take_goal(progress: Progress, key: str) -> None:
    change(with_goal(progress, key, picked=st.session_state[f"{GOAL}{key}"]))
