"""Months that are closed once their books are, and reopened with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.definition.fit import one_line
from kpi_core.store import actuals, closed, months
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

WHAT = (
    "Close a month once its books are: no file, undo, typed value, target or changed definition changes it then, "
    "until it is reopened with a reason. Both stand in the log."
)
SHOWN = 24
"""Past months that can be closed from the list."""


@dataclass(frozen=True)
class Month:
    """A past month: `key` is `YYYY-MM`, `name` the same in words."""

    key: str
    name: str
    closed: bool


def past_months(data_file: Path, today: date) -> tuple[Month, ...]:
    """List the past months, the newest first, and every closed one before them."""
    with open_store(data_file) as store:
        shut = closed.closed_months(store)
    keys = [_months_before(today, back) for back in range(1, SHOWN + 1)]
    older = sorted((key for key in shut if key < keys[-1]), reverse=True)
    return tuple(Month(key, closed.month_name(key), key in shut) for key in (*keys, *older))


def _months_before(day: date, back: int) -> str:
    count = day.year * 12 + day.month - 1 - back
    return f"{count // 12:04}-{count % 12 + 1:02}"


def close(data_file: Path, month: str, now: datetime, why: str = "") -> str:
    """Close a month and say so.

    Raises:
        RefusedDefinition: it is not over yet.
    """
    name = closed.read_month(month)
    with open_store(data_file) as store, store.writing():
        # What is due must be worked out before: a closed month stands as it is
        actuals.refresh(store)
        done = months.close_month(store, month, By(now, read_business(store).person, one_line(why, "The reason")))
    return f"{name} is closed." if done else f"{name} was closed already."


def reopen(data_file: Path, month: str, why: str, now: datetime) -> str:
    """Open a closed month again and say so.

    Raises:
        RefusedDefinition: no reason is given.
    """
    name = closed.read_month(month)
    with open_store(data_file) as store, store.writing():
        done = months.reopen_month(store, month, By(now, read_business(store).person, one_line(why, "The reason")))
    return f"{name} is open again." if done else f"{name} was open already."
