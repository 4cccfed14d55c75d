"""Taking back a change gives what was before, exactly, and is itself a change that can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_core.business import Business
from kpi_core.definition import Document, document_from_json, kpi_from_json, target_from_json
from kpi_core.errors import ClosedMonths, NotFound, RefusedDefinition
from kpi_core.kpi import Direction, Goal, TypedValue
from kpi_core.period import Cadence, Weekday
from kpi_core.store.business import write_business
from kpi_core.store.changes import list_changes
from kpi_core.store.definitions import (
    add_exception,
    add_goal,
    add_kpi,
    add_target,
    dump_document,
    edit_kpi,
    get_kpi,
    load_document,
    remove_goal,
    remove_kpi,
    remove_typed,
    reopen_kpi,
    retire_kpi,
    set_typed,
    take_back_target,
    undo_change,
)
from kpi_core.store.months import close_month
from kpi_core.target import TargetException
from tests.store.definitions.shop import NEXT_MONTH, ORDER_VALUE, ORDERS, REVENUE, SHOP, TUESDAY, shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpi_core.store.data_file import Store

VISITS = kpi_from_json({"name": "Visits", "unit": "count", "direction": "up"})
OCTOBER = date(2026, 10, 1)
HIGHER = target_from_json({"value": 550000, "from": "2026-12-01"}, Direction.UP)
CLOSED = TargetException(date(2026, 7, 1), Fraction(200000), "closed")
RECIPE = document_from_json({"sources": [{"name": "Orders", "recipe": {"name": "Shop", "headers": ["Total"]}}]})


def owned(store: Store, owner: str) -> int | None:
    return edit_kpi(store, replace(get_kpi(store, REVENUE), owner=owner), TUESDAY)


def renamed(store: Store, name: str) -> int | None:
    return edit_kpi(store, replace(get_kpi(store, ORDERS), name=name), TUESDAY)


STEPS: dict[str, Callable[[Store], object]] = {
    "edit": lambda store: owned(store, "bookkeeper"),
    "edit again": lambda store: owned(store, "owner"),
    "rename": lambda store: renamed(store, "Sales"),
    "rename again": lambda store: renamed(store, "Purchases"),
    "retire": lambda store: retire_kpi(store, ORDER_VALUE, "it says nothing", TUESDAY),
    "reopen": lambda store: reopen_kpi(store, ORDER_VALUE, TUESDAY),
    "add a KPI": lambda store: add_kpi(store, VISITS, TUESDAY),
    "remove a KPI": lambda store: remove_kpi(store, ORDER_VALUE, TUESDAY),
    "add a target": lambda store: add_target(store, REVENUE, HIGHER, TUESDAY),
    "take back a target": lambda store: take_back_target(store, 1, TUESDAY),
    "add an exception": lambda store: add_exception(store, REVENUE, CLOSED, TUESDAY),
    "type a value": lambda store: set_typed(store, TypedValue("Monthly Revenue", OCTOBER, Fraction(7)), TUESDAY),
    "remove a value": lambda store: remove_typed(store, REVENUE, OCTOBER, "", TUESDAY),
    "add a goal": lambda store: add_goal(store, Goal("Rest"), TUESDAY),
    "remove a goal": lambda store: remove_goal(store, "Rest", TUESDAY),
    "settings": lambda store: write_business(store, Business(currency="SEK", person="shop manager"), TUESDAY),
    "recipe": lambda store: load_document(store, RECIPE, TUESDAY),
}


@settings(max_examples=40)
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=8))
def test_taking_back_all_changes_newest_first_gives_what_was_and_taking_that_back_gives_what_came_of_them(
    names: list[str],
) -> None:
    with shop() as store:
        before, last = dump_document(store), list_changes(store)[0].id
        states = [before]
        for name in names:
            try:
                STEPS[name](store)
            except (RefusedDefinition, NotFound):
                # What a step needs may be gone, or there already: then it must have changed nothing
                assert dump_document(store) == states[-1]
            else:
                states.append(dump_document(store))
        done = own_since(store, last)
        after = states[-1]
        for number in done:
            undo_change(store, number, NEXT_MONTH)
        assert dump_document(store) == before
        for number in own_since(store, done[0] if done else last)[: len(done)]:
            undo_change(store, number, NEXT_MONTH)
        assert dump_document(store) == after


def own_since(store: Store, last: int) -> list[int]:
    """List the changes after a number, newest first, without those that came along with another one."""
    return [change.id for change in list_changes(store, most=1000) if change.id > last and change.part_of is None]


def newest(store: Store) -> int:
    return list_changes(store)[0].id


def test_a_change_that_was_followed_by_another_of_the_same_thing_is_not_taken_back() -> None:
    with shop() as store:
        first = owned(store, "bookkeeper") or 0
        second = owned(store, "owner") or 0
        with pytest.raises(RefusedDefinition) as refused:
            undo_change(store, first, NEXT_MONTH)
        assert refused.value.sentence == f"Monthly Revenue was changed again after change {first}."
        undo_change(store, second, NEXT_MONTH)
        with pytest.raises(RefusedDefinition) as refused:
            undo_change(store, second, NEXT_MONTH)
        assert refused.value.sentence == f"Change {second} of Monthly Revenue was taken back already."
        undo_change(store, first, NEXT_MONTH)
        assert get_kpi(store, REVENUE).owner == ""


def test_the_log_links_a_change_with_the_one_that_took_it_back() -> None:
    with shop() as store:
        first = owned(store, "bookkeeper") or 0
        back = undo_change(store, first, NEXT_MONTH)
        later, earlier = list_changes(store)[:2]
        assert (later.id, later.undoes, later.who) == (back, first, "bookkeeper")
        assert (earlier.id, earlier.undone_by) == (first, back)


def test_what_came_along_with_a_renaming_is_taken_back_with_it_only() -> None:
    with shop() as store:
        number = renamed(store, "Sales") or 0
        along = list_changes(store)[0]
        assert (along.subject.key, along.part_of) == (str(ORDER_VALUE), number)
        with pytest.raises(RefusedDefinition) as refused:
            undo_change(store, along.id, NEXT_MONTH)
        assert refused.value.sentence == "Avg Order Value was changed along with Sales."
        undo_change(store, number, NEXT_MONTH)
        assert get_kpi(store, ORDER_VALUE).counter_measure == "Orders"


def test_taking_back_the_adding_of_a_kpi_that_another_needs_is_refused() -> None:
    with shop() as store:
        orders = next(each.id for each in list_changes(store) if each.subject.name == "Orders" and each.subject.kpi_id)
        with pytest.raises(RefusedDefinition, match="Avg Order Value is made of Orders"):
            undo_change(store, orders, NEXT_MONTH)


def test_a_removed_kpi_comes_back_with_everything_unless_its_name_is_taken() -> None:
    with shop() as store:
        before = dump_document(store)
        remove_kpi(store, ORDER_VALUE, TUESDAY)
        number = newest(store)
        add_kpi(store, replace(VISITS, name="avg order value"), TUESDAY)
        with pytest.raises(RefusedDefinition, match="There is already a KPI 'avg order value'"):
            undo_change(store, number, NEXT_MONTH)
        undo_change(store, newest(store), NEXT_MONTH)
        undo_change(store, number, NEXT_MONTH)
        assert dump_document(store) == before


def test_a_removed_kpi_whose_part_is_gone_too_does_not_come_back_alone() -> None:
    with shop() as store:
        remove_kpi(store, ORDER_VALUE, TUESDAY)
        number = newest(store)
        remove_kpi(store, ORDERS, TUESDAY)
        with pytest.raises(RefusedDefinition, match="Avg Order Value, values: there is no KPI 'Orders'"):
            undo_change(store, number, NEXT_MONTH)


def test_a_value_in_a_closed_month_is_not_taken_back() -> None:
    with shop() as store:
        number = set_typed(store, TypedValue("Monthly Revenue", OCTOBER, Fraction(7)), TUESDAY) or 0
        close_month(store, "2026-10", NEXT_MONTH)
        with pytest.raises(ClosedMonths):
            undo_change(store, number, NEXT_MONTH)


def test_a_value_whose_week_does_not_exist_any_more_does_not_come_back() -> None:
    weekly = kpi_from_json({"name": "Visits", "unit": "count", "direction": "up", "cadence": "week"})
    with shop() as store:
        kpi = add_kpi(store, weekly, TUESDAY)
        set_typed(store, TypedValue("Visits", date(2026, 10, 5), Fraction(7)), TUESDAY)
        remove_typed(store, kpi.id, date(2026, 10, 5), "", TUESDAY)
        number = newest(store)
        write_business(store, Business(week_start=Weekday.SUNDAY), TUESDAY)
        with pytest.raises(RefusedDefinition) as refused:
            undo_change(store, number, NEXT_MONTH)
        assert refused.value.sentence == "No week of Visits starts on 5 October 2026 any more."


def test_another_cadence_is_not_taken_back_once_values_were_typed_for_the_new_one() -> None:
    with shop() as store:
        number = edit_kpi(store, replace(get_kpi(store, ORDERS), cadence=Cadence.WEEK), TUESDAY) or 0
        set_typed(store, TypedValue("Orders", OCTOBER, Fraction(7)), TUESDAY)
        with pytest.raises(RefusedDefinition, match="Orders has numbers that were typed for each week"):
            undo_change(store, number, NEXT_MONTH)


def test_settings_are_taken_back_unless_a_typed_week_would_be_lost() -> None:
    weekly = kpi_from_json({"name": "Visits", "unit": "count", "direction": "up", "cadence": "week"})
    with shop() as store:
        number = write_business(store, Business(week_start=Weekday.SUNDAY), TUESDAY) or 0
        add_kpi(store, weekly, TUESDAY)
        set_typed(store, TypedValue("Visits", date(2026, 10, 5), Fraction(7)), TUESDAY)
        with pytest.raises(RefusedDefinition, match="Visits has a number for the week from 2026-10-04"):
            undo_change(store, number, NEXT_MONTH)


def test_a_goal_in_use_stays_and_a_source_too() -> None:
    with shop() as store:
        changes = {change.subject.name: change.id for change in list_changes(store) if not change.subject.kpi_id}
        with pytest.raises(RefusedDefinition, match="Monthly Revenue serves the goal 'Grow'"):
            undo_change(store, changes["Grow"], NEXT_MONTH)
        with pytest.raises(RefusedDefinition, match="Orders stays: Orders uses its rows"):
            undo_change(store, changes["Orders"], NEXT_MONTH)


def test_a_target_that_no_longer_fits_its_kpi_does_not_come_back() -> None:
    with shop() as store:
        take_back_target(store, 1, TUESDAY)
        number = newest(store)
        edit_kpi(store, replace(get_kpi(store, REVENUE), direction=Direction.DOWN), TUESDAY)
        with pytest.raises(RefusedDefinition, match="Here lower is better"):
            undo_change(store, number, NEXT_MONTH)


def test_a_change_that_does_not_exist_is_not_found() -> None:
    with shop() as store, pytest.raises(NotFound, match="There is no change number 99"):
        undo_change(store, 99, NEXT_MONTH)


def test_taking_back_a_whole_document_newest_first_leaves_nothing_but_its_source() -> None:
    with shop() as store:
        for number in own_since(store, 0):
            if number > 2:
                undo_change(store, number, NEXT_MONTH)
        assert dump_document(store) == Document(
            goals=SHOP.goals, sources=dump_document(store).sources, business=Business()
        )
