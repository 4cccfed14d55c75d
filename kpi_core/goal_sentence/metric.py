"""The metric of a goal sentence: the thing counted, as it would stand on the form."""

from __future__ import annotations

import re
from typing import Final

from kpi_core.goal_sentence.words import CHANGE_VERBS, DOWN_VERBS, KEEP_VERBS, PAST, REACH_VERBS, UP_VERBS

LEAD: Final = re.compile(
    r"^(?:(?:to|the|a|an|our|my|your|their|its|us|all|total|number of|amount of|level of|more|less|fewer|of|is|are|be|at|that|"
    r"have|get|and|with|for|by|in|on|up|down|out|away|it|this|these|every|each|hit|new\s+target\s+of|no|current|overall|still|"
    r"an?\s+average(?:\s+of)?|average\s+of|total\s+of)\s+)+(?=\S)"
)
TRAIL: Final = re.compile(
    r"(?:[\s,;:.(=\-<>\u2192/|]|\b(?:to|from|by|of|at|in|on|the|a|an|our|and|or|is|are|be|should|must|will|with|up|down|now|currently|for|"
    r"target|goal|max|min|per|back|around|about|until|between|within|under|over|above|below|each|every|average|flat|steady|stable|same|"
    r"constant|going|getting|need|needs|would|want|it|as|total|than|reach|hits?|reaches|through|so|no|not|only|level|then|one|this|"
    r"that|were|was|has|have|get|further|another|less|more|fewer|low|high))+$"
)
PLACE: Final = re.compile(
    r"\s+(?:across|among|amongst|throughout|at\s+(?:every|each|all|both|the)|in\s+(?:the|our|all|every|each|both)|on\s+(?:the|our|weekdays?|weekends?|"
    r"fridays?|mondays?|saturdays?|sundays?)|for\s+(?:the|our|all|every|each|both)\s+[\w-]+(?:\s+(?:team|shop|store|branch|department|site|product|line|"
    r"range|clients?|customers|staff|crew))?|via|through|within\s+the|from\s+(?:our|the))\b.*$"
)
METHOD: Final = re.compile(
    r"(?:,\s*)?\b(?:by|through|via|with|using|thanks\s+to|supported\s+by|because|so\s+(?:that|we|they|our|the)|in\s+order\s+to|to\s+(?:help|support|fund|make\s+sure|"
    r"free|cover|pay\s+for|improve|keep|avoid|become|allow|ensure|be\s+able|let|stay|grow)|as\s+(?:this|we|it|our)|which|since|after|while\s+keeping|without)\s+"
    r"(?=[a-z])"
)
EACH: Final = re.compile(
    r"^\s*(?:(?:ensure|have|get|see|make\s+sure)\s+(?:that\s+)?)?(?P<verb>train|visit|call|coach|contact)?\s*(?:each|every)\s+(?P<who>[a-z-]+)\s+(?:[a-z]+\s+)?$"
)
"""Something that each of many does: every apprentice completes, train each cook."""
_BY_DOING: Final = re.compile(
    r"(?:,\s*)?\b(?:by|through|via|with|from|thanks\s+to)\s+(?:[a-z]+ly\s+)?(?!the\b|our\b|end|close|using\s+less)[a-z-]+ing\b(?!\s+(?:rate|cost|time))|"
    r"(?:,\s*)?\b(?:supported\s+by|because|so\s+(?:that|we|they|our|the|i)|in\s+order\s+to|thanks\s+to|which\s+will|since\s+we|as\s+this|as\s+we|using\s+(?:a|an|the|our|new))\b|"
    r"(?:,\s*)\bto\s+[a-z]+\b|\bthrough\s+(?:better|more|improved|new|a|an)\b|\bwith\s+(?:a|an|the\s+help|better|new|our\s+new)\b|\bby\s+means\s+of\b"
)
FIRST_WORD: Final = re.compile(r"^[\s,;:.]*([a-z][a-z'-]*)")
TIME_OF: Final = {
    "answer": "answer", "reply": "reply", "respond": "response", "resolve": "resolution", "deliver": "delivery",
    "dispatch": "dispatch", "ship": "shipping", "pay": "payment", "process": "processing", "fix": "repair",
    "repair": "repair", "close": "closing", "return": "return", "invoice": "invoicing", "quote": "quote", "serve": "serving",
    "acknowledge": "acknowledgement", "send": "sending", "handle": "handling", "onboard": "onboarding", "complete": "completion",
}  # fmt: skip
"""The time that is counted where somebody is to do a thing within so long."""


