"""The verb that a goal starts with, and where the method or the reason begins that it is followed by."""

from __future__ import annotations

import re
from typing import Final

from kpi_core.goal_sentence.lexicon import either, entries, table, words

FIRST_WORD: Final = re.compile(r"^[\s,;:.]*([a-z][a-z'-]*)")
AS_NOUNS: Final = frozenset({"win", "drop", "gain", "add", "save", "stop", "build", "scale", "push"})
NOUN: Final = re.compile(
    rf"^\s*[a-z'-]+\s+(?:{either(entries('things'))}\b|per\b|on\s+[a-z ]+\s+(?:at|of|below|under|above|over)\b)"
)
"""A word of doing that names a thing here: win rate, return rate, close rate."""
_BETTER: Final = either(("better", "more", "improved", "new", "a", "an", "the help", "our new"))
METHOD: Final = re.compile(
    rf"(?:,\s*)?\b(?:by|through|via|with|from|thanks\s+to)\s+(?:[a-z]+ly\s+)?(?!the\b|our\b)(?!(?:spring|morning|evening)\b)"
    rf"[a-z-]+ing\b(?!\s+(?:rate|cost|time|of\b))"
    rf"|(?:,\s*)?\b{either(entries('reasons'))}\b|,\s*to\s+[a-z]+\b(?!\s*\d)|\b(?:through|with)\s+{_BETTER}\b(?!\s*\d|\s+(?:of|than)\b)"
    rf"|\bthrough\s+[a-z-]+\s+(?:checks|training|referrals\s+and|targeting|campaigns?)\b"
)


HOLD_TIME: Final = re.compile(r"^\s*(?:hold|stay|retain)\s+(?:times?|rates?|length)\b")
"""On the telephone: a name of a number."""
DONE_THING: Final = re.compile(rf"^\s*[a-z'-]+\s+{either(table('past').values())}\b")
"""Rent collected on time: a thing and what was done to it."""


def split_method(text: str) -> int:
    """Tell where the method or the reason begins that a goal is followed by; the length where there is none.

    >>> text = "grow the list to 5,000 by publishing two guides"
    >>> text[: split_method(text)]
    'grow the list to 5,000'
    """
    match = next((match for match in METHOD.finditer(text.lower()) if match.start() > 0), None)
    return len(text) if match is None else len(text[: match.start()].rstrip(" ,"))


def is_verb(word: str) -> bool:
    """Tell whether a word is one of doing."""
    return word in words("up", "down", "keep", "reach", "tasks") or word in table("past") or word in table("time_of")


def base_of(word: str) -> str:
    """Give the plain form of a verb in -ing; "" where it is no verb.

    >>> base_of("reducing"), base_of("hiring"), base_of("morning")
    ('reducing', 'hire', '')
    """
    if is_verb(word):
        return word
    stem = word.removesuffix("ing")
    return next((each for each in (stem, stem + "e", stem[:-1]) if stem != word and is_verb(each)), "")


def first_word(text: str) -> str:
    """Give the verb that a sentence starts with, in small letters; "" where it starts otherwise.

    >>> first_word("Cut waste by 5%"), first_word("win rate above 30%"), first_word("30k a month")
    ('cut', '', '')
    """
    low = text.lower()
    match = FIRST_WORD.match(low)
    named = NOUN.match(low) or (match and match[1] not in {"get", "have", "be", "never"} and DONE_THING.match(low))
    sure = (words("up", "down") - AS_NOUNS) | (words("keep") if not HOLD_TIME.match(low) else frozenset())
    if match is None or (named and match[1] not in sure):
        return ""
    return match[1]
