"""An entry of the log about a review or an action, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.period import day_name
from kpi_core.review import action_text
from kpi_core.review.as_json import action_from_json, addition_from_json, item_from_json, plan_from_json
from kpi_core.store.changes import Thing

if TYPE_CHECKING:
    from kpi_core.store.changes import Change, Json

NO_CAUSE = "no cause written"


def review_change_text(change: Change) -> str:
    """Say what a change of a review, a part of it, an action or the plan did."""
    state = change.new or change.old or {}
    ended = "" if change.new else "; taken back"
    match change.subject.thing:
        case Thing.REVIEW_ITEM:
            item = item_from_json(state)
            return f"{item.said or 'looked at'}, {item.cause or NO_CAUSE}{ended}"
        case Thing.ADDITION:
            return f"{addition_from_json(state).text}{ended}"
        case Thing.ACTION:
            now = action_text(action_from_json(state), change.at.date())
            if change.old is None or change.new is None:
                return f"{now}{ended}"
            return f"{action_text(action_from_json(change.old), change.at.date())}, now {now}"
        case Thing.PLAN:
            plan = plan_from_json(state)
            return f"{day_name(plan.day, None)} at {plan.time}{ended}"
        case _:
            return _review(change.old, change.new)


def _review(old: Json | None, new: Json | None) -> str:
    if new is None:
        return "taken back"
    if old is None:
        return "begun"
    if bool(old.get("finished")) != bool(new.get("finished")):
        return "finished" if new.get("finished") else "open again"
    return f"took part: {new.get('people') or 'nobody named'}"
