"""Whether an owner is one person: words for nobody, for several, and for a post that one holds."""

from __future__ import annotations

import re
from typing import Final

from kpi_core.catalogue import fold
from kpi_core.checklist.words import words

NOBODY: Final = frozenset(
    {
        "tbd",
        "tbc",
        "tba",
        "unknown",
        "nobody",
        "none",
        "na",
        "n a",
        "open",
        "vacant",
        "undecided",
        "not decided",
        "later",
    }
    | {"to be decided", "to be defined", "to be confirmed", "not yet", "no one", "x", "xx", "xxx", "test", "unassigned"}
)
"""What is typed where there is no owner yet."""
GROUPS: Final = frozenset(
    {"team", "teams", "all", "everyone", "everybody", "we", "us", "staff", "management", "somebody", "department"}
    | {
        "crew",
        "group",
        "company",
        "employees",
        "anyone",
        "whoever",
        "together",
        "board",
        "partners",
        "owners",
        "colleagues",
    }
    | {"marketing", "sales", "support", "finance", "operations", "service", "success", "kitchen", "office", "hr", "it"}
    | {
        "accounting",
        "warehouse",
        "shop",
        "reception",
        "bar",
        "floor",
        "production",
        "purchasing",
        "logistics",
        "design",
    }
)
"""Groups where nothing else says that it is one person: sales is one, the sales lead a person."""
ANYBODY: Final = frozenset({"all", "everyone", "everybody", "we", "us", "somebody", "anyone", "whoever", "together"})
"""Groups whatever stands beside them: all managers."""
POSTS: Final = re.compile(
    r"(?:manager|lead|leader|head|chief|boss|director|officer|secretary|owner|founder|partner|assistant|clerk|nurse|chef"
    r"|cook|foreman|supervisor|coordinator|captain|keeper|accountant|bookkeeper|technician|doctor|dentist|receptionist"
    r"|consultant|analyst|engineer|designer|developer|executive|president|chair|buyer|planner|trainer|host|hostess"
    r"|[a-z]+(?:man|woman|person|master|mistress)|ceo|cfo|coo|cto|cmo|gm|md)",
)
"""A post that one person holds."""
TEAMS: Final = frozenset(
    {"team", "teams", "staff", "management", "department", "crew", "group", "employees", "colleagues"}
)
"""Groups whatever names them: the shop team, the marketing department."""
FILLERS: Final = frozenset({"the", "a", "an", "our", "my", "whole", "entire", "of"})
PARTED: Final = re.compile(r"\band\b|\bor\b|[&,/+;]")


def is_nobody(owner: str) -> bool:
    """Tell whether what is typed as owner is a word for "not yet".

    >>> [is_nobody(each) for each in ("TBC", "n/a", "to be decided", "Kim", "Bo 2")]
    [True, True, True, False, False]
    """
    return fold(owner) in NOBODY


def group_words(owner: str) -> tuple[str, ...]:
    """Find what makes an owner several people; empty for one person, who may have a post in a group.

    >>> group_words("the whole team"), group_words("Sales"), group_words("sales lead"), group_words("Kim and Bo")
    (('team',), ('sales',), (), ('and',))
    >>> [group_words(each) for each in ("Team lead", "Kim (staff nurse)", "Sales and marketing manager")]
    [(), (), ()]
    >>> group_words("shop manager and web lead"), group_words("all managers"), group_words("Kim & Bo")
    (('and',), ('all',), ('&',))
    """
    said = re.sub(r"\([^)]*\)", " ", owner.casefold()).strip() or owner.casefold()
    spoken = words(said)
    anybody = [word for word in spoken if word in ANYBODY]
    parts = [words(part) for part in PARTED.split(said)]
    whole = [part for part in parts if part and not set(part) <= GROUPS | FILLERS]
    joined = PARTED.findall(said) if len(whole) > 1 else []
    if anybody or joined:
        return tuple(dict.fromkeys([*anybody, *joined]))
    if whole and any(POSTS.fullmatch(word) for word in whole[-1]):
        return ()
    named = bool(whole) and not any(word in TEAMS for word in spoken)
    return () if named else tuple(dict.fromkeys(word for word in spoken if word in GROUPS))
