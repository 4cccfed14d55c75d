"""Reviews: the agenda by rule, what is decided, who does what by when. Pure: everything is an argument."""

from __future__ import annotations

from kpi_core.review.actions import action_text, board_text, doing, open_on, progress, state_text
from kpi_core.review.agenda import agenda
from kpi_core.review.cadence import due, overdue_text
from kpi_core.review.types import (
    Action,
    Addition,
    AgendaItem,
    Agreed,
    Decision,
    Due,
    Item,
    Look,
    Plan,
    Progress,
    Review,
    Topic,
)

__all__ = [
    "Action",
    "Addition",
    "AgendaItem",
    "Agreed",
    "Decision",
    "Due",
    "Item",
    "Look",
    "Plan",
    "Progress",
    "Review",
    "Topic",
    "action_text",
    "agenda",
    "board_text",
    "doing",
    "due",
    "open_on",
    "overdue_text",
    "progress",
    "state_text",
]
