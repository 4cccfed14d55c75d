"""What is known of KPIs' running periods, from the rows of their complete days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.kpi import Formula, FormulaKind, KpiRef, Measure, Typed
from kpi_core.projection.pacing import PROFILE_DAYS
from kpi_core.running import DailyValues, SoFar, adds_up, complete_until, looked_back, with_pace
from kpi_core.source import Covers, RowTest
from kpi_core.store.evaluation import Evaluation
from kpi_core.store.measures import daily

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpi_core.kpi import Kpi, ValuesFrom
    from kpi_core.period import Calendar, Period
    from kpi_core.store.data_file import Store

LOOKED_UP = {RowTest.FIRST_SEEN, RowTest.SEEN_BEFORE}
MOST_KEPT = 5_000
_known: dict[tuple[object, ...], SoFar | None] = {}
"""Running periods that were worked out before, by everything they depend on: rows are read once, not on every look."""

STATE = """SELECT (SELECT max(id) FROM imports), (SELECT max(added_at) FROM imports),
    (SELECT count(*) FROM imports WHERE undone_at IS NULL), (SELECT max(undone_at) FROM imports),
    (SELECT max(id) FROM changes), (SELECT max(at) FROM changes)"""
"""Differs whenever rows or definitions do."""


class SoFarReader:
    """Reads running periods at one state of the data file."""

    def __init__(self, store: Store, calendar: Calendar, today: date) -> None:
        """Keep what all of them depend on."""
        self.store = store
        self.calendar = calendar
        self.today = today
        self.state = None if store.path is None else (str(store.path), store.one(STATE), calendar, today)
        self.evaluations: dict[int | None, Evaluation] = {}

    def so_far(self, kpi: Kpi) -> SoFar | None:
        """Gather the running period of a KPI; None where nothing of it is covered, or it is typed."""
        if self.state is None:
            return self.worked_out(kpi)
        key = (*self.state, kpi.values, kpi.cadence)
        if key not in _known:
            if len(_known) >= MOST_KEPT:
                _known.clear()
            _known[key] = self.worked_out(kpi)
        return _known[key]

    def worked_out(self, kpi: Kpi) -> SoFar | None:
        """Read the running period from the rows."""
        evaluation = self.evaluation(None)
        period = self.calendar.period(kpi.cadence, self.today)
        measures = self.measures(evaluation, kpi, period)
        covers = [evaluation.covered(measure) for measure in measures]
        until = min((complete_until(period, each, self.today) for each in covers), default=period.start)
        if until == period.start:
            return None
        first_days = self.evaluation((until - period.start).days)
        first_days.define(kpi)
        before, last_year = self.calendar.previous(period), self.calendar.partner(period)
        first_days.load(((kpi, when) for when in (period, before, last_year)), split=False)
        known = SoFar(
            period,
            until,
            first_days.actual(kpi, period).value,
            first_days.actual(kpi, before).value,
            first_days.actual(kpi, last_year).value,
            adds_up(kpi.values),
            self.daily(kpi, period, until, covers) if adds_up(kpi.values) else None,
        )
        return with_pace(known, self.calendar)

    def evaluation(self, days: int | None) -> Evaluation:
        """Share one evaluation among all KPIs whose running period is as far."""
        if days not in self.evaluations:
            whole = self.evaluations.get(None)
            self.evaluations[days] = Evaluation(self.store, self.calendar) if whole is None else whole.of_days(days)
        return self.evaluations[days]

    def measures(self, evaluation: Evaluation, kpi: Kpi, period: Period) -> list[Measure]:
        """List what must be covered; nothing where a typed KPI is part of it, because nobody types half a period."""
        reads = [each for each, when in evaluation.reads(kpi, period) if when == period]
        others = [evaluation.kpis.get(each) for each in reads if isinstance(each, str)]
        if any(other is None or isinstance(other.values, Typed) for other in others):
            return []
        return [each for each in reads if isinstance(each, Measure)]

    def daily(self, kpi: Kpi, period: Period, until: date, covers: Sequence[Sequence[Covers]]) -> DailyValues:
        """Add up each day of the running period and of those that its pace is told from, in one query a measure.

        Where every row is looked up among all earlier ones ("first seen"), only of the eight weeks that tell a profile.
        """
        start = looked_back(period, self.calendar)
        if any(each.test in LOOKED_UP for measure, _ in signed(kpi.values) for each in measure.where):
            start = period.start - timedelta(days=PROFILE_DAYS)
        values: dict[date, Fraction] = defaultdict(Fraction)
        for measure, sign in signed(kpi.values):
            for day, value in daily(self.store, measure, start, until).items():
                values[day] += sign * value
        common = [Covers(start, until)]
        for other in covers:
            common = list(both(common, other))
        return DailyValues(values, tuple(common))


def signed(values: ValuesFrom | KpiRef, sign: int = 1) -> Iterator[tuple[Measure, int]]:
    """List the measures of what adds up over days, with how each counts."""
    match values:
        case Measure():
            yield values, sign
        case Formula(kind=kind, parts=parts):
            for place, part in enumerate(parts):
                yield from signed(part, -sign if place and kind is FormulaKind.DIFFERENCE else sign)
        case Typed() | KpiRef():
            return


def both(ones: Sequence[Covers], others: Sequence[Covers]) -> Iterator[Covers]:
    """List the days that both sides cover.

    >>> [each.end.day for each in both([Covers(date(2025, 1, 1), date(2025, 1, 9))],
    ...                                [Covers(date(2025, 1, 2), date(2025, 1, 5))])]
    [5]
    """
    for one in ones:
        for other in others:
            start, end = max(one.start, other.start), min(one.end, other.end)
            if start < end:
                yield Covers(start, end)
