"""The log is read newest first, in pages, and takes notes of what a change did to colours."""

from __future__ import annotations

from datetime import datetime

import pytest

from kpi_core.errors import NotFound
from kpi_core.store.changes import (
    By,
    Change,
    Link,
    Subject,
    Thing,
    from_text,
    get_change,
    list_changes,
    log,
    note_effect,
    to_text,
)
from kpi_core.store.data_file import Store, open_store

MORNING = By(datetime(2026, 11, 2, 9, 30), "shop manager", "first set")
GOAL = Subject(Thing.GOAL, "1", None, "Grow")


def three() -> Store:
    store = open_store(None)
    with store.writing():
        log(store, MORNING, GOAL, None, {"name": "Grow"})
        log(store, MORNING, GOAL, {"name": "Grow"}, {"name": "Grow", "catalogue_key": "grow"})
        log(store, MORNING, GOAL, {"name": "Grow", "catalogue_key": "grow"}, {"name": "Grow"}, Link(undoes=2))
    return store


def test_an_entry_holds_what_was_changed_by_whom_when_and_why() -> None:
    with three() as store:
        assert get_change(store, 1) == Change(
            id=1, at=MORNING.now, who="shop manager", why="first set", subject=GOAL, old=None, new={"name": "Grow"}
        )


def test_entries_are_linked_with_what_they_take_back() -> None:
    with three() as store:
        assert (get_change(store, 2).undone_by, get_change(store, 3).undoes) == (3, 2)


def test_the_newest_come_first_in_pages() -> None:
    with three() as store:
        assert [change.id for change in list_changes(store)] == [3, 2, 1]
        assert [change.id for change in list_changes(store, most=2)] == [3, 2]
        assert [change.id for change in list_changes(store, before=2)] == [1]
        assert list_changes(store, kpi_id=7) == ()


def test_what_a_change_did_to_colours_is_noted_once_it_is_known() -> None:
    with three() as store:
        note_effect(store, 2, "October: red, was amber")
        assert get_change(store, 2).effect == "October: red, was amber"
        assert get_change(store, 1).effect == ""


def test_an_entry_that_does_not_exist_is_not_found() -> None:
    with three() as store, pytest.raises(NotFound, match="There is no change number 4"):
        get_change(store, 4)


def test_the_same_state_always_gives_the_same_text() -> None:
    assert to_text({"b": 1, "a": "å"}) == to_text({"a": "å", "b": 1}) == '{"a": "å", "b": 1}'
    assert to_text(None) is None
    assert from_text(None) is None
    assert from_text('{"a": 1}') == {"a": 1}
