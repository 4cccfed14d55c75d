"""What targets took from the numbers, kept so that a later correction of the numbers does not move them.

A relative target keeps last year's value with which a period was judged, a year's total its parts, a delta the number
that it became. All of it is kept while values are made again, in the same transaction.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from fractions import Fraction
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING

from kpi_core.actual import Actual, CoverageState
from kpi_core.definition import target_from_json
from kpi_core.errors import RefusedDefinition
from kpi_core.period import due_date
from kpi_core.store.business import read_business
from kpi_core.store.changes import from_text
from kpi_core.store.closed import closed_months
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.totals import exact, totals
from kpi_core.store.touched import months_between
from kpi_core.target import TargetHistory, TargetKind, year_parts
from kpi_core.target.force import base_in
from kpi_core.target.spread import Unusable, fits, parts_of_year, pieces_of
from kpi_core.unit import minor_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpi_core.kpi import Direction, Kpi
    from kpi_core.period import Calendar, Period
    from kpi_core.store.data_file import Store
    from kpi_core.target import Target

LATEST = 3
"""Complete periods whose median a delta is counted from."""


@lru_cache(maxsize=4096)
def target_of(text: str, direction: Direction) -> Target:
    """Make a target of the JSON that is kept; the same text always gives the same frozen row."""
    return target_from_json(from_text(text), direction)


def fix_judged(store: Store) -> None:
    """Keep the bases of the relative targets whose periods are judged by now, before values are made again.

    A period is judged once its grace is over, or when its months are closed. The moment is that of the newest entry of
    the data file: the values that stand in their table are what was known until then.
    """
    for row_id, kpi, row in _rows(store, ("change_percent",)):
        known = totals(store, kpi)
        history = TargetHistory((row,), last_year=known)
        calendar = read_business(store).calendar
        bases = {
            period.start: base
            for period in _judged(store, kpi, known, calendar)
            if (base := base_in(history, 0, period, calendar)) is not None
        }
        keep(store, row_id, bases)


def fix_parts(store: Store) -> None:
    """Give year totals their parts and deltas their number, where they have none that fits, as far as values tell."""
    held = fixed(store)
    for row_id, kpi, row in _rows(store, ("year", "delta")):
        # Percentages for months are none for quarters: such a row gives no target, and the screen says so
        with suppress(RefusedDefinition):
            fix_row(store, kpi, row_id, row, held.get(row_id, {}))


def fix_row(store: Store, kpi: Kpi, row_id: int, row: Target, held: Mapping[date, Fraction]) -> None:
    """Give one year total its parts or one delta its number, as far as values tell.

    Raises:
        RefusedDefinition: percentages that are not one for each period of the year.
    """
    if row.kind is TargetKind.YEAR_TOTAL:
        calendar = read_business(store).calendar
        year = calendar.fiscal_year(year_parts(row)[0])
        if fits(held, pieces_of(year, kpi.cadence, calendar)):
            return
        store.run("DELETE FROM target_fixed WHERE target_id = ?", (row_id,))
        parts = parts_of_year(row, kpi.cadence, calendar, minor_digits(kpi.unit), totals(store, kpi))
        if not isinstance(parts, Unusable):
            keep(store, row_id, parts)
    elif row.delta is not None and not held:
        latest = latest_values(totals(store, kpi).values())
        if latest:
            keep(store, row_id, {latest[-1][0]: median(value for _, value in latest) + row.delta})


def latest_values(values: Iterable[Actual]) -> list[tuple[date, Fraction]]:
    """Pick the last three complete values, each with the start of its period."""
    full = [
        (each.period.start, each.value)
        for each in values
        if each.coverage is CoverageState.FULL and each.value is not None
    ]
    return sorted(full)[-LATEST:]


def _rows(store: Store, members: tuple[str, ...]) -> Iterator[tuple[int, Kpi, Target]]:
    """List the live target rows of live KPIs that have one of these members."""
    found = store.all(
        """SELECT targets.id, kpi_id, targets.definition FROM targets JOIN kpis ON kpis.id = kpi_id
        WHERE targets.live AND kpis.live ORDER BY targets.id"""
    )
    for row_id, kpi_id, text in found:
        if any(f'"{member}":' in str(text) for member in members):
            kpi = get_kpi(store, int(str(kpi_id)))
            yield int(str(row_id)), kpi, target_of(str(text), kpi.direction)


def _judged(store: Store, kpi: Kpi, known: Mapping[date, Actual], calendar: Calendar) -> Iterator[Period]:
    """List the periods whose partner of last year is known and that are judged by now."""
    today, closed = _newest_day(store), closed_months(store)
    period = calendar.period(kpi.cadence, min(known, default=today))
    while period.end <= today:
        over = due_date(period) < today or months_between(period.start, period.end) <= closed
        if over and calendar.partner(period).start in known:
            yield period
        period = calendar.next(period)


def _newest_day(store: Store) -> date:
    """Find the day of the newest entry in the data file: what is written now was logged before values are made."""
    found = store.one(
        """SELECT max(day) FROM (SELECT max(substr(added_at, 1, 10)) AS day FROM imports
        UNION ALL SELECT max(substr(undone_at, 1, 10)) FROM imports
        UNION ALL SELECT max(substr(at, 1, 10)) FROM changes)"""
    )
    return date.min if found is None or found[0] is None else date.fromisoformat(str(found[0]))


def keep(store: Store, row_id: int, values: Mapping[date, Fraction]) -> None:
    """Keep numbers of a target row; what is kept already stays."""
    store.many(
        "INSERT OR IGNORE INTO target_fixed (target_id, day, value) VALUES (?, ?, ?)",
        ((row_id, day.isoformat(), str(value)) for day, value in values.items()),
    )


def fixed(store: Store) -> dict[int, dict[date, Fraction]]:
    """Read what every target row keeps, by the row's number."""
    found: dict[int, dict[date, Fraction]] = {}
    for row_id, day, value in store.all("SELECT target_id, day, value FROM target_fixed"):
        found.setdefault(int(str(row_id)), {})[date.fromisoformat(str(day))] = exact(str(value))
    return found


def last_year(store: Store, kpi: Kpi, rows: Iterable[Target]) -> dict[date, Actual]:
    """Read the values that relative rows stand on; none where there is no such row."""
    return totals(store, kpi) if any(row.kind is TargetKind.RELATIVE for row in rows) else {}
