"""Reviews, what was decided in them, and actions, as tables for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.report import Table
from kpi_core.store.definitions.actions import actions
from kpi_core.store.definitions.reviews import additions, items, reviews

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpi_core.kpi import Kpi
    from kpi_core.report.value import Field
    from kpi_core.review import Review
    from kpi_core.store.data_file import Store

Row = tuple["Field", ...]
REVIEW_COLUMNS = ("Number", "Day", "Finished on", "Who took part", "Business", "KPIs on the agenda", "Corrections")
DECISION_COLUMNS = (
    *("Review", "Day", "KPI", "Status", "Value", "Period", "Target", "Really changing", "Cause", "Decision"),
    "Decision in words",
)
ACTION_COLUMNS = (
    *("Number", "KPI", "Action", "Owner", "Due", "Agreed on", "Review", "State", "Closed on", "Result or reason"),
)


def meetings(store: Store, known: Sequence[Kpi]) -> tuple[Table, ...]:
    """Read all reviews, oldest first, what was said in them about each KPI, and all actions."""
    held = tuple(reversed(reviews(store)))
    names = {kpi.id: kpi.name for kpi in known}
    return (
        Table("reviews", REVIEW_COLUMNS, [_review(store, each) for each in held]),
        Table("decisions", DECISION_COLUMNS, [row for each in held for row in _decisions(store, each)]),
        Table("actions", ACTION_COLUMNS, list(_actions(store, names))),
    )


def _review(store: Store, review: Review) -> Row:
    corrected = "; ".join(each.text for each in additions(store, review.id))
    return (review.id, review.day, review.finished, review.people, review.business, len(review.agenda), corrected)


def _decisions(store: Store, review: Review) -> Iterator[Row]:
    for each in items(store, review.id).values():
        look, decided = each.look, each.decision and each.decision.value
        yield (
            *(review.id, each.day, each.name, look.word or look.status, look.actual, look.period, look.target),
            *(look.signal, each.cause, decided, each.said),
        )


def _actions(store: Store, names: dict[int, str]) -> Iterator[Row]:
    for each in actions(store):
        state = "open" if each.closed is None else ("dropped" if each.dropped else "done")
        yield (
            *(each.id, names[each.kpi_id], each.what, each.owner, each.due, each.made, each.review, state),
            *(each.closed, each.result),
        )
