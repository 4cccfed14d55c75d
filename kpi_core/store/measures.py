"""The one way from rows to values: a measure over the current rows of its source, exact, by period and segment.

SQL adds up integers; whatever could leave 64 bits is made again in Python, which has no limit. A period is
`[start, end)`; the total is made from all rows, never from segments.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.actual import Actual, aggregate, fold, label_of, measured
from kpi_core.kpi import Aggregate
from kpi_core.store.held import places_in_files
from kpi_core.store.import_list import covered
from kpi_core.store.measure_sql import Expression, Scan, scan_of, whole
from kpi_core.store.rows import row_table
from kpi_core.store.sources import find_source
from kpi_core.store.sql import composed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpi_core.kpi import Measure
    from kpi_core.period import Period
    from kpi_core.store.data_file import Store

TOTAL = ""
OWN_DAY = "r._day"
UNIX_DAY_0 = date(1970, 1, 1)
PART = 10**9
ALL_DAYS = ("", "~")
"""Sorts around every ISO day, and holds the rows without a day too."""
INNER_NOTHING = {Aggregate.SUM: Fraction(0), Aggregate.COUNT: Fraction(0), Aggregate.COUNT_DIFFERENT: Fraction(0)}

Key = tuple[int, str]
Found = dict[Key, Fraction]
folded_once = lru_cache(maxsize=10_000)(fold)


@dataclass(frozen=True)
class Values:
    """Values of spans of days: `found[(n, folded segment)]` for the n-th span; `labels` as first written, by folded."""

    found: Mapping[Key, Fraction]
    labels: Mapping[str, str]


def measure_values(
    store: Store, measure: Measure, periods: Sequence[Period], *, split: bool = False
) -> dict[tuple[date, str], Actual]:
    """Make a measure's values: by period start and segment label ("" is the total); split: by its segment column too.

    Raises:
        NotFound: there is no source of that name.
        RefusedDefinition: the source has no such column, or one of another type.
    """
    source = find_source(store, measure.source)
    covers = covered(store, source.id, measure.date)
    spans = [(period.start.isoformat(), period.end.isoformat()) for period in periods]
    values = values_between(store, measure, spans, split=split)
    segments = {TOTAL: TOTAL, **values.labels}
    return {
        (period.start, label): measured(period, value_in(values, measure, (n, key)), covers, segment=label)
        for n, period in enumerate(periods)
        for key, label in segments.items()
    }


def measure_all(store: Store, measure: Measure, *, split: bool = False) -> dict[str, Fraction | None]:
    """Make a measure's value over all rows, whatever their day, by segment label ("" is the total)."""
    values = values_between(store, measure, [ALL_DAYS], split=split)
    segments = {TOTAL: TOTAL, **values.labels}
    return {label: value_in(values, measure, (0, key)) for key, label in segments.items()}


def measure_between(store: Store, measure: Measure, start: date, end: date) -> Fraction | None:
    """Make a measure's value over the days `[start, end)`, whether they are covered or not."""
    values = values_between(store, measure, [(start.isoformat(), end.isoformat())], split=False)
    return value_in(values, measure, (0, TOTAL))


def daily(store: Store, measure: Measure, start: date, end: date) -> dict[date, Fraction]:
    """Make a measure's value for each day of `[start, end)` that has rows."""
    span = [(start.isoformat(), end.isoformat())]
    found = values_between(store, measure, span, split=False, by_day=True).found
    return {UNIX_DAY_0 + timedelta(days=n): value for (n, _), value in sorted(found.items())}


def value_in(values: Values, measure: Measure, key: Key) -> Fraction | None:
    """Read a value; where there are no rows, a sum and a count are 0 and everything else is missing."""
    return values.found.get(key, INNER_NOTHING.get(measure.aggregate))


