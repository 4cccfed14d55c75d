"""A profit and loss: its subtotals are lines like the others, so no KPI adds lines up before one is chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_core.checklist import Verdict
from kpi_core.kpi import Aggregate, Measure, OneColumn, State
from kpi_core.service import choose, importing
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.source import LINES_DO_NOT_ADD_UP, RowFilter, RowTest
from tests.service.shop import NOW, TODAY, add, at_least, days, orders, revenue

STATEMENT = File(
    "pl.csv", b"Line,Aug 2026,Sep 2026,Oct 2026\nSales,100,200,300\nCosts,-40,-50,-60\nProfit,60,150,240\n"
)
ALL = Measure("PL", Aggregate.SUM, OneColumn("Amount"), "Period")
ONE = RowFilter("Line", RowTest.IS_ONE_OF, ("Sales",))


@pytest.fixture
def filled(data: Path) -> Path:
    add(data, STATEMENT, "PL")
    return data


def test_the_preview_says_that_lines_do_not_add_up(data: Path) -> None:
    facts = dict(importing.preview(data, STATEMENT, Wishes("PL"), NOW).reading.facts)
    assert facts["Lines"] == f"Sales, Costs, Profit. {LINES_DO_NOT_ADD_UP} A KPI chooses one."
    assert "Lines" not in dict(
        importing.preview(data, orders(days("2026-10-01", "2026-10-31")), Wishes(), NOW).reading.facts
    )


@pytest.mark.parametrize("where", [(), (replace(ONE, test=RowTest.IS_NOT),)])
def test_a_sum_over_all_lines_shows_no_figure_and_stays_a_draft(filled: Path, where: tuple[RowFilter, ...]) -> None:
    kpi = revenue(replace(ALL, where=where))
    found = choose.review(filled, kpi, at_least(100), TODAY)
    assert found.values == ()
    assert not found.ready
    finding = next(each for each in found.findings if each.id == "M2")
    assert finding.verdict is Verdict.FAIL
    assert finding.sentence.startswith(LINES_DO_NOT_ADD_UP)
    assert {"Sales", "Costs", "Profit"} == set(finding.sentence.partition("counts: ")[2].rstrip(".").split(", "))
    assert choose.save(filled, kpi, at_least(100), NOW).state is State.DRAFT


def test_a_chosen_line_is_ready_and_so_is_a_count(filled: Path) -> None:
    kpi = revenue(replace(ALL, where=(ONE,)))
    found = choose.review(filled, kpi, at_least(100), TODAY)
    assert found.values[0] == ("October", "SEK\xa0300")
    assert choose.save(filled, kpi, at_least(100), NOW).state is State.ACTIVE
    counted = choose.review(filled, revenue(Measure("PL", Aggregate.COUNT, None, "Period"), "Lines"), None, TODAY)
    assert next(each.verdict for each in counted.findings if each.id == "M2") is Verdict.PASS


def test_money_of_several_currencies_shows_no_figure(data: Path) -> None:
    rows = "".join(f"{n},2026-10-{n:02},{('EUR', 'USD')[n % 2]},{n}.50\n" for n in range(1, 32))
    add(data, File("orders.csv", f"Order,Date,Currency,Total\n{rows}".encode()))
    found = choose.review(data, revenue(Measure("Orders", Aggregate.SUM, OneColumn("Total"), "Date")), None, TODAY)
    assert found.values == ()
    assert "money is never added across currencies" in next(each.sentence for each in found.findings if each.id == "M1")
