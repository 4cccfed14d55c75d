"""Two numbers of a goal that belong together: from-to, a band, now and then."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence import doubt
from kpi_core.goal_sentence.bound import bound_before, find_bound
from kpi_core.goal_sentence.lexicon import either, named, words
from kpi_core.goal_sentence.quantity import CLOCK, PERCENT, POINTS, SCORE, TIMES, Quantity, same_unit
from kpi_core.goal_sentence.related import Related, Stretch, way_to
from kpi_core.goal_sentence.sentence import Aim, Way
from kpi_core.goal_sentence.tidy import ARROW
from kpi_core.goal_sentence.time_units import in_unit
from kpi_core.goal_sentence.two import Two
from kpi_core.target import Comparison

if TYPE_CHECKING:
    from kpi_core.goal_sentence.spans import Span

NOW: Final = either(words("now"))
THEN: Final = either(words("then"))
_PRESENT: Final = (
    r"(?:(?:the\s+|our\s+)?(?:current|present|existing|today's|an?\s+average\s+of|average)\s*(?:\w+\s*)?)?"
)
FROM: Final = re.compile(rf"\bfrom\s*{_PRESENT}$")
ARROWED: Final = re.compile(rf"(?:[a-z-]+\s+){{0,3}}{ARROW}(?:\s*[a-z<>=]+(?:\s+[a-z]+){{0,2}})?|>")
TO: Final = re.compile(
    r"(?P<thing>(?:[a-z'-]+\s+){0,4}?)(?:up\s+|down\s+|back\s+)?(?:to|towards|into)(?:\s+(?P<bound>[a-z<>=]+(?:\s+[a-z]+){0,3}))?"
)
ADDED: Final = re.compile(r"\bto\s+(?:the|our)\s+(?:current|existing|present)\s*$")
BAND: Final = re.compile(r"\b(?:of|within|range|at|stay|be)\s*$")
OF: Final = re.compile(r"\bof\s*$")
"""NPS of 42 to 55: a band or a way; of a share, utilisation of 70 to 80 %, it is a band."""
NOW_BEFORE: Final = re.compile(rf"\b{NOW}(?:\s+(?:at|on|of|with|only))?[\s:=]*$")
NOW_FIRST: Final = re.compile(rf"^\W*{NOW}\b(?=\s+(?:we|i|our|my|the)\b)")
NOW_BEHIND: Final = re.compile(rf"\s*(?P<noun>(?:[a-z-]+\s+){{0,2}}?)\(?{NOW}\b")
"""No comma before it: 12 hours now, 6 hours; else it belongs to what follows: 95 %, now 91 %."""
VERDICT: Final = re.compile(rf"[\s,(-]*(?:is\s+|far\s+|way\s+)?{either(words('verdicts'))}\b")
THEN_BEFORE: Final = re.compile(rf"(?:\b{THEN}|[:=])[\s:=,]*(?P<bound>\S+(?:\s+\S+){{0,3}})?\s*$")
THING_NOW: Final = re.compile(
    r"\b(?:current|present|existing|today's)\s+(?P<thing>[a-z][a-z' -]*?)(?:\s+(?:is|of|at))?[\s:=]*$"
)
THING_THEN: Final = re.compile(
    r"[\s,;/-]*(?:and\s+|but\s+)?(?:the\s+|our\s+)?(?:target|goal|aim|wanted|desired|planned|future)\s+"
    r"(?P<thing>[a-z][a-z' -]*?)(?:\s+(?:is|of|at))?[\s:=]*"
)
JOINT: Final = re.compile(r"[,;(]|\s-\s|\band\b|\bbut\b")
BACK: Final = re.compile(
    rf"(?:\b(?:(?:up|down)\s+)?from\s*{_PRESENT}|\b(?:which|and|that|where)\s+{NOW}|[(;,]\s*(?:from|{NOW})|\b{NOW}(?:\s+(?:at|on|it\s+is))?"
    r"|\binstead\s+of|\brather\s+than|\bnot|\bvs\.?|\bversus|\bcompared\s+(?:with|to)|\bagainst)(?:\s+(?:at|on|of))?[\s:=,]*$"
)
MOVED: Final = re.compile(r"\b(?P<way>up|down)\s*$")
OTHER_THINGS: Final = re.compile(r"\s+[a-z-]{2,}(?<!s)s\b")
CHANGE_OF: Final = re.compile(r"\b(?:rise|increase|uplift|cut|reduction|drop|decrease|saving)s?\s+of\s*$")
FAR: Final = 10
"""A ratio does not grow so many times over."""
BY: Final = re.compile(r"\bby\s*(?:a\s+further\s+|another\s+|about\s+)?$")


def read_pair(low: str, one: Span[Quantity], two: Span[Quantity], verb: str) -> Related | None:
    """Read two numbers that follow each other; None where they do not belong together.

    >>> from kpi_core.goal_sentence.quantity import find_quantities
    >>> def pair(text):
    ...     related = read_pair(text, *find_quantities(text), "")
    ...     return related and (str(related.baseline), str(related.target), related.aim.value)
    >>> pair("margin 38% (was 34)"), pair("admin 12 hours now, 6 hours"), pair("wages 30% and food 28%")
    (('34', '38', 'absolute'), ('12', '6', 'absolute'), None)
    """
    pair = Two(low, one, two, verb, same_unit(one.meaning, two.meaning))
    if any(each.doubtful or each.unit == CLOCK for each in pair.values):
        return None
    if not _alike(*pair.values) or not _alike(one.meaning, two.meaning):
        return _by_from(pair) or _by_to(pair)
    readers = (_named_twice, _by_from, _by_to, _added, _band, _from_to, _now_then, _then_now)
    made = next((made for reader in readers if (made := reader(pair)) is not None), None)
    return _in_one_unit(pair, made) if made else None


def _in_one_unit(pair: Two, related: Related) -> Related:
    """Give the baseline in the target's unit, from 2 weeks to 5 days; where that is not exact it is asked."""
    one, two = pair.values
    if one.unit == two.unit or related.doubt is not None:
        return related
    start, end = (two, one) if related.at == pair.first else (one, two)
    value = in_unit(start.value, start.unit, end.unit)
    if value is None:
        said = (pair.low[slice(*each)].strip() for each in (pair.first, pair.second))
        unit = "duration" if (end.unit or "").startswith("duration") else None
        return replace(
            related, target=None, baseline=None, aim=None, unit=unit, way=None, comparison=None,
            doubt=doubt.units_differ(*said),
        )  # fmt: skip
    if isinstance(related.target, tuple):
        smaller = in_unit(end.value, end.unit, start.unit) if value.denominator > 1 else None
        ends = sorted((value, end.value) if smaller is None else (start.value, smaller))
        return replace(related, target=(ends[0], ends[1]), unit=end.unit if smaller is None else start.unit)
    if related.baseline is None or related.target is None:
        return related
    signed = -value if start.signed == "-" else value
    way = way_to(signed, related.target) if related.aim in {Aim.ABSOLUTE, Aim.THRESHOLD} else related.way
    return replace(related, baseline=signed, unit=end.unit, way=way)


