"""Day or month first: one order for a file, found from all its distinct dates, else asked for.

The evidence, strongest first: a number over 12 in the column, the habit of its separator, the other date
columns, the lines above the header, a column beside it whose dates are certain, the order of the rows, and
the country that the headers point to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from kpi_core.ingest.dates import DateKind, Dates, Group, Order, day_of
from kpi_core.source import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpi_core.ingest.shapes import Codes

QUESTION = "date-order"
CHOICES = (Order.DAY_FIRST.value, Order.MONTH_FIRST.value)
MINORITY = 0.05
"""More contradicting dates than this share are no typing errors."""
ENOUGH_DATES = 6
"""Distinct dates whose order in the file counts as evidence."""
NEAR, FAR = 7, 25
"""Days from a certain date beside it: right where the typical distance is near, wrong where it is far."""
LAST_MONTH = 12
RECENT = range(-15, 2)
"""Years from today that a year written first, in two digits, must lie in."""
_TITLE_DATE = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True)
class Votes:
    """Distinct dates that decide, and one that does not."""

    day_first: int = 0
    month_first: int = 0
    example: tuple[Group, tuple[int, ...]] | None = None

    @property
    def order(self) -> Order | None:
        """Tell the order that the votes agree on; None without votes, or when they disagree too much."""
        most, least = max(self.day_first, self.month_first), min(self.day_first, self.month_first)
        if most == 0 or least > MINORITY * (most + least):
            return None
        return Order.DAY_FIRST if self.day_first > self.month_first else Order.MONTH_FIRST

    @property
    def mixed(self) -> bool:
        """Tell whether both orders have votes that cannot be typing errors."""
        return self.order is None and self.day_first + self.month_first > 0


def _vote(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Count the pairs of numbers whose first, and whose second, can only be a day."""
    found = list(pairs)
    return (
        sum(first > LAST_MONTH >= second for first, second in found),
        sum(second > LAST_MONTH >= first for first, second in found),
    )


def votes(dates: Dates) -> Votes:
    """Count the votes of a column, each distinct date once."""
    day = month = 0
    example: tuple[Group, tuple[int, ...]] | None = None
    for group in dates.undecided:
        more = _vote((parts[0], parts[1]) for parts in group.heads)
        day, month = day + more[0], month + more[1]
        for parts in group.heads:
            if example is None and parts[0] != parts[1] and max(parts[:2]) <= LAST_MONTH and not group.plan.typo:
                example = (group, parts)
    return Votes(day, month, example)


def of_titles(texts: Sequence[str]) -> Order | None:
    """Tell the order that the dates above the header show, such as `Period: 01/05/2026 - 31/05/2026`."""
    pairs = [(int(found[0]), int(found[2])) for text in texts for found in _TITLE_DATE.findall(text)]
    return Votes(*_vote(pairs)).order


def of_habit(dates: Dates) -> Order | None:
    """Tell the order that goes with the separator: no country writes the month first with dots."""
    dotted = all(group.plan.separator == "." for group in dates.undecided)
    return Order.DAY_FIRST if dates.undecided and dotted else None


def of_filled_period(titles: Sequence[str], dates: Dates, *, decimal: str | None, today: date) -> Order | None:
    """Tell that the day comes first where two signs agree, each too weak alone.

    Numbers have a decimal comma, and only with the day first do the rows fill, day by day, the period that the title
    states. Months reported by their first day fill a period of days by accident: they decide nothing.
    """
    found = [each for text in titles for each in _TITLE_DATE.findall(text)]
    stated = [(int(first), int(second), int(year)) for first, _, second, year in found]
    if decimal != "," or len(set(stated)) < 2:  # noqa: PLR2004
        return None
    day, month = (
        {day_of(group.plan, parts, order, today) for group in dates.undecided for parts in group.heads}
        for order in (Order.DAY_FIRST, Order.MONTH_FIRST)
    )
    if all(each is None or each.day == 1 for each in month):
        return None
    filled = _fills(day, [_stated_day(year, second, first) for first, second, year in stated])
    also = _fills(month, [_stated_day(year, first, second) for first, second, year in stated])
    return Order.DAY_FIRST if filled and not also else None


def _stated_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year if year > 99 else 2000 + year, month, day)  # noqa: PLR2004
    except ValueError:
        return None


def _fills(days: set[date | None], ends: Sequence[date | None]) -> bool:
    """Tell whether days are all those from the first to the last of some ends."""
    known = [end for end in ends if end is not None]
    if len(known) < len(ends) or None in days:
        return False
    first, last = min(known), max(known)
    return (last - first).days + 1 == len(days) and days == {first + timedelta(days=at) for at in range(len(days))}


def of_country(*, not_english: bool) -> Order | None:
    """Tell the order of the country that the headers point to.

    A decimal comma proves nothing: programs write American dates beside the numbers of any country.
    """
    return Order.DAY_FIRST if not_english else None


