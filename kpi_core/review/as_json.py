"""Reviews, their items, actions and the plan of the next one as JSON, as the data file and the log keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.definition.fields import Fields, Place, refused
from kpi_core.review.types import Action, Addition, AgendaItem, Agreed, Decision, Item, Look, Plan, Review, Topic

if TYPE_CHECKING:
    from datetime import date

Json = dict[str, object]

LOOK = ("status", "word", "actual", "period", "target", "sentence", "signal", "outlook")


def action_to_json(action: Action) -> Json:
    """Write an action; its number and its KPI's are those of its row."""
    given: Json = {
        "what": action.what,
        "owner": action.owner,
        "due": action.due.isoformat(),
        "made": action.made.isoformat(),
        "review": action.review,
        "closed": action.closed and action.closed.isoformat(),
        "result": action.result,
        "dropped": action.dropped,
    }
    return {key: value for key, value in given.items() if value}


def action_from_json(obj: object) -> Action:
    """Read an action; its number and its KPI's are 0."""
    fields = Fields(obj, Place("action"))
    action = Action(
        kpi_id=0,
        what=fields.text("what", None),
        owner=fields.text("owner"),
        due=_day(fields, "due"),
        made=_day(fields, "made"),
        review=fields.whole("review"),
        closed=fields.day("closed"),
        result=fields.text("result"),
        dropped=fields.flag("dropped"),
    )
    fields.close()
    return action


def item_to_json(item: Item) -> Json:
    """Write what was said about a KPI; the KPI's number is that of its row."""
    given: Json = {
        "name": item.name,
        "day": item.day.isoformat(),
        "look": {name: text for name in LOOK if (text := getattr(item.look, name))},
        "cause": item.cause,
        "decision": item.decision and item.decision.value,
        "said": item.said,
        "change": item.change,
    }
    return {key: value for key, value in given.items() if value}


def item_from_json(obj: object) -> Item:
    """Read what was said about a KPI; the KPI's number is 0."""
    fields = Fields(obj, Place("item"))
    look = Fields(fields.take("look") or {}, fields.place.at("look"))
    item = Item(
        kpi_id=0,
        name=fields.text("name", None),
        day=_day(fields, "day"),
        look=Look(**{name: look.text(name) for name in LOOK}),
        cause=fields.text("cause"),
        decision=fields.choice_or_none("decision", Decision),
        said=fields.text("said"),
        change=fields.whole("change"),
    )
    fields.close()
    return item


def review_to_json(review: Review) -> Json:
    """Write a review without its items and additions."""
    given: Json = {
        "day": review.day.isoformat(),
        "people": review.people,
        "agenda": [
            {"kpi": each.kpi_id, "name": each.name, "topic": each.topic.value, "why": each.why}
            for each in review.agenda
        ],
        "finished": review.finished and review.finished.isoformat(),
        "agreed": [_agreed_to_json(each) for each in review.agreed],
        "business": review.business,
    }
    return {key: value for key, value in given.items() if value}


def review_from_json(obj: object) -> Review:
    """Read a review; its number is 0."""
    fields = Fields(obj, Place("review"))
    review = Review(
        day=_day(fields, "day"),
        people=fields.text("people"),
        agenda=tuple(_agenda_item(Fields(item, place)) for place, item in fields.items("agenda")),
        finished=fields.day("finished"),
        agreed=tuple(_agreed(Fields(item, place)) for place, item in fields.items("agreed")),
        business=fields.text("business"),
    )
    fields.close()
    return review


def _agenda_item(fields: Fields) -> AgendaItem:
    return AgendaItem(
        fields.whole("kpi") or 0, fields.text("name", None), fields.choice("topic", Topic), fields.text("why")
    )


def _agreed_to_json(agreed: Agreed) -> Json:
    return {
        "kpi": agreed.kpi,
        "what": agreed.what,
        "owner": agreed.owner,
        "due": agreed.due.isoformat(),
        "state": agreed.state,
        "new": agreed.new,
    }


def _agreed(fields: Fields) -> Agreed:
    return Agreed(
        fields.text("kpi", None),
        fields.text("what", None),
        fields.text("owner"),
        _day(fields, "due"),
        fields.text("state"),
        fields.flag("new"),
    )


def addition_to_json(addition: Addition) -> Json:
    """Write a correction of a finished review."""
    given: Json = {"day": addition.day.isoformat(), "text": addition.text, "who": addition.who}
    return {key: value for key, value in given.items() if value}


def addition_from_json(obj: object) -> Addition:
    """Read a correction of a finished review."""
    fields = Fields(obj, Place("addition"))
    addition = Addition(_day(fields, "day"), fields.text("text", None), fields.text("who"))
    fields.close()
    return addition


def plan_to_json(plan: Plan) -> Json:
    """Write when the next review is."""
    return {"day": plan.day.isoformat(), "time": plan.time, "minutes": plan.minutes}


def plan_from_json(obj: object) -> Plan:
    """Read when the next review is."""
    fields = Fields(obj, Place("next review"))
    plan = Plan(_day(fields, "day"), fields.text("time", None), fields.whole("minutes") or 30)
    fields.close()
    return plan


def _day(fields: Fields, key: str) -> date:
    found = fields.day(key)
    if found is None:
        raise refused(fields.place, f'"{key}" is missing: a day.')
    return found
