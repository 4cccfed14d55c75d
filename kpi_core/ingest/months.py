"""Names of months and weekdays in the languages that exports come in, from the Unicode locale data in Babel."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale

from kpi_core.ingest.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = tuple(
    "en de fr es it nl pt sv da nb fi pl cs sk hu ro hr sl lt lv et tr el ru uk bg is ca ga mt".split()  # noqa: SIM905
)
_EXTRA = {"en": {"sept": 9}, "de": {"mrz": 3, "jaenner": 1, "maerz": 3}, "nl": {"mrt": 3}}
"""Ways of writing that the locale data does not list."""


@lru_cache(maxsize=len(LANGUAGES))
def _names(language: str) -> dict[str, int]:
    """Map the folded names of the months in a language, full and short, to 1-12."""
    found: dict[str, int] = dict(_EXTRA.get(language, {}))
    for context in Locale.parse(language).months.values():
        for width in ("wide", "abbreviated"):
            for month, name in context.get(width, {}).items():
                folded = fold(name)
                if folded and not folded.isdigit():
                    found.setdefault(folded, int(month))
    return found


@lru_cache(maxsize=1)
def weekdays() -> frozenset[str]:
    """List the folded names of the weekdays, full and short, in all languages."""
    return frozenset(
        fold(name)
        for language in LANGUAGES
        for context in Locale.parse(language).days.values()
        for width in ("wide", "abbreviated", "short")
        for name in context.get(width, {}).values()
    )


@lru_cache(maxsize=1)
def _every_name() -> frozenset[str]:
    return frozenset(name for language in LANGUAGES for name in _names(language))


def is_name(word: str) -> bool:
    """Tell whether a word is a month in any language.

    >>> is_name("lis."), is_name("Gate")
    (True, False)
    """
    return fold(word) in _every_name()


def months(written: Iterable[str]) -> dict[str, int]:
    """Tell the month of each written name; those that no language, or two, explain are left out.

    One column is written in one language: `listopad` is October in Croatian and November in Polish, so it is
    left out unless the other names of the column show which it is.

    >>> months(["Mai", "Dez."]), months(["listopad"]), months(["listopad", "srpnja"])
    ({'Mai': 5, 'Dez.': 12}, {}, {'listopad': 10, 'srpnja': 7})
    """
    asked = {name: fold(name) for name in written}
    if not asked:
        return {}
    english = _names("en")
    if all(folded in english for folded in asked.values()):
        return {name: english[folded] for name, folded in asked.items()}
    known = [_names(language) for language in LANGUAGES]
    most = max(sum(folded in names for folded in asked.values()) for names in known)
    best = [names for names in known if sum(folded in names for folded in asked.values()) == most > 0]
    readings = {name: {names[folded] for names in best if folded in names} for name, folded in asked.items()}
    return {name: found.pop() for name, found in readings.items() if len(found) == 1}
