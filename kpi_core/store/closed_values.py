"""What a closed month shows stands: a changed definition, recipe or calendar that would change a value there waits.

Nothing is foretold: the change is made, the values are made again, and where one of a closed month came out
otherwise everything is rolled back.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.errors import ClosedMonths
from kpi_core.store import actuals
from kpi_core.store.closed import closed_months, month_name
from kpi_core.store.touched import months_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpi_core.store.data_file import Store

Key = tuple[int, int, str, str]
"""A value's place: KPI, segment, first day and end (exclusive) of its period."""
VALUES = """SELECT kpi_id, segment_id, period, period_end, value FROM actuals JOIN kpis ON kpis.id = kpi_id
    WHERE kpis.live AND period_end > :first AND period < :end"""


@contextmanager
def closed_months_kept(store: Store) -> Iterator[None]:
    """Make the block one transaction that changes no value of a closed month of a KPI on the board.

    A KPI that was no KPI of the board before, one that is taken away, and a part that is new change none.

    Raises:
        ClosedMonths: naming the KPI and the month; nothing was changed.
    """
    with store.writing():
        closed = closed_months(store)
        if not closed:
            yield
            return
        actuals.refresh(store)
        shown = _ids(store, "SELECT id FROM kpis WHERE live AND state = 'active'")
        before = {key: value for key, value in _values(store, closed).items() if key[0] in shown}
        yield
        actuals.refresh(store)
        _refuse_changed(store, before, _values(store, closed), closed)


def _values(store: Store, closed: frozenset[str]) -> dict[Key, str | None]:
    """Read the values of all periods that reach into a closed month."""
    span = {"first": f"{min(closed)}-01", "end": f"{max(closed)}-32"}
    return {
        (int(str(kpi)), int(str(segment)), str(start), str(end)): None if value is None else str(value)
        for kpi, segment, start, end, value in store.all(VALUES, span)
        if _months(str(start), str(end)) & closed
    }


def _ids(store: Store, statement: str) -> set[int]:
    return {int(str(number)) for (number,) in store.all(statement)}


def _months(start: str, end: str) -> frozenset[str]:
    return frozenset(months_between(date.fromisoformat(start), date.fromisoformat(end)))


def _refuse_changed(
    store: Store, before: Mapping[Key, str | None], after: Mapping[Key, str | None], closed: frozenset[str]
) -> None:
    known = {kpi for kpi, *_ in before} & _ids(store, "SELECT id FROM kpis WHERE live")
    totals = {key for key in after if key[0] in known and not key[1]}
    changed = [key for key in sorted(before.keys() | totals) if key[0] in known and before.get(key) != after.get(key)]
    if changed:
        kpi_id = changed[0][0]
        months = {month for kpi, _, start, end in changed if kpi == kpi_id for month in _months(start, end) & closed}
        name = store.one("SELECT name FROM kpis WHERE id = ?", (kpi_id,))
        listed = sorted(months)
        raise ClosedMonths(listed, [month_name(month) for month in listed], "" if name is None else str(name[0]))
