"""The way from goals to a board: its steps, what is kept of each answer, and going back and forth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.choice import GoalStep, Progress, reachable
from kpi_core.service import goals
from ui.session import data_file

if TYPE_CHECKING:
    from kpi_core.service.goals import Journey

NOTHING = object()
NAMES = {
    GoalStep.BUSINESS: "Business",
    GoalStep.GOALS: "Goals",
    GoalStep.WORDS: "Your words",
    GoalStep.KPIS: "KPIs",
    GoalStep.BESIDE: "Health metrics",
    GoalStep.DETAILS: "One by one",
}


def change(progress: Progress) -> None:
    """Keep an answer; the next run shows it."""
    goals.keep(data_file(), progress)


def hold(key: str, value: object) -> None:
    """Let a widget show what is kept; one that shows it already is left alone, for somebody may be typing in it."""
    if st.session_state.get(key, NOTHING) != value:
        st.session_state[key] = value


def go(progress: Progress, step: GoalStep) -> None:
    """Keep where the owner goes."""
    change(replace(progress, step=step))


def show_steps(where: Journey) -> None:
    """Show the steps; each that can be looked at is a button, the present one is marked."""
    progress, can = where.progress, reachable(where.progress)
    place = list(GoalStep).index(progress.step) + 1
    st.html(f'<p class="sb-sr">Step {place} of {len(GoalStep)}: {NAMES[progress.step]}</p>')
    with st.container(horizontal=True, gap="xsmall", key="goals_steps"):
        for number, step in enumerate(GoalStep, 1):
            here = step is progress.step
            st.button(
                f"{number} {NAMES[step]}",
                key=f"step_{'now' if here else step.value}",
                type="tertiary",
                disabled=step not in can,
                on_click=go,
                args=(progress, step),
            )


def show_onward(where: Journey, step: GoalStep, label: str, *, ready: bool = True, why_not: str = "") -> None:
    """Show the button that leads on; where something is missing it says what."""
    st.button(
        label,
        key=f"onward_{step.value}",
        type="primary",
        disabled=not ready,
        help=None if ready else why_not,
        on_click=go,
        args=(where.progress, step),
    )
