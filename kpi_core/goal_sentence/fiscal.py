"""Deadlines in the business's own year, where that is not the calendar's: the end of the financial year, Q3."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kpi_core.period import Cadence, Calendar, Period

if TYPE_CHECKING:
    from kpi_core.goal_sentence.sentence import Deadline

FISCAL: Final = re.compile(r"\b(?:fiscal|financial|trading|tax)\b|\bfy")
OF_THE_CALENDAR: Final = re.compile(r"\bcalendar\b")
PART: Final = re.compile(
    r"\bq(?:uarter\s*)?(?P<q>[1-4])\b|\bh(?P<h>[12])\b|\b(?P<nth>first|second|third|fourth|last|final|1st|2nd|3rd|4th)\s+(?P<part>quarter|half)\b"
)
PERIOD: Final = re.compile(
    r"(?:\b(?P<which>this|next|current|coming|following|upcoming|end\s+of|end\s+of\s+the|close\s+of|close\s+of\s+the)\s+)"
    r"(?:(?:fiscal|financial|trading|tax|next|this)\s+)*(?P<period>year|quarter)\b"
    r"|\b(?P<ended>year|quarter)(?:'s)?[\s-]end\b"
)
COUNTED: Final = re.compile(r"\b(?:\d+|an?|two|three|four|five|six|next|coming)\s+(?:\d+\s+)?(?:quarter|year)s\b")
AHEAD: Final = re.compile(r"\b(?:next|following|upcoming|coming)\b")
TWO_YEARS: Final = re.compile(r"\b(?:fy\s?)?(?:20)?(\d\d)/(?:20)?(\d\d)$")
YEAR: Final = re.compile(r"\b(20\d\d)\b|\bfy\s?'?(\d\d)\b")
WORDS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
HALF: Final = 2
QUARTERS: Final = 4


def in_business_year(said: Deadline, today: date, calendar: Calendar) -> Deadline:
    """Date a deadline in the business's year; where that may be the calendar's too, both days are its readings.

    Args:
        said: the deadline as the calendar's year has it, its words in small letters.
        today: the year that runs is the one that holds it.
        calendar: where the business's year begins.

    >>> from kpi_core.goal_sentence.sentence import Deadline
    >>> july, today = Calendar(fiscal_month=7), date(2026, 11, 21)
    >>> in_business_year(Deadline("by the end of the financial year", date(2026, 12, 31)), today, july).date.isoformat()
    '2027-06-30'
    >>> [str(day) for day in in_business_year(Deadline("by year end", date(2026, 12, 31)), today, july).readings]
    ['2026-12-31', '2027-06-30']
    """
    if (calendar.fiscal_month, calendar.fiscal_day) == (1, 1) or OF_THE_CALENDAR.search(said.text):
        return said
    days = _own_days(said.text, today, calendar)
    if not days:
        return said
    if said.date is not None and not FISCAL.search(said.text):
        days = {said.date, *days}
    days = {day for day in days if day >= today} or days
    if len(days) == 1:
        return replace(said, date=days.pop())
    return replace(said, date=None, readings=tuple(sorted(days)))


def _own_days(text: str, today: date, calendar: Calendar) -> set[date]:
    """Give the last days that the words can mean in the business's year; none where they speak of no such year."""
    two = TWO_YEARS.search(text)
    if two:
        return {calendar.fiscal_year(date(today.year // 100 * 100 + int(two[2]), 1, 1)).last_day}
    part, stated = PART.search(text), YEAR.search(text)
    years = _years(stated, calendar)
    if part:
        return {_part_end(part, year, calendar) for year in years} or {_next_part(part, today, calendar)}
    if years:
        return {year.last_day for year in years} if FISCAL.search(text) or "year" in text else set()
    period = PERIOD.search(text)
    if period is None or COUNTED.search(text):
        return set()
    running = calendar.period(Cadence(period["period"] or period["ended"]), today)
    return {(calendar.next(running) if AHEAD.search(text) else running).last_day}


def _years(stated: re.Match[str] | None, calendar: Calendar) -> list[Period]:
    """Give the business's years that a number names: the one that ends in it and the one that begins in it."""
    if stated is None:
        return []
    year = int(stated[1] or f"20{stated[2]}")
    return [calendar.fiscal_year(date(year, 1, 1)), calendar.fiscal_year(date(year, 12, 31))]


def _part_end(part: re.Match[str], year: Period, calendar: Calendar) -> date:
    """Give the last day of a quarter or a half of a year."""
    size = HALF if part["h"] or part["part"] == "half" else 1
    said = part["q"] or part["h"] or part["nth"]
    number = QUARTERS // size if said in {"last", "final"} else WORDS.get(said) or int(said)
    quarter = calendar.period(Cadence.QUARTER, year.start)
    for _ in range(min(number * size, QUARTERS) - 1):
        quarter = calendar.next(quarter)
    return quarter.last_day


def _next_part(part: re.Match[str], today: date, calendar: Calendar) -> date:
    """Give the next end of such a quarter that is not over."""
    year = calendar.fiscal_year(today)
    end = _part_end(part, year, calendar)
    return end if end >= today else _part_end(part, calendar.next(year), calendar)
