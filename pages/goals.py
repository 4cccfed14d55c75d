"""Start with my goals: from goals in plain words to a board of at most five KPIs."""

from __future__ import annotations

import streamlit as st

from kpi_core.choice import BUSINESSES, GoalStep, reachable
from kpi_core.errors import SignalboxError
from kpi_core.service import goals
from ui.goals_cards import show_beside, show_cards
from ui.goals_details import begin_at, show_details
from ui.goals_first import show_business, show_goals
from ui.goals_steps import show_steps
from ui.goals_words import show_words
from ui.session import data_file, number_in
from ui.sixth_view import show_gone
from ui.widgets import show_error

SHOWN = {
    GoalStep.BUSINESS: show_business,
    GoalStep.GOALS: show_goals,
    GoalStep.WORDS: show_words,
    GoalStep.KPIS: show_cards,
    GoalStep.BESIDE: show_beside,
    GoalStep.DETAILS: show_details,
}

st.title("Start with my goals")
try:
    where = goals.journey(data_file())
    kind = next((each.name for each in BUSINESSES if each.key == where.progress.business), "")
    said = " · ".join(filter(None, [kind, *(goal.name for goal in where.picked_goals)]))
    st.caption(said or "Ten minutes to three to five numbers that are worth your attention. You can stop at any time.")
    show_gone()
    show_steps(where)
    if asked := number_in(st.query_params.pop("kpi", None)):
        where = begin_at(where, asked)
    step = where.progress.step if where.progress.step in reachable(where.progress) else GoalStep.BUSINESS
    SHOWN[step](where)
except SignalboxError as error:
    show_error(error)
