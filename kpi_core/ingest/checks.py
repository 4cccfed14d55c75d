"""What is verified about a file and shown: totals against our own sums, balances, currencies, days to come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.ingest import keys, number, words
from kpi_core.ingest.amount_shapes import template
from kpi_core.ingest.currency import currencies_by_column
from kpi_core.ingest.kinds import DIGIT
from kpi_core.ingest.signs import pair_of
from kpi_core.source import Check, ColumnRole, ColumnType
from kpi_core.unit import NumberStyle, Unit, UnitKind, format_exactly
from kpi_core.vector import different, some, tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kpi_core.ingest.report import ColumnReading, ColumnsReading

LEAST_BALANCES: Final = 3
SAMPLE: Final = 5_000
"""Rows in which columns are compared, and in which an amount that repeats on each line of an order shows itself."""
MOST_RIVALS: Final = 3
LEAST_SUMMED: Final = 2
"""A figure equal to the only one beside it is no sum."""


def figure(cell: str, mark: str | None) -> Decimal | None:
    """Read one figure under the decimal mark of its file.

    >>> figure("-$1,574.04", "."), figure("9.822,50", ","), figure("Total", ".")
    (Decimal('-1574.04'), Decimal('9822.50'), None)
    """
    text = cell.strip()
    found = template(DIGIT.sub("9", text)) if text else None
    decimals = found.decimals(mark or number.POINT) if found else None
    if found is None or decimals is None:
        return None
    digits = int("".join(char for char in text if char.isdigit()))
    return Decimal(-digits if found.negative else digits).scaleb(-decimals)


def sums(reading: ColumnsReading) -> dict[str, Decimal]:
    """Add up each column of numbers over the used rows, exactly."""
    found = {}
    for column in reading.types:
        if column.type is ColumnType.NUMBER:
            cells: Sequence[int | None] = reading.cells[column.name]  # type: ignore[assignment]
            found[column.name] = Decimal(sum(cell * count for cell, count in tally(cells))).scaleb(-column.scale)
    return found


def equals_sum(row: Sequence[str], names: Sequence[str], own: Mapping[str, Decimal], mark: str | None) -> bool:
    """Tell whether a record holds the sum of a column, zero aside: then it is a total whatever it says."""
    return any(
        own.get(name) and figure(cell, mark) == own[name] for name, cell in zip(names, row, strict=False) if cell
    )


def sums_above(reading: ColumnsReading, records: Sequence[int], row: int) -> dict[str, Decimal]:
    """Add up each column of numbers over the used rows that stand above a record; empty for fewer than two."""
    above = [place for place, index in enumerate(reading.used) if records[index] < row]
    if len(above) < LEAST_SUMMED:
        return {}
    return sums(replace(reading, cells={name: some(cells, above) for name, cells in reading.cells.items()}))


def check_totals(
    totals: Sequence[tuple[int, Sequence[str]]], names: Sequence[str], reading: ColumnsReading, style: NumberStyle
) -> tuple[Check, ...]:
    """Compare the totals that were left out with our own sum of the value column.

    Args:
        totals: record number and cells of each total.
        names: of the columns.
        reading: the rows that were used.
        style: how the business writes numbers.
    """
    value = reading.value_column
    if not totals or value is None or value not in names:
        return ()
    own = sums(reading).get(value)
    if own is None:
        return ()
    at = list(names).index(value)
    stated = [(row, found) for row, cells in totals if (found := figure(cells[at], reading.decimal)) is not None]
    if not stated:
        return ()
    equal = next((row for row, found in stated if found == own), None)
    ours = _written(own, style)
    if equal is not None:
        return (Check("total", ok=True, text=f"The total in row {equal} equals our own sum of {value}: {ours}."),)
    row, found = stated[0]
    text = f"The total in row {row} says {_written(found, style)}, but the rows of {value} add up to {ours}."
    return (Check("total", ok=False, text=text),)


def _written(number: Decimal, style: NumberStyle) -> str:
    """Write a figure as the business writes numbers, with all its digits.

    >>> _written(Decimal("1234.50"), NumberStyle("de_DE"))
    '1.234,50'
    """
    return format_exactly(Fraction(number), Unit(UnitKind.COUNT), style, max(-int(number.as_tuple().exponent), 0))


def check_choice(reading: ColumnsReading) -> tuple[Check, ...]:
    """Say which other columns could as well date the rows or be their amount, where that would make a difference.

    It is said and not asked: a file that no recipe knows waits for a click in any case, its date and amount stand
    beside, and a KPI picks its own columns. What is confirmed is the recipe's from then on.
    """
    kinds = {column.name: column.type for column in reading.types}
    pair = pair_of(reading)
    # Money in and money out are no rivals: the reading says what to do with both
    both = {pair.came_in, pair.went_out} if pair else set()
    checks = []
    for chosen, does in ((reading.date_column, "date the rows"), (reading.value_column, "be the amount")):
        if chosen is None:
            continue
        is_date = kinds[chosen] is ColumnType.DATE
        others = [
            name
            for name in reading.rivals
            if name in kinds
            and not {chosen, name} <= both
            and (kinds[name] is ColumnType.DATE) == is_date
            and _differ(reading, chosen, name)
        ]
        if others:
            listed = " and ".join(f'"{name}"' for name in others[:MOST_RIVALS])
            text = (
                f'"{chosen}" is taken; {listed} could {does} as well. Look which one you mean before you add the file.'
            )
            checks.append(Check("choice", ok=False, text=text))
    return tuple(checks)


def _differ(reading: ColumnsReading, one: str, other: str) -> bool:
    """Tell whether two columns come to different months, or to different sums."""
    if one == reading.date_column:
        pairs = zip(reading.cells[one][:SAMPLE], reading.cells[other][:SAMPLE], strict=True)
        return any(str(a)[:7] != str(b)[:7] for a, b in pairs if a and b)
    scales = {column.name: column.scale for column in reading.types}
    top = max(scales[one], scales[other])
    first, second = (
        sum(cell for cell in reading.cells[name][:SAMPLE] if isinstance(cell, int)) * 10 ** (top - scales[name])
        for name in (one, other)
    )
    return bool(first != second)


def check_currencies(reading: ColumnsReading) -> tuple[Check, ...]:
    """Warn of several currencies in one column of codes."""
    for name, codes in currencies_by_column(reading).items():
        if len(codes) > 1:
            text = f"{name} holds several currencies: {', '.join(codes)}. Money is never added across currencies."
            return (Check("currencies", ok=False, text=text),)
    return ()


def check_repeated(reading: ColumnsReading) -> tuple[Check, ...]:
    """Warn of an amount of a whole order or invoice that stands on each of its lines: a sum counts it too often.

    The first rows show it: every order of several lines has one amount, the orders differ, and another amount differs
    from line to line.
    """
    amounts = {name: reading.cells[name][:SAMPLE] for name in _of_role(reading, ColumnRole.VALUE)}
    for name in (each.name for each in reading.types if keys.names_an_order(each.name)):
        if name in amounts:
            continue
        lines = defaultdict[object, list[int]](list)
        for place, cell in enumerate(reading.cells[name][:SAMPLE]):
            if cell is not None:
                lines[cell].append(place)
        orders = [places for places in lines.values() if len(places) > 1]
        kinds = {amount: [{cells[place] for place in places} for places in orders] for amount, cells in amounts.items()}
        whole = [amount for amount, found in kinds.items() if all(len(values) == 1 for values in found)]
        several = next((each for each in whole if len(set().union(*kinds[each])) > 1), None)
        if several is not None and len(whole) < len(kinds):
            text = f"{several} is the same on all lines of each {name}: added up, it counts once for each line."
            return (Check("repeated", ok=False, text=text),)
    return ()


def _of_role(reading: ColumnsReading, role: ColumnRole) -> list[str]:
    return [each.name for each in reading.columns if each.role is role]


def check_future(reading: ColumnsReading, today: date) -> tuple[Check, ...]:
    """Warn of days after today."""
    if reading.date_column is None:
        return ()
    late = max(different(reading.dates), default="")
    if late[:10] <= today.isoformat():
        return ()
    count = sum(size for day, size in tally(reading.dates) if day[:10] > today.isoformat())
    rows = "1 row has a day" if count == 1 else f"{count} rows have days"
    return (Check("future", ok=False, text=f"{rows} in the future, up to {late[:10]}."),)


def check_unparsed(columns: Sequence[ColumnReading], in_use: Sequence[str | None]) -> tuple[Check, ...]:
    """Say which cells of columns that are not in use do not fit the rest of their column, and where."""
    checks = []
    for column in columns:
        if not column.unparsed or column.name in in_use:
            continue
        rows = ", ".join(str(row) for row in column.unparsed_rows[:5])
        more = " ..." if column.unparsed > 5 else ""  # noqa: PLR2004
        cells = "1 cell" if column.unparsed == 1 else f"{column.unparsed} cells"
        text = f"{column.name}: {cells} that cannot be read as a {column.type.value}, in row {rows}{more}."
        checks.append(Check("unparsed", ok=False, text=text))
    return tuple(checks)


def check_balance(reading: ColumnsReading, records: Sequence[int]) -> tuple[Check, ...]:
    """Follow a running balance: each one is the one before plus or minus the value, in either order of rows."""
    scales = {column.name: column.scale for column in reading.types if column.type is ColumnType.NUMBER}
    value = reading.value_column
    name = next((name for name in scales if words.says(name, words.BALANCE) and name != value), None)
    if name is None or value not in scales or len(reading.used) < LEAST_BALANCES:
        return ()
    shift = max(scales[name], scales[value])
    balances: list[int | None] = [_scaled(cell, shift - scales[name]) for cell in reading.cells[name]]
    values: list[int | None] = [_scaled(cell, shift - scales[value]) for cell in reading.cells[value]]
    best: list[int] | None = None
    for step in (1, -1):
        broken = _broken(balances, values, step)
        if best is None or len(broken) < len(best):
            best = broken
    if best is None or len(best) * 5 > len(balances):
        return ()
    if not best:
        return (Check("balance", ok=True, text=f"Each {name} follows from the row beside it and {value}."),)
    row = records[reading.used[best[0]]]
    text = f"{name} in row {row} does not follow from the row beside it and {value}: a row may be missing."
    return (Check("balance", ok=False, text=text),)


def _scaled(cell: object, by: int) -> int | None:
    return cell * 10**by if isinstance(cell, int) else None


def _broken(balances: Sequence[int | None], values: Sequence[int | None], step: int) -> list[int]:
    """List the rows whose balance is not the neighbour's moved by the row's value."""
    broken = []
    for index, balance in enumerate(balances):
        before = index - step
        if not 0 <= before < len(balances):
            continue
        earlier, moved = balances[before], values[index]
        if balance is None or earlier is None or moved is None or abs(balance - earlier) != abs(moved):
            broken.append(index)
    return broken
