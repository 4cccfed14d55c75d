"""How each kind of deadline is dated: a match of its pattern made the last day that it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from kpi_core.goal_sentence import calendar_days as days
from kpi_core.goal_sentence.lexicon import fixed_days
from kpi_core.goal_sentence.number import small_number

FAR_YEARS: Final = 60
MONTH_DAYS: Final = 31
MOST_DENOMINATOR: Final = 5
"""Up to here two numbers parted by a slash are a fraction, if no year follows."""

MONTH_AND_NUMBER: Final = re.compile(rf"\b(?P<month>{'|'.join(days.MONTHS)})[a-z]*\.?\s+(?P<number>[0-3]\d)$")
"""Apr 27: the day, or the year."""
Make = Callable[[re.Match[str], date], date | None]
"""Date what a pattern found; None where it cannot be dated for sure."""


class NoDeadline(Exception):
    """The words are no deadline after all."""


class NoSuchDay(NoDeadline):
    """The words say a day that no calendar has: 31 February."""


def _year(match: re.Match[str], today: date) -> int | None:
    parts = match.groupdict()
    if parts.get("year"):
        return int(parts["year"])
    return today.year // 100 * 100 + int(parts["short"]) if parts.get("short") else None


def date_near(match: re.Match[str], today: date) -> date:
    """Date today, tomorrow, yesterday."""
    return today + timedelta(days={"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[match["near"]])


def date_day_only(match: re.Match[str], today: date) -> date:
    """Date "by the 15th"."""
    months = (days.month_end(today.year, today.month + ahead) for ahead in range(3))
    found = (days.day(month.year, month.month, int(match["day"])) for month in months)
    return _real(next((each for each in found if each is not None and each >= today), None))


def _month_number(match: re.Match[str]) -> int:
    return days.MONTHS.index(match["month"][:3]) + 1


def date_month_day(match: re.Match[str], today: date) -> date | None:
    """Date 15 March, March 15th 2027; "by apr 27" may be a day or the month of a year, so it stays open."""
    if day_or_year(match.group(), today):
        return None
    year, month, number = _year(match, today), _month_number(match), int(match["day"])
    found = days.next_day(month, number, today) if year is None else days.day(year, month, number)
    if found is None and 0 < number <= MONTH_DAYS and (year or match.group().lstrip()[0].isalpha()):
        raise NoSuchDay  # by 31 February
    return _real(found)


def _real(found: date | None) -> date:
    if found is None:
        raise NoDeadline
    return found


def date_named_month(match: re.Match[str], today: date) -> date:
    """Date end of March, mid June, March 2027."""
    year, month, part = _year(match, today), _month_number(match), (match.groupdict().get("part") or "").strip()
    number = 15 if part.startswith("mid") else 1
    if part:
        return _real(days.next_day(month, number, today) if year is None else days.day(year, month, number))
    return days.next_month_end(month, today) if year is None else days.month_end(year, month)


def date_iso(match: re.Match[str], today: date) -> date | None:
    """Date 2027-03-31; a day that no goal reaches, 9999-12-31, stays open."""
    found = days.day(int(match["y"]), int(match["m"]), int(match["d"]))
    if found is None:
        raise NoSuchDay
    return found if abs(found.year - today.year) <= FAR_YEARS else None


def date_numeric(match: re.Match[str], today: date) -> date | None:
    """Date 31/12/2026, 12/31/26, 1.3.2027; where a slash parts two numbers that both may be the month it stays open."""
    first, second, stated = int(match["a"]), int(match["b"]), match["y"]
    year = None if stated is None else int(stated) + (today.year // 100 * 100 if len(stated) < len("2027") else 0)
    dotted = match["mark"] == "."  # nobody writes the month first with full stops
    counted = re.search(r"\d", match.string[: match.start()] + match.string[match.end() :])
    if stated is None and (dotted or (first < second <= MOST_DENOMINATOR and not counted)):
        raise NoDeadline  # by 1.5 points, returns down by 1/3
    if first <= days.YEAR_MONTHS and second <= days.YEAR_MONTHS and first != second and not dotted:
        return None
    number, month = (second, first) if second > days.YEAR_MONTHS and not dotted else (first, second)
    found = days.next_day(month, number, today) if year is None else days.day(year, month, number)
    if found is None and year is not None:
        raise NoSuchDay  # by 30/02/2027
    return _real(found)


def numeric_days(words: str, today: date) -> tuple[date, ...]:
    """Give both days that two numbers parted by a slash can mean, the day first one first; none for other words.

    >>> [str(day) for day in numeric_days("by 3/4/2027", date(2026, 11, 21))]
    ['2027-04-03', '2027-03-04']
    """
    match = re.search(r"(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?$", words)
    if match is None:
        return ()
    first, second, stated = int(match[1]), int(match[2]), match[3]
    year = None if stated is None else int(stated) + (today.year // 100 * 100 if len(stated) < len("2027") else 0)
    orders = ((second, first), (first, second))
    found = (
        days.next_day(month, number, today) if year is None else days.day(year, month, number)
        for month, number in orders
    )
    return tuple(each for each in found if each is not None)


def day_or_year(words: str, today: date) -> tuple[date, ...]:
    """Give both ends that a month and a number can mean, the day of the next such month first; none for other words.

    >>> today = date(2026, 11, 21)
    >>> [str(day) for day in day_or_year("by apr 27", today)], day_or_year("apr 15", today)
    (['2027-04-27', '2027-04-30'], ())
    """
    match = MONTH_AND_NUMBER.search(words.lower().strip(" ,."))
    if match is None:
        return ()
    month, number = _month_number(match), int(match["number"])
    end = days.month_end(today.year // 100 * 100 + number, month)
    the_day = days.next_day(month, number, today)
    return () if the_day is None or not today <= end or end == the_day else (the_day, end)


def date_part_of_year(match: re.Match[str], today: date) -> date:
    """Date Q3, the second quarter of 2027, H1, the first half."""
    parts = match.groupdict()
    months = days.HALF_MONTHS if parts.get("h") or parts.get("half") else days.QUARTER_MONTHS
    said = parts.get("q") or parts.get("h") or parts["nth"]
    in_words = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    number = days.YEAR_MONTHS // months if said in {"last", "final"} else in_words.get(said) or int(said[0])
    if number * months > days.YEAR_MONTHS:
        raise NoDeadline
    year = today.year + 1 if parts.get("next_year") else _year(match, today)
    return days.next_month_end(number * months, today) if year is None else days.month_end(year, number * months)


def date_whole_year(match: re.Match[str], today: date) -> date:
    """Date by 2027, FY27."""
    year = _year(match, today)
    return date(today.year if year is None else year, 12, 31)


def date_period(match: re.Match[str], today: date) -> date:
    """Date this month, next quarter, the end of the year; "at month end" is every month's."""
    if match.group().startswith("at ") and (match["period"] != "year" or match.start()):
        raise NoDeadline
    which = (match.groupdict().get("which") or "").split()
    ahead = 1 if {"next", "coming", "following", "upcoming"} & set(which) else 0
    return days.period_end(match["period"], ahead, today)


def date_span(match: re.Match[str], today: date) -> date:
    """Date within six weeks, over the next two years."""
    return _real(days.counted(small_number(match["n"]), match["unit"], today))


def date_holiday(match: re.Match[str], today: date) -> date:
    """Date the next Christmas, or that of a year."""
    name, year = " ".join(match["holiday"].split()), _year(match, today)
    for each in [year] if year else (today.year, today.year + 1):
        found = days.easter(each) if name == "easter" else date(each, *fixed_days()[name])
        if year or found >= today:
            return found
    raise NoDeadline


def date_weekday(match: re.Match[str], today: date) -> date:
    """Date by Friday."""
    return days.next_weekday(match["weekday"], today)


def date_week(match: re.Match[str], today: date) -> date:
    """Date by week 12."""
    return _real(days.week_end(int(match["number"]), today))


def date_two_years(match: re.Match[str], today: date) -> None:
    """Keep the words of a year that spans two, fy26/27; 80/20 is none."""
    del today
    if (int(match["one"]) + 1) % 100 != int(match["two"]):
        raise NoDeadline


def date_undated(match: re.Match[str], today: date) -> None:
    """Keep the words of a deadline that nobody can date: a season, an event, a fiscal year that spans two."""
    del match, today
