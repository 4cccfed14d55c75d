"""Closed months: their rows stand as they are until the month is reopened with a reason. A month is text `YYYY-MM`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kpi_core.errors import ClosedMonths, RefusedDefinition
from kpi_core.period import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kpi_core.store.data_file import Store


def close_month(store: Store, month: str, now: datetime) -> None:
    """Close a month: from now on nothing changes its rows.

    Raises:
        RefusedDefinition: no month, or one that is not over yet.
    """
    if month >= now.strftime("%Y-%m"):
        raise not_over(month)
    with store.writing():
        store.run(
            "INSERT INTO closed_months (month, closed_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (month, now.isoformat(timespec="seconds")),
        )


def reopen_month(store: Store, month: str, reason: str) -> None:
    """Open a closed month again.

    Raises:
        RefusedDefinition: no reason is given.
    """
    if not reason.strip():
        raise unreasoned(month)
    with store.writing():
        store.run("DELETE FROM closed_months WHERE month = ?", (month,))


def closed_months(store: Store) -> frozenset[str]:
    """Name the closed months."""
    return frozenset(str(month) for (month,) in store.all("SELECT month FROM closed_months"))


def refuse_closed(store: Store, months: Iterable[str]) -> None:
    """Refuse a change that reaches into closed months.

    Raises:
        ClosedMonths: at least one of them is closed.
    """
    hit = sorted(closed_months(store).intersection(months))
    if hit:
        raise ClosedMonths(hit, [month_name(month) for month in hit])


def month_name(month: str) -> str:
    """Write a month in words.

    >>> month_name("2025-09")
    'September 2025'
    """
    day = date.fromisoformat(f"{month}-01")
    return f"{MONTHS[day.month - 1]} {day.year}"


def not_over(month: str) -> RefusedDefinition:
    """Say that only a past month can be closed."""
    return RefusedDefinition(f"{month_name(month)} is not over yet.", "Close it once all its data is in.")


def unreasoned(month: str) -> RefusedDefinition:
    """Say that reopening needs a reason."""
    return RefusedDefinition(f"Why is {month_name(month)} reopened?", "Write a short reason.")
