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
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from kpi_core.ingest import months, shapes
from kpi_core.ingest.date_shapes import DateKind, Plan, Span, plan

__all__ = ["DateKind", "Dates", "Days", "Group", "Order", "Plan", "day_of", "days", "format_of", "look", "plan"]

if TYPE_CHECKING:
    import numpy.typing as npt

    from kpi_core.ingest.shapes import Codes

EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's day numbers, its false 29 February 1900 allowed for."""
SERIALS = range(20000, 60000)
"""Day numbers from 1954 to 2064."""
YEARS = range(1900, 2101)
LAST_MONTH = 12
ENOUGH_SWAPPED = 3
"""Distinct texts and day numbers from which a swap of day and month can be told."""
AHEAD = 20
"""A two-digit year lies at most this many years ahead of today, else a century before."""


class Order(StrEnum):
    """Which of the parts of a written date comes first."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    YEAR_FIRST = "year-first"


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
        return tuple(group for group in self.groups if group.plan.kind in (DateKind.NUMERIC, DateKind.SHORT))

    @property
    def follow_each_other(self) -> bool:
        """Tell whether months with years of two digits, two at least, are consecutive: days of months hardly are."""
        heads = {parts for group in self.groups if group.plan.short_month for parts in group.heads}
        counts = sorted({year * LAST_MONTH + month for year, month, *_ in heads})
        return len(counts) > 1 and counts[-1] - counts[0] == len(counts) - 1

    @property
    def only_serials(self) -> bool:
        """Tell whether nothing but plain five-digit numbers stands here."""
        return all(group.plan.kind is DateKind.SERIAL for group in self.groups)


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
    swapped = _swapped(groups)
    for group in groups:
        possible = [_possible(group.plan, parts) for parts in group.heads]
        if not (swapped and group.plan.kind is DateKind.SERIAL):
            readable[group.index] = np.array(possible, dtype=bool)[group.head]
    return Dates(len(texts), rows, groups, readable & ~empty, empty)


def _swapped(groups: tuple[Group, ...]) -> bool:
    """Tell whether a spreadsheet of another country turned some texts into dates with day and month swapped.

    It then left as text just those that its own order does not allow: none of them has a day up to 12, while
    all the days it made are.
    """
    texts = [parts for group in groups if group.plan.kind is DateKind.NUMERIC for parts in group.heads]
    serials = [EXCEL_EPOCH + timedelta(days=p[0]) for g in groups if g.plan.kind is DateKind.SERIAL for p in g.heads]
    if len(texts) < ENOUGH_SWAPPED or len(serials) < ENOUGH_SWAPPED:
        return False
    return all(max(parts[:2]) > LAST_MONTH for parts in texts) and all(day.day <= LAST_MONTH for day in serials)


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
        case DateKind.SERIAL:
            return parts[0] in SERIALS
        case DateKind.KNOWN:
            return parts[0] < 100 or (parts[0] in YEARS and 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31)  # noqa: PLR2004
        case DateKind.NUMERIC:
            low, high = sorted(parts[:2])
            return 1 <= low <= 12 and high <= 31 and parts[2] in YEARS  # noqa: PLR2004
        case DateKind.SHORT:
            return min(parts[:2]) >= 1 and min(parts) <= 12  # noqa: PLR2004


def day_of(found: Plan, parts: tuple[int, ...], order: Order, today: date) -> date | None:
    """Read the numbers of one date; None where there is no such day.

    >>> from datetime import date
    >>> day_of(plan("99/99/99"), (3, 4, 26), Order.DAY_FIRST, date(2026, 11, 1))
    datetime.date(2026, 4, 3)
    >>> day_of(plan("99.99.9999"), (31, 2, 2026), Order.DAY_FIRST, date(2026, 11, 1)) is None
    True
    """
    if found.kind is DateKind.SERIAL:
        return EXCEL_EPOCH + timedelta(days=parts[0]) if parts[0] in SERIALS else None
    year, month, day = parts if found.kind is DateKind.KNOWN else _ordered(parts, order)
    if year < 100 and _two_digits(found):  # noqa: PLR2004
        year += 100 * (today.year // 100)
        year -= 100 * (year > today.year + AHEAD)
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ordered(parts: tuple[int, ...], order: Order) -> tuple[int, ...]:
    """Put three numbers into the order year, month, day."""
    match order:
        case Order.DAY_FIRST:
            return parts[2], parts[1], parts[0]
        case Order.MONTH_FIRST:
            return parts[2], parts[0], parts[1]
        case Order.YEAR_FIRST:
            return parts


def _two_digits(found: Plan) -> bool:
    spans = found.parts[:1] if found.kind is DateKind.KNOWN else found.parts
    return found.kind is DateKind.SHORT or any(end - start == 2 for start, end in spans[-1:])  # noqa: PLR2004


@dataclass(frozen=True)
class Days:
    """The distinct texts of a column as ISO dates, and times of day where it has them; None: unparsed or blank."""

    days: npt.NDArray[np.object_]
    moments: npt.NDArray[np.object_]
    """`YYYY-MM-DD HH:MM:SS` where the text has a clock, else the day."""


def days(dates: Dates, order: Order | None, today: date) -> Days:
    """Read a column. `order` None: texts whose parts are not told apart stay unparsed."""
    found = np.full(dates.size, None, dtype=object)
    moments = found.copy()
    certain = any(not group.plan.typo for group in dates.groups)
    for group in dates.groups:
        undecided = group.plan.kind in (DateKind.NUMERIC, DateKind.SHORT)
        if (undecided and order is None) or (group.plan.typo and not certain):
            continue
        read = [day_of(group.plan, parts, order or Order.DAY_FIRST, today) for parts in group.heads]
        written = np.array([day and day.isoformat() for day in read], dtype=object)
        if group.plan.clock:
            clocks = np.array(group.clocks, dtype=object)
            no_clock = shapes.missing(clocks)[group.clock]
            moments[group.index] = _joined(written, group.head, clocks, group.clock)
            iso = written[group.head]
            iso[no_clock] = None
        else:
            iso = written[group.head]
            moments[group.index] = iso
        found[group.index] = iso
    found[~dates.readable], moments[~dates.readable] = None, None
    return Days(found, moments)


def _joined(
    days_: npt.NDArray[np.object_], head: Codes, clocks: npt.NDArray[np.object_], clock: Codes
) -> npt.NDArray[np.object_]:
    """Put day and time of day together; None where one of them is missing."""
    left = pa.array(days_, type=pa.large_string()).take(pa.array(head))
    right = pa.array(clocks, type=pa.large_string()).take(pa.array(clock))
    joined: npt.NDArray[np.object_] = pc.binary_join_element_wise(
        left, right, pa.scalar(" ", pa.large_string())
    ).to_numpy(zero_copy_only=False)
    return joined


def format_of(dates: Dates, order: Order | None) -> str | None:
    """Write the format most rows have in the signs of `strftime`, `%z` and `TZ` left as the text has them."""
    if not dates.groups:
        return None
    alone = len(dates.groups) == 1
    group = dates.groups[0] if alone else max(dates.groups, key=lambda each: int(dates.rows[each.index].sum()))
    return _directives(group.plan, group.shape, order)


def _directives(found: Plan, shape: str, order: Order | None) -> str:
    """Replace the parts of a shape by the signs of `strftime`."""
    if found.kind is DateKind.SERIAL:
        return "Excel day number"
    year = "%y" if _two_digits(found) else "%Y"
    signs = {Order.DAY_FIRST: ("%d", "%m", year), Order.MONTH_FIRST: ("%m", "%d", year), None: ("?", "?", year)}
    known = (year, "%m", "%d") if found.kind is DateKind.KNOWN else signs.get(order, (year, "%m", "%d"))
    marks: list[tuple[Span, str]] = [(span, sign) for span, sign in zip(found.parts, known, strict=True) if span[1]]
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
