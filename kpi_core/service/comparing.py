"""A KPI beside last year: its newest period, the running one so far, the year to date, the last twelve months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.actual import Actual, CoverageState
from kpi_core.actual.compared import ComparedLine, ComparedSide, CompareWords, Stretch
from kpi_core.actual.spans import Span, last_twelve_months, year_to_date
from kpi_core.kpi import Kpi, State
from kpi_core.period import Cadence, period_name
from kpi_core.running import same_days
from kpi_core.service.currencies import refuse_mixed
from kpi_core.source import Covers
from kpi_core.store.business import read_business
from kpi_core.store.data_file import FileState, open_store, state_of_file
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.histories import all_periods
from kpi_core.store.longer import Longer
from kpi_core.store.so_far import SoFarReader
from kpi_core.unit import capital

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpi_core.business import Business
    from kpi_core.period import Period
    from kpi_core.store.data_file import Store


@dataclass(frozen=True)
class Compared:
    """A KPI's comparisons. No lines: no complete period yet."""

    kpi: Kpi
    lines: tuple[ComparedLine, ...]


def compared(data_file: Path, kpi_id: int, today: date) -> Compared:
    """Compare a KPI with last year, each stretch at equal length and by the KPI's own aggregation.

    Raises:
        NotFound: there is no KPI of that number.
        RefusedDefinition: its rows hold money of several currencies.
    """
    return _compared(data_file, state_of_file(data_file), kpi_id, today)


@lru_cache(maxsize=64)
def _compared(data_file: Path, state: FileState, kpi_id: int, today: date) -> Compared:
    """Read the rows once for each state of the data file: a page is drawn again with every click."""
    del state
    with open_store(data_file) as store, store.reading():
        kpi = get_kpi(store, kpi_id)
        refuse_mixed(store, replace(kpi, state=State.ACTIVE))
        return _Comparer(store, kpi, read_business(store), today).compared()


class _Comparer:
    """Compares one KPI."""

    def __init__(self, store: Store, kpi: Kpi, business: Business, today: date) -> None:
        """Read the KPI's own periods."""
        self.store = store
        self.kpi = kpi
        self.calendar = business.calendar
        self.today = today
        self.words = CompareWords(kpi.unit, business.style, kpi.decimals, today)
        self.known = {each.period.start: each for each in all_periods(store, kpi, self.calendar, today)}

    def compared(self) -> Compared:
        """Put the lines together."""
        whole = [each for each in self.known.values() if each.coverage is CoverageState.FULL]
        if not whole:
            return Compared(self.kpi, ())
        newest = whole[-1]
        lines = [self.period(newest), *self.so_far(newest.period), *self.longer(newest.period)]
        return Compared(self.kpi, tuple(lines))

    def period(self, newest: Actual) -> ComparedLine:
        """Compare the newest complete period."""
        partner = self.calendar.partner(newest.period)
        then = self.known.get(partner.start, Actual(partner, None, CoverageState.NONE))
        name = capital(period_name(newest.period, self.calendar, self.today))
        return self.words.line(Stretch.PERIOD, name, _side(newest), _side(then))

    def so_far(self, newest: Period) -> Iterator[ComparedLine]:
        """Compare the running period with the same number of days last year; nothing where none of it is known."""
        known = (
            None
            if self.kpi.cadence is Cadence.DAY
            else SoFarReader(self.store, self.calendar, self.today).so_far(self.kpi)
        )
        if known is None or known.period <= newest:
            return
        partner, last_year = self.calendar.partner(known.period), same_days(known.period, known.until, self.calendar)[1]
        now = Actual(known.period, known.value, CoverageState.FULL)
        then = Actual(partner, known.last_year, CoverageState.FULL, reason="not all of these days are known")
        name = f"{capital(period_name(known.period, self.calendar, self.today))} so far"
        yield self.words.line(
            Stretch.SO_FAR,
            name,
            ComparedSide(Covers(known.period.start, known.until), now),
            ComparedSide(last_year, then),
        )

    def longer(self, newest: Period) -> Iterator[ComparedLine]:
        """Compare the fiscal year up to the newest period, and the twelve months up to it."""
        if newest.cadence is Cadence.YEAR:
            return
        values = Longer(self.store, self.calendar)

        def line(stretch: Stretch, name: str, spans: tuple[Span, Span]) -> ComparedLine:
            now, then = (ComparedSide(span.covers, values.value(self.kpi, span)) for span in spans)
            return self.words.line(stretch, name, now, then)

        yield line(Stretch.YEAR_TO_DATE, "Year to date", year_to_date(newest, self.calendar))
        twelve = "Last 52 weeks" if newest.cadence in {Cadence.DAY, Cadence.WEEK} else "Last 12 months"
        yield line(Stretch.TWELVE_MONTHS, twelve, last_twelve_months(newest))


def _side(actual: Actual) -> ComparedSide:
    return ComparedSide(Covers(actual.period.start, actual.period.end), actual)
