"""The guard before the form: where numbers and words do not agree it is asked, and nothing is filled."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence import doubt
from kpi_core.goal_sentence.denial import DENIED
from kpi_core.goal_sentence.direction import is_good_down
from kpi_core.goal_sentence.lexicon import either, entries, words
from kpi_core.goal_sentence.own_unit import unit_of_name
from kpi_core.goal_sentence.related import way_to
from kpi_core.goal_sentence.sentence import Aim, Way
from kpi_core.goal_sentence.verb import is_verb
from kpi_core.target import Comparison

if TYPE_CHECKING:
    from kpi_core.goal_sentence.doubt import Doubt
    from kpi_core.goal_sentence.quantity import Quantity
    from kpi_core.goal_sentence.related import Related
    from kpi_core.goal_sentence.spans import Span

_MOVES: Final = (
    r"(?:(?:(?:go|goes|going)\s+)?(?:up|down)|falls?|drops?|declines?|decreases?|rises?|grows?|increases?|shrinks?|slips?|climbs?"
    r"|reduce|cut|lower|raise)"
)
_BOUNDED: Final = either([*entries("at_most"), "more than", "less than", "under", "over", "fewer than"])
MOVES_BY: Final = re.compile(
    rf"\b(?:(?:may|can|could|should|must|might|will|would|can't|cannot|won't|mustn't|shouldn't|not|never)\s+)*{_MOVES}\s+(?:by\s+)?(?:(?:no|not)\s+)?(?:{_BOUNDED}\s+)?$"
)
"""Fall by no more than: what follows is how far it moves. "Fall below" is a level."""
LEVEL: Final = re.compile(r"\b(?:(?:fall|drop|decline|go|rise|climb)\w*(?:\s+(?:up|down))?)\s+(?:over|under)\s*$")
BY_BOUND: Final = re.compile(rf"\bby\s+(?:(?:no|not)\s+)?{_BOUNDED}\s*$")
JOINED: Final = re.compile(r"\b(?:to|of|at|reach|hit)\s*$")
PART_OF_NAME: Final = re.compile(
    r"(?:\b(?:within|in|inside|under|over|below|above|at|per|for|with|of|an?|the|least|most|than|first|top)|[<>=-])\s*$"
)
"""A number behind these may belong to a name: tickets answered within 24h. Behind "to" it belongs to the goal."""
FROM_WORD: Final = re.compile(r"\bfrom\b")
NOT_BARE: Final = re.compile(r"\b(?:to|at|of|by|is|be|within|in|under|per|until|towards|into|[a-z]+ly)\s*$")
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
    if related.doubt is not None or (related.target is None and not related.percent_of_percent):
        return related
    moves = _moves_within(low, related)
    if moves is not None:
        unit = None if related.unit == "percent" else related.unit
        moved = replace(related, unit=unit, used=(*related.used, (moves, related.at[0])))
        return _asked(moved, doubt.bound_of_change(_said(low, related)), found)
    asked = (
        _denied(low, related)
        or _turned(low, related, verb, metric)
        or _band_or_way(low, related, verb, metric)
        or _up_to(low, related, verb, metric)
        or _against_good(low, related, verb, metric)
        or _to_or_by(low, related, verb)
        or _year_or_share(low, related, metric)
        or _left_over(low, found, related, metric)
    )
    return related if asked is None else _asked(related, asked, found)


def _asked(related: Related, asked: Doubt, found: list[Span[Quantity]]) -> Related:
    """Empty what was read; the places of all numbers stay out of the metric's name."""
    places = tuple((span.start, span.end) for span in found)
    return replace(
        related, target=None, baseline=None, aim=None, comparison=None, way=None, doubt=asked, percent_of_percent=False,
        used=(*related.used, *places),
    )  # fmt: skip


def _moves_within(low: str, related: Related) -> int | None:
    """Find where a bound of how far a number moves begins: may fall by no more than 5 %."""
    before = low[: related.at[0]]
    if related.comparison not in AT_MOST or LEVEL.search(before):
        return None
    found = MOVES_BY.search(before) or BY_BOUND.search(before)
    signed = low[related.at[0]] == "+"  # wages max +3 %
    return found.start() if found else related.at[0] if signed else None


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


