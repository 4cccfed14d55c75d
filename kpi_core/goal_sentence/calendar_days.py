"""The last day that a stretch of the calendar means, counted from a given today."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTER_MONTHS: Final = 3
HALF_MONTHS: Final = 6
YEAR_MONTHS: Final = 12
LEAP_CYCLE: Final = 9
"""After so many years every day of the calendar has come round, 29 February too."""
MONTH_DAYS: Final = 30
"""How many days a part of a month is taken from."""


def day(year: int, month: int, number: int) -> date | None:
    """Give a day; None where the calendar has none.

    >>> day(2027, 2, 29) is None
    True
    """
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Give the last day of a month, counted on past December: month 14 is February of the next year.

    >>> month_end(2026, 14).isoformat()
    '2027-02-28'
    """
    year, month = year + (month - 1) // YEAR_MONTHS, (month - 1) % YEAR_MONTHS + 1
    return date(year, month, monthrange(year, month)[1])


def next_month_end(month: int, today: date) -> date:
    """Give the next end of such a month that is not over.

    >>> next_month_end(11, date(2026, 11, 21)).isoformat(), next_month_end(3, date(2026, 11, 21)).isoformat()
    ('2026-11-30', '2027-03-31')
    """
    end = month_end(today.year, month)
    return end if end >= today else month_end(today.year + 1, month)


def next_day(month: int, number: int, today: date) -> date | None:
    """Give the next such day, today included; None where no year has it.

    >>> next_day(11, 21, date(2026, 11, 21)).isoformat(), next_day(2, 29, date(2026, 11, 21)).isoformat()
    ('2026-11-21', '2028-02-29')
    """
    days = (day(year, month, number) for year in range(today.year, min(today.year + LEAP_CYCLE, date.max.year)))
    return next((found for found in days if found is not None and found >= today), None)


def period_end(period: str, ahead: int, today: date) -> date:
    """Give the last day of this week, month, quarter, half or year, or of the one so many ahead.

    >>> [period_end(each, 0, date(2026, 11, 21)).isoformat() for each in ("week", "month", "quarter", "year")]
    ['2026-11-22', '2026-11-30', '2026-12-31', '2026-12-31']
    """
    if period == "week":
        return today + timedelta(days=6 - today.weekday() + 7 * ahead)
    months = {"month": 1, "quarter": QUARTER_MONTHS, "half": HALF_MONTHS, "year": YEAR_MONTHS}[period]
    return month_end(today.year, ((today.month - 1) // months + 1 + ahead) * months)


def next_weekday(name: str, today: date) -> date:
    """Give the next day of the week of that name, after today.

    >>> next_weekday("friday", date(2026, 11, 21)).isoformat()
    '2026-11-27'
    """
    return today + timedelta(days=(WEEKDAYS.index(name[:3]) - today.weekday() - 1) % 7 + 1)


def same_day(said: date, year: int) -> date:
    """Give the same day of another year; the end of February stays its end.

    >>> same_day(date(2024, 2, 29), 2027).isoformat()
    '2027-02-28'
    """
    return day(year, said.month, said.day) or month_end(year, said.month)


def week_end(number: int, today: date) -> date | None:
    """Give the Sunday of the next calendar week of that number (ISO 8601); None where no year has it.

    >>> week_end(8, date(2026, 11, 21)).isoformat()
    '2027-02-28'
    """
    for year in range(today.year, today.year + LEAP_CYCLE):
        try:
            found = date.fromisocalendar(year, number, 7)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def counted(number: Fraction, unit: str, today: date) -> date | None:
    """Count days, weeks, months, quarters or years from today; None where the calendar ends before.

    >>> today = date(2026, 11, 21)
    >>> counted(Fraction(3, 2), "year", today).isoformat(), counted(Fraction(90), "day", today).isoformat()
    ('2028-05-21', '2027-02-19')
    """
    try:
        if unit in {"day", "week"}:
            return today + timedelta(days=int(number * {"day": 1, "week": 7}[unit]))
        months = number * {"month": 1, "quarter": QUARTER_MONTHS, "year": YEAR_MONTHS}[unit]
        end = month_end(today.year, today.month + int(months))
        return end.replace(day=min(today.day, end.day)) + timedelta(days=int(months % 1 * MONTH_DAYS))
    except (OverflowError, ValueError):
        return None


def easter(year: int) -> date:
    """Compute Easter Sunday of the Gregorian calendar (the anonymous algorithm; Meeus, Astronomical Algorithms, 1991).

    >>> easter(2027).isoformat()
    '2027-03-28'
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * r) // 451
    month, number = divmod(h + r - 7 * m + 114, 31)
    return date(year, month, number + 1)
