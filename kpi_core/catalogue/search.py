"""Finding KPIs of the catalogue by what an owner types: names, aliases, everyday words, with a slip of the hand.

What is typed is compared with every *saying* of a KPI: its name, its aliases, and how people ask for it. A saying
fits by the share of words that both hold, rare words counting more than common ones. Words that only join others do
not count. Too few words in common is no hit: unrelated text finds nothing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kpi_core.catalogue.entries import CatalogueKpi, NotAKpi, catalogue, joining_words, not_kpis, same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONG = 5
"""Words of so many letters may hold one slip."""
STEM = 3
"""No word is cut to fewer letters."""
ENOUGH = 0.6
"""The share of the words typed that a KPI must know to be found, and again with rare words counting more."""
FITS = 0.2
"""How much of both, what was typed and the saying, must be the same for a KPI to be found."""
FITS_WELL = 0.7
"""The same for a warning, which is given only where it is meant."""
SLIPPED = 0.85
"""How sure a word with a slip is."""
ALIKE = 0.9
"""How sure a word is that is used for the one typed."""
PLACES = {"name": 1.0, "alias": 0.98, "everyday": 0.94, "definition": 0.6}


def fold(text: str) -> str:
    """Fold a name for comparing: no accents, no case, letters and digits only, single spaces.

    >>> fold("  Ø Order-value (AOV) ")
    'o order value aov'
    """
    plain = unicodedata.normalize(
        "NFKD", text.replace("Ø", "O").replace("ø", "o").replace("'", "").replace("\u2019", "")
    )
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(re.findall(r"[a-z0-9]+", plain.casefold()))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Cut a folded word to what its forms share; British and American spellings are one.

    >>> [stem(word) for word in ("customers", "booked", "bookings", "utilization", "labour", "days", "happiness")]
    ['customer', 'book', 'book', 'utilisation', 'labor', 'day', 'happy']
    >>> [stem(word) for word in ("cancelled", "cancel", "billing", "bill", "business")]
    ['cancel', 'cancel', 'bil', 'bil', 'busines']
    """
    word = word.replace("iz", "is").replace("our", "or")
    if word.endswith("iness") and word != "business":
        word = word[:-5] + "y"
    if word.endswith("ies") and len(word) > STEM + 2:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss") and len(word) > STEM:
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            word = word[: -len(ending)]
            break
    word = word[:-1] if word.endswith("e") and len(word) > STEM else word
    return word[:-1] if len(word) > STEM and word[-1] == word[-2] else word


@dataclass(frozen=True)
class Saying:
    """One way to say what an entry is: where it stands, its folded text, its stems without the joining words."""

    place: str
    text: str
    stems: frozenset[str]


def _saying(place: str, text: str) -> Saying:
    words = fold(text).split()
    return Saying(place, " ".join(words), frozenset(stem(word) for word in words if word not in joining_words()))


@dataclass(frozen=True)
class _Index:
    """What entries are found by. `weights`: how much a stem tells; `words`: every word by its stem's spelling."""

    sayings: tuple[tuple[Saying, ...], ...]
    weights: dict[str, float]
    words: dict[str, str]
    unknown: float

    def weight(self, word: str) -> float:
        return self.weights.get(word, self.unknown)


def _sayings(entry: CatalogueKpi | NotAKpi) -> tuple[Saying, ...]:
    named = [_saying("name", entry.name), *(_saying("alias", each) for each in entry.aliases)]
    asked = [_saying("everyday", each) for each in entry.everyday]
    told = [_saying("definition", entry.definition)] if isinstance(entry, CatalogueKpi) else []
    return (*named, *asked, *told)


def _index(entries: Sequence[CatalogueKpi] | Sequence[NotAKpi]) -> _Index:
    sayings = tuple(map(_sayings, entries))
    held = [frozenset[str]().union(*(each.stems for each in some)) for some in sayings]
    stems = frozenset[str]().union(*held)
    weights = {each: math.log(1 + len(held) / sum(each in some for some in held)) for each in stems}
    said = (word for some in sayings for each in some if each.place != "definition" for word in each.text.split())
    words = {word: stem(word) for word in said if word not in joining_words()}
    return _Index(sayings, weights, words, math.log(1 + len(held)))


@cache
def _kpis() -> _Index:
    return _index(catalogue())


@cache
def _others() -> _Index:
    return _index(not_kpis())


@cache
def _alike() -> dict[str, frozenset[str]]:
    """Give for each stem the stems of words that are used for it."""
    found: dict[str, frozenset[str]] = {}
    for some in same_words():
        stems = frozenset(map(stem, some))
        for each in stems:
            found[each] = found.get(each, frozenset()) | stems
    return found


