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
    words, those are found whose catalogue entry is asked for that way ("late payers"). Signs are no pattern: what is
    no word (`<b>`, `*`) is found where a card holds just that. Blank text finds all.
    """
    known = tuple(kpis)
    if not text.strip():
        return frozenset(kpi.id for kpi in known)
    signs, words = _taken_apart(text)
    wanted = _wanted(words)
    held = frozenset(kpi.id for kpi in known if _holds(kpi, wanted, signs))
    if held or signs:
        return held
    called = {entry.key for entry in find(text)}
    return frozenset(kpi.id for kpi in known if kpi.catalogue_key in called)


def _taken_apart(text: str) -> tuple[tuple[str, ...], str]:
    """Tell what is to stand on a card sign by sign from what is looked up by its words.

    >>> _taken_apart("late <b> - R&D"), _taken_apart("*")
    ((('<b>',), 'late - R&D'), (('*',), ''))
    """
    parts = text.split()
    if not _words(text):
        return tuple(parts), ""
    signs = tuple(part for part in parts if any(unicodedata.category(mark).startswith("S") for mark in part))
    return signs, " ".join(part for part in parts if part not in signs)


def _holds(kpi: Kpi, wanted: Iterable[str], signs: Iterable[str]) -> bool:
    card = f"{kpi.name} {kpi.owner} {kpi.goal}"
    if not all(each.casefold() in card.casefold() for each in signs):
        return False
    there = _words(card)
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
