"""Reviews kept: one at a time goes on, the finished ones stay as they are; corrections are added beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.period import day_name
from kpi_core.review.as_json import (
    addition_from_json,
    addition_to_json,
    item_from_json,
    item_to_json,
    plan_from_json,
    plan_to_json,
    review_from_json,
    review_to_json,
)
from kpi_core.store.changes import Subject, Thing, from_text, to_text
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.things import change_to

if TYPE_CHECKING:
    from kpi_core.review import Addition, Item, Plan, Review
    from kpi_core.store.changes import By, Change
    from kpi_core.store.data_file import Store


def reviews(store: Store) -> tuple[Review, ...]:
    """List the reviews, the newest first."""
    rows = store.all("SELECT id, definition FROM reviews WHERE live ORDER BY id DESC")
    return tuple(_loaded(*row) for row in rows)


def get_review(store: Store, review_id: int) -> Review:
    """Read one review.

    Raises:
        NotFound: there is none of that number.
    """
    row = store.one("SELECT id, definition FROM reviews WHERE id = ? AND live", (review_id,))
    if row is None:
        sentence = f"There is no review number {review_id}."
        raise NotFound(sentence)
    return _loaded(*row)


def running(store: Store) -> Review | None:
    """Give the review that goes on; None where none does."""
    return next((each for each in reviews(store) if each.finished is None), None)


def add_review(store: Store, review: Review, by: By) -> Review:
    """Begin a review.

    Raises:
        RefusedDefinition: another one goes on.
    """
    with store.writing():
        other = running(store)
        if other is not None:
            sentence = f"The review of {day_name(other.day, None)} still goes on."
            raise RefusedDefinition(sentence, "Go on with it and finish it first.")
        state = review_to_json(review)
        number = store.insert("INSERT INTO reviews (definition, live) VALUES (?, 0)", (to_text(state),))
        change_to(store, by, _subject(Thing.REVIEW, number, review), state)
        return replace(review, id=number)


def put_review(store: Store, review: Review, by: By) -> int | None:
    """Change a review that goes on, or finish it.

    Raises:
        NotFound: there is none of that number.
        RefusedDefinition: it is finished.
    """
    with store.writing():
        refuse_finished(get_review(store, review.id))
        return change_to(store, by, _subject(Thing.REVIEW, review.id, review), review_to_json(review))


def take_back_review(store: Store, review_id: int, by: By) -> int | None:
    """Take a review that goes on away; what it decided and agreed stays.

    Raises:
        RefusedDefinition: it is finished.
    """
    with store.writing():
        review = get_review(store, review_id)
        refuse_finished(review)
        return change_to(store, by, _subject(Thing.REVIEW, review_id, review), None)


def refuse_finished(review: Review) -> None:
    """Refuse to change a finished review."""
    if review.finished is not None:
        sentence = f"The review of {day_name(review.day, None)} is finished; its record stays as it is."
        raise RefusedDefinition(sentence, "Add a correction to it instead.")


def items(store: Store, review_id: int) -> dict[int, Item]:
    """Give what was said in a review, by the KPI's number."""
    rows = store.all(
        "SELECT kpi_id, definition FROM review_items WHERE review_id = ? AND live ORDER BY id", (review_id,)
    )
    return {
        int(str(kpi_id)): replace(item_from_json(from_text(text)), kpi_id=int(str(kpi_id))) for kpi_id, text in rows
    }


def put_item(store: Store, review_id: int, item: Item, by: By) -> int | None:
    """Keep what was said about a KPI in a review that goes on.

    Raises:
        NotFound: there is no such review or KPI.
        RefusedDefinition: the review is finished.
    """
    with store.writing():
        refuse_finished(get_review(store, review_id))
        kpi, state = get_kpi(store, item.kpi_id), item_to_json(item)
        store.run(
            "INSERT OR IGNORE INTO review_items (review_id, kpi_id, definition, live) VALUES (?, ?, ?, 0)",
            (review_id, kpi.id, to_text(state)),
        )
        row = store.one("SELECT id FROM review_items WHERE review_id = ? AND kpi_id = ?", (review_id, kpi.id))
        return change_to(store, by, Subject(Thing.REVIEW_ITEM, str((row or (0,))[0]), kpi.id, kpi.name), state)


def take_back_item(store: Store, review_id: int, kpi_id: int, by: By) -> int | None:
    """Take away what was said about a KPI in a review that goes on; None where nothing was.

    Raises:
        RefusedDefinition: the review is finished.
    """
    with store.writing():
        refuse_finished(get_review(store, review_id))
        row = store.one("SELECT id FROM review_items WHERE review_id = ? AND kpi_id = ?", (review_id, kpi_id))
        if row is None:
            return None
        name = get_kpi(store, kpi_id).name
        return change_to(store, by, Subject(Thing.REVIEW_ITEM, str(row[0]), kpi_id, name), None)


