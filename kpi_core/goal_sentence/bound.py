"""Words of a bound at a number: below 4 %, no more than 8 hours, 62 % min, 90 %+."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.lexicon import either
from kpi_core.goal_sentence.sentence import Comparison, Way

if TYPE_CHECKING:
    from kpi_core.goal_sentence.quantity import Quantity
    from kpi_core.goal_sentence.spans import Span

_MORE: Final = (
    "more than", "greater than", "higher than", "longer than", "later than", "bigger than", "better than", "more", "greater",
    "higher", "longer", "later", "over", "above", "exceed", "exceeds", "exceeding", "past",
)  # fmt: skip
_LESS: Final = ("less than", "fewer than", "lower than", "smaller than", "less", "fewer", "lower", "under", "below")
_STAYS: Final = r"(?:(?:to|stay(?:s|ing)?|remain(?:s|ing)?)\s+)?"
_GOES: Final = r"(?:(?:to|be|is|are|go(?:es|ing)?|drop(?:s|ping)?|fall(?:s|ing)?|rise|rises|get|wait|waits|take|takes)\s+)?"
_NEVER: Final = r"(?:no|not|nothing|never|don't|do\s+not|must\s+not|should\s+not|without|no\s+\w+\s+\w+)\s+"

BEFORE: Final[tuple[tuple[str, Comparison], ...]] = (
    (rf"(?:at\s+or\s+)?{_NEVER}{_GOES}{either((*_MORE, 'worse than', 'worse'))}", Comparison.AT_MOST),
    (
        r"(?:an?\s+)?"
        + either(
            """at most,at the most,at the very most,max,maximum,max of,maximum of,at or below,at or under,up to,capped at,cap of,<=,=<,
            ceiling of,limit of,limited to,limit to,not to exceed,below or at,max.,no later than""".split(",")
        ),
        Comparison.AT_MOST,
    ),
    (rf"{_NEVER}{_GOES}{either((*_LESS, 'worse than'))}", Comparison.AT_LEAST),
    (
        r"(?:an?\s+)?"
        + either(
            """at least,at the least,at the very least,min,minimum,min of,minimum of,at or above,at or over,>=,=>,floor of,above or at,
            min.""".split(",")
        ),
        Comparison.AT_LEAST,
    ),
    (_STAYS + either((*_LESS[:4], "below", "under", "sub", "beneath", "shorter than", "<", "faster than", "quicker than", "inside")), Comparison.BELOW),
    (
        _STAYS
        + either(
            (*_MORE[:7], "above", "over", "exceed", "exceeds", "exceeding", "north of", "in excess of", "beyond", ">", "upwards of",
             "surpass", "surpassing", "beat", "beating")
        ),
        Comparison.ABOVE,
    ),
)  # fmt: skip
"""Words of a bound before a number, the more telling first."""
_OR: Final = r"(?:or|and)\s+"
BEHIND: Final[tuple[tuple[str, Comparison], ...]] = (
    (
        rf"{_OR}{either(('higher', 'more', 'better', 'above', 'over', 'greater', 'up', 'longer'))}"
        rf"|plus|min|minimum|at\s+least|at\s+a\s+minimum",
        Comparison.AT_LEAST,
    ),
    (
        rf"{_OR}{either(('lower', 'less', 'fewer', 'below', 'under', 'sooner', 'faster', 'quicker', 'better than that'))}"
        rf"|max|maximum|at\s+(?:the\s+)?most|tops",
        Comparison.AT_MOST,
    ),
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


def find_bound(low: str, span: Span[Quantity], rhythm_end: int | None = None) -> tuple[Comparison, tuple[int, int]] | None:
    """Find the bound that a number is given, before or behind it, and the stretch of the bound's words.

    Args:
        low: the sentence in small letters.
        span: the number.
        rhythm_end: where the words behind the number begin, if not right at its end (8 deals a month min).
    """
    before = bound_before(low[: span.start])
    if before is not None:
        return before[0], (before[1], span.start)
    end = rhythm_end or span.end
    for pattern, comparison in _COMPILED_BEHIND:
        match = pattern.match(low[end:])
        if match:
            return comparison, (span.end, end + match.end())
    return (Comparison.AT_LEAST, (span.start, span.end)) if span.meaning.more else None
