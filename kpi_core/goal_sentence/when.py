"""The deadline of a goal, told apart from a time in which something is to be done again and again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.deadline import find_deadline
from kpi_core.goal_sentence.lexicon import either, table
from kpi_core.goal_sentence.quantity import find_quantities
from kpi_core.goal_sentence.spans import blanked
from kpi_core.goal_sentence.verb import first_word

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.goal_sentence.sentence import Deadline
    from kpi_core.goal_sentence.spans import Span

COUNTED_WITHIN: Final = re.compile(r"(?:with)?in(?:side)?\s+(?!the\s+(?:next|coming)).*\b(?:days?|weeks?)\b")
HISTORY: Final = re.compile(r"\b(?:was|were|had)\s[^;,]*?(?P<when>\b(?:in|for|during)\s+(?:19|20)\d\d)\b")
"""Was 15 in 2025: when it was so, not by when."""
DONE: Final = re.compile(rf"\b{either(table('past').values())}\s*$")
DONE_THING: Final = re.compile(
    r"\b(?:time|turnaround|answered|replied|delivered|paid|resolved|shipped|dispatched|invoiced?|done|lead\s+time|sent|closed)\b"
)


def deadline_of(text: str, today: date) -> Span[Deadline] | None:
    """Find the deadline of a goal.

    Args:
        text: one goal, as `tidy` leaves it.
        today: a day without a year is its next occurrence; a count starts here.

    >>> from datetime import date
    >>> deadline_of("reply to every enquiry within 2 days", date(2026, 11, 21)) is None
    True
    """
    found = find_deadline(_without_history(text), today)
    return None if found is None or _is_answer_time(text, found) else found


def without_deadline(text: str, today: date) -> str:
    """Blank out the deadline of a goal."""
    deadline = deadline_of(text, today)
    return blanked(text, (deadline.start, deadline.end)) if deadline else text


def _without_history(text: str) -> str:
    """Blank out the years of what was."""
    return blanked(text, *(match.span("when") for match in HISTORY.finditer(text.lower())))


def _is_answer_time(text: str, deadline: Span[Deadline]) -> bool:
    """Tell "reply within 2 days", the target itself, from a deadline that is counted from today."""
    if not COUNTED_WITHIN.match(deadline.meaning.text):
        return False
    rest = blanked(text, (deadline.start, deadline.end))
    if DONE.search(rest[: deadline.start].lower()) or re.match(r"\s*(?:every|each|all|any)\b", rest.lower()):
        return True
    verb = first_word(rest)
    if verb not in table("time_of") and not DONE_THING.search(rest.lower()):
        return False
    return not find_quantities(rest) or bool(re.search(r"%|\bevery\b|\ball\b", rest)) or verb == "invoice"
