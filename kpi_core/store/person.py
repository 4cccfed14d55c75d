"""What names a person in a text or a state, and what stands there instead once the person is removed."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from hashlib import blake2b

WRITTEN_BY_US = frozenset(
    [
        "absolute",
        "aggregate",
        "alert",
        "baseline",
        "cadence",
        "catalogue_key",
        "change_percent",
        "comparison",
        "control",
        "coverage",
        "currency",
        "decision",
        "delta",
        "denominator",
        "direction",
        "formula",
        "green_from",
        "high",
        "kind",
        "lead_lag",
        "level",
        "locale",
        "low",
        "month",
        "numerator",
        "on",
        "percent",
        "percentages",
        "perspective",
        "recognition",
        "red_from",
        "review_every",
        "role",
        "spread",
        "state",
        "status",
        "stretch",
        "target",
        "test",
        "thing",
        "tier",
        "times",
        "topic",
        "type",
        "types",
        "unit",
        "value",
        "week_start",
    ]
)
"""Columns and members that hold a word or number of ours: where a person is called so too, nobody is meant there."""
HEADED = frozenset({"answers", "columns", "currency_columns", "filters", "measures", "types"})
"""Members whose own members are called by headings of files; every other member is called by us."""


@dataclass
class Person:
    """What names a person, and what it is replaced by."""

    texts: tuple[str, ...]
    number: int
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Make the pattern: whole words, whatever the letter case, the blanks or how accents are written."""
        ways = dict.fromkeys(
            _way(unicodedata.normalize(form, each))
            for text in sorted(self.texts, key=len, reverse=True)
            for each in (text, text.casefold())
            for form in ("NFC", "NFD")
        )
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE)

    def placeholder(self, match: re.Match[str]) -> str:
        """Give what stands in the place of a text: another one for each text that names the person.

        It keeps how the letters were written, so that what was told apart still is, and what folds alike still does.
        """
        said = match[0]
        order = next((place for place, text in enumerate(self.texts) if folded(text) == folded(said)), 0)
        word = "removed"
        if said != said.casefold():
            ways = {said.title(): word.title(), said.upper(): word.upper()}
            word = ways.get(said) or _mixed(word, said)
        return f"({word} {self.number}{f'.{order + 1}' if order else ''})"

    def is_in(self, text: object, place: str = "") -> bool:
        """Tell whether a text names the person; as JSON it is looked at member by member."""
        return isinstance(text, str) and self.without(text, place) != text

    def without(self, text: str, place: str = "") -> str:
        """Give a text with the placeholder instead of the person; `place`: the column of ours that it stands in."""
        if text[:1] in {"{", "["}:
            try:
                held = json.loads(text)
            except ValueError:
                return self._replaced(text, place)
            cleaned = self._without(held, place)
            return text if cleaned == held else json.dumps(cleaned, ensure_ascii=False)
        return self._replaced(text, place)

    def _replaced(self, text: str, place: str) -> str:
        if place in WRITTEN_BY_US and self.pattern.fullmatch(text):
            return text
        return self.pattern.sub(self.placeholder, text)

    def _without(self, part: object, member: str) -> object:
        match part:
            case str():
                return self._replaced(part, member)
            case list():
                return [self._without(each, member) for each in part]
            case dict() if member in HEADED:
                return {
                    self.pattern.sub(self.placeholder, key): self._without(each, member) for key, each in part.items()
                }
            case dict():
                return {self._member(key): self._without(each, key) for key, each in part.items()}
            case _:
                return part

    def _member(self, key: str) -> str:
        ours = key.isascii() and key == key.casefold() and self.pattern.fullmatch(key)
        return key if ours else self.pattern.sub(self.placeholder, key)


def _way(text: str) -> str:
    """Write the pattern of one text; a bare number is none of a day, of a time or of another number."""
    words = r"\s+".join(re.escape(word) for word in text.split())
    return rf"(?<!\d[-./:,]){words}(?![-./:,]\d)" if text.isdecimal() else words


def folded(text: str) -> str:
    """Write a text so that letter case, blanks and ways to write an accent tell nothing apart."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _mixed(word: str, said: str) -> str:
    """Write a word in capitals and small letters that another text chooses."""
    chosen = blake2b(said.encode(), digest_size=1).digest()[0] | 2
    return "".join(letter.upper() if chosen >> place & 1 else letter for place, letter in enumerate(word))
