"""The board: read the definitions and the newest values, build what the screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.board import Board, GroupBy, build_board
from kpi_core.kpi import Kpi, State
from kpi_core.store.business import read_business
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.goals import goals
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.histories import histories

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.board import BoardRow, KpiHistory


@dataclass(frozen=True)
class View:
    """What the board is to show. None: all of them. `as_of`: today, or a past day with the definitions of then."""

    as_of: date
    group_by: GroupBy = GroupBy.GOAL
    owner: str | None = None
    goal: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class FilterChoices:
    """What there is to filter by; `any`: there is something to show at all."""

    any: bool
    owners: tuple[str, ...]
    goals: tuple[str, ...]
    statuses: tuple[str, ...]


def filter_choices(data_file: Path) -> FilterChoices:
    """List what the board can be filtered by."""
    with open_store(data_file) as store:
        shown = [kpi for kpi in kpis(store) if kpi.state is not State.RETIRED]
        return FilterChoices(
            bool(shown),
            tuple(sorted({kpi.owner for kpi in shown if kpi.owner})),
            tuple(goal.name for goal in goals(store) if any(kpi.goal == goal.name for kpi in shown)),
            STATUSES,
        )


STATUSES = ("On target", "Close", "Off target", "No colour")
"""What a card can be filtered by; the last stands for every grey."""


def board(data_file: Path, today: date, view: View) -> Board:
    """Make the board of a day: today's data, with the definitions and targets in force then."""
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        defined = kpis(store, None if view.as_of >= today else view.as_of)
        chosen = [kpi for kpi in defined if _wanted(kpi, view)]
        found = histories(store, chosen, business.calendar, view.as_of)
        order = [goal.name for goal in goals(store)]

    def built(some: list[KpiHistory]) -> Board:
        return build_board(
            some, calendar=business.calendar, style=business.style, as_of=view.as_of, by=view.group_by, order=order
        )

    whole = built(found)
    if view.status is None:
        return whole
    kept = {row.kpi.id for row in whole.rows if _status(row) == view.status}
    return built([history for history in found if history.kpi.id in kept])


def _wanted(kpi: Kpi, view: View) -> bool:
    return view.owner in {None, kpi.owner} and view.goal in {None, kpi.goal}


def _status(row: BoardRow) -> str:
    return row.judgement.word if row.judgement.word in STATUSES else STATUSES[-1]
