"""Reading the values of KPIs: by key seek for the board, so that the cost does not grow with history."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.board import TREND, KpiHistory
from kpi_core.horizon import LOOKED_BACK
from kpi_core.store.business import read_business
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.targets import all_targets
from kpi_core.store.evaluation import Evaluation, fold_segment
from kpi_core.store.outlooks import Outlooks
from kpi_core.store.so_far import SoFarReader
from kpi_core.store.sql import composed
from kpi_core.store.totals import loaded
from kpi_core.target import TargetHistory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpi_core.actual import Actual
    from kpi_core.kpi import Kpi
    from kpi_core.period import Cadence, Calendar, Period
    from kpi_core.store.data_file import Store

ENTRIES = """SELECT period, period_end, value, coverage, data_until, reason, typed, label, {segment} FROM actuals
    WHERE kpi_id = ? AND segment_id = {which} AND period {days}"""
BETWEEN = composed(ENTRIES, segment="''", which="0", days=">= ? AND period < ? ORDER BY period")
BEFORE = composed(ENTRIES, segment="''", which="0", days="< ? AND coverage = ? ORDER BY period DESC LIMIT 1")
OF_SEGMENT = composed(
    ENTRIES,
    segment="(SELECT label FROM segments WHERE id = segment_id)",
    which="(SELECT id FROM segments WHERE folded = ?)",
    days="< ? ORDER BY period",
)


def history(
    store: Store, some: Iterable[Kpi], calendar: Calendar, upto: date, count: int = TREND
) -> dict[int, list[Actual]]:
    """Read the totals of KPIs, by number: their last `count` periods up to the last complete one on `upto`.

    Oldest first; a period of which nothing is known has no entry.
    """
    ranges: dict[Cadence, tuple[str, str]] = {}
    found = {}
    for kpi in some:
        if kpi.cadence not in ranges:
            ranges[kpi.cadence] = last_days(calendar, kpi.cadence, upto, count)
        rows = store.all(BETWEEN, (kpi.id, *ranges[kpi.cadence]))
        found[kpi.id] = [loaded(row, kpi.cadence) for row in rows]
    return found


def last_days(calendar: Calendar, cadence: Cadence, upto: date, count: int) -> tuple[str, str]:
    """Name the days `[start, end)` of the last complete periods."""
    last = first = calendar.last_complete(cadence, upto)
    for _ in range(count - 1):
        first = calendar.previous(first)
    return first.start.isoformat(), last.end.isoformat()


def histories(
    store: Store, some: Sequence[Kpi], calendar: Calendar, as_of: date, outlooks: Outlooks | None = None
) -> list[KpiHistory]:
    """Gather all that the board's cards are made from, with today's data and the definitions that are given.

    A definition that is not the stored one (as of a past day) is worked out from the rows.

    Args:
        store: the data file.
        some: the KPIs.
        calendar: the business's own.
        as_of: the day.
        outlooks: who reads outlooks, where the caller keeps afterwards what had to be worked out.
    """
    outlooks = outlooks or Outlooks(store, calendar, as_of)
    stored = {kpi.id: kpi for kpi in kpis(store)}
    known = [kpi for kpi in some if is_stored(kpi, stored.get(kpi.id))]
    values = history(store, known, calendar, as_of)
    held_to = all_targets(store)
    since = first_days(store)
    running = SoFarReader(store, calendar, as_of)
    gathered = []
    for kpi in some:
        actuals = (
            values[kpi.id] if kpi.id in values else worked_out(store, kpi, last_periods(calendar, kpi.cadence, as_of))
        )
        if not any(each.coverage is CoverageState.FULL for each in actuals) and kpi.id in values:
            actuals = [*older(store, kpi, calendar, as_of), *actuals]
        targets = held_to.get(kpi.id, TargetHistory())
        found = outlooks.outlook(kpi, targets, actuals, None if kpi.id in values else partial(_past, store, kpi, as_of))
        gathered.append(
            KpiHistory(
                kpi,
                targets,
                {each.period.start: each for each in actuals},
                running.so_far(kpi),
                since.get(kpi.id),
                found.baseline,
                found.goal,
                found.ahead,
            )
        )
    return gathered


def first_days(store: Store) -> dict[int, date]:
    """Give the day on which each KPI was first defined, by its number."""
    rows = store.all("SELECT kpi_id, min(from_day) FROM kpi_versions GROUP BY kpi_id")
    return {int(str(number)): date.fromisoformat(str(day)) for number, day in rows}


def _past(store: Store, kpi: Kpi, as_of: date) -> list[Actual]:
    """Work out as much of a KPI's past as an outlook looks back."""
    calendar = read_business(store).calendar
    return worked_out(store, kpi, last_periods(calendar, kpi.cadence, as_of, LOOKED_BACK[kpi.cadence]))


def is_stored(kpi: Kpi, stored: Kpi | None) -> bool:
    """Tell whether the stored values were made by this very definition."""
    return stored is not None and (kpi.values, kpi.cadence, kpi.unit) == (stored.values, stored.cadence, stored.unit)


def last_periods(calendar: Calendar, cadence: Cadence, upto: date, count: int = TREND) -> list[Period]:
    """List the last complete periods, oldest first."""
    start, end = last_days(calendar, cadence, upto, count)
    return calendar.periods(cadence, date.fromisoformat(start), date.fromisoformat(end))


def older(store: Store, kpi: Kpi, calendar: Calendar, upto: date) -> list[Actual]:
    """Find the newest fully covered value before the last periods."""
    before = last_days(calendar, kpi.cadence, upto, TREND)[0]
    found = store.one(BEFORE, (kpi.id, before, CoverageState.FULL))
    return [] if found is None else [loaded(found, kpi.cadence)]


def all_periods(store: Store, kpi: Kpi, calendar: Calendar, today: date, segment: str = "") -> list[Actual]:
    """Read the values of a KPI in all its complete periods, oldest first, of the total or one segment."""
    end = calendar.last_complete(kpi.cadence, today).end.isoformat()
    found = store.all(OF_SEGMENT, (kpi.id, fold_segment(segment), end))
    return [loaded(row, kpi.cadence) for row in found]


def segments_of(store: Store, kpi_id: int) -> tuple[str, ...]:
    """List the segments that a KPI has in any period."""
    found = store.all(
        "SELECT label FROM segments WHERE id > 0 AND EXISTS"
        " (SELECT 1 FROM actuals WHERE kpi_id = ? AND segment_id = segments.id) ORDER BY label",
        (kpi_id,),
    )
    return tuple(str(label) for (label,) in found)


def worked_out(store: Store, kpi: Kpi, periods: Sequence[Period], segment: str = "") -> list[Actual]:
    """Make a KPI's values from the rows now, as defined here and stored or not, in the order of the periods."""
    evaluation = Evaluation(store, read_business(store).calendar)
    evaluation.define(kpi)
    evaluation.load(((kpi, period) for period in periods), split=bool(segment))
    return [evaluation.actual(kpi, period, segment) for period in periods]


def value_at(store: Store, kpi: Kpi, segment: str, period: Period) -> Fraction | None:
    """Read the value of one period, "" for the total; None where there is none."""
    found = store.one(
        "SELECT value FROM actuals WHERE kpi_id = ? AND period = ? AND period_end = ?"
        " AND segment_id = (SELECT id FROM segments WHERE folded = ?)",
        (kpi.id, period.start.isoformat(), period.end.isoformat(), fold_segment(segment)),
    )
    return None if found is None or found[0] is None else Fraction(str(found[0]))
