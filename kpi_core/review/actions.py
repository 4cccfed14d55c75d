"""How far actions are, in states and in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kpi_core.board.answers import Answer
from kpi_core.definition.fit import LONGEST_NAME, one_line, refuse_far
from kpi_core.errors import RefusedDefinition
from kpi_core.period import day_name
from kpi_core.review.types import Action, Progress
from kpi_core.unit import capital

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kpi_core.kpi import Kpi

SOON: Final = 7
"""Days before its due date from which on an action counts as due."""


def progress(action: Action, today: date) -> Progress:
    """Tell how far an action is: due in its last week and on its day, overdue from the day after.

    >>> from datetime import date
    >>> call = Action(1, "Call the supplier", "buyer", date(2026, 12, 12), date(2026, 11, 28))
    >>> [str(progress(call, date(2026, 12, day))) for day in (4, 5, 12, 13)]
    ['open', 'due', 'due', 'overdue']
    """
    if action.closed is not None:
        return Progress.DROPPED if action.dropped else Progress.DONE
    left = (action.due - today).days
    if left < 0:
        return Progress.OVERDUE
    return Progress.DUE if left <= SOON else Progress.OPEN


def open_on(actions: Iterable[Action], day: date) -> tuple[Action, ...]:
    """List what was agreed by a day and not closed by then, what is due first on top."""
    found = (each for each in actions if each.made <= day and (each.closed is None or each.closed > day))
    return tuple(sorted(found, key=lambda each: (each.due, each.what.casefold(), each.id)))


def as_of(action: Action, day: date) -> Action | None:
    """Give an action as it stood on a day: what was closed later was open then; None before it was agreed."""
    if action.made > day:
        return None
    if action.closed is not None and action.closed > day:
        return replace(action, closed=None, result="", dropped=False)
    return action


def short_state(action: Action, today: date) -> str:
    """Say in a few words how far an action is, beside its due day: "open", "3 days overdue", "done 3 November"."""
    how = progress(action, today)
    if how is Progress.OVERDUE:
        days = (today - action.due).days
        return f"{days} {'day' if days == 1 else 'days'} overdue"
    return how.value if action.closed is None else f"{how.value} {day_name(action.closed, today)}"


def state_text(action: Action, today: date) -> str:
    """Say how far an action is: "due 12 December, 3 days overdue", "done 3 November: it works"."""
    match progress(action, today):
        case Progress.OPEN | Progress.DUE:
            return "due today" if action.due == today else f"due {day_name(action.due, today)}"
        case Progress.OVERDUE:
            days = (today - action.due).days
            return f"due {day_name(action.due, today)}, {days} {'day' if days == 1 else 'days'} overdue"
        case Progress.DONE | Progress.DROPPED as closed:
            when = "" if action.closed is None else f" {day_name(action.closed, today)}"
            return f"{closed.value}{when}{f': {action.result}' if action.result else ''}"


def action_text(action: Action, today: date) -> str:
    """Say an action in one line: "Call the supplier (buyer), due 12 December"."""
    return f"{action.what} ({action.owner}), {state_text(action, today)}"


def board_text(actions: Iterable[Action], today: date) -> str:
    """Say on a card what is being done; "" where nothing is open."""
    waiting = open_on(actions, today)
    if not waiting:
        return ""
    first = action_text(waiting[0], today)
    more = len(waiting) - 1
    return f"Doing: {first}{f'; {more} more' if more else ''}"


def doing(kpi: Kpi, actions: Iterable[Action], today: date) -> tuple[Answer, tuple[str, ...]]:
    """Answer "What are we doing about it?": the first open action, and the lines below it.

    Without an open action it is what the owner wrote down to do differently, and by whom.
    """
    waiting = open_on(actions, today)
    if waiting:
        first, *others = waiting
        lines = [f"{first.owner}, {state_text(first, today)}", *(action_text(each, today) for each in others)]
        return Answer(capital(first.what)), tuple(lines)
    red = f"If it turns red: {kpi.when_red}" if kpi.when_red else ""
    return Answer(kpi.change or "Nothing is written down yet"), tuple(filter(None, (kpi.owner, red)))


def checked(action: Action) -> Action:
    """Tidy what is typed of an action.

    Raises:
        RefusedDefinition: it does not say what is done, or by whom, or says it in a text that is no fit one.
    """
    what, owner = one_line(action.what, "The action"), one_line(action.owner, "The name", LONGEST_NAME)
    if not what:
        sentence = "What is to be done?"
        raise RefusedDefinition(sentence, "Begin with a verb: call, test, write.")
    if not owner:
        sentence = f"Who does it: {what}?"
        raise RefusedDefinition(sentence, "Give one name; what two people own nobody does.")
    refuse_far(action.due)
    if action.due < action.made:
        sentence = f"{day_name(action.due, None)} is over."
        raise RefusedDefinition(sentence, "Choose a day that is still to come.")
    return replace(action, what=what, owner=owner, result=one_line(action.result, "What came of it"))
