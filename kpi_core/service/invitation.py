"""The next review as an appointment for any calendar: an .ics file (RFC 5545)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from icalendar import Alarm, Calendar, Event

from kpi_core.errors import RefusedDefinition
from kpi_core.period import day_name
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import reviews as stored

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.review import Plan

PRODUCT: Final = "-//Signalbox//Signalbox//EN"
WARN: Final = timedelta(hours=1)
SHORTEST, LONGEST = 5, 480
"""Minutes that a review may take."""


def save_plan(data_file: Path, plan: Plan, now: datetime) -> int | None:
    """Keep when the next review is.

    Raises:
        RefusedDefinition: the day is over, or the time or the length is none.
    """
    if plan.day < now.date():
        sentence = f"{day_name(plan.day, None)} is over."
        raise RefusedDefinition(sentence, "Choose a day that is still to come.")
    if not SHORTEST <= plan.minutes <= LONGEST:
        sentence = f"A review of {plan.minutes} minutes is not possible."
        raise RefusedDefinition(sentence, f"Give {SHORTEST} to {LONGEST} minutes.")
    with open_store(data_file) as store, store.writing():
        kept = replace(plan, time=f"{_time(plan.time):%H:%M}")
        return stored.put_plan(store, kept, By(now, read_business(store).person))


def _time(text: str) -> time:
    """Read a time of day: 9, 9:30, 14.00.

    >>> _time("9:30"), _time("14.00"), _time(" 8 ")
    (datetime.time(9, 30), datetime.time(14, 0), datetime.time(8, 0))
    """
    hours, _, minutes = text.strip().replace(".", ":").partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError as error:
        sentence = f'"{text.strip()}" is no time of day.'
        raise RefusedDefinition(sentence, "Write it like 9:30 or 14:00.") from error


def invitation(data_file: Path, now: datetime) -> bytes:
    """Write the next review as an .ics file; the same appointment again updates the one in the calendar.

    The time has no zone: it is that of the clock on the wall.

    Raises:
        RefusedDefinition: nobody said when it is.
    """
    with open_store(data_file) as store, store.reading():
        plan, business = stored.plan(store), read_business(store)
        uid, times = stored.plan_name(store)
    if plan is None:
        sentence = "Nobody said when the next review is."
        raise RefusedDefinition(sentence, "Choose its day and time first.")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(plan, business.name, uid, times, now))
    return bytes(calendar.to_ical())


def _event(plan: Plan, business: str, uid: str, times: int, now: datetime) -> Event:
    begins = datetime.combine(plan.day, _time(plan.time))
    event = Event()
    event.add("uid", f"review-{uid}@signalbox")
    event.add("sequence", times)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", f"KPI review, {business}" if business else "KPI review")
    event.add("description", "Open Signalbox and press Review: the agenda is made from your numbers.")
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=plan.minutes))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "KPI review")
    alarm.add("trigger", -WARN)
    event.add_component(alarm)
    return event
