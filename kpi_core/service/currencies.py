"""Which currencies the money behind a KPI is in: more than one is never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import is_currency

from kpi_core.actual.formula import inputs
from kpi_core.kpi import Aggregate, OneColumn
from kpi_core.source import ColumnType, RowTest
from kpi_core.store import sources
from kpi_core.store.glance import texts_of
from kpi_core.unit import UnitKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.kpi import Kpi, Measure
    from kpi_core.store.data_file import Store

MOST = 12
"""A column of more different codes than that is no column of currencies."""


def currencies_of(store: Store, kpi: Kpi, stored: Mapping[str, sources.Source]) -> tuple[str, ...]:
    """Name the currencies of the money that a KPI is made of, as far as its files say.

    Args:
        store: the data file.
        kpi: its filters count: of a file in two currencies it may take the rows of one.
        stored: the sources by folded name.

    Returns:
        ISO codes in the order of the alphabet; empty where no file says any, or where the KPI is not money.
    """
    if kpi.unit.kind is not UnitKind.CURRENCY:
        return ()
    found: set[str] = set()
    for measure in inputs(kpi.values)[0]:
        source = stored.get(sources.fold(measure.source))
        if source is not None:
            found |= _of_measure(store, source, measure)
    return tuple(sorted(found))


def _of_measure(store: Store, source: sources.Source, measure: Measure) -> set[str]:
    """Name the currencies that one measure adds up: its column's own sign, else the codes beside it."""
    if measure.value is None or measure.aggregate is Aggregate.COUNT_DIFFERENT:
        return set()
    columns = sources.columns(store, source.id)
    first = measure.value.column if isinstance(measure.value, OneColumn) else getattr(measure.value, "first", None)
    own = {column.currency for column in columns if column.name == first and column.currency}
    if own:
        return own
    named = source.recipe.currency_column
    texts = [column.name for column in columns if column.type is ColumnType.TEXT]
    for column in [named] if named else texts:
        codes = {text.strip().upper() for text in _counted(measure, column, texts_of(store, source.id, column))}
        if 0 < len(codes) <= MOST and all(is_currency(code) for code in codes):
            return codes
    return set()


def _counted(measure: Measure, column: str, texts: tuple[str, ...]) -> set[str]:
    """Keep the texts of a column whose rows the measure's filters let pass."""
    kept = {text.strip().casefold(): text for text in texts}
    for each in measure.where:
        folded = {text.strip().casefold() for text in each.values}
        if each.column == column and each.test is RowTest.IS_ONE_OF:
            kept = {key: text for key, text in kept.items() if key in folded}
        if each.column == column and each.test is RowTest.IS_NOT:
            kept = {key: text for key, text in kept.items() if key not in folded}
    return set(kept.values())
