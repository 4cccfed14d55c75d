"""Closed months: what they hold stands as it is until the month is reopened with a reason. A month is text `YYYY-MM`.

They are closed and reopened in `months`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kpi_core.definition.fit import refuse_far
from kpi_core.errors import ClosedMonths, RefusedDefinition
from kpi_core.period import MONTHS
from kpi_core.store.touched import months_between

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.period import Period
    from kpi_core.store.data_file import Store


def closed_months(store: Store) -> frozenset[str]:
    """Name the closed months."""
    return frozenset(str(month) for (month,) in store.all("SELECT month FROM closed_months"))


def closed_text(closed: frozenset[str], period: Period) -> str:
    """Say that a period reaches into closed months, so that its value stands; "" where it reaches into none."""
    hit = [month_name(month) for month in sorted(months_between(period.start, period.end) & closed)]
    if not hit:
        return ""
    verb = "is" if len(hit) == 1 else "are"
    return f"{' and '.join(hit)} {verb} closed: the value stands until that is reopened with a reason."


def refuse_closed(store: Store, months: Iterable[str]) -> None:
    """Refuse a change that reaches into closed months.

    Raises:
        ClosedMonths: at least one of them is closed.
    """
    hit = sorted(closed_months(store).intersection(months))
    if hit:
        raise ClosedMonths(hit, [month_name(month) for month in hit])


def refuse_closed_target(store: Store, kpi_id: int, row_id: int, starts: str) -> None:
    """Refuse to add or take back a target row that closed months were judged by, from its day to the next row's.

    A KPI's first target is no change of one: it is never refused.

    Raises:
        ClosedMonths: at least one of them is closed.
    """
    others = [
        str(day)
        for (day,) in store.all("SELECT starts FROM targets WHERE kpi_id = ? AND live AND id <> ?", (kpi_id, row_id))
    ]
    live = store.one("SELECT 1 FROM targets WHERE id = ? AND live", (row_id,))
    if not others and live is None:
        return
    following = min((day for day in others if day > starts), default="9999")
    refuse_closed(store, (month for month in closed_months(store) if starts[:7] <= month and f"{month}-01" < following))


def month_name(month: str) -> str:
    """Write a month in words.

    >>> month_name("2025-09")
    'September 2025'
    """
    day = date.fromisoformat(f"{month}-01")
    return f"{MONTHS[day.month - 1]} {day.year}"


def read_month(month: str) -> str:
    """Write a typed month in words.

    Raises:
        RefusedDefinition: it is none.
    """
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        sentence = f'"{month}" is no month.'
        raise RefusedDefinition(sentence, "Write it like 2026-09.") from error
    refuse_far(day)
    return month_name(month)


def not_over(month: str) -> RefusedDefinition:
    """Say that only a past month can be closed."""
    return RefusedDefinition(f"{month_name(month)} is not over yet.", "Close it once all its data is in.")


def unreasoned(month: str) -> RefusedDefinition:
    """Say that reopening needs a reason."""
    return RefusedDefinition(f"Why is {month_name(month)} reopened?", "Write a short reason.")
