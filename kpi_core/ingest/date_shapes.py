"""The shape of one date: where day, month, year and time of day stand in it.

A shape is a text with every digit written as 9 (letters stay), so all texts of a shape have their parts in the
same places. Which of two short numbers is the day cannot be seen here; `order.py` decides it for the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from kpi_core.ingest import months
from kpi_core.ingest.words import fold

LONGEST = 80
"""Longer texts are no dates; a pattern is not tried on them."""


class DateKind(StrEnum):
    """What a shape says by itself about its parts."""

    KNOWN = "known"
    """Day, month and year are told apart by the shape."""
    NUMERIC = "numeric"
    """Two short numbers and a year at the end: day or month first."""
    SHORT = "short"
    """Three short numbers: the year may stand first or last."""
    SERIAL = "serial"
    """A spreadsheet's day number."""


Span = tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """Where the parts of a date stand in the texts of one shape, as `[start, end)` places of characters."""

    kind: DateKind
    where: Span
    parts: tuple[Span, ...]
    """KNOWN: year, month, day (an empty span for a part that the shape lacks); else in the order written."""
    month_name: str = ""
    separator: str = ""
    typo: bool = False
    """Doubled or differing separators: read only where the rest of the column makes its format certain."""
    clock: tuple[Span, ...] = ()
    """Hours, minutes, seconds."""
    half: str = ""
    """`a` or `p` where the clock counts to twelve."""

    @property
    def month_only(self) -> bool:
        """Tell 03/2025, 202503 and Mar 25, a month without a day: numbers of invoices look the same."""
        bare = self.kind is DateKind.KNOWN and not self.month_name and not self.parts[2][1]
        return self.short_month or (bare and not (self.separator == "-" and self.parts[0] < self.parts[1]))

    @property
    def short_month(self) -> bool:
        """Tell `Dec 26`, a month and a year of two digits: a day of a month without a year looks the same."""
        year = self.parts[0]
        return bool(self.month_name) and not self.parts[2][1] and year[1] - year[0] == 2  # noqa: PLR2004


_SEP = r"(?:[./-]{1,2}|\.\s)"
_WORD = r"[^\W\d_]+\.?"
_NUMERIC = re.compile(rf"(?P<a>9{{1,4}})(?P<s>{_SEP})(?P<b>9{{1,2}})(?P<t>{_SEP})(?P<c>9{{4}}|9{{1,2}})\.?")
_MONTH_ONLY = (
    re.compile(r"(?P<y>9999)[-/](?P<mo>99)"),
    re.compile(r"(?P<mo>9{1,2})[-/](?P<y>9999)"),
    re.compile(r"(?P<y>9999)(?P<mo>99)"),
)
"""2025-03, 03/2025, 202503: a month without a day; dates only where the heading says so (`Plan.month_only`)."""
_COMPACT = re.compile(r"(?P<y>9999)(?P<mo>99)(?P<d>99)(?:T?(?P<H>99)(?:(?P<M>99)(?P<S>99)?)?)?Z?")
_COMPACT_DAY = re.compile(r"(?P<y>9999)(?P<mo>99)(?P<d>99)(?=[T\s])")
_SERIAL = re.compile(r"(?P<n>9{5})(?:\.9+)?")
_NAMED = (
    re.compile(
        rf"(?P<d>9{{1,2}})(?:st|nd|rd|th|er|º|ª)?[\s./-]*(?:(?:de|of|di)\s+)?(?P<m>{_WORD})[\s./,'-]*(?:(?:de|del)\s+)?(?P<y>9{{4}}|9{{2}})\.?"
    ),
    re.compile(rf"(?P<m>{_WORD})[\s./-]*(?P<d>9{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+|[./-])(?P<y>9{{4}}|9{{2}})"),
    re.compile(rf"(?P<y>9{{4}})[\s./-]+(?P<m>{_WORD})[\s./-]+(?P<d>9{{1,2}})\.?"),
    re.compile(rf"(?P<m>{_WORD})[\s/-]+(?P<y>9{{4}})"),
)
_MONTH_AND_SHORT_YEAR = re.compile(rf"(?P<m>{_WORD})[\s./'\u2019-]+(?P<y>99)")
_CLOCK = re.compile(
    r"(?:T|[\s,]+|\s+at\s+|\s+-\s+)(?P<H>9{1,2})[:.h](?P<M>99)(?:[:.](?P<S>99)(?:[.,]9+)?)?(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
    r"(?:\s*(?:Z|[+-]99:?(?:99)?|\(?[A-Za-z]{2,5}\)?(?:[+-]9{1,2}(?::?99)?)?|[A-Z][a-z]+/[A-Za-z_/]+)){0,3}"
)
_WEEKDAY = re.compile(rf"(?P<w>{_WORD}),?\s+")
_AS_OF = re.compile(r"\s+as of\s.*")


