"""Words of a bound at a number: below 4 %, no more than 8 hours, 62 % min, 90 %+."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.lexicon import either, entries
from kpi_core.goal_sentence.sentence import Way
from kpi_core.target import Comparison

if TYPE_CHECKING:
    from kpi_core.goal_sentence.quantity import Quantity
    from kpi_core.goal_sentence.spans import Span

_STAYS: Final = r"(?:(?:to|stay(?:s|ing)?|remain(?:s|ing)?)\s+)?"
_GOES: Final = (
    r"(?:(?:to|be|is|are|go(?:es|ing)?|drop(?:s|ping)?|fall(?:s|ing)?|rise|rises|get|wait|waits|take|takes)\s+)?"
)
_CANNOT: Final = r"can't|cannot|won't|don't|mustn't|shouldn't|(?:do|must|should)\s+not"
_NEVER: Final = rf"(?:no|not|nothing|never|{_CANNOT}|without|no\s+(?!shows?\b)\w+(?:\s+\w+)?)\s+"

BEFORE: Final[tuple[tuple[str, Comparison], ...]] = (
    (rf"(?:at\s+or\s+)?{_NEVER}{_GOES}{either(entries('bound_more'))}", Comparison.AT_MOST),
    (rf"(?:an?\s+)?{either(entries('at_most'))}", Comparison.AT_MOST),
    (rf"{_NEVER}{_GOES}{either(entries('bound_less'))}", Comparison.AT_LEAST),
    (rf"(?:an?\s+)?{either(entries('at_least'))}", Comparison.AT_LEAST),
    (rf"{_STAYS}{either(entries('below'))}", Comparison.BELOW),
    (rf"{_STAYS}{either(entries('above'))}", Comparison.ABOVE),
)
"""Words of a bound before a number, the more telling first."""
_OR: Final = r"(?:or|and)\s+"
BEHIND: Final[tuple[tuple[str, Comparison], ...]] = (
    (rf"{_OR}{either(entries('or_more'))}|plus|min|minimum|at\s+least|at\s+a\s+minimum", Comparison.AT_LEAST),
    (rf"{_OR}{either(entries('or_less'))}|max|maximum|at\s+(?:the\s+)?most|tops", Comparison.AT_MOST),
)
"""Words of a bound behind a number."""
WAY_OF: Final = {
    Comparison.BELOW: Way.DOWN,
    Comparison.AT_MOST: Way.DOWN,
    Comparison.ABOVE: Way.UP,
    Comparison.AT_LEAST: Way.UP,
}
_COMPILED_BEFORE: Final = tuple((re.compile(rf"(?:^|(?<=[\s,;:(\u2192=-])){each}\s*$"), sign) for each, sign in BEFORE)
_COMPILED_BEHIND: Final = tuple((re.compile(rf"\s*(?:{each})(?=[\s,.;)]|$)"), sign) for each, sign in BEHIND)
_GLUED: Final = re.compile(r"(?P<sign>[<>]=?)\s*$")
SIGNS: Final = {sign.value: sign for sign in Comparison}


def bound_before(words: str) -> tuple[Comparison, int] | None:
    """Find a bound at the end of some words, and where its words begin.

    >>> bound_before("overtime no more than "), bound_before("stay under")[0], bound_before("churn")
    ((<Comparison.AT_MOST: '<='>, 9), <Comparison.BELOW: '<'>, None)
    """
    for pattern, comparison in _COMPILED_BEFORE:
        match = pattern.search(words)
        if match:
            return comparison, match.start()
    glued = _GLUED.search(words)
    return (SIGNS[glued["sign"]], glued.start()) if glued else None


def find_bound(
    low: str, span: Span[Quantity], rhythm_end: int | None = None
) -> tuple[Comparison, tuple[int, int]] | None:
    """Find the bound that a number is given, before or behind it, and the stretch of the bound's words.

    Args:
        low: the sentence in small letters.
        span: the number.
        rhythm_end: where the words behind the number begin, if not right at its end (8 deals a month min).
    """
    before = bound_before(low[: span.start])
    if before is not None:
        return before[0], (before[1], span.start)
    for end in (span.end, rhythm_end or span.end):
        for pattern, comparison in _COMPILED_BEHIND:
            match = pattern.match(low[end:])
            if match:
                return comparison, (span.end, end + match.end())
    return (Comparison.AT_LEAST, (span.start, span.end)) if span.meaning.more else None
