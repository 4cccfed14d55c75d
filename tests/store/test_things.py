"""One way to change things: nothing without a log entry, no entry without a change, and dependents are known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_core.definition import kpi_from_json
from kpi_core.store.changes import Subject, Thing, list_changes
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions import add_kpi, edit_kpi, find_kpi, remove_kpi
from kpi_core.store.things import change_to, dependents, mark_fresh, mark_stale, stale, state_of
from tests.store.definitions.shop import MONDAY, ORDER_VALUE, ORDERS, REVENUE, TUESDAY, shop

SETTINGS = Subject(Thing.BUSINESS, "1", None, "Settings")


def change_and_fail(store: Store) -> None:
    with store.writing():
        change_to(store, MONDAY, SETTINGS, {"name": "Shop"})
        message = "the power went"
        raise RuntimeError(message)


def test_a_change_and_its_entry_are_written_together_or_not_at_all() -> None:
    with open_store(None) as store:
        with pytest.raises(RuntimeError, match="the power went"):
            change_and_fail(store)
        assert state_of(store, SETTINGS) is None
        assert list_changes(store) == ()


def test_the_state_that_is_there_already_is_no_change() -> None:
    with open_store(None) as store:
        assert change_to(store, MONDAY, SETTINGS, None) is None
        assert change_to(store, MONDAY, SETTINGS, {"name": "Shop"}) == 1
        assert change_to(store, TUESDAY, SETTINGS, {"name": "Shop"}) is None
        assert change_to(store, TUESDAY, SETTINGS, None) == 2
        assert state_of(store, SETTINGS) is None


def test_kpis_made_of_others_are_found_by_way_of_others_too() -> None:
    part = {"kind": "kpi", "name": "AVG ORDER VALUE"}
    growth = {"kind": "formula", "formula": "growth", "parts": [part], "on": "period before"}
    with shop() as store:
        added = add_kpi(
            store, kpi_from_json({"name": "Growth", "unit": "percent", "direction": "up", "values": growth}), TUESDAY
        )
        assert set(dependents(store, ORDERS)) == set(dependents(store, REVENUE)) == {ORDER_VALUE, added.id}
        assert dependents(store, ORDER_VALUE) == (added.id,)
        assert dependents(store, added.id) == ()


def test_stale_values_are_remembered_until_they_are_computed_again() -> None:
    with shop() as store:
        assert stale(store) == {REVENUE: None, ORDERS: None, ORDER_VALUE: None}
        mark_fresh(store)
        assert stale(store) == {}
        mark_stale(store, REVENUE, "2026-10-01")
        mark_stale(store, REVENUE, "2026-11-01")
        both = frozenset({"2026-10-01", "2026-11-01"})
        assert stale(store) == {REVENUE: both, ORDER_VALUE: both}
        mark_stale(store, REVENUE)
        assert stale(store)[REVENUE] is None


def test_a_changed_definition_shows_no_old_value_and_a_removed_kpi_leaves_none() -> None:
    with shop() as store:
        insert = """INSERT INTO actuals (kpi_id, segment_id, period, period_end, value, coverage, reason, typed, label)
            VALUES (?, 0, '2026-10-01', '2026-11-01', '1', 'full', '', 0, '')"""
        store.many(insert, [(REVENUE,), (ORDERS,), (ORDER_VALUE,)])

        def held() -> list[object]:
            return [kpi_id for (kpi_id,) in store.all("SELECT kpi_id FROM actuals ORDER BY kpi_id")]

        other = kpi_from_json({"name": "Orders", "unit": "count", "direction": "up"})
        edit_kpi(store, replace(other, id=ORDERS), TUESDAY)
        assert held() == [REVENUE]
        remove_kpi(store, find_kpi(store, "Avg Order Value").id, TUESDAY)
        remove_kpi(store, REVENUE, TUESDAY)
        assert held() == []
        assert set(stale(store)) == {ORDERS}
