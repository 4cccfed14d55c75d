"""Where a value comes from: the rows behind it, the file and record of each, part by part of a formula."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.actual import base_of
from kpi_core.definition import key_of
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Aggregate, Formula, FormulaKind, KpiRef, Measure, OneColumn, Typed
from kpi_core.period import period_name
from kpi_core.source import ColumnType
from kpi_core.store.business import read_business
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.typed import typed_values
from kpi_core.store.evaluation import fold_segment
from kpi_core.store.held import places_in_files
from kpi_core.store.import_list import list_imports
from kpi_core.store.measure_sql import Scan, cell, scan_of
from kpi_core.store.measures import add_functions
from kpi_core.store.rows import RowTable, decimal_text, row_table
from kpi_core.store.sources import Source, find_source
from kpi_core.store.sql import composed, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpi_core.kpi import Kpi, TypedValue, ValuesFrom
    from kpi_core.period import Calendar, Period
    from kpi_core.source import Column
    from kpi_core.store.data_file import Store

PAGE = 50
FILE = "File"
RECORD = "Row"


@dataclass(frozen=True)
class BehindRow:
    """One stored row: the file that brought it, its record number there, and its cells as text by header."""

    file_name: str
    import_id: int
    record: int
    cells: Mapping[str, str]

    @property
    def shown(self) -> dict[str, str]:
        """Lay it out for a grid: where it comes from first."""
        return {FILE: self.file_name, RECORD: str(self.record), **self.cells}


@dataclass(frozen=True)
class Behind:
    """One input of a value in one period: a sentence, and a page of its rows. `total`: how many there are in all."""

    sentence: str
    rows: tuple[BehindRow, ...] = ()
    total: int = 0
    columns: tuple[Column, ...] = ()
    added: str | None = None
    """The column of numbers that is added up; `amount` is its sum over all the rows, in units of 10**-scale."""
    amount: int = 0


def rows_behind(
    store: Store, kpi: Kpi, period: Period, segment: str = "", *, page: int = 0, size: int = PAGE
) -> tuple[Behind, ...]:
    """List what stands behind a KPI's value in a period, one entry an input; `page` counts from 0."""
    typed = [each for each in typed_values(store, kpi.id) if is_of(each, period, segment)]
    search = Search(store, read_business(store).calendar, fold_segment(segment), page, size)
    computed = tuple(search.parts(kpi.values, period, frozenset({key_of(kpi.name)})))
    if not typed:
        return computed
    beneath = () if isinstance(kpi.values, Typed) else computed
    return (Behind(typed_sentence(typed[0], over_rows=bool(beneath))), *beneath)


def is_of(typed: TypedValue, period: Period, segment: str) -> bool:
    """Tell whether a value was typed for this very period and segment."""
    return typed.period_start == period.start and fold_segment(typed.segment) == fold_segment(segment)


def typed_sentence(typed: TypedValue, *, over_rows: bool = False) -> str:
    """Say that a value was typed, why, and what it stands over."""
    said = f"Typed by hand: {typed.note}" if typed.note else "Typed by hand."
    return f"{said.removesuffix('.')}. It stands in place of what these rows make:" if over_rows else said


