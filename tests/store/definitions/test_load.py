"""Loading a document: by name, all or nothing, the second time without effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings

from kpi_core.business import Business
from kpi_core.definition import EARLIEST, Document, document_from_json, document_from_text, document_to_text
from kpi_core.errors import ClosedMonths, RefusedDefinition
from kpi_core.kpi import Kpi, State
from kpi_core.period import Weekday
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import (
    Loaded,
    dump_document,
    find_kpi,
    goals,
    kpis,
    load_document,
    retire_kpi,
    targets,
    typed_values,
)
from kpi_core.store.months import close_month
from kpi_core.store.sources import find_source
from kpi_core.target import TargetKind
from tests.definition import made
from tests.store.definitions.shop import MONDAY, NEXT_MONTH, ORDERS, REVENUE, SHOP, TUESDAY, shop


@settings(max_examples=25)
@given(made.documents())
def test_what_is_loaded_into_an_empty_file_is_dumped_again_and_loading_it_twice_changes_nothing(
    document: Document,
) -> None:
    # Who writes is not said by a file
    document = replace(document, business=document.business and replace(document.business, person=""))
    with open_store(None) as store:
        load_document(store, document, MONDAY)
        assert dump_document(store) == document
        entries = list_changes(store)
        again = load_document(store, document_from_text(document_to_text(document)), TUESDAY)
        assert (again.new, again.changed) == (0, 0)
        assert list_changes(store) == entries
        assert dump_document(store) == document


def test_loading_counts_what_is_new_changed_and_the_same() -> None:
    with open_store(None) as store:
        assert load_document(store, SHOP, MONDAY) == Loaded(new=8, changed=0, same=0)
        one = document_from_json({"kpis": [{"name": "ORDERS", "unit": "count", "direction": "up"}]})
        assert load_document(store, one, TUESDAY) == Loaded(new=0, changed=1, same=0)
        assert load_document(store, one, TUESDAY).sentence == "0 new, 0 changed, 1 the same."


def test_a_kpi_becomes_exactly_what_the_document_says_and_keeps_its_number() -> None:
    with shop() as store:
        one = document_from_json({"kpis": [{"name": "monthly revenue", "unit": "currency:SEK", "direction": "up"}]})
        load_document(store, one, TUESDAY)
        kpi = find_kpi(store, "Monthly Revenue")
        assert (kpi.id, kpi.name, kpi.goal) == (REVENUE, "monthly revenue", "")
        assert len(targets(store, REVENUE).rows) == 1


def test_what_the_document_does_not_name_stays() -> None:
    with shop() as store:
        load_document(store, document_from_json({"goals": ["More regulars"]}), TUESDAY)
        assert [goal.name for goal in goals(store)] == ["Grow", "More regulars"]
        assert [kpi.name for kpi in kpis(store)] == ["Monthly Revenue", "Orders", "Avg Order Value"]
        assert [typed.value for typed in typed_values(store)] == [480000]


def test_a_goal_is_kept_as_the_goal_itself_is_written() -> None:
    with shop() as store:
        assert find_kpi(store, "monthly revenue").goal == "Grow"


def test_a_source_without_recipe_leaves_the_one_it_has() -> None:
    recipe = {"name": "Shop orders", "headers": ["Total"], "date": "Day"}
    with shop() as store:
        with_recipe = document_from_json({"sources": [{"name": "ORDERS", "recipe": recipe}]})
        assert load_document(store, with_recipe, TUESDAY) == Loaded(new=0, changed=1, same=0)
        assert load_document(store, SHOP, TUESDAY).changed == 0
        assert find_source(store, "orders").recipe.date == "Day"


def test_settings_come_with_the_document() -> None:
    with shop() as store:
        load_document(store, document_from_json({"business": {"currency": "SEK", "week_start": "sun"}}), TUESDAY)
        assert read_business(store) == Business(currency="SEK", week_start=Weekday.SUNDAY)


def test_a_refused_document_changes_nothing() -> None:
    with shop() as store:
        before, entries = dump_document(store), list_changes(store)
        bad = document_from_json(
            {
                "goals": ["New goal"],
                "kpis": [{"name": "New", "unit": "count", "direction": "up"}],
                "typed_values": [
                    {"kpi": "New", "period": "2026-10-01", "value": 1},
                    {"kpi": "New", "period": "2026-10-15", "value": 2},
                ],
            }
        )
        with pytest.raises(RefusedDefinition) as refused:
            load_document(store, bad, TUESDAY)
        assert refused.value.sentence == (
            "typed_values[1]: 'New' has another value for the month from 2026-10-01 already."
        )
        assert dump_document(store) == before
        assert list_changes(store) == entries


def test_a_refusal_names_the_place_in_the_document_and_not_in_what_is_held() -> None:
    with shop() as store:
        bad = document_from_json({"kpis": [{"name": "New", "unit": "count", "direction": "up", "goal": "Rest"}]})
        with pytest.raises(RefusedDefinition) as refused:
            load_document(store, bad, TUESDAY)
        assert refused.value.sentence == "kpis[0] 'New': there is no goal 'Rest'."


def test_a_document_may_refer_to_what_is_held_already() -> None:
    part = {"kind": "kpi", "name": "Orders"}
    values = {"kind": "formula", "formula": "growth", "parts": [part], "on": "period before"}
    growth = {"name": "Growth", "unit": "percent", "direction": "up", "goal": "Grow", "values": values}
    with shop() as store:
        load_document(store, document_from_json({"kpis": [growth]}), TUESDAY)
        assert find_kpi(store, "growth").id == 4


def test_a_circle_through_what_is_held_is_refused() -> None:
    part = {"kind": "kpi", "name": "Avg Order Value"}
    values = {"kind": "formula", "formula": "sum", "parts": [part, part]}
    orders = {"name": "Orders", "unit": "count", "direction": "up", "values": values}
    with shop() as store, pytest.raises(RefusedDefinition, match="Orders would be made of itself"):
        load_document(store, document_from_json({"kpis": [orders]}), TUESDAY)


def test_typed_values_are_kept_at_the_start_of_their_period() -> None:
    typed = {"kpi": "orders", "period": "2026-10-17", "value": "1/3", "segment": " Web "}
    with shop() as store:
        load_document(store, document_from_json({"typed_values": [typed]}), TUESDAY)
        (held,) = typed_values(store, ORDERS)
        assert (held.kpi, held.period_start, held.value) == ("Orders", date(2026, 10, 1), Fraction(1, 3))
        assert held.segment == "Web"


def test_a_typed_value_in_a_closed_month_is_refused_unless_it_is_the_same() -> None:
    other = replace(SHOP.typed_values[0], value=Fraction(1))
    with shop() as store:
        close_month(store, "2026-10", TUESDAY)
        assert load_document(store, SHOP, TUESDAY).changed == 0
        with pytest.raises(ClosedMonths):
            load_document(store, Document(typed_values=(other,)), TUESDAY)


def revenue(**more: object) -> Document:
    kpi = {"name": "Monthly Revenue", "unit": "currency:SEK", "direction": "up", "goal": "Grow", **more}
    return document_from_json({"kpis": [kpi]})


def starts(document: Document, by: By) -> list[tuple[date, Fraction | None, bool]]:
    """Load over the shop and list the revenue's target rows: from when, how much, whether it corrects the past."""
    with shop() as store:
        load_document(store, document, by)
        once = targets(store, REVENUE).rows
        load_document(store, document, by)
        assert targets(store, REVENUE).rows == once
        return [(row.starts, row.value, row.backdated) for row in once]