def split_method(text: str) -> int:
    """Tell where the method or the reason begins that a goal is followed by; the length where there is none.

    >>> text = "grow the list to 5,000 by publishing two guides"
    >>> text[: split_method(text)]
    'grow the list to 5,000'
    """
    match = next((m for m in _BY_DOING.finditer(text.lower()) if m.start() > 0), None)
    return len(text) if match is None else len(text[: match.start()].rstrip(" ,"))


AS_NOUNS: Final = frozenset({"win", "drop", "climb", "gain", "add", "limit", "cap", "save", "stop", "build", "scale"})
NOUNS: Final = re.compile(
    r"^\s*[a-z'-]+\s+(?:rates?|ratios?|times?|scores?|costs?|count|counts|value|volume|share|size|sizes|margins?|percentage|turns?|"
    r"backlog|length|list|traffic|visits|clicks|centre|center|price|prices|fees?|bookings|on\s+[a-z ]+\s+(?:at|of|below|under|above|over))\b"
)
"""A word of doing that names a thing here: win rate, return rate, close rate."""


def first_word(text: str) -> str:
    """Give the verb that a sentence starts with, in small letters; "" where it starts otherwise.

    >>> first_word("Cut waste by 5%"), first_word("win rate above 30%"), first_word("30k a month")
    ('cut', '', '')
    """
    low = text.lower()
    match = FIRST_WORD.match(low)
    if match is None or (NOUNS.match(low) and match[1] not in (UP_VERBS | DOWN_VERBS) - AS_NOUNS):
        return ""
    return match[1]


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
    each = EACH.search(before.lower())
    if each and (later := _behind(behind) or each["verb"]):
        return f"{later} per {each['who']}"
    happier = re.search(r"^\s*(?:make|keep|get)\s+(.+?)\s+(?:[a-z]+er|better|more\s+[a-z]+|happy)\s*$", before.lower())
    if happier:
        return _cleaned(happier[1]) or None
    if verb in {"be", "become"}:
        return None
    if verb in {"rank", "be ranked"}:
        thing = re.search(r"\bfor\s+(.+)$", behind)
        return f"search rank for {thing[1]}".strip() if thing else "search rank"
    ahead = _without_verb(before, verb)
    said = _cleaned(ahead)
    if said and not (verb in PAST and timed):
        if verb in PAST and verb not in CHANGE_VERBS | KEEP_VERBS and not _behind(behind):
            return _done(said, verb)
        more = _behind(behind) if re.search(r"\b(?:have|ensure|that)\b", before) and len(said.split()) == 1 else ""
        return f"{said} {more}".strip()
    if said and timed:
        return f"{said} {TIME_OF.get(verb, verb)} time"
    later = _behind(behind)
    if not later:
        return None
    return _done(later, verb) if verb in PAST and verb not in CHANGE_VERBS - {"sell"} else later


def _without_verb(before: str, verb: str) -> str:
    """Drop the verb from the front, and the adverb it takes."""
    text = before.strip(" ,;:.")
    if verb and (verb in REACH_VERBS | CHANGE_VERBS | KEEP_VERBS or verb in PAST) and text.lower().startswith(verb):
        text = text[len(verb) :]
        text = re.sub(r"^\s+(?:up|down|off|out|back|in|on)\b", "", text, flags=re.IGNORECASE)
    return text


def _cleaned(text: str) -> str:
    """Drop articles in front, joints behind, and the place it holds for."""
    text = re.sub(r"\([^)]*\)?", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" ,;:.-=<>\"'/|+&")
    low = text.lower()
    lead = LEAD.match(low)
    text = text[lead.end() :] if lead else text
    place = PLACE.search(text.lower())
    if place and place.start() > 0:
        text = text[: place.start()]
    previous = None
    while previous != text:
        previous = text
        trail = TRAIL.search(text.lower())
        if trail:
            text = text[: trail.start()]
    return text.strip(" ,;:.-=<>\"'") if re.search(r"[a-z]{2}", text.lower()) else ""


def _behind(text: str) -> str:
    """Take the thing counted from the words behind a number."""
    text = re.split(r"[;.(\u2192]|,\s", text, maxsplit=1)[0]
    return _cleaned(re.sub(r"^\s*(?:of\s+(?:all\s+|our\s+|the\s+)?|new\s+(?=and))", "", text, flags=re.IGNORECASE))


def _done(thing: str, verb: str) -> str:
    """Say what was done to the thing counted: call-outs completed on the first visit."""
    past = PAST[verb]
    if past in thing.lower():
        return thing
    words = thing.split()
    joints = {
        "on",
        "in",
        "within",
        "without",
        "at",
        "with",
        "for",
        "to",
        "by",
        "before",
        "from",
        "a",
        "the",
        "same",
        "first",
        "per",
    }
    cut = next((place for place, word in enumerate(words) if place and word.lower() in joints), len(words))
    return " ".join([*words[:cut], past, *words[cut:]])