_KINDS = {
    (4, 1): DateKind.KNOWN,
    (4, 2): DateKind.KNOWN,
    (1, 4): DateKind.NUMERIC,
    (2, 4): DateKind.NUMERIC,
    (1, 2): DateKind.SHORT,
    (2, 2): DateKind.SHORT,
}
"""What the digits of the first and the last of three numbers say."""


@lru_cache(maxsize=4096)
def plan(shape: str) -> Plan | None:
    """Take one shape apart; None where it is no date.

    >>> plan("99/99/9999").kind.value, plan("9999-99-99T99:99:99Z").kind.value, plan("99.99.99").kind.value
    ('numeric', 'known', 'short')
    >>> plan("9/99"), plan("999.999.999")
    (None, None)
    """
    if len(shape) > LONGEST:
        return None
    found = _read(shape, 0)
    lead = _WEEKDAY.match(shape)
    # `Mar` is a month first and a Tuesday only where that makes no date.
    later = _read(shape, lead.end()) if found is None and lead else None
    # The names last: the first time they take a tenth of a second
    return later if later and lead and fold(lead["w"]) in months.weekdays() else found


def _read(shape: str, start: int) -> Plan | None:
    """Read a date that begins at a place, and what follows it."""
    for reader in (_numeric, _named, _compact):
        for end, found in reader(shape, start):
            rest = _tail(shape, end)
            if rest is not None:
                clock, half = rest
                return replace(found, clock=found.clock or clock, half=half)
    return None


def _tail(shape: str, end: int) -> tuple[tuple[Span, ...], str] | None:
    """Read what follows the date: nothing, a time of day, or a second date after "as of"."""
    rest = _AS_OF.fullmatch(shape, end)
    if end == len(shape) or rest:
        return (), ""
    match = _CLOCK.fullmatch(shape, end)
    if match is None:
        return None
    spans = tuple(match.span(part) for part in ("H", "M", "S") if match[part])
    return spans, (match["half"] or "").casefold()


def _numeric(shape: str, start: int) -> list[tuple[int, Plan]]:
    match = _NUMERIC.match(shape, start)
    if match is None:
        only = next((found for pattern in _MONTH_ONLY if (found := pattern.fullmatch(shape, start))), None)
        if only is None:
            return []
        separator = shape[only.start("y") - 1] if only.start("mo") < only.start("y") else shape[only.end("y")]
        parts = (only.span("y"), only.span("mo"), (0, 0))
        return [(only.end(), Plan(DateKind.KNOWN, only.span(), parts, separator=separator.strip("9")))]
    parts = (match.span("a"), match.span("b"), match.span("c"))
    kind = _KINDS.get((len(match["a"]), len(match["c"])))
    if kind is None:
        return []
    typo = match["s"].strip() not in tuple("./-") or match["s"] != match["t"]
    return [(match.end(), Plan(kind, match.span(), parts, separator=match["s"][0], typo=typo))]


def _named(shape: str, start: int) -> list[tuple[int, Plan]]:
    found = []
    for pattern in _NAMED:
        match = pattern.match(shape, start)
        if match:
            day = match.span("d") if "d" in pattern.groupindex else (0, 0)
            found.append((match.end(), Plan(DateKind.KNOWN, match.span(), (match.span("y"), (0, 0), day), match["m"])))
    short = _MONTH_AND_SHORT_YEAR.fullmatch(shape, start)
    if short and months.is_name(short["m"]):
        found.append((short.end(), Plan(DateKind.KNOWN, short.span(), (short.span("y"), (0, 0), (0, 0)), short["m"])))
    return found


def _compact(shape: str, start: int) -> list[tuple[int, Plan]]:
    match = _COMPACT.fullmatch(shape, start) or _COMPACT_DAY.match(shape, start)
    if match:
        clock = tuple(match.span(part) for part in ("H", "M", "S") if match.groupdict().get(part))
        return [
            (match.end(), Plan(DateKind.KNOWN, match.span(), tuple(map(match.span, ("y", "mo", "d"))), clock=clock))
        ]
    serial = _SERIAL.fullmatch(shape, start)
    return [(serial.end(), Plan(DateKind.SERIAL, serial.span(), (serial.span("n"),)))] if serial else []
