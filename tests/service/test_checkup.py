"""The check-up of a data file: what it looks at, what is put aside, its line on the board, a past day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.hygiene import Rule
from kpi_core.kpi import Formula, FormulaKind, KpiRef, State, Tier
from kpi_core.review import Decision
from kpi_core.service import checkup, choose, keeping, meeting, reviews, sample
from kpi_core.service.meeting import Said
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.definitions.undo import undo_change
from kpi_core.unit import Unit, UnitKind
from tests.service.shop import NOW as SHOP_NOW
from tests.service.shop import at_least, filled
from tests.service.untidy import DAY, NOW, TODAY, found, keep, typed

NEXT_MONTH = TODAY + timedelta(days=30)


def test_a_data_file_without_kpis_has_nothing_to_look_at(data: Path) -> None:
    assert not checkup.checkup(data, TODAY).any
    assert checkup.line_for_board(data, TODAY) == ""


def test_drafts_and_retired_ones_and_health_metrics_are_not_judged(data: Path) -> None:
    bare = typed("Bare", owner="", goal="", review_date=None)
    for n, changes in enumerate(
        ({"state": State.DRAFT}, {"state": State.RETIRED, "retired_reason": "old"}, {"tier": Tier.HEALTH_METRIC})
    ):
        keep(data, replace(bare, name=f"Bare {n}", **changes), [1, 2, 3])  # type: ignore[arg-type]
    one = checkup.checkup(data, TODAY)
    assert (one.found, one.any) == ((), True)
    assert one.sentence == "Nothing to tidy up."
    assert one.looked_at.startswith("Looked at: 0 KPIs on the board and 1 health metric beside them")


def test_of_the_sample_shop_it_finds_what_is_there_to_be_found(data: Path) -> None:
    sample.load(data, datetime(2026, 11, 21, 10))
    one = checkup.checkup(data, TODAY)
    assert [(each.rule, each.names) for each in one.found] == [
        (Rule.ALWAYS_RED, ("First reply time",)),
        (Rule.STALE, ("Out-of-stock share",)),
    ]
    assert checkup.line_for_board(data, TODAY) == ""


def test_a_kpi_of_a_file_is_looked_at_as_one_that_is_typed(data: Path) -> None:
    kpi = filled(data, target=100)
    today = SHOP_NOW.date()
    assert {each.rule for each in checkup.checkup(data, today).found} == {
        Rule.TOO_MANY,
        Rule.ONE_KIND,
        Rule.ONE_SIDED,
        Rule.GAMEABLE,
    }
    choose.save(data, replace(kpi, name="Sales", id=0), at_least(100), SHOP_NOW)
    twin = next(each for each in checkup.checkup(data, today).found if each.rule is Rule.TWIN)
    assert twin.sentence == "Both are worked out in the same way from the same columns."
    assert twin.names == ("Revenue", "Sales")


def test_the_board_hears_of_what_is_weighty(data: Path) -> None:
    keep(data, typed("Orders", owner=""), [500, 490])
    assert checkup.line_for_board(data, TODAY) == "Orders: Nobody owns it."


def test_a_finding_is_put_aside_until_its_day_is_over_and_comes_back_by_itself(data: Path) -> None:
    keep(data, typed("Orders", owner=""), [500, 490])
    one = found(data)["O1:1"]
    checkup.put_aside(data, one, NEXT_MONTH, "  the  new manager comes in December ", NOW)
    today = checkup.checkup(data, TODAY)
    assert "O1:1" not in {each.id for each in today.found}
    ((aside, kept),) = today.aside
    assert (aside, kept.until, kept.reason) == (one, NEXT_MONTH, "the new manager comes in December")
    assert today.sentence.endswith("; 1 put aside.")
    assert checkup.line_for_board(data, TODAY) == ""
    assert checkup.checkup(data, NEXT_MONTH).aside
    later = checkup.checkup(data, NEXT_MONTH + DAY)
    assert later.aside == ()
    assert "O1:1" in {each.id for each in later.found}


def test_it_is_brought_back_and_put_aside_again_and_all_of_it_is_logged(data: Path) -> None:
    keep(data, typed("Orders", owner=""), [500, 490])
    one = found(data)["O1:1"]
    put = checkup.put_aside(data, one, NEXT_MONTH, "later", NOW)
    ((_, kept),) = checkup.checkup(data, TODAY).aside
    back = checkup.bring_back(data, kept, NOW)
    assert "O1:1" in found(data)
    with pytest.raises(NotFound):
        checkup.bring_back(data, kept, NOW)
    with open_store(data) as store:
        undo_change(store, back or 0, By(NOW))
    assert "O1:1" not in found(data)
    with open_store(data) as store, pytest.raises(RefusedDefinition):
        undo_change(store, back or 0, By(NOW))
    newest, _, first, *_ = keeping.log(data)
    assert first.about == "put aside: Orders"
    assert first.did == "Put aside until 21 December 2026: later."
    assert newest.did == "Put aside until 21 December 2026: later."
    assert put == first.id


def test_undo_of_putting_aside_brings_it_back(data: Path) -> None:
    keep(data, typed("Orders", owner=""), [500, 490])
    put = checkup.put_aside(data, found(data)["O1:1"], NEXT_MONTH, "later", NOW)
    with open_store(data) as store:
        undo_change(store, put or 0, By(NOW))
    assert "O1:1" in found(data)


def test_put_aside_anew_holds_until_the_new_day(data: Path) -> None:
    keep(data, typed("Orders", owner=""), [500, 490])
    one = found(data)["O1:1"]
    checkup.put_aside(data, one, TODAY, "later", NOW)
    checkup.put_aside(data, one, NEXT_MONTH, "much later", NOW)
    ((_, kept),) = checkup.checkup(data, TODAY + DAY).aside
    assert kept.reason == "much later"


def test_what_is_about_the_whole_board_can_be_put_aside(data: Path) -> None:
    keep(data, typed("Orders"), [500, 490])
    checkup.put_aside(data, found(data)["B1"], NEXT_MONTH, "one is enough for now", NOW)
    assert [each.id for each, _ in checkup.checkup(data, TODAY).aside] == ["B1"]


@pytest.mark.parametrize(("days", "reason"), [(30, " "), (-1, "later"), (None, "later")])
def test_without_a_reason_or_a_day_to_come_nothing_is_put_aside(data: Path, days: int | None, reason: str) -> None:
    keep(data, typed("Orders", owner=""), [500, 490])
    until = None if days is None else TODAY + days * DAY
    with pytest.raises(RefusedDefinition):
        checkup.put_aside(data, found(data)["O1:1"], until, reason, NOW)
    assert checkup.checkup(data, TODAY).aside == ()


def test_a_past_day_is_looked_at_with_the_definitions_and_targets_of_then(data: Path) -> None:
    number = keep(data, typed("Orders"), [520, 531, 540] * 5)
    with open_store(data) as store:
        kpi = get_kpi(store, number)
    choose.save(data, replace(kpi, owner="Bo"), at_least(600), NOW, "met for a year")
    assert Rule.ALWAYS_GREEN not in {each.rule for each in checkup.checkup(data, TODAY).found}
    then = checkup.checkup(data, TODAY, TODAY - DAY)
    assert then.as_of == TODAY - DAY
    assert Rule.ALWAYS_GREEN in {each.rule for each in then.found}
    with pytest.raises(RefusedDefinition, match="still to come"):
        checkup.checkup(data, TODAY, TODAY + DAY)


def test_what_is_put_aside_today_was_in_sight_before(data: Path) -> None:
    keep(data, typed("Orders", owner=""), [500, 490])
    checkup.put_aside(data, found(data)["O1:1"], NEXT_MONTH, "later", NOW)
    assert "O1:1" in {each.id for each in checkup.checkup(data, TODAY, TODAY - DAY).found}


def test_removing_the_sample_shop_takes_along_what_of_it_was_put_aside(data: Path) -> None:
    sample.load(data, NOW)
    (red, _) = checkup.checkup(data, TODAY).found
    checkup.put_aside(data, red, NEXT_MONTH, "a made-up shop", NOW)
    sample.remove(data)
    assert not checkup.checkup(data, TODAY).any
    with open_store(data) as store:
        assert store.all("SELECT * FROM put_aside") == []
    assert all(each.ok for each in keeping.check(data))


def test_a_number_made_of_typed_ones_comes_from_somewhere(data: Path) -> None:
    for name in ("Returned", "Sent"):
        keep(data, typed(name), [500, 490])
    share = Formula(FormulaKind.RATIO, (KpiRef("Returned"), KpiRef("Sent")), Fraction(100))
    number = keep(data, typed("Returns", values=share, unit=Unit(UnitKind.PERCENT)), [])
    assert f"M3:{number}" not in found(data)
    keep(data, typed("Waiting"), [])
    waits = replace(share, parts=(KpiRef("Returned"), KpiRef("Waiting")))
    number = keep(data, typed("Waits", values=waits, unit=Unit(UnitKind.PERCENT)), [])
    assert f"M3:{number}" in found(data)


def test_a_kpi_that_was_in_no_review_is_found_until_it_was(data: Path) -> None:
    number = keep(data, typed("Orders"), [510, 520, 530])
    assert Rule.NEVER_REVIEWED in {each.rule for each in checkup.checkup(data, TODAY).found}
    review = reviews.start(data, "", NOW)
    meeting.decide(data, review.id, number, Said("Went well", Decision.KEEP), NOW)
    reviews.finish(data, review.id, NOW)
    assert Rule.NEVER_REVIEWED not in {each.rule for each in checkup.checkup(data, TODAY).found}
    before = checkup.checkup(data, TODAY, TODAY - DAY)
    assert Rule.NEVER_REVIEWED in {each.rule for each in before.found}
    with open_store(data) as store:
        assert get_kpi(store, number).review_date == TODAY + 30 * DAY, "a value review is no look at its relevance"
