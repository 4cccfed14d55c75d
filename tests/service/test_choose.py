from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from kpi_core.checklist import fails
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Direction, Measure, OneColumn, State, Typed
from kpi_core.service import boards, choose, kpi_page
from kpi_core.service.file import File
from kpi_core.source import ReadyKpi
from kpi_core.unit import UnitKind
from tests.service.shop import NOW, REVENUE, SEK, TODAY, add, again, at_least, days, dump, filled, orders, revenue


def test_what_can_be_picked(data: Path) -> None:
    filled(data)
    found = choose.options(data)
    assert found.goals == ("Bring in more money",)
    assert [kpi.name for kpi in found.kpis] == ["Revenue"]
    assert [(source.name, source.rows) for source in found.sources] == [("Orders", 61)]
    assert {column.name for column in found.sources[0].columns} == {"Order", "Day", "Channel", "Total"}
    assert {choice.loaded for choice in found.ready} == {False}
    assert choose.texts(data, "orders", "Channel") == ("web", "shop")


def test_a_ready_made_kpi_calls_the_columns_as_the_file_does(data: Path) -> None:
    header = "Title,Send_Date,Total_Recipients,Successful_Deliveries,Unique_Opens,Unique_Clicks,Unsubscribes"
    rest = "Subject,List,Send_Weekday,Soft_Bounces,Hard_Bounces,Total_Bounces,Times_Forwarded,Forwarded_Opens,Open_Rate"
    more = "Total_Opens,Click_Rate,Total_Clicks,Abuse_Complaints"
    names = f"{header},{rest},{more}".split(",")
    cells = {"Send_Date": "2026-10-01 10:00", "Successful_Deliveries": "200", "Unique_Opens": "50"}
    row = ",".join(cells.get(name, "1") for name in names)
    later = row.replace("2026-10-01", "2026-10-31")
    file = File("export.csv", "\n".join([",".join(names), row, later]).encode())
    assert add(data, file, None).source == "Mailchimp campaigns"
    ready = next(
        each for each in choose.options(data).ready if each.loaded and each.ready.catalogue_key == "email_open"
    )
    kpi = choose.from_ready(ready, revenue())
    assert kpi.unit.kind is UnitKind.PERCENT
    assert choose.review(data, kpi, None, TODAY).values[0] == ("October", "25%")


@pytest.mark.parametrize(
    ("unit", "direction", "expected"),
    [
        ("count", "", (UnitKind.COUNT, None, Direction.UP)),
        ("percent", "down", (UnitKind.PERCENT, None, Direction.DOWN)),
        ("currency", "", (UnitKind.CURRENCY, "SEK", Direction.UP)),
        ("", "", (UnitKind.CURRENCY, "SEK", Direction.UP)),
    ],
)
def test_a_ready_made_kpi_outside_the_catalogue_says_its_unit(
    unit: str, direction: str, expected: tuple[UnitKind, str | None, Direction]
) -> None:
    values = {"kind": "measure", "aggregate": "count", "date": "Day"}
    ready = ReadyKpi("Orders", None, values, "All of them.", unit, direction)
    kpi = choose.from_ready(choose.ReadyChoice("Orders", ready, loaded=True), revenue())
    assert (kpi.unit.kind, kpi.unit.currency, kpi.direction) == expected
    assert kpi.values == Measure("Orders", Aggregate.COUNT, None, "Day")
    assert kpi.includes == "All of them."


def test_a_review_writes_nothing_and_shows_values(data: Path) -> None:
    filled(data)
    before = dump(data)
    draft = revenue(Measure("Orders", Aggregate.COUNT, None, "Day"), "Orders")
    found = choose.review(data, draft, at_least(30), TODAY)
    assert found.refusal == ""
    assert found.ready
    assert found.values[:2] == (("October", "31"), ("September", "30"))
    assert dump(data) == before


def test_a_review_of_a_contradiction_says_so(data: Path) -> None:
    filled(data)
    wrong = revenue(Measure("Orders", Aggregate.SUM, OneColumn("Channel"), "Day"), "Words")
    shown = choose.review(data, wrong, None, TODAY)
    assert not shown.ready or shown.refusal or "words" in shown.values[0][1]
    assert "Channel" in f"{shown.refusal} {shown.values}"


SHOPIFY = "Name,Financial Status,Fulfillment Status,Currency,Subtotal,Total,Created at,Lineitem name,Refunded Amount"


def test_a_ready_made_kpi_waits_as_a_draft_until_its_file_comes(data: Path) -> None:
    ready = next(
        each for each in choose.options(data).ready if (each.source, each.ready.name) == ("Shopify orders", "Orders")
    )
    assert not ready.loaded
    draft = again(choose.from_ready(ready, revenue()), name="Orders a month")
    kept = choose.save(data, draft, at_least(1), NOW)
    assert (kept.state, kept.unit.kind) == (State.DRAFT, UnitKind.COUNT)
    assert choose.finished(data, TODAY) == ()
    assert [kpi.name for kpi in boards.board(data, TODAY, boards.View(TODAY)).drafts] == ["Orders a month"]
    rows = [
        f"#{day.day},paid,fulfilled,SEK,8,10,{day} 10:00:00 +0100,Tea,0" for day in days("2026-10-01", "2026-10-31")
    ]
    added = add(data, File("orders_export.csv", "\n".join([SHOPIFY, *rows]).encode()), None)
    assert (added.source, added.feeds) == ("Shopify orders", ("Orders a month",))
    assert [kpi.name for kpi in choose.finished(data, TODAY)] == ["Orders a month"]
    assert choose.save(data, kept, at_least(1), NOW).state is State.ACTIVE
    assert choose.finished(data, TODAY) == ()
    assert boards.board(data, TODAY, boards.View(TODAY)).rows[0].actual == 31