def of_rows(dates: Dates, codes: Codes, today: date) -> Order | None:
    """Tell the order in which the dates run steadily up or down the file, where in the other they jump about.

    Rows sorted as text prove nothing: month-first dates of one year run steadily then by accident.
    """
    sequence = _sequence(dates, codes)
    if len(set(sequence)) < ENOUGH_DATES or sequence == sorted(sequence) or sequence == sorted(sequence, reverse=True):
        return None
    steady = [
        order
        for order in (Order.DAY_FIRST, Order.MONTH_FIRST)
        if _steady([day_of(dates.undecided[group].plan, parts, order, today) for group, parts in sequence])
    ]
    return steady[0] if len(steady) == 1 else None


def _sequence(dates: Dates, codes: Codes) -> list[tuple[int, tuple[int, ...]]]:
    """List the undecided dates in the order of the rows, repeats dropped."""
    label = np.full(dates.size + 1, -1, dtype=np.int64)
    table: list[tuple[int, tuple[int, ...]]] = []
    for number, group in enumerate(dates.undecided):
        label[group.index] = group.head + len(table)
        table += [(number, parts) for parts in group.heads]
    rows = label[codes]
    rows = rows[rows >= 0]
    fresh = rows[np.append(True, rows[1:] != rows[:-1])] if rows.size else rows
    return [table[code] for code in fresh[:5000]]


def _steady(days: Sequence[date | None]) -> bool:
    """Tell whether days only rise or only fall."""
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return False
    return known == sorted(known) or known == sorted(known, reverse=True)


def of_neighbour(own: Mapping[Order, Sequence[object]], beside: Sequence[object]) -> Order | None:
    """Tell the order under which a column's days lie near the certain days beside them, row by row."""
    distance: dict[Order, list[int]] = {}
    for order, days in own.items():
        pairs = [(a, b) for a, b in zip(days, beside, strict=True) if a and b]
        distance[order] = sorted(abs(_ordinal(str(a)) - _ordinal(str(b))) for a, b in pairs[:2000])
    near = [order for order, gaps in distance.items() if gaps and gaps[len(gaps) // 2] <= NEAR]
    if len(near) != 1 or any(not gaps for gaps in distance.values()):
        return None
    gaps = distance[near[0]]
    other = next(values for order, values in distance.items() if order is not near[0])
    enough = len({day for day in own[near[0]] if day}) >= ENOUGH_DATES or gaps[-1] == 0
    return near[0] if enough and other[len(other) // 2] >= FAR else None


def _ordinal(day: str) -> int:
    """Count days roughly enough for a distance: exact within a month, a month as 30.4 days."""
    year, month, number = int(day[:4]), int(day[5:7]), int(day[8:10])
    return round(year * 365.25 + month * 30.4375 + number)


def year_first(dates: Dates, today: date) -> bool | None:
    """Tell whether short dates such as `26-02-03` begin with the year; None where that is open.

    The part that varies least is the year. With dots the day stands first (`03.02.26`) unless no day is so high.
    """
    short = [(group, parts) for group in dates.undecided if group.plan.kind is DateKind.SHORT for parts in group.heads]
    if not short:
        return False
    if any(parts[0] > 31 for _, parts in short):  # noqa: PLR2004
        return True
    recent = {(today.year + offset) % 100 for offset in RECENT}
    possible = all(
        group.plan.separator != "."
        and group.plan.parts[0][1] - group.plan.parts[0][0] == 2  # noqa: PLR2004
        and parts[0] in recent
        and 1 <= parts[1] <= LAST_MONTH
        and 1 <= parts[2] <= 31  # noqa: PLR2004
        for group, parts in short
    )
    if not possible:
        return False
    first, last = len({parts[0] for _, parts in short}), len({parts[2] for _, parts in short})
    if len(short) < ENOUGH_DATES or first == last:
        return None
    return first < last


def question(name: str, found: Votes, dates: Dates, today: date) -> Question:
    """Ask for the order of a column, with one of its own dates as the example."""
    years = year_first(dates, today) is None
    example = next(((group, group.heads[0]) for group in dates.undecided if years), found.example)
    if found.mixed or example is None:
        text = f'Some dates in "{name}" have the day first, some the month. Which is right for the file?'
        return Question(QUESTION, text, CHOICES, name, ("day first", "month first"))
    group, parts = example
    orders = [Order.DAY_FIRST, Order.MONTH_FIRST, *([Order.YEAR_FIRST] if years else [])]
    said = [(order, day) for order in orders if (day := day_of(group.plan, parts, order, today))]
    spoken = [f"{day.day} {MONTHS[day.month - 1]} {day.year}" for _, day in said]
    text = f'Is {written(group, parts)} in "{name}" {" or ".join(spoken)}?'
    labels = tuple(f"{order.value.replace('-', ' ')}: {words}" for (order, _), words in zip(said, spoken, strict=True))
    return Question(QUESTION, text, tuple(order.value for order, _ in said), name, labels)


MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def written(group: Group, parts: tuple[int, ...]) -> str:
    """Write the numbers of a date as the file has them."""
    widths = [end - start for start, end in group.plan.parts]
    return group.plan.separator.join(f"{part:0{width}d}" for part, width in zip(parts, widths, strict=True))
