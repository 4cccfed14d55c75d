"""Which periods of a KPI must be made again, after files, definitions or typed values changed.

A value is touched where anything that it reads is: its source's rows or coverage in a month, another KPI in a period.
Growth reads the base period too, so a touched month reaches into the future; "seen before" reads everything earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kpi_core.definition import key_of
from kpi_core.kpi import Measure
from kpi_core.source import RowTest
from kpi_core.store.sources import fold
from kpi_core.store.things import stale
from kpi_core.store.touched import months_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpi_core.kpi import Kpi
    from kpi_core.period import Period
    from kpi_core.source import Covers
    from kpi_core.store.data_file import Store
    from kpi_core.store.evaluation import Evaluation, Input

LOOKING_BACK = {RowTest.FIRST_SEEN, RowTest.SEEN_BEFORE}
SOME_DAY = date(2000, 1, 1)
"""What a definition reads is the same in every period; this one stands for all."""


@dataclass(frozen=True)
class Touched:
    """What changed. `months`: `YYYY-MM` by folded source and date column ('' is the source's own day).

    `starts`: starts of periods by KPI number, None for all of its periods.
    """

    months: Mapping[tuple[str, str], frozenset[str]]
    starts: Mapping[int, frozenset[str] | None]

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.months or self.starts)

    def of(self, measure: Measure) -> frozenset[str]:
        """Name the touched months of a measure's source by its date column; coverage goes by the source's own day."""
        source, column = fold(measure.source), fold(measure.date or "")
        return self.months.get((source, column), frozenset()) | self.months.get((source, ""), frozenset())


def touched(store: Store) -> Touched:
    """Read what changed since values were last made."""
    found = store.all("SELECT s.name, t.date_column, t.month FROM touched t JOIN sources s ON s.id = t.source_id")
    months: dict[tuple[str, str], set[str]] = {}
    for source, column, month in found:
        months.setdefault((fold(str(source)), fold(str(column))), set()).add(str(month))
    return Touched({key: frozenset(found) for key, found in months.items()}, stale(store))


def affected(evaluation: Evaluation, kpi: Kpi, marks: Touched) -> list[Period] | None:
    """List the periods of a KPI whose values may have changed, oldest first; None for all of them."""
    calendar = evaluation.calendar
    own = marks.starts.get(kpi.id, frozenset())
    reads = list(evaluation.reads(kpi, calendar.period(kpi.cadence, SOME_DAY)))
    others = {each: stale_starts(evaluation, each, marks) for each, _ in reads if isinstance(each, str)}
    if own is None or None in others.values():
        return None
    hit = {calendar.period(kpi.cadence, date.fromisoformat(start)) for start in own}
    months = {month for each, _ in reads if isinstance(each, Measure) for month in marks.of(each)}
    days = [date.fromisoformat(f"{month}-01") for month in months]
    days += [date.fromisoformat(start) for starts in others.values() for start in starts or ()]
    if days:
        end = (max(days) + timedelta(days=31)).replace(day=1)
        if reaches_forward(reads):
            end = max([end, *(each.end for each in spans(evaluation, kpi))])
        candidates = calendar.periods(kpi.cadence, min(days), end)
        hit |= {period for period in candidates if is_hit(evaluation, kpi, period, marks)}
    return sorted(hit)


def stale_starts(evaluation: Evaluation, name: str, marks: Touched) -> frozenset[str] | None:
    """Tell which periods of another KPI changed by themselves; None for all of them."""
    other = evaluation.kpis.get(name)
    return frozenset() if other is None else marks.starts.get(other.id, frozenset())


def is_hit(evaluation: Evaluation, kpi: Kpi, period: Period, marks: Touched) -> bool:
    """Tell whether anything that a value reads was touched."""
    for each, when in evaluation.reads(kpi, period):
        if isinstance(each, str):
            starts = stale_starts(evaluation, each, marks) or frozenset()
            if any(when.start <= date.fromisoformat(start) < when.end for start in starts):
                return True
        elif looks_back(each):
            if any(month <= f"{when.end:%Y-%m}" for month in marks.of(each)):
                return True
        elif not marks.of(each).isdisjoint(months_between(when.start, when.end)):
            return True
    return False


def looks_back(measure: Measure) -> bool:
    """Tell whether a measure depends on all earlier rows: whether a customer is new does."""
    return any(row_filter.test in LOOKING_BACK for row_filter in measure.where)


def reaches_forward(reads: Sequence[tuple[Input, Period]]) -> bool:
    """Tell whether a change reaches later periods: growth reads several periods, "seen before" all earlier rows."""
    return len({when for _, when in reads}) > 1 or any(
        isinstance(each, Measure) and looks_back(each) for each, _ in reads
    )


def horizon(evaluation: Evaluation, kpi: Kpi) -> list[Period]:
    """List all periods of which something may be known: from the first to the last day of any input."""
    found = list(spans(evaluation, kpi))
    if not found:
        return []
    start, end = min(each.start for each in found), max(each.end for each in found)
    return evaluation.calendar.periods(kpi.cadence, start, end)


def spans(evaluation: Evaluation, kpi: Kpi) -> Iterator[Covers]:
    """List the days that a KPI's inputs and typed values speak for."""
    yield from evaluation.typed_days(key_of(kpi.name))
    for each, _ in evaluation.reads(kpi, evaluation.calendar.period(kpi.cadence, SOME_DAY)):
        if isinstance(each, Measure):
            yield from evaluation.covered(each)
        else:
            yield from evaluation.typed_days(each)
