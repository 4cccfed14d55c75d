"""Boards made up for the tests: the seed board, and one whose every text tries to run a script."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from kpi_core.board import Attention, Board, BoardRow, Group, NextStep, Rollup, Running, TrendPoint
from kpi_core.kpi import Direction, Kpi, State, Tier, Typed
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.signals import Signal, SignalState
from kpi_core.status import Judgement, Status
from kpi_core.unit import Unit, UnitKind

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1), Cadence.MONTH)
NASTY = """<script>window.hurt=1</script><img src=x onerror="window.hurt=2">"'&"""


def trend(*values: float | None, low: float | None = None, high: float | None = None) -> tuple[TrendPoint, ...]:
    """Make neighbouring months up to October 2026 with these values and one target."""
    months = [OCTOBER]
    while len(months) < len(values):
        months.insert(0, Calendar().previous(months[0]))
    return tuple(TrendPoint(month, value, low, high) for month, value in zip(months, values, strict=False))


def kpi(number: int, name: str, owner: str = "shop manager") -> Kpi:
    """Make an active monthly KPI."""
    unit = Unit(UnitKind.COUNT)
    return Kpi(name, unit, Direction.UP, Cadence.MONTH, Typed(), id=number, owner=owner, state=State.ACTIVE)


def row(number: int, name: str, value: str, target: str, status: Status, word: str) -> BoardRow:
    """Make a card's content with a small trend."""
    return BoardRow(
        kpi(number, name),
        OCTOBER,
        "October",
        Fraction(1),
        value,
        None,
        target,
        "",
        Judgement(status, f"The sentence of {name}.", word),
        trend(5, 4, None, 6, 5.5, low=5),
        trend_text=f"The trend of {name}",
        reported=True,
        counts=True,
    )


def seed_board(revenue: str = "480 000 kr") -> Board:
    """Give the four KPIs that every board of ours must show."""
    rows = (
        row(1, "Monthly Revenue", revenue, "Target 500 000 kr", Status.AMBER, "Close"),
        row(2, "Conversion Rate", "3.2 %", "Target 3 % or more", Status.GREEN, "On target"),
        row(3, "Avg Order Value", "750 kr", "Target 800 kr", Status.AMBER, "Close"),
        row(4, "Cart Abandonment", "58 %", "Target under 60 %", Status.GREEN, "On target"),
    )
    rollup = Rollup(2, 2, 0, 4, 4, Status.AMBER, "Avg Order Value", "2 on target, 2 close · weakest: Avg Order Value")
    group = Group("Bring in more money", rows, rollup)
    return Board(
        date(2026, 11, 21),
        "as of 21 November 2026",
        rows,
        (group,),
        rollup,
        attention=(Attention(3, "Avg Order Value", Status.AMBER, "has no value since June.", NextStep.ADD_DATA),),
        drafts=(kpi(9, "Repeat customers"),),
    )


def nasty_board() -> Board:
    """Give a board whose every text is markup that would run."""
    hurt = replace(
        row(1, NASTY, NASTY, NASTY, Status.NO_DATA, NASTY),
        kpi=kpi(1, NASTY, owner=NASTY),
        period_text=NASTY,
        gap_text=NASTY,
        trend_text=NASTY,
        due_text=NASTY,
        signal=Signal(SignalState.WORSE, above=False),
        signal_sentence=NASTY,
        outlook=NASTY,
        outlook_short=NASTY,
        notes=(NASTY,),
        judgement=Judgement(Status.NO_DATA, NASTY, NASTY),
        running=Running(OCTOBER, Fraction(1), Fraction(1, 2), too_early=False, sentence=NASTY),
    )
    rollup = Rollup(0, 0, 0, 0, 1, None, NASTY, NASTY)
    return Board(
        date(2026, 11, 21),
        NASTY,
        (hurt,),
        (Group(NASTY, (hurt,), rollup),),
        rollup,
        attention=(Attention(1, NASTY, Status.RED, NASTY, NextStep.LOOK),),
        drafts=(kpi(2, NASTY),),
        health=(replace(hurt, kpi=replace(kpi(3, NASTY), tier=Tier.HEALTH_METRIC)),),
        greys={Status.NO_DATA: 1},
    )
