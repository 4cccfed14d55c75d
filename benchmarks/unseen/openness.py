"""What a made file leaves open to a careful reader who sees nothing but the file."""

from __future__ import annotations

from datetime import date, datetime

from benchmarks.unseen.book import order
from benchmarks.unseen.draft import Draft, Role
from benchmarks.unseen.writing import DAYS, NUMBERS, STAMPS, ambiguous_mark

TODAY = date(2026, 11, 3)
DECIDED = 12
MONTHS = 12


def days(draft: Draft) -> None:
    """Mark whether day or month comes first in the file is open, and what is true."""
    written = draft.physical.workbook != "typed"
    patterns = {
        draft.style.day if column.kind in DAYS else draft.style.stamp
        for column in draft.columns
        if column.kind in DAYS | STAMPS
    }
    numeric = [each for each in patterns if "MMM" not in each and order(each) in {"dmy", "mdy"}]
    if draft.date is None or not numeric:
        return
    draft.answers["date-order"] = {"dmy": "day-first", "mdy": "month-first"}[order(numeric[0])]
    if not written:
        # Nothing but the one mistyped text beside real dates
        draft.ask_ok |= {"date-order"} if {"H52", "H54"} & draft.hazards else set()
        return
    seen = [
        row[column.key]
        for row in draft.rows
        for column in draft.columns
        if column.kind in DAYS | STAMPS and row[column.key] is not None
    ]
    if any(isinstance(each, date) and each.day > DECIDED for each in seen):
        return
    if draft.language != "en" or "." in numeric[0] or len(patterns) > len(numeric):
        return
    draft.hazards.add("H44")
    draft.ask_ok.add("date-order")
    asked = [day for row in draft.rows if isinstance(day := row[draft.date.key], date)]
    plain = draft.locale.language == "en" and not draft.hinted and not draft.style.sign
    draft.must_ask = plain and not telling(asked)


def swapped(day: date) -> date:
    """Read a day with its month first, or the other way round."""
    return date(day.year, day.day, day.month)


def telling(read: list[date]) -> bool:
    """Tell whether one of two readings looks right: it alone is in order, spans less, or lies in the past."""
    plain = [day.date() if isinstance(day, datetime) else day for day in read]
    other = [swapped(day) for day in plain]

    def ordered(each: list[date]) -> bool:
        return each in (sorted(each), sorted(each, reverse=True))

    def months(each: list[date]) -> int:
        return len({(day.year, day.month) for day in each})

    return (
        ordered(plain) != ordered(other)
        or max(other) > TODAY
        or (months(plain) == 1) != (months(other) == 1)
        or months(other) > 3 * months(plain)
        or months(plain) > 3 * months(other)
    )


def decimals(draft: Draft) -> None:
    """Mark whether the decimal mark of the file is open."""
    places = draft.places(*NUMBERS)
    texts = [each.cells[place] for each in draft.of(Role.DATA) for place in places if place < len(each.cells)]
    draft.answers["decimal"] = "comma" if draft.style.decimal == "," else "point"
    if draft.physical.workbook != "typed" and ambiguous_mark(texts):
        draft.hazards.add("decimals of three")
        draft.ask_ok.add("decimal")
        draft.must_ask |= draft.language == "en" and draft.style.decimal == ","
