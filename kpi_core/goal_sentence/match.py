"""The KPI of the catalogue that a metric names, by its name, alias or everyday words: rather none than a wrong one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kpi_core.catalogue import by_key, catalogue, fold
from kpi_core.goal_sentence.lexicon import everyday, words
from kpi_core.unit import UnitKind

if TYPE_CHECKING:
    from collections.abc import Mapping

LIGHT: Final = words("light")
"""Words that make no other KPI of a name."""
LIGHTER: Final = LIGHT | {"rate", "score"}
FAMILIES: Final = {
    UnitKind.CURRENCY: "currency",
    UnitKind.PERCENT: "percent",
    UnitKind.COUNT: "count",
    UnitKind.DURATION: "duration",
    UnitKind.SCORE: "score",
    UnitKind.RATIO: "ratio",
}
NEAR: Final = (frozenset({"count", "ratio"}), frozenset({"percent", "score"}))
"""Families between which owners do not tell apart: 2.2 table turns, a satisfaction of 85."""

Words = frozenset[str]


def catalogue_key(metric: str | None, unit: str | None) -> str | None:
    """Find the KPI that a metric's words name, in any order, whatever light words stand among them.

    Args:
        metric: the thing counted.
        unit: the goal's unit; a KPI that is counted in something else is not the one meant.

    >>> [catalogue_key(each, None) for each in ("debtor days", "our monthly no shows", "close rate", "weddings booked")]
    ['dso', 'no_show_rate', 'win_rate', None]
    >>> catalogue_key("complaints", "currency") is None
    True
    """
    if metric is None:
        return None
    readings = (_words(metric, light=light) for light in (frozenset(), LIGHT, LIGHTER))
    key = next((found for each in readings if (found := _names().get(each))), None)
    return key if key and _may_be_counted_in(key, unit) else None


def _may_be_counted_in(key: str, unit: str | None) -> bool:
    entry, said = by_key(key), (unit or "").partition(":")[0]
    if entry is None or said in {"", "rank"}:
        return entry is not None
    family = FAMILIES[entry.unit]
    return said == family or any({said, family} <= near for near in NEAR)


@cache
def _names() -> Mapping[Words, str]:
    """Give the key of each set of words; one that two KPIs share names neither."""
    found: dict[Words, set[str]] = {}
    own: dict[Words, str] = {}
    for entry in catalogue():
        own.setdefault(_words(entry.name, light=frozenset()), entry.key)
        for name in (entry.name, *entry.aliases):
            # "Waste %" is not any waste
            for light in (frozenset(),) if "%" in name else (frozenset(), LIGHT):
                found.setdefault(_words(name, light=light), set()).add(entry.key)
    for name, key in everyday().items():
        own.setdefault(_words(name, light=frozenset()), key)
    shared = {each: next(iter(keys)) for each, keys in found.items() if len(keys) == 1 and each}
    return {**shared, **own}


def _words(text: str, *, light: Words) -> Words:
    """Give the words of a name, in the singular, one spelling each."""
    plain = fold(
        re.sub(r"labor\b", "labour", text.lower()).replace("%", " percent").replace("utilization", "utilisation")
    )
    return frozenset(_singular(word) for word in plain.split()) - light


def _singular(word: str) -> str:
    """Drop the mark of the plural.

    >>> [_singular(each) for each in ("days", "enquiries", "loss", "sales")]
    ['day', 'enquiry', 'loss', 'sale']
    """
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > len("abs") else word
