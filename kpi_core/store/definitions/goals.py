"""Goals: what the owner wants, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.definition import goal_from_json, goal_to_json, key_of
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.store.changes import Subject, Thing, from_text, to_text
from kpi_core.store.things import change_to

if TYPE_CHECKING:
    from kpi_core.kpi import Goal
    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store


def goals(store: Store) -> tuple[Goal, ...]:
    """List the goals in the order in which they were added."""
    rows = store.all("SELECT definition FROM goals WHERE live ORDER BY id")
    return tuple(goal_from_json(from_text(text)) for (text,) in rows)


def add_goal(store: Store, goal: Goal, by: By) -> int | None:
    """Add a goal, or change the one of this name.

    Returns:
        The number of the change in the log, None where it is there as it is already.
    """
    with store.writing():
        key = _key(store, goal.name)
        if key is None:
            row = (goal.name, key_of(goal.name), to_text(goal_to_json(goal)))
            key = store.insert("INSERT INTO goals (name, folded, definition, live) VALUES (?, ?, ?, 0)", row)
        return change_to(store, by, Subject(Thing.GOAL, str(key), None, goal.name), goal_to_json(goal))


def remove_goal(store: Store, name: str, by: By) -> int | None:
    """Take a goal away.

    Raises:
        NotFound: there is none of that name.
        RefusedDefinition: a KPI serves it.
    """
    with store.writing():
        key = _key(store, name)
        if key is None:
            sentence = f"There is no goal '{name}'."
            raise NotFound(sentence)
        refuse_served(store, name)
        return change_to(store, by, Subject(Thing.GOAL, str(key), None, name), None)


def refuse_served(store: Store, name: str) -> None:
    """Refuse to take a goal away that a KPI serves."""
    for kpi, text in store.all("SELECT name, definition FROM kpis WHERE live ORDER BY id"):
        if key_of(str((from_text(text) or {}).get("goal", ""))) == key_of(name):
            sentence = f"{kpi} serves the goal '{name}'."
            raise RefusedDefinition(sentence, "Give that KPI another goal first.")


def refuse_goal_taken(store: Store, key: str, name: str) -> None:
    """Refuse a name that another goal has."""
    other = _key(store, name)
    if other is not None and str(other) != key:
        sentence = f"There is already a goal '{name}'."
        raise RefusedDefinition(sentence, "Choose another name.")


def _key(store: Store, name: str) -> int | None:
    row = store.one("SELECT id FROM goals WHERE folded = ? AND live", (key_of(name),))
    return None if row is None else int(str(row[0]))
