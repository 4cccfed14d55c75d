"""How often a goal is measured or repeated: per month, each week, 20/day, annual."""

from __future__ import annotations

import re
from typing import Final

from kpi_core.goal_sentence.lexicon import either, entries, exactly, table
from kpi_core.goal_sentence.spans import Span, blanked

_EACH: Final = r"\b(?:per|a|an|each|every|any|once\s+a|times\s+a|times\s+per|in\s+any|in\s+a)\s+(?:single\s+)?"
_KIND: Final = r"(?:calendar\s+|working\s+|business\s+)?"
_NOUN: Final = either(
    ("hour", "day", "night", "week", "month", "quarter", "year", "annum", "weekday", "weekend", "shift")
)
_ADVERB: Final = either(("hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "annually", "annual"))
_SHORT: Final = exactly(("p.a.", "p.a", "pa", "pw", "p/w", "pcm", "p/m"))
_NO_PERIOD: Final = r"(?!\s+(?:of|before|after|end|old|earlier|later|ahead|in\s+advance)\b|')"
EVERY: Final = re.compile(
    rf"(?:{_EACH}|\s?/\s?){_KIND}(?P<noun>{_NOUN})\b{_NO_PERIOD}"
    rf"|\b(?P<adverb>{_ADVERB})\b|(?<=[\dk%])\s?(?P<short>{_SHORT})(?!\w)|\s(?P<tail>{_SHORT})$|(?:(?<=\d{{3}})|(?<=k))\s?(?P<pm>pm)\b"
)
A_PART: Final = re.compile(r"\b(?:by|in|down|up|off|under|within|below|than|over|most|least|to)\s*$")
"""By a quarter, down a third: so much, not so often."""
PULSE: Final = re.compile(rf"\bevery\s+(?P<adverb>{_ADVERB})\b")
_TERM: Final = either(entries("fixed_terms"))
FIXED: Final = re.compile(rf"\b{_ADVERB}\s+{_TERM}\b")
"""Terms of the trade in which the word says no rhythm."""


def find_cadence(text: str) -> Span[str] | None:
    """Find how often it is measured.

    >>> find_cadence("Calls 20/day").meaning, find_cadence("monthly recurring revenue of 20k")
    ('day', None)
    """
    low = blanked(text.lower(), *(fixed.span() for fixed in FIXED.finditer(text.lower())))
    found = (each for each in EVERY.finditer(low) if not A_PART.search(low[: each.start()]))
    match = PULSE.search(text.lower()) or next(found, None)
    if match is None:
        return None
    word = next(word for word in match.groups() if word)
    return Span(match.start(), match.end(), table("cadences")[word])