def find(text: str) -> tuple[CatalogueKpi, ...]:
    """Find KPIs by name, alias or everyday words, best first; ties in catalogue order.

    What is exactly a name comes first, then an alias, then everyday words. The last word may be only begun, and a
    word of five letters or more may hold one slip. Blank and unrelated text finds nothing.
    """
    found = _ranked(text, _kpis(), FITS)
    return tuple(catalogue()[number] for number in found)


def find_not_kpis(text: str) -> tuple[NotAKpi, ...]:
    """Find the numbers by that text which an owner should not steer by, best first."""
    found = _ranked(text, _others(), FITS_WELL)
    return tuple(not_kpis()[number] for number in found)


def _ranked(text: str, index: _Index, fits: float) -> list[int]:
    wanted = _saying("typed", text)
    if not wanted.text:
        return []
    forms = _forms(wanted, index)
    wanted = replace(wanted, stems=frozenset(forms))
    scored = [(_score(wanted, forms, some, index, fits), -number) for number, some in enumerate(index.sayings)]
    return [-number for score, number in sorted(scored, reverse=True) if score > 0]


def _score(
    wanted: Saying, forms: dict[str, dict[str, float]], sayings: tuple[Saying, ...], index: _Index, fits: float
) -> float:
    """Score an entry: its best saying; 0 where too little of what was typed is known to it."""
    for each in sayings:
        if each.text == wanted.text and each.place != "definition":
            return 2 + PLACES[each.place]
    known = frozenset[str]().union(*(each.stems for each in sayings))
    met = {each: _met(forms[each], known)[0] for each in wanted.stems}
    total = sum(index.weight(each) for each in met)
    covered = sum(index.weight(each) * sure for each, sure in met.items())
    if covered < ENOUGH * total or sum(map(bool, met.values())) < ENOUGH * len(met) or not met:
        return 0
    best = max(PLACES[each.place] * _likeness(wanted, forms, each, index) for each in sayings)
    return best * covered / total if best >= fits else 0


def _likeness(wanted: Saying, forms: dict[str, dict[str, float]], saying: Saying, index: _Index) -> float:
    """Tell how much of both is the same, from 0 to 1."""
    met = {each: _met(forms[each], saying.stems) for each in wanted.stems}
    same = sum(index.weight(each) * share for each, (share, _) in met.items())
    theirs = {form for _, form in met.values() if form}
    return (
        2
        * same
        / (
            sum(index.weight(each) for each in wanted.stems)
            + sum(index.weight(each) for each in saying.stems - theirs)
            + sum(index.weight(each) for each in met if met[each][1])
        )
    )


def _met(forms: dict[str, float], stems: frozenset[str]) -> tuple[float, str]:
    """Find the best form of a typed word among stems: how sure it is, and which it is."""
    return max(((sure, form) for form, sure in forms.items() if form in stems), default=(0.0, ""))


def _forms(wanted: Saying, index: _Index) -> dict[str, dict[str, float]]:
    """Give for each typed stem the stems of the catalogue that it may mean, and how surely; without joining words."""
    words = wanted.text.split()
    spelled = {stem(word): word for word in words}
    last = words[-1]
    found = {}
    for each in wanted.stems:
        word = spelled[each]
        # A warning is given only where it is meant: by its own words
        alike = _alike().get(each, frozenset()) if index is _kpis() else frozenset()
        forms = {other: ALIKE for other in alike if other in index.weights}
        forms |= {each: 1.0} if each in index.weights else {}
        if word == last and len(word) >= STEM:
            forms |= _begun(word, index, forms)
        if len(word) >= LONG and word not in _kpis().words:
            if not forms and any(len(other) >= LONG and one_slip(word, other) for other in joining_words()):
                continue
            forms |= {form: SLIPPED for form in _slipped(word, index.words) if form not in forms}
        found[each] = forms
    return found


def _begun(word: str, index: _Index, known: dict[str, float]) -> dict[str, float]:
    """Find the longer words that a word may be the beginning of, surer the more of it is there."""
    longer = ((form, len(word) / len(other)) for other, form in index.words.items() if other.startswith(word))
    return {form: 0.5 + share / 2 for form, share in longer if form not in known}


def _slipped(word: str, words: dict[str, str]) -> Iterable[str]:
    return (form for other, form in words.items() if len(other) >= LONG - 1 and one_slip(word, other))


def one_slip(one: str, other: str) -> bool:
    """Tell whether one letter too many, too few, another one, or two in the wrong order make one word of the other.

    The first letter is hardly ever the wrong one: "wages" are no "pages".

    >>> [one_slip("retantion", word) for word in ("retention", "detention", "retantion")]
    [True, False, False]
    >>> one_slip("recieve", "receive"), one_slip("chrun", "churn"), one_slip("revnue", "revenue")
    (True, True, True)
    """
    if one == other or abs(len(one) - len(other)) > 1 or one[0] not in other[:2] or other[0] not in one[:2]:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[start:], other[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return others in {rest[1:], swapped} or others[1:] in {rest, rest[1:] if start else ""}
