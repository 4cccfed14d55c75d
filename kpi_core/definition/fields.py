"""Reading one JSON object member by member: each is asked for once, and what nobody asked for is refused by name.

Every refusal says where in the document it stands, such as `kpis[2] 'Monthly revenue', target: ...`.
A member that is `null` counts as not given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from kpi_core.errors import RefusedDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

_Choice = TypeVar("_Choice", bound="StrEnum")

LARGEST = 10**30
"""Numbers of this size and above are slips of the hand, and cost time without end as `1e999999999`."""

_DIGITS = 30
# 3.2 | -500000 | 1/3
_EXACT = re.compile(r"[+-]?\d{1,60}(\.\d{1,60})?|[+-]?\d{1,60}/\d{1,60}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)


@dataclass(frozen=True)
class Place:
    """Where in a document something stands: `head` names the entry, `path` leads into it."""

    head: str
    path: str = ""

    def __str__(self) -> str:
        """Write the place as a refusal begins with it."""
        return f"{self.head}, {self.path}" if self.path and self.head else self.head or self.path

    def at(self, key: str) -> Place:
        """Lead into a member."""
        return Place(self.head, f"{self.path}.{key}" if self.path else key)

    def item(self, number: int) -> Place:
        """Lead into the item of a list, counted from 0 as in JSON paths."""
        return Place(self.head, f"{self.path}[{number}]")

    def named(self, name: str) -> Place:
        """Begin an entry that has a name of its own: from here the path starts anew."""
        return Place(f"{self} '{name}'")


def refused(place: Place, text: str, hint: str = "") -> RefusedDefinition:
    """Say where and what is wrong."""
    return RefusedDefinition(f"{place}: {text}", hint)


class Fields:
    """The members of one JSON object, each asked for once; `close` refuses the ones that nobody asked for."""

    def __init__(self, obj: object, place: Place) -> None:
        """Take the object apart; anything but an object is refused."""
        if not isinstance(obj, Mapping):
            raise refused(place, f"{_shown(obj)} stands where an object in braces is needed.")
        self._left = {str(key): value for key, value in obj.items()}
        self._asked: list[str] = []
        self.place = place

    def take(self, key: str) -> object:
        """Return the member as it stands, None where it is not given."""
        self._asked.append(key)
        return self._left.pop(key, None)

    def has(self, key: str) -> bool:
        """Tell whether the member is given and not yet taken."""
        return self._left.get(key) is not None

    def text(self, key: str, default: str | None = "") -> str:
        """Return a text, trimmed; `default` None: it must be given and must not be blank."""
        found = self.take(key)
        if found is None and default is not None:
            return default
        if found is None:
            raise refused(self.place, f'"{key}" is missing.')
        if not isinstance(found, str):
            raise refused(self.place.at(key), f"{_shown(found)} is not a text in quotes.")
        if default is None and not found.strip():
            raise refused(self.place, f'"{key}" is empty.')
        return found.strip()

    def text_or_none(self, key: str) -> str | None:
        """Return a text, None where it is not given or blank."""
        return self.text(key) or None

    def column(self, key: str) -> str:
        """Return the name of a column exactly as the header has it, outer blanks too; it must be given."""
        found = self.column_or_none(key)
        if found is None:
            raise refused(self.place, f'"{key}" is missing.')
        return found

    def column_or_none(self, key: str) -> str | None:
        """Return the name of a column exactly as the header has it, None where it is not given or blank."""
        found = self._left.get(key)
        return found if self.text(key) and isinstance(found, str) else None

    def flag(self, key: str, default: bool = False) -> bool:  # noqa: FBT001, FBT002 - reads as the JSON does
        """Return true or false."""
        found = self.take(key)
        if found is None:
            return default
        if not isinstance(found, bool):
            raise refused(self.place.at(key), f"{_shown(found)} is neither true nor false.")
        return found

    def flag_or_none(self, key: str) -> bool | None:
        """Return true, false, or None where it is not given."""
        if self.has(key):
            return self.flag(key)
        self.take(key)
        return None

    def whole(self, key: str) -> int | None:
        """Return a whole number, None where it is not given."""
        found = self.number(key)
        if found is not None and found.denominator != 1:
            raise refused(self.place.at(key), f"{number_to_json(found)} is not a whole number.")
        return None if found is None else int(found)

    def number(self, key: str) -> Fraction | None:
        """Return a number exactly as it is written, None where it is not given."""
        found = self.take(key)
        return None if found is None else number_from_json(found, self.place.at(key))

    def day(self, key: str) -> date | None:
        """Return a day (`2026-10-31`; `2026-10` is its first day), None where it is not given."""
        found = self.take(key)
        return None if found is None else day_from_json(found, self.place.at(key))

    def choice(self, key: str, among: type[_Choice], default: _Choice | None = None) -> _Choice:
        """Return a member of an enum by its value; without default it must be given."""
        found = self.choice_or_none(key, among)
        if found is not None:
            return found
        if default is None:
            raise refused(self.place, f'"{key}" is missing; {_choices(among)}.')
        return default

    def choice_or_none(self, key: str, among: type[_Choice]) -> _Choice | None:
        """Return a member of an enum by its value (case and blanks around it do not matter), None: not given."""
        found = self.take(key)
        return None if found is None else choice_from_json(found, among, self.place.at(key))

    def items(self, key: str) -> Iterator[tuple[Place, object]]:
        """Go through a list with the place of each item; not given is an empty list."""
        found = self.take(key)
        place = self.place.at(key)
        if found is None:
            return iter(())
        if not isinstance(found, list | tuple):
            raise refused(place, f"{_shown(found)} stands where a list in brackets is needed.")
        return ((place.item(number), item) for number, item in enumerate(found))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; numbers in it are taken as they are written."""
        return tuple(_text_of(item, place) for place, item in self.items(key))

    def pairs(self, key: str) -> tuple[tuple[str, object], ...]:
        """Return the members of an object of free names; not given is none."""
        found = self.take(key)
        if found is None:
            return ()
        if not isinstance(found, Mapping):
            raise refused(self.place.at(key), f"{_shown(found)} stands where an object in braces is needed.")
        return tuple((str(name), value) for name, value in found.items())

    def close(self) -> None:
        """Refuse members that nobody asked for, so that a slip of the pen is not silently ignored."""
        for key, value in self._left.items():
            if value is not None:
                near = get_close_matches(key.casefold(), self._asked, n=1)
                more = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(self._asked)}."
                raise refused(self.place, f'"{key}" is not known here; {more}')


