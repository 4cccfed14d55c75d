"""How the numbers of a goal sentence hang together: from-to, now-then, a band, a bound, a change by so much."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.quantity import Quantity, same_unit
from kpi_core.goal_sentence.sentence import Aim, Comparison, Way
from kpi_core.goal_sentence.words import (
    AFTERWARDS,
    CHANGE_VERBS,
    COMPARISONS,
    DOWN_VERBS,
    KEEP_VERBS,
    MULTIPLES,
    PERCENT_WORDS,
    UP_VERBS,
    WAY_OF,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.goal_sentence.spans import Span

NOW: Final = r"(?:now|today|currently|at\s+present|present(?:ly)?|at\s+the\s+moment|current(?:\s+\w+){0,2}|as\s+is|was|is|were|are|last\s+(?:year|month|quarter|week)|so\s+far|these\s+days|right\s+now|it's|we're\s+at|we\s+are\s+at|starting\s+(?:at|from)|baseline(?:\s+of)?|start(?:s)?(?:\s+at)?)"
THEN: Final = r"(?:target|goal|aim(?:ing)?(?:\s+for)?|should(?:\s+be)?|want(?:\s+(?:it\s+)?(?:to\s+be|at))?|need(?:s)?(?:\s+to\s+be)?|must(?:\s+be)?|to|get\s+to|then|reach|make\s+it|would\s+like|bring\s+(?:it\s+)?(?:down\s+|up\s+)?to|down\s+to|up\s+to|objective|by\s+then)"
CHANGED: Final = (
    (r"(?:\s*(?:more|higher|extra|additional|better|bigger|larger|longer|growth|increase|uplift|rise|gain|up|up\s+on|improvement|above\s+last))\b(?!\s+than)", Way.UP),
    (r"(?:\s*(?:less|fewer|lower|faster|quicker|shorter|cheaper|off|reduction|decrease|drop|cut|saving|decline|down|down\s+on|smaller|below\s+last))\b(?!\s+than)", Way.DOWN),
)  # fmt: skip


@dataclass(frozen=True)
class Related:
    """What the numbers of a sentence say together; `used` are the stretches that say it."""

    target: Fraction | tuple[Fraction, Fraction] | None = None
    baseline: Fraction | None = None
    aim: Aim | None = None
    unit: str | None = None
    way: Way | None = None
    comparison: Comparison | None = None
    used: tuple[tuple[int, int], ...] = ()
    at: tuple[int, int] = (0, 0)
    """Where the number that is the target stands."""


def relate(text: str, found: Sequence[Span[Quantity]], verb: str, metric_hint: str) -> Related:
    """Tell target, baseline and how they are meant.

    Args:
        text: the sentence as `tidy` leaves it, deadline and cadence blanked out.
        found: its numbers.
        verb: the first word that says what to do, "" where there is none.
        metric_hint: all words of the sentence, to know a metric that is itself a percentage.
    """
    low = text.lower()
    if not found:
        return _multiple(low)
    pair = _pair(low, found, verb)
    if pair is not None:
        return pair
    whole = _multiple(low)
    if whole.target is not None:
        return whole
    first = _most_said(low, found)
    return _single(low, first, verb, metric_hint)


def _most_said(low: str, found: Sequence[Span[Quantity]]) -> Span[Quantity]:
    """Choose the number that is meant: one of a bound or a share before a bare count."""
    for span in found:
        if _bound(low, span)[0] is not None or span.meaning.unit == "percent":
            return span
    return found[0]


def _multiple(low: str) -> Related:
    """Read double, triple, halve, twofold."""
    match = re.search(rf"\b({'|'.join(MULTIPLES)})\b(?!\s+(?:check|entry|room|digit|book))", low)
    if match is None:
        fold = re.search(r"\b(two|three|four|five|ten)[\s-]?fold\b", low)
        if fold is None:
            return Related()
        value = {"two": 100, "three": 200, "four": 300, "five": 400, "ten": 900}[fold[1]]
        return Related(Fraction(value), aim=Aim.RELATIVE_CHANGE, way=Way.UP, used=(fold.span(),), at=fold.span())
    way = Way.DOWN if match[1].startswith("halv") else Way.UP
    return Related(
        Fraction(MULTIPLES[match[1]]), aim=Aim.RELATIVE_CHANGE, way=way, used=(match.span(),), at=match.span()
    )


def _pair(low: str, found: Sequence[Span[Quantity]], verb: str) -> Related | None:
    """Read two numbers that belong together."""
    for one, two in itertools.pairwise(found):
        made = _two(low, one, two, verb)
        if made is not None:
            return made
    return None


def _two(low: str, one: Span[Quantity], two: Span[Quantity], verb: str) -> Related | None:
    before, between = low[: one.start].rstrip(), low[one.end : two.start]
    gap = between.strip(" ,;.()")
    behind = low[two.end :]
    first, second = same_unit(one.meaning, two.meaning)
    if first.open or second.open or not _alike(first, second):
        return None
    from_before = re.search(r"\bfrom(?:\s+(?:the\s+)?(?:current|present|an?\s+average\s+of|average|today's))?$", before)
    start = from_before.start() if from_before else one.start
    if gap in {"\u2192", ">"} or re.fullmatch(r"(?:\w+\s+){0,3}\u2192(?:\s*[<>]=?)?", gap):
        return _from_to(first, second, (start, two.end), (two.start, two.end), low)
    added = re.search(r"\bto\s+(?:the|our)\s+(?:current|existing|present)\s*$", between)
    if added:
        used = ((one.start, one.end), (one.end + added.start(), two.end))
        return Related(first.value, second.value, Aim.DELTA, first.unit, Way.UP, None, used, (one.start, one.end))
    to = re.fullmatch(
        r"(?:[a-z'-]+\s+){0,4}?(?:up\s+|down\s+|back\s+)?(?:to|towards|into)(?:\s+(?P<bound>[a-z<>=]+(?:\s+[a-z]+){0,3}))?",
        gap,
    )
    if to and from_before:
        return _from_to(first, second, (start, two.end), (two.start, two.end), low)
    band = re.search(r"\bbetween$", before) and re.fullmatch(r"and|to|-", gap)
    if band or re.fullmatch(r"-", gap) or (re.fullmatch(r"to", gap) and _is_band(before, verb)):
        used = (low.rfind("between", 0, one.start) if band else one.start, two.end)
        low_end, high_end = sorted((first.value, second.value))
        return Related(
            (low_end, high_end), aim=Aim.RANGE, unit=second.unit, way=Way.RANGE, used=(used,), at=(one.start, two.end)
        )
    if to:
        return _from_to(first, second, (start, two.end), (two.start, two.end), low)
    return _now_then(low, one, two, (first, second), behind)


def _alike(first: Quantity, second: Quantity) -> bool:
    """Tell whether two numbers can be of one metric."""
    families = {(unit or "").split(":")[0] for unit in (first.unit, second.unit)}
    return len(families - {""}) <= 1 or families <= {"points", "score", ""}


def _is_band(before: str, verb: str) -> bool:
    """Tell a band from a change: "utilisation of 70 to 80", "keep it 70 to 80"."""
    return (
        verb in KEEP_VERBS
        or verb == "target"
        or (bool(re.search(r"\b(?:of|within|range|at|stay|be)$", before)) and verb not in CHANGE_VERBS)
    )


def _from_to(first: Quantity, second: Quantity, used: tuple[int, int], at: tuple[int, int], low: str) -> Related:
    way = Way.UP if second.value > first.value else Way.DOWN if second.value < first.value else Way.HOLD
    between = low[used[0] : at[0]]
    comparison = _comparison_before(between)
    aim = (
        Aim.ABSOLUTE
        if comparison is None or ("\u2192" in between and comparison is Comparison.ABOVE)
        else Aim.THRESHOLD
    )
    return Related(
        second.value, first.value, aim, second.unit, way, comparison if aim is Aim.THRESHOLD else None, (used,), at
    )


def _now_then(
    low: str, one: Span[Quantity], two: Span[Quantity], values: tuple[Quantity, Quantity], behind: str
) -> Related | None:
    """Read "31 now, max 10", "5 a month from 14", "60 (currently 41)", "add 15 to the current 60"."""
    first, second = values
    between, before = low[one.end : two.start], low[: one.start]
    back = re.search(
        rf"(?:\b(?:up|down)?\s*from(?:\s+(?:the\s+)?(?:current|present|today's)(?:\s+\w+)?)?|\(\s*(?:from|was|now|{NOW})|\b{NOW}(?:\s+(?:at|on|it\s+is|it's))?|\binstead\s+of|\bvs\.?|\bversus|\bcompared\s+(?:with|to))[\s:=,]*$",
        between,
    )
    then = re.search(rf"(?:\b{THEN}|[:=])[\s:=,]*(?P<bound>\S+(?:\s+\S+){{0,3}})?\s*$", between)
    now_before = re.search(rf"\b{NOW}(?:\s+(?:at|on))?[\s:=]*$", before)
    now_behind = re.match(rf"\s*[(,]?\s*{NOW}\b", between) is not None
    bound = _comparison_before(between)
    if (now_before or now_behind) and (then or bound or re.search(r"[,;]", between)):
        return _as_now_then(low, one, two, values, bound)
    if back:
        compared, _ = _bound(low, one)
        used = ((one.start, one.end), (one.end + back.start(), two.end))
        way = Way.UP if first.value > second.value else Way.DOWN if first.value < second.value else Way.HOLD
        aim = Aim.THRESHOLD if compared else Aim.ABSOLUTE
        return Related(first.value, second.value, aim, first.unit, way, compared, used, (one.start, one.end))
    if re.match(rf"\s*{NOW}\b", behind) and re.search(r"[,;(]\s*$", between):
        used = ((one.start, one.end), (two.start, two.end))
        way = Way.UP if first.value > second.value else Way.DOWN
        return Related(first.value, second.value, Aim.ABSOLUTE, first.unit, way, None, used, (one.start, one.end))
    return None


def _as_now_then(
    low: str, one: Span[Quantity], two: Span[Quantity], values: tuple[Quantity, Quantity], bound: Comparison | None
) -> Related:
    first, second = values
    head = re.search(rf"\b{NOW}(?:\s+(?:at|on))?[\s:=]*$", low[: one.start])
    way = Way.UP if second.value > first.value else Way.DOWN if second.value < first.value else Way.HOLD
    aim = Aim.ABSOLUTE if bound is None else Aim.THRESHOLD
    used = ((head.start() if head else one.start, two.end),)
    return Related(second.value, first.value, aim, second.unit, way, bound, used, (two.start, two.end))


def _comparison_before(words: str) -> Comparison | None:
    """Find a bound at the end of some words."""
    for pattern, comparison in COMPARISONS:
        if re.search(rf"(?:^|[\s,;:(\u2192]){pattern}\s*$", words):
            return comparison
    return None


def _bound(low: str, span: Span[Quantity]) -> tuple[Comparison | None, tuple[int, int]]:
    """Find the bound that a number is given, before or behind it, and the stretch of the bound's words."""
    before, behind = low[: span.start], low[span.end :]
    for pattern, comparison in COMPARISONS:
        match = re.search(rf"(?:^|(?<=[\s,;:(])){pattern}\s*$", before)
        if match:
            return comparison, (match.start(), span.start)
    for pattern, comparison in AFTERWARDS:
        match = re.match(rf"\s*(?:{pattern})(?=[\s,.;)]|$)", behind)
        if match:
            return comparison, (span.end, span.end + match.end())
    if span.meaning.more:
        return Comparison.AT_LEAST, (span.start, span.end)
    return None, (span.start, span.start)


