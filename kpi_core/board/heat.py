"""The last twelve periods of every KPI side by side: a table for each cadence, a cell for each period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.actual import Actual, CoverageState
from kpi_core.board.past import PastPeriod, past
from kpi_core.board.shown import Standing
from kpi_core.kpi import Tier
from kpi_core.period import MONTHS, Cadence, Period, period_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kpi_core.board.types import Board, BoardRow, KpiHistory
    from kpi_core.period import Calendar
    from kpi_core.status import Judgement
    from kpi_core.unit import NumberStyle

HEAT = 12
"""Periods that the table shows."""


@dataclass(frozen=True)
class HeatHead:
    """A period at the head of its column: shortly, in full, and the year where it is to be said."""

    short: str
    full: str
    year: str


@dataclass(frozen=True)
class HeatCell:
    """One period of a KPI. `judgement` None: no colour is due, for want of a value or as a health metric."""

    name: str
    value_text: str
    judgement: Judgement | None


@dataclass(frozen=True)
class HeatRow:
    """A KPI and its cells, the oldest first, as many as the table has heads."""

    row: BoardRow
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatTable:
    """The KPIs of one cadence under the board's own headings."""

    title: str
    heads: tuple[HeatHead, ...]
    groups: tuple[tuple[str, str, tuple[HeatRow, ...]], ...]
    """Of each heading its name, the counts of all that stands under it, and its rows of this cadence."""


def heat_cells(
    history: KpiHistory, row: BoardRow, *, calendar: Calendar, style: NumberStyle, today: date
) -> tuple[HeatCell, ...]:
    """Judge the last periods of a KPI, each by the target of its own time; the newest says what the card says."""
    periods = heat_periods(calendar, history.kpi.cadence, today)
    gap = CoverageState.NONE
    actuals = [history.actuals.get(period.start) or Actual(period, None, gap) for period in periods]
    lines = past(history.kpi, history.targets, actuals, calendar=calendar, style=style, today=today)
    newest = max((line.period.start for line in lines if line.actual.coverage is not gap), default=None)
    return tuple(_cell(line, row, newest) for line in lines)


def heat_periods(calendar: Calendar, cadence: Cadence, today: date) -> tuple[Period, ...]:
    """List the last complete periods, the oldest first."""
    periods = [calendar.last_complete(cadence, today)]
    while len(periods) < HEAT:
        periods.append(calendar.previous(periods[-1]))
    return tuple(reversed(periods))


def heat_tables(
    board: Board, cells: Mapping[int, tuple[HeatCell, ...]], *, calendar: Calendar
) -> tuple[HeatTable, ...]:
    """Gather a board's rows to tables, the commonest cadence first; the North Star, health metrics under their own."""
    star = () if board.star is None else (("★ North Star", "", (board.star,)),)
    inside = tuple(
        (group.name, group.rollup.sentence, tuple(row for row in group.rows if row is not board.star))
        for group in board.groups
    )
    health = (("Health metrics", "", tuple(row for row in board.health if row is not board.star)),)
    sections = (*star, *inside, *health)
    met = Counter(row.kpi.cadence for *_, rows in sections for row in rows)
    return tuple(_table(cadence, sections, cells, calendar, board.as_of) for cadence, _ in met.most_common())


def _table(
    cadence: Cadence,
    sections: tuple[tuple[str, str, tuple[BoardRow, ...]], ...],
    cells: Mapping[int, tuple[HeatCell, ...]],
    calendar: Calendar,
    today: date,
) -> HeatTable:
    groups = tuple(
        (name, says, tuple(HeatRow(row, cells[row.kpi.id]) for row in rows if row.kpi.cadence is cadence))
        for name, says, rows in sections
    )
    return HeatTable(
        f"Last {HEAT} {cadence.value}s",
        tuple(_heads(heat_periods(calendar, cadence, today), calendar)),
        tuple(group for group in groups if group[-1]),
    )


def _heads(periods: tuple[Period, ...], calendar: Calendar) -> list[HeatHead]:
    """Name the columns shortly; the year stands where it begins to hold.

    >>> from datetime import date
    >>> from kpi_core.period import Calendar
    >>> months = heat_periods(Calendar(), Cadence.MONTH, date(2026, 11, 21))
    >>> [(head.short, head.year) for head in _heads(months, Calendar())][:4]
    [('Nov', '2025'), ('Dec', ''), ('Jan', '2026'), ('Feb', '')]
    """
    heads: list[HeatHead] = []
    told = ""
    for period in periods:
        full = period_name(period, calendar, None)
        year = "" if period.cadence is Cadence.YEAR else full.rsplit(" ", 1)[1]
        heads.append(HeatHead(_short(period, full), full, "" if year == told else year))
        told = year
    return heads


def _short(period: Period, full: str) -> str:
    match period.cadence:
        case Cadence.DAY:
            return f"{period.start.day} {MONTHS[period.start.month - 1][:3]}"
        case Cadence.WEEK:
            return full.rsplit(" ", 1)[0].replace("week ", "w")
        case Cadence.MONTH:
            return full[:3]
        case Cadence.QUARTER:
            return full.split(" ", 1)[0]
        case Cadence.YEAR:
            return full


def _cell(line: PastPeriod, row: BoardRow, newest: date | None) -> HeatCell:
    """Make a cell; a hole before the newest data was never asked for and has no state of its own."""
    shown = row.shown
    if row.kpi.tier is Tier.HEALTH_METRIC:
        return HeatCell(line.name, line.value_text, None)
    if shown is not None and shown.standing is Standing.CARRIED and shown.period == line.period:
        return HeatCell(line.name, row.actual_text, row.judgement)
    hole = line.actual.coverage is CoverageState.NONE
    if hole and line.period.start not in row.kpi.not_applicable and (newest is None or line.period.start < newest):
        return HeatCell(line.name, "", None)
    return HeatCell(line.name, line.value_text, line.judgement)
