"""Cards of a monthly KPI, made from values up to October 2026."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from kpi_core.actual import Actual, CoverageState
from kpi_core.board import BoardRow, KpiHistory, board_row
from kpi_core.board.stretches import points_of
from kpi_core.kpi import Aggregate, AlertWhen, Direction, Kpi, State, Typed
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.signals.chart import FROZEN
from kpi_core.target import Comparison, Target, TargetHistory, TargetKind
from kpi_core.unit import NumberStyle, Unit, UnitKind

CALENDAR = Calendar()
STYLE = NumberStyle("en_US")
TODAY = date(2026, 11, 21)
STABLE: list[float | None] = [0, 10] * 12
"""Centre 5, limits 26.6 from it; the newest lies above the centre."""
ORDERS = Kpi(
    "Orders", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(Aggregate.SUM), id=7, state=State.ACTIVE
)


def month(number: int, year: int = 2026) -> Period:
    """Name a month."""
    return CALENDAR.period(Cadence.MONTH, date(year, number, 1))


def kpi_history(values: Sequence[float | None], kpi: Kpi = ORDERS, target: float | None = None) -> KpiHistory:
    """Give a KPI values, the newest in October, its first ones as baseline, and a target."""
    actuals: list[Actual] = []
    period = month(10)
    for value in reversed(values):
        if value is not None:
            actuals.insert(0, Actual(period, Fraction(str(value)), CoverageState.FULL))
        period = CALENDAR.previous(period)
    rows: tuple[Target, ...] = ()
    if target is not None:
        comparison = Comparison.AT_LEAST if kpi.direction is Direction.UP else Comparison.AT_MOST
        rows = (Target(TargetKind.CONSTANT, date(2020, 1, 1), Fraction(str(target)), comparison),)
    baseline = points_of(kpi, actuals[:FROZEN], CALENDAR)
    known = {each.period.start: each for each in actuals[-24:]}
    return KpiHistory(kpi, TargetHistory(rows), known, baseline=baseline)


def card(
    values: Sequence[float | None],
    kpi: Kpi = ORDERS,
    target: float | None = None,
    *,
    alert: AlertWhen = AlertWhen.REAL_CHANGES,
    today: date = TODAY,
) -> BoardRow:
    """Make the card of a KPI with these values."""
    history = kpi_history(values, replace(kpi, alert=alert), target)
    return board_row(history, calendar=CALENDAR, style=STYLE, today=today)
