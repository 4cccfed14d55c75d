"""Reviews and actions in the data file: one review at a time, a record that stays, every step taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Direction, Kpi, State, Typed
from kpi_core.period import Cadence
from kpi_core.review import Action, Addition, Decision, Item, Look, Plan, Review
from kpi_core.store.changes import By, list_changes
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions import add_kpi, reviews, undo_change
from kpi_core.store.definitions.actions import actions, add_action, put_action
from kpi_core.unit import Unit, UnitKind

NOW = datetime(2026, 11, 3, 9)
BY = By(NOW, "owner")
DAY = NOW.date()
KPI = Kpi("Orders", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), state=State.ACTIVE)
CALL = Action(1, "Call", "buyer", date(2026, 12, 12), DAY)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        add_kpi(opened, KPI, BY)
        yield opened


def said(decision: Decision | None, day: date = DAY, cause: str = "") -> Item:
    return Item(1, "Orders", day, Look(), cause, decision)


def test_the_last_look_is_the_newest_on_which_something_was_written(store: Store) -> None:
    first = reviews.add_review(store, Review(DAY, "", ()), BY)
    reviews.put_item(store, first.id, said(None), BY)
    assert reviews.last_looks(store, DAY) == {}
    reviews.put_item(store, first.id, said(None, cause="rain"), BY)
    assert reviews.last_looks(store, DAY) == {1: DAY}
    assert reviews.last_looks(store, date(2026, 11, 2)) == {}
    assert reviews.last_item(store, 1) is None
    reviews.put_item(store, first.id, said(Decision.ACT), BY)
    reviews.put_review(store, replace(first, finished=DAY), BY)
    second = reviews.add_review(store, Review(date(2026, 12, 1), "", ()), BY)
    found = reviews.last_item(store, 1, second.id)
    assert found is not None
    assert found.decision is Decision.ACT
    assert reviews.last_item(store, 1, first.id) is None


def test_a_review_that_comes_back_beside_another_one_is_refused(store: Store) -> None:
    first = reviews.add_review(store, Review(DAY, "", ()), BY)
    gone = reviews.take_back_review(store, first.id, BY)
    reviews.add_review(store, Review(DAY, "", ()), BY)
    with pytest.raises(RefusedDefinition, match="goes on"):
        undo_change(store, gone or 0, BY)


def test_a_correction_and_the_plan_are_taken_back(store: Store) -> None:
    review = reviews.add_review(store, Review(DAY, "", (), DAY), BY)
    added = reviews.add_addition(store, review.id, Addition(DAY, "rain", "owner"), BY)
    undo_change(store, added or 0, BY)
    assert reviews.additions(store, review.id) == ()
    changed = reviews.put_plan(store, Plan(date(2026, 12, 1)), BY)
    undo_change(store, changed or 0, BY)
    assert reviews.plan(store) is None
    uid, times = reviews.plan_name(store)
    assert (len(uid), times) == (32, 2)


def test_what_is_not_there_is_said(store: Store) -> None:
    for ask in (
        lambda: reviews.get_review(store, 9),
        lambda: add_action(store, replace(CALL, kpi_id=9), BY),
        lambda: put_action(store, replace(CALL, id=9), BY),
    ):
        with pytest.raises(NotFound):
            ask()


STEPS: tuple[Callable[[Store], object], ...] = (
    lambda store: add_action(store, CALL, BY),
    lambda store: [put_action(store, replace(each, owner=each.owner + "x"), BY) for each in actions(store)],
    lambda store: [put_action(store, replace(each, closed=DAY), BY) for each in actions(store)],
    lambda store: [put_action(store, replace(each, closed=None), BY) for each in actions(store)],
)


@given(steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=6))
def test_taking_every_step_back_leaves_no_action(steps: list[Callable[[Store], object]]) -> None:
    with open_store() as store:
        add_kpi(store, KPI, BY)
        for step in steps:
            step(store)
        for change in list_changes(store):
            if change.subject.thing.value == "action":
                undo_change(store, change.id, BY)
        assert actions(store) == ()
