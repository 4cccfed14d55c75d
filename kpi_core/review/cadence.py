"""When values are to be looked at again: once in every period of the review cadence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.period import day_name
from kpi_core.review.types import Due

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kpi_core.period import Cadence, Calendar


def due(last: date | None, since: date, every: Cadence, calendar: Calendar) -> Due:
    """Say by when the next look is due: by the end of the period after the one that holds the last.

    Once a month means a review in every month, on whichever day of it. Before the first one the period after the one
    that the KPI came onto the board in is the first that wants one.

    >>> from datetime import date
    >>> from kpi_core.period import Cadence, Calendar
    >>> due(date(2026, 11, 3), date(2026, 1, 1), Cadence.MONTH, Calendar()).by
    datetime.date(2026, 12, 31)
    """
    following = calendar.next(calendar.period(every, last or since))
    return Due(following.last_day, following.start, last)


def overdue_text(portfolio: Due | None, kpis: Iterable[tuple[str, Due]], today: date) -> str:
    """Say on the board that a review is overdue; "" where none is.

    Args:
        portfolio: by when the review of all KPIs is due; None where there is nothing to review.
        kpis: each KPI with its own day.
        today: the day.
    """
    if portfolio is not None and portfolio.by < today:
        days = (today - portfolio.by).days
        last = (
            f"The last one was on {day_name(portfolio.last, today)}." if portfolio.last else "There has been none yet."
        )
        return f"The review is {days} {'day' if days == 1 else 'days'} overdue. {last}"
    late = sorted((each.by, name) for name, each in kpis if each.by < today)
    if not late:
        return ""
    more = f" and {len(late) - 1} more" if len(late) > 1 else ""
    return f"The review of {late[0][1]}{more} is overdue: it was due by {day_name(late[0][0], today)}."
