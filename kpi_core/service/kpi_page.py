"""One KPI's page: where it stands, its trend, its history down to the rows, and typing a value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi_core.board import BoardRow, TrendPoint
from kpi_core.board.answers import Answer
from kpi_core.board.past import PastPeriod, past
from kpi_core.business import Business
from kpi_core.checklist import Finding, check_kpi
from kpi_core.definition import EARLIEST
from kpi_core.definition.fit import refuse_unfit_text
from kpi_core.definition.words import describe
from kpi_core.errors import NotFound
from kpi_core.kpi import Kpi, TypedValue
from kpi_core.period import day_name, period_name
from kpi_core.review import doing
from kpi_core.service.behind import Grid, grid
from kpi_core.service.change_page import ChangePage, change_of
from kpi_core.service.facts import facts_of
from kpi_core.service.log import LogLine, log_lines
from kpi_core.service.recolouring import colours_noted
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.closed import closed_months, closed_text
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.actions import actions
from kpi_core.store.definitions.kpis import find_kpi, get_kpi, kpis
from kpi_core.store.definitions.targets import stored_exceptions, stored_targets, targets
from kpi_core.store.definitions.typed import remove_typed, set_typed, typed_values
from kpi_core.store.histories import all_periods, histories
from kpi_core.store.provenance import PAGE, Behind, rows_behind
from kpi_core.target import in_force, row_text
from kpi_core.unit import format_exactly, parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kpi_core.actual import Actual
    from kpi_core.period import Calendar, Period
    from kpi_core.store.data_file import Store
    from kpi_core.store.definitions.targets import StoredException, StoredTarget
    from kpi_core.target import TargetHistory

LOG_LINES = 20

ROWS_A_PAGE = PAGE
"""Rows behind a value that are shown at a time."""


@dataclass(frozen=True)
class TargetLine:
    """One row of the target history in words, or a one-period exception; `id`: by which it can be taken back."""

    since: str
    text: str
    reason: str
    id: int = 0
    backdated: bool = False
    exception: bool = False


@dataclass(frozen=True)
class KpiPage:
    """Everything the page shows. `trend` and `lines` run over all complete periods, oldest and newest first.

    `coming`: the periods that are looked ahead to, with their targets and without values.
    """

    kpi: Kpi
    business: Business
    row: BoardRow
    words: str
    trend: tuple[TrendPoint, ...]
    lines: tuple[PastPeriod, ...]
    targets: tuple[TargetLine, ...]
    findings: tuple[Finding, ...]
    changes: tuple[LogLine, ...]
    change: ChangePage
    doing: Answer
    """What we are doing about it: the headline, and `doing_lines` below it."""
    doing_lines: tuple[str, ...]
    actions: int
    """How many were ever agreed about it."""
    coming: tuple[TrendPoint, ...] = ()
    closed_months: frozenset[str] = frozenset()

    def closed(self, period: Period) -> str:
        """Say that a period reaches into closed months, so that its value stands; "" where it reaches into none."""
        return closed_text(self.closed_months, period)


def kpi_names(data_file: Path) -> dict[int, str]:
    """Name every KPI by its number."""
    with open_store(data_file) as store, store.reading():
        return {kpi.id: kpi.name for kpi in kpis(store)}


def number_of(data_file: Path, name: str) -> int:
    """Find the number of a KPI by its name.

    Raises:
        NotFound: there is no KPI of that name.
    """
    with open_store(data_file) as store, store.reading():
        return find_kpi(store, name).id


def page(data_file: Path, kpi_id: int, today: date) -> KpiPage:
    """Gather a KPI's page.

    Raises:
        NotFound: there is no KPI of that number; an address can ask for anything.
    """
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        kpi = _asked_for(store, kpi_id)
        history = histories(store, [kpi], business.calendar, today)[0]
        everything = all_periods(store, kpi, business.calendar, today)
        held_to = targets(store, kpi_id)
        stored, others = stored_targets(store, kpi_id), stored_exceptions(store, kpi_id)
        findings = check_kpi(kpi, facts_of(store, kpi, stored[-1].target if stored else None, today))
        changes = log_lines(store, LOG_LINES, kpi_id)
        change = change_of(store, history, everything, business, today)
        agreed = actions(store, kpi_id)
        closed = closed_months(store)
        answer, below = doing(kpi, agreed, today)
    return KpiPage(
        kpi=kpi,
        business=business,
        row=change.row,
        words=describe(kpi.values),
        trend=tuple(_points(kpi, held_to, everything, business)),
        lines=past(kpi, held_to, reversed(everything), calendar=business.calendar, style=business.style, today=today),
        targets=(*_target_lines(kpi, stored, business), *_exception_lines(kpi, others, business)),
        findings=findings,
        changes=changes,
        change=change,
        doing=answer,
        doing_lines=below,
        actions=len(agreed),
        closed_months=closed,
        coming=tuple(_held_to(kpi, held_to, step.period, business.calendar) for step in change.fan),
    )


def _asked_for(store: Store, kpi_id: int) -> Kpi:
    """Read the KPI that an address asks for."""
    try:
        return get_kpi(store, kpi_id)
    except NotFound as error:
        sentence = "There is no KPI at this address."
        raise NotFound(sentence, "Go back to the board and choose one there.") from error


def _points(kpi: Kpi, held_to: TargetHistory, everything: Sequence[Actual], business: Business) -> list[TrendPoint]:
    points = []
    for actual in everything:
        value = None if actual.value is None else float(actual.value)
        points.append(
            replace(_held_to(kpi, held_to, actual.period, business.calendar), value=value, typed=actual.typed)
        )
    return points


def _held_to(kpi: Kpi, held_to: TargetHistory, period: Period, calendar: Calendar) -> TrendPoint:
    """Make the point of a period with what it is held to, and without a value."""
    target = in_force(held_to, period, kpi.direction, calendar)
    if target is None:
        return TrendPoint(period, None)
    return TrendPoint(
        period,
        None,
        None if target.low is None else float(target.low.value),
        None if target.high is None else float(target.high.value),
        stretch=None if target.stretch is None else float(target.stretch),
        target_kind=target.kind,
        exception=target.exception,
    )


def _target_lines(kpi: Kpi, stored: Sequence[StoredTarget], business: Business) -> list[TargetLine]:
    lines = []
    for each in reversed(stored):
        row = each.target
        since = row.typed_on if row.starts == EARLIEST else row.starts
        text = f"Target {row_text(row, kpi.unit, business.style, kpi.decimals, business.calendar)}"
        lines.append(
            TargetLine("" if since is None else day_name(since, None), text, row.reason, each.id, row.backdated)
        )
    return lines


def _exception_lines(kpi: Kpi, stored: Sequence[StoredException], business: Business) -> list[TargetLine]:
    lines = []
    for each in reversed(stored):
        period = business.calendar.period(kpi.cadence, each.exception.period_start)
        number = format_exactly(each.exception.value, kpi.unit, business.style, kpi.decimals)
        name = period_name(period, business.calendar, None)
        lines.append(TargetLine(name, f"{number} in {name} only", each.exception.reason, each.id, exception=True))
    return lines


def grids(data_file: Path, kpi_id: int, period_start: date, page_number: int = 0) -> tuple[Grid, ...]:
    """Look up the rows behind a value, part by part of its formula, as the owner writes numbers and days."""
    with open_store(data_file) as store:
        business = read_business(store)
    return tuple(grid(part, business) for part in behind(data_file, kpi_id, period_start, page_number))


def behind(data_file: Path, kpi_id: int, period_start: date, page_number: int = 0) -> tuple[Behind, ...]:
    """Look up the rows behind a value, part by part of its formula."""
    with open_store(data_file) as store, store.reading():
        kpi = get_kpi(store, kpi_id)
        period = read_business(store).calendar.period(kpi.cadence, period_start)
        return rows_behind(store, kpi, period, page=page_number)


def type_values(data_file: Path, kpi_id: int, texts: Mapping[date, str], note: str, now: datetime) -> None:
    """Type values by period start; each wins over a computed one until it is removed. Blank removes. All or nothing.

    Raises:
        RefusedDefinition: a text is no number of the KPI's unit, the note is too long, or a month is closed.
    """
    refuse_unfit_text(note, "The note")
    with open_store(data_file) as store, store.writing():
        business = read_business(store)
        kpi = get_kpi(store, kpi_id)
        by = By(now, business.person, note)
        typed = {each.period_start for each in typed_values(store, kpi_id) if not each.segment}
        with colours_noted(store, now):
            for start, text in texts.items():
                if text.strip():
                    value = parse_value(text, kpi.unit, business.style)
                    set_typed(store, TypedValue(kpi.name, start, value, note=note), by)
                elif business.calendar.period(kpi.cadence, start).start in typed:
                    remove_typed(store, kpi_id, start, "", by)