def _alike(first: Quantity, second: Quantity) -> bool:
    """Tell whether two numbers can be of one metric."""
    if any(one.unit == PERCENT and other.scaled for one, other in ((first, second), (second, first))):
        return False  # 20 % and 80k
    if first.unit == TIMES and second.unit is None and second.value > FAR * first.value:
        return False  # 3x to 300 customers
    families = {(each.unit or "").partition(":")[0] for each in (first, second)} - {""}
    return len(families) <= 1 or families <= {POINTS, SCORE}


def _named_twice(pair: Two) -> Related | None:
    """Read "current NPS 42, target NPS 55": the thing named with both numbers."""
    now, then = THING_NOW.search(pair.before), THING_THEN.fullmatch(pair.between)
    if not now or not then or now["thing"] != then["thing"]:
        return None
    used = ((now.start(), now.start("thing")), pair.first, (pair.one.end, pair.two.end))
    return _moved((pair.values[0], pair.first), (pair.values[1], pair.second), None, used)


def _by_from(pair: Two) -> Related | None:
    """Read a change and where it starts: by 10 from 40, by 20 % from £5,000."""
    first, second = pair.one.meaning, pair.two.meaning
    by, back = BY.search(pair.before), BACK.search(pair.between)
    relative = first.unit == PERCENT and second.unit != PERCENT
    moved = MOVED.search(pair.before)
    told = _way_of_verb(pair.verb) is not None
    grown = relative and ((told and not _alike(*pair.values)) or moved is not None)
    if back is None or (by is None and not grown):
        return None
    aim = Aim.RELATIVE_CHANGE if relative else Aim.DELTA
    way = _way_of_verb(pair.verb) or ({"up": Way.UP, "down": Way.DOWN}[moved["way"]] if moved else None)
    used = (
        (moved.start() if moved and not by else by.start() if by else pair.one.start, pair.one.end),
        (pair.one.end + back.start(), pair.two.end),
    )
    return Related(abs(first.value), second.value, aim, second.unit, way, None, used, pair.first, pair.second)