def values_between(
    store: Store, measure: Measure, spans: Sequence[tuple[str, str]], *, split: bool, by_day: bool = False
) -> Values:
    """Make a measure's values for spans of days `[start, end)`, each for all its rows and, split, by segment.

    `by_day`: for each day in the spans instead, numbered from UNIX_DAY_0; of what adds up over rows.
    """
    source = find_source(store, measure.source)
    table = row_table(store, source.id)
    if not table.columns:
        return Values({}, {})
    scan = scan_of(source, table, measure)
    add_functions(store)
    number = f"CAST(strftime('%s', substr({scan.day}, 1, 10)) AS INTEGER) / 86400" if by_day else "span.key"
    reader = Reader(store, scan, json.dumps(spans), source.id, number)
    found = reader.values(measure.aggregate, by_segment=False)
    if not split or scan.segment is None:
        return Values(found, {})
    labels = reader.labels()
    return Values({**found, **reader.values(measure.aggregate, by_segment=True)}, labels)


def add_functions(store: Store) -> None:
    """Teach SQLite what it cannot do itself: fold letters of any language."""
    store.conn.create_function("fold", 1, folded_once, deterministic=True)


class Reader:
    """The queries of one measure over some spans of days."""

    def __init__(self, store: Store, scan: Scan, spans: str, source_id: int, number: str = "span.key") -> None:
        """Keep what the queries are made of; `spans` is a JSON list of [start, end], `number` what they count as."""
        self.number = number
        self.store = store
        self.scan = scan
        self.spans = spans
        self.source_id = source_id
        self.segment = f"fold({scan.segment})"

    def query(self, columns: str, rest: str, *, by_segment: bool, also: str = "1") -> list[tuple[object, ...]]:
        """Read columns of the rows in each span; the first two are the span's number and the folded segment."""
        statement = """SELECT {number} AS n, {segment} AS segment, {columns} FROM json_each(?) span
            CROSS JOIN {rows} r
                ON {day} >= json_extract(span.value, '$[0]') AND {day} < json_extract(span.value, '$[1]')
            WHERE r._current = 1 AND {also}{where} {rest}"""
        segment = self.segment if by_segment else "''"
        scan = self.scan
        sql = composed(
            statement,
            number=self.number,
            segment=segment,
            columns=columns,
            rows=scan.rows,
            day=scan.day,
            also=also,
            where=scan.where,
            rest=rest,
        )
        return self.store.all(sql, (self.spans, *scan.parameters))

    def labels(self) -> dict[str, str]:
        """Read the segments' labels as first written; where no two fold alike, SQL groups them as they are."""
        first = f"{self.scan.segment}, min(r._id)"
        found = self.query(first, f"GROUP BY {self.scan.segment} ORDER BY min(r._id)", by_segment=True)
        labels: dict[str, str] = {}
        for _, folded, label, _ in found:
            labels.setdefault(str(folded), label_of(None if label is None else str(label)))
        if self.scan.segment is not None and len(labels) == len(found):
            self.segment = self.scan.segment
        return labels

    def values(self, how: Aggregate, *, by_segment: bool) -> Found:
        """Make the values of every span that has rows."""
        value = self.scan.expression
        if value is None:
            return self.counted(how, by_segment=by_segment)
        match how:
            case Aggregate.LAST:
                return self.newest(value, by_segment=by_segment)
            case Aggregate.SUM | Aggregate.AVERAGE | Aggregate.MIN | Aggregate.MAX:
                return self.added(value, how, by_segment=by_segment)
            case Aggregate.MEDIAN | Aggregate.NET_PROMOTER_SCORE | Aggregate.COUNT | Aggregate.COUNT_DIFFERENT:
                return self.distributed(value, how, by_segment=by_segment)

    def counted(self, how: Aggregate, *, by_segment: bool) -> Found:
        """Count rows, cells that are not blank, or different cells; letter case does not make two of one."""
        cell = self.scan.counted
        if how is Aggregate.COUNT_DIFFERENT:
            column = f"count(DISTINCT {cell} COLLATE NOCASE)"
        else:
            column = f"count({cell or '*'})"
        found = self.query(column, "GROUP BY 1, 2", by_segment=by_segment)
        return {key(row, by_segment=by_segment): Fraction(whole(row[2]) or 0) for row in found}

    def added(self, value: Expression, how: Aggregate, *, by_segment: bool) -> Found:
        """Add up, average, or find the smallest or largest value in SQL; in Python where 64 bits are not enough."""
        # A sum in two parts cannot overflow, however many rows there are
        parts = {
            Aggregate.MIN: "min({v}), 0, 1",
            Aggregate.MAX: "max({v}), 0, 1",
            Aggregate.AVERAGE: "sum({v} % {part}), sum({v} / {part}), count({v})",
        }.get(how, "sum({v} % {part}), sum({v} / {part}), 1")
        guard = "max(typeof({v}) = 'real')" if value.may_overflow else "0"
        columns = composed(f"{parts}, {guard}", v=value.sql, part=str(PART))
        found = self.query(columns, "GROUP BY 1, 2", by_segment=by_segment)
        if any(row[5] for row in found):
            return self.distributed(value, how, by_segment=by_segment)
        unit = 10**value.scale
        return {
            key(row, by_segment=by_segment): Fraction(
                (whole(row[2]) or 0) + (whole(row[3]) or 0) * PART, (whole(row[4]) or 1) * unit
            )
            for row in found
            if row[2] is not None
        }

    def distributed(self, value: Expression, how: Aggregate, *, by_segment: bool) -> Found:
        """Count how often each value occurs, and make one value of that in Python."""
        columns = ", ".join(value.columns)
        found = self.query(f"{columns}, count(*)", f"GROUP BY 1, 2, {columns}", by_segment=by_segment)
        unit = 10**value.scale
        counted: dict[Key, list[tuple[Fraction, int]]] = defaultdict(list)
        for row in found:
            number = value.exact(row[2:-1])
            if number is not None:
                counted[key(row, by_segment=by_segment)].append((Fraction(number, unit), whole(row[-1]) or 0))
        made = {each: aggregate(how, pairs) for each, pairs in counted.items()}
        return {each: number for each, number in made.items() if number is not None}

    def newest(self, value: Expression, *, by_segment: bool) -> Found:
        """Take the value of the newest row that has one; among equal moments the later row of the newest file."""
        scan = self.scan
        newest = self.query(
            f"max({scan.moment})", "GROUP BY 1, 2", by_segment=by_segment, also=f"{value.sql} IS NOT NULL"
        )
        spans = [[str(row[2])[:10] if scan.day == OWN_DAY else row[2], row[0], row[1], row[2]] for row in newest]
        columns = ", ".join(value.columns)
        segment = self.segment if by_segment else "''"
        statement = """SELECT json_extract(span.value, '$[1]'), json_extract(span.value, '$[2]'), r._id, {columns}
            FROM json_each(?) span CROSS JOIN {rows} r ON {day} = json_extract(span.value, '$[0]')
            WHERE r._current = 1 AND {moment} = json_extract(span.value, '$[3]')
            AND {segment} IS json_extract(span.value, '$[2]') AND {value} IS NOT NULL{where}"""
        sql = composed(
            statement,
            columns=columns,
            rows=scan.rows,
            day=scan.day,
            moment=scan.moment,
            segment=segment,
            value=value.sql,
            where=scan.where,
        )
        found = self.store.all(sql, (json.dumps(spans), *scan.parameters))
        equals: dict[Key, dict[int, int]] = defaultdict(dict)
        for row in found:
            number = value.exact(row[3:])
            if number is not None:
                equals[key(row, by_segment=by_segment)][whole(row[2]) or 0] = number
        unit = 10**value.scale
        return {each: Fraction(rows[self.latest(list(rows))], unit) for each, rows in equals.items()}

    def latest(self, row_ids: list[int]) -> int:
        """Pick the later row of the newest file that holds any of them."""
        if len(row_ids) == 1:
            return row_ids[0]
        places = places_in_files(self.store, self.source_id, row_ids)
        return max(row_ids, key=lambda row_id: (places[row_id], row_id))


def key(row: tuple[object, ...], *, by_segment: bool) -> Key:
    """Read the span's number and the folded segment from a row."""
    return whole(row[0]) or 0, folded_once(None if row[1] is None else str(row[1])) if by_segment else TOTAL
