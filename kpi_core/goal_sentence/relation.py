"""How the numbers of a goal sentence hang together."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence import doubt
from kpi_core.goal_sentence.bound import find_bound
from kpi_core.goal_sentence.pair import FROM, NOW, NOW_BEFORE, THEN, read_pair
from kpi_core.goal_sentence.quantity import CLOCK, PERCENT, Quantity
from kpi_core.goal_sentence.related import Related
from kpi_core.goal_sentence.sentence import Aim
from kpi_core.goal_sentence.single import doubtful, read_multiple, read_single

if TYPE_CHECKING:
    from kpi_core.goal_sentence.spans import Span

BRACKETS: Final = re.compile(r"\([^()]*\)")
SAYS: Final = re.compile(rf"\b(?:{NOW}|{THEN})\b")
PAST_YEAR: Final = re.compile(r"\b(?:in|for|during)\s+(?:19|20)\d\d\b")
UNWANTED: Final = re.compile(r"\b(?:instead\s+of|rather\s+than)\s*$")


def relate(low: str, found: list[Span[Quantity]], verb: str, rhythm: tuple[int, int] | None = None) -> Related:
    """Tell target, baseline and how they are meant.

    Args:
        low: the sentence as `tidy` leaves it, in small letters, deadline and cadence blanked out.
        found: its numbers.
        verb: the first word that says what to do, "" where there is none.
        rhythm: the stretch of the words of the cadence.

    >>> from kpi_core.goal_sentence.quantity import find_quantities
    >>> low = "lift average basket value by 8%"
    >>> related = relate(low, find_quantities(low), "lift")
    >>> str(related.target), related.aim.value, related.way.value
    ('8', 'relative_change', 'up')
    """
    multiple = read_multiple(low)
    if multiple is not None:
        return _start_of(multiple, low, found)
    if not found:
        return Related()
    pair = _beside_brackets(low, found, verb) or _first_pair(low, found, verb)
    if pair is not None:
        return pair
    wanted = [span for span in found if not UNWANTED.search(low[: span.start])]
    if not wanted:
        return Related(used=tuple((span.start, span.end) for span in found))
    span = _most_said(low, wanted)
    if any(each.meaning.unit == CLOCK for each in found):
        return _clock(low, next(each for each in found if each.meaning.unit == CLOCK))
    follows = rhythm is not None and rhythm[0] >= span.end and not re.search(r"\d", low[span.end : rhythm[0]])
    behind = rhythm[1] if rhythm and follows else None  # 8 deals a month min
    related = doubtful(read_single(low, span, verb, behind), span.meaning)
    changes = related.aim in {Aim.RELATIVE_CHANGE, Aim.DELTA}
    return _start_of(related, low, [each for each in found if each is not span]) if changes else related


def _first_pair(low: str, found: list[Span[Quantity]], verb: str) -> Related | None:
    pairs = (read_pair(low, one, two, verb) for one, two in itertools.pairwise(found))
    return next((pair for pair in pairs if pair is not None), None)


def _beside_brackets(low: str, found: list[Span[Quantity]], verb: str) -> Related | None:
    """Read a way from one number to another, whatever numbers stand beside it in brackets: sales (2 shops) 3k to 4k.

    A bracket that tells the present or the wanted value belongs to the goal; one that tells a year's does not.
    """
    brackets = [match for match in BRACKETS.finditer(low) if PAST_YEAR.search(match[0]) or not SAYS.search(match[0])]
    aside = [span for span in found if any(each.start() < span.start and span.end < each.end() for each in brackets)]
    if not aside:
        return None
    pair = _first_pair(low, [span for span in found if span not in aside], verb)
    if pair is None or pair.baseline is None:
        return None
    return replace(pair, used=(*pair.used, *((span.start, span.end) for span in aside)))


def _clock(low: str, span: Span[Quantity]) -> Related:
    """Leave 1:30 open: an hour and a half, or a minute and a half."""
    said = low[span.start : span.end]
    stretch = (span.start, span.end)
    return Related(unit="duration", used=(stretch,), at=stretch, doubt=doubt.clock(said, *said.split(":")))


def _most_said(low: str, found: list[Span[Quantity]]) -> Span[Quantity]:
    """Choose the number that is meant: one of a bound or a share before a bare count."""
    told = (span for span in found if span.meaning.unit == PERCENT or find_bound(low, span) is not None)
    return next(told, found[0])


def _start_of(related: Related, low: str, found: list[Span[Quantity]]) -> Related:
    """Add the present number to a goal that is a multiple: halve the time, which is 20 days at present."""
    for span in found:
        head = NOW_BEFORE.search(low[: span.start]) or FROM.search(low[: span.start])
        tail = re.match(rf"\s*(?:,|\()?\s*{NOW}\b", low[span.end :])
        if (head or tail) and not span.meaning.doubtful:
            began = head.start() if head else span.start
            used = (*related.used, (began, span.end + (tail.end() if tail else 0)))
            return replace(
                related, baseline=span.meaning.value, used=used, from_at=(span.start, span.end), unit=span.meaning.unit
            )
    return related
