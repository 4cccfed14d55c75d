"""Entries of the log in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from kpi_core.business import Business
from kpi_core.definition import kpi_from_json, target_from_json, values_from_json
from kpi_core.kpi import Acceptance, AlertWhen, Baseline, Direction, Goal, Rebase, Tier, TypedValue
from kpi_core.store.business import write_business
from kpi_core.store.change_words import change_text
from kpi_core.store.changes import list_changes
from kpi_core.store.data_file import Store
from kpi_core.store.definitions import (
    add_exception,
    add_goal,
    add_kpi,
    add_target,
    edit_kpi,
    get_kpi,
    kpis,
    remove_kpi,
    remove_typed,
    set_typed,
    take_back_exception,
    take_back_target,
    undo_change,
)
from kpi_core.target import TargetException
from tests.store.definitions.shop import NEXT_MONTH, ORDER_VALUE, ORDERS, REVENUE, TUESDAY, renamed, shop

SWEDISH = Business(currency="SEK", locale="sv_SE")
OCTOBER = date(2026, 10, 1)
FIRST = "the first 24 since the usual level began"


def said(store: Store) -> str:
    """Say what the newest change did, blanks between digits made plain."""
    change = list_changes(store)[0]
    kpi = next((each for each in kpis(store) if each.id == change.subject.kpi_id), None)
    return change_text(change, kpi, SWEDISH).replace("\xa0", " ")


def test_a_typed_value_names_its_period_and_both_numbers() -> None:
    with shop() as store:
        assert said(store) == "October 2026: nothing typed, now 480 000 kr"
        set_typed(store, TypedValue("Monthly Revenue", OCTOBER, Fraction(470000)), TUESDAY)
        assert said(store) == "October 2026: 480 000 kr, now 470 000 kr"
        set_typed(store, TypedValue("Orders", OCTOBER, None, "Web", Fraction(2), Fraction(4)), TUESDAY)
        assert said(store) == "October 2026, Web: nothing typed, now 2 of 4"
        remove_typed(store, ORDERS, OCTOBER, "web", NEXT_MONTH)
        assert said(store) == "October 2026, Web: 2 of 4, now nothing typed"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ({"value": 550000, "from": "2026-12-07"}, "target 550 000 kr or more from 7 December 2026"),
        ({"value": 550000}, "target 550 000 kr or more"),
        (
            {"baseline": 400000, "from": "2026-01-01", "value": 600000, "deadline": "2026-12-31"},
            "target 400 000 kr to 600 000 kr or more by 31 December 2026",
        ),
        (
            {"steps": [{"from": "2026-01-01", "value": 500000}, {"from": "2026-07-01", "value": 650000}]},
            "target 500 000 kr or more from 1 January 2026, 650 000 kr or more from 1 July 2026",
        ),
    ],
)
def test_a_target_says_what_it_demands(target: object, words: str) -> None:
    with shop() as store:
        stored = add_target(store, REVENUE, target_from_json(target, Direction.UP), NEXT_MONTH)
        assert said(store) == words
        take_back_target(store, stored.id, NEXT_MONTH)
        assert said(store) == f"{words}, taken back"


def test_a_range_says_both_ends() -> None:
    stock = kpi_from_json({"name": "Stock", "unit": "count", "direction": "range"})
    with shop() as store:
        kpi = add_kpi(store, stock, TUESDAY)
        add_target(store, kpi.id, target_from_json({"low": 2, "high": 5}, Direction.RANGE), TUESDAY)
        assert said(store) == "target 2 to 5"


def test_an_exception_says_for_when_how_much_and_why() -> None:
    with shop() as store:
        add_exception(store, REVENUE, TargetException(date(2026, 7, 1), Fraction(200000), "closed"), TUESDAY)
        assert said(store) == "July 2026: target 200 000 kr, closed"
        take_back_exception(store, 1, TUESDAY)
        assert said(store) == "July 2026: target 200 000 kr, closed; taken back"


def test_an_edit_names_every_member_that_differs() -> None:
    with shop() as store:
        kpi = replace(get_kpi(store, REVENUE), owner="bookkeeper", goal="", pay_tied=False, carry_forward=True)
        edit_kpi(store, kpi, TUESDAY)
        assert set(said(store).split("; ")) == {
            "owner: nothing, now bookkeeper",
            "goal: Grow, now nothing",
            "pay tied: nothing, now no",
            "carry forward: no, now yes",
        }
        days = frozenset({date(2026, 7, 1), date(2026, 8, 1)})
        edit_kpi(store, replace(get_kpi(store, REVENUE), not_applicable=days), TUESDAY)
        assert said(store) == "not applicable: nothing, now July 2026, August 2026"


@pytest.mark.parametrize(
    ("changes", "words", "taken_back"),
    [
        (
            {"rebases": (Rebase(date(2026, 3, 1), "Second shop opened"),)},
            "the usual level starts anew in March 2026: Second shop opened",
            "the usual level does not start anew in March 2026 any more",
        ),
        (
            {"baseline": Baseline(date(2025, 12, 31), date(2025, 1, 1))},
            f"limits made of: {FIRST}, now those from 1 January 2025 to 31 December 2025",
            f"limits made of: those from 1 January 2025 to 31 December 2025, now {FIRST}",
        ),
        (
            {"baseline": Baseline(date(2025, 12, 31))},
            f"limits made of: {FIRST}, now those up to 31 December 2025",
            f"limits made of: those up to 31 December 2025, now {FIRST}",
        ),
        (
            {"alert": AlertWhen.ANY},
            "to be told of: only real changes, now also every turn off target",
            "to be told of: also every turn off target, now only real changes",
        ),
        (
            {"accepted": Acceptance(date(2026, 12, 5), "We moved")},
            "a miss is accepted until 5 December 2026: We moved",
            "a miss is not accepted any more",
        ),
        ({"review_date": date(2027, 3, 1)}, "review date: nothing, now 1 March 2027", None),
        ({"tier": Tier.HEALTH_METRIC}, "tier: KPI, now health metric", "tier: health metric, now KPI"),
    ],
)
def test_days_limits_and_reasons_are_told_in_words(changes: dict[str, Any], words: str, taken_back: str | None) -> None:
    with shop() as store:
        before = replace(get_kpi(store, ORDER_VALUE), review_date=None)
        edit_kpi(store, before, TUESDAY)
        edit_kpi(store, replace(before, **changes), TUESDAY)
        assert said(store) == words
        edit_kpi(store, before, TUESDAY)
        assert taken_back is None or said(store) == taken_back


def test_another_source_of_values_is_told_in_words() -> None:
    with shop() as store:
        edit_kpi(store, replace(get_kpi(store, ORDERS), values=values_from_json({"kind": "typed"})), TUESDAY)
        assert said(store) == (
            "values: count the rows by Created at from Orders, now typed by hand; a longer period adds them up"
        )


def test_what_comes_and_goes_is_said_so() -> None:
    with shop() as store:
        add_goal(store, Goal("Rest"), TUESDAY)
        assert said(store) == "added"
        remove_kpi(store, ORDER_VALUE, TUESDAY)
        assert said(store) == "taken away"
        undo_change(store, list_changes(store)[0].id, TUESDAY)
        assert said(store) == "added"


def test_settings_and_sources_name_what_is_different() -> None:
    with shop() as store:
        write_business(store, SWEDISH, TUESDAY)
        assert said(store) == "added"
        write_business(store, replace(SWEDISH, locale="en_US"), TUESDAY)
        assert said(store) == "locale: sv_SE, now en_US"
        renamed(store, "Orders", "Sales", TUESDAY)
        change = list_changes(store)[1]
        assert change_text(change, None, SWEDISH) == "name: Orders, now Sales"


def test_without_its_kpi_a_change_still_says_its_numbers() -> None:
    with shop() as store:
        typed, target = list_changes(store)[:2]
        assert change_text(typed, None, SWEDISH) == "1 October 2026: nothing typed, now 480000"
        assert change_text(target, None, SWEDISH) == "target"