def _single(low: str, span: Span[Quantity], verb: str, metric_hint: str) -> Related:
    """Read one number."""
    quantity, before, behind = span.meaning, low[: span.start], low[span.end :]
    at = (span.start, span.end)
    if quantity.open:
        return Related(used=(at,), at=at)
    comparison, words = _bound(low, span)
    by = re.search(r"\b(?:by|with)\s+(?:a\s+further\s+|another\s+|at\s+least\s+|a\s+|an\s+)?$", before)
    if quantity.unit == "times" and not by and re.search(r"^\s*[a-z]", behind) and verb != "turn":
        change = (quantity.value - 1) * 100
        if change > 0 and not re.search(r"\b(?:turns?|ratio|roas|to|at|of|return)\b", low):
            return Related(change, aim=Aim.RELATIVE_CHANGE, way=Way.UP, used=(at,), at=at)
    if by:
        return _change(quantity, (by.start(), span.end), at, _way_of(low, verb))
    if (
        comparison is Comparison.AT_MOST
        and re.search(r"\bup\s+to\s*$", before)
        and verb in UP_VERBS | {"bring", "get", "take", "push", "drive", "move"}
    ):
        comparison = None
    if comparison is not None:
        used = ((min(words[0], span.start), max(words[1], span.end)),)
        return Related(quantity.value, None, Aim.THRESHOLD, quantity.unit, WAY_OF[comparison], comparison, used, at)
    changed = _changed(low, span, verb, metric_hint)
    if changed is not None:
        return changed
    up_or_down = re.search(r"\b(up|down|back)\s+to\s*$", before)
    used_from = up_or_down.start() if up_or_down else span.start
    way = {"up": Way.UP, "down": Way.DOWN}.get(up_or_down[1]) if up_or_down else None
    within = re.search(r"\b(?:within|inside|in)\s*$", before)
    timed = (quantity.unit or "").startswith("duration")
    if within and (timed or within.group().startswith("within")):
        comparison = Comparison.AT_MOST
        return Related(
            quantity.value, None, Aim.THRESHOLD, quantity.unit, Way.DOWN, comparison, ((within.start(), span.end),), at
        )
    to_zero = quantity.value == 0
    return Related(
        quantity.value,
        None,
        Aim.ABSOLUTE,
        quantity.unit,
        Way.DOWN if to_zero else way,
        None,
        ((used_from, span.end),),
        at,
    )


