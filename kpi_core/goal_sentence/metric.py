"""The metric of a goal sentence: the thing counted, as it would stand on the form."""

from __future__ import annotations

import re
from typing import Final

from kpi_core.goal_sentence.lexicon import either, entries, table, words
from kpi_core.goal_sentence.own_unit import unit_of_name
from kpi_core.goal_sentence.verb import is_verb

LEAD: Final = re.compile(rf"^(?:{either(entries('leading'))}\s+)+(?=\S)")
TRAIL: Final = re.compile(rf"(?:[\s,;:.(=<>\u2192/|#+-]|(?<![\w-])(?<!\d\s){either(entries('joints'))}(?![\w-]))+$")
_DAYS: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?)"
_GROUP: Final = r"(?:team|shop|store|branch|department|site|product|line|range|clients?|customers|staff|crew)"
PLACE: Final = re.compile(
    rf"\s+(?:across|among|amongst|throughout|at\s+(?:every|each|all|both|the)|in\s+(?:the|our|all|every|each|both)|"
    rf"on\s+(?:the(?!\s+first)|our|{_DAYS})|(?:each|every)\s+{_DAYS}(?:\s+night)?|for\s+(?:the|our|all|every|each|both)\s+[\w-]+(?:\s+{_GROUP})?|via|through|within\s+the|"
    rf"from\s+(?:our|the))\b.*$"
)
"""Where it holds: across both shops, on the bottling line."""
NO_NAME: Final = re.compile(r"(?:between|under|over|below|above)\s")
"""A number may stand under budget, but that names none."""
LEVEL_OF: Final = re.compile(
    r"\s+(?:(?:back|up|down)\s+)?(?:at(?:\s+least|\s+most)?|to|above|below)\s+(?:the\s+|its\s+|their\s+)?(?:20\d\d|present|current|today's)\s+(?:levels?|figures?|numbers|prices)$"
)
"""The level of a year that is to be held or reached again."""
COMPARISON: Final = re.compile(
    r"\s+(?:(?:than|as|vs\.?|versus|compared\s+(?:to|with)|over|on)\s+)?(?:the\s+)?(?:last|previous|prior)\s+(?:year|month|quarter|week)$"
)
"""What it is compared with is no part of its name."""
THE_LAST: Final = re.compile(r"^(?:last|this|the\s+previous)\s+(?:year|month|quarter|week)'s\s+", re.IGNORECASE)
EACH: Final = re.compile(
    r"^\s*(?:(?:ensure|have|get|see|make\s+sure)\s+(?:that\s+)?)?(?P<verb>train|visit|call|coach|contact)?\s*(?:each|every)\s+"
    r"(?P<who>[a-z-]+(?:\s+(?!to\b)[a-z-]+)?)\s+(?:to\s+)?(?:[a-z]+\s+)?$"
)
"""Something that each of many does: every apprentice completes, train each cook, each sales rep to make."""
COMPARATIVE: Final = rf"(?:[a-z]+ier|{either(words('comparatives'))})"
MADE: Final = re.compile(
    rf"^\s*(?:make|keep|get)\s+(?P<what>.+?)\s+(?:{COMPARATIVE}|more\s+[a-z]+|happy)\s*$"
    r"|^\s*(?P<who>[a-z]+)\s+(?:happier|better|busier|stronger|healthier|safer)\s*$"
)
SOONER: Final = re.compile(rf"^\s*[a-z]+\s*(?P<what>.*?)\s+{either(words('quicker'))}\s*$")
"""Reply faster: the time of it is meant."""
SEARCHED: Final = re.compile(r"\bfor\s+(?P<term>.+)$")
PHRASE_STARTS: Final = words("phrase_starts")
"""What was done stands before these: call-outs completed on the first visit."""
MOST_WORDS: Final = 9
"""Longer than that it is no name of a number but a sentence that was not understood."""


def metric_of(before: str, behind: str, verb: str, *, timed: bool) -> str | None:
    """Make the metric of what stands before and behind the number.

    Args:
        before: the words before the number, comparisons, deadlines and cadences blanked out.
        behind: the words behind it.
        verb: what is to be done, "" where nothing is said.
        timed: whether the number is a time in which something is to be done.

    >>> metric_of("lift average basket value", "across both shops", "lift", timed=False)
    'average basket value'
    >>> metric_of("complete ", "of call-outs on the first visit", "complete", timed=False)
    'call-outs completed on the first visit'
    """
    found = _metric_of(before, behind, verb, timed=timed)
    return found if found and len(found.split()) <= MOST_WORDS else None


