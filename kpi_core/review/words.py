"""What is decided, in words: as choices on the screen and as sentences of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.period import day_name
from kpi_core.review.types import Decision, Look, Topic
from kpi_core.signals import SignalState

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.board import BoardRow

TOPICS = {
    Topic.OPEN_ACTIONS: "Last time's actions",
    Topic.REAL_CHANGE: "Real change",
    Topic.OFF_TARGET: "Off target",
    Topic.OVERDUE: "Overdue",
    Topic.AT_RISK: "At risk",
    Topic.REST: "The rest",
}
CHOICES = {
    Decision.KEEP: "Keep it as it is",
    Decision.ACT: "Act on it",
    Decision.CHANGE_TARGET: "Change the target",
    Decision.CHANGE_KPI: "Change the KPI",
    Decision.ACCEPT: "Accept the miss until",
    Decision.RETIRE: "Retire it",
}
NOTHING_WRITTEN = "looked at, nothing decided"


def said(decision: Decision | None, today: date, *, until: date | None = None, target: str = "", why: str = "") -> str:
    """Say a decision with its details.

    >>> from datetime import date
    >>> said(Decision.ACCEPT, date(2026, 11, 28), until=date(2026, 12, 31), why="the new shop opens then")
    'Accept the miss until 31 December: the new shop opens then'
    """
    if decision is None:
        return ""
    words = CHOICES[decision]
    match decision:
        case Decision.KEEP | Decision.ACT | Decision.CHANGE_KPI:
            return words
        case Decision.CHANGE_TARGET:
            words = f"{words} to {target}" if target else words
        case Decision.ACCEPT:
            words = words if until is None else f"{words} {day_name(until, today)}"
        case Decision.RETIRE:
            pass
    return f"{words}: {why}" if why else words


def look_of(row: BoardRow) -> Look:
    """Freeze what a KPI looks like."""
    return Look(
        status=row.judgement.status.value,
        word=row.judgement.word,
        actual=row.actual_text,
        period=row.period_text,
        target=row.target_text,
        sentence=row.judgement.sentence,
        # Where a value lacks the sentence of its status says so already
        signal="" if row.signal.state is SignalState.NOT_JUDGED else row.signal_sentence,
        outlook=row.outlook,
    )
