"""The column that says which currency each row's money is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.ingest import words
from kpi_core.ingest.amount_shapes import currency_of
from kpi_core.source import ColumnType
from kpi_core.vector import different

if TYPE_CHECKING:
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
        if column.type is not ColumnType.TEXT or not words.says(column.name, HEADERS):
            continue
        texts = {str(cell) for cell in different(reading.cells[column.name])}
        codes = {currency_of(text) for text in texts} if len(texts) <= 2 * MOST else set()
        if 0 < len(codes) <= MOST and all(codes):
            found[column.name] = tuple(sorted(code for code in codes if code))
    return found


def currency_column(reading: ColumnsReading) -> str | None:
    """Choose the column of the currency of the amounts: not that of a converted one where there is another."""
    found = list(currencies_by_column(reading))
    return min(found, key=lambda name: len(words.words(name) & BESIDE), default=None)
