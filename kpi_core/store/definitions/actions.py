"""Actions kept: who does what about a KPI by when; each step in the log and to be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.errors import NotFound
from kpi_core.review.as_json import action_from_json, action_to_json
from kpi_core.store.changes import Subject, Thing, from_text, to_text
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.things import change_to

if TYPE_CHECKING:
    from kpi_core.review import Action
    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store


def actions(store: Store, kpi_id: int | None = None) -> tuple[Action, ...]:
    """List the actions of a KPI, or of all, in the order in which they were agreed."""
    rows = store.all(
        """SELECT actions.id, actions.kpi_id, actions.definition FROM actions JOIN kpis ON kpis.id = actions.kpi_id
        WHERE actions.live AND kpis.live AND (:kpi IS NULL OR actions.kpi_id = :kpi) ORDER BY actions.id""",
        {"kpi": kpi_id},
    )
    return tuple(_loaded(*row) for row in rows)


def get_action(store: Store, action_id: int) -> Action:
    """Read one action.

    Raises:
        NotFound: there is none of that number.
    """
    row = store.one("SELECT id, kpi_id, definition FROM actions WHERE id = ? AND live", (action_id,))
    if row is None:
        sentence = f"There is no action number {action_id}."
        raise NotFound(sentence)
    return _loaded(*row)


def add_action(store: Store, action: Action, by: By) -> tuple[int, int]:
    """Keep an action that was checked.

    Returns:
        Its number, and the number of the change in the log.

    Raises:
        NotFound: its KPI is not there.
    """
    with store.writing():
        kpi = get_kpi(store, action.kpi_id)
        state = action_to_json(action)
        number = store.insert(
            "INSERT INTO actions (kpi_id, definition, live) VALUES (?, ?, 0)", (kpi.id, to_text(state))
        )
        change = change_to(store, by, Subject(Thing.ACTION, str(number), kpi.id, kpi.name), state)
    # The action was not there before, so there is a change
    return number, change or 0


def put_action(store: Store, action: Action, by: By) -> int | None:
    """Change an action that is there; the number of the change, None where nothing is different.

    Raises:
        NotFound: there is none of its number.
    """
    with store.writing():
        before = get_action(store, action.id)
        kpi = get_kpi(store, before.kpi_id)
        return change_to(store, by, Subject(Thing.ACTION, str(action.id), kpi.id, kpi.name), action_to_json(action))


def _loaded(number: object, kpi_id: object, text: object) -> Action:
    return replace(action_from_json(from_text(text)), id=int(str(number)), kpi_id=int(str(kpi_id)))