def choice_from_json(found: object, among: type[_Choice], place: Place) -> _Choice:
    """Read a member of an enum by its value; case and blanks around it do not matter."""
    for member in among:
        if isinstance(found, str) and found.strip().casefold() == member.value.casefold():
            return member
    raise refused(place, f"{_shown(found)} is not known; {_choices(among)}.")


def number_from_json(found: object, place: Place) -> Fraction:
    """Read a number exactly: 3.2 is 16/5, whether it comes as number or as text; also "1/3".

    A binary float stands for the decimal it is written as. Grouped digits ("500 000") are refused: which
    sign groups and which one is the decimal mark is a matter of country.

    >>> number_from_json(3.2, Place("target")), number_from_json("1/3", Place("target"))
    (Fraction(16, 5), Fraction(1, 3))
    """
    exact: Fraction | None = None
    match found:
        case bool():
            exact = None
        case int():
            exact = Fraction(found)
        case float() | Decimal():
            written = Decimal(repr(found)) if isinstance(found, float) else found
            if written.is_finite() and abs(written.adjusted()) <= _DIGITS:
                exact = Fraction(written)
        case str() if _EXACT.fullmatch(found.strip()) and not re.search(r"/0+$", found.strip()):
            exact = Fraction(found.strip())
        case _:
            exact = None
    if exact is None or abs(exact) >= LARGEST:
        raise refused(place, f"{_shown(found)} is not a number that can be used; write it like 500000 or 3.2.")
    return exact


def number_to_json(value: Fraction) -> int | float | str:
    """Write a number so that reading it gives the same one: as JSON number where that is exact, else as text.

    >>> number_to_json(Fraction(16, 5)), number_to_json(Fraction(500000)), number_to_json(Fraction(1, 3))
    (3.2, 500000, '1/3')
    """
    if value.denominator == 1:
        return value.numerator
    near = float(value)
    return near if Fraction(Decimal(repr(near))) == value else number_text(value)


def number_text(value: Fraction) -> str:
    """Write a number as exact text: a plain decimal where it ends, else a fraction.

    >>> number_text(Fraction(16, 5)), number_text(Fraction(-7)), number_text(Fraction(1, 3))
    ('3.2', '-7', '1/3')
    """
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(value)
    with localcontext(prec=200):
        return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def day_from_json(found: object, place: Place) -> date:
    """Read a day; a month stands for its first day."""
    if isinstance(found, date):
        return found
    if isinstance(found, str) and _DAY.fullmatch(found.strip()):
        whole = found.strip() if len(found.strip()) > len("2026-10") else f"{found.strip()}-01"
        try:
            return date.fromisoformat(whole)
        except ValueError:
            pass
    raise refused(place, f"{_shown(found)} is not a day; write it like 2026-10-31.")


def key_of(name: str) -> str:
    """Fold a name for comparing: names that differ only in case or in blanks are the same.

    >>> key_of(" Monthly  revenue ") == key_of("monthly Revenue")
    True
    """
    return " ".join(name.split()).casefold()


def _text_of(found: object, place: Place) -> str:
    match found:
        case str():
            return found
        case int() | float() | Decimal() if not isinstance(found, bool):
            return number_text(number_from_json(found, place))
        case _:
            raise refused(place, f"{_shown(found)} is not a text in quotes.")


def _choices(among: type[StrEnum]) -> str:
    return f"choose one of {', '.join(member.value for member in among)}"


def _shown(found: object) -> str:
    longest = 40
    match found:
        case None:
            return "nothing"
        case bool():
            return str(found).lower()
        case str():
            return f'"{found[:longest]}..."' if len(found) > longest else f'"{found}"'
        case Mapping():
            return "an object"
        case list() | tuple():
            return "a list"
        case _:
            return str(found)[:longest]
