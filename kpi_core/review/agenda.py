"""The agenda of a review, by rule: each KPI once, in the first topic that fits, the board's own sentences beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.board import BoardRow, NextStep, Sort, ordered
from kpi_core.board.alerts import ChangeKind, holding, shows
from kpi_core.kpi import AlertWhen, Tier
from kpi_core.period import day_name
from kpi_core.review.actions import action_text, open_on
from kpi_core.review.types import AgendaItem, Topic
from kpi_core.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kpi_core.board import Attention, Board
    from kpi_core.review.types import Action, Due

WITHOUT_VALUE = frozenset({Status.OVERDUE, Status.NO_DATA, Status.PARTLY_COVERED})


def agenda(
    board: Board, actions: Mapping[int, Iterable[Action]], due: Mapping[int, Due], today: date
) -> tuple[AgendaItem, ...]:
    """Make the agenda of a day.

    Last time's open actions, real changes, off target, overdue, running at risk, then the rest. Within a topic the
    board's own order of what needs attention, then its worst first; open actions by their due day; of the rest what
    is to be looked at by now comes before what is not. A health metric is on it unless it is of the rest.

    Args:
        board: of that day, nothing left out.
        actions: of each KPI by its number.
        due: by when each KPI is to be looked at again; one that is not named is due.
        today: the day.
    """
    waiting = {kpi_id: open_on(each, today) for kpi_id, each in actions.items()}
    attention = {item.kpi_id: (place, item) for place, item in enumerate(board.attention)}
    found: list[tuple[tuple[object, ...], AgendaItem]] = []
    for place, row in enumerate(ordered((*board.rows, *board.health), Sort.WORST)):
        told, line = attention.get(row.kpi.id, (len(attention), None))
        own = waiting.get(row.kpi.id, ())
        topic, why = _topic(row, line, own, today)
        later = due.get(row.kpi.id)
        if topic is Topic.REST and row.kpi.tier is Tier.HEALTH_METRIC:
            continue
        rests = topic is Topic.REST and later is not None and today < later.next_from
        if rests and later is not None and later.last is not None:
            why = f"{why} Looked at on {day_name(later.last, today)}, again by {day_name(later.by, today)}.".strip()
        first_due = own[0].due.toordinal() if topic is Topic.OPEN_ACTIONS else 0
        rank = (list(Topic).index(topic), first_due, rests, told, place)
        found.append((rank, AgendaItem(row.kpi.id, row.kpi.name, topic, why)))
    return tuple(item for _, item in sorted(found, key=lambda pair: pair[0]))


def _topic(row: BoardRow, line: Attention | None, own: tuple[Action, ...], today: date) -> tuple[Topic, str]:
    """Find the first topic that fits, with the sentence why."""
    said = "" if line is None else line.sentence
    if own:
        doing = "; ".join(action_text(each, today) for each in own)
        return Topic.OPEN_ACTIONS, f"has {_count(len(own))}: {doing}."
    if any(each.kind is ChangeKind.REAL_CHANGE for each in holding(row, AlertWhen.ANY)):
        speaks = line is not None and line.signal is not None
        return Topic.REAL_CHANGE, said if speaks else shows(row.signal_sentence)
    if row.judgement.status is Status.RED:
        return Topic.OFF_TARGET, said or row.judgement.sentence
    if line is not None and (line.step is NextStep.ADD_DATA or row.judgement.status in WITHOUT_VALUE):
        return Topic.OVERDUE, said
    if line is not None and row.running is not None and row.running.risk and said == row.running.risk:
        return Topic.AT_RISK, said
    return Topic.REST, _standing(row)


def _count(many: int) -> str:
    return "an open action" if many == 1 else f"{many} open actions"


def _standing(row: BoardRow) -> str:
    """Say how a KPI stands that nothing is up with; the sentence of an accepted miss goes on from the name."""
    judged = row.judgement
    match judged.status:
        case Status.GREEN | Status.AMBER | Status.RED:
            return f"is {judged.word[:1].lower()}{judged.word[1:]}: {judged.sentence}"
        case Status.ACCEPTED:
            return f"has {judged.sentence[:1].lower()}{judged.sentence[1:].replace(' is ', ' that is ', 1)}"
        case _:
            return f"is grey: {judged.sentence}" if judged.word else judged.sentence
