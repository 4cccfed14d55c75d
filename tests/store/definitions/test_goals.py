"""Goals are added by name and taken away where no KPI serves them."""

from __future__ import annotations

import pytest

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Goal
from kpi_core.store.changes import list_changes
from kpi_core.store.definitions import add_goal, goals, remove_goal
from tests.store.definitions.shop import TUESDAY, shop


def test_a_goal_is_added_once_and_changed_by_its_name() -> None:
    with shop() as store:
        add_goal(store, Goal("More regulars"), TUESDAY)
        entries = list_changes(store)
        assert add_goal(store, Goal("More regulars"), TUESDAY) is None
        assert list_changes(store) == entries
        add_goal(store, Goal("more regulars", "retention"), TUESDAY)
        assert goals(store) == (Goal("Grow"), Goal("more regulars", "retention"))


def test_a_goal_that_a_kpi_serves_cannot_be_taken_away() -> None:
    with shop() as store:
        with pytest.raises(RefusedDefinition) as refused:
            remove_goal(store, "GROW", TUESDAY)
        assert refused.value.sentence == "Monthly Revenue serves the goal 'GROW'."


def test_a_goal_taken_away_is_gone_and_may_be_added_anew() -> None:
    with shop() as store:
        add_goal(store, Goal("Rest"), TUESDAY)
        remove_goal(store, "rest", TUESDAY)
        assert goals(store) == (Goal("Grow"),)
        with pytest.raises(NotFound, match="There is no goal 'rest'"):
            remove_goal(store, "rest", TUESDAY)
        add_goal(store, Goal("Rest"), TUESDAY)
        assert goals(store) == (Goal("Grow"), Goal("Rest"))
