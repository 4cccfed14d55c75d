"""A hurried sentence made regular: short forms written out, marks of one kind, fillers and openings gone."""

from __future__ import annotations

import re
from typing import Final

from kpi_core.catalogue import one_slip
from kpi_core.goal_sentence.lexicon import either, entries, table, words
from kpi_core.goal_sentence.spans import Traced

ARROW: Final = "\u2192"
MARKS: Final = {
    **dict.fromkeys("\u2013\u2014\u2012\u2010\u2011\u2212", "-"),
    **dict.fromkeys("\u2019\u2018\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\t\n\r", " "),
    **dict.fromkeys("\u21d2\u279c\u2794\u27a1", ARROW),
    **dict.fromkeys("\u2605\u2b50", " stars"),
    "\ufe0f": " ",
    "~": " ",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u00d7": "x",
    "\u00bd": "1/2",
}
"""Look-alikes of a mark, and the mark."""


def _list(name: str) -> str:
    return either(entries(name))


_WHOSE: Final = r"(?:our|my|the|one|key|main|new|this\s+year's|company|team|business|personal|q[1-4])"
_FOR_WHEN: Final = r"(?:\s+(?:for|in)\s+(?:the\s+)?(?:year|quarter|q[1-4]|20\d\d))?"
_COLON: Final = r"(?:(?:#?\d{1,2}\s*)?[:=]|\s-\s|\bis\b|\bare\b)"
OPENERS: Final = re.compile(
    rf"^\s*(?:{_WHOSE}\s+)*{_list('openings')}{_FOR_WHEN}\s*{_COLON}\s*(?:to\s+|that\s+)?(?=\S)", re.IGNORECASE
)
"""Our goal is to; KPI 3:"""
WISHES: Final = re.compile(
    rf"^\s*(?:(?:by\s+the\s+way|ok|so|and|then|also|this\s+year|next\s+year)[,\s]+)?"
    rf"(?:i|we|they|us|you|(?:the|our|my)\s+(?:[\w-]+\s+){{0,3}}?{_list('speakers')})\s*(?:\s*{_list('intents')}\s+)+"
    rf"(?:(?:us|our\s+team|everyone|each\s+shop)\s+to\s+)?",
    re.IGNORECASE,
)
"""We want to; the sales team will."""
TO_DO: Final = re.compile(
    rf"^\s*(?:{_list('efforts')}\s+to\s+|(?:want|need|must|should|lets|let's)\s+|make\s+sure\s+(?:that\s+)?)+(?=[a-z]+\b)",
    re.IGNORECASE,
)
"""Want to; trying to."""
FILLERS: Final = re.compile(rf"\b{either(entries('fillers'))}(?=[\s,.!]|$)|!+", re.IGNORECASE)
SHORT: Final = re.compile(r"\bw/(?:in|o)?(?=\s)|(?<![A-Za-z_'])[a-z][\w']*\.?", re.IGNORECASE)
BULLET: Final = re.compile(r"^\s*(?:[-*\u2022#]+|\(?\d{1,2}[.)])\s+(?=[A-Za-z])")
TO_AS_2: Final = re.compile(r"(?<=[\d%k])\s+2\s+(?=[$\u00a3\u20ac]?\d[\d.,]*\s?[%k])")
"""68% 2 55%"""
FOR_AS_4: Final = re.compile(r"(?<=[a-z])\s+4\s+(?=['\"])")
LEAST_SLIP: Final = 6
"""Shorter verbs are too much alike to know a slip of one letter."""


def tidy(text: str) -> Traced:
    """Make a sentence regular, remembering the words that were typed.

    >>> tidy("We wanna grow newsletter subs 2k\u21925k b4 xmas pls!").text
    'grow newsletter subs 2k \u2192 5k before christmas'
    """
    made = Traced.of(text).replaced("[" + "".join(MARKS) + "]", lambda match: MARKS[match.group()])
    made = made.replaced(rf"\s*(?:-{{1,2}}>|={{1,2}}>(?!\s*=)|\.{{2,}}>|{ARROW})\s*", lambda _: f" {ARROW} ")
    made = made.replaced(r"(?i)\s*\b(?:per\s?cent|percent|pct)\b|(?<=\d)\s+pc\b", lambda _: "%")
    made = made.replaced(SHORT, _written_out)
    made = made.replaced(TO_AS_2, lambda _: " to ").replaced(FOR_AS_4, lambda _: " for ")
    made = made.replaced(r"(?i)\b(?:von|fra|fr\u00e5n)\s+(?=[$\u00a3\u20ac\d])", lambda _: "from ")
    made = made.replaced(r"(?i)(?<=[\dk%\u20ac])\s+(?:auf|til|till)\s+(?=[$\u00a3\u20ac\d])", lambda _: " to ")
    made = made.replaced(r"(?i)(?<=\d)-?ish\b", lambda _: "")
    made = made.replaced(r"(?i)\bp/(?=[a-z]{3})", lambda _: "per ")
    made = made.replaced(r"(?i)\bfy(?=\s+end|\s*$)", lambda _: "financial year")
    made = made.replaced(FILLERS, lambda _: " ").replaced(BULLET, lambda _: "")
    for opener in (OPENERS, WISHES, TO_DO, WISHES):
        match = opener.match(made.text)
        if match and re.search(r"\w", made.text[match.end() :]):
            made = made.part(match.end(), len(made.text))
    made = made.replaced(r"\s+", lambda _: " ")
    made = made.part(*_inner(made.text))
    return made.replaced(r"^[A-Za-z]+", _right_verb)


def _inner(text: str) -> tuple[int, int]:
    """Leave out marks around a sentence."""
    start = len(text) - len(text.lstrip(" .;!?"))
    return start, max(start, len(text.rstrip(" .;!?")))


def _written_out(match: re.Match[str]) -> str:
    word = match.group()
    known = table("short")
    low = word.lower()
    if low in known:
        return known[low]
    return known[low[:-1]] + "." if low.endswith(".") and low[:-1] in known else word


def _right_verb(match: re.Match[str]) -> str:
    """Put a slip of the keyboard right in the verb a sentence starts with: incraese, reduse."""
    word = match.group().lower()
    known = words("up", "down", "keep", "reach", "tasks")
    if len(word) < LEAST_SLIP or word in known or word.endswith(("ed", "er", "s")):
        return match.group()
    verbs = sorted(each for each in words("up", "down", "keep") if len(each) >= LEAST_SLIP and one_slip(word, each))
    return verbs[0] if len(verbs) == 1 else match.group()
