"""Times in one unit: exact where it can be, none where a calendar would have to guess."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

TIME: Final = "duration:"
SECONDS: Final = {
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "min": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(86400),
    "w": Fraction(604800),
}
MONTHS: Final = {"mo": Fraction(1), "y": Fraction(12)}
"""How many weeks a month has is not fixed, so the two families do not meet."""
_HOURS: Final = r"(?:hours|hour|h)"
_MINUTES: Final = r"(?:minutes|minute|mins|min|m)"
_SECONDS: Final = r"(?:seconds|second|secs|sec|s)"
COMPOUND: Final = re.compile(
    r"(?<![\w.,:])(?:"
    + "|".join(
        (
            rf"(?P<days>\d+)\s?(?:days|day|d)\s?(?:and\s)?(?P<dh>\d{{1,2}})\s?{_HOURS}",
            rf"(?P<hours>\d+)\s?{_HOURS}\s?(?:and\s)?(?P<hm>\d{{1,2}})\s?{_MINUTES}",
            r"(?P<short>\d+)h(?P<sm>\d\d)",
            rf"(?P<minutes>\d+)\s?{_MINUTES}\s?(?:and\s)?(?P<ms>\d{{1,2}})\s?{_SECONDS}",
        )
    )
    + r")(?![\w:])"
)
"""1 hour 30 minutes, 1h30, 6 min 20 s: one time in two units."""
PARTS: Final = (
    ("days", "dh", 24, "h"),
    ("hours", "hm", 60, "min"),
    ("short", "sm", 60, "min"),
    ("minutes", "ms", 60, "s"),
)
CLOCK_TIME: Final = re.compile(r"(?<![\d:.])\d{1,2}:[0-5]\d(?![\d:]|\s?(?:am|pm)\b)")


def in_unit(value: Fraction, unit: str | None, wanted: str | None) -> Fraction | None:
    """Give a number in another unit of its family; None where that is not exact.

    >>> str(in_unit(Fraction(2), "duration:w", "duration:d")), in_unit(Fraction(2), "duration:mo", "duration:w")
    ('14', None)
    >>> in_unit(Fraction(5), "currency:GBP", "currency:EUR") is None
    True
    """
    if unit == wanted or unit is None or wanted is None:
        return value
    one, other = unit.removeprefix(TIME), wanted.removeprefix(TIME)
    for family in (SECONDS, MONTHS):
        if one in family and other in family:
            return value * family[one] / family[other]
    if unit.partition(":")[0] == wanted.partition(":")[0] == "currency":
        return value if "currency" in {unit, wanted} else None
    return value if {unit, wanted} <= {"points", "score"} else None


def compound_times(low: str) -> Iterator[tuple[int, int, Fraction, str]]:
    """Find times said in two units: where each stands, and what it is in the smaller one.

    >>> [(str(value), unit) for _, _, value, unit in compound_times("1 hour 30 minutes, 1h05, 2 days 3 h")]
    [('90', 'duration:min'), ('65', 'duration:min'), ('51', 'duration:h')]
    """
    for match in COMPOUND.finditer(low):
        for large, small, times, unit in PARTS:
            if match[large]:
                value = Fraction(int(match[large]) * times + int(match[small]))
                yield match.start(), match.end(), value, TIME + unit


def clock_times(low: str) -> Iterator[tuple[int, int]]:
    """Find where a sentence says 1:30; "by 18:30" is a time of day."""
    for match in CLOCK_TIME.finditer(low):
        if not re.search(r"\b(?:at|by|before|after|until)\s*$", low[: match.start()]):
            yield match.span()
