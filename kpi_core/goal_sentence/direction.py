"""Which way is good for a number."""

from __future__ import annotations

import re
from typing import Final

from kpi_core.goal_sentence.lexicon import either, named, table, words
from kpi_core.goal_sentence.sentence import Way

_NEAR: Final = r"^(?:[a-z']+\s+){0,2}?"
SMALLER: Final = re.compile(rf"{_NEAR}{either(words('smaller'))}\b(?!\s+than)")
LARGER: Final = re.compile(rf"{_NEAR}{either(words('larger'))}\b(?!\s+than)")
LESS: Final = re.compile(r"\b(?:less|fewer|down\s+to|bring\s+down)\b(?!\s+than)")
STEADY: Final = re.compile(r"\b(?:flat|steady|stable|(?:the\s+)?same\b(?!-)|constant|unchanged)\b")


def way_of(verb: str, metric: str | None, text: str) -> Way | None:
    """Tell which way is good: by the verb, by a comparison (fewer, more), else by the metric.

    >>> way_of("cut", "admin", "cut admin"), way_of("", "no-shows", "no-shows 4%"), way_of("", "covers", "covers 105")
    (<Way.DOWN: 'down'>, <Way.DOWN: 'down'>, <Way.UP: 'up'>)
    """
    low = text.lower()
    if verb in words("down") or re.search(r"[a-z]\s+down$", low.rstrip()):
        return Way.DOWN
    if verb in words("up_if_good") and metric is not None and is_good_down(metric):
        return Way.DOWN
    compared = _compared(low)
    if compared is not None and verb not in words("up"):
        return compared
    if verb in words("up"):
        return Way.UP
    if metric is None:
        return Way.UP
    if re.search(r"\bspend(?:ing)?$", metric.lower()) and verb in {"", *words("reach")}:
        return None  # on research it is to rise, on software to fall
    return Way.DOWN if is_good_down(metric) else Way.UP


def _compared(low: str) -> Way | None:
    """Read less waste, spend less, get more: the word stands near the beginning, or ends the sentence."""
    if SMALLER.match(low) or LESS.search(low):
        return Way.DOWN
    return Way.UP if LARGER.match(low) else None


def is_waited_for(metric: str | None, unit: str | None) -> bool:
    """Tell a time that somebody waits through: hours of delivery are best few, hours sold are not.

    >>> is_waited_for("average delivery", "duration:min"), is_waited_for("hours sold", "duration:h")
    (True, False)
    """
    timed = metric is not None and (unit or "").startswith("duration")
    return timed and bool(set((metric or "").lower().split()) & set(table("time_of").values()))


def is_good_down(metric: str) -> bool:
    """Tell a metric of which less is better.

    >>> [is_good_down(each) for each in ("average wait for an appointment", "jobs on time", "return on ad spend")]
    [True, False, False]
    """
    low = metric.lower().replace("/", " to ").replace(":", " to ")
    if named("good_up_phrases").search(low):
        return False
    return bool(set(re.findall(r"[a-z-]+", low)) & words("good_down")) or bool(named("good_down_phrases").search(low))
