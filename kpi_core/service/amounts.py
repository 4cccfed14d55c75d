"""What the amounts of a file come to, written as the owner writes numbers: a factor of a hundred shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from babel.numbers import is_currency

from kpi_core.kpi import Aggregate, Measure, OneColumn
from kpi_core.service.currencies import file_rows, of_measure, said_by
from kpi_core.source import ColumnType
from kpi_core.unit import Unit, UnitKind, format_exactly, stands_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpi_core.business import Business
    from kpi_core.source import Column, Recipe, RowBatch


@dataclass(frozen=True)
class Amounts:
    """A column that is added up for a look, and the unit that its sums are written in."""

    column: Column
    unit: Unit
    business: Business

    def text(self, amount: int, scale: int | None = None) -> str:
        """Write a sum in units of 10**-scale, as its cells are where nothing else is said, with all its digits."""
        digits = self.column.scale if scale is None else scale
        return format_exactly(Fraction(amount, 10**digits), self.unit, self.business.style, digits)


def amounts_of(batch: RowBatch, recipe: Recipe, name: str | None, business: Business) -> Amounts | None:
    """Choose how the sums of a column are written.

    Returns:
        None where it is no column of numbers, or where its rows hold several currencies: those are never added up.
    """
    column = next((each for each in batch.columns if each.name == name), None)
    if column is None or column.type not in {ColumnType.NUMBER, ColumnType.DURATION}:
        return None
    if column.type is ColumnType.DURATION:
        return Amounts(column, Unit(UnitKind.DURATION), business)
    measure = Measure(recipe.name, Aggregate.SUM, OneColumn(column.name))
    found = of_measure(file_rows(batch), measure, said_by(recipe, measure))
    if len(found) > 1:
        return None
    return Amounts(column, _unit(next(iter(found), None), business), business)


def _unit(sign: str | None, business: Business) -> Unit:
    """Tell what a file's sign or code stands for; a sign of several currencies says none."""
    own = business.currency
    if sign is not None and own is not None and stands_for(sign, own):
        return Unit(UnitKind.CURRENCY, own)
    return Unit(UnitKind.CURRENCY, sign) if sign is not None and is_currency(sign) else Unit(UnitKind.COUNT)


@dataclass(frozen=True)
class Sums:
    """What the amounts of a file come to, written: by month `YYYY-MM` ("" without a date) and all together."""

    name: str
    months: Mapping[str, str]
    total: str


def sums_of(batch: RowBatch, amounts: Amounts | None) -> Sums | None:
    """Add up by month what the rows of a file hold; None where that is no sum."""
    if amounts is None:
        return None
    cells: Sequence[int | None] = batch.cells[amounts.column.name]  # type: ignore[assignment]
    days: dict[str, int] = {}
    for day, cell in zip(batch.dates, cells, strict=True):
        if cell is not None:
            days[day or ""] = days.get(day or "", 0) + cell
    months: dict[str, int] = {}
    for day, amount in days.items():
        months[day[:7]] = months.get(day[:7], 0) + amount
    shown = {month: amounts.text(amount) for month, amount in months.items()}
    return Sums(amounts.column.name, shown, amounts.text(sum(months.values())))
