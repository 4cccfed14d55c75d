"""An entry of the log in words: what was there before, what is there now."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from kpi_core.definition import (
    describe,
    exception_from_json,
    note_from_json,
    number_text,
    target_from_json,
    values_from_json,
)
from kpi_core.definition.recipe_words import answer_words
from kpi_core.period import day_name, period_name
from kpi_core.store.changes import Thing
from kpi_core.store.kpi_change_words import LEFT_OUT, kpi_member
from kpi_core.store.review_change_words import review_change_text
from kpi_core.target import row_text
from kpi_core.unit import format_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kpi_core.business import Business
    from kpi_core.kpi import Kpi
    from kpi_core.store.changes import Change, Json

NOTHING = "nothing"
NO_MEMBERS: Mapping[str, object] = MappingProxyType({})
COMES_AND_GOES = {
    Thing.MONTH: ("closed", "reopened"),
    Thing.IMPORT: ("added", "undone"),
    Thing.PERSON: ("data of a person removed for good",) * 2,
}
RECIPE_MEMBERS = {
    "headers": "headings",
    "values": "amounts",
    "personal": "personal, not stored",
    "hashed": "personal, only counted",
    "answers": "answers remembered",
    "types": "types of columns",
    "ready": "ready-made KPIs",
    "includes": "numbers include",
}


def change_text(change: Change, kpi: Kpi | None, business: Business) -> str:
    """Say what a change did: "October 2026: 470 000 kr, now 480 000 kr".

    Args:
        change: the entry.
        kpi: the KPI that it belongs to; None where there is none, or where it is not there any more.
        business: for numbers and names of periods.
    """
    old, new = change.old, change.new
    match change.subject.thing:
        case Thing.TYPED_VALUE:
            start = date.fromisoformat(change.subject.key.split("|", 2)[1])
            segment = str((new or old or {}).get("segment") or "")
            words = ", ".join(part for part in (_period(start, kpi, business), segment) if part)
            return f"{words}: {_typed(old, kpi, business)}, now {_typed(new, kpi, business)}"
        case Thing.TARGET:
            return f"{_target(new or old or {}, kpi, business)}{'' if new else ', taken back'}"
        case Thing.EXCEPTION:
            exception = exception_from_json(new or old)
            number = _number(exception.value, kpi, business)
            words = f"{_period(exception.period_start, kpi, business)}: target {number}, {exception.reason}"
            return f"{words}{'' if new else '; taken back'}"
        case Thing.NOTE:
            note = note_from_json(new or old)
            if old and new:
                before = note_from_json(old)
                return (
                    f"note of {day_name(before.day, None)}: {before.text}, now {day_name(note.day, None)}: {note.text}"
                )
            return f"note of {day_name(note.day, None)}: {note.text}{'' if new else '; taken back'}"
        case Thing.PUT_ASIDE:
            kept = new or old or {}
            until = day_name(date.fromisoformat(str(kept["until"])), None)
            return f"put aside until {until}: {kept['reason']}{'' if new else '; brought back'}"
        case Thing.REVIEW | Thing.REVIEW_ITEM | Thing.ADDITION | Thing.ACTION | Thing.PLAN:
            return review_change_text(change)
        case Thing.MONTH | Thing.IMPORT | Thing.PERSON:
            return COMES_AND_GOES[change.subject.thing][new is None]
        case Thing.KPI:
            return _members(old, new, lambda key, was, now: kpi_member(key, was, now, kpi, business), LEFT_OUT)
        case Thing.GOAL | Thing.SOURCE | Thing.BUSINESS | Thing.OBJECTIVE:
            return _members(old, new)


def _period(start: date, kpi: Kpi | None, business: Business) -> str:
    if kpi is None:
        return day_name(start, None)
    calendar = business.calendar
    return period_name(calendar.period(kpi.cadence, start), calendar, None)


def _number(value: Fraction, kpi: Kpi | None, business: Business) -> str:
    return number_text(value) if kpi is None else format_value(value, kpi.unit, business.style, kpi.decimals)


def _typed(state: Json | None, kpi: Kpi | None, business: Business) -> str:
    if state is None:
        return "nothing typed"
    if state.get("value") is not None:
        return _number(Fraction(str(state["value"])), kpi, business)
    return f"{state.get('numerator')} of {state.get('denominator')}"


def _target(state: Json, kpi: Kpi | None, business: Business) -> str:
    if kpi is None:
        return "target"
    target = target_from_json(state, kpi.direction)
    since = f" from {day_name(target.starts, None)}" if "from" in state else ""
    return f"target {row_text(target, kpi.unit, business.style, kpi.decimals, business.calendar)}{since}"


def _members(
    old: Json | None,
    new: Json | None,
    in_words: Callable[[str, object, object], str] | None = None,
    left_out: Mapping[str, object] = NO_MEMBERS,
) -> str:
    """Name every member that differs, before and after; `in_words` says the ones that have words of their own."""
    if old is None:
        return "added"
    if new is None:
        return "taken away"
    keys = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
    pairs = ((key, old.get(key, left_out.get(key)), new.get(key, left_out.get(key))) for key in keys)
    return "; ".join((in_words(*pair) if in_words is not None else "") or _member(*pair) for pair in pairs)


def _member(key: str, old: object, new: object) -> str:
    label = key.replace("_", " ")
    if key == "recipe":
        return _recipe(old, new)
    if key == "values":
        before, after = (describe(values_from_json(each)) for each in (old, new))
        return f"{label}: {before}, now {after}"
    return f"{label}: {_plain(old)}, now {_plain(new)}"


def _recipe(old: object, new: object) -> str:
    """Name what of a recipe differs; long lists are only named."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return "another recipe"
    keys = [key for key in dict.fromkeys((*old, *new)) if key != "name" and old.get(key) != new.get(key)]
    return "; ".join(_recipe_member(key, old.get(key), new.get(key)) for key in keys) or "another name of its recipe"


def _recipe_member(key: str, old: object, new: object) -> str:
    label = RECIPE_MEMBERS.get(key, key.replace("_", " "))
    if key in {"headers", "types", "ready"}:
        return f"{label}: changed"
    if key == "answers":
        old, new = (
            [answer_words(str(question), str(choice)) for question, choice in (found or {}).items()]
            if isinstance(found, dict | None)
            else found
            for found in (old, new)
        )
    return f"{label}: {_plain(old)}, now {_plain(new)}"


def _plain(found: object) -> str:
    match found:
        case None | "" | []:
            return NOTHING
        case bool():
            return "yes" if found else "no"
        case list():
            return ", ".join(_plain(each) for each in found)
        case dict():
            return ", ".join(f"{key} {_plain(each)}" for key, each in found.items())
        case _:
            return str(found)
