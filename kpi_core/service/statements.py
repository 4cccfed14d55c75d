"""Statements kept as rows, such as a profit and loss: their lines do not add up, so a KPI says which one it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.actual.formula import inputs
from kpi_core.kpi import Typed
from kpi_core.source import AMOUNT, HEADING, LINE, PERIOD, RowTest
from kpi_core.store import sources
from kpi_core.store.glance import texts_of
from kpi_core.store.rows import same_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpi_core.kpi import Kpi, Measure
    from kpi_core.source import Column
    from kpi_core.store.data_file import Store

NAMES: Final = frozenset({LINE, HEADING, AMOUNT})


def line_column(columns: Iterable[Column]) -> str | None:
    """Name the column of the lines of a statement; None where the rows of a source are no statement."""
    names = {column.name for column in columns} - {PERIOD}
    return LINE if names == NAMES else None


def open_lines(store: Store, kpi: Kpi, stored: Mapping[str, sources.Source]) -> tuple[str, ...]:
    """List the lines of a statement that a KPI adds up without saying which.

    Args:
        store: the data file.
        kpi: a line is chosen where a filter takes one or several.
        stored: the sources by folded name.
    """
    if isinstance(kpi.values, Typed):
        return ()
    for measure in inputs(kpi.values)[0]:
        source = stored.get(sources.fold(measure.source))
        if source is None or measure.value is None:
            continue
        column = line_column(sources.columns(store, source.id))
        if column is not None and not _chosen(measure, column):
            return texts_of(store, source.id, column)
    return ()


def _chosen(measure: Measure, column: str) -> bool:
    return any(same_header(each.column, column) and each.test is RowTest.IS_ONE_OF for each in measure.where)
