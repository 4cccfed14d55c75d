"""The board: read the definitions and the newest values, build what the screen shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.board import (
    Board,
    BoardRow,
    GroupBy,
    HeatCell,
    HeatTable,
    KpiHistory,
    Sort,
    cards_of,
    found,
    gather,
    heat_cells,
    heat_tables,
    ordered,
)
from kpi_core.board.attention import week_of
from kpi_core.business import Business
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Kpi, Level, Perspective, State, Tier
from kpi_core.period import day_name
from kpi_core.review import Action, board_text
from kpi_core.service.facts import board_notes
from kpi_core.service.rhythm import dues, overdue, portfolio_due
from kpi_core.store.business import read_business
from kpi_core.store.data_file import FileState, open_store, state_of_file
from kpi_core.store.definitions.actions import actions
from kpi_core.store.definitions.goals import goals
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.histories import histories
from kpi_core.store.outlooks import Outlooks, keep_outlooks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kpi_core.store.data_file import Store


@dataclass(frozen=True)
class View:
    """What the board is to show. None: all of them. `as_of`: today, or a past day with the definitions of then."""

    as_of: date
    group_by: GroupBy = GroupBy.GOAL
    owner: str | None = None
    goal: str | None = None
    status: str | None = None
    perspective: str | None = None
    function: str | None = None
    level: str | None = None
    tier: str | None = None
    search: str = ""
    """What a card must hold in its name, its owner or its goal, or be called in everyday words."""
    sort: Sort = Sort.OWN


@dataclass(frozen=True)
class FilterChoices:
    """What there is to filter by; `any`: there is something to show at all."""

    any: bool
    owners: tuple[str, ...]
    goals: tuple[str, ...]
    statuses: tuple[str, ...]
    perspectives: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Known:
    """All that a board is made of, whatever is asked to be shown of it."""

    business: Business
    histories: tuple[KpiHistory, ...]
    cards: tuple[BoardRow, ...]
    drafts: tuple[Kpi, ...]
    goals: tuple[str, ...]
    review: str = ""


STATUSES = ("On target", "Close", "Off target", "No colour")
"""What a card can be filtered by; the last stands for every grey."""


def filter_choices(data_file: Path, today: date) -> FilterChoices:
    """List what the board can be filtered by."""
    known = _known(data_file, state_of_file(data_file), today, today)
    shown = [*(card.kpi for card in known.cards), *known.drafts]
    return choices_of(shown, known.goals)


def choices_of(kpis: Iterable[Kpi], order: Iterable[str]) -> FilterChoices:
    """List what these KPIs can be filtered by, goals in their `order`."""
    shown = tuple(kpis)
    return FilterChoices(
        bool(shown),
        tuple(sorted({kpi.owner for kpi in shown if kpi.owner})),
        tuple(goal for goal in order if any(kpi.goal == goal for kpi in shown)),
        STATUSES,
        perspectives=tuple(each.value for each in Perspective if any(kpi.perspective is each for kpi in shown)),
        functions=tuple(sorted({kpi.function for kpi in shown if kpi.function}, key=str.casefold)),
        levels=tuple(each.value for each in Level if any(kpi.level is each for kpi in shown)),
        tiers=tuple(each.value for each in Tier if any(kpi.tier is each for kpi in shown)),
    )


def board(data_file: Path, today: date, view: View) -> Board:
    """Make the board of a day: today's data, with the definitions and targets in force then.

    Raises:
        RefusedDefinition: the day is still to come.
    """
    refuse_to_come(view.as_of, today)
    known = _known(data_file, state_of_file(data_file), today, view.as_of)
    searched = found((*(card.kpi for card in known.cards), *known.drafts), view.search)
    cards = [
        card
        for card in ordered(known.cards, view.sort)
        if card.kpi.id in searched and wanted(card.kpi, view) and view.status in {None, _status(card)}
    ]
    drafts = tuple(kpi for kpi in known.drafts if kpi.id in searched and view.status is None and wanted(kpi, view))
    if view.sort is Sort.NAME:  # a draft has no colour and no gap to be sorted by
        drafts = tuple(sorted(drafts, key=lambda kpi: kpi.name.casefold()))
    made = gather(
        cards,
        drafts,
        calendar=known.business.calendar,
        as_of=view.as_of,
        by=view.group_by,
        order=known.goals,
    )
    shown, of = len(cards) + len(drafts), len(known.cards) + len(known.drafts)
    left_out = f"{shown} of {of} shown" if shown < of else ""
    return replace(made, review=known.review, week=week_of(view.as_of, today), left_out=left_out)


def known_histories(data_file: Path, today: date, as_of: date) -> tuple[KpiHistory, ...]:
    """Give all that the cards of a day are made from."""
    return _known(data_file, state_of_file(data_file), today, as_of).histories


def heat(data_file: Path, today: date, view: View) -> tuple[HeatTable, ...]:
    """Make the tables of the last twelve periods of what the board shows, in the board's order and headings.

    Raises:
        RefusedDefinition: the day is still to come.
    """
    made = board(data_file, today, view)
    state = state_of_file(data_file)
    known = _known(data_file, state, today, view.as_of)
    return heat_tables(made, _cells(data_file, state, today, view.as_of), calendar=known.business.calendar)


@lru_cache(maxsize=8)
def _cells(data_file: Path, state: FileState, today: date, as_of: date) -> dict[int, tuple[HeatCell, ...]]:
    """Judge the last periods of every card, once for each `state` of the data file, like the cards."""
    known = _known(data_file, state, today, as_of)
    cards = {card.kpi.id: card for card in known.cards}
    return {
        each.kpi.id: heat_cells(
            each, cards[each.kpi.id], calendar=known.business.calendar, style=known.business.style, today=as_of
        )
        for each in known.histories
        if each.kpi.id in cards
    }


def why_nothing(view: View) -> str:
    """Say which filters together leave nothing of the board.

    >>> why_nothing(View(date(2026, 11, 21), owner="web lead", search="refunds", status="Close"))
    'No KPI is all of this at once: “refunds”, web lead, Close.'
    """
    searched = f"“{view.search.strip()}”" if view.search.strip() else None
    picked = (searched, view.owner, view.goal, view.status, view.perspective, view.function, view.level, view.tier)
    asked = [each for each in picked if each is not None]
    return f"No KPI is all of this at once: {', '.join(asked)}." if len(asked) > 1 else f"No KPI fits {asked[0]}."


@lru_cache(maxsize=8)
def _known(data_file: Path, state: FileState, today: date, as_of: date) -> _Known:
    """Read and judge everything, once for each `state` of the data file: another grouping or filter reads nothing."""
    del state
    with open_store(data_file) as store:
        with store.reading():
            business = read_business(store)
            defined = kpis(store, None if as_of >= today else as_of)
            outlooks = Outlooks(store, business.calendar, as_of)
            read = tuple(histories(store, defined, business.calendar, as_of, outlooks))
            order = tuple(goal.name for goal in goals(store))
            doing = _doing(store, as_of)
            late = _late(store, read, business, today) if as_of >= today else ""
        if as_of >= today:
            keep_outlooks(store, outlooks)
    # What there is to think about is asked of the definitions of today
    notes = board_notes(read, business, today) if as_of >= today else {}
    cards = cards_of(read, calendar=business.calendar, style=business.style, as_of=as_of)
    return _Known(
        business,
        read,
        tuple(replace(card, to_think=notes.get(card.kpi.id, ""), doing=doing.get(card.kpi.id, "")) for card in cards),
        tuple(kpi for kpi in defined if kpi.state is State.DRAFT),
        order,
        late,
    )


def _doing(store: Store, day: date) -> dict[int, str]:
    """Say of each KPI what is being done about it, as it was on a day."""
    by_kpi: dict[int, list[Action]] = {}
    for each in actions(store):
        by_kpi.setdefault(each.kpi_id, []).append(each)
    return {kpi_id: board_text(own, day) for kpi_id, own in by_kpi.items()}


def _late(store: Store, read: tuple[KpiHistory, ...], business: Business, today: date) -> str:
    return overdue(portfolio_due(store, read, business, today), dues(store, read, business, today), read, today)


def wanted(kpi: Kpi, view: View) -> bool:
    """Tell whether a KPI is one of those that a view asks for, whatever its status."""
    return (
        view.owner in {None, kpi.owner}
        and view.goal in {None, kpi.goal}
        and view.perspective in {None, kpi.perspective}
        and view.function in {None, kpi.function}
        and view.level in {None, kpi.level}
        and view.tier in {None, kpi.tier}
    )


def _status(row: BoardRow) -> str:
    return row.judgement.word if row.judgement.word in STATUSES else STATUSES[-1]


def refuse_to_come(day: date, today: date) -> None:
    """Refuse a future day, of which no board can be made.

    Raises:
        RefusedDefinition: the day is still to come.
    """
    if day > today:
        sentence = f"{day_name(day, None)} is still to come: nobody knows its board yet."
        raise RefusedDefinition(sentence, "Choose today or a past day.")
