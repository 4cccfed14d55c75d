"""A measure picked in words: the form says what a measure is, and changes nothing of one that it cannot say."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kpi_core.kpi import (
    Aggregate,
    Direction,
    Elapsed,
    Formula,
    FormulaKind,
    Kpi,
    KpiRef,
    Measure,
    OneColumn,
    Product,
    ValuesFrom,
)
from kpi_core.period import Cadence
from kpi_core.service import choose, importing, keeping, picking
from kpi_core.source import LINES_DO_NOT_ADD_UP, RowFilter, RowTest
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from pathlib import Path

ORDERS = b"""Order,Created at,Solved at,Status,Channel,Total,Pieces
1,2026-09-01,2026-09-03,paid,web,10.00,1
2,2026-10-02,2026-10-05,paid,shop,20.50,2
3,2026-10-31,2026-10-31,open,web,30.25,3
"""
TOTAL = OneColumn("Total")


def total(*where: RowFilter) -> Measure:
    return Measure("Orders", Aggregate.SUM, TOTAL, "Created at", where)


VALUES: dict[str, ValuesFrom] = {
    "paid": total(RowFilter("Status", RowTest.IS_ONE_OF, ("paid",))),
    "a text not there": total(RowFilter("Status", RowTest.IS_ONE_OF, ("paid", "refunded"))),
    "above": total(RowFilter("Total", RowTest.ABOVE, ("1500.5",))),
    "four filters": total(*(RowFilter("Status", RowTest.IS_NOT, (text,)) for text in ("a", "b", "c", "d"))),
    "a number as text": total(RowFilter("Pieces", RowTest.IS_ONE_OF, ("1",))),
    "product": Measure("Orders", Aggregate.AVERAGE, Product("Total", "Pieces"), "Created at", (), "Channel"),
    "time between": Measure("Orders", Aggregate.MEDIAN, Elapsed("Created at", "Solved at"), "Created at"),
    "ratio": Formula(FormulaKind.RATIO, (total(), Measure("Orders", Aggregate.COUNT, None, "Created at"))),
    "per thousand": Formula(FormulaKind.RATIO, (total(), KpiRef("Visits")), times=Fraction(1000)),
}


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    wishes = importing.Wishes("Orders", {"coverage": "yes"})
    importing.add(app.data_file, importing.File("orders.csv", ORDERS), wishes, NOW)
    app.save(_kpi("Visits", total()))
    return app


def _kpi(name: str, values: ValuesFrom) -> Kpi:
    return Kpi(name, Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, values)


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("locale", ["en_US", "de_DE"])
def test_a_form_that_is_only_opened_and_saved_leaves_the_values_as_they_are(
    app: RunningApp, values: ValuesFrom, locale: str
) -> None:
    keeping.save_settings(app.data_file, replace(keeping.settings(app.data_file), locale=locale), NOW)
    kpi = app.save(_kpi("Sales", values))

    app.go("choose", kpi=str(kpi.id))
    app.press("Save draft")

    assert choose.opened(app.data_file, kpi.id)[0] == kpi


def test_a_limit_is_read_in_the_number_style_of_the_business(app: RunningApp) -> None:
    keeping.save_settings(app.data_file, replace(keeping.settings(app.data_file), locale="de_DE"), NOW)
    kpi = app.save(_kpi("Sales", total(RowFilter("Total", RowTest.ABOVE, ("5",)))))

    page = app.go("choose", kpi=str(kpi.id))
    page.text_input(key="define_measure_0_Total_number").set_value("1.000").run()
    app.press("Save draft")

    assert choose.opened(app.data_file, kpi.id)[0].values == total(RowFilter("Total", RowTest.ABOVE, ("1000",)))


def test_a_limit_that_is_no_number_is_said_in_a_sentence_beside_the_form(app: RunningApp) -> None:
    kpi = app.save(_kpi("Sales", total(RowFilter("Total", RowTest.ABOVE, ("5",)))))

    app.go("choose", kpi=str(kpi.id)).text_input(key="define_measure_0_Total_number").set_value("many")
    app.run()

    assert "many" in app.html()


def test_the_amount_that_was_picked_for_a_file_is_proposed_first(app: RunningApp) -> None:
    file = importing.File("sales.csv", b"Nr,Day,Net,Gross\n1,2026-10-01,12.00,10.00\n2,2026-10-31,24.00,20.00\n")
    first = importing.preview(app.data_file, file, importing.Wishes("Sales"), NOW)
    assert first.reading.value_column == "Net"
    picked = picking.pick_use(importing.Wishes().columns, first.reading, "Gross", picking.Use.AMOUNT)
    importing.add(app.data_file, file, importing.Wishes("Sales", columns=picked), NOW)

    page = app.go("choose", kpi="new", source="Sales")

    assert page.selectbox(key="define_measure_value").value == "Gross"


def test_the_lines_of_a_statement_are_offered_to_choose_from(app: RunningApp) -> None:
    file = importing.File("pl.csv", b"Line,Sep 2026,Oct 2026\nSales,200,300\nCosts,-50,-60\nProfit,150,240\n")
    importing.add(app.data_file, file, importing.Wishes("PL"), NOW)

    page = app.go("choose", kpi="new", source="PL")

    assert LINES_DO_NOT_ADD_UP in [each.value for each in page.caption]
    lines = page.multiselect(key="define_measure_0_Line_values")
    assert sorted(lines.options) == ["Costs", "Profit", "Sales"]
    lines.set_value(["Sales"]).run()
    assert "October: 300" in [each.value for each in page.text]  # a new form begins with a count
    page.selectbox(key="define_unit").set_value(UnitKind.CURRENCY).run()
    assert "October: $300" in [each.value for each in page.text]
