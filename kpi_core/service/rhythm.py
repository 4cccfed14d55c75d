"""By when the values of each KPI, and of all together, are to be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.kpi import State, Tier
from kpi_core.review import due, overdue_text
from kpi_core.store.definitions.reviews import last_looks, reviews

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kpi_core.board import KpiHistory
    from kpi_core.business import Business
    from kpi_core.review import Due
    from kpi_core.store.data_file import Store


def dues(store: Store, known: Sequence[KpiHistory], business: Business, day: date) -> dict[int, Due]:
    """Give by when each KPI on the board is to be looked at again, as it was on a day."""
    looks = last_looks(store, day)
    return {
        each.kpi.id: due(
            looks.get(each.kpi.id),
            each.since or day,
            each.kpi.review_every or business.review_every,
            business.calendar,
        )
        for each in known
        if _counts(each)
    }


def portfolio_due(store: Store, known: Sequence[KpiHistory], business: Business, day: date) -> Due | None:
    """Give by when the next review of all is due; None while there is nothing to review."""
    since = [each.since or day for each in known if _counts(each)]
    if not since:
        return None
    held = [each.finished for each in reviews(store) if each.finished is not None and each.finished <= day]
    return due(max(held, default=None), min(since), business.review_every, business.calendar)


def overdue(portfolio: Due | None, own: Mapping[int, Due], known: Sequence[KpiHistory], day: date) -> str:
    """Say which review is overdue; "" where none is."""
    named = ((each.kpi.name, own[each.kpi.id]) for each in known if each.kpi.id in own)
    return overdue_text(portfolio, named, day)


def _counts(each: KpiHistory) -> bool:
    return each.kpi.state is State.ACTIVE and each.kpi.tier is Tier.KPI
