"""Read a goal sentence: deadline, rhythm, numbers, what they mean together, and the metric that is left."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.clauses import clauses
from kpi_core.goal_sentence.deadline import find_deadline
from kpi_core.goal_sentence.kind import is_task, own_unit, way_of
from kpi_core.goal_sentence.metric import TIME_OF, first_word, metric_of, split_method
from kpi_core.goal_sentence.quantity import find_quantities
from kpi_core.goal_sentence.relation import Related, relate
from kpi_core.goal_sentence.sentence import Aim, Comparison, Deadline, GoalSentence, SentenceType, Way
from kpi_core.goal_sentence.spans import Span, blanked
from kpi_core.goal_sentence.tidy import tidy
from kpi_core.goal_sentence.words import CADENCES, CHANGE_VERBS, DOWN_VERBS, KEEP_VERBS, REACH_VERBS, UP_VERBS

if TYPE_CHECKING:
    from datetime import date

EVERY: Final = re.compile(
    r"(?<!\d)(?:\b(?:per|a|an|each|every|once\s+a|times\s+a|times\s+per)\s+(?:single\s+)?(?:calendar\s+|working\s+|business\s+)?|\s?/\s?)"
    r"(?P<word>hour|day|night|week|month|quarter|year|annum|weekday|weekend|shift)\b(?!\s+(?:of|before|after|end|old|earlier|later|ahead|in advance))"
    r"|\b(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annually|annual)\b"
)
FIXED: Final = re.compile(
    r"\b(?:monthly|annual|annually|quarterly|weekly|daily)\s+(?:recurring|active|retainer|newsletter|report|meeting|review|report|subscription|turnover\s+rate)\b"
)
"""Terms of the trade in which the word says no rhythm."""
PULSE: Final = re.compile(r"\bevery\s+(?P<word>hourly|daily|weekly|monthly|quarterly|yearly|annual)\b")


def read_goal(text: str, today: date) -> GoalSentence:
    """Read what a goal sentence says.

    Args:
        text: as the owner typed it.
        today: days without a year are the next ones after it.

    >>> from datetime import date
    >>> goal = read_goal("Increase NPS from 42 to 55 by end of year", date(2026, 11, 21))
    >>> goal.metric, str(goal.baseline), str(goal.target), goal.deadline.date.isoformat()
    ('NPS', '42', '55', '2026-12-31')
    """
    whole = tidy(text)
    first, *others = clauses(whole)
    goal = _read_one(first, today)
    if goal.deadline is None and others:
        late = find_deadline(others[-1], today)
        if late is not None and late.end >= len(others[-1].rstrip(" .")) - 1 and not _is_answer_time(others[-1], late):
            goal = replace(goal, deadline=late.meaning, read_from={**goal.read_from, "deadline": late.meaning.text})
    return replace(goal, others=tuple(others))


def _read_one(text: str, today: date) -> GoalSentence:
    """Read one goal."""
    deadline = find_deadline(text, today)
    if deadline is not None and _is_answer_time(text, deadline):
        deadline = None
    spans = [(deadline.start, deadline.end)] if deadline else []
    undated = blanked(text, *spans)
    body = undated[: split_method(undated)] or undated
    cadence = _cadence(body)
    rhythmless = blanked(body, cadence[1]) if cadence else body
    verb = first_word(rhythmless)
    numbers = find_quantities(rhythmless)
    related = relate(rhythmless, numbers, verb, rhythmless.lower())
    if not numbers and related.target is None:
        return _without_number(text, rhythmless, verb, deadline.meaning if deadline else None, cadence)
    goal = _with_number(rhythmless, verb, related)
    if cadence is not None and _is_price(related, rhythmless, cadence[1]):
        cadence = None
    return _finished(goal, deadline, cadence, text)


def _finished(
    goal: GoalSentence, deadline: Span[Deadline] | None, cadence: tuple[str, tuple[int, int]] | None, text: str
) -> GoalSentence:
    """Add deadline and rhythm, and the words they were read from."""
    read_from = dict(goal.read_from)
    if deadline is not None:
        read_from["deadline"] = deadline.meaning.text
    if cadence is not None:
        read_from["cadence"] = text[slice(*cadence[1])].strip()
    return replace(
        goal,
        deadline=deadline.meaning if deadline else None,
        cadence=cadence[0] if cadence else None,
        read_from=read_from,
    )


def _is_answer_time(text: str, deadline: Span[Deadline]) -> bool:
    """Tell "reply within 2 days", the target itself, from a deadline that is counted from today."""
    words = deadline.meaning.text.lower()
    if not re.match(r"(?:with)?in(?:side)?\s+(?!the\s+(?:next|coming))", words) or not re.search(
        r"\b(?:days?|weeks?|hours?)\b", words
    ):
        return False
    rest = blanked(text, (deadline.start, deadline.end))
    verb = first_word(rest)
    timed = verb in TIME_OF or re.search(
        r"\b(?:time|turnaround|answered|replied|delivered|paid|resolved|shipped|dispatched|invoiced?|done|lead time)\b",
        rest.lower(),
    )
    return bool(timed) and (
        not find_quantities(rest) or bool(re.search(r"%|\bevery\b|\ball\b", rest)) or verb == "invoice"
    )


def _cadence(text: str) -> tuple[str, tuple[int, int]] | None:
    """Find how often it is measured: the rhythm and the stretch of its words."""
    low = text.lower()
    for fixed in FIXED.finditer(low):
        low = blanked(low, fixed.span())
    pulse = PULSE.search(low)
    if pulse is not None:
        return CADENCES[pulse["word"]], pulse.span()
    match = EVERY.search(low)
    if match is None:
        return None
    word = match["word"] or match["adverb"]
    return CADENCES[word], match.span()


def _is_price(related: Related, text: str, where: tuple[int, int]) -> bool:
    """Tell 500 kr an hour, a price: the hour is no rhythm."""
    del where
    return bool((related.unit or "").startswith("currency") and re.search(r"\bhour", text.lower())) or False


def _with_number(text: str, verb: str, related: Related) -> GoalSentence:
    """Read a goal that has a number."""
    rest = blanked(text, *related.used)
    at = related.at
    timed = (related.unit or "").startswith("duration") and related.aim is Aim.THRESHOLD
    if (
        verb in UP_VERBS | DOWN_VERBS | KEEP_VERBS | REACH_VERBS
        or timed
        or verb in {"repair", "dispatch", "acknowledge"}
    ):
        metric = metric_of(rest[: at[0]], rest[at[1] :], verb, timed=timed and verb in TIME_OF)
    else:
        metric = metric_of(rest[: at[0]], rest[at[1] :], "", timed=False)
    way = related.way or way_of(verb, metric, text)
    if related.aim is Aim.ABSOLUTE and verb in KEEP_VERBS and related.baseline is None and related.target != 0:
        way = Way.HOLD
    unit = own_unit(metric, related, text)
    read_from = {"target": text[slice(*at)].strip()}
    if metric:
        read_from["metric"] = metric
    if related.target is None:
        way = way if verb in CHANGE_VERBS else None
    return GoalSentence(
        SentenceType.KPI, metric, way, related.baseline, related.target, related.aim, unit,
        comparison=related.comparison, read_from=read_from,
    )  # fmt: skip


def _without_number(
    text: str, body: str, verb: str, deadline: Deadline | None, cadence: tuple[str, tuple[int, int]] | None
) -> GoalSentence:
    """Read a task or a wish."""
    found = {"deadline": deadline.text} if deadline else {}
    if is_task(body, verb):
        return GoalSentence(SentenceType.MILESTONE, deadline=deadline, read_from=found)
    metric = metric_of(body, "", verb, timed=False)
    way = way_of(verb, metric, text)
    if verb in KEEP_VERBS or re.search(r"\b(?:flat|steady|stable|the same|constant)\b", body.lower()):
        way = Way.HOLD
    made = {**found, "metric": metric} if metric else found
    return GoalSentence(
        SentenceType.VAGUE, metric, way, deadline=deadline, cadence=cadence[0] if cadence else None, read_from=made
    )


__all__ = ["Comparison", "read_goal"]
