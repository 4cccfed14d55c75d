"""The rows behind a value, as the owner writes numbers and days, with what they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from kpi_core.kpi import Aggregate
from kpi_core.service import choose, keeping, kpi_page
from tests.service.shop import NOW, REVENUE, add, again, at_least, days, orders, revenue


def test_rows_stand_in_the_number_and_date_style_of_the_business(data: Path) -> None:
    keeping.save_settings(data, replace(keeping.settings(data), locale="de_DE"), NOW)
    add(data, orders(days("2026-10-01", "2026-10-31"), "1234.50"))
    kpi = choose.save(data, revenue(), at_least(300), NOW)
    (found,) = kpi_page.grids(data, kpi.id, date(2026, 10, 1))
    assert found.rows[0] == {
        "File": "orders.csv",
        "Row": "2",
        "Order": "A-20261001",
        "Day": "01.10.2026",
        "Channel": "web",
        "Total": "1.234,50",
    }
    assert (found.right, found.count, found.total) == (("Total",), 31, "Total, all rows: 38.269,50")
    assert Fraction("1234.50") * 31 == Fraction("38269.50")


def test_only_what_is_added_up_has_a_total(data: Path) -> None:
    add(data, orders(days("2026-10-01", "2026-10-31")))
    counted = choose.save(data, again(revenue(), values=replace(REVENUE, aggregate=Aggregate.AVERAGE)), None, NOW)
    assert [each.total for each in kpi_page.grids(data, counted.id, date(2026, 10, 1))] == [""]
