"""The rows behind a value as the owner writes numbers and days, with what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from babel.dates import format_date

from kpi_core.source import ColumnRole, ColumnType
from kpi_core.unit import Unit, UnitKind, format_exactly

if TYPE_CHECKING:
    from kpi_core.business import Business
    from kpi_core.source import Column
    from kpi_core.store.provenance import Behind

NUMBER = Unit(UnitKind.COUNT)
DAY = 10
"""Letters of an ISO day; a time of day may follow it."""


@dataclass(frozen=True)
class Grid:
    """Rows for a table. `right`: the columns that are set to the right; `total`: what they come to, in words."""

    sentence: str
    rows: tuple[dict[str, str], ...]
    right: tuple[str, ...]
    count: int
    total: str = ""


def grid(behind: Behind, business: Business) -> Grid:
    """Lay the rows behind a value out; the numbers of orders and years are written without marks."""
    columns = {column.name: column for column in behind.columns}
    rows = tuple(
        {name: _cell(text, columns.get(name), business) for name, text in row.shown.items()} for row in behind.rows
    )
    right = tuple(column.name for column in behind.columns if column.type is ColumnType.NUMBER)
    total = ""
    if behind.added is not None:
        scale = columns[behind.added].scale
        total = f"{behind.added}, all rows: {_number(Fraction(behind.amount, 10**scale), scale, business)}"
    return Grid(behind.sentence, rows, right, behind.total, total)


def _cell(text: str, column: Column | None, business: Business) -> str:
    if not text or column is None:
        return text
    match column.type:
        case ColumnType.NUMBER if column.scale or column.role is ColumnRole.VALUE:
            return _number(Fraction(text), column.scale, business)
        case ColumnType.NUMBER:
            return text
        case ColumnType.DATE:
            day = format_date(date.fromisoformat(text[:DAY]), "medium", business.locale)
            return f"{day}{text[DAY:]}"
        case ColumnType.TEXT | ColumnType.DURATION | ColumnType.BOOLEAN:
            return text


def _number(value: Fraction, scale: int, business: Business) -> str:
    return format_exactly(value, NUMBER, business.style, scale)
