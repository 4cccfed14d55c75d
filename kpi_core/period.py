"""Periods of local dates: day, week, month, quarter, year, under the business's own calendar.

A period is half-open, `[start, end)`. Today is always an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Cadence(StrEnum):
    """How often a number is read."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Weekday(StrEnum):
    """Days of the week, in the order of `date.weekday()`."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


@dataclass(frozen=True, order=True)
class Period:
    """The days `[start, end)` of one cadence."""

    start: date
    end: date
    cadence: Cadence


@dataclass(frozen=True)
class Calendar:
    """The business's own calendar: where its fiscal year and its week begin and which days it is open."""

    fiscal_month: int = 1
    fiscal_day: int = 1
    week_start: Weekday = Weekday.MONDAY
    open_weekdays: frozenset[Weekday] = frozenset(Weekday)
