"""What a metric is counted in: as its number says, else by the metric's own words."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.lexicon import either, entries, table, words
from kpi_core.goal_sentence.quantity import PERCENT, PERCENT_POINTS, POINTS, RATIO, SCORE, TIMES
from kpi_core.goal_sentence.sentence import Aim

if TYPE_CHECKING:
    from kpi_core.goal_sentence.related import Related

COUNT: Final = "count"
HEAD_ENDS: Final = re.compile(r"\s(?:per|of|for|in|on|to|at|with|from|within|by|than|via|without|after|p/\w+)\s")
NAMED_TIME: Final = re.compile(r"\b(?P<unit>minutes|hours|days|nights|weeks|months)\b")
PER_SO_MANY: Final = re.compile(r"\bper\s+(?:[\d,]*0|hundred|thousand|million)\b")
NUMBER_OF: Final = re.compile(r"^(?:average\s+|total\s+)?number\s+of\s+")
COUNTED_THING: Final = re.compile(r"\s+(?P<thing>[a-z][\w-]+)")
THINGS: Final = re.compile(r"\s+(?!this|less|plus|times|sales|was|is|as|us\b)[a-z-]{2,}(?<!s)s(?=\s*(?:$|[,;.(]))")
"""The things that a number counts end the sentence."""
PLURAL: Final = re.compile(r"[a-z-]{2,}(?<!s)s(?:\s|$)")
PARTICIPLE: Final = re.compile(r"^(?:[a-z]+ed|sold|sent|made|paid|won|lost|met|kept|seen|written|taken|done)$")
KINDS: Final = (
    (SCORE, "score"),
    (RATIO, "ratio"),
    (PERCENT, "percent"),
    ("currency", "money"),
    ("duration", "duration"),
    (COUNT, "massed"),
)
"""Unit and the list of words that end the name of such a metric."""
ENDINGS: Final = tuple((unit, re.compile(rf"(?<![\w-]){either(entries(name))}$")) for unit, name in KINDS)


def own_unit(metric: str | None, related: Related, text: str) -> str | None:
    """Tell the metric's own unit; None where neither the number nor the metric says.

    Args:
        metric: the thing counted.
        related: the number and the unit it was given.
        text: the whole goal.
    """
    said = related.unit
    relative = related.aim is Aim.RELATIVE_CHANGE
    by_name = RATIO if PER_SO_MANY.search(text.lower()) else unit_of_name(metric)
    if said == PERCENT_POINTS:
        return PERCENT
    if said == POINTS:
        return PERCENT if related.aim is Aim.DELTA and by_name == PERCENT else SCORE
    if said == TIMES:
        return RATIO
    if said == "currency" or (said is not None and not (relative and said == PERCENT)):
        return said
    if by_name == COUNT and not _is_whole(related):
        return None  # things have no decimals: 4.2 to 4.6 reviews are stars
    if by_name in {"currency", PERCENT} and not relative and THINGS.match(text[related.at[1] :].lower()):
        return COUNT  # sales: 120 units
    if by_name is not None:
        return by_name
    earned = re.match(r"(?:make|earn|bring\s+in|turn\s+over|gross|net|take)\b", text.lower().strip())
    if metric is None:
        return "currency" if earned else None
    counted = COUNTED_THING.match(text[related.at[1] :].lower())  # 3 rings, one new account
    return (
        COUNT if counted and counted["thing"] not in words("no_thing") and not relative and _is_whole(related) else None
    )


def _is_whole(related: Related) -> bool:
    """Tell whether no number has decimals; a change in percent may have."""
    numbers = (related.target, related.baseline)
    absolute = related.aim is not Aim.RELATIVE_CHANGE
    return not absolute or all(each.denominator == 1 for each in numbers if isinstance(each, Fraction))


def unit_of_name(metric: str | None) -> str | None:
    """Tell the unit by the last words of a metric's name; None where they do not say.

    >>> [unit_of_name(each) for each in ("calls per rep", "debtor days", "cost of a lead", "win rate", "paper use")]
    ['count', 'duration:d', 'currency', 'percent', None]
    """
    if not metric:
        return None
    whole = re.sub(r"\s+", " ", metric.lower()).strip()
    if PER_SO_MANY.search(whole):
        return RATIO
    if re.search(r"\b(?:rank|ranking)\b", whole):
        return "rank"
    time = NAMED_TIME.search(HEAD_ENDS.split(whole, maxsplit=1)[0])
    if time and not re.search(r"\b(?:rate|utili[sz]ation|share|sold|booked)\b", whole):
        return f"duration:{table('durations')[time['unit']]}"
    whole = NUMBER_OF.sub("", whole)
    head = HEAD_ENDS.split(f"{whole} ", maxsplit=1)[0].strip()
    return _by_last_words(_without_participles(head)) or _by_last_words(_last_of_all(whole)) or _plural(head)


def _without_participles(head: str) -> str:
    """Leave out what was done to the thing, and words that name no unit: sales online, loan paid off."""
    said = head.split()
    while len(said) > 1 and (said[-1] in words("neutral") or PARTICIPLE.match(said[-1]) or said[-1] == "off"):
        said.pop()
    return " ".join(said)


def _last_of_all(whole: str) -> str:
    """Give the words behind the last joint of a time to do something; "" for others."""
    return whole if re.match(r"(?:average\s+)?(?:time|rate|share|cost|proportion|percentage|level)\b", whole) else ""


def _by_last_words(head: str) -> str | None:
    """Match the end of a name with the lists, the longest entry first."""
    found = [(len(match[0]), unit) for unit, ending in ENDINGS if (match := ending.search(head))]
    return max(found)[1] if found else None


def _plural(head: str) -> str | None:
    """Take things in the plural as counted one by one."""
    return COUNT if PLURAL.search(_without_participles(head)) else None
