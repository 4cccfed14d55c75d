"""Time-bound and timely: by when, how often read, there when it is needed, looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from kpi_core.checklist.finding import Facts, Finding, Remedy, RemedyField, Verdict
from kpi_core.checklist.readings import DAYS, age
from kpi_core.kpi import Kpi
from kpi_core.period import Cadence, day_name

REVIEW_DAYS: Final = 92
YEARS_AHEAD: Final = 2
LEAP_DAY: Final = (2, 29)
ENOUGH_READINGS: Final = 4
FEW_READINGS: Final = 2
MONTHLY: Final = Remedy("Read it every month", RemedyField.CADENCE, Cadence.MONTH)
FRESH, STALE = Fraction(3, 2), Fraction(3)
"""Ages of the newest reading, in its own periods."""


def deadline(kpi: Kpi, facts: Facts) -> Finding:
    """Ask T1: by when, or how often; a day that is today leaves nothing to do any more."""
    day = facts.target.deadline if facts.target else None
    if day is None:
        return Finding("T1", Verdict.PASS, f"Judged again every {kpi.cadence.value}.")
    near = half_a_year_on(facts.today)
    sooner = Remedy(f"Make it {day_name(near, None)}", RemedyField.DEADLINE, near)
    if day <= facts.today:
        when = "is today" if day == facts.today else "has passed"
        return Finding("T1", Verdict.FAIL, f"{day_name(day, None)} {when}: it needs a new day.", sooner)
    if day > _two_years_on(facts.today):
        return Finding("T1", Verdict.WARN, f"{day_name(day, None)} is more than two years away.", sooner)
    return Finding("T1", Verdict.PASS, f"By {day_name(day, None)}.")


def _two_years_on(today: date) -> date:
    """Give the same day in 24 months; of a leap day the last of February.

    >>> _two_years_on(date(2028, 2, 29))
    datetime.date(2030, 2, 28)
    """
    day = 28 if (today.month, today.day) == LEAP_DAY else today.day
    return date(today.year + YEARS_AHEAD, today.month, day)


def half_a_year_on(today: date) -> date:
    """Suggest the end of the month half a year from now: near enough to act on, far enough for six readings.

    >>> half_a_year_on(date(2026, 11, 22))
    datetime.date(2027, 5, 31)
    """
    months = today.year * 12 + today.month + 6
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def readings(kpi: Kpi, facts: Facts) -> Finding:
    """Ask T2: how many readings until the date.

    That of the running period counts, and that of the period which holds the date: the target is judged by it.
    """
    day = facts.target.deadline if facts.target else None
    every = f"every {kpi.cadence.value}"
    if day is None or day <= facts.today:
        if kpi.cadence is Cadence.YEAR:
            return Finding("T2", Verdict.WARN, f"Read {every}: one look a year.", MONTHLY)
        return Finding("T2", Verdict.PASS, f"Read {every}.")
    last = facts.calendar.period(kpi.cadence, day)
    count = len(facts.calendar.periods(kpi.cadence, facts.today, last.end))
    until = f"until {day_name(day, facts.today)}"
    if count >= ENOUGH_READINGS:
        return Finding("T2", Verdict.PASS, f"{count} readings {until}.")
    later = _later(kpi, facts)
    if count >= FEW_READINGS:
        return Finding("T2", Verdict.WARN, f"Only {count} readings {until}.", later)
    return Finding("T2", Verdict.FAIL, f"Only one reading {until}: nothing to act on before it is judged.", later)


def _later(kpi: Kpi, facts: Facts) -> Remedy:
    """Offer the last day of the first period until which there are enough readings; of years two are enough."""
    period = facts.calendar.period(kpi.cadence, facts.today)
    for _ in range((FEW_READINGS if kpi.cadence is Cadence.YEAR else ENOUGH_READINGS) - 1):
        period = facts.calendar.next(period)
    return Remedy(f"Make it {day_name(period.last_day, None)}", RemedyField.DEADLINE, period.last_day)


def there(kpi: Kpi, facts: Facts) -> Finding:
    """Ask T3: how old the newest reading is when it is looked at."""
    days = age(facts)
    if days is None:
        return Finding("T3", Verdict.WARN, "No reading is here yet.", echo=True)
    share = Fraction(days, DAYS[kpi.cadence])
    when = "ended today" if days <= 0 else f"ended {days} {'day' if days == 1 else 'days'} ago"
    if share <= FRESH:
        return Finding("T3", Verdict.PASS, f"The newest reading's {kpi.cadence.value} {when}.")
    verdict = Verdict.WARN if share <= STALE else Verdict.FAIL
    return Finding(
        "T3", verdict, f"The newest reading's {kpi.cadence.value} {when}: late for one a {kpi.cadence.value}."
    )


def review(kpi: Kpi, facts: Facts) -> Finding:
    """Ask T4: when it is looked at again; a day that has passed was forgotten."""
    day, in_three_months = kpi.review_date, facts.today + timedelta(days=91)
    if day is not None and facts.today <= day <= facts.today + timedelta(days=REVIEW_DAYS):
        return Finding("T4", Verdict.PASS, f"Looked at again on {day_name(day, None)}.")
    if day is None:
        sentence = "No day is set on which to look again."
    elif day < facts.today:
        sentence = f"{day_name(day, None)} has passed: set and forgotten."
    else:
        sentence = f"{day_name(day, None)} is more than three months away."
    label = f"Look again on {day_name(in_three_months, None)}"
    return Finding("T4", Verdict.WARN, sentence, Remedy(label, RemedyField.REVIEW_DATE, in_three_months))
