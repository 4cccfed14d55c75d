"""One KPI of a review at a time: what there is to know of it, and doing what is decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.definition.fit import one_line, refuse_far
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.review import Action, AgendaItem, Decision, Item, Review, open_on
from kpi_core.review.words import look_of, said
from kpi_core.service import kpi_page
from kpi_core.service.kpi_page import KpiPage
from kpi_core.service.targeting import accept
from kpi_core.store import actuals
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, standing
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import reviews as stored
from kpi_core.store.definitions.actions import actions
from kpi_core.store.definitions.edit import retire_kpi
from kpi_core.store.definitions.kpis import get_kpi, kpis
from kpi_core.store.definitions.targets import add_target, targets
from kpi_core.store.definitions.undo import undo_change
from kpi_core.target import TargetKind
from kpi_core.unit import format_exactly, parse_value

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.business import Business
    from kpi_core.kpi import Kpi
    from kpi_core.store.data_file import Store
    from kpi_core.target import Target


@dataclass(frozen=True)
class Step:
    """A KPI of the meeting. `page` None: it is not there any more.

    `item`: what was said already; `before`: what was decided in an earlier review; `open`: its actions that wait;
    `new`: those of them that this review agreed; `one_number`: its target is one number that can be typed here.
    """

    review: Review
    place: int
    agenda: AgendaItem
    page: KpiPage | None
    item: Item | None
    before: Item | None
    open: tuple[Action, ...]
    new: tuple[Action, ...]
    one_number: bool


@dataclass(frozen=True)
class Said:
    """What is typed about a KPI. `reason`: of accepting, retiring or another target; the cause where it is empty."""

    cause: str = ""
    decision: Decision | None = None
    reason: str = ""
    until: date | None = None
    target: str = ""


def step(data_file: Path, place: int, today: date) -> Step | None:
    """Gather one KPI of the review that goes on; `place` from 0, kept within the agenda; None where none goes on."""
    with open_store(data_file) as store, store.reading():
        review = stored.running(store)
        if review is None:
            return None
        at = min(max(place, 0), len(review.agenda) - 1)
        agenda = review.agenda[at]
        item = stored.items(store, review.id).get(agenda.kpi_id)
        before = stored.last_item(store, agenda.kpi_id, review.id)
        is_there = any(kpi.id == agenda.kpi_id for kpi in kpis(store))
        own = actions(store, agenda.kpi_id) if is_there else ()
        rows = targets(store, agenda.kpi_id).rows if is_there else ()
    try:
        page = kpi_page.page(data_file, agenda.kpi_id, today)
    except NotFound:
        page = None
    return Step(
        review,
        at,
        agenda,
        page,
        item,
        before,
        open_on(own, today),
        tuple(each for each in own if each.review == review.id),
        bool(rows) and rows[-1].kind is TargetKind.CONSTANT,
    )


def progress_of(data_file: Path) -> dict[int, bool]:
    """Tell of each KPI of the review that goes on that something was written about, whether it is decided."""
    with open_store(data_file) as store, store.reading():
        review = stored.running(store)
        found = {} if review is None else stored.items(store, review.id)
    return {kpi_id: item.decision is not None for kpi_id, item in found.items() if item.is_written}


def decide(data_file: Path, review_id: int, kpi_id: int, typed: Said, now: datetime) -> Item:
    """Keep what is said about a KPI, and do what is decided, all or nothing.

    What an earlier decision of the same review did is taken back where another one takes its place. A target that is
    not one number, and a change of the KPI, are decided here and made in the form.

    Raises:
        NotFound: there is no such review or KPI.
        RefusedDefinition: the review is finished, or what is decided cannot be done as it is typed.
    """
    today = now.date()
    row = kpi_page.page(data_file, kpi_id, today).row
    with open_store(data_file) as store, store.writing():
        business, kpi = read_business(store), get_kpi(store, kpi_id)
        stored.refuse_finished(stored.get_review(store, review_id))
        cause = one_line(typed.cause, "The cause")
        by = By(now, business.person, one_line(typed.reason, "The reason") or cause)
        row_target = _typed_target(store, kpi, typed, business, by)
        words = _words(kpi, typed, row_target, business, by)
        before = stored.items(store, review_id).get(kpi_id)
        if before is not None and before.said == words:
            change = before.change
        else:
            _take_back(store, before, By(now, business.person))
            change = _do(store, kpi_id, typed, row_target, by)
        look, day = (before.look, before.day) if before is not None and before.is_written else (look_of(row), today)
        item = Item(kpi_id, kpi.name, day, look, cause, typed.decision, words, change)
        stored.put_item(store, review_id, item, By(now, business.person))
        actuals.refresh(store)
        return item


def _words(kpi: Kpi, typed: Said, row: Target | None, business: Business, by: By) -> str:
    number = ""
    if row is not None and row.value is not None:
        number = format_exactly(row.value, kpi.unit, business.style, kpi.decimals)
    return said(typed.decision, by.now.date(), until=typed.until, target=number, why=by.why)


def _typed_target(store: Store, kpi: Kpi, typed: Said, business: Business, by: By) -> Target | None:
    """Read the number of a new target; None where none is typed here."""
    rows = targets(store, kpi.id).rows
    if typed.decision is not Decision.CHANGE_TARGET or not typed.target.strip() or not rows:
        return None
    if rows[-1].kind is not TargetKind.CONSTANT:
        sentence = f"The target of {kpi.name} is more than one number."
        raise RefusedDefinition(sentence, "Leave the number empty, and change the target in its form.")
    value = parse_value(typed.target, kpi.unit, business.style)
    plain = replace(rows[-1], value=value, delta=None, typed_on=None, backdated=False)
    return replace(plain, starts=by.now.date(), reason=by.why)


def _do(store: Store, kpi_id: int, typed: Said, row: Target | None, by: By) -> int | None:
    """Do what is decided; the number of its change in the log."""
    match typed.decision:
        case Decision.ACCEPT:
            if typed.until is None:
                sentence = "Until when is the miss accepted?"
                raise RefusedDefinition(sentence, "Choose the last day; it ends by itself.")
            refuse_far(typed.until)
            return accept(store, kpi_id, typed.until, by)
        case Decision.RETIRE:
            return retire_kpi(store, kpi_id, by.why, by)
        case Decision.CHANGE_TARGET:
            return None if row is None else add_target(store, kpi_id, row, by).change
        case Decision.KEEP | Decision.ACT | Decision.CHANGE_KPI | None:
            return None


def _take_back(store: Store, item: Item | None, by: By) -> None:
    """Take back what a decision did, where it still stands."""
    change = None if item is None or item.change is None else standing(store, item.change)
    if change is not None:
        undo_change(store, change, by)


def take_back(data_file: Path, review_id: int, kpi_id: int, now: datetime) -> None:
    """Take back what was said about a KPI in a review that goes on, and what the decision did.

    Raises:
        RefusedDefinition: the review is finished, or what it did was changed again since.
    """
    with open_store(data_file) as store, store.writing():
        by = By(now, read_business(store).person)
        _take_back(store, stored.items(store, review_id).get(kpi_id), by)
        stored.take_back_item(store, review_id, kpi_id, by)
        actuals.refresh(store)
