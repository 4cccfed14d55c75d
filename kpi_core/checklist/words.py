"""Words that give a KPI away: too vague to measure, a task, a group instead of a person, a vanity."""

from __future__ import annotations

import re

from kpi_core.catalogue import CatalogueKpi, Vanity
from kpi_core.kpi import Kpi

VAGUE_WORDS = frozenset(
    {
        *("improve", "better", "best", "more", "optimise", "optimize", "enhance", "boost", "grow", "strengthen"),
        *("effective", "efficient", "quality", "reliable", "sustainable", "world-class", "excellent", "leading"),
        *("significant", "fast", "quick", "easy", "friendly", "appropriate", "awareness", "presence", "engagement"),
        *("satisfaction", "happiness", "soon", "eventually", "asap", "as needed", "medium term", "going forward"),
    }
)
TASK_VERBS = ("launch", "open", "implement", "hire", "finish", "move", "build", "create", "write", "install", "set up")
OWN_EFFORT = ("calls", "posts", "meetings held", "emails sent", "visits made", "newsletters")
GROUP_WORDS = frozenset(
    {"team", "all", "everyone", "everybody", "we", "us", "tbd", "staff", "management", "nobody", "somebody"}
)
VANITY_WORDS = frozenset({"total", "followers", "views", "impressions", "downloads", "likes", "opens"})
NOT_A_VERB = frozenset(
    {"the", "a", "an", "our", "more", "less", "better", "no", "not", "new", "some", "any", "this", "that"}
)


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
    """
    found = [
        (match.start(), match.group().casefold())
        for word in VAGUE_WORDS
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE)
    ]
    return tuple(dict.fromkeys(word for _, word in sorted(found)))


def is_task(name: str) -> bool:
    """Tell whether a name is something done once: it starts with a task's verb and holds no number.

    >>> is_task("Launch the new site"), is_task("Launch 4 products a year")
    (True, False)
    """
    starts = any(re.match(rf"{verb}\b", name.strip().casefold()) for verb in TASK_VERBS)
    return starts and not re.search(r"\d", name)


def is_own_effort(name: str) -> bool:
    """Tell whether a name counts what we do (calls, posts) rather than what comes of it."""
    return any(re.search(rf"\b{effort}\b", name.casefold()) for effort in OWN_EFFORT)


def is_group(owner: str) -> bool:
    """Tell whether an owner is several people or nobody in particular."""
    return bool(set(words(owner)) & GROUP_WORDS) or bool(re.search(r"\band\b|[&,/+]", owner.casefold()))


def vanity_of(kpi: Kpi, entry: CatalogueKpi | None) -> Vanity:
    """Tell whether a number tends to look good without being good: the catalogue's word, else the name's own."""
    if entry is not None:
        return entry.vanity
    return Vanity.OFTEN if set(words(kpi.name)) & VANITY_WORDS else Vanity.NO
