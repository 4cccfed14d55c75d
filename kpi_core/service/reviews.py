"""Reviews: the agenda of a day, a meeting KPI by KPI, its end and its record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.definition.fit import one_line
from kpi_core.errors import RefusedDefinition
from kpi_core.period import day_name
from kpi_core.review import (
    Action,
    Addition,
    AgendaItem,
    Agreed,
    Decision,
    Due,
    Item,
    Plan,
    Review,
    agenda,
    open_on,
    state_text,
)
from kpi_core.review.words import look_of
from kpi_core.service import boards
from kpi_core.service.boards import View
from kpi_core.service.rhythm import dues, overdue, portfolio_due
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import reviews as stored
from kpi_core.store.definitions.actions import actions
from kpi_core.store.definitions.kpis import kpis
from kpi_core.unit import many

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from kpi_core.store.data_file import Store

NOTHING = "A review goes through your KPIs one by one: what changed, why, and who does what about it by when."
NOTHING_YET = "Put a KPI on the board first."
GOES_ON_NOWHERE = "No review goes on: it was finished or left, here or in another window."
WHO = "The list of who takes part"


@dataclass(frozen=True)
class RecordLine:
    """A past review in the list of all."""

    id: int
    day: str
    counts: str
    people: str


@dataclass(frozen=True)
class Home:
    """Where reviews stand. `running`: the one that goes on, with `decided` of its KPIs done; else None.

    `agenda`: of the one that goes on, else of one that begins today. `when`: by when the next is due, or how much it is
    overdue. `suggested`: a day for the next one.
    """

    running: Review | None
    decided: int
    agenda: tuple[AgendaItem, ...]
    when: str
    overdue: bool
    records: tuple[RecordLine, ...]
    plan: Plan | None
    suggested: date


@dataclass(frozen=True)
class Record:
    """A review as it was: what was said about each KPI of its agenda, and the corrections added since.

    `undecided`: how many KPIs nothing was decided about; `idle`: KPIs to be acted on without an action.
    """

    review: Review
    items: tuple[tuple[AgendaItem, Item | None], ...]
    agreed: tuple[Agreed, ...]
    additions: tuple[Addition, ...] = ()
    undecided: int = 0
    idle: tuple[str, ...] = ()


def agenda_of(data_file: Path, today: date, as_of: date | None = None) -> tuple[AgendaItem, ...]:
    """Make the agenda of a day, with today's data and what was open then.

    Raises:
        RefusedDefinition: the day is still to come.
    """
    day = as_of or today
    board = boards.board(data_file, today, View(day))
    with open_store(data_file) as store, store.reading():
        waiting: dict[int, list[Action]] = {}
        for each in actions(store):
            waiting.setdefault(each.kpi_id, []).append(each)
        own = dues(store, boards.known_histories(data_file, today, day), read_business(store), day)
    return agenda(board, waiting, own, day)


def home(data_file: Path, today: date) -> Home:
    """Gather where reviews stand today."""
    known = boards.known_histories(data_file, today, today)
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        running = stored.running(store)
        decided = _decided(store, running)
        together = portfolio_due(store, known, business, today)
        late = overdue(together, dues(store, known, business, today), known, today)
        records = tuple(_record_line(store, each) for each in stored.reviews(store) if each.finished)
        plan = stored.plan(store)
    following = business.calendar.next(business.calendar.period(business.review_every, today)).start
    return Home(
        running,
        decided,
        running.agenda if running else agenda_of(data_file, today),
        late or _when(together, today),
        bool(late),
        records,
        plan,
        following,
    )


def _when(together: Due | None, today: date) -> str:
    if together is None:
        return ""
    by = day_name(together.by, today)
    if together.last is None:
        return f"The first review is due by {by}."
    return f"The last review was on {day_name(together.last, today)}. The next one is due by {by}."


def _decided(store: Store, running: Review | None) -> int:
    if running is None:
        return 0
    return sum(each.decision is not None for each in stored.items(store, running.id).values())


def _record_line(store: Store, review: Review) -> RecordLine:
    decided = sum(each.decision is not None for each in stored.items(store, review.id).values())
    counts = f"{many(decided, 'decision')}, {many(sum(each.new for each in review.agreed), 'new action')}"
    return RecordLine(review.id, day_name(review.day, None), counts, review.people)


def start(data_file: Path, people: str, now: datetime) -> Review:
    """Begin a review with the agenda of today.

    Raises:
        RefusedDefinition: another one goes on, or there is nothing to review.
    """
    items = agenda_of(data_file, now.date())
    if not items:
        sentence = "There is nothing to review yet."
        raise RefusedDefinition(sentence, NOTHING_YET)
    with open_store(data_file) as store, store.writing():
        business = read_business(store)
        made = Review(now.date(), one_line(people, WHO), items, business=business.name)
        return stored.add_review(store, made, By(now, business.person))


def name_people(data_file: Path, review_id: int, people: str, now: datetime) -> int | None:
    """Say who takes part.

    Raises:
        RefusedDefinition: the review is finished.
    """
    with open_store(data_file) as store, store.writing():
        review = stored.get_review(store, review_id)
        by = By(now, read_business(store).person)
        return stored.put_review(store, replace(review, people=one_line(people, WHO)), by)


def record(data_file: Path, review_id: int, today: date) -> Record:
    """Read a review as it was, or as it is while it goes on.

    Raises:
        NotFound: there is none of that number.
    """
    with open_store(data_file) as store, store.reading():
        review = stored.get_review(store, review_id)
        found = stored.items(store, review_id)
        agreed = review.agreed if review.finished else _agreed(store, review, today)
        return Record(
            review,
            tuple((each, found.get(each.kpi_id)) for each in review.agenda),
            agreed,
            stored.additions(store, review_id),
            sum(each.kpi_id not in found or found[each.kpi_id].decision is None for each in review.agenda),
            _idle(found, agreed),
        )


def _idle(found: dict[int, Item], agreed: tuple[Agreed, ...]) -> tuple[str, ...]:
    busy = {each.kpi for each in agreed}
    return tuple(each.name for each in found.values() if each.decision is Decision.ACT and each.name not in busy)


def _agreed(store: Store, review: Review, today: date) -> tuple[Agreed, ...]:
    """List the actions of a review as they stand: those it agreed, and those that it found open."""
    names = {kpi.id: kpi.name for kpi in kpis(store)}
    known = actions(store)
    earlier = open_on((each for each in known if each.review != review.id), review.day)
    closed = tuple(each for each in known if each.review != review.id and each.closed and each.closed >= review.day)
    before = tuple(dict.fromkeys((*earlier, *closed)))
    new = tuple(each for each in known if each.review == review.id)
    return tuple(
        Agreed(
            names[each.kpi_id], each.what, each.owner, each.due, state_text(each, today), new=each.review == review.id
        )
        for each in (*new, *before)
    )


def finish(data_file: Path, review_id: int, now: datetime) -> int | None:
    """End a review: its record is kept as it is from here on, with what each KPI looks like.

    Returns:
        The number of the change, by which the end can be taken back on the same day.

    Raises:
        RefusedDefinition: it is finished already.
    """
    today = now.date()
    board = boards.board(data_file, today, View(today))
    rows = {row.kpi.id: row for row in (*board.rows, *board.health)}
    with open_store(data_file) as store, store.writing():
        review = stored.get_review(store, review_id)
        stored.refuse_finished(review)
        by = By(now, read_business(store).person)
        found = stored.items(store, review_id)
        for each in review.agenda:
            said = found.get(each.kpi_id)
            # One that was only looked at stands there where the end was taken back: it may look otherwise by now
            if (said is None or not said.is_written) and each.kpi_id in rows:
                seen = Item(each.kpi_id, each.name, today, look_of(rows[each.kpi_id]))
                stored.put_item(store, review_id, seen, by)
        ended = replace(review, finished=today, agreed=_agreed(store, review, today))
        return stored.put_review(store, ended, by)


def leave(data_file: Path, review_id: int, now: datetime) -> int | None:
    """Take a review that goes on away; what was decided stays. The number of the change, by which it comes back.

    Raises:
        RefusedDefinition: it is finished.
    """
    with open_store(data_file) as store, store.writing():
        return stored.take_back_review(store, review_id, By(now, read_business(store).person))


def correct(data_file: Path, review_id: int, text: str, now: datetime) -> int | None:
    """Add a correction to a finished review, with its day.

    Raises:
        NotFound: there is no such review.
        RefusedDefinition: nothing is said.
    """
    if not text.strip():
        sentence = "What is to be put right?"
        raise RefusedDefinition(sentence, "Write a sentence; it is added with today's date.")
    with open_store(data_file) as store, store.writing():
        person = read_business(store).person
        return stored.add_addition(
            store, review_id, Addition(now.date(), one_line(text, "The correction"), person), By(now, person)
        )
