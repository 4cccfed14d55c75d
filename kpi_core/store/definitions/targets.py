"""Target rows: dated, only ever added. What was wrong is taken back, which the log keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.definition import Place, exception_from_json, exception_to_json, refuse_unfit, target_to_json
from kpi_core.definition.check import check_target
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.store.business import read_business
from kpi_core.store.changes import Subject, Thing, from_text, to_text
from kpi_core.store.definitions.fixed import fix_row, fixed, last_year, target_of
from kpi_core.store.definitions.kpis import get_kpi, kpis
from kpi_core.store.things import change_to
from kpi_core.target import Target, TargetHistory, validate_exception

if TYPE_CHECKING:
    from kpi_core.kpi import Kpi
    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store
    from kpi_core.target import TargetException


@dataclass(frozen=True)
class StoredTarget:
    """A target row with its number in the data file, by which it can be taken back; `change`: its entry in the log."""

    id: int
    target: Target
    change: int | None = None


@dataclass(frozen=True)
class StoredException:
    """A one-period exception with its number in the data file, by which it can be taken back."""

    id: int
    exception: TargetException


def targets(store: Store, kpi_id: int) -> TargetHistory:
    """Read a KPI's target rows in the order in which they were entered, and its one-period exceptions."""
    stored, held = stored_targets(store, kpi_id), fixed(store)
    rows = tuple(each.target for each in stored)
    return TargetHistory(
        rows,
        exceptions(store, kpi_id),
        tuple(held.get(each.id, {}) for each in stored),
        last_year(store, get_kpi(store, kpi_id), rows),
    )


def stored_targets(store: Store, kpi_id: int) -> tuple[StoredTarget, ...]:
    """List a KPI's target rows with their numbers, the ones taken back left out."""
    direction = get_kpi(store, kpi_id).direction
    rows = store.all("SELECT id, definition FROM targets WHERE kpi_id = ? AND live ORDER BY id", (kpi_id,))
    return tuple(StoredTarget(int(str(row_id)), target_of(str(text), direction)) for row_id, text in rows)


def all_targets(store: Store) -> dict[int, TargetHistory]:
    """Read the targets of all KPIs at once, by the KPI's number."""
    known, held = {kpi.id: kpi for kpi in kpis(store)}, fixed(store)
    rows: dict[int, list[StoredTarget]] = {kpi_id: [] for kpi_id in known}
    for row_id, kpi_id, text in store.all("SELECT id, kpi_id, definition FROM targets WHERE live ORDER BY id"):
        if kpi_id in known:
            kpi = known[int(str(kpi_id))]
            rows[kpi.id].append(StoredTarget(int(str(row_id)), target_of(str(text), kpi.direction)))
    others: dict[int, list[TargetException]] = {kpi_id: [] for kpi_id in known}
    for kpi_id, text in store.all("SELECT kpi_id, definition FROM target_exceptions WHERE live ORDER BY id"):
        if kpi_id in known:
            others[int(str(kpi_id))].append(exception_from_json(from_text(text)))
    return {
        kpi_id: TargetHistory(
            tuple(each.target for each in rows[kpi_id]),
            tuple(others[kpi_id]),
            tuple(held.get(each.id, {}) for each in rows[kpi_id]),
            last_year(store, kpi, (each.target for each in rows[kpi_id])),
        )
        for kpi_id, kpi in known.items()
    }


def exceptions(store: Store, kpi_id: int) -> tuple[TargetException, ...]:
    """List a KPI's one-period exceptions in the order in which they were entered."""
    return tuple(each.exception for each in stored_exceptions(store, kpi_id))


def stored_exceptions(store: Store, kpi_id: int) -> tuple[StoredException, ...]:
    """List a KPI's one-period exceptions with their numbers, the ones taken back left out."""
    rows = store.all("SELECT id, definition FROM target_exceptions WHERE kpi_id = ? AND live ORDER BY id", (kpi_id,))
    return tuple(StoredException(int(str(row_id)), exception_from_json(from_text(text))) for row_id, text in rows)


