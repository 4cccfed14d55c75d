"""The guard before the form: where numbers and words do not agree it is asked, and nothing is filled."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence import doubt
from kpi_core.goal_sentence.denial import DENIED
from kpi_core.goal_sentence.direction import is_good_down
from kpi_core.goal_sentence.lexicon import either, entries, words
from kpi_core.goal_sentence.own_unit import unit_of_name
from kpi_core.goal_sentence.related import way_to
from kpi_core.goal_sentence.sentence import Aim, Way
from kpi_core.target import Comparison

if TYPE_CHECKING:
    from kpi_core.goal_sentence.doubt import Doubt
    from kpi_core.goal_sentence.quantity import Quantity
    from kpi_core.goal_sentence.related import Related
    from kpi_core.goal_sentence.spans import Span

_MOVES: Final = (
    r"(?:(?:go|goes|going)\s+(?:up|down)|falls?|drops?|declines?|decreases?|rises?|grows?|increases?|shrinks?|slips?|climbs?"
    r"|reduce|cut|lower|raise)"
)
_BOUNDED: Final = either([*entries("at_most"), "more than", "less than", "under", "over", "fewer than"])
MOVES_BY: Final = re.compile(
    rf"\b(?:(?:may|can|could|should|must|might|will|would)\s+)?{_MOVES}\s+(?:by\s+)?(?:(?:no|not)\s+)?(?:{_BOUNDED}\s+)?$"
)
"""Fall by no more than: what follows is how far it moves. "Fall below" is a level."""
LEVEL: Final = re.compile(r"\b(?:(?:fall|drop|decline|go|rise|climb)\w*(?:\s+(?:up|down))?)\s+(?:over|under)\s*$")
BY_BOUND: Final = re.compile(rf"\bby\s+(?:(?:no|not)\s+)?{_BOUNDED}\s*$")
AT_MOST: Final = frozenset({Comparison.AT_MOST, Comparison.BELOW})
TURNS: Final = words("up", "down") - {
    "speed",
    "win",
    "stop",
    "avoid",
    "prevent",
    "limit",
    "restrict",
    "cap",
    "curb",
    "slow",
    "ease",
}
"""Verbs that say which way the number itself is to go."""


def guarded(low: str, found: list[Span[Quantity]], related: Related, verb: str, metric: str | None) -> Related:
    """Give what was read of the numbers, or in its stead the question that their words leave open.

    Args:
        low: the goal in small letters, deadline and cadence blanked out.
        found: its numbers.
        related: how they were read.
        verb: what is to be done, "" where nothing is said.
        metric: the thing counted, whose name may hold a number of its own.
    """
    if related.doubt is not None or related.target is None:
        return related
    moves = _moves_within(low, related)
    if moves is not None:
        unit = None if related.unit == "percent" else related.unit
        moved = replace(related, unit=unit, used=(*related.used, (moves, related.at[0])))
        return _asked(moved, doubt.bound_of_change(_said(low, related)), found)
    asked = _denied(low, related) or _turned(low, related, verb, metric) or _left_over(low, found, related, metric)
    return related if asked is None else _asked(related, asked, found)


def _asked(related: Related, asked: Doubt, found: list[Span[Quantity]]) -> Related:
    """Empty what was read; the places of all numbers stay out of the metric's name."""
    places = tuple((span.start, span.end) for span in found)
    return replace(
        related, target=None, baseline=None, aim=None, comparison=None, way=None, doubt=asked,
        used=(*related.used, *places),
    )  # fmt: skip


def _moves_within(low: str, related: Related) -> int | None:
    """Find where a bound of how far a number moves begins: may fall by no more than 5 %."""
    before = low[: related.at[0]]
    if related.comparison not in AT_MOST or LEVEL.search(before):
        return None
    found = MOVES_BY.search(before) or BY_BOUND.search(before)
    return found.start() if found else None


def _said(low: str, related: Related) -> str:
    start = min((used[0] for used in related.used), default=related.at[0])
    return re.sub(r"\s+", " ", low[start : max(related.at[1], *(used[1] for used in related.used))]).strip(" ,")


def _denied(low: str, related: Related) -> Doubt | None:
    """Find a denial before a bound that no rule has understood."""
    first = min((used[0] for used in related.used), default=related.at[0])
    if related.comparison is None or not DENIED.search(low[:first]):
        return None
    return doubt.denied(low[slice(*related.at)].strip())


def _turned(low: str, related: Related, verb: str, metric: str | None) -> Doubt | None:
    """Find a verb that says the other way than the two numbers: reduce from 3 to 6."""
    start, end = related.baseline, related.target
    changes = related.aim in {Aim.RELATIVE_CHANGE, Aim.DELTA}
    if start is None or end is None or isinstance(end, tuple) or changes or verb not in TURNS:
        return None
    way = way_to(start, end)
    said = Way.UP if verb in words("up") else Way.DOWN
    if way is None or way is said or (verb in words("up_if_good") and not _only_up(metric)):
        return None
    one, two = (low[slice(*place)].strip() for place in (related.from_at or related.at, related.at))
    return doubt.against(verb, one, two)


def _only_up(metric: str | None) -> bool:
    """Tell a number of which more is better for sure, so that "improve" cannot mean down."""
    return metric is not None and unit_of_name(metric) in {"score", "percent", "currency"} and not is_good_down(metric)


def _left_over(low: str, found: list[Span[Quantity]], related: Related, metric: str | None) -> Doubt | None:
    """Find numbers that nothing was made of, and that are no part of the metric's name."""
    places = (*related.used, related.at, *((related.from_at,) if related.from_at else ()))
    unused = [
        span
        for span in found
        if not any(start < span.end and span.start < end for start, end in places)
        and not _is_in_name(low[span.start : span.end], metric or "")
    ]
    if not unused:
        return None
    families = {(span.meaning.unit or "").partition(":")[0] for span in found} - {""}
    return doubt.unused(tuple(low[span.start : span.end].strip() for span in found), alike=len(families) < 2)  # noqa: PLR2004


def _is_in_name(number: str, metric: str) -> bool:
    """Tell a number that is a part of the metric's name: tickets answered within 24h."""
    digits = re.search(r"\d[\d.,]*", number)
    said = digits[0] if digits else number.strip()
    return re.search(rf"(?<![\d.,]){re.escape(said)}(?![\d.,])", metric.lower()) is not None
