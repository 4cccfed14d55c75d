"""Which period of a KPI a heading or a cell means, under the business's own calendar; what is unsure is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kpi_core.ingest import months
from kpi_core.ingest.periods import YEARS, heading_period
from kpi_core.period import Cadence, Period, Weekday, day_name, period_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.ingest.filled.cells import Cell
    from kpi_core.period import Calendar

_WEEK = r"(?:week|wk|cw|w|kw|woche|v|vecka|uge|uke|u|sem|semaine|semana|settimana|vko|viikko)\.?"
_WEEKS: Final = (
    re.compile(rf"{_WEEK}\s*(?P<n>\d{{1,2}})[\s,./-]*(?P<y>\d{{4}})", re.IGNORECASE),
    re.compile(r"(?P<y>\d{4})(?P<iso>-W)(?P<n>\d\d)", re.IGNORECASE),
    re.compile(rf"(?P<y>\d{{4}})[\s,./-]*{_WEEK}\s*(?P<n>\d{{1,2}})", re.IGNORECASE),
)
_QUARTER = r"(?:q|quarter|quartal|quartile|kvartal|kv|kvt|trimestre|trim|t|kwartaal|k)\.?"
_YEAR = r"(?P<y>\d{4})(?:\s*/\s*(?P<z>\d{2}|\d{4}))?"
_QUARTERS: Final = (
    re.compile(rf"{_QUARTER}\s*(?P<n>[1-4])[\s,/-]*{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?P<n>[1-4])(?:st|nd|rd|th|e|er|\.|:a)?\s*{_QUARTER}\s*{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_YEAR}[\s,-]*{_QUARTER}\s*(?P<n>[1-4])", re.IGNORECASE),
)
_FISCAL: Final = re.compile(rf"(?:fy|fiscal year|year)?\s*{_YEAR}", re.IGNORECASE)
_SHORT_YEAR: Final = re.compile(r"(?P<w>[^\W\d_]{3,})\.?[\s'\u2019-]*(?P<y>\d\d)")
_NUMERIC: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_MIDNIGHT: Final = re.compile(r"[ T]00:00(:00)?$")
_LEAD: Final = re.compile(r"^(?:week of|week from|week starting|from|starting)\s+(?=\d)", re.IGNORECASE)
_CENTURY: Final = 2000
LONGEST: Final = 40
"""Characters of a period, however it is written."""


@dataclass(frozen=True)
class When:
    """What a cell means: the period (None: none), and why it cannot be used ("": it can)."""

    period: Period | None
    reason: str = ""


def looks_like_period(cell: Cell) -> bool:
    """Tell whether a cell may be a period of some cadence.

    >>> from kpi_core.ingest.filled.cells import Cell
    >>> [looks_like_period(Cell(text)) for text in ("Oct 2026", "week 41 2026", "2nd quarter 2025/26", "Jan", "12.5")]
    [True, True, True, False, False]
    """
    return cell.day is not None or _is_period(_text(cell))


@lru_cache(maxsize=4096)
def _is_period(text: str) -> bool:
    # Every period has its year; only short texts are worth the patterns
    if len(text) > LONGEST or not any(char.isdigit() for char in text):
        return False
    if _NUMERIC.fullmatch(text) or _short_month(text):
        return True
    if any(pattern.fullmatch(text) for pattern in (*_WEEKS, *_QUARTERS)) or heading_period(text) is not None:
        return True
    year = _FISCAL.fullmatch(text)
    return year is not None and int(year["y"]) in YEARS


def when(cell: Cell, cadence: Cadence, calendar: Calendar, *, day_first: bool | None) -> When:
    """Find the period of this cadence that a cell means.

    Args:
        cell: a date, or a text such as `Oct 2026`, `week 41 2026`, `2nd quarter 2025/26`, `2026-10-31`.
        cadence: the KPI's.
        calendar: the business's own.
        day_first: how `03/04/2026` is read in this file; None: not known.
    """
    text = _text(cell)
    if cell.day is not None:
        return _of_day(cell.day, cadence, calendar)
    if not text:
        return When(None, "the row names no period")
    numeric = _NUMERIC.fullmatch(text)
    if numeric:
        day = _day(numeric, day_first=day_first)
        return When(None, f"{text} is no date here") if day is None else _of_day(day, cadence, calendar)
    named = _named(text, cadence, calendar)
    if named is not None:
        return named
    covers = heading_period(text)
    if covers is None:
        return When(None, _no_period(text, cadence))
    if covers.end - covers.start == timedelta(days=1):
        return _of_day(covers.start, cadence, calendar)
    period = calendar.period(cadence, covers.start)
    if (period.start, period.end) == (covers.start, covers.end):
        return When(period)
    return When(None, f"{text} is not a {cadence}, and it has a number for each {cadence}")


def orders(cells: Iterable[tuple[Cell, Cadence]], calendar: Calendar) -> frozenset[bool]:
    """Tell which orders of day and month the dates of a file allow: day first (True), month first (False).

    An order is out where it makes a date that does not exist, or one that begins or ends no period of its KPI while
    the other makes none such. Without any date that could be read two ways the answer holds both.
    """
    found = {(match, cadence) for cell, cadence in cells if (match := _parts(cell))}
    real = frozenset(
        order
        for order in (True, False)
        if all(_real(day, month, year, day_first=order) for (day, month, year), _ in found)
    )
    if not any(first != second for (first, second, _), _ in found):
        return frozenset((True, False))
    fitting = frozenset(
        order
        for order in real
        if all(
            not _of_day(_made(first, second, year, day_first=order), cadence, calendar).reason
            for (first, second, year), cadence in found
        )
    )
    return fitting or real


def one_month_only(cells: Iterable[Cell]) -> bool:
    """Tell whether all of several texts such as `Oct-26` name the same month: then they may as well be days."""
    found = {(match["w"].casefold(), match["y"]) for cell in cells if (match := _short_month(_text(cell)))}
    return len(found) > 1 and len({month for month, _ in found}) == 1


def is_short(cell: Cell) -> bool:
    """Tell whether a cell is a month with a year of two digits."""
    return cell.day is None and _short_month(_text(cell)) is not None


def _text(cell: Cell) -> str:
    return _LEAD.sub("", _MIDNIGHT.sub("", " ".join(cell.text.split())))


def _short_month(text: str) -> re.Match[str] | None:
    match = _SHORT_YEAR.fullmatch(text)
    return match if match and months.months([match["w"]]) else None


def _parts(cell: Cell) -> tuple[int, int, int] | None:
    match = None if cell.day is not None else _NUMERIC.fullmatch(_text(cell))
    return (int(match[1]), int(match[3]), int(match[4])) if match else None


def _real(first: int, second: int, year: int, *, day_first: bool) -> bool:
    try:
        _made(first, second, year, day_first=day_first)
    except ValueError:
        return False
    return True


def _made(first: int, second: int, year: int, *, day_first: bool) -> date:
    return date(year, second, first) if day_first else date(year, first, second)


def _day(match: re.Match[str], *, day_first: bool | None) -> date | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if day_first is None and first == second:
        day_first = True
    if day_first is None or year not in YEARS or not _real(first, second, year, day_first=day_first):
        return None
    return _made(first, second, year, day_first=day_first)


def _of_day(day: date, cadence: Cadence, calendar: Calendar) -> When:
    """Take the first or last day of a period for the period; a day within one is a day's number, not the period's."""
    if day.year not in YEARS:
        return When(None, f"{day.isoformat()} is too far away")
    period = calendar.period(cadence, day)
    if day in (period.start, period.last_day):
        return When(period)
    name = period_name(period, calendar, None)
    return When(period, f"{day_name(day, None)} is a day within {name}, and it has a number for each {cadence}")


def _named(text: str, cadence: Cadence, calendar: Calendar) -> When | None:
    """Read names that need the calendar or the cadence; None where it is no such name."""
    match cadence:
        case Cadence.WEEK:
            found = next((match for pattern in _WEEKS if (match := pattern.fullmatch(text))), None)
            return None if found is None else _week(text, found, calendar)
        case Cadence.QUARTER:
            found = next((match for pattern in _QUARTERS if (match := pattern.fullmatch(text))), None)
            return None if found is None else _fiscal(text, found, calendar, cadence, int(found["n"]))
        case Cadence.YEAR:
            found = _FISCAL.fullmatch(text)
            return None if found is None else _fiscal(text, found, calendar, cadence, 1)
        case Cadence.MONTH:
            found = _short_month(text)
            if found is None:
                return None
            month = months.months([found["w"]])[found["w"]]
            return When(calendar.period(cadence, date(_CENTURY + int(found["y"]), month, 1)))
        case Cadence.DAY:
            return None


def _week(text: str, found: re.Match[str], calendar: Calendar) -> When:
    year, number = int(found["y"]), int(found["n"])
    monday = calendar.week_start is Weekday.MONDAY
    if "iso" in found.re.groupindex and not monday:
        return When(None, f"{text} begins on a Monday, your weeks do not: write the day on which the week begins")
    if year not in YEARS or not number:
        return When(None, f"there is no week {number} in {year}")
    first = calendar.period(Cadence.WEEK, date(year, 1, 4 if monday else 1))
    week = calendar.period(Cadence.WEEK, first.start + timedelta(weeks=number - 1))
    return When(week) if calendar.week_number(week) == (year, number) else When(None, f"{year} has no week {number}")


def _fiscal(text: str, found: re.Match[str], calendar: Calendar, cadence: Cadence, number: int) -> When:
    """Read a quarter or year; where the own year is not the calendar's, only a name such as 2025/26 is sure."""
    year = int(found["y"])
    if year not in YEARS:
        return When(None, _no_period(text, cadence))
    whole = calendar.fiscal_year(date(year, calendar.fiscal_month, calendar.fiscal_day))
    crosses = whole.last_day.year != year
    if bool(found["z"]) != crosses or (found["z"] and int(found["z"]) % 100 != whole.last_day.year % 100):
        like = period_name(calendar.period(cadence, whole.start), calendar, None)
        if not found["z"]:
            return When(None, f"{text} may count from January or from your own year's start: write it like {like}")
        return When(None, f"{text} is none of your years: write it like {like}")
    return When(calendar.periods(cadence, whole.start, whole.end)[number - 1])


def _no_period(text: str, cadence: Cadence) -> str:
    shown = f"“{text[:40]}”"
    if months.months([text.rstrip(".")]):
        return f"{shown} says no year"
    return f"{shown} is no {cadence} that can be read"
