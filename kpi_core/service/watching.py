"""The number that is watched beside a KPI: where it stands, and whether one of the two is paid for with the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.board import BoardRow, board_row
from kpi_core.board.trade import Tracked, Trade, trade_of
from kpi_core.definition import key_of
from kpi_core.kpi import Kpi, State
from kpi_core.store.business import read_business
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import get_kpi, kpis
from kpi_core.store.histories import all_periods, histories

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kpi_core.period import Calendar
    from kpi_core.store.data_file import Store


@dataclass(frozen=True)
class Watched:
    """The number beside a KPI; `row` None: it is named, but nobody measures it yet."""

    name: str
    row: BoardRow | None
    trade: Trade


def watched(data_file: Path, kpi_id: int, today: date) -> Watched | None:
    """Look at the counter-measure of a KPI on a day; None where it names none.

    Raises:
        NotFound: there is no KPI of that number.
    """
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        kpi = get_kpi(store, kpi_id)
        name = kpi.counter_measure.strip()
        if not name:
            return None
        other = next((each for each in kpis(store) if key_of(each.name) == key_of(name)), None)
        if other is None or other.id == kpi.id or other.state is State.RETIRED:
            return Watched(name, None, Trade(f"{name} is to be watched beside it, but nobody measures it yet."))
        calendar, style = business.calendar, business.style
        history = histories(store, [other], calendar, today)[0]
        ours, theirs = (_tracked(store, each, calendar, today) for each in (kpi, other))
    row = board_row(history, calendar=calendar, style=style, today=today)
    return Watched(other.name, row, trade_of(ours, theirs, calendar, style))


def _tracked(store: Store, kpi: Kpi, calendar: Calendar, today: date) -> Tracked:
    return Tracked(kpi, {each.period.start: each for each in all_periods(store, kpi, calendar, today)})
