"""Files that the journeys add: a shop's daily report, and what goes wrong with files."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "daily_report.csv"
COLUMNS = ("Revenue", "Orders", "Visits", "Baskets", "Abandoned")
OCTOBER = (480_000, 640, 20_000, 2_000, 1_160)
"""The sums of the month that make the seed board: 480,000 kr, 640 / 20,000, 480,000 / 640, 1,160 / 2,000."""
SEPTEMBER = (450_000, 625, 21_000, 1_900, 1_140)


def daily_report(*months: tuple[date, tuple[int, ...]]) -> bytes:
    """Write a report of a line a day; the days of each month add up to its sums."""
    lines = [",".join(("Date", *COLUMNS))]
    for first, sums in months:
        days = _days_of(first)
        parts = [_parts(total, len(days)) for total in sums]
        lines += [",".join((day.isoformat(), *(str(part[place]) for part in parts))) for place, day in enumerate(days)]
    return "\n".join((*lines, "")).encode()


def seed_report() -> bytes:
    """Write September and October 2026; October's sums make the seed board."""
    return daily_report((date(2026, 9, 1), SEPTEMBER), (date(2026, 10, 1), OCTOBER))


def _days_of(first: date) -> list[date]:
    days = (first + timedelta(days=number) for number in range(31))
    return [day for day in days if day.month == first.month]


def _parts(total: int, days: int) -> list[int]:
    """Split a total over days unevenly: later days hold more, no day holds nothing."""
    weights = [10 + number for number in range(days)]
    borders = [total * sum(weights[:number]) // sum(weights) for number in range(days + 1)]
    return [end - start for start, end in pairwise(borders)]


def dated(header: str, count: int, row: Callable[[date, int], str], first: date = date(2026, 10, 1)) -> str:
    """Write a header and a row for each of so many days."""
    rows = (row(first + timedelta(days=number), number) for number in range(count))
    return "\n".join((header, *rows, ""))


def picture() -> bytes:
    """Give the beginning of a picture."""
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def protected_workbook() -> bytes:
    """Give what tells a workbook with a password: a compound file that names an encrypted package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
