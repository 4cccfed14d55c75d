"""Which column says the currency of each row."""

from __future__ import annotations

import pytest

from kpi_core.ingest import recipe as recipes
from kpi_core.ingest.currency import currencies_by_column, currency_column
from tests.ingest.looking import read

BASE = {"Date": ["2026-01-02", "2026-01-03", "2026-01-14"], "Amount": ["1.50", "2.50", "3.50"]}


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("Currency", ["EUR", "EUR", "EUR"], ("EUR",)),
        ("currency", ["usd", "eur", "USD"], ("EUR", "USD")),
        ("W\u00e4hrung", ["\u20ac", "CHF", ""], ("CHF", "EUR")),
        ("Devise", ["kr", "kr", "kr"], ("kr",)),
        ("Valuta", ["SEK", "", ""], ("SEK",)),
        ("Currency Code", ["GBP", "GBP", "GBP"], ("GBP",)),
        ("W\u00e4hrungscode", ["EUR", "EUR", "EUR"], ("EUR",)),
        ("Currency", ["EUR", "EUR", "new"], None),
        ("Currency", ["", "", ""], None),
        ("Country", ["EUR", "EUR", "EUR"], None),
        ("Currency rate", ["1.10", "1.20", "1.30"], None),
    ],
)
def test_a_column_of_codes_or_signs(name: str, cells: list[str], expected: tuple[str, ...] | None) -> None:
    found = read(BASE | {name: cells})
    assert currencies_by_column(found) == ({name: expected} if expected else {})
    assert recipes.draft("Shop", found, {}).currency_column == (name if expected else None)


def test_many_different_codes_are_no_currencies_of_rows() -> None:
    codes = "AED ARS AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF".split()  # noqa: SIM905
    days = [f"2026-01-{day:02d}" for day in range(1, 14)]
    found = read({"Date": days, "Amount": [f"{day}.50" for day in range(1, 14)], "Currency": codes})
    assert currency_column(found) is None


def test_the_currency_of_a_converted_amount_comes_second() -> None:
    codes = {"Converted currency": ["EUR"] * 3, "Currency": ["USD"] * 3}
    assert currency_column(read(BASE | codes)) == "Currency"
    assert currency_column(read(BASE | {"Converted currency": ["EUR"] * 3})) == "Converted currency"
