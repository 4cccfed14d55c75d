"""KPIs are added, edited, renamed, retired, reopened and removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpi_core.definition import describe, kpi_from_json, values_from_json
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Direction, State
from kpi_core.store.changes import list_changes
from kpi_core.store.definitions import (
    add_kpi,
    dump_document,
    edit_kpi,
    find_kpi,
    get_kpi,
    kpis,
    remove_kpi,
    reopen_kpi,
    retire_kpi,
    targets,
    typed_values,
)
from kpi_core.store.things import mark_fresh, stale
from tests.store.definitions.shop import MONDAY, NEXT_MONTH, ORDER_VALUE, ORDERS, REVENUE, TUESDAY, shop

TWICE_ORDER_VALUE = values_from_json(
    {"kind": "formula", "formula": "sum", "parts": [{"kind": "kpi", "name": "Avg Order Value"}] * 2}
)
VISITS = kpi_from_json({"name": "Visits", "unit": "count", "direction": "up"})


def test_a_kpi_added_gets_a_number_of_its_own() -> None:
    with shop() as store:
        added = add_kpi(store, VISITS, TUESDAY)
        assert added == replace(VISITS, id=4) == find_kpi(store, "VISITS") == get_kpi(store, 4) == kpis(store)[-1]


def test_a_name_that_is_taken_is_refused() -> None:
    with shop() as store:
        with pytest.raises(RefusedDefinition) as refused:
            add_kpi(store, replace(VISITS, name=" monthly  REVENUE"), TUESDAY)
        assert refused.value.sentence == "There is already a KPI 'Monthly Revenue'."
        with pytest.raises(RefusedDefinition, match="There is already a KPI 'Orders'"):
            edit_kpi(store, replace(get_kpi(store, REVENUE), name="orders"), TUESDAY)


def test_what_does_not_fit_is_refused_by_the_name_of_the_kpi_and_nothing_is_written() -> None:
    with shop() as store:
        before, entries = dump_document(store), list_changes(store)
        with pytest.raises(RefusedDefinition) as refused:
            add_kpi(store, replace(VISITS, goal="Rest"), TUESDAY)
        assert refused.value.sentence == "Visits: there is no goal 'Rest'."
        with pytest.raises(RefusedDefinition, match="Monthly Revenue, target: Here lower is better"):
            edit_kpi(store, replace(get_kpi(store, REVENUE), direction=Direction.DOWN), TUESDAY)
        with pytest.raises(
            RefusedDefinition, match="Orders would be made of itself: Orders → Avg Order Value → Orders"
        ):
            edit_kpi(store, replace(get_kpi(store, ORDERS), values=TWICE_ORDER_VALUE), TUESDAY)
        assert (dump_document(store), list_changes(store)) == (before, entries)


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    with shop() as store:
        entries = list_changes(store)
        assert edit_kpi(store, get_kpi(store, REVENUE), TUESDAY) is None
        assert list_changes(store) == entries


def test_the_log_holds_old_and_new_who_when_and_why() -> None:
    with shop() as store:
        number = edit_kpi(store, replace(get_kpi(store, REVENUE), owner="bookkeeper"), TUESDAY)
        change = list_changes(store)[0]
        assert (change.id, change.at, change.who, change.why) == (
            number,
            TUESDAY.now,
            "shop manager",
            "better known now",
        )
        assert change.subject.name == "Monthly Revenue"
        assert change.old is not None
        assert change.new is not None
        assert "owner" not in change.old
        assert change.new["owner"] == "bookkeeper"


def test_kpis_that_name_a_renamed_one_name_it_anew() -> None:
    with shop() as store:
        edit_kpi(store, replace(get_kpi(store, ORDERS), name="Sales"), TUESDAY)
        value = get_kpi(store, ORDER_VALUE)
        assert describe(value.values) == "(the KPI Monthly Revenue) divided by (the KPI Sales)"
        assert value.counter_measure == "Sales"


def test_as_of_a_past_day_the_definition_of_then_is_shown() -> None:
    with shop() as store:
        edit_kpi(store, replace(get_kpi(store, REVENUE), owner="bookkeeper"), TUESDAY)
        edit_kpi(store, replace(get_kpi(store, REVENUE), owner="owner"), NEXT_MONTH)

        def owner(day: date | None) -> str:
            return kpis(store, day)[0].owner

        assert owner(date(2026, 11, 2)) == ""
        assert owner(date(2026, 11, 3)) == owner(date(2026, 12, 6)) == "bookkeeper"
        assert owner(date(2026, 12, 7)) == owner(None) == "owner"


def test_before_its_first_day_a_kpi_has_the_definition_that_this_day_ended_with() -> None:
    with shop() as store:
        edit_kpi(store, replace(get_kpi(store, REVENUE), owner="bookkeeper"), MONDAY)
        edit_kpi(store, replace(get_kpi(store, REVENUE), owner="owner"), NEXT_MONTH)
        assert kpis(store, date(2020, 1, 1))[0].owner == "bookkeeper"


def test_retiring_needs_a_reason_and_keeps_the_numbers() -> None:
    with shop() as store:
        with pytest.raises(RefusedDefinition) as refused:
            retire_kpi(store, REVENUE, "  ", TUESDAY)
        assert refused.value.sentence == "Why is Monthly Revenue retired?"
        retire_kpi(store, REVENUE, "it says nothing", TUESDAY)
        kpi = get_kpi(store, REVENUE)
        assert (kpi.state, kpi.retired_reason) == (State.RETIRED, "it says nothing")
        assert typed_values(store, REVENUE)
        reopen_kpi(store, REVENUE, NEXT_MONTH)
        assert (get_kpi(store, REVENUE).state, get_kpi(store, REVENUE).retired_reason) == (State.ACTIVE, "")
        assert kpis(store, date(2026, 11, 20))[0].state is State.RETIRED


def test_a_kpi_that_another_is_made_of_cannot_be_removed() -> None:
    with shop() as store:
        with pytest.raises(RefusedDefinition) as refused:
            remove_kpi(store, ORDERS, TUESDAY)
        assert refused.value.sentence == "Avg Order Value is made of Orders."


def test_a_removed_kpi_is_gone_with_its_targets_and_values_and_its_name_is_free() -> None:
    with shop() as store:
        remove_kpi(store, ORDER_VALUE, TUESDAY)
        remove_kpi(store, REVENUE, TUESDAY)
        document = dump_document(store)
        assert ([kpi.name for kpi in document.kpis], document.targets, document.typed_values) == (["Orders"], {}, ())
        for read in (get_kpi, targets):
            with pytest.raises(NotFound, match="There is no KPI number 1"):
                read(store, REVENUE)
        assert add_kpi(store, replace(VISITS, name="Monthly Revenue"), TUESDAY).id == 4


def test_another_cadence_is_refused_where_numbers_were_typed_for_periods() -> None:
    weekly = kpi_from_json({"name": "x", "unit": "count", "direction": "up", "cadence": "week"}).cadence
    with shop() as store:
        with pytest.raises(RefusedDefinition, match="Monthly Revenue has numbers that were typed for each month"):
            edit_kpi(store, replace(get_kpi(store, REVENUE), cadence=weekly), TUESDAY)
        edit_kpi(store, replace(get_kpi(store, ORDERS), cadence=weekly), TUESDAY)
        assert get_kpi(store, ORDERS).cadence is weekly


def test_days_that_do_not_apply_are_kept_as_starts_of_their_period() -> None:
    with shop() as store:
        days = frozenset({date(2026, 7, 20), date(2026, 7, 1)})
        edit_kpi(store, replace(get_kpi(store, REVENUE), not_applicable=days), TUESDAY)
        assert get_kpi(store, REVENUE).not_applicable == {date(2026, 7, 1)}


def test_only_what_values_depend_on_makes_them_stale_and_those_of_kpis_made_of_them() -> None:
    with shop() as store:
        mark_fresh(store)
        edit_kpi(store, replace(get_kpi(store, ORDERS), owner="bookkeeper"), TUESDAY)
        assert stale(store) == {}
        edit_kpi(store, replace(get_kpi(store, ORDERS), values=VISITS.values), TUESDAY)
        assert stale(store) == {ORDERS: None, ORDER_VALUE: None}


def test_what_does_not_exist_is_not_found() -> None:
    with shop() as store:
        with pytest.raises(NotFound, match="There is no KPI number 9"):
            get_kpi(store, 9)
        with pytest.raises(NotFound, match="There is no KPI 'Visits'"):
            find_kpi(store, "Visits")
        with pytest.raises(NotFound):
            edit_kpi(store, replace(VISITS, id=9), TUESDAY)
