"""Which currencies the money behind a KPI is in: more than one is never added up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from babel.numbers import is_currency

from kpi_core.actual.formula import inputs
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, OneColumn, State
from kpi_core.source import ColumnType, RowTest
from kpi_core.store import sources
from kpi_core.store.glance import MOST_TEXTS, texts_of
from kpi_core.store.rows import same_header
from kpi_core.unit import UnitKind, stands_for
from kpi_core.vector import different

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kpi_core.kpi import Kpi, Measure
    from kpi_core.source import Column, Recipe, RowBatch
    from kpi_core.store.data_file import Store

MOST = 12
"""A column of more different codes than that is no column of currencies."""
HEAD = 1000


@dataclass(frozen=True)
class Rows:
    """Rows to look into, stored ones or those of a file: their columns, and the different texts of a column."""

    columns: tuple[Column, ...]
    texts: Callable[[str], tuple[str, ...]]


def stored_rows(store: Store, source: sources.Source) -> Rows:
    """Look into the rows of a source that count now."""
    return Rows(sources.columns(store, source.id), lambda column: texts_of(store, source.id, column))


def file_rows(batch: RowBatch) -> Rows:
    """Look into the rows of a file; a column of very many different texts names none of them."""

    @cache
    def texts(column: str) -> tuple[str, ...]:
        cells = batch.cells[column]
        # A look at the head first: a column of order numbers needs no set of them all
        if len(set(islice(cells, HEAD))) > MOST_TEXTS:
            return ()
        found = {str(cell) for cell in different(cells)}
        return () if len(found) > MOST_TEXTS else tuple(found)

    return Rows(batch.columns, texts)


def currencies_of(store: Store, kpi: Kpi, stored: Mapping[str, sources.Source]) -> tuple[str, ...]:
    """Name the currencies of the money that a KPI is made of, as far as its files say.

    Args:
        store: the data file.
        kpi: its filters count: of a file in two currencies it may take the rows of one.
        stored: the sources by folded name.

    Returns:
        ISO codes in the order of the alphabet; empty where no file says any, or where the KPI is not money.
    """
    found: set[str] = set()
    for measure in money_measures(kpi):
        source = stored.get(sources.fold(measure.source))
        if source is not None:
            found |= of_measure(stored_rows(store, source), measure, said_by(source.recipe, measure))
    return tuple(sorted(found))


def said_by(recipe: Recipe, measure: Measure) -> str | None:
    """Name the column of the currency of what a measure adds up, where the recipe knows it."""
    amount = _amount(measure)
    return next((each for name, each in recipe.currency_columns.items() if same_header(name, amount)), None) or (
        recipe.currency_column
    )


def money_measures(kpi: Kpi) -> tuple[Measure, ...]:
    """List the measures of a KPI of money."""
    return tuple(inputs(kpi.values)[0]) if kpi.unit.kind is UnitKind.CURRENCY else ()


def of_measure(rows: Rows, measure: Measure, named: str | None) -> set[str]:
    """Name the currencies that one measure adds up: its column's own sign, else the codes beside it.

    `named`: the column of codes, where the recipe knows it.
    """
    if measure.value is None or measure.aggregate is Aggregate.COUNT_DIFFERENT:
        return set()
    amount = _amount(measure)
    own = {column.currency for column in rows.columns if same_header(column.name, amount) and column.currency}
    if own:
        return own
    texts = [column.name for column in rows.columns if column.type is ColumnType.TEXT]
    for column in [each for each in texts if same_header(each, named)] if named else texts:
        codes = {text.strip().upper() for text in _counted(measure, column, rows.texts(column))}
        if 0 < len(codes) <= MOST and all(is_currency(code) for code in codes):
            return codes
    return set()


def _amount(measure: Measure) -> str:
    """Name the column of amounts, of two the first."""
    return measure.value.column if isinstance(measure.value, OneColumn) else getattr(measure.value, "first", "")


def _counted(measure: Measure, column: str, texts: tuple[str, ...]) -> set[str]:
    """Keep the texts of a column whose rows the measure's filters let pass."""
    kept = {text.strip().casefold(): text for text in texts}
    for each in measure.where:
        folded = {text.strip().casefold() for text in each.values}
        if same_header(each.column, column) and each.test is RowTest.IS_ONE_OF:
            kept = {key: text for key, text in kept.items() if key in folded}
        if same_header(each.column, column) and each.test is RowTest.IS_NOT:
            kept = {key: text for key, text in kept.items() if key not in folded}
    return set(kept.values())


def refuse_mixed(store: Store, kpi: Kpi) -> None:
    """Refuse an active KPI whose rows hold money of several currencies, or of another one than its own.

    Raises:
        RefusedDefinition: naming the KPI and the currencies.
    """
    if kpi.state is not State.ACTIVE:
        return
    stored = {sources.fold(each.name): each for each in sources.list_sources(store)}
    found = currencies_of(store, kpi, stored)
    own = kpi.unit.currency
    if len(found) > 1 or any(own is None or not stands_for(each, own) for each in found):
        raise mixed(kpi, found)


def mixed(kpi: Kpi, found: tuple[str, ...]) -> RefusedDefinition:
    """Say that a KPI would add several currencies up, or show one as another."""
    held = " and ".join(found)
    if len(found) > 1:
        sentence = f"{kpi.name} would add {held} up: money is never added across currencies."
        return RefusedDefinition(sentence, "Count the rows of one, or make a KPI of each.")
    return RefusedDefinition(f"{kpi.name} is in {kpi.unit.currency}, its file in {held}.", f"Make its unit {held}.")
