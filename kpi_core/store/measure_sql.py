"""A measure as SQL over the current rows of its source (`r`): its day, its value, its filters, its segment.

Column names are quoted, everything an owner typed is a bound parameter. Text is compared trimmed and case-folded.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual import fold
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Difference, Elapsed, OneColumn, Product
from kpi_core.source import ColumnType, RowFilter, RowTest
from kpi_core.store.rows import plural, same_header
from kpi_core.store.sql import composed, quoted

if TYPE_CHECKING:
    from kpi_core.kpi import Measure, RowValue
    from kpi_core.store.rows import RowTable, StoredColumn
    from kpi_core.store.sources import Source

NUMBERS = (ColumnType.NUMBER, ColumnType.DURATION)
LARGEST = 2**63 - 1

Cells = tuple[object, ...]


@dataclass(frozen=True)
class Expression:
    """The value of a row: integers in units of 10**-scale.

    `sql` may leave the range of 64 bits; `exact` makes the same of the bare cells of `columns` without a limit.
    """

    sql: str
    columns: tuple[str, ...]
    scale: int
    exact: Callable[[Cells], int | None]
    may_overflow: bool = False


@dataclass(frozen=True)
class Scan:
    """Everything of a measure that goes into a query; `where` begins with AND."""

    rows: str
    day: str
    moment: str
    where: str
    parameters: tuple[object, ...]
    segment: str | None
    expression: Expression | None
    counted: str | None
    """The column of a COUNT or COUNT_DIFFERENT, of any type."""


def scan_of(source: Source, table: RowTable, measure: Measure) -> Scan:
    """Write a measure as SQL.

    Raises:
        RefusedDefinition: a column that the source does not have, or whose type the measure cannot use.
    """
    own = source.recipe.date
    dated = (
        None
        if measure.date is None or (own and same_header(own, measure.date))
        else column_of(source, table, measure.date)
    )
    own_column = table.column(own) if own else None
    day = "r._day" if dated is None else cell(dated)
    told = dated or own_column
    moment = "r._day" if told is None else cell(told)
    filters = [condition(source, table, each, moment) for each in measure.where]
    return Scan(
        rows=quoted(table.name),
        day=day,
        moment=moment,
        where="".join(f" AND {sql}" for sql, _ in filters),
        parameters=tuple(value for _, values in filters for value in values),
        segment=None if measure.segment is None else label_cell(column_of(source, table, measure.segment)),
        expression=None if is_counted(measure) else expression(source, table, measure.value),
        counted=counted_column(source, table, measure),
    )


def is_counted(measure: Measure) -> bool:
    """Tell whether rows or different cells are counted, so that the value need not be a number."""
    return measure.aggregate in {Aggregate.COUNT, Aggregate.COUNT_DIFFERENT}


def counted_column(source: Source, table: RowTable, measure: Measure) -> str | None:
    """Name the column whose cells are counted."""
    if not is_counted(measure) or not isinstance(measure.value, OneColumn):
        return None
    return cell(column_of(source, table, measure.value.column))


def cell(column: StoredColumn) -> str:
    """Write a column of the rows."""
    return "r." + quoted(column.sql_name)


def label_cell(column: StoredColumn) -> str:
    """Write the label that a column gives to a row: a number as its shortest decimal text, all else as it is."""
    name, unit = cell(column), 10**column.meaning.scale
    if column.meaning.type not in NUMBERS:
        return name
    if unit == 1:
        return f"CAST({name} AS TEXT)"
    # Without trailing zeros: the same number is one label, however many decimals its file writes
    digits = f"printf('%d.%0{column.meaning.scale}d', abs({name}) / {unit}, abs({name}) % {unit})"
    sign = f"CASE WHEN {name} < 0 THEN '-' ELSE '' END"
    return f"CASE WHEN {name} IS NOT NULL THEN {sign} || rtrim(rtrim({digits}, '0'), '.') END"


def column_of(source: Source, table: RowTable, name: str) -> StoredColumn:
    """Find a column that a measure names."""
    found = table.column(name)
    if found is None:
        known = ", ".join(column.meaning.name for column in table.columns)
        raise no_column(source, name, known)
    return found


def number_of(source: Source, table: RowTable, name: str) -> StoredColumn:
    """Find a column of numbers that a measure names."""
    found = column_of(source, table, name)
    if found.meaning.type not in NUMBERS:
        raise no_numbers(found)
    return found


def expression(source: Source, table: RowTable, value: RowValue | None) -> Expression:
    """Write the value of a row."""
    match value:
        case OneColumn(name):
            column = number_of(source, table, name)
            return Expression(cell(column), (cell(column),), column.meaning.scale, lambda cells: whole(cells[0]))
        case Product(first, second):
            return product(number_of(source, table, first), number_of(source, table, second))
        case Difference(first, second):
            return difference(number_of(source, table, first), number_of(source, table, second))
        case Elapsed(start, end):
            return elapsed(date_of(source, table, start), date_of(source, table, end))
        case None:
            raise no_value(source)


def product(first: StoredColumn, second: StoredColumn) -> Expression:
    """Multiply two columns; a blank one gives no value."""
    columns = (cell(first), cell(second))

    def exact(cells: Cells) -> int | None:
        one, other = whole(cells[0]), whole(cells[1])
        return None if one is None or other is None else one * other

    scale = first.meaning.scale + second.meaning.scale
    return Expression(" * ".join(columns), columns, scale, exact, may_overflow=True)


def difference(first: StoredColumn, second: StoredColumn) -> Expression:
    """Subtract one column from another, in the finer unit of the two; a blank second counts as 0."""
    columns = (cell(first), cell(second))
    scale = max(first.meaning.scale, second.meaning.scale)
    lifts = (10 ** (scale - first.meaning.scale), 10 ** (scale - second.meaning.scale))

    def exact(cells: Cells) -> int | None:
        one, other = whole(cells[0]), whole(cells[1])
        return None if one is None else one * lifts[0] - (other or 0) * lifts[1]

    sql = f"({columns[0]} * {lifts[0]} - coalesce({columns[1]}, 0) * {lifts[1]})"
    return Expression(sql, columns, scale, exact, may_overflow=True)


def elapsed(start: StoredColumn, end: StoredColumn) -> Expression:
    """Count the seconds between two moments; a blank end gives no value."""
    columns = (cell(start), cell(end))
    seconds = [f"CAST(strftime('%s', {column}) AS INTEGER)" for column in columns]

    def exact(cells: Cells) -> int | None:
        if cells[0] is None or cells[1] is None:
            return None
        passed = datetime.fromisoformat(str(cells[1])) - datetime.fromisoformat(str(cells[0]))
        return passed.days * 86400 + passed.seconds

    return Expression(f"({seconds[1]} - {seconds[0]})", columns, 0, exact)


def date_of(source: Source, table: RowTable, name: str) -> StoredColumn:
    """Find a column of dates that a measure names."""
    found = column_of(source, table, name)
    if found.meaning.type is not ColumnType.DATE:
        raise no_dates(found)
    return found


def whole(found: object) -> int | None:
    """Take a cell as a whole number; a blank is none."""
    return found if isinstance(found, int) else None


def condition(source: Source, table: RowTable, row_filter: RowFilter, moment: str) -> tuple[str, tuple[object, ...]]:
    """Write a filter as SQL with its parameters."""
    column = column_of(source, table, row_filter.column)
    name = cell(column)
    match row_filter.test:
        case RowTest.IS_ONE_OF:
            return one_of(column, row_filter.values)
        case RowTest.IS_NOT:
            inside, parameters = one_of(column, row_filter.values)
            return f"NOT coalesce({inside}, 0)", parameters
        case RowTest.IS_EMPTY:
            return f"coalesce(trim({name}), '') = ''", ()
        case RowTest.IS_NOT_EMPTY:
            return f"coalesce(trim({name}), '') <> ''", ()
        case RowTest.ABOVE:
            return f"{name} > ?", (limit(column, row_filter, math.floor),)
        case RowTest.BELOW:
            return f"{name} < ?", (limit(column, row_filter, math.ceil),)
        case RowTest.FIRST_SEEN:
            return f"{name} IS NOT NULL AND NOT {seen_before(table, column, moment)}", ()
        case RowTest.SEEN_BEFORE:
            return f"{name} IS NOT NULL AND {seen_before(table, column, moment)}", ()


def one_of(column: StoredColumn, values: tuple[str, ...]) -> tuple[str, tuple[object, ...]]:
    """Write that a cell is one of some values; a blank value means an empty cell."""
    name, marks = cell(column), ", ".join("?" * len(values))
    if column.meaning.type in NUMBERS:
        numbers = [scaled(text, column.meaning.scale) for text in values]
        blank = f" OR {name} IS NULL" if any(not text.strip() for text in values) else ""
        return f"({name} IN ({marks}){blank})", tuple(
            int(n) if n is not None and n == int(n) and abs(n) <= LARGEST else None for n in numbers
        )
    # The exact spelling first: it spares most rows the call into Python
    return f"({name} IN ({marks}) OR fold({name}) IN ({marks}))", (*values, *(fold(text) for text in values))


def limit(column: StoredColumn, row_filter: RowFilter, towards: Callable[[Fraction], int]) -> int:
    """Bring the number of ABOVE or BELOW into the unit of the column; whole, without moving any cell across it."""
    if column.meaning.type not in NUMBERS:
        raise no_numbers(column)
    number = scaled(row_filter.values[0], column.meaning.scale) if row_filter.values else None
    if number is None:
        raise no_limit(row_filter)
    return max(-LARGEST - 1, min(LARGEST, towards(number)))


def scaled(text: str, scale: int) -> Fraction | None:
    """Read a decimal number in units of 10**-scale; None where it is none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return Fraction(number) * 10**scale if number.is_finite() else None