def add_target(store: Store, kpi_id: int, target: Target, by: By) -> StoredTarget:
    """Enter a target row. It changes nothing before its day; the row that was in force keeps its periods.

    A row whose day lies before the day of entry, where a target is there already, is a correction of the past and is
    marked so.

    Raises:
        NotFound: no KPI has that number.
        RefusedDefinition: the target contradicts itself or its KPI, or a change has no reason.
    """
    with store.writing():
        kpi = get_kpi(store, kpi_id)
        before = stored_targets(store, kpi_id)
        check_target(kpi, target, read_business(store).style)
        reason = target.reason or by.why
        if before and not reason.strip():
            sentence = f"Why does the target of {kpi.name} change?"
            raise RefusedDefinition(sentence, "Write a short reason; it stays beside the target.")
        entered = by.now.date()
        backdated = target.backdated or (bool(before) and target.starts < entered)
        row = replace(target, typed_on=target.typed_on or entered, backdated=backdated, reason=reason.strip())
        return keep_target(store, kpi, row, by)


def keep_target(store: Store, kpi: Kpi, row: Target, by: By) -> StoredTarget:
    """Write a target row exactly as it is. The caller is inside `Store.writing()` and has checked it."""
    state = target_to_json(row)
    row_id = store.insert(
        "INSERT INTO targets (kpi_id, starts, definition, live) VALUES (?, ?, ?, 0)",
        (kpi.id, row.starts.isoformat(), to_text(state)),
    )
    change = change_to(store, by, Subject(Thing.TARGET, str(row_id), kpi.id, kpi.name), state)
    fix_row(store, kpi, row_id, row, {})
    return StoredTarget(row_id, row, change)


def take_back_target(store: Store, target_id: int, by: By) -> int | None:
    """Take a target row back: the one before it is in force again, for the past too.

    Raises:
        NotFound: there is no such row in force.
    """
    return _take_back(store, Thing.TARGET, "SELECT kpi_id FROM targets WHERE id = ? AND live", target_id, by)


def add_exception(store: Store, kpi_id: int, exception: TargetException, by: By) -> int | None:
    """Enter another target for one period only; `period_start` may be any day of it.

    Returns:
        The number of the change in the log.

    Raises:
        RefusedDefinition: no reason is given, or it cannot be judged beside the target in force.
    """
    with store.writing():
        kpi = get_kpi(store, kpi_id)
        business = read_business(store)
        rows = stored_targets(store, kpi_id)
        refuse_unfit(exception, Place(kpi.name))
        validate_exception(exception, rows[-1].target if rows else None, kpi.direction, kpi.unit, business.style)
        if not exception.reason.strip():
            sentence = f"Why has {kpi.name} another target for this {kpi.cadence}?"
            raise RefusedDefinition(sentence, "Write a short reason; it stays beside the target.")
        start = business.calendar.period(kpi.cadence, exception.period_start).start
        return keep_exception(store, kpi, replace(exception, period_start=start), by)


def keep_exception(store: Store, kpi: Kpi, exception: TargetException, by: By) -> int | None:
    """Write an exception exactly as it is. The caller is inside `Store.writing()` and has checked it."""
    state = exception_to_json(exception)
    row_id = store.insert(
        "INSERT INTO target_exceptions (kpi_id, period, definition, live) VALUES (?, ?, ?, 0)",
        (kpi.id, exception.period_start.isoformat(), to_text(state)),
    )
    return change_to(store, by, Subject(Thing.EXCEPTION, str(row_id), kpi.id, kpi.name), state)


def take_back_exception(store: Store, exception_id: int, by: By) -> int | None:
    """Take a one-period exception back.

    Raises:
        NotFound: there is no such exception in force.
    """
    sql = "SELECT kpi_id FROM target_exceptions WHERE id = ? AND live"
    return _take_back(store, Thing.EXCEPTION, sql, exception_id, by)


def _take_back(store: Store, thing: Thing, sql: str, row_id: int, by: By) -> int | None:
    with store.writing():
        row = store.one(sql, (row_id,))
        if row is None:
            sentence = f"There is no {thing} number {row_id} in force."
            raise NotFound(sentence)
        kpi = get_kpi(store, int(str(row[0])))
        return change_to(store, by, Subject(thing, str(row_id), kpi.id, kpi.name), None)