def _band_or_way(low: str, related: Related, verb: str, metric: str | None) -> Doubt | None:
    """Find two numbers joined by "to" alone that may be a band: 10 to 12 clients, food cost 28 to 32 %."""
    start, end, at = related.baseline, related.target, related.from_at
    if start is None or end is None or isinstance(end, tuple) or at is None or verb in words("up", "down", "reach"):
        return None
    before, between = low[: at[0]], low[at[1] : related.at[0]]
    if between.strip() not in {"to", "%  to"} or FROM_WORD.search(before):
        return None
    ahead = not before.strip()
    worse = metric is not None and is_good_down(metric) and way_to(start, end) is Way.UP
    return doubt.unused(tuple(low[slice(*place)].strip() for place in (at, related.at))) if ahead or worse else None


def _up_to(low: str, related: Related, verb: str, metric: str | None) -> Doubt | None:
    """Find an "up to" of a number of which more is better: conversion up to 3 %, the most, or where it should get?"""
    spoken = re.search(r"\bup\s+to\s*$", low[: related.at[0]])
    known = metric is not None and unit_of_name(metric) in {"percent", "score"} and not is_good_down(metric)
    if related.comparison is not Comparison.AT_MOST or spoken is None or is_verb(verb) or not known:
        return None
    return doubt.most_or_goal(low[slice(*related.at)].strip())


def _against_good(low: str, related: Related, verb: str, metric: str | None) -> Doubt | None:
    """Find a number that goes up though less of it is better, and no verb wants it so: costs up 3 %."""
    moves = related.baseline is not None or related.aim in {Aim.RELATIVE_CHANGE, Aim.DELTA}
    plain = related.way is Way.UP and related.comparison is None and isinstance(related.target, Fraction)
    if not (moves and plain) or verb in words("up") or metric is None or not is_good_down(metric):
        return None
    end = low[slice(*related.at)].strip(" +")
    if related.from_at is None or related.aim in {Aim.RELATIVE_CHANGE, Aim.DELTA}:
        return doubt.against_good(f"up by {end}", f"down by {end}")
    start = low[slice(*related.from_at)].strip()
    return doubt.against_good(f"from {start} to {end}", f"from {end} to {start}")


def _to_or_by(low: str, related: Related, verb: str) -> Doubt | None:
    """Find a number that stands bare behind a verb of change: cut costs £500, the new value or the change?"""
    bare = related.aim is Aim.ABSOLUTE and related.baseline is None and isinstance(related.target, Fraction)
    before = low[: related.at[0]]
    if not bare or verb not in TURNS or not re.search(r"[a-z]\s*$", before):
        return None
    if NOT_BARE.search(before) or not re.search(r"[a-z]{2}", before.replace(verb, "", 1)):
        return None
    number = low[slice(*related.at)].strip()
    return doubt.to_or_by(number)


def _year_or_share(low: str, related: Related, metric: str | None) -> Doubt | None:
    """Find a bare number that may be a year, revenue 2030, or a share of one, margin 0.45."""
    number, value = low[slice(*related.at)].strip(), related.target
    if related.unit is not None or related.aim is not Aim.ABSOLUTE or not isinstance(value, Fraction):
        return None
    alone = not low[related.at[1] :].strip() and not JOINED.search(low[: related.at[0]])
    if re.fullmatch(r"20[2-4]\d", number) and alone and related.baseline is None:
        return doubt.year(number)
    if 0 < value < 1 and unit_of_name(metric) == "percent":
        return doubt.share(number, f"{float(value * 100):g}")
    return None


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
        and not _is_in_name(low, span, metric or "")
        and not _is_year(low, span)
    ]
    if not unused:
        return None
    meant = [span for span in found if not _is_year(low, span)]
    families = {_family(span.meaning) for span in meant} - {""}
    return doubt.unused(tuple(low[span.start : span.end].strip() for span in meant), alike=len(families) <= 1)


def _family(quantity: Quantity) -> str:
    """Name what a number can count: a k has no percent."""
    return (quantity.unit or ("amount" if quantity.scaled else "")).partition(":")[0]


def _is_in_name(low: str, span: Span[Quantity], metric: str) -> bool:
    """Tell a number that is a part of the metric's name: tickets answered within 24h, not "churn to 2 %"."""
    number = low[span.start : span.end]
    digits = re.search(r"\d[\d.,]*", number)
    said = digits[0] if digits else number.strip()
    found = re.search(rf"(?<![\d.,]){re.escape(said)}(?![\d.,])", metric.lower())
    return found is not None and found.start() > 0 and bool(PART_OF_NAME.search(low[: span.start]))


def _is_year(low: str, span: Span[Quantity]) -> bool:
    """Tell a bare year, which counts nothing."""
    return re.fullmatch(r"(?:19|20)\d\d", low[span.start : span.end].strip()) is not None
