"""Task, wish or number; which way is good; what a metric is counted in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpi_core.goal_sentence.sentence import Aim, Way
from kpi_core.goal_sentence.words import (
    DOWN_VERBS,
    DURATION_WORDS,
    GOOD_DOWN,
    GOOD_DOWN_PHRASES,
    MONEY_WORDS,
    NOT_ITS_UNIT,
    PERCENT_WORDS,
    RANK_WORDS,
    RATIO_WORDS,
    SCORE_WORDS,
    SURE_TASKS,
    TASK_VERBS,
    UP_VERBS,
)

if TYPE_CHECKING:
    from kpi_core.goal_sentence.relation import Related


NAMED_TIMES = {
    "minutes": "duration:min", "hours": "duration:h", "days": "duration:d", "weeks": "duration:w", "months": "duration:mo",
}  # fmt: skip
"""Units that a metric names itself: debtor days."""


def is_task(body: str, verb: str) -> bool:
    """Tell something done once: a verb of tasks and a thing, or "get X live"; a wish such as "get better" is none.

    >>> is_task("roll out the new booking system", "roll"), is_task("get better at chasing invoices", "get")
    (True, False)
    """
    low = body.lower().strip()
    if re.search(
        r"\b(?:live|done|finished|running|up and running|ready|signed off|certified|accredited|online|in place|out the door|off the ground)$",
        low,
    ):
        return verb in {"get", "have", "put", "make", "go", "be", "become"}
    if verb in {"get", "have", "become", "set", "go", "win", "pass", "make"}:
        return bool(
            re.search(
                r"\b(?:certifi\w+|accredit\w+|licen[cs]e\w*|permit|set\s+up|certificate|audit|exam|qualification|grant\s+from|iso)\b",
                low,
            )
        )
    if verb in SURE_TASKS:
        return True
    if verb not in TASK_VERBS:
        return False
    return bool(re.match(rf"{verb}\s+(?:out|up|over|down|on|off)?\s*(?:the|a|an|our|my|all|new|second|third|iso|organic|in|into|\w+ly)\b", low)) or verb in {
        "finish", "obtain", "hire", "write", "buy", "move", "document", "update", "complete", "create", "build",
    }  # fmt: skip


def way_of(verb: str, metric: str | None, text: str) -> Way | None:
    """Tell which way is good by the verb, else by the metric; None where neither says."""
    low = text.lower()
    if verb in DOWN_VERBS or re.match(r"(?:less|fewer|no|stop|spend less|lower|zero)\b", low):
        return Way.DOWN
    if verb in UP_VERBS or re.match(r"(?:more|better|get more|higher|bigger|do more)\b", low):
        return Way.UP
    if re.search(r"\b(?:down\s+to|spend\s+less|less\s+time|fewer|bring\s+down)\b", low):
        return Way.DOWN
    if metric is None:
        return Way.UP
    return Way.DOWN if is_good_down(metric) else Way.UP


def is_good_down(metric: str) -> bool:
    """Tell a metric of which less is better.

    >>> is_good_down("average wait for an appointment"), is_good_down("jobs on time")
    (True, False)
    """
    low = metric.lower()
    words = set(re.findall(r"[a-z-]+", low))
    if re.search(
        r"\b(?:return|returns) on\b|\breturning\b|\bwithout (?:escalation|rework|errors?|defects?|complaints?|accidents?)\b|\bon[\s-]time\b|\bsaved\b|\bresolved\b|\bcollected\b",
        low,
    ):
        return False
    return bool(words & GOOD_DOWN) or bool(GOOD_DOWN_PHRASES.search(low))


def own_unit(metric: str | None, related: Related, text: str) -> str | None:
    """Tell the metric's own unit: as the number says it, else by the words of the metric."""
    said = related.unit
    low = (metric or "").lower()
    changed = related.aim in {Aim.RELATIVE_CHANGE, Aim.DELTA}
    if said == "points":
        return "percent" if changed and PERCENT_WORDS.search(low) and not SCORE_WORDS.search(low) else "score"
    if said == "times":
        return "ratio"
    if said == "percent" and related.aim is not Aim.RELATIVE_CHANGE:
        return "percent"
    if said is not None and related.aim is not Aim.RELATIVE_CHANGE:
        return said
    if metric is None and re.match(r"(?:make|earn|bring in|turn over|gross|net|take)\b", text.lower().strip()):
        return "currency"
    if RANK_WORDS.search(text.lower()) and not changed:
        return "rank"
    return _by_words(low, relative=related.aim is Aim.RELATIVE_CHANGE)


def _by_words(low: str, *, relative: bool) -> str | None:
    """Tell the unit by the metric's words; None where they do not say."""
    if not low:
        return None
    if re.search(r"\b(?:nps|enps|promoter|rating|score|stars|trustpilot)\b", low):
        return "score"
    if RATIO_WORDS.search(low) and not MONEY_WORDS.search(low):
        return "ratio"
    if NOT_ITS_UNIT.search(low):
        return "percent" if re.search(r"\b(?:staff|employee|customer)\b", low) else "ratio"
    if PERCENT_WORDS.search(low) and relative:
        return "percent"
    if MONEY_WORDS.search(low):
        return "currency"
    if PERCENT_WORDS.search(low):
        return "percent"
    if DURATION_WORDS.search(low):
        return next((unit for word, unit in NAMED_TIMES.items() if re.search(rf"\b{word}\b", low)), "duration")
    return "score" if SCORE_WORDS.search(low) else "count"
