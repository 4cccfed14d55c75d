"""The newest run of misses: off target since when, whatever lies between, until a period is on target again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile, pairwise, takewhile
from typing import TYPE_CHECKING

from kpi_core.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kpi_core.period import Period


@dataclass(frozen=True)
class Misses:
    """A run of misses, none of whose periods was on target; ones without a value or close to it end none.

    `first`: the day on which its first period off target begins. `second`: the same of the first that was the second
    in a row; None where no two were. `ended`: a period on target came after it.
    """

    first: date
    second: date | None = None
    ended: bool = False


def newest_misses(judged: Iterable[tuple[Period, Status | None]]) -> Misses | None:
    """Find the newest run of misses, whether or not it has ended; None where there is none.

    Args:
        judged: the periods that apply, newest first, each with its colour; None: nobody knows.

    >>> from datetime import date
    >>> from kpi_core.period import Cadence, Calendar
    >>> year = Calendar().periods(Cadence.MONTH, date(2026, 1, 1), date(2026, 6, 1))
    >>> colours = (Status.GREEN, Status.RED, None, Status.RED, Status.RED)
    >>> newest_misses(reversed(list(zip(year, colours))))
    Misses(first=datetime.date(2026, 2, 1), second=datetime.date(2026, 5, 1), ended=False)
    """
    back = list(judged)
    since = dropwhile(lambda each: each[1] is Status.GREEN, back)
    run = list(takewhile(lambda each: each[1] is not Status.GREEN, since))[::-1]
    first = next((period.start for period, colour in run if colour is Status.RED), None)
    if first is None:
        return None
    twice = (now.start for (_, before), (now, colour) in pairwise(run) if before is colour is Status.RED)
    return Misses(first, next(twice, None), ended=back[0][1] is Status.GREEN)
