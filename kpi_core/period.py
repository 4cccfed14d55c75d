"""Periods of local dates: day, week, month, quarter, year, under the business's own calendar.

A period is half-open, `[start, end)`. Today is always an argument.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kpi_core.errors import RefusedDefinition

ONE_DAY = timedelta(days=1)
PARTNER_WEEKS = timedelta(weeks=52)
"""Last year's partner of a day or week lies 52 whole weeks before, so that weekdays meet weekdays."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


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


WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, order=True)
class Period:
    """The days `[start, end)` of one cadence."""

    start: date
    end: date
    cadence: Cadence

    def __post_init__(self) -> None:
        """Refuse days that are no such period, whatever the calendar: a programming error, not the owner's."""
        if self.end != _end(self.cadence, self.start):
            message = f"[{self.start}, {self.end}) is no {self.cadence}"
            raise ValueError(message)

    @classmethod
    def year_from(cls, start: date) -> Period:
        """Make the twelve months from a day on, whatever year the business counts by."""
        return cls(start, _end(Cadence.YEAR, start), Cadence.YEAR)

    @property
    def last_day(self) -> date:
        """Its last day, the one before `end`."""
        return self.end - ONE_DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        """Tell whether the day lies in `[start, end)`."""
        return self.start <= day < self.end


@dataclass(frozen=True)
class Calendar:
    """The business's own calendar: where its fiscal year and its week begin and which days it is open.

    Months are calendar months whatever the fiscal year; quarters and years begin on the fiscal day.

    Raises:
        RefusedDefinition: a fiscal start that not every year has, or a week without an open day.
    """

    fiscal_month: int = 1
    fiscal_day: int = 1
    week_start: Weekday = Weekday.MONDAY
    open_weekdays: frozenset[Weekday] = frozenset(Weekday)

    def __post_init__(self) -> None:
        """Check the settings."""
        if not 1 <= self.fiscal_month <= len(MONTHS):
            sentence = f"There is no month {self.fiscal_month} for the fiscal year to start in."
            raise RefusedDefinition(sentence, "Choose a month from 1 to 12.")
        if not 1 <= self.fiscal_day <= _LAST_COMMON_DAY:
            sentence = f"A fiscal year cannot start on day {self.fiscal_day}: not every month has it."
            raise RefusedDefinition(sentence, "Choose a day from 1 to 28, or the first of the next month.")
        if not self.open_weekdays:
            sentence = "The week has no open day."
            raise RefusedDefinition(sentence, "Choose at least one weekday on which you are open.")

    def period(self, cadence: Cadence, day: date) -> Period:
        """Find the period that holds the day."""
        start = self._start(cadence, day)
        return Period(start, _end(cadence, start), cadence)

    def next(self, period: Period) -> Period:
        """Find the period that begins where this one ends."""
        return self.period(period.cadence, period.end)

    def previous(self, period: Period) -> Period:
        """Find the period that ends where this one begins."""
        return self.period(period.cadence, period.start - ONE_DAY)

    def last_complete(self, cadence: Cadence, today: date) -> Period:
        """Find the newest period that is over on `today`; the one that holds today still runs."""
        return self.previous(self.period(cadence, today))

    def partner(self, period: Period) -> Period:
        """Find the same period last year: 364 days before for a day or week, else the same dates a year before."""
        match period.cadence:
            case Cadence.DAY | Cadence.WEEK:
                return Period(period.start - PARTNER_WEEKS, period.end - PARTNER_WEEKS, period.cadence)
            case Cadence.MONTH | Cadence.QUARTER | Cadence.YEAR:
                return self.period(period.cadence, _months_later(period.start, -12))

    def periods(self, cadence: Cadence, start: date, end: date) -> list[Period]:
        """List all periods that share a day with `[start, end)`, oldest first."""
        found: list[Period] = []
        if start < end:
            found.append(self.period(cadence, start))
            while found[-1].end < end:
                found.append(self.next(found[-1]))
        return found

    def fiscal_year(self, day: date) -> Period:
        """Find the fiscal year that holds the day."""
        return self.period(Cadence.YEAR, day)

    def week_number(self, week: Period) -> tuple[int, int]:
        """Number a week: (year, number).

        Monday weeks follow ISO 8601 (week 1 holds the first Thursday); for every other start week 1 holds 1 January.
        """
        if week.cadence is not Cadence.WEEK:
            message = f"only a week has a week number, not a {week.cadence}"
            raise ValueError(message)
        if self.week_start is Weekday.MONDAY:
            year, number, _ = week.start.isocalendar()
            return year, number
        year = week.last_day.year
        first = self.period(Cadence.WEEK, date(year, 1, 1))
        return year, (week.start - first.start).days // 7 + 1

    def open_days(self, start: date, end: date) -> int:
        """Count the open weekdays in `[start, end)`."""
        weeks, rest = divmod(max((end - start).days, 0), 7)
        some = sum(self.is_open(start + timedelta(days=i)) for i in range(rest))
        return weeks * len(self.open_weekdays) + some

    def is_open(self, day: date) -> bool:
        """Tell whether the business is open on that weekday."""
        return WEEKDAYS[day.weekday()] in self.open_weekdays

    def _start(self, cadence: Cadence, day: date) -> date:
        match cadence:
            case Cadence.DAY:
                return day
            case Cadence.WEEK:
                return day - timedelta(days=(day.weekday() - WEEKDAYS.index(self.week_start)) % 7)
            case Cadence.MONTH:
                return day.replace(day=1)
            case Cadence.QUARTER:
                return self._fiscal_start(day, 3)
            case Cadence.YEAR:
                return self._fiscal_start(day, 12)

    def _fiscal_start(self, day: date, months: int) -> date:
        """Find the newest start at or before the day, where one lies every `months` months from the fiscal start."""
        before = (day.month - self.fiscal_month - (day.day < self.fiscal_day)) % months
        if day.day < self.fiscal_day:
            before += 1
        return _months_later(day.replace(day=self.fiscal_day), -before)


