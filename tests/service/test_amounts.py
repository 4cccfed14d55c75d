"""What a file's amounts come to is said by month before it is added, as the owner writes numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_core.service import importing, keeping
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from tests.service.shop import NOW, add, days, orders

OCTOBER = days("2026-09-16", "2026-10-31")


@pytest.fixture
def german(data: Path) -> Path:
    keeping.save_settings(data, replace(keeping.settings(data), currency="EUR", locale="de_DE"), NOW)
    return data


def sums(data: Path, file: File) -> tuple[str, dict[str, str], str] | None:
    shown = importing.preview(data, file, Wishes("Orders", {"coverage": "yes"}), NOW)
    if shown.sums is None:
        return None
    months = {month: text.replace("\xa0", " ") for month, text in shown.sums.months.items()}
    return shown.sums.name, months, shown.sums.total


def test_sums_stand_by_month_in_the_number_style_and_currency_of_the_file(german: Path) -> None:
    plain = orders(OCTOBER, "1000.50")
    assert sums(german, plain) == ("Total", {"2026-09": "15.007,50", "2026-10": "31.015,50"}, "46.023,00")
    euros = File("e.csv", plain.data.replace(b"1000.50", b"1000.50 EUR"))
    assert sums(german, euros) == ("Total", {"2026-09": "15.007,50 €", "2026-10": "31.015,50 €"}, "46.023,00\xa0€")
    add(german, plain, coverage="yes")
    again = sums(german, File("again.csv", plain.data + b"A-1,2026-10-31,web,1\n"))
    assert again == ("Total", {"2026-09": "15.007,50", "2026-10": "31.016,50"}, "46.024,00")


def test_no_sum_goes_over_several_currencies_or_over_lines_of_a_statement(german: Path) -> None:
    rows = "".join(f"{n},2026-10-{n:02},{('EUR', 'USD')[n % 2]},{n}.50\n" for n in range(1, 32))
    assert sums(german, File("mixed.csv", f"Order,Date,Currency,Total\n{rows}".encode())) is None
    assert sums(german, File("pl.csv", b"Line,Sep 2026,Oct 2026\nSales,2,3\nCosts,-1,-2\nProfit,1,1\n")) is None


def test_a_total_is_compared_in_the_number_style_of_the_business(german: Path) -> None:
    file = orders(OCTOBER, "1000.50")
    shown = importing.preview(german, File("t.csv", file.data + b"Total,,,46023.00\n"), Wishes("Orders"), NOW)
    texts = [check.text for check in shown.checks if check.name == "total"]
    assert texts == ["The total in row 48 equals our own sum of Total: 46.023,00."]