FIRST = (EARLIEST, Fraction(500000), False)


def test_a_changed_target_without_a_day_counts_from_today_and_leaves_the_past() -> None:
    assert starts(revenue(target=550000), NEXT_MONTH) == [FIRST, (date(2026, 12, 7), Fraction(550000), False)]


def test_the_same_target_without_a_day_is_no_change() -> None:
    assert starts(revenue(target={"value": 500000, "reason": "as agreed"}), NEXT_MONTH) == [FIRST]


def test_another_tolerance_is_another_target() -> None:
    assert len(starts(revenue(target={"value": 500000, "tolerance": {"percent": 5}}), NEXT_MONTH)) == 2


def test_a_target_with_an_earlier_day_is_marked_as_a_correction_of_the_past() -> None:
    target = {"value": 450000, "from": "2026-09-01"}
    assert starts(revenue(target=target), NEXT_MONTH) == [FIRST, (date(2026, 9, 1), Fraction(450000), True)]


def test_a_target_with_a_later_day_waits_for_it() -> None:
    target = {"value": 600000, "from": "2027-01-01"}
    assert starts(revenue(target=target), NEXT_MONTH) == [FIRST, (date(2027, 1, 1), Fraction(600000), False)]


def test_of_several_rows_only_those_that_say_something_new_are_added() -> None:
    rows = [500000, {"value": 450000, "from": "2026-12-10"}, {"value": 460000, "from": "2026-12-10"}]
    assert starts(revenue(targets=rows), NEXT_MONTH) == [FIRST, (date(2026, 12, 10), Fraction(460000), False)]


