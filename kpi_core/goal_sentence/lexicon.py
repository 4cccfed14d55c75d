"""The words by which a goal is read, from `data/goal_words.toml`, as sets, tables and patterns."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = Path(__file__).parents[2] / "data" / "goal_words.toml"


@cache
def _file() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(FILE.read_text("utf-8"))


def entries(name: str) -> tuple[str, ...]:
    """List the words and phrases of a list, in the order of the file.

    >>> entries("bodies")[:2]
    ('all', 'both')
    """
    return _entries(str(_file()["lists"][name]))


def _entries(text: str) -> tuple[str, ...]:
    return tuple(part for each in text.replace("\n", ",").split(",") if (part := each.strip()))


@cache
def words(*names: str) -> frozenset[str]:
    """Give the entries of some lists as one set."""
    return frozenset(entry for name in names for entry in entries(name))


@cache
def table(name: str) -> Mapping[str, str]:
    """Give a table whose values are text."""
    return {key: str(value) for key, value in _file()[name].items()}


@cache
def numbers(name: str) -> Mapping[str, Fraction]:
    """Give a table whose values are whole numbers."""
    return {key: Fraction(str(value)) for key, value in _file()[name].items()}


@cache
def fixed_days() -> Mapping[str, tuple[int, int]]:
    """Give the holidays that are on the same month and day every year."""
    days = _file()["fixed_days"]
    return {name: (int(pair[0]), int(pair[1])) for name, pair in days.items() if isinstance(pair, list)}


@cache
def everyday() -> Mapping[str, str]:
    """Give the KPI's key of each everyday name."""
    return {name: key for key, text in _file()["everyday"].items() for name in _entries(str(text))}


def either(phrases: Iterable[str]) -> str:
    r"""Write the pattern of some phrases, longest first; a blank is any white space.

    >>> either(["under", "less than"])
    '(?:less\\s+than|under)'
    """
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(each.split()) for each in longest_first) + ")"


def exactly(phrases: Iterable[str]) -> str:
    r"""Write the pattern of some texts that hold marks of their own.

    >>> exactly(["us$", "$"])
    '(?:us\\$|\\$)'
    """
    return either(re.escape(each).replace(r"\ ", " ") for each in phrases)


@cache
def named(*names: str) -> re.Pattern[str]:
    """Compile the pattern that finds any entry of some lists as a whole word."""
    return re.compile(rf"\b{either(words(*names))}(?![\w-])")
