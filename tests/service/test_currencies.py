"""Money of two currencies is never added up: the checklist says so, and the KPI stays a draft."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kpi_core.checklist import Verdict
from kpi_core.kpi import Aggregate, Direction, Kpi, Measure, OneColumn, Typed
from kpi_core.period import Cadence
from kpi_core.service import choose, importing
from kpi_core.source import RowFilter, RowTest
from kpi_core.unit import Unit, UnitKind

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 10)


def add(data: Path, *currencies: str) -> None:
    rows = [f"{n},2026-10-{n:02},{currencies[n % len(currencies)]},paid,{n}.50\n" for n in range(1, 32)]
    file = importing.File("orders.csv", ("Order,Date,Currency,Status,Total\n" + "".join(rows)).encode())
    importing.add(data, file, importing.Wishes("Orders", {"coverage": "yes"}), NOW)


def judged(data: Path, *where: RowFilter) -> tuple[Verdict, str]:
    total = Measure("Orders", Aggregate.SUM, OneColumn("Total"), "Date", where)
    kpi = Kpi("Revenue", Unit(UnitKind.CURRENCY, "EUR"), Direction.UP, Cadence.MONTH, total)
    review = choose.review(data, kpi, None, date(2026, 11, 21))
    found = next(each for each in review.findings if each.id == "M1")
    return found.verdict, found.sentence


def test_two_currencies_in_a_file_keep_a_sum_of_money_a_draft(data: Path) -> None:
    add(data, "EUR", "USD")
    verdict, sentence = judged(data)
    assert verdict is Verdict.FAIL
    assert sentence == (
        "The file holds EUR and USD: money is never added across currencies. "
        "Count the rows of one, or make a KPI of each."
    )


@pytest.mark.parametrize(("test", "code"), [(RowTest.IS_ONE_OF, "eur"), (RowTest.IS_NOT, "USD")])
def test_the_rows_of_one_currency_may_be_added_up(data: Path, test: RowTest, code: str) -> None:
    add(data, "EUR", "USD")
    assert judged(data, RowFilter("Currency", test, (code,))) == (Verdict.PASS, "Unit: EUR, as in the file.")


def test_a_file_in_one_other_currency_says_which(data: Path) -> None:
    add(data, "USD")
    verdict, sentence = judged(data)
    assert verdict is Verdict.FAIL
    assert sentence.startswith("The file is in USD, the KPI in EUR.")


def test_amounts_that_the_tool_converted_are_in_the_currency_beside_them(data: Path) -> None:
    header = "id,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,"
    rows = (
        "ch_1,2026-10-03 10:00:00,100.00,0.00,usd,90.00,0.00,",
        "ch_2,2026-10-31 10:00:00,50.00,0.00,eur,50.00,0.00,",
    )
    text = "\n".join([f"{header}Converted Currency,Fee,Status", *(f"{row}eur,1.00,Paid" for row in rows), ""])
    source = importing.add(
        data, importing.File("s.csv", text.encode()), importing.Wishes(answers={"coverage": "yes"}), NOW
    ).source
    blank = Kpi("New", Unit(UnitKind.CURRENCY, "EUR"), Direction.UP, Cadence.MONTH, Typed())
    ready = {each.ready.name: each for each in choose.options(data).ready if each.source == source}
    verdicts = {}
    for name in ("Revenue", "Revenue, converted"):
        review = choose.review(data, choose.from_ready(ready[name], blank), None, date(2026, 11, 21))
        verdicts[name] = next(each.verdict for each in review.findings if each.id == "M1")
    assert verdicts == {"Revenue": Verdict.FAIL, "Revenue, converted": Verdict.PASS}