def _by_to(pair: Two) -> Related | None:
    """Read a change and where it leads, by 3 points to 45 %: the new value is the target."""
    by = BY.search(pair.before)
    if not by or pair.between.strip(" ,(") != "to":
        return None
    way = _way_of_verb(pair.verb)
    value = pair.two.meaning
    if pair.one.meaning.unit is None or pair.one.meaning.unit == value.unit == PERCENT:
        return _open_band(pair)  # by 10 to 15 %
    return Related(value.value, None, Aim.ABSOLUTE, value.unit, way, None, ((by.start(), pair.two.end),), pair.second)


def _way_of_verb(verb: str) -> Way | None:
    return Way.UP if verb in words("up") else Way.DOWN if verb in words("down") else None


def _moved(
    start: tuple[Quantity, Stretch], end: tuple[Quantity, Stretch], bound: Comparison | None, used: tuple[Stretch, ...]
) -> Related:
    """Say that a number is to go from one value to another; each comes with its place."""
    (baseline, from_at), (target, at) = start, end
    aim = Aim.ABSOLUTE if bound is None else Aim.THRESHOLD
    way = way_to(baseline.value, target.value)
    return Related(target.value, baseline.value, aim, target.unit, way, bound, used, at, from_at)


def _added(pair: Two) -> Related | None:
    """Read "add 15 contracts to the current 60"."""
    added = ADDED.search(pair.between)
    if not added:
        return None
    (first, second), start = pair.values, pair.one.end + added.start()
    used = (pair.first, (start, pair.two.end))
    return Related(first.value, second.value, Aim.DELTA, first.unit, Way.UP, None, used, pair.first, pair.second)


def _band(pair: Two) -> Related | None:
    """Read between 30 and 35, 28-32 %, utilisation of 70 to 80."""
    gap = pair.between.strip(" ,;.()")
    framed = re.search(r"\bbetween$", pair.before) and gap in {"and", "to", "-", "&"}
    held = pair.verb in words("keep") or (BAND.search(pair.before) and pair.verb not in words("up", "down"))
    if not (framed or gap == "-" or (gap == "to" and (held or pair.verb == "target") and not FROM.search(pair.before))):
        return None
    if OF.search(pair.before) and gap == "to" and pair.verb not in words("keep") and pair.values[1].unit != PERCENT:
        return _open_numbers(pair)
    signed = pair.one.meaning.signed == "+" or pair.two.meaning.signed == "+"
    grown = pair.values[1].unit == PERCENT and pair.verb in words("up", "down") and not BAND.search(pair.before)
    changed = BY.search(re.sub(r"\bbetween$", "", pair.before)) or CHANGE_OF.search(pair.before)
    if changed or signed or (grown and not named("percent").search(pair.low)):
        return _open_band(pair)
    start = pair.low.rfind("between", 0, pair.one.start) if framed else pair.one.start
    low_end, high_end = sorted(each.value for each in pair.values)
    at = (pair.one.start, pair.two.end)
    return Related(
        (low_end, high_end), None, Aim.RANGE, pair.values[1].unit, Way.RANGE, None, ((start, pair.two.end),), at
    )


def _open_numbers(pair: Two) -> Related:
    """Leave two numbers open that may be the ends of a band or of a way."""
    one, two = (pair.low[slice(*each)].strip() for each in (pair.first, pair.second))
    places = (pair.first, pair.second)
    return Related(unit=pair.two.meaning.unit, used=places, at=pair.first, doubt=doubt.unused((one, two)))


