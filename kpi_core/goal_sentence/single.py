"""One number of a goal: to so much, at least so much, by so much."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.bound import WAY_OF, find_bound
from kpi_core.goal_sentence.lexicon import either, named, numbers, words
from kpi_core.goal_sentence.own_unit import unit_of_name
from kpi_core.goal_sentence.quantity import PERCENT, PERCENT_POINTS, RANK, TIMES, Quantity, has_rank_words
from kpi_core.goal_sentence.related import Related, Stretch
from kpi_core.goal_sentence.sentence import Aim, Way
from kpi_core.target import Comparison

if TYPE_CHECKING:
    from kpi_core.goal_sentence.spans import Span

HUNDRED: Final = 100
NO_CHANGE: Final = re.compile(
    r"[\s-]*(?:down\s+on|check|entry|room|rooms|digit|digits|book|bed|beds|glazing|glazed|figures?)\b"
)
"""What stands behind a "double" that doubles no number."""
MULTIPLE: Final = re.compile(rf"\b(?P<word>{either(numbers('multiples'))})\b")
LIKE_A_RATIO: Final = re.compile(r"\b(?:turns?|ratio|roas|to|at|of|return|coverage|cover)\b")
SO_OFTEN: Final = re.compile(r"\b(?:posts?|visits?)\b")
BY: Final = re.compile(
    r"\b(?:by|with)\s*(?:a\s+further\s+|another\s+|at\s+least\s+|an?\s+(?:extra\s+|additional\s+)?)?$"
)
DONE_BY: Final = re.compile(r"\b(?:[a-z]+ed|done|used|read|seen|paid)\s+by\s*$")
"""Completed by 100 % of staff: no change."""
MOVED: Final = re.compile(r"\b(?P<way>up|down)(?:\s+by)?\s*$")
MOVED_TO: Final = re.compile(r"\b(?P<way>up|down|back)\s+to\s*$")
CHANGE_OF: Final = re.compile(
    r"\b(?:an?\s+)?(?P<word>rise|increase|uplift|cut|reduction|drop|decrease|saving)s?\s+of\s*(?:at\s+least\s+)?$"
)
FURTHER: Final = re.compile(r"\b(?:an?\s+)?(?:extra|another|additional|further)\s*$")
SAID: Final = re.compile(r"(?:\b(?:to|at|of|hit|reach|is|be|achieve|get)|[:=])\s*$")
_NO_BOUND: Final = r"\b(?!\s+than\s+\d)"
_LARGER: Final = either((words("larger") - {"stronger", "happier"}) | words("gains"))
_SMALLER: Final = either((words("smaller") - {"no"}) | words("savings"))
MORE: Final = re.compile(rf"\s*{_LARGER}{_NO_BOUND}")
LESS: Final = re.compile(rf"\s*{_SMALLER}{_NO_BOUND}")
TAKEN_OFF: Final = re.compile(r"\s+(?:off|from|of)\b")
"""Cut 15 minutes from changeover time."""
WITHIN: Final = re.compile(r"\b(?:within|inside|in)\s*$")
TOP: Final = re.compile(r"\btop\s*$")


def read_multiple(low: str) -> Related | None:
    """Read double, triple, halve, tenfold.

    >>> read_multiple("halve returns").way.value, read_multiple("double down on quality")
    ('down', None)
    """
    match = MULTIPLE.search(low)
    if match is None or NO_CHANGE.match(low[match.end() :]):
        return None
    way = Way.DOWN if match["word"].startswith("halv") else Way.UP
    value = numbers("multiples")[match["word"]]
    return Related(value, aim=Aim.RELATIVE_CHANGE, way=way, used=(match.span(),), at=match.span())


def read_single(low: str, span: Span[Quantity], verb: str, rhythm_end: int | None) -> Related:
    """Read the one number that is meant.

    Args:
        low: the sentence in small letters, deadline and cadence blanked out.
        span: the number.
        verb: the first word that says what to do, "" where there is none.
        rhythm_end: where the words behind "8 a month" begin.
    """
    at = (span.start, span.end)
    quantity, before = span.meaning, low[: span.start]
    if quantity.unit == RANK or (quantity.unit is None and has_rank_words(low)):
        return _rank(low, span)
    by = BY.search(before)
    if by and not (DONE_BY.search(before) and low[span.end :].startswith(" of ")):
        return _change(quantity, (by.start(), span.end), at, way_of_words(low, verb))
    multiple = _times(low, span, verb)
    if multiple is not None:
        return multiple
    bound = find_bound(low, span, rhythm_end)
    if bound is not None and _is_change_at_least(quantity, bound, before, verb):
        return _change(quantity, (min(bound[1][0], span.start), span.end), at, way_of_words(low, verb))
    raised = verb in words("up") | {"bring", "get", "take", "push", "drive", "move"}
    if bound is not None and not (raised and re.search(r"\bup\s+to\s*$", before)):
        used = ((min(bound[1][0], span.start), max(bound[1][1], span.end)),)
        value = -quantity.value if quantity.signed == "-" else quantity.value
        return Related(value, None, Aim.THRESHOLD, quantity.unit, WAY_OF[bound[0]], bound[0], used, at)
    return _changed(low, span, verb) or _reached(low, span)


def _is_change_at_least(quantity: Quantity, bound: tuple[Comparison, Stretch], before: str, verb: str) -> bool:
    """Tell "grow revenue at least 10 %", a change: money has no level in percent."""
    floor = bound[0] in {Comparison.AT_LEAST, Comparison.ABOVE}
    thing = before[: bound[1][0]].replace(verb, "", 1).strip()
    counted = unit_of_name(thing) in {"currency", "count"}
    return quantity.unit == PERCENT and floor and counted and verb in words("up", "down")


def _rank(low: str, span: Span[Quantity]) -> Related:
    """Read a place in a ranking: number 1 is best."""
    top = TOP.search(low[: span.start])
    start = top.start() if top else span.start - low[: span.start].endswith("#")
    aim, comparison = (Aim.THRESHOLD, Comparison.AT_MOST) if top else (Aim.ABSOLUTE, None)
    at = (span.start, span.end)
    return Related(span.meaning.value, None, aim, RANK, Way.DOWN, comparison, ((start, span.end),), at)


def _times(low: str, span: Span[Quantity], verb: str) -> Related | None:
    """Read 3x revenue as a multiple; stock turns of 6x are a ratio."""
    quantity, at = span.meaning, (span.start, span.end)
    ahead = not low[: span.start].strip() or verb in words("up")
    if quantity.unit != TIMES or quantity.value <= 1 or not ahead or LIKE_A_RATIO.search(low):
        return None
    if verb not in words("up") and SO_OFTEN.search(low):
        return None
    return _change(quantity, at, at, Way.UP)


def _reached(low: str, span: Span[Quantity]) -> Related:
    """Read a number that is to be reached: to 55, within 3 rings."""
    quantity, before, at = span.meaning, low[: span.start], (span.start, span.end)
    within = WITHIN.search(before)
    timed = (quantity.unit or "").startswith("duration")
    if within and (timed or within.group().startswith("within")):
        used = ((within.start(), span.end),)
        return Related(quantity.value, None, Aim.THRESHOLD, quantity.unit, Way.DOWN, Comparison.AT_MOST, used, at)
    moved = MOVED_TO.search(before)
    way = {"up": Way.UP, "down": Way.DOWN}.get(moved["way"]) if moved else None
    if quantity.value == 0:
        way = Way.DOWN
    used = ((moved.start() if moved else span.start, span.end),)
    value = -quantity.value if quantity.signed == "-" else quantity.value  # profit to -2000
    return Related(value, None, Aim.ABSOLUTE, quantity.unit, way, None, used, at)


def _change(quantity: Quantity, used: Stretch, at: Stretch, way: Way | None) -> Related:
    """Read a change by so much: by percent or a part is relative, by a number of units a delta."""
    if quantity.unit == PERCENT:
        return Related(abs(quantity.value), aim=Aim.RELATIVE_CHANGE, way=way, used=(used,), at=at)
    if quantity.unit == TIMES:
        return Related((quantity.value - 1) * HUNDRED, aim=Aim.RELATIVE_CHANGE, way=way, used=(used,), at=at)
    unit = PERCENT if quantity.unit == PERCENT_POINTS else quantity.unit
    return Related(quantity.value, aim=Aim.DELTA, unit=unit, way=way, used=(used,), at=at)


def way_of_words(low: str, verb: str) -> Way | None:
    """Tell the way of a change by its verb, else by words such as growth or fewer; None where neither says."""
    if verb in words("up"):
        return Way.UP
    if verb in words("down"):
        return Way.DOWN
    if re.search(r"\b(?:up|growth|increase|increased|rise|raised)\b", low):
        return Way.UP
    return Way.DOWN if re.search(r"\b(?:down|reduction|reduced|decrease|drop|fewer|less)\b", low) else None


def _changed(low: str, span: Span[Quantity], verb: str) -> Related | None:
    """Read a change said without "by": 10 % more, 20 % off, up 20 %, an extra 30, grow fees 10 %, +15 %."""
    quantity, before, behind = span.meaning, low[: span.start], low[span.end :]
    at = (span.start, span.end)
    if quantity.unit == PERCENT_POINTS:
        return _change(quantity, at, at, way_of_words(low, verb))
    if quantity.signed and not re.search(r"\b(?:of|at|to)\s*$", before):
        return _change(quantity, at, at, Way.UP if quantity.signed == "+" else Way.DOWN)
    moved = MOVED.search(before)
    if moved and quantity.unit != TIMES:
        way = Way.UP if moved["way"] == "up" else Way.DOWN
        return _change(quantity, (moved.start(), span.end), at, way)
    named_change = CHANGE_OF.search(before)
    if named_change and quantity.unit == PERCENT:
        way = Way.UP if named_change["word"] in {"rise", "increase", "uplift"} else Way.DOWN
        return _change(quantity, (named_change.start(), span.end), at, way)
    further = FURTHER.search(before)
    if further:
        return _change(quantity, (further.start(), span.end), at, way_of_words("", verb) or Way.UP)
    for pattern, way in ((MORE, Way.UP), (LESS, Way.DOWN)):
        match = pattern.match(behind)
        if match:
            return _change(quantity, (span.start, span.end + match.end()), at, way)
    return _bare_percent(low, span, verb)


def _bare_percent(low: str, span: Span[Quantity], verb: str) -> Related | None:
    """Read a percentage behind a verb of change: grow fees 10 %, cut stock-outs in half, down 2 hours."""
    quantity, at = span.meaning, (span.start, span.end)
    before = low[: span.start]
    halved = re.search(r"\bin\s*$", before) if quantity.part else None
    if halved:
        return _change(quantity, (halved.start(), span.end), at, way_of_words(low, verb))
    thing = before.replace(verb, "", 1)
    taken = TAKEN_OFF.match(low[span.end :]) if verb in words("down") else None
    alone = quantity.unit == PERCENT and verb in words("up", "down") and not low[span.end :].strip()
    if not thing.strip() and (taken or alone):
        return _change(quantity, (span.start, span.end + (taken.end() if taken else 0)), at, way_of_words(low, verb))
    if verb in {"add", "gain"} and not thing.strip():
        return _change(quantity, at, at, Way.UP)
    if verb not in words("up", "down") or SAID.search(before) or not re.search(r"[a-z]{2}", thing):
        return None
    if quantity.unit != PERCENT:
        return _change(quantity, at, at, way_of_words(low, verb)) if _is_amount_of_change(quantity) else None
    if named("percent", "score").search(thing):
        return Related(used=(at,), at=at, percent_of_percent=True)
    return _change(quantity, at, at, way_of_words(low, verb))


def _is_amount_of_change(quantity: Quantity) -> bool:
    """Tell "cut admin 5 hours", a change: a bare number there may be the new value, so it is none."""
    return (quantity.unit or "").startswith("duration")


def doubtful(related: Related, quantity: Quantity) -> Related:
    """Leave a target open that can be read as decimal or as thousands."""
    return replace(related, target=None, aim=None, way=None, doubtful=True) if quantity.doubtful else related


def as_thousands(span: Span[Quantity]) -> Span[Quantity]:
    """Read 1.200 as twelve hundred, where things are counted that have no decimals."""
    return replace(span, meaning=replace(span.meaning, value=span.meaning.value * Fraction(1000), doubtful=False))


def as_decimals(span: Span[Quantity]) -> Span[Quantity]:
    """Read 3.500 as three and a half, where the business writes its decimals so."""
    return replace(span, meaning=replace(span.meaning, doubtful=False))
