"""What the definitions need of a source: the columns that must be there, and the dates that its values go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.source import ColumnType
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.reads import columns_of_kpi, recipe_columns
from kpi_core.store.rows import same_header

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store
    from kpi_core.store.rows import RowTable, StoredColumn
    from kpi_core.store.sources import Source


def used_columns(store: Store, source: Source) -> frozenset[str]:
    """Name the columns of a source that its recipe or a KPI reads."""
    return recipe_columns(source.recipe).union(*(columns_of_kpi(kpi, source.name) for kpi in kpis(store)))


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