def _open_band(pair: Two) -> Related:
    """Leave a change by 5 to 10 % open: it is no band of the number itself."""
    one, two = (pair.low[slice(*each)].strip() for each in (pair.first, pair.second))
    unit = pair.two.meaning.unit
    shared = "%" if unit == PERCENT and "%" not in one else ""
    one, two = f"{one.lstrip('+')}{shared}", two.lstrip("+-")
    joined = pair.between.strip() == "to" and unit != PERCENT
    said = doubt.by_or_to(one, two) if joined else doubt.band_of_change(one, two)
    used = ((pair.one.start, pair.two.end),)
    return Related(
        unit=None if unit == PERCENT else unit, way=_way_of_verb(pair.verb), used=used, at=pair.first, doubt=said
    )


def _from_to(pair: Two) -> Related | None:
    """Read from 34 to 30, 18k -> 25k, 2k to 5k."""
    gap = pair.between.strip(" ,;.()")
    start = FROM.search(pair.before)
    to = TO.fullmatch(gap)
    if not ARROWED.fullmatch(gap):
        if not to:
            return None
        passed_on = to["thing"] and not start and pair.verb in words("reach") - words("up", "down")
        if passed_on:  # send 2 letters to 500 customers
            return None
    if pair.values[0].signed == "+" and pair.values[1].unit == PERCENT:
        return _open_band(pair)
    first, second = (replace(each, value=-each.value) if each.signed == "-" else each for each in pair.values)
    bound = _bound_between(pair.between)
    comparison = None if bound is None or gap == ">" or gap.endswith(ARROW) else bound[0]
    used = (start.start() if start else pair.one.start, pair.two.end)
    return _moved((first, pair.first), (second, pair.second), comparison, (used,))


def _now_then(pair: Two) -> Related | None:
    """Read "31 now, max 10", "currently at 62 %, the rate should reach 90 %", "60 - too high, 45"."""
    (first, second), between = pair.values, pair.between
    head = NOW_BEFORE.search(pair.before) or NOW_FIRST.match(pair.before)
    tail = NOW_BEHIND.match(between) or VERDICT.match(between)
    then, bound = THEN_BEFORE.search(between), _bound_between(between)
    if not (head or tail) or not (then or bound or JOINT.search(between[tail.end() if tail else 0 :])):
        return None
    start = pair.one.start if head is None or head.end() < len(pair.before) else head.start()
    places = [then.start() if then else len(between), bound[1] if bound else len(between)]
    goes_on = min(places)
    opening = (head.span(),) if head else ()
    used = (*opening, (start, pair.one.end + _now_end(tail, goes_on)), (pair.one.end + goes_on, pair.two.end))
    return _moved((first, pair.first), (second, pair.second), bound[0] if bound else None, used)


def _bound_between(between: str) -> tuple[Comparison, int] | None:
    """Find the bound before the second number; "up to" says only where it goes."""
    return None if re.search(r"\bup\s+to\s*$", between) else bound_before(between)


def _now_end(tail: re.Match[str] | None, goes_on: int) -> int:
    """Tell how far behind the first number the words of now reach; nouns among them stay for the metric."""
    if tail is None or tail.groupdict().get("noun"):
        return 0
    return min(tail.end(), goes_on)


def _then_now(pair: Two) -> Related | None:
    """Read "38 % (was 34)", "60 %, up from 35 % today", "6 per day, not 4"."""
    (first, second), between = pair.values, pair.between
    back = BACK.search(between)
    if back is None and not (JOINT.search(between) and re.match(rf"\s*{NOW}\b", pair.behind)):
        return None
    if second.signed or first.signed:
        return None
    if pair.two.meaning.unit is None and pair.one.meaning.unit and OTHER_THINGS.match(pair.behind):
        return None  # £5k from 3 shops
    bound = find_bound(pair.low, pair.one)
    if re.search(r"\bup\s+to$", pair.before) and first.value > second.value:
        bound = None
    start = pair.one.end + (back.start() if back else len(between.rstrip(" (")))
    used = ((bound[1][0] if bound else pair.one.start, pair.one.end), (start, pair.two.end))
    return _moved((second, pair.second), (first, pair.first), bound[0] if bound else None, used)
