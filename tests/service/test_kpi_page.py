from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Acceptance, Aggregate, Formula, FormulaKind, Measure, OneColumn, Typed
from kpi_core.service import choose, kpi_page
from kpi_core.service.file import File
from kpi_core.status import Status
from tests.service.shop import NOW, REVENUE, TODAY, add, again, at_least, days, dump, filled, orders, revenue

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def test_the_page_tells_everything_about_a_kpi(data: Path) -> None:
    kpi = filled(data)
    found = kpi_page.page(data, kpi.id, TODAY)
    assert (found.kpi, found.row.actual, found.row.judgement.word) == (kpi, Fraction(310), "On target")
    assert [(point.period.start, point.value, point.target_low) for point in found.trend] == [
        (SEPTEMBER, 300.0, 300.0),
        (OCTOBER, 310.0, 300.0),
    ]
    assert [(line.period.start, line.judgement.word) for line in found.lines] == [
        (OCTOBER, "On target"),
        (SEPTEMBER, "On target"),
    ]
    assert "Orders" in found.words
    assert "*" not in found.words
    assert len(found.targets) == 1
    assert found.findings
    assert found.changes


def test_there_is_no_page_of_no_kpi(data: Path) -> None:
    with pytest.raises(NotFound, match=r"^There is no KPI at this address\.$"):
        kpi_page.page(data, 7, TODAY)
    with pytest.raises(NotFound):
        kpi_page.behind(data, 7, OCTOBER)


def values(data: Path, kpi_id: int) -> dict[date, tuple[object, bool]]:
    lines = kpi_page.page(data, kpi_id, TODAY).lines
    return {line.period.start: (line.actual.value, line.actual.typed) for line in lines}


def test_a_typed_value_wins_until_it_is_removed(data: Path) -> None:
    kpi = filled(data)
    kpi_page.type_values(data, kpi.id, {OCTOBER: "1,250.50"}, "Till was broken", NOW)
    assert values(data, kpi.id) == {SEPTEMBER: (300, False), OCTOBER: (Decimal("1250.50"), True)}
    assert [each.sentence for each in kpi_page.behind(data, kpi.id, OCTOBER)] == [
        "Typed by hand: Till was broken. It stands in place of what these rows make:",
        "Orders, October 2026: 31 rows.",
    ]
    kpi_page.type_values(data, kpi.id, {OCTOBER: "  "}, "", NOW)
    assert values(data, kpi.id) == {SEPTEMBER: (300, False), OCTOBER: (310, False)}


def test_typed_values_are_all_or_nothing(data: Path) -> None:
    kpi = choose.save(data, revenue(Typed(Aggregate.SUM)), at_least(300, date(2026, 1, 1)), NOW)
    before = dump(data)
    with pytest.raises(RefusedDefinition, match="a lot"):
        kpi_page.type_values(data, kpi.id, {SEPTEMBER: "100", OCTOBER: "a lot"}, "", NOW)
    assert dump(data) == before
    kpi_page.type_values(data, kpi.id, {SEPTEMBER: "100", OCTOBER: "0"}, "", NOW)
    assert values(data, kpi.id) == {SEPTEMBER: (100, True), OCTOBER: (0, True)}


def test_a_blank_where_nothing_was_typed_changes_nothing(data: Path) -> None:
    kpi = filled(data)
    before = dump(data)
    kpi_page.type_values(data, kpi.id, {OCTOBER: ""}, "", NOW)
    assert dump(data) == before


money = st.decimals(min_value=-9999, max_value=9999, places=2)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(totals=st.lists(money, min_size=1, max_size=70))
def test_the_rows_behind_a_value_add_up_to_it(tmp_path: Path, totals: list[Decimal]) -> None:
    data = tmp_path / "shop.db"
    for old in tmp_path.glob("shop.db*"):
        old.unlink()
    dated = days("2026-10-01", "2026-10-31")
    rows = [f"A-{n},{dated[n % 31]},web,{total}" for n, total in enumerate(totals)]
    rows += ["Z-1,2026-09-01,web,5.00", "Z-2,2026-10-01,web,1.00", "Z-3,2026-10-31,web,1.00"]
    add(data, File("o.csv", "\n".join(["Order,Day,Channel,Total", *rows]).encode()), coverage="yes")
    kpi = choose.save(data, revenue(), at_least(300), NOW)
    value = values(data, kpi.id)[OCTOBER][0]
    found, page = [], 0
    while (part := kpi_page.behind(data, kpi.id, OCTOBER, page)[0]).rows:
        found += [Decimal(row.cells["Total"]) for row in part.rows]
        page += 1
    assert len(found) == part.total == len(totals) + 2
    assert sum(found) == sum(totals) + 2 == value


def test_a_ratio_has_rows_behind_both_parts(data: Path) -> None:
    filled(data)
    parts = (REVENUE, Measure("Orders", Aggregate.COUNT, OneColumn("Order"), "Day"))
    kpi = choose.save(data, revenue(Formula(FormulaKind.RATIO, parts), "Average order"), at_least(9), NOW)
    behind = kpi_page.behind(data, kpi.id, OCTOBER)
    assert [each.total for each in behind] == [31, 31]
    first = behind[0].rows[0]
    assert (first.file_name, re.sub(r"\D", "", str(first.record))) == ("orders.csv", "32")
    assert first.cells["Order"] == "A-20261001"


def test_a_value_follows_the_files(data: Path) -> None:
    kpi = filled(data)
    add(data, orders(days("2026-10-05", "2026-10-05"), "99.00", "second.csv"), overlap="add", coverage="no")
    assert values(data, kpi.id)[OCTOBER][0] in {399, 409}


@pytest.mark.parametrize(("until", "newest"), [(TODAY, "Accepted"), (date(2026, 11, 2), "Off target")])
def test_the_newest_period_shows_what_the_board_shows_and_older_ones_their_colour(
    data: Path, until: date, newest: str
) -> None:
    kpi = filled(data, 500)
    choose.save(data, again(kpi, accepted=Acceptance(until, "the street is dug up")), None, NOW)
    found = kpi_page.page(data, kpi.id, TODAY)
    words = [line.judgement.word for line in found.lines]
    assert words[0] == found.row.judgement.word
    assert words[0].startswith(newest)
    assert words[1] == "Off target"


def test_an_accepted_miss_goes_with_the_period_that_the_board_shows_while_the_next_is_awaited(data: Path) -> None:
    kpi = filled(data, 500)
    december = datetime(2026, 12, 3, 9)
    choose.save(data, again(kpi, accepted=Acceptance(date(2026, 12, 31), "the street is dug up")), None, december)
    found = kpi_page.page(data, kpi.id, december.date())
    assert (found.row.period_text, found.row.judgement.status) == ("October", Status.ACCEPTED)
    assert {line.name: line.judgement.status for line in found.lines} == {
        "October": Status.ACCEPTED,
        "September": Status.RED,
    }