def last_looks(store: Store, upto: date) -> dict[int, date]:
    """Give the day on which each KPI was last looked at in a review, up to a day."""
    rows = store.all(
        """SELECT review_items.kpi_id, max(json_extract(review_items.definition, '$.day'))
        FROM review_items JOIN reviews ON reviews.id = review_id AND reviews.live
        WHERE review_items.live AND json_extract(review_items.definition, '$.day') <= ?
        AND coalesce(json_extract(review_items.definition, '$.decision'),
            json_extract(review_items.definition, '$.cause')) IS NOT NULL
        GROUP BY review_items.kpi_id""",
        (upto.isoformat(),),
    )
    return {int(str(kpi_id)): date.fromisoformat(str(day)) for kpi_id, day in rows}


def last_item(store: Store, kpi_id: int, before: int | None = None) -> Item | None:
    """Give what was decided about a KPI last, in a review before the one of that number; None where nothing was."""
    row = store.one(
        """SELECT review_items.definition FROM review_items
        JOIN reviews ON reviews.id = review_id AND reviews.live
        WHERE review_items.live AND review_items.kpi_id = :kpi AND (:before IS NULL OR review_id < :before)
        AND json_extract(review_items.definition, '$.decision') IS NOT NULL
        ORDER BY review_id DESC LIMIT 1""",
        {"kpi": kpi_id, "before": before},
    )
    return None if row is None else replace(item_from_json(from_text(row[0])), kpi_id=kpi_id)


def additions(store: Store, review_id: int) -> tuple[Addition, ...]:
    """List the corrections of a finished review."""
    rows = store.all(
        "SELECT id, definition FROM review_additions WHERE review_id = ? AND live ORDER BY id", (review_id,)
    )
    return tuple(replace(addition_from_json(from_text(text)), id=int(str(number))) for number, text in rows)


def add_addition(store: Store, review_id: int, addition: Addition, by: By) -> int | None:
    """Add a correction to a review.

    Raises:
        NotFound: there is no such review.
    """
    with store.writing():
        review, state = get_review(store, review_id), addition_to_json(addition)
        number = store.insert(
            "INSERT INTO review_additions (review_id, definition, live) VALUES (?, ?, 0)", (review_id, to_text(state))
        )
        return change_to(store, by, _subject(Thing.ADDITION, number, review), state)


PLAN = Subject(Thing.PLAN, "1", None, "Next review")


def plan(store: Store) -> Plan | None:
    """Read when the next review is; None where nobody said."""
    row = store.one("SELECT definition FROM review_plan WHERE id = 1 AND live")
    return None if row is None else plan_from_json(from_text(row[0]))


def put_plan(store: Store, new: Plan, by: By) -> int | None:
    """Keep when the next review is."""
    return change_to(store, by, PLAN, plan_to_json(new))


def plan_name(store: Store) -> tuple[str, int]:
    """Give what names the appointment for ever, and how many times it was changed."""
    uid = store.one("SELECT uid FROM review_plan WHERE id = 1")
    many = store.one("SELECT count(*) FROM changes WHERE thing = ?", (Thing.PLAN.value,))
    return str((uid or ("",))[0]), int(str((many or (0,))[0]))


def check_review(store: Store, change: Change, today: date) -> None:
    """Refuse to take back a change of a review where its record would be changed later.

    The end of a review can be taken back on its day while no other one goes on.

    Raises:
        RefusedDefinition: the review is finished, or another one goes on.
    """
    if change.subject.thing is not Thing.REVIEW:
        _check_part(store, change)
        return
    review = get_review(store, int(change.subject.key)) if change.new is not None else None
    if review is not None and review.finished is not None and review.finished != today:
        refuse_finished(review)
    if change.old is not None and not change.old.get("finished"):
        other = running(store)
        if other is not None and other.id != int(change.subject.key):
            sentence = f"The review of {day_name(other.day, None)} goes on."
            raise RefusedDefinition(sentence, "Finish it first.")


def _check_part(store: Store, change: Change) -> None:
    """Refuse to take back what was said in a finished review; a correction and the plan are no part of its record."""
    if change.subject.thing is not Thing.REVIEW_ITEM:
        return
    row = store.one("SELECT review_id FROM review_items WHERE id = ?", (change.subject.key,))
    if row is not None:
        refuse_finished(get_review(store, int(str(row[0]))))


def _subject(thing: Thing, number: int, review: Review) -> Subject:
    return Subject(thing, str(number), None, f"Review of {day_name(review.day, None)}")


def _loaded(number: object, text: object) -> Review:
    return replace(review_from_json(from_text(text)), id=int(str(number)))
