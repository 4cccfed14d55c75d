"""Words that give a KPI away: too vague to measure, a task, a group instead of a person, a vanity."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from kpi_core.catalogue import CatalogueKpi, Fault, NotAKpi, Vanity, by_key, catalogue, find_not_kpis, fold
from kpi_core.goal_sentence import SentenceType, read_goal

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.goal_sentence import GoalSentence
    from kpi_core.kpi import Kpi

VAGUE_WORDS: Final = tuple(
    re.compile(rf"(?<![\w-]){form}(?![\w-])(?! (?:to|than)\b)", re.IGNORECASE)
    for form in (
        *(r"improv(?:e[sd]?|ing|ements?)", r"better(?:ing)?", r"best", r"opti(?:mal|mum|mi[sz](?:e[sd]?|ing|ation))"),
        *(r"enhanc(?:e[sd]?|ing|ements?)", r"strengthen(?:s|ed|ing)?", r"streamlin(?:e[sd]?|ing)"),
        *(
            r"(?:in)?effective(?:ly|ness)?",
            r"(?:in)?efficien(?:t|tly|cy|cies)",
            r"quality",
            r"(?:un)?reliab(?:le|ly|ility)",
        ),
        *(r"sustainab(?:le|ly|ility)", r"world[- ]class", r"excellen(?:t|ce)", r"leading", r"significant(?:ly)?"),
        *(r"fast(?:er|est)?", r"quick(?:er|est|ly)?", r"eas(?:y|ier|iest|ily)", r"(?:user-)?friendl(?:y|ier|iness)"),
        *(r"appropriate(?:ly)?", r"awareness", r"presence", r"engagement", r"(?:dis)?satisfaction"),
        *(r"happi(?:ness|er|est|ly)", r"(?:un)?happy", r"soon(?:er|est)?", r"eventually", r"asap", r"as needed"),
        *(r"(?:medium|mid)[- ]term", r"going forward", r"feels?", r"going well", r"robust(?:ness)?"),
        *(r"seamless(?:ly)?", r"synerg(?:y|ies)"),
    )
)
"""Words that two people understand differently, in their forms: after Barr's list of weasel and sensory words."""
WISHES: Final = re.compile(
    r"^(?:grow|boost|increase|reduce|expand)\b(?! (?:in|of|on)\b)|(?<![\w-])more\b(?! than\b)",
    re.IGNORECASE,
)
"""Vague where no number stands beside them: grow revenue, more orders; not grow revenue by 20 %, more than once."""
OWN_EFFORT: Final = ("calls", "posts", "meetings held", "emails sent", "visits made", "newsletters")
VANITY_WORDS: Final = frozenset({"total", "followers", "views", "impressions", "downloads", "likes", "opens"})
COMPOSITE: Final = ("index", "composite", "weighted", "health score", "overall score", "combined score")
"""What a number made of many is called."""


def words(text: str) -> list[str]:
    """Split a text into folded words.

    >>> words("Hire a second cook, now")
    ['hire', 'a', 'second', 'cook', 'now']
    """
    return re.findall(r"[\w'-]+", text.casefold())


def vague_words(text: str) -> tuple[str, ...]:
    """Find the words that two people would understand differently, in their order.

    >>> vague_words("Better engagement, as needed"), vague_words("Marketing efficiency in the medium-term")
    (('better', 'engagement', 'as needed'), ('efficiency', 'medium-term'))
    >>> [vague_words(each) for each in ("Increase revenue", "Increase MRR by 20%", "Guests who came more than once")]
    [('increase',), (), ()]
    """
    found = [(match.start(), match.group().casefold()) for form in VAGUE_WORDS for match in form.finditer(text)]
    if not re.search(r"\d", text):
        found += [(match.start(), match.group().casefold()) for match in WISHES.finditer(text.strip())]
    return tuple(dict.fromkeys(word for _, word in sorted(found)))


@lru_cache(maxsize=1000)
def name_read(name: str, today: date) -> GoalSentence:
    """Read a name as the goal that it may be: its numbers, its unit, further goals in it, the KPI it names."""
    return read_goal(name, today)


def entry_of(kpi: Kpi, given: CatalogueKpi | None, today: date) -> CatalogueKpi | None:
    """Find the catalogue's entry: the one given, the one chosen, else the one that the name names."""
    return given or by_key(kpi.catalogue_key) or named(kpi.name) or by_key(name_read(kpi.name, today).catalogue)


def named(name: str) -> CatalogueKpi | None:
    """Find the entry that a name spells out, whatever stands in parentheses and however it is split.

    >>> [entry and entry.key for entry in map(named, ("Return on ad spend (ROAS)", "Cart abandonment", "Zebras"))]
    ['roas', 'cart_abandonment', None]
    """
    inner = re.findall(r"\(([^)]*)\)", name)
    plain = re.sub(r"\([^)]*\)|\bby \w+$", "", name.strip()).strip()
    spelled = [name, plain, f"{plain} rate", re.sub(r"\brates$", "rate", plain), re.sub(r" ratio$", "", plain), *inner]
    return next((by_key(key) for each in spelled if (key := _spelled().get(fold(each)))), None)


@cache
def _spelled() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in catalogue():
        for each in (entry.name, *entry.aliases):
            found.setdefault(fold(each), entry.key)
    return found


def is_task(name: str, today: date) -> bool:
    """Tell whether a name is something done once and not a number that is read again.

    >>> from datetime import date
    >>> [is_task(each, date(2026, 11, 21)) for each in ("Set up a newsletter", "Launch 4 products a year", "Open rate")]
    [True, False, False]
    """
    return name_read(name, today).type is SentenceType.MILESTONE


def own_effort(name: str) -> str:
    """Find what a name counts where that is what we do (calls, posts) rather than what comes of it; "" if nothing."""
    return next((effort for effort in OWN_EFFORT if re.search(rf"\b{effort}\b", name.casefold())), "")


def vanity_of(kpi: Kpi, entry: CatalogueKpi | None) -> Vanity:
    """Tell whether a number tends to look good without being good: the catalogue's word, else the name's own."""
    if entry is not None:
        return entry.vanity
    return Vanity.OFTEN if fault_of(kpi, Fault.VANITY) or vanity_words(kpi.name) else Vanity.NO


def fault_of(kpi: Kpi, fault: Fault) -> NotAKpi | None:
    """Find what is wrong with a number of that name, where it is this fault; a KPI chosen from the catalogue has none.

    >>> [found and found.name for found in (find_fault("the economy"), find_fault("Orders paid"))]
    ['Economic conditions', None]
    """
    chosen = by_key(kpi.catalogue_key)
    if chosen is not None and chosen.vanity is not Vanity.OFTEN:
        return None
    found = find_fault(kpi.name)
    return found if found is not None and found.fault is fault else None


@lru_cache(maxsize=1000)
def find_fault(name: str) -> NotAKpi | None:
    """Find the number of that name which is not to be steered by."""
    return next(iter(find_not_kpis(name)), None)


def vanity_words(name: str) -> tuple[str, ...]:
    """Find the words of a name that tend to look good without being good."""
    return tuple(word for word in words(name) if word in VANITY_WORDS)