def due_date(period: Period) -> date:
    """Say by when a period's value should be in: its last day plus the grace of its cadence."""
    return period.last_day + _GRACE[period.cadence]


def day_name(day: date, reference: date | None) -> str:
    """Write a day, "3 October", with its year unless that is the reference's.

    >>> day_name(date(2025, 10, 3), date(2025, 12, 24))
    '3 October'
    >>> day_name(date(2025, 10, 3), None)
    '3 October 2025'
    """
    return _with_year(f"{day.day} {MONTHS[day.month - 1]}", day.year, reference)


def moment_name(moment: datetime) -> str:
    """Write a moment, as lists of what was done show it.

    >>> moment_name(datetime(2026, 11, 3, 9, 5))
    '3 November 2026, 09:05'
    """
    return f"{day_name(moment.date(), None)}, {moment:%H:%M}"


def span_name(first: date, last: date, reference: date | None) -> str:
    """Write the days from one to another, both included, with the year unless it is the reference's.

    >>> span_name(date(2025, 9, 3), date(2025, 9, 30), None), span_name(date(2025, 9, 3), date(2025, 9, 3), None)
    ('3 to 30 September 2025', '3 September 2025')
    >>> span_name(date(2025, 9, 3), date(2025, 10, 2), date(2025, 12, 24))
    '3 September to 2 October'
    """
    until = day_name(last, reference)
    if first == last:
        return until
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {until}"
    return f"{day_name(first, last if first.year == last.year else reference)} to {until}"


def period_name(period: Period, calendar: Calendar, reference: date | None) -> str:
    """Write a period as people say it, with its year unless that is the reference's (None: always).

    >>> september = Period(date(2025, 9, 1), date(2025, 10, 1), Cadence.MONTH)
    >>> period_name(september, Calendar(), date(2025, 11, 3)), period_name(september, Calendar(), date(2026, 1, 3))
    ('September', 'September 2025')
    >>> british = Calendar(fiscal_month=4, fiscal_day=6)
    >>> period_name(british.period(Cadence.QUARTER, date(2025, 7, 6)), british, None)
    '2nd quarter 2025/26'
    """
    match period.cadence:
        case Cadence.DAY:
            return day_name(period.start, reference)
        case Cadence.WEEK:
            week_year, number = calendar.week_number(period)
            return _with_year(f"week {number}", week_year, reference)
        case Cadence.MONTH:
            return _with_year(MONTHS[period.start.month - 1], period.start.year, reference)
        case Cadence.QUARTER:
            year = calendar.fiscal_year(period.start)
            name = f"{_ORDINALS[_months_between(year.start, period.start) // 3]} quarter"
            return name if reference is not None and reference in year else f"{name} {_year_name(year)}"
        case Cadence.YEAR:
            return _year_name(period)


def in_period(period: Period, calendar: Calendar, reference: date | None) -> str:
    """Say that something is so in a period, with its year unless that is the reference's (None: always).

    >>> day = date(2025, 9, 3)
    >>> [in_period(Calendar().period(each, day), Calendar(), day) for each in Cadence]
    ['on 3 September', 'in week 36', 'in September', 'in the 3rd quarter', 'in 2025']
    """
    name = period_name(period, calendar, reference)
    match period.cadence:
        case Cadence.DAY:
            return f"on {name}"
        case Cadence.QUARTER:
            return f"in the {name}"
        case Cadence.WEEK | Cadence.MONTH | Cadence.YEAR:
            return f"in {name}"


_LAST_COMMON_DAY = 28
_ORDINALS = ("1st", "2nd", "3rd", "4th")
_GRACE = {
    Cadence.DAY: timedelta(days=1),
    Cadence.WEEK: timedelta(days=3),
    Cadence.MONTH: timedelta(days=7),
    Cadence.QUARTER: timedelta(days=14),
    Cadence.YEAR: timedelta(days=30),
}


def _year_name(year: Period) -> str:
    """Name a fiscal year by the years that it has days of: 2025, or 2025/26."""
    first, last = year.start.year, year.last_day.year
    return str(first) if first == last else f"{first}/{last % 100:02}"


def _with_year(name: str, year: int, reference: date | None) -> str:
    return name if reference is not None and reference.year == year else f"{name} {year}"


def _months_later(day: date, months: int) -> date:
    """Step whole months; from a day that the month does not have, to its last one.

    >>> _months_later(date(2028, 2, 29), 12)
    datetime.date(2029, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def _months_between(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def _end(cadence: Cadence, start: date) -> date:
    match cadence:
        case Cadence.DAY:
            return start + ONE_DAY
        case Cadence.WEEK:
            return start + timedelta(weeks=1)
        case Cadence.MONTH:
            return _months_later(start, 1)
        case Cadence.QUARTER:
            return _months_later(start, 3)
        case Cadence.YEAR:
            return _months_later(start, 12)
