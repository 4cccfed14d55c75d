"""The whole board of a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.board.attention import attention
from kpi_core.board.rollup import SHADES, group, roll_up
from kpi_core.board.row import board_row
from kpi_core.board.types import Board, BoardRow, GroupBy, KpiHistory, Rollup
from kpi_core.kpi import State, Tier
from kpi_core.period import day_name, period_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar
    from kpi_core.unit import NumberStyle


def build_board(
    histories: Sequence[KpiHistory],
    *,
    calendar: Calendar,
    style: NumberStyle,
    as_of: date,
    by: GroupBy = GroupBy.GOAL,
    order: Sequence[str] = (),
) -> Board:
    """Make the board as of a day: cards in the order given, gathered `by` a heading, goals in their `order`.

    Drafts are listed, health metrics stand apart and count nowhere, retired KPIs are left out.
    """
    cards = cards_of(histories, calendar=calendar, style=style, as_of=as_of)
    drafts = tuple(history.kpi for history in histories if history.kpi.state is State.DRAFT)
    return gather(cards, drafts, calendar=calendar, as_of=as_of, by=by, order=order)


def cards_of(
    histories: Iterable[KpiHistory], *, calendar: Calendar, style: NumberStyle, as_of: date
) -> tuple[BoardRow, ...]:
    """Make the card of every active KPI and health metric; they depend on no other one and on no grouping."""
    return tuple(
        board_row(history, calendar=calendar, style=style, today=as_of)
        for history in histories
        if history.kpi.state is State.ACTIVE
    )


def gather(
    cards: Sequence[BoardRow],
    drafts: tuple[Kpi, ...],
    *,
    calendar: Calendar,
    as_of: date,
    by: GroupBy = GroupBy.GOAL,
    order: Sequence[str] = (),
) -> Board:
    """Put cards together to a board: counts, groups, what needs attention first."""
    rows = tuple(card for card in cards if card.kpi.tier is Tier.KPI)
    rollup = roll_up(rows)
    greys = Counter(row.judgement.status for row in rows if row.judgement.status not in SHADES)
    return Board(
        as_of=as_of,
        heading=_heading(rows, calendar, as_of),
        rows=rows,
        groups=group(rows, by, order),
        rollup=replace(rollup, sentence=_reported(rollup)),
        attention=attention(rows, drafts, calendar=calendar, today=as_of),
        drafts=drafts,
        health=tuple(card for card in cards if card.kpi.tier is Tier.HEALTH_METRIC),
        greys=dict(greys),
        star=next((card for card in cards if card.kpi.north_star), None),
    )


def _heading(rows: Sequence[BoardRow], calendar: Calendar, as_of: date) -> str:
    """Say the day and the last complete period of the commonest cadence."""
    day = f"as of {day_name(as_of, None)}"
    if not rows:
        return day
    cadence = Counter(row.kpi.cadence for row in rows).most_common(1)[0][0]
    last = period_name(calendar.last_complete(cadence, as_of), calendar, as_of)
    return f"{day} · last complete {cadence.value}: {last}"


def _reported(rollup: Rollup) -> str:
    """Say how many KPIs count and how many of them have their newest value.

    >>> _reported(Rollup(2, 3, 1, 6, 7, None, None)), _reported(Rollup(1, 0, 0, 1, 1, None, None))
    ('7 KPIs, 6 of 7 reported', '1 KPI, reported')
    """
    if not rollup.of:
        return ""
    if rollup.of == 1:
        return "1 KPI, reported" if rollup.reported else "1 KPI, not reported yet"
    reported = "all reported" if rollup.reported == rollup.of else f"{rollup.reported} of {rollup.of} reported"
    return f"{rollup.of} KPIs, {reported}"
