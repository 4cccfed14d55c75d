"""The log with undo, closed months, who writes, notes, and a file of definitions taken over and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kpi_core.business import Business
from kpi_core.errors import ClosedMonths, NotFound, RefusedDefinition
from kpi_core.kpi import Aggregate, Typed
from kpi_core.period import Cadence
from kpi_core.review import Decision
from kpi_core.service import (
    actions,
    checkup,
    choose,
    curing,
    history,
    keeping,
    kpi_page,
    log,
    meeting,
    months,
    notes,
    people,
    reviews,
    sample,
    taking_over,
)
from kpi_core.service.file import File
from kpi_core.service.log import Filter, Thing
from kpi_core.service.meeting import Said
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import kpis
from kpi_core.unit import Unit, UnitKind
from tests.service.shop import NOW, REVENUE, TODAY, add, again, at_least, days, dump, filled, orders, revenue

LATER = NOW + timedelta(hours=1)


def newest(data: Path) -> log.LogLine:
    return log.log_page(data, Filter()).lines[0]


def test_a_closed_month_waits_in_one_sentence_and_both_steps_stand_in_the_log(data: Path) -> None:
    kpi = filled(data)
    people.switch(data, "shop manager")
    assert months.close(data, "2026-09", NOW) == "September 2026 is closed."
    assert months.close(data, "2026-09", NOW) == "September 2026 was closed already."
    before = dump(data)
    said = "September 2026 is closed, so nothing was changed."
    with pytest.raises(ClosedMonths, match=said):
        kpi_page.type_values(data, kpi.id, {date(2026, 9, 1): "70"}, "", NOW)
    with pytest.raises(ClosedMonths, match=said):
        history.take_back(data, 1, NOW)
    with pytest.raises(ClosedMonths, match=said):
        choose.save(data, kpi, at_least(290, date(2026, 9, 1)), NOW, why="was wrong", since=date(2026, 9, 1))
    assert dump(data) == before
    added = add(data, orders(days("2026-09-01", "2026-09-02"), "99.00"), overlap="add")
    assert [each.reason for each in added.result.closed] == ["September 2026 is closed"] * 2
    with pytest.raises(RefusedDefinition, match="Why is September 2026 reopened"):
        months.reopen(data, "2026-09", " ", LATER)
    assert months.reopen(data, "2026-09", "a late invoice", LATER) == "September 2026 is open again."
    kpi_page.type_values(data, kpi.id, {date(2026, 9, 1): "70"}, "", LATER)
    lines = log.log_page(data, Filter(thing=Thing.MONTH)).lines
    assert [(each.about, each.did, each.who, each.why) for each in lines] == [
        ("closed month: September 2026", "Reopened.", "shop manager", "a late invoice"),
        ("closed month: September 2026", "Closed.", "shop manager", ""),
    ]
    assert all(each.ok for each in keeping.check(data, TODAY))


def test_a_month_that_is_not_over_or_no_month_is_not_closed(data: Path) -> None:
    filled(data)
    for month, why in (("2026-11", "not over yet"), ("2026-13", "is no month"), ("September", "is no month")):
        with pytest.raises(RefusedDefinition, match=why):
            months.close(data, month, NOW)


def test_a_target_that_leaves_closed_months_alone_goes_through(data: Path) -> None:
    kpi = filled(data)
    months.close(data, "2026-09", NOW)
    choose.save(data, kpi, at_least(400, date(2026, 10, 1)), NOW, why="more", since=date(2026, 10, 1))
    change = next(each for each in log.log_page(data, Filter()).lines if each.about == "target: Revenue")
    log.take_back(data, change.id, "too much", LATER)
    first = log.log_page(data, Filter(thing=Thing.TARGET)).lines[-1]
    with pytest.raises(ClosedMonths, match="September 2026 is closed"):
        log.take_back(data, first.id, "", LATER)
    # Another KPI's first target is no change of one
    choose.save(data, revenue(name="More revenue"), at_least(5, date(2026, 1, 1)), NOW)


def test_taking_back_that_a_month_was_closed_needs_a_reason(data: Path) -> None:
    filled(data)
    months.close(data, "2026-09", NOW)
    closing = newest(data)
    with pytest.raises(RefusedDefinition, match="Why is September 2026 reopened"):
        log.take_back(data, closing.id, "", LATER)
    log.take_back(data, closing.id, "a late invoice", LATER)
    assert [each.closed for each in months.past_months(data, TODAY)].count(True) == 0


def test_the_log_is_filtered_by_kpi_kind_person_and_day(data: Path) -> None:
    kpi = filled(data)
    people.switch(data, "bookkeeper")
    kpi_page.type_values(data, kpi.id, {date(2026, 9, 1): "70"}, "counted", NOW + timedelta(days=1))
    for wanted in (
        Filter(kpi_id=kpi.id, thing=Thing.TYPED_VALUE),
        Filter(who="bookkeeper"),
        Filter(day=TODAY + timedelta(days=1)),
    ):
        (line,) = log.log_page(data, wanted).lines
        assert (line.who, line.why, line.did) == (
            "bookkeeper",
            "counted",
            "September 2026: nothing typed, now SEK\u00a070.00. September: Off target, was On target.",
        )
    assert log.log_page(data, Filter(kpi_id=99)).lines == ()
    line = newest(data)
    log.take_back(data, line.id, "miscounted", LATER)
    assert newest(data).why == "miscounted"
    assert not next(each for each in log.log_page(data, Filter()).lines if each.id == line.id).standing


def test_a_long_log_has_pages(data: Path) -> None:
    kpi = filled(data)
    for number in range(60):
        kpi_page.type_values(data, kpi.id, {date(2026, 9, 1): str(number)}, "", NOW)
    first = log.log_page(data, Filter())
    second = log.log_page(data, Filter(), first.older)
    assert len(first.lines) == log.PAGE
    assert second.older is None
    assert {each.id for each in first.lines}.isdisjoint(each.id for each in second.lines)


def test_who_writes_is_asked_once_something_was_changed_and_switched_easily(data: Path) -> None:
    assert people.writers(data).ask is False
    assert not data.exists()
    sample.load(data, NOW)
    assert people.writers(data).ask is False, "the sample is nobody's change"
    choose.save(data, revenue(Typed(), name="Mine"), at_least(5, date(2026, 1, 1)), NOW)
    assert people.writers(data).ask is True
    people.switch(data, " shop   manager ")
    assert people.writers(data) == people.Writers("shop manager", ("shop manager",), ask=False)
    people.switch(data, "bookkeeper")
    people.switch(data, "Shop Manager")
    assert people.writers(data).known == ("bookkeeper", "Shop Manager")
    people.switch(data, "")
    assert people.writers(data) == people.Writers("", ("bookkeeper", "Shop Manager"), ask=False)
    assert 'INSERT INTO "stale_kpis"' not in dump(data), "another person makes no value again"


def test_notes_are_listed_changed_and_taken_back_several_on_a_day(data: Path) -> None:
    kpi = filled(data)
    day = date(2026, 10, 2)
    notes.add_note(data, kpi.id, day, "Campaign", NOW)
    notes.add_note(data, 0, day, "Moved house", NOW, everywhere=True)
    assert [(each.about, each.text) for each in notes.every_note(data)] == [
        (notes.EVERYWHERE, "Moved house"),
        ("Revenue", "Campaign"),
    ]
    notes.change_note(data, 1, date(2026, 10, 3), "Campaign in the paper", LATER)
    assert newest(data).did == "Note of 2 October 2026: Campaign, now 3 October 2026: Campaign in the paper."
    log.take_back(data, newest(data).id, "", LATER)
    assert {each.text for each in notes.every_note(data)} == {"Moved house", "Campaign"}
    change = notes.remove_note(data, 2, LATER)
    assert change is not None
    log.take_back(data, change, "", LATER)
    assert len(notes.every_note(data)) == 2
    with pytest.raises(RefusedDefinition, match="What happened"):
        notes.change_note(data, 1, day, " ", NOW)
    with pytest.raises(NotFound):
        notes.change_note(data, 9, day, "x", NOW)


def definitions(data: Path, **owner: str) -> File:
    """Write the definitions of a business with another owner for a KPI, and one KPI more."""
    document = json.loads(keeping.definitions(data))
    (kpi,) = document["kpis"]
    document["kpis"] = [kpi | owner, kpi | {"name": "Revenue of the web shop"}]
    return File("set.json", json.dumps(document).encode())


def test_a_file_of_definitions_is_looked_at_asked_about_and_taken_back(data: Path) -> None:
    filled(data)
    file = definitions(data, owner="bookkeeper")
    before = dump(data)
    found = taking_over.preview(data, file, LATER)
    assert dump(data) == before
    assert [each.about for each in found.clashes] == ["KPI: Revenue"]
    assert found.clashes[0].did == "owner: shop manager, now bookkeeper"
    assert "KPI: Revenue of the web shop" in found.new
    _, number = taking_over.take_over(data, file, ["KPI: Revenue"], LATER)
    assert number is not None
    document = json.loads(keeping.definitions(data))
    assert [(each["name"], each["owner"]) for each in document["kpis"]] == [
        ("Revenue", "shop manager"),
        ("Revenue of the web shop", "shop manager"),
    ]
    assert taking_over.preview(data, file, LATER).new == ()
    held = taking_over.last(data)
    assert held is not None
    taking_over.take_back(data, held.id, LATER)
    assert [each["name"] for each in json.loads(keeping.definitions(data))["kpis"]] == ["Revenue"]
    assert taking_over.last(data) is None
    with pytest.raises(NotFound):
        taking_over.take_back(data, held.id, LATER)
    assert all(each.ok for each in keeping.check(data, TODAY))


def test_what_was_taken_back_one_by_one_and_came_again_goes_with_its_file(data: Path) -> None:
    filled(data)
    file = definitions(data, owner="bookkeeper")
    _, number = taking_over.take_over(data, file, (), LATER)
    (owner,) = [each for each in log.log_page(data, Filter()).lines if each.did.startswith("Owner: shop manager")]
    log.take_back(data, owner.id, "", LATER)
    log.take_back(data, log.log_page(data, Filter()).lines[0].id, "", LATER)
    assert "bookkeeper" in keeping.definitions(data)
    taking_over.take_back(data, number or 0, LATER)
    assert "bookkeeper" not in keeping.definitions(data)


def test_the_same_definitions_again_change_nothing(data: Path) -> None:
    filled(data)
    same = File("set.json", keeping.definitions(data).encode())
    found = taking_over.preview(data, same, LATER)
    assert (found.new, found.clashes, found.others) == ((), (), ())
    assert taking_over.take_over(data, same, (), LATER)[1] is None
    with pytest.raises(RefusedDefinition):
        taking_over.preview(data, File("set.json", b"{"), LATER)


def test_an_owner_s_definitions_name_nobody_who_writes(data: Path) -> None:
    people.switch(data, "bookkeeper")
    choose.save(data, again(revenue(Typed(), name="Mine"), owner=""), at_least(5, date(2026, 1, 1)), NOW)
    assert "bookkeeper" not in keeping.definitions(data)


def test_reviews_actions_and_what_was_put_aside_are_signed_by_who_writes_now(data: Path) -> None:
    kpi = filled(data, 400)
    keeping.save_settings(data, Business(currency="SEK"), NOW)
    people.switch(data, "bookkeeper")
    people.switch(data, "shop manager")
    before = newest(data).id
    review = reviews.start(data, "", NOW)
    meeting.decide(data, review.id, kpi.id, Said("Fewer visitors", Decision.ACT), NOW)
    actions.add_typed(data, kpi.id, "Call", "buyer", TODAY, NOW, review=review.id)
    reviews.finish(data, review.id, NOW)
    reviews.correct(data, review.id, "It rained", NOW)
    untidy = checkup.checkup(data, TODAY).found[0]
    checkup.put_aside(data, untidy, TODAY, "later", NOW)
    remedy = next(each for found in checkup.checkup(data, TODAY).found for each in found.cures if not each.deed.leads)
    of = next(each for each in checkup.checkup(data, TODAY).found if remedy in each.cures)
    curing.cure(data, of, remedy, NOW, ("no one asks for it",) if remedy.asks else ())
    signed = [each for each in log.log_page(data, Filter()).lines if each.id > before]
    assert len(signed) >= 7
    assert {each.who for each in signed} == {"shop manager"}
    assert reviews.record(data, review.id, TODAY).additions[0].who == "shop manager"


def test_how_often_a_kpi_is_reviewed_goes_along_with_the_definitions(data: Path, tmp_path: Path) -> None:
    choose.save(data, again(filled(data), review_every=Cadence.WEEK), None, NOW)
    keeping.save_settings(data, Business(currency="SEK", review_every=Cadence.QUARTER), NOW)
    other = tmp_path / "other.db"
    keeping.define(other, File("set.json", keeping.definitions(data).encode()), NOW)
    assert keeping.settings(other).review_every is Cadence.QUARTER
    with open_store(other) as store:
        assert [each.review_every for each in kpis(store)] == [Cadence.WEEK]


def test_what_would_change_a_closed_month_waits_in_one_sentence(data: Path) -> None:
    kpi = filled(data)
    months.close(data, "2026-09", NOW)
    before = dump(data)
    said = "Revenue would change in September 2026, which is closed, so nothing was changed."
    orders_only = again(kpi, values=replace(REVENUE, aggregate=Aggregate.COUNT, value=None), unit=Unit(UnitKind.COUNT))
    with pytest.raises(ClosedMonths, match=said):
        choose.save(data, orders_only, at_least(20, date(2026, 1, 1)), NOW, "we count orders now")
    yearly = again(kpi, cadence=Cadence.QUARTER)
    with pytest.raises(ClosedMonths, match=said):
        choose.save(data, yearly, None, NOW)
    changed = json.loads(keeping.definitions(data))
    changed["kpis"][0]["values"]["aggregate"] = "average"
    with pytest.raises(ClosedMonths, match=said):
        keeping.define(data, File("set.json", json.dumps(changed).encode()), NOW)
    assert dump(data) == before
    choose.save(data, again(kpi, owner="bookkeeper"), None, NOW)
    months.reopen(data, "2026-09", "a better way to count", LATER)
    choose.save(data, orders_only, at_least(20, date(2026, 1, 1)), LATER, "we count orders now")
    assert [line.actual.value for line in kpi_page.page(data, kpi.id, TODAY).lines] == [31, 30]


def test_taking_back_a_definition_leaves_closed_months_alone_too(data: Path) -> None:
    kpi = filled(data)
    orders_only = again(kpi, values=replace(REVENUE, aggregate=Aggregate.COUNT, value=None), unit=Unit(UnitKind.COUNT))
    choose.save(data, orders_only, at_least(20, date(2026, 1, 1)), NOW, "we count orders now")
    number = next(each.id for each in log.log_page(data, Filter(thing=Thing.KPI)).lines)
    months.close(data, "2026-09", NOW)
    with pytest.raises(ClosedMonths, match="Revenue would change in September 2026"):
        log.take_back(data, number, "", LATER)


def test_another_fiscal_year_waits_where_a_quarter_of_it_is_closed(data: Path) -> None:
    add(data, orders(days("2026-04-01", "2026-10-31")))
    choose.save(data, again(revenue(), cadence=Cadence.QUARTER), at_least(300, date(2026, 1, 1)), NOW)
    keeping.save_settings(data, Business(currency="SEK", name="Corner shop"), NOW)
    months.close(data, "2026-09", NOW)
    with pytest.raises(ClosedMonths, match="Revenue would change in September 2026, which is closed"):
        keeping.save_settings(data, Business(currency="SEK", fiscal_month=3), NOW)
    keeping.save_settings(data, Business(currency="SEK", fiscal_month=4), NOW)
    months.reopen(data, "2026-09", "a new year", LATER)
    keeping.save_settings(data, Business(currency="SEK", fiscal_month=3), LATER)


def test_a_kpi_s_page_says_which_of_its_periods_are_closed(data: Path) -> None:
    kpi = filled(data)
    months.close(data, "2026-09", NOW)
    page = kpi_page.page(data, kpi.id, TODAY)
    said = "September 2026 is closed: the value stands until that is reopened with a reason."
    assert [page.closed(line.period) for line in page.lines] == ["", said]
