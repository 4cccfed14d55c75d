"""The column that says which currency each row's money is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.ingest import words
from kpi_core.ingest.amount_shapes import currency_of
from kpi_core.source import ColumnType
from kpi_core.vector import different

if TYPE_CHECKING:
    from collections.abc import Collection

    from kpi_core.ingest.report import ColumnsReading

HEADERS: Final = words.lexicon(
    "currency currencies ccy curr cur wahrung waehrung devise devises deviza valuta moneda divisa moeda munt waluta "
    "mena penznem valiuta valuuta monnaie"
)
BESIDE: Final = words.lexicon(
    "converted original foreign local target source settlement payout fee konvertiert fremdwahrung"
)
"""The currency of another amount than the one that matters."""
MOST: Final = 12
"""A column of more different codes than that is no column of currencies."""


def currencies_by_column(reading: ColumnsReading) -> dict[str, tuple[str, ...]]:
    """Name the columns of currency codes or signs, and the currencies of each in the order of the alphabet."""
    found = {}
    for column in reading.types:
        if column.type is ColumnType.TEXT and words.says(column.name, HEADERS):
            texts = {str(cell) for cell in different(reading.cells[column.name])}
            if codes := codes_of(column.name, texts):
                found[column.name] = codes
    return found


def codes_of(name: str, texts: Collection[object]) -> tuple[str, ...]:
    """List the currencies that a column of these different texts holds; empty where it is no such column."""
    if not words.says(name, HEADERS) or len(texts) > 2 * MOST:
        return ()
    codes = {currency_of(str(text)) for text in texts}
    return tuple(sorted(code for code in codes if code)) if len(codes) <= MOST and all(codes) else ()


def currency_column(reading: ColumnsReading) -> str | None:
    """Choose the column of the currency of the amounts: not that of a converted one where there is another."""
    found = list(currencies_by_column(reading))
    return min(found, key=lambda name: len(words.words(name) & BESIDE), default=None)
