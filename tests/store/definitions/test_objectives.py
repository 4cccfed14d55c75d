"""Objectives are kept, follow their KPIs, and every step can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import KeyResult, Objective
from kpi_core.store.changes import list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import (
    dump_document,
    edit_kpi,
    get_kpi,
    get_objective,
    load_document,
    objectives,
    put_objective,
    remove_kpi,
    remove_objective,
    undo_change,
)
from tests.store.definitions.shop import MONDAY, ORDER_VALUE, REVENUE, TUESDAY, shop

GROW = Objective(
    "Grow without discounts",
    date(2026, 10, 1),
    date(2026, 12, 31),
    (
        KeyResult("Monthly Revenue", Fraction(450000), Fraction(550000), stretch=True),
        KeyResult("Avg Order Value", Fraction(700), Fraction(800), date(2026, 11, 30)),
    ),
    "shop manager",
)


def test_an_objective_is_added_changed_and_kept_exactly() -> None:
    with shop() as store:
        put_objective(store, GROW, TUESDAY)
        (held,) = objectives(store)
        assert replace(held, id=0) == GROW
        longer = replace(held, until=date(2027, 3, 31))
        put_objective(store, longer, TUESDAY)
        assert objectives(store) == (longer,)
        entries = list_changes(store)
        assert put_objective(store, longer, TUESDAY) is None
        assert list_changes(store) == entries


def test_taking_it_away_and_back_leaves_it_as_it_was_and_the_kpis_alone() -> None:
    with shop() as store:
        put_objective(store, GROW, TUESDAY)
        held = objectives(store)
        removed = remove_objective(store, held[0].id, TUESDAY)
        assert objectives(store) == ()
        assert get_kpi(store, REVENUE).name == "Monthly Revenue"
        assert removed is not None
        undo_change(store, removed, TUESDAY)
        assert objectives(store) == held


def test_an_older_change_is_not_taken_back_over_a_newer_one() -> None:
    with shop() as store:
        added = put_objective(store, GROW, TUESDAY)
        put_objective(store, replace(objectives(store)[0], owner="bookkeeper"), TUESDAY)
        assert added is not None
        with pytest.raises(RefusedDefinition, match="was changed again after change"):
            undo_change(store, added, TUESDAY)


def test_a_renamed_kpi_takes_its_key_results_along_and_back_again() -> None:
    with shop() as store:
        put_objective(store, GROW, TUESDAY)
        change = edit_kpi(store, replace(get_kpi(store, REVENUE), name="Revenue"), TUESDAY)
        assert objectives(store)[0].key_results[0].kpi == "Revenue"
        assert change is not None
        undo_change(store, change, TUESDAY)
        assert replace(objectives(store)[0], id=0) == GROW


def test_a_kpi_that_a_key_result_points_at_cannot_be_taken_away() -> None:
    with shop() as store:
        put_objective(store, GROW, TUESDAY)
        with pytest.raises(RefusedDefinition, match="Avg Order Value is a key result of the objective"):
            remove_kpi(store, ORDER_VALUE, TUESDAY)


def test_taking_back_brings_no_key_result_back_whose_kpi_is_gone() -> None:
    with shop() as store:
        put_objective(store, GROW, TUESDAY)
        without = replace(objectives(store)[0], key_results=GROW.key_results[:1])
        change = put_objective(store, without, TUESDAY)
        remove_kpi(store, ORDER_VALUE, TUESDAY)
        assert change is not None
        with pytest.raises(RefusedDefinition, match="there is no KPI 'Avg Order Value'"):
            undo_change(store, change, TUESDAY)


def test_what_is_not_there_or_taken_is_refused() -> None:
    with shop() as store:
        put_objective(store, GROW, TUESDAY)
        with pytest.raises(RefusedDefinition, match="already an objective 'Grow without discounts' from that day"):
            put_objective(store, replace(GROW, name="GROW without discounts"), TUESDAY)
        with pytest.raises(RefusedDefinition, match="there is no KPI 'Visits'"):
            put_objective(
                store, replace(GROW, name="More", key_results=(KeyResult("Visits", Fraction(0), Fraction(9)),)), TUESDAY
            )
        with pytest.raises(NotFound, match="no objective number 9"):
            get_objective(store, 9)


def test_a_document_carries_objectives_and_the_same_again_changes_nothing() -> None:
    with shop() as store, open_store(None) as other:
        put_objective(store, GROW, TUESDAY)
        document = dump_document(store)
        load_document(other, document, MONDAY)
        assert dump_document(other).objectives == (GROW,)
        again = load_document(other, document, TUESDAY)
        assert (again.new, again.changed) == (0, 0)
        fewer = replace(document, objectives=(replace(GROW, key_results=()),))
        assert load_document(other, fewer, TUESDAY).changed == 1
        assert objectives(other)[0].key_results == ()
