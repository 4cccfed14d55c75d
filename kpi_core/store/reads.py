"""Which columns of a source a KPI, a measure or a recipe reads; nothing is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.actual import inputs
from kpi_core.kpi import Difference, Elapsed, OneColumn, Product
from kpi_core.store.sources import fold

if TYPE_CHECKING:
    from kpi_core.kpi import Kpi, Measure, RowValue
    from kpi_core.source import Recipe


def takes_from(kpi: Kpi, source: str) -> bool:
    """Tell whether a KPI takes rows of a source itself, not by way of another KPI."""
    return any(fold(measure.source) == fold(source) for measure in inputs(kpi.values)[0])


def columns_of_kpi(kpi: Kpi, source: str) -> frozenset[str]:
    """Name the columns of a source that a KPI reads."""
    mine = (measure for measure in inputs(kpi.values)[0] if fold(measure.source) == fold(source))
    return frozenset[str]().union(*(measure_columns(measure) for measure in mine))


def measure_columns(measure: Measure) -> frozenset[str]:
    """Name the columns that a measure reads."""
    single = (measure.date, measure.segment)
    filtered = (row_filter.column for row_filter in measure.where)
    return frozenset((*value_columns(measure.value), *filtered, *(name for name in single if name)))


def value_columns(value: RowValue | None) -> tuple[str, ...]:
    """Name the columns that the value of a row is made of."""
    match value:
        case None:
            return ()
        case OneColumn(column):
            return (column,)
        case Product(first, second) | Difference(first, second) | Elapsed(first, second):
            return (first, second)


def recipe_columns(recipe: Recipe) -> frozenset[str]:
    """Name the columns that a recipe reads."""
    single = (recipe.date, recipe.first_row_of, recipe.currency_column)
    beside = recipe.currency_columns.values()
    return frozenset((*recipe.values, *recipe.key, *recipe.segments, *beside, *(name for name in single if name)))