def seen_before(table: RowTable, column: StoredColumn, moment: str) -> str:
    """Write that an earlier current row of the source has the same cell; at equal moments the file's order counts."""
    statement = """EXISTS (SELECT 1 FROM {rows} earlier WHERE earlier._current = 1
        AND earlier.{name} = r.{name} COLLATE NOCASE AND (earlier.{moment}, earlier._id) < (r.{moment}, r._id))"""
    return composed(statement, rows=quoted(table.name), name=quoted(column.sql_name), moment=moment.removeprefix("r."))


def no_column(source: Source, name: str, known: str) -> RefusedDefinition:
    """Say that a source has no such column."""
    return RefusedDefinition(f'{source.name} has no column "{name}".', f"It has: {known}.")


def no_numbers(column: StoredColumn) -> RefusedDefinition:
    """Say that a column holds no numbers."""
    kind = plural(column.meaning.type)
    return RefusedDefinition(f'"{column.meaning.name}" holds {kind}, not numbers.', "Choose a column of numbers.")


def no_dates(column: StoredColumn) -> RefusedDefinition:
    """Say that a column holds no dates."""
    kind = plural(column.meaning.type)
    return RefusedDefinition(f'"{column.meaning.name}" holds {kind}, not dates.', "Choose a column of dates.")


def no_limit(row_filter: RowFilter) -> RefusedDefinition:
    """Say that above or below needs a number."""
    return RefusedDefinition(f'"{row_filter.column}" {row_filter.test} what?', "Give one number, such as 100 or 99.5.")


def no_value(source: Source) -> RefusedDefinition:
    """Say that a measure names no value."""
    return RefusedDefinition(
        f"Which numbers of {source.name} are meant?", "Choose a column of numbers, or count its rows."
    )