def _way_of(low: str, verb: str) -> Way | None:
    if verb in UP_VERBS:
        return Way.UP
    if verb in DOWN_VERBS:
        return Way.DOWN
    if re.search(r"\b(?:up|growth|increase|rise)\b", low):
        return Way.UP
    return Way.DOWN if re.search(r"\b(?:down|reduction|decrease|drop|fewer|less)\b", low) else None


def _change(quantity: Quantity, used: tuple[int, int], at: tuple[int, int], way: Way | None) -> Related:
    """Read a change by so much: by percent or a part is relative, by a number of units a delta."""
    if quantity.unit == "percent":
        return Related(abs(quantity.value), aim=Aim.RELATIVE_CHANGE, way=way, used=(used,), at=at)
    if quantity.unit == "times":
        return Related((quantity.value - 1) * 100, aim=Aim.RELATIVE_CHANGE, way=way, used=(used,), at=at)
    return Related(quantity.value, aim=Aim.DELTA, unit=quantity.unit, way=way, used=(used,), at=at)


def _changed(low: str, span: Span[Quantity], verb: str, metric_hint: str) -> Related | None:
    """Read a change said without "by": 10 % more, 20 % off, up 20 %, an extra 30, grow fees 10 %, +15 %."""
    quantity, before, behind = span.meaning, low[: span.start], low[span.end :]
    at = (span.start, span.end)
    relative = quantity.unit == "percent"
    if quantity.signed and not re.search(r"\b(?:of|at|to)\s*$", before):
        way = Way.UP if quantity.signed == "+" else Way.DOWN
        return replace(_change(quantity, at, at, way), way=way)
    moved = re.search(r"\b(up|down)(?:\s+by)?\s*$", before)
    if moved and (relative or quantity.unit != "times"):
        return _change(quantity, (moved.start(), span.end), at, Way.UP if moved[1] == "up" else Way.DOWN)
    further = re.search(r"\b(?:an?\s+)?(?:extra|another|additional|further)\s*$", before)
    if further:
        return _change(quantity, (further.start(), span.end), at, Way.UP)
    for pattern, way in CHANGED:
        match = re.match(pattern, behind)
        if match and not (match.group().strip() in {"up", "down"} and not relative):
            return _change(quantity, (span.start, span.end + match.end()), at, way)
    halved = quantity.fraction and re.search(r"\bin\s*$", before)
    said = re.search(r"\b(?:to|at|of|hit|reach|is|be|=|:)\s*$|[:=]\s*$", before)
    if halved or (
        verb in CHANGE_VERBS
        and relative
        and not said
        and before.strip()
        and re.search(r"[a-z]{3}", before.replace(verb, "", 1))
    ):
        if not halved and PERCENT_WORDS.search(metric_hint):
            # Percent of a percentage without "by" or "to": nobody can tell, so it is asked
            return Related(used=(at,), at=at)
        return _change(quantity, at, at, _way_of(low, verb))
    return None
