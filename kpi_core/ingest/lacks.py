"""What a table lacks that a number over time needs: days, amounts, a number that names each row once.

It is said where no recipe knows the file yet; what is confirmed is the recipe's from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.ingest import keys, words
from kpi_core.source import Check, ColumnRole, ColumnType
from kpi_core.vector import different

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.ingest.report import ColumnsReading
    from kpi_core.source import Covers

SAMPLE: Final = 5_000
"""Rows in which a number that stands twice is looked for."""
SELDOM: Final = 0.1
"""Share of the rows up to which a repeated number is a row written again, not one of several lines."""


def check_lacks(
    reading: ColumnsReading, records: Sequence[int], period: Covers | None, *, wide: bool
) -> tuple[Check, ...]:
    """Say that no day, no amount or no sure number can be found, with a way on.

    Args:
        reading: the columns.
        records: the record number of each row, by position.
        period: what the file states about its days; then its rows need none.
        wide: its columns are periods.
    """
    if wide:
        return ()
    return (*_days(reading, period), *_amounts(reading), *_doubled(reading, records))


def _days(reading: ColumnsReading, period: Covers | None) -> tuple[Check, ...]:
    if reading.date_column is not None or period is not None:
        return ()
    text = (
        "Nothing in this file says which days its rows belong to, so no month can get a number from it. Export it with"
        " a date on each row; numbers by week, quarter or year go to “Fill in or paste numbers”."
    )
    return (Check("no-days", ok=False, text=text),)


def _amounts(reading: ColumnsReading) -> tuple[Check, ...]:
    """Warn of a blank column of amounts: a workbook holds no results of formulas that nobody worked out."""
    if reading.value_column is not None:
        return ()
    named = (each.name for each in reading.types if words.says(each.name, words.AMOUNT))
    blank = next((name for name in named if not any(different(reading.cells[name]))), None)
    if blank is None:
        return ()
    text = f'"{blank}" is blank in every row. If it holds formulas, open the file, save it, and add it again.'
    return (Check("no-amounts", ok=False, text=text),)


def _doubled(reading: ColumnsReading, records: Sequence[int]) -> tuple[Check, ...]:
    """Warn of an order or invoice number that a few rows repeat with another amount: both rows count."""
    value = reading.value_column
    if value is None or any(each.role is ColumnRole.KEY for each in reading.columns):
        return ()
    kinds = (ColumnType.TEXT, ColumnType.NUMBER)
    for name in (each.name for each in reading.types if each.type in kinds and keys.names_an_order(each.name)):
        first: dict[object, int] = {}
        again = [
            (before, place)
            for place, cell in enumerate(reading.cells[name][:SAMPLE])
            if cell is not None and (before := first.setdefault(cell, place)) != place
        ]
        differ = [(one, two) for one, two in again if reading.cells[value][one] != reading.cells[value][two]]
        if differ and len(again) <= SELDOM * min(len(reading.used), SAMPLE):
            rows = [records[reading.used[place]] for place in differ[0]]
            text = (
                f'Rows {rows[0]} and {rows[1]} have the same "{name}" and another {value}: both are counted. If the'
                f' later one corrects the other, choose under Columns that "{name}" names the row.'
            )
            return (Check("doubled", ok=False, text=text),)
    return ()
