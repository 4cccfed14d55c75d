"""Finding cards by what an owner types: the words on the card first, then what people call such a number."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.catalogue import find
from kpi_core.catalogue.entries import joining_words
from kpi_core.catalogue.search import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.kpi import Kpi


def found(kpis: Iterable[Kpi], text: str) -> frozenset[int]:
    """Find KPIs, by number: every word typed begins a word of the name, the owner or the goal, in any order.

    Case, accents and endings do not matter, words that only join others do not count. Where no card holds the
    words, those are found whose catalogue entry is asked for that way ("late payers"). Blank text finds all.
    """
    known = tuple(kpis)
    wanted = _wanted(text)
    if not wanted:
        return frozenset(kpi.id for kpi in known)
    held = frozenset(kpi.id for kpi in known if _holds(kpi, wanted))
    if held:
        return held
    called = {entry.key for entry in find(text)}
    return frozenset(kpi.id for kpi in known if kpi.catalogue_key in called)


def _holds(kpi: Kpi, wanted: Iterable[str]) -> bool:
    there = _words(f"{kpi.name} {kpi.owner} {kpi.goal}")
    stems = {stem(word) for word in there}
    return all(any(word.startswith(each) for word in there) or stem(each) in stems for each in wanted)


def _wanted(text: str) -> tuple[str, ...]:
    """Give the words typed, without those that only join others; if nothing else was typed, all of them."""
    words = _words(text)
    return tuple(word for word in words if word not in joining_words()) or words


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    """Split a text of any script into folded words.

    >>> _words("Årets café-Gäster (Ö)")
    ('arets', 'cafe', 'gaster', 'o')
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o"))
    return tuple(re.findall(r"[^\W_]+", "".join(mark for mark in plain if not unicodedata.combining(mark))))
