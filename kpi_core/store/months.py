"""Closing and reopening months, each step in the log. What a closed month refuses is in `closed`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.store.changes import Subject, Thing
from kpi_core.store.closed import month_name, not_over, unreasoned
from kpi_core.store.things import change_to

if TYPE_CHECKING:
    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store


def close_month(store: Store, month: str, by: By) -> int | None:
    """Close a month, `YYYY-MM`: from now on nothing changes its rows, typed values and targets.

    Returns:
        The number of the change in the log; None where it is closed already.

    Raises:
        RefusedDefinition: it is not over yet.
    """
    if month >= by.now.strftime("%Y-%m"):
        raise not_over(month)
    subject = _subject(month)
    return change_to(store, by, subject, {"closed_at": by.now.isoformat(timespec="seconds")})


def reopen_month(store: Store, month: str, by: By) -> int | None:
    """Open a closed month again, for the reason that `by` gives.

    Returns:
        The number of the change in the log; None where it is open already.

    Raises:
        RefusedDefinition: no reason is given.
    """
    if not by.why.strip():
        raise unreasoned(month)
    return change_to(store, by, _subject(month), None)


def _subject(month: str) -> Subject:
    return Subject(Thing.MONTH, month, None, month_name(month))
