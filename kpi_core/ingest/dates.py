"""Texts that mean days, read by a grammar of the whole column, never cell by cell.

Each shape of a column (digits written as 9) is taken apart once into the places of day, month, year and time.
Which of two numbers is the day is not decided here: a column tells what its values say, `order.py` decides
for the file, and `days` reads. The wall date of the file is kept; a zone or an offset never moves it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from kpi_core.ingest import months, shapes
from kpi_core.ingest.words import fold

if TYPE_CHECKING:
    import numpy.typing as npt

    from kpi_core.ingest.shapes import Codes

EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's day numbers, its false 29 February 1900 allowed for."""
SERIALS = range(20000, 60000)
"""Day numbers from 1954 to 2064."""
YEARS = range(1900, 2101)
AHEAD = 20
"""A two-digit year lies at most this many years ahead of today, else a century before."""


class Order(StrEnum):
    """Which of the parts of a written date comes first."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    YEAR_FIRST = "year-first"


class Kind(StrEnum):
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

    kind: Kind
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


@dataclass(frozen=True)
class Group:
    """The distinct texts of one shape that may be dates: `heads[head[i]]` is the date part of text `index[i]`."""

    shape: str
    plan: Plan
    index: Codes
    head: Codes
    heads: tuple[tuple[int, ...], ...]
    """The numbers of each distinct date part."""
    clocks: tuple[str | None, ...]
    clock: Codes


@dataclass(frozen=True)
class Dates:
    """The distinct texts of a column looked at as dates; `readable` where a shape allows one."""

    size: int
    rows: Codes
    groups: tuple[Group, ...]
    readable: npt.NDArray[np.bool_]
    empty: npt.NDArray[np.bool_]

    @property
    def share(self) -> float:
        """Tell which share of the filled cells may be dates."""
        filled = int(self.rows[~self.empty].sum())
        return int(self.rows[self.readable].sum()) / filled if filled else 0.0

    @property
    def undecided(self) -> tuple[Group, ...]:
        """List the groups whose parts the shape does not tell apart."""
        return tuple(group for group in self.groups if group.plan.kind in (Kind.NUMERIC, Kind.SHORT))

    @property
    def only_serials(self) -> bool:
        """Tell whether nothing but plain five-digit numbers stands here."""
        return all(group.plan.kind is Kind.SERIAL for group in self.groups)


_SEP = r"(?:[./-]{1,2}|\.\s)"
_WORD = r"[^\W\d_]+\.?"
_NUMERIC = re.compile(rf"(?P<a>9{{1,4}})(?P<s>{_SEP})(?P<b>9{{1,2}})(?P<t>{_SEP})(?P<c>9{{4}}|9{{1,2}})\.?")
_MONTH_ONLY = re.compile(r"(?P<y>9999)-(?P<mo>99)")
_COMPACT = re.compile(r"(?P<y>9999)(?P<mo>99)(?P<d>99)(?:T?(?P<H>99)(?:(?P<M>99)(?P<S>99)?)?)?Z?")
_SERIAL = re.compile(r"(?P<n>9{5})(?:\.9+)?")
_NAMED = (
    re.compile(rf"(?P<d>9{{1,2}})(?:st|nd|rd|th|er|º|ª)?[\s./-]*(?:(?:de|of|di)\s+)?(?P<m>{_WORD})[\s./,'-]*(?:(?:de|del)\s+)?(?P<y>9{{4}}|9{{2}})\.?"),
    re.compile(rf"(?P<m>{_WORD})[\s./-]*(?P<d>9{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+|[./-])(?P<y>9{{4}}|9{{2}})"),
    re.compile(rf"(?P<y>9{{4}})[\s./-]+(?P<m>{_WORD})[\s./-]+(?P<d>9{{1,2}})\.?"),
    re.compile(rf"(?P<m>{_WORD})[\s/-]+(?P<y>9{{4}})"),
)
_CLOCK = re.compile(
    r"(?:T|[\s,]+|\s+at\s+|\s+-\s+)(?P<H>9{1,2})[:.h](?P<M>99)(?:[:.](?P<S>99)(?:[.,]9+)?)?(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
    r"(?:\s*(?:Z|[+-]99:?(?:99)?|\(?[A-Za-z]{2,5}\)?(?:[+-]9{1,2}(?::?99)?)?|[A-Z][a-z]+/[A-Za-z_/]+)){0,3}"
)
_WEEKDAY = re.compile(rf"(?P<w>{_WORD}),?\s+")
_AS_OF = re.compile(r"\s+as of\s.*")


@lru_cache(maxsize=4096)
def plan(shape: str) -> Plan | None:
    """Take one shape apart; None where it is no date.

    >>> plan("99/99/9999").kind.value, plan("9999-99-99T99:99:99Z").kind.value, plan("99.99.99").kind.value
    ('numeric', 'known', 'short')
    >>> plan("9/99"), plan("999.999.999")
    (None, None)
    """
    start = 0
    lead = _WEEKDAY.match(shape)
    if lead and fold(lead["w"]) in months.weekdays():
        start = lead.end()
    for reader in (_numeric, _named, _compact):
        for end, found in reader(shape, start):
            rest = _tail(shape, end)
            if rest is not None:
                clock, half = rest
                return Plan(**{**found.__dict__, "clock": found.clock or clock, "half": half})
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
        only = _MONTH_ONLY.fullmatch(shape, start)
        return [(only.end(), Plan(Kind.KNOWN, only.span(), (only.span("y"), only.span("mo"), (0, 0))))] if only else []
    a, b, c = match.span("a"), match.span("b"), match.span("c")
    typo = match["s"] != match["t"] or match["s"][0] == match["s"][-1:] * (len(match["s"]) > 1)
    kind = {(True, False): Kind.KNOWN, (False, True): Kind.NUMERIC, (False, False): Kind.SHORT}
    lengths = (len(match["a"]) == 4, len(match["c"]) == 4)
    if lengths not in kind or len(match["a"]) == 3 or (lengths == (False, False) and len(match["c"]) != 2):
        return []
    return [(match.end(), Plan(kind[lengths], match.span(), (a, b, c), separator=match["s"][0], typo=typo))]


def _named(shape: str, start: int) -> list[tuple[int, Plan]]:
    found = []
    for pattern in _NAMED:
        match = pattern.match(shape, start)
        if match:
            day = match.span("d") if "d" in pattern.groupindex else (0, 0)
            found.append((match.end(), Plan(Kind.KNOWN, match.span(), (match.span("y"), (0, 0), day), match["m"])))
    return found


def _compact(shape: str, start: int) -> list[tuple[int, Plan]]:
    match = _COMPACT.fullmatch(shape, start)
    if match:
        clock = tuple(match.span(part) for part in ("H", "M", "S") if match[part])
        return [(match.end(), Plan(Kind.KNOWN, match.span(), tuple(map(match.span, ("y", "mo", "d"))), clock=clock))]
    serial = _SERIAL.fullmatch(shape, start)
    return [(serial.end(), Plan(Kind.SERIAL, serial.span(), (serial.span("n"),)))] if serial else []


def look(texts: pa.Array, rows: Codes, empty: npt.NDArray[np.bool_]) -> Dates:
    """Look at the distinct texts of a column as dates; `empty` marks the words for nothing."""
    shape, names = shapes.shapes(texts)
    plans = {code: found for code, name in enumerate(names) if (found := plan(name))}
    named = months.months({found.month_name for found in plans.values() if found.month_name})
    groups = tuple(
        _group(texts, np.flatnonzero(shape == code), names[code], found, named)
        for code, found in plans.items()
        if not found.month_name or found.month_name in named
    )
    readable = np.zeros(len(texts), dtype=bool)
    for group in groups:
        readable[group.index] = np.array([_possible(group.plan, parts) for parts in group.heads], dtype=bool)[group.head]
    return Dates(len(texts), rows, groups, readable & ~empty, empty)


def _group(texts: pa.Array, index: Codes, shape: str, found: Plan, named: dict[str, int]) -> Group:
    """Cut the date and the clock out of the texts of one shape; equal parts are read once."""
    own = texts.take(pa.array(index))
    head, heads = pd.factorize(pc.utf8_slice_codeunits(own, *found.where).to_pandas())
    first = found.where[0]
    month = (named[found.month_name],) if found.month_name else ()
    numbers = []
    for text in heads:
        parts = [int(str(text)[start - first : end - first] or 1) if end else 1 for start, end in found.parts]
        numbers.append((parts[0], *month, *parts[2:]) if month else tuple(parts))
    if not found.clock:
        return Group(shape, found, index, head.astype(np.int64), tuple(numbers), (), np.zeros(0, dtype=np.int64))
    begin, end = found.clock[0][0], found.clock[-1][1]
    clock, clocks = pd.factorize(pc.utf8_slice_codeunits(own, begin, end).to_pandas())
    spans = [(start - begin, stop - begin) for start, stop in found.clock]
    read = tuple(_clock([int(str(text)[start:stop]) for start, stop in spans], found.half) for text in clocks)
    return Group(shape, found, index, head.astype(np.int64), tuple(numbers), read, clock.astype(np.int64))


def _clock(parts: list[int], half: str) -> str | None:
    """Write a time of day as `HH:MM:SS`; None where there is none such."""
    hour, minute, second = (*parts, 0, 0)[:3]
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}:{second:02d}" if hour < 24 and minute < 60 and second < 61 else None  # noqa: PLR2004


def _possible(found: Plan, parts: tuple[int, ...]) -> bool:
    """Tell whether the numbers can be a date at all, the 31 February among them (it is refused, not text)."""
    match found.kind:
        case Kind.SERIAL:
            return parts[0] in SERIALS
        case Kind.KNOWN:
            return parts[0] < 100 or (parts[0] in YEARS and 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31)  # noqa: PLR2004
        case Kind.NUMERIC:
            low, high = sorted(parts[:2])
            return 1 <= low <= 12 and high <= 31 and parts[2] in YEARS  # noqa: PLR2004
        case Kind.SHORT:
            return min(parts[:2]) >= 1 and sorted(parts)[0] <= 12  # noqa: PLR2004


def day_of(found: Plan, parts: tuple[int, ...], order: Order, today: date) -> date | None:
    """Read the numbers of one date; None where there is no such day.

    >>> from datetime import date
    >>> day_of(plan("99/99/99"), (3, 4, 26), Order.DAY_FIRST, date(2026, 11, 1))
    datetime.date(2026, 4, 3)
    >>> day_of(plan("99.99.9999"), (31, 2, 2026), Order.DAY_FIRST, date(2026, 11, 1)) is None
    True
    """
    match found.kind:
        case Kind.SERIAL:
            return EXCEL_EPOCH + timedelta(days=parts[0]) if parts[0] in SERIALS else None
        case Kind.KNOWN:
            year, month, day = parts
        case Kind.NUMERIC | Kind.SHORT:
            year, month, day = {
                Order.DAY_FIRST: (parts[2], parts[1], parts[0]),
                Order.MONTH_FIRST: (parts[2], parts[0], parts[1]),
                Order.YEAR_FIRST: parts,
            }[order]
    if year < 100 and _two_digits(found):  # noqa: PLR2004
        year += 100 * (today.year // 100)
        year -= 100 * (year > today.year + AHEAD)
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _two_digits(found: Plan) -> bool:
    spans = found.parts[:1] if found.kind is Kind.KNOWN else found.parts
    return found.kind is Kind.SHORT or any(end - start == 2 for start, end in spans[-1:])  # noqa: PLR2004


@dataclass(frozen=True)
class Days:
    """The distinct texts of a column as ISO dates, and times of day where it has them; None: unparsed or blank."""

    days: tuple[str | None, ...]
    moments: tuple[str | None, ...]
    """`YYYY-MM-DD HH:MM:SS` where a clock stands in the column, else the day."""
    timed: bool


def days(dates: Dates, order: Order | None, today: date) -> Days:
    """Read a column. `order` None: texts whose parts are not told apart stay unparsed."""
    found = np.full(dates.size, None, dtype=object)
    moments = np.full(dates.size, None, dtype=object)
    timed = any(group.plan.clock for group in dates.groups)
    certain = any(not group.plan.typo for group in dates.groups)
    for group in dates.groups:
        open_order = group.plan.kind in (Kind.NUMERIC, Kind.SHORT)
        if (open_order and order is None) or (group.plan.typo and not certain):
            continue
        read = [day_of(group.plan, parts, order or Order.DAY_FIRST, today) for parts in group.heads]
        iso = np.array([None if day is None else day.isoformat() for day in read], dtype=object)[group.head]
        if group.plan.clock:
            clock = np.array(group.clocks, dtype=object)[group.clock]
            iso[clock == None] = None  # noqa: E711
            joined = pc.binary_join_element_wise(
                pa.array(iso, type=pa.large_string()), pa.array(clock, type=pa.large_string()), pa.scalar(" ", pa.large_string())
            )
            moments[group.index] = joined.to_numpy(zero_copy_only=False)
        else:
            moments[group.index] = iso
        found[group.index] = iso
    found[~dates.readable], moments[~dates.readable] = None, None
    return Days(tuple(found), tuple(moments), timed)


def format_of(dates: Dates, order: Order | None) -> str | None:
    """Write the format most rows have in the signs of `strftime`, `%z` and `TZ` left as the text has them."""
    weigh = {group.shape: int(dates.rows[group.index].sum()) for group in dates.groups}
    if not weigh:
        return None
    group = max(dates.groups, key=lambda each: weigh[each.shape])
    return _directives(group.plan, group.shape, order)


def _directives(found: Plan, shape: str, order: Order | None) -> str:
    """Replace the parts of a shape by the signs of `strftime`."""
    marks: list[tuple[Span, str]] = []
    year = "%y" if _two_digits(found) else "%Y"
    match found.kind:
        case Kind.SERIAL:
            return "Excel day number"
        case Kind.KNOWN:
            signs = (year, "%m", "%d")
        case Kind.NUMERIC | Kind.SHORT:
            signs = {
                Order.DAY_FIRST: ("%d", "%m", year), Order.MONTH_FIRST: ("%m", "%d", year),
                Order.YEAR_FIRST: (year, "%m", "%d"), None: ("?", "?", year),
            }[order]  # fmt: skip
    marks += [(span, sign) for span, sign in zip(found.parts, signs, strict=True) if span[1]]
    if found.month_name:
        place = shape.index(found.month_name, found.where[0])
        dotted = found.month_name.endswith(".")
        short = len(found.month_name) - dotted <= 3  # noqa: PLR2004
        marks.append(((place, place + len(found.month_name) - dotted), "%b" if short else "%B"))
    hours = "%I" if found.half else "%H"
    marks += list(zip(found.clock, (hours, "%M", "%S"), strict=False))
    text = shape
    for (start, end), sign in sorted(marks, reverse=True):
        text = text[:start] + sign + text[end:]
    text = re.sub(r"(?<=%M|%S)(\s?)[AaPp]\.?[Mm]\.?", r"\1%p", text)
    return re.sub(r"[+-]99:?99", "%z", text)
