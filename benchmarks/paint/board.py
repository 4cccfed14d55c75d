"""Fifty KPIs on our board: every card has a new value after each run, so that nothing can be left standing."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction

import streamlit as st

from kpi_core.board import Board, BoardRow, Group, Rollup, TrendPoint
from kpi_core.kpi import Direction, Kpi, State, Typed
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.signals import Signal, SignalState, limits_of
from kpi_core.status import Judgement, Status
from kpi_core.unit import Unit, UnitKind
from ui.board_component import show_board
from ui.shell import settle
from ui.widgets import show_look

KPIS, PERIODS, GOALS = 50, 24, 5
USUAL = limits_of([Fraction(value) for value in (95, 104, 99, 108, 93, 101, 97)])
SIGNALS = (
    Signal(SignalState.ROUTINE, limits=USUAL),
    Signal(SignalState.WORSE, above=False, limits=USUAL),
    Signal(SignalState.BETTER, above=True, by_surprise=True),
)
STATES = ((Status.GREEN, "On target"), (Status.AMBER, "Close"), (Status.RED, "Off target"))


def months() -> list[Period]:
    """List the months of the trend, the oldest first."""
    found = [Calendar().period(Cadence.MONTH, date(2026, 10, 1))]
    while len(found) < PERIODS:
        found.insert(0, Calendar().previous(found[0]))
    return found


def row(number: int, run: int, periods: list[Period]) -> BoardRow:
    """Make a card with 24 periods and a target line."""
    status, word = STATES[number % len(STATES)]
    kpi = Kpi(
        f"KPI {number}",
        Unit(UnitKind.COUNT),
        Direction.UP,
        Cadence.MONTH,
        Typed(),
        id=number,
        owner="shop manager",
        state=State.ACTIVE,
    )
    trend = tuple(
        TrendPoint(month, 100 + 10 * math.sin(place * (number + 1) + run), 101.0) for place, month in enumerate(periods)
    )
    return BoardRow(
        kpi,
        trend[-1].period,
        "October",
        Fraction(run),
        f"{run}",
        None,
        "Target 101",
        "1 short (1 %)",
        Judgement(status, "A sentence about this value.", word),
        trend,
        trend_text="24 months to October",
        reported=True,
        counts=True,
        signal=SIGNALS[number % len(SIGNALS)],
        signal_sentence="Routine variation: nothing to explain.",
        outlook_short="Reach 101 by 31 December: about 3 in 10",
    )


def board(run: int) -> Board:
    """Make the board of a run."""
    periods = months()
    rows = tuple(row(number, run, periods) for number in range(KPIS))
    rollup = Rollup(17, 17, 16, KPIS, KPIS, Status.RED, "KPI 2", "17 on target, 17 close, 16 off")
    groups = tuple(Group(f"Goal {goal + 1}", rows[goal::GOALS], rollup) for goal in range(GOALS))
    return Board(date(2026, 11, 21), "as of 21 November 2026", rows, groups, rollup)


st.set_page_config(page_title="Board", layout="wide")
show_look()
runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.button("Again")
st.write(f"run {runs}")
show_board(board(runs))
settle()
