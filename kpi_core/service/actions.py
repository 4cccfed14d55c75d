"""Actions: listed by how far they are, agreed, done, changed, dropped, opened again; each step can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.definition.fit import one_line
from kpi_core.errors import RefusedDefinition
from kpi_core.review import Action, Progress, progress, state_text
from kpi_core.review.actions import checked
from kpi_core.service.log import LogLine, log_lines
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, Thing
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import actions as stored
from kpi_core.store.definitions.kpis import kpis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from pathlib import Path

CHANGES = 20
EMPTY = "An action says what is done about a number, by whom and by when. Agree on one in a review, or add one here."
NO_KPI = "An action belongs to a KPI, and there is none yet."
HEADINGS = {
    Progress.OVERDUE: "Overdue",
    Progress.DUE: "Due within a week",
    Progress.OPEN: "Open",
    Progress.DONE: "Done",
    Progress.DROPPED: "Dropped",
}
"""In the order in which they are listed."""


@dataclass(frozen=True)
class ActionLine:
    """An action with its KPI and how far it is, in words."""

    action: Action
    kpi: str
    progress: Progress
    state: str


@dataclass(frozen=True)
class Overview:
    """All actions of one owner or of all: those that wait by their due day, closed ones the newest first.

    `owners`: who has one; `kpis`: to which one can be added, name by number; `changes`: what was changed lately.
    """

    lines: tuple[ActionLine, ...]
    owners: tuple[str, ...]
    kpis: dict[int, str]
    changes: tuple[LogLine, ...]


def overview(data_file: Path, today: date, owner: str | None = None) -> Overview:
    """List the actions."""
    with open_store(data_file) as store, store.reading():
        names = {kpi.id: kpi.name for kpi in kpis(store)}
        lines = lines_of(stored.actions(store), names, today)
        changes = log_lines(store, CHANGES, thing=Thing.ACTION)
    owners = sorted({line.action.owner for line in lines}, key=str.casefold)
    shown = tuple(line for line in lines if owner in {None, line.action.owner})
    return Overview(shown, tuple(owners), names, changes)


def lines_of(actions: Iterable[Action], names: dict[int, str], today: date) -> tuple[ActionLine, ...]:
    """Put actions into words and in order."""
    lines = [ActionLine(each, names[each.kpi_id], progress(each, today), state_text(each, today)) for each in actions]
    places = list(HEADINGS)

    def rank(line: ActionLine) -> tuple[int, int, int]:
        closed = line.action.closed
        when = line.action.due.toordinal() if closed is None else -closed.toordinal()
        return places.index(line.progress), when, line.action.id

    return tuple(sorted(lines, key=rank))


def add(data_file: Path, action: Action, now: datetime) -> tuple[int, int]:
    """Agree on an action; its number and the number of the change.

    Raises:
        NotFound: its KPI is not there.
        RefusedDefinition: it does not say what, who, or a day to come.
    """
    with open_store(data_file) as store, store.writing():
        made = checked(replace(action, made=now.date()))
        return stored.add_action(store, made, By(now, read_business(store).person))


def add_typed(  # noqa: PLR0913 -- what is typed, and where
    data_file: Path,
    kpi_id: int,
    what: str,
    owner: str,
    due: date | None,
    now: datetime,
    *,
    review: int | None = None,
) -> int:
    """Agree on an action as it is typed; the number of the change.

    Raises:
        NotFound: its KPI is not there.
        RefusedDefinition: it does not say what, who, or a day to come.
    """
    if due is None:
        sentence = f"By when: {what.strip() or 'what'}?"
        raise RefusedDefinition(sentence, "Choose a day.")
    return add(data_file, Action(kpi_id, what, owner, due, now.date(), review), now)[1]


def done(data_file: Path, action_id: int, result: str, now: datetime) -> int | None:
    """Note that an action is done, and what came of it.

    Raises:
        NotFound: there is none of that number.
        RefusedDefinition: it is closed already.
    """

    def close(action: Action) -> Action:
        _refuse_closed(action)
        return replace(action, closed=now.date(), result=one_line(result, "What came of it"))

    return _edit(data_file, action_id, now, close)


def drop(data_file: Path, action_id: int, reason: str, now: datetime) -> int | None:
    """Drop an action, with a reason.

    Raises:
        NotFound: there is none of that number.
        RefusedDefinition: no reason, or it is closed already.
    """

    def close(action: Action) -> Action:
        _refuse_closed(action)
        if not reason.strip():
            sentence = f"Why is it dropped: {action.what}?"
            raise RefusedDefinition(sentence, "Write a short reason; it stays with the action.")
        return replace(action, closed=now.date(), result=one_line(reason, "The reason"), dropped=True)

    return _edit(data_file, action_id, now, close, reason)


def reopen(data_file: Path, action_id: int, now: datetime) -> int | None:
    """Open an action again.

    Raises:
        NotFound: there is none of that number.
    """
    return _edit(data_file, action_id, now, lambda action: replace(action, closed=None, result="", dropped=False))


def change(
    data_file: Path,
    action_id: int,
    now: datetime,
    *,
    what: str | None = None,
    owner: str | None = None,
    due: date | None = None,
) -> int | None:
    """Change what is done, by whom or by when; None leaves it as it is.

    Raises:
        NotFound: there is none of that number.
        RefusedDefinition: it is closed, it would not say what or who, or the new day is over.
    """

    def edited(action: Action) -> Action:
        _refuse_closed(action)
        new = replace(
            action,
            what=action.what if what is None else what,
            owner=action.owner if owner is None else owner,
            due=action.due if due is None else due,
        )
        # A day that was agreed on stays allowed; another one must lie ahead
        tidy = checked(new if new.due == action.due else replace(new, made=now.date()))
        return replace(tidy, made=action.made)

    return _edit(data_file, action_id, now, edited)


def _refuse_closed(action: Action) -> None:
    if action.closed is not None:
        sentence = f"It is {'dropped' if action.dropped else 'done'} already: {action.what}."
        raise RefusedDefinition(sentence, "Open it again first.")


def _edit(
    data_file: Path, action_id: int, now: datetime, edit: Callable[[Action], Action], why: str = ""
) -> int | None:
    with open_store(data_file) as store, store.writing():
        action = edit(stored.get_action(store, action_id))
        return stored.put_action(store, action, By(now, read_business(store).person, why))
