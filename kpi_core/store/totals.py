"""Values of KPIs as they stand in the table `actuals`, read by key."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.actual import Actual, CoverageState
from kpi_core.errors import DataFileDamaged
from kpi_core.period import Cadence, Period

if TYPE_CHECKING:
    from kpi_core.kpi import Kpi
    from kpi_core.store.data_file import Store

STATES = {str(state): state for state in CoverageState}
TOTALS = """SELECT period, period_end, value, coverage, data_until, reason, typed, label, '' FROM actuals
    WHERE kpi_id = ? AND segment_id = 0 ORDER BY period"""


def totals(store: Store, kpi: Kpi) -> dict[date, Actual]:
    """Read all totals of a KPI by period start, oldest first, the period that still runs too."""
    return {each.period.start: each for each in (loaded(row, kpi.cadence) for row in store.all(TOTALS, (kpi.id,)))}


@lru_cache(maxsize=20_000)
def loaded(row: tuple[object, ...], cadence: Cadence) -> Actual:
    """Make a value from its row; the same row always gives the same frozen value, and a board is read often.

    Raises:
        DataFileDamaged: what stands there is no value; it can be made again.
    """
    try:
        return _actual(row, cadence)
    except (ValueError, KeyError) as error:
        damaged = DataFileDamaged("The data file", f"a value of {row[0]} cannot be read")
        damaged.hint = "Let the values be made again (Settings, Backups and safety), or restore the newest backup."
        raise damaged from error


def _actual(row: tuple[object, ...], cadence: Cadence) -> Actual:
    start, end, value, coverage, until, reason, typed, label, segment = row
    return Actual(
        Period(date.fromisoformat(str(start)), date.fromisoformat(str(end)), cadence),
        None if value is None else exact(str(value)),
        STATES[str(coverage)],
        str(segment),
        None if until is None else date.fromisoformat(str(until)),
        str(reason),
        bool(typed),
        str(label),
    )


def exact(text: str) -> Fraction:
    """Read `num/den` or a whole number; ten times as fast as Fraction reads text.

    >>> exact("-7/100"), exact("480000")
    (Fraction(-7, 100), Fraction(480000, 1))
    """
    above, _, below = text.partition("/")
    return Fraction(int(above), int(below)) if below else Fraction(int(above))