def test_a_suggested_counter_measure_that_nobody_tracks_is_left_out(data: Path) -> None:
    kpi = filled(data)
    suggested = again(kpi, catalogue_key="revenue", counter_measure="Gross margin")
    assert choose.save(data, suggested, at_least(300), NOW).counter_measure == ""
    choose.save(data, revenue(Typed(Aggregate.SUM), "Gross margin"), at_least(300), NOW)
    assert choose.save(data, suggested, at_least(300), NOW).counter_measure == "Gross margin"
    with pytest.raises(RefusedDefinition, match="there is no KPI 'Returns'"):
        choose.save(data, again(suggested, counter_measure="Returns"), at_least(300), NOW)


def test_a_kpi_of_a_source_that_nobody_knows_is_refused(data: Path) -> None:
    with pytest.raises(RefusedDefinition, match="there is no source 'Orders'"):
        choose.save(data, revenue(), at_least(300), NOW)


def test_a_finished_kpi_is_on_the_board_with_its_goal(data: Path) -> None:
    kpi = filled(data)
    assert kpi.state is State.ACTIVE
    assert choose.options(data).goals == ("Bring in more money",)
    row = boards.board(data, TODAY, boards.View(TODAY)).rows[0]
    assert (row.kpi.name, row.actual, row.judgement.word) == ("Revenue", Fraction(310), "On target")


def test_an_active_kpi_stays_active_whatever_the_checklist_says_later(data: Path) -> None:
    kpi = filled(data)
    worse = choose.save(data, again(kpi, owner="", definition=""), at_least(300, date(2026, 1, 1)), NOW)
    assert worse.state is State.ACTIVE


def statuses(data: Path, kpi_id: int) -> dict[date, str]:
    return {line.period.start: line.judgement.word for line in kpi_page.page(data, kpi_id, TODAY).lines}


def test_a_changed_target_needs_a_reason_and_does_not_recolour_the_past(data: Path) -> None:
    kpi = filled(data)
    before = statuses(data, kpi.id)
    assert before[date(2026, 9, 1)] == "On target"
    held = dump(data)
    with pytest.raises(RefusedDefinition, match="Why does the target of Revenue change"):
        choose.save(data, kpi, at_least(9000), NOW)
    assert dump(data) == held
    choose.save(data, kpi, at_least(9000), NOW, "A second shop")
    assert statuses(data, kpi.id) == before
    page = kpi_page.page(data, kpi.id, TODAY)
    assert [line.reason for line in page.targets] == ["A second shop", ""]
    next_year = datetime(2027, 1, 4, 9)
    add(data, orders(days("2026-11-01", "2026-12-31"), name="later.csv"), now=next_year)
    later = {line.period.start: line.judgement.word for line in kpi_page.page(data, kpi.id, next_year.date()).lines}
    assert (later[date(2026, 10, 1)], later[date(2026, 12, 1)]) == ("On target", "Off target")


def test_the_same_target_again_is_no_change(data: Path) -> None:
    kpi = filled(data)
    choose.save(data, kpi, at_least(300), NOW)
    assert len(kpi_page.page(data, kpi.id, TODAY).targets) == 1


def test_retired_and_brought_back(data: Path) -> None:
    kpi = filled(data)
    with pytest.raises(RefusedDefinition):
        choose.retire(data, kpi.id, " ", NOW)
    choose.retire(data, kpi.id, "Nobody looks at it", NOW)
    assert boards.board(data, TODAY, boards.View(TODAY)).rows == ()
    assert choose.opened(data, kpi.id)[0].retired_reason == "Nobody looks at it"
    choose.reopen(data, kpi.id, NOW)
    assert boards.board(data, TODAY, boards.View(TODAY)).rows[0].actual == 310


def test_a_name_that_is_taken_is_refused_and_nothing_is_written(data: Path) -> None:
    filled(data)
    before = dump(data)
    with pytest.raises(RefusedDefinition):
        choose.save(data, revenue(name="REVENUE "), at_least(300), NOW)
    assert dump(data) == before


def test_facts_know_a_typed_kpi_has_no_source(data: Path) -> None:
    kept = choose.save(data, revenue(Typed(Aggregate.SUM), "Sales"), at_least(300), NOW)
    assert kept.state is State.ACTIVE
    found = choose.review(data, kept, at_least(300), TODAY)
    assert not fails(found.findings)
    assert {kept.unit, revenue(REVENUE).unit} == {SEK}
