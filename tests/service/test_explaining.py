"""Which part explains a change, as an owner asks it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kpi_core.actual.explained import PartKind
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Aggregate, Formula, FormulaKind, Kpi, KpiRef, Measure, OneColumn, Typed
from kpi_core.service import choose, explaining, kpi_page
from kpi_core.service.explaining import ExplainAsk, Explanation
from kpi_core.service.file import File
from tests.service.shop import NOW, REVENUE, TODAY, add, revenue

COUNT = Measure("Orders", Aggregate.COUNT, None, "Day", segment="Channel")
VALUE = Formula(FormulaKind.RATIO, (REVENUE, COUNT))


def sales(months: Iterable[tuple[str, int, int]], name: str = "orders.csv") -> File:
    """Make an export with an order a day in each channel: its sum, web and shop, by month."""
    rows = [
        f"{channel}-{month}-{day:02},{month}-{day:02},{channel},{'EU' if day % 2 else 'US'},SEK,{amount}.00"
        for month, web, shop in months
        for day in range(1, 29)
        for channel, amount in (("web", web), ("shop", shop))
    ]
    return File(name, "\n".join(["Order,Day,Channel,Region,Currency,Total", *rows, ""]).encode())


def kept(data: Path, values: object = VALUE, months: int = 6) -> Kpi:
    """Keep a KPI over months in which the web's orders are half from the fourth last on."""
    listed = [(f"2026-{month:02}", 100 if month < 8 else 50, 80) for month in range(11 - months, 11)]
    add(data, sales(listed), coverage="yes")
    return choose.save(data, revenue(values, "Order value"), None, NOW)  # type: ignore[arg-type]


def explain(data: Path, kpi: Kpi, **asked: object) -> Explanation:
    return explaining.explain(data, kpi.id, ExplainAsk(**asked), TODAY)  # type: ignore[arg-type]


def test_the_newest_period_against_the_one_before_by_the_kpi_s_own_column(data: Path) -> None:
    kpi = kept(data)
    found = explain(data, kpi)
    assert (found.column, found.before_name, found.after_name) == ("Channel", "September", "October")
    assert found.found.change == 0
    assert found.sentence == "No difference between September and October."


def test_two_named_periods_in_the_business_s_own_numbers(data: Path) -> None:
    found = explain(data, kept(data), period=date(2026, 8, 9), against=date(2026, 7, 31))
    assert found.sentence.replace("\u00a0", " ") == "Web explains the whole drop of SEK 25.00."
    web = found.lines[0]
    assert [text.replace("\u00a0", " ") for text in (web.name, web.before, web.after, web.explains)] == [
        "web",
        "SEK 100.00",
        "SEK 50.00",
        "−SEK 25.00",
    ]
    assert (web.share_before, web.share_after) == ("50%", "50%")
    assert found.note == "Second number: share of orders."


def test_since_a_month_everything_is_laid_beside_what_was_before(data: Path) -> None:
    found = explain(data, kept(data), since=date(2026, 8, 1))
    assert (found.before_name, found.after_name) == ("before August", "since August")
    assert found.found.change == -25
    assert found.note.startswith("3 months since then, 3 months before (from May 2026 on).")


def test_amounts_since_a_month_are_those_of_one_month(data: Path) -> None:
    found = explain(data, kept(data, REVENUE), since=date(2026, 8, 1))
    assert (found.found.before, found.found.after) == (Fraction(28 * 180), Fraction(28 * 130))
    assert "amounts are for one month" in found.note


def test_a_year_at_most_is_laid_before_a_change(data: Path) -> None:
    months = [
        *((f"2025-{month:02}", 999, 999) for month in range(1, 8)),
        *((f"2025-{m:02}", 9, 9) for m in range(8, 13)),
    ]
    add(data, sales(months, "older.csv"), coverage="yes")
    kpi = kept(data, REVENUE, months=10)
    before = explain(data, kpi, since=date(2026, 8, 1)).found.before
    assert before == Fraction(28 * (5 * 18 + 7 * 180), 12)


def test_the_columns_that_can_be_asked_for_leave_out_the_currency(data: Path) -> None:
    kpi = kept(data)
    found = explaining.choices(data, kpi.id, TODAY)
    assert found.columns == ("Channel", "Region")
    assert [label for label, _ in found.asks] == [
        "October against September",
        "Since October",
        "Since September",
        "Since August",
        "Since July",
        "Since June",
    ]
    for _, ask in found.asks:
        assert explaining.explain(data, kpi.id, ask, TODAY).found.lines


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"column": "Colour"}, 'Order value cannot be taken apart by "Colour".'),
        ({"period": date(2026, 10, 1), "against": date(2026, 10, 31)}, "October 2026 cannot be compared with itself."),
        ({"period": date(2026, 11, 2)}, "November 2026 is not wholly covered by Orders."),
        ({"since": date(2026, 11, 2)}, "There is nothing since November 2026 to compare."),
        ({"since": date(2026, 5, 2)}, "There is nothing before May 2026 to compare."),
    ],
)
def test_what_cannot_be_compared_says_why(data: Path, asked: dict[str, object], sentence: str) -> None:
    kpi = kept(data)
    with pytest.raises(RefusedDefinition) as refused:
        explain(data, kpi, **asked)
    assert refused.value.sentence == sentence


def test_a_typed_month_is_not_explained_by_the_rows_below_it(data: Path) -> None:
    kpi = kept(data)
    kpi_page.type_values(data, kpi.id, {date(2026, 10, 1): "70"}, "counted again", NOW)
    with pytest.raises(RefusedDefinition, match="A value is typed in October 2026"):
        explain(data, kpi)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (Typed(), "Typed values have no parts."),
        (Measure("Orders", Aggregate.MEDIAN, OneColumn("Total"), "Day"), "The parts of a median do not add up to it."),
        (Formula(FormulaKind.SUM, (REVENUE, KpiRef("Rent"))), "Typed values have no parts."),
    ],
)
def test_a_kpi_without_parts_offers_nothing_and_says_why(data: Path, values: object, reason: str) -> None:
    choose.save(data, revenue(Typed(), "Rent"), None, NOW)
    kpi = kept(data, values)
    found = explaining.choices(data, kpi.id, TODAY)
    assert (found.columns, found.asks) == ((), ())
    assert found.reason.startswith(reason)


def test_a_kpi_that_is_not_there(data: Path) -> None:
    with pytest.raises(NotFound):
        explaining.choices(data, 7, TODAY)


def test_what_is_shown_follows_the_rows(data: Path) -> None:
    kpi = kept(data, REVENUE)
    assert explain(data, kpi).found.change == 0
    row = b"Order,Day,Channel,Region,Currency,Total\nnew-1,2026-10-05,app,EU,SEK,500.00\n"
    add(data, File("late.csv", row), overlap="add", coverage="no")
    found = explain(data, kpi)
    assert [(part.label, part.kind, part.explains) for part in found.found.parts][:1] == [
        ("app", PartKind.NEW, Fraction(500))
    ]