class Search:
    """Looks up rows, a page of them for each input."""

    def __init__(self, store: Store, calendar: Calendar, segment: str, page: int, size: int) -> None:
        """Keep what all inputs share; `segment` is folded."""
        self.store = store
        self.calendar = calendar
        self.segment = segment
        self.page = page
        self.size = size
        self.kpis = {key_of(kpi.name): kpi for kpi in kpis(store)}

    def parts(self, values: ValuesFrom | KpiRef, period: Period, seen: frozenset[str]) -> Iterator[Behind]:
        """Walk through the inputs of a definition."""
        match values:
            case Typed():
                yield Behind("Nothing was typed for this period.")
            case Measure():
                yield self.of_measure(values, period)
            case KpiRef(kpi=name):
                other = self.kpis.get(key_of(name))
                if other is not None and key_of(name) not in seen:
                    yield from self.of_kpi(other, period, seen)
            case Formula(parts=parts):
                for part in parts:
                    yield from self.parts(part, period, seen)
                if values.kind is FormulaKind.GROWTH:
                    yield from self.parts(parts[0], base_of(values, period, self.calendar), seen)

    def of_kpi(self, kpi: Kpi, period: Period, seen: frozenset[str]) -> Iterator[Behind]:
        """Walk through another KPI: its typed value, or what it is made of."""
        typed = [each for each in typed_values(self.store, kpi.id) if is_of(each, period, self.segment)]
        if typed:
            yield Behind(f"{kpi.name}: {typed_sentence(typed[0])}")
        else:
            yield from self.parts(kpi.values, period, seen | {key_of(kpi.name)})

    def of_measure(self, measure: Measure, period: Period) -> Behind:
        """Look up one page of the rows of a measure, newest last, as they stand in the files."""
        try:
            source = find_source(self.store, measure.source)
            table = row_table(self.store, source.id)
            scan = scan_of(source, table, measure)
        except (NotFound, RefusedDefinition) as error:
            return Behind(error.sentence)
        add_functions(self.store)
        counted = self.query(scan, period, "count(*)", "")
        total = int(str(counted[0][0]))
        columns = ", ".join(["r._id", *(cell(column) for column in table.columns)])
        portion = f"ORDER BY {scan.moment}, r._id LIMIT {self.size} OFFSET {self.page * self.size}"
        found = self.query(scan, period, columns, portion)
        name = period_name(period, self.calendar, None)
        sentence = f"{source.name}, {name}: {total} {'row' if total == 1 else 'rows'}."
        columns_ = tuple(column.meaning for column in table.columns)
        made = Behind(sentence, tuple(self.shown(source, table, found)), total, columns_)
        value = measure.value
        added = table.column(value.column) if isinstance(value, OneColumn) else None
        if added is None or measure.aggregate is not Aggregate.SUM or added.meaning.type is not ColumnType.NUMBER:
            return made
        parts = named("sum(r.{c} % 1000000000), sum(r.{c} / 1000000000)", c=added.sql_name)
        low, high = (int(str(part or 0)) for part in self.query(scan, period, parts, "")[0])
        return replace(made, added=added.meaning.name, amount=low + high * 10**9)

    def query(self, scan: Scan, period: Period, columns: str, rest: str) -> list[tuple[object, ...]]:
        """Read the rows that a measure counts in a period."""
        statement = """SELECT {columns} FROM {rows} r
            WHERE r._current = 1 AND {day} >= ? AND {day} < ? AND ? IN ('', {segment}){where} {rest}"""
        sql = composed(
            statement,
            columns=columns,
            rows=scan.rows,
            day=scan.day,
            segment=f"fold({scan.segment})" if scan.segment else "''",
            where=scan.where,
            rest=rest,
        )
        return self.store.all(sql, (period.start.isoformat(), period.end.isoformat(), self.segment, *scan.parameters))

    def shown(self, source: Source, table: RowTable, found: Sequence[tuple[object, ...]]) -> Iterator[BehindRow]:
        """Say of each row which file holds it, and write its cells as text."""
        places = places_in_files(self.store, source.id, (int(str(row[0])) for row in found))
        files = {each.id: each.file_name for each in list_imports(self.store, source.id)}
        for row in found:
            place = places[int(str(row[0]))]
            cells = {
                column.meaning.name: text(value, column.meaning.scale)
                for column, value in zip(table.columns, row[1:], strict=True)
            }
            yield BehindRow(files[place.import_id], place.import_id, place.record, cells)


def text(value: object, scale: int) -> str:
    """Write a stored cell as text; a blank one is empty."""
    if isinstance(value, int):
        return decimal_text(value, scale) or ""
    return "" if value is None else str(value)
