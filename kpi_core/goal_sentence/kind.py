"""Whether a sentence without a metric's number is a task, done once, or a wish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.lexicon import either, named, words
from kpi_core.goal_sentence.own_unit import unit_of_name

if TYPE_CHECKING:
    from kpi_core.goal_sentence.quantity import Quantity
    from kpi_core.goal_sentence.spans import Span

DONE_END: Final = re.compile(rf"\b{either(words('done'))}(?:\s+(?:in|on|at|with|for)\s+(?:the\s+|our\s+)?[\w ]+)?$")
STATE_VERBS: Final = frozenset({"get", "have", "put", "make", "go", "be", "become"})
PASSED: Final = re.compile(
    r"\b(?:certifi\w+|accredit\w+|licen[cs]e\w*|permit|permission|certificate|audit|exam|inspection|qualification|grant\s+from|iso)\b"
)
_ONE_THING: Final = r"(?:the|an?|our|my|all|new|second|third|first|\d(?:st|nd|rd|th)|into|to|for|(?-i:[A-Z][\w-]+))"
ONE_THING: Final = re.compile(rf"^[a-z]+\s+(?:out|up|over|down|on|off|in|away)?\s*{_ONE_THING}\b", re.IGNORECASE)
OURS: Final = re.compile(r"^[a-z]+\s+(?:our|my)\s+(?:people|team|staff|skills|[a-z]+(?<!s)s)$")
"""Develop our people: no end to it."""
FUZZY_START: Final = re.compile(rf"^(?:[a-z']+\s+){{0,3}}?{either(words('fuzzy'))}\b")
NEW_THING: Final = re.compile(r"^(?:new|second|third|2nd|3rd|another)\s+(?:[\w-]+\s+){0,2}[\w-]*(?<!s)$")
GET_ONE: Final = re.compile(r"get\s+(?:an?|our|the)\s+(?!more)\w+$")
MAKE_ONE: Final = re.compile(r"\w+\s+(?:the|an?|our)\s+(?:new\s+)?[\w-]+$")
DELIVERABLE: Final = re.compile(rf"\b{either(words('deliverables'))}$")
OF_ONE_THING: Final = re.compile(r"(?:for|to|with|up|out|the|an?|our|my|second|third|first)\b")
COUNTED: Final = re.compile(r"(?:up|out|a\s+further|an\s+extra|up\s+to)?")
MEASURED: Final = re.compile(
    r"(?:\b(?:to|by|of|from|at\s+least|in|within|under|below|above|over|than|least|most)|[<>=\u2192:])\s*$"
)
PHRASES: Final = re.compile(rf"{either(each for each in words('tasks') if ' ' in each)}\s+(?=\w)")
ONCE: Final = re.compile(r"\w+\s+(?:an?|the|our\s+(?:first|own|new))\s+(?:[\w-]+\s+){0,2}[\w-]*(?<!s)$")
"""Hold an open day, run a survey: one thing, done once."""
SURE: Final = words("tasks") - words("up", "down", "keep")
EVER: Final = words("repeated_tasks")
"""Verbs of tasks that need one definite thing behind them: hire a bookkeeper, not hire well."""


def is_task(body: str, verb: str) -> bool:
    """Tell something done once: a verb of tasks and one thing, "get X live", or the name of something to have.

    >>> is_task("roll out the new booking system", "roll"), is_task("get better at chasing invoices", "get")
    (True, False)
    >>> is_task("B Corp certification", ""), is_task("more repeat customers", "")
    (True, False)
    """
    body = re.sub(r"\s+", " ", body).strip()
    low = body.lower()
    fuzzy = bool(FUZZY_START.search(low)) and not re.match(r"(?:new|roll|set)\b", low)
    phrase = task_phrase(low)
    if phrase or (verb in SURE and DELIVERABLE.search(low)):
        return bool(phrase) or not OURS.match(low)
    if fuzzy and verb not in SURE - EVER:
        return False
    if verb in words("once") and ONCE.match(low):
        return unit_of_name(re.sub(rf"^{verb}\s+\w+\s+", "", low)) is None
    if verb in STATE_VERBS:
        return bool(DONE_END.search(low) or PASSED.search(low) or GET_ONE.match(low))
    if verb in SURE and " " in low:
        one = ONE_THING.match(body) and not OURS.match(low)
        return bool(verb not in EVER or one or re.match(rf"{verb}\s+(?:out|up|into)\b", low))
    if verb in words("up", "down", "keep"):
        return verb in {"build", "add", "upgrade"} and bool(MAKE_ONE.match(low))
    return _names_a_thing_to_have(low)


def task_phrase(low: str) -> str:
    """Give the verb of several words that a task starts with, "" where there is none.

    >>> task_phrase("set up a newsletter"), task_phrase("set prices")
    ('set up', '')
    """
    match = PHRASES.match(low)
    return re.sub(r"\s+", " ", match[0]).strip() if match else ""


def _names_a_thing_to_have(low: str) -> bool:
    """Tell the name of something that is there or not: a new website, B Corp certification."""
    if NEW_THING.match(low) and unit_of_name(low) is None:
        return True
    ends = DELIVERABLE.search(low) and " " in low
    return bool(ends) and not named("good_down").search(low)


def is_named_task(low: str, verb: str, found: list[Span[Quantity]]) -> bool:
    """Tell a task whose number belongs to a name or a price: apply for the £5k grant; "install 40 panels" is none.

    >>> from kpi_core.goal_sentence.quantity import find_quantities
    >>> def named_task(text):
    ...     return is_named_task(text, text.split()[0], find_quantities(text))
    >>> named_task("apply for the £5k council grant"), named_task("install 40 panels")
    (True, False)
    """
    if verb not in SURE or not found:
        return False
    first = found[0]
    between = re.sub(rf"^\s*{verb}\b", "", low[: first.start]).strip()
    return bool(OF_ONE_THING.match(between)) and not COUNTED.fullmatch(between) and not MEASURED.search(between)
