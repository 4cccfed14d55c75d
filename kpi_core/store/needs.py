"""What the definitions need of a source: the columns that must be there, and the dates that its values go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.actual import inputs
from kpi_core.kpi import Difference, Elapsed, OneColumn, Product
from kpi_core.source import ColumnType
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.rows import same_header
from kpi_core.store.sources import fold

if TYPE_CHECKING:
    from kpi_core.kpi import Measure, RowValue
    from kpi_core.source import Recipe
    from kpi_core.store.data_file import Store
    from kpi_core.store.rows import RowTable, StoredColumn
    from kpi_core.store.sources import Source


def used_columns(store: Store, source: Source) -> frozenset[str]:
    """Name the columns of a source that its recipe or a KPI reads."""
    measures = [measure for kpi in kpis(store) for measure in inputs(kpi.values)[0]]
    mine = [measure for measure in measures if fold(measure.source) == fold(source.name)]
    return recipe_columns(source.recipe).union(*(measure_columns(measure) for measure in mine))


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
    return frozenset((*recipe.values, *recipe.key, *recipe.segments, *(name for name in single if name)))


def other_dates(source: Source, table: RowTable, used: frozenset[str]) -> tuple[StoredColumn, ...]:
    """List the date columns in use beside the one that gives each row its day."""
    own = source.recipe.date
    return tuple(
        column
        for column in table.columns
        if column.meaning.type is ColumnType.DATE
        and not (own and same_header(own, column.meaning.name))
        and any(same_header(name, column.meaning.name) for name in used)
    )