def test_a_target_may_go_back_to_an_earlier_number() -> None:
    with shop() as store:
        load_document(store, revenue(target=550000), NEXT_MONTH)
        later = By(datetime(2027, 1, 4, 9, 0), "shop manager", "too hard")
        load_document(store, revenue(target=500000), later)
        rows = targets(store, REVENUE).rows
        assert [(row.starts, row.value) for row in rows][1:] == [
            (date(2026, 12, 7), Fraction(550000)),
            (date(2027, 1, 4), Fraction(500000)),
        ]


def test_a_row_of_the_same_day_replaces_by_being_entered_later() -> None:
    path = {"baseline": 1, "from": "2026-01-01", "value": 5, "deadline": "2026-12-31"}
    with shop() as store:
        load_document(store, revenue(target=path), TUESDAY)
        load_document(store, revenue(target={**path, "value": 6}), TUESDAY)
        rows = targets(store, REVENUE).rows
        assert [(row.kind, row.value) for row in rows] == [
            (TargetKind.CONSTANT, Fraction(500000)),
            (TargetKind.PATH, Fraction(5)),
            (TargetKind.PATH, Fraction(6)),
        ]


def test_an_exception_is_added_once_at_the_start_of_its_period() -> None:
    document = revenue(target=500000, exceptions=[{"period": "2026-07-20", "value": 200000, "reason": "closed"}])
    with shop() as store:
        assert load_document(store, document, TUESDAY).new == 1
        assert load_document(store, document, TUESDAY).new == 0
        (exception,) = targets(store, REVENUE).exceptions
        assert exception.period_start == date(2026, 7, 1)


def test_another_cadence_is_refused_where_values_were_typed() -> None:
    with shop() as store, pytest.raises(RefusedDefinition) as refused:
        load_document(store, revenue(cadence="week"), TUESDAY)
    assert refused.value.sentence == "Monthly Revenue has numbers that were typed for each month."


def test_a_document_reopens_what_was_retired() -> None:
    with shop() as store:
        retire_kpi(store, ORDERS, "we count differently", TUESDAY)
        load_document(store, SHOP, NEXT_MONTH)
        assert find_kpi(store, "Orders").state is State.ACTIVE


def test_the_log_says_that_it_came_from_a_file_unless_told_better() -> None:
    with open_store(None) as store:
        load_document(store, SHOP, By(MONDAY.now))
        assert {change.why for change in list_changes(store)} == {"definitions loaded from a file"}
    with shop() as store:
        assert {change.why for change in list_changes(store)} == {"first set"}


def test_a_dumped_kpi_has_no_number_of_its_own() -> None:
    with shop() as store:
        assert {kpi.id for kpi in dump_document(store).kpis} == {0}
        assert all(isinstance(kpi, Kpi) for kpi in kpis(store))
