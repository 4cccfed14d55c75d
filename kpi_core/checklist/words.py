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

VAGUE_WORDS: Final = frozenset(
    {
        *("improve", "better", "best", "optimise", "optimize", "enhance", "strengthen"),
        *("effective", "efficient", "quality", "reliable", "sustainable", "world-class", "excellent", "leading"),
        *("significant", "significantly", "fast", "quick", "easy", "friendly", "appropriate", "awareness", "presence"),
        *("engagement", "satisfaction", "happiness", "happy", "happier", "soon", "eventually", "asap", "as needed"),
        *("medium term", "going forward", "feel", "feels", "going well"),
    }
)
"""Words that two people understand differently: after Barr's list of weasel words and sensory wording."""
WISHES: Final = re.compile(
    r"^(?:grow|boost|increase|reduce|expand)\b(?! (?:in|of|on)\b)|(?<![\w-])more\b(?! than\b)",
    re.IGNORECASE,
)
"""Vague where no number stands beside them: grow revenue, more orders; not grow revenue by 20 %, more than once."""
OWN_EFFORT: Final = ("calls", "posts", "meetings held", "emails sent", "visits made", "newsletters")
GROUP_WORDS: Final = frozenset(
    {"team", "all", "everyone", "everybody", "we", "us", "tbd", "staff", "management", "nobody", "somebody"}
    | {"department", "crew", "group", "company", "employees", "anyone", "whoever", "together"}
)
DEPARTMENTS: Final = frozenset(
    {"marketing", "sales", "support", "finance", "operations", "customer service", "customer success", "kitchen"}
    | {"office", "hr", "it", "accounting", "warehouse", "the shop", "the office", "the kitchen"}
)
"""Groups where they stand alone: sales is one, the sales lead a person."""
VANITY_WORDS: Final = frozenset({"total", "followers", "views", "impressions", "downloads", "likes", "opens"})
NOT_A_VERB: Final = frozenset(
    {"the", "a", "an", "our", "more", "less", "better", "no", "not", "new", "some", "any", "this", "that"}
    | {"nothing", "none", "maybe", "something", "tbd", "we", "i", "it", "there", "my", "your", "fewer", "faster"}
)
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

    >>> vague_words("Better engagement, as needed")
    ('better', 'engagement', 'as needed')
    >>> [vague_words(each) for each in ("Increase revenue", "Increase MRR by 20%", "Guests who came more than once")]
    [('increase',), (), ()]
    """
    found = [
        (match.start(), match.group().casefold())
        for word in VAGUE_WORDS
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])(?! to\b)", text, re.IGNORECASE)
    ]
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


def group_words(owner: str) -> tuple[str, ...]:
    """Find what makes an owner several people or nobody in particular; empty for one person.

    >>> group_words("the whole team"), group_words("Sales"), group_words("sales lead"), group_words("Ann and Bo")
    (('team',), ('sales',), (), ('and',))
    """
    plain = owner.strip().casefold()
    if plain in DEPARTMENTS:
        return (plain,)
    joined = re.findall(r"\band\b|\bor\b|[&,/+;]", plain)
    return tuple(dict.fromkeys([*(word for word in words(owner) if word in GROUP_WORDS), *joined]))


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