def _metric_of(before: str, behind: str, verb: str, *, timed: bool) -> str | None:
    special = _each_one(before, behind) or _made_so(before, verb)
    if special is not None:
        return special
    later = _behind(behind)
    if verb in {"be", "become"} and not later:
        return None
    said = cleaned(without_verb(before, verb))
    if timed and (said or not later):
        return f"{said} {table('time_of').get(verb, verb)} time".strip()
    if said in table("past") and later and re.search(r"\b(?:we|i|they)\s", before.lower()):
        return done_to(later, said)
    if said and not re.match(r"(?:within|inside)\b", said.lower()):
        return _from_before(said, before, later, verb)
    if verb in words("deeds") and (not later or re.match(r"\s*(?:on|to|at|with|in)\b", behind)):
        return f"{verb}s"
    kept = words("up", "down", "keep") - {"save", "retain"}
    return done_to(later, verb) if later and verb in table("past") and verb not in kept else later or None


def _each_one(before: str, behind: str) -> str | None:
    """Read something that each of many does."""
    each = EACH.search(before.lower())
    doing = each and (_behind(behind) or each["verb"])
    return f"{doing} per {each['who']}" if each and doing else None


def _made_so(before: str, verb: str) -> str | None:
    """Read what is to be made happier, or done sooner."""
    made = MADE.search(before.lower())
    if made:
        return cleaned(made["what"] or made["who"]) or None
    sooner = SOONER.match(before.lower())
    if sooner and verb in table("time_of"):
        return f"{cleaned(sooner['what'])} {table('time_of')[verb]} time".strip()
    return None


def _from_before(said: str, before: str, later: str, verb: str) -> str:
    """Make the metric of the words before the number, with those behind where they belong together."""
    if said.lower() in {"avg", "average", "mean", "total", "overall"}:
        return f"{said} {later}".strip()
    if verb in table("past") and verb not in words("up", "down", "keep") and not later:
        return done_to(said, verb)
    ensured = re.search(r"\b(?:have|ensure|that)\b", before)
    grown = unit_of_name(said) is None and re.search(r"\bto\s*$", before)  # our Instagram to 10k followers
    return f"{said} {later}".strip() if " " not in said and (ensured or grown) else said


def without_verb(before: str, verb: str) -> str:
    """Drop the verb from the front, and the adverb it takes.

    >>> without_verb("bring down the cost", "bring")
    ' the cost'
    """
    text = before.strip(" ,;:.")
    if verb and is_verb(verb) and re.match(rf"{re.escape(verb)}\b(?!\s*$)", text.lower()):
        text = re.sub(r"^\s+(?:up|down|off|out|back|in|on(?![\s-]+time))\b", "", text[len(verb) :], flags=re.IGNORECASE)
    elif verb and is_verb(verb) and text.lower() == verb:
        return ""
    return text


def cleaned(text: str) -> str:
    """Drop articles in front, joints behind, and the place it holds for.

    >>> cleaned("the average wait of customers in the shop is now at")
    'average wait of customers'
    """
    text = re.sub(r"\([^)]*\)?", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" ,;:.-=<>\"'/|+&)\u2192@%#")
    text = THE_LAST.sub("", text)
    lead = LEAD.match(text.lower())
    text = THE_LAST.sub("", text[lead.end() :] if lead else text)
    for ending in (LEVEL_OF, TRAIL, COMPARISON, PLACE, TRAIL):
        match = ending.search(text.lower())
        if match and (match.start() > 0 or ending is TRAIL):
            text = text[: match.start()]
    text = text.strip(" ,;:.-=<>\"'")
    return "" if NO_NAME.match(text.lower()) or not re.search(r"[a-z]{2}", text.lower()) else text


def _behind(text: str) -> str:
    """Take the thing counted from the words behind a number."""
    text = re.split(r"[;.(\u2192]|,\s|\s-\s", text, maxsplit=1)[0]
    return cleaned(re.sub(r"^\s*(?:of\s+(?:all\s+|our\s+|the\s+)?|new\s+(?=and))", "", text, flags=re.IGNORECASE))


def done_to(thing: str, verb: str) -> str:
    """Say what was done to the thing counted.

    >>> done_to("call-outs on the first visit", "complete")
    'call-outs completed on the first visit'
    """
    past = table("past")[verb]
    if past in thing.lower().split():
        return thing
    said = thing.split()
    cut = next((place for place, word in enumerate(said) if place and word.lower() in PHRASE_STARTS), len(said))
    return " ".join([*said[:cut], past, *said[cut:]])


def ranked(behind: str) -> str:
    """Name a rank by what is searched for.

    >>> ranked("results for 'emergency plumber'"), ranked("")
    ("search rank for 'emergency plumber'", 'rank')
    """
    searched = SEARCHED.search(behind)
    return f"search rank for {searched['term'].strip()}" if searched else "rank"
