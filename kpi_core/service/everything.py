"""Everything that the data file holds, as tables for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.board.past import past
from kpi_core.definition import EARLIEST
from kpi_core.definition.words import describe
from kpi_core.kpi import Tier
from kpi_core.period import period_name
from kpi_core.report import Table
from kpi_core.service.boards import refuse_to_come
from kpi_core.service.meetings_kept import meetings
from kpi_core.store.business import read_business
from kpi_core.store.change_words import change_text
from kpi_core.store.changes import changes_between
from kpi_core.store.closed import closed_months
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.goals import goals
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.notes import notes
from kpi_core.store.definitions.objectives import objectives
from kpi_core.store.definitions.targets import all_targets, stored_exceptions, stored_targets
from kpi_core.store.histories import all_periods, segments_of
from kpi_core.store.import_list import list_imports
from kpi_core.store.sources import list_sources
from kpi_core.target import TargetHistory, row_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from kpi_core.business import Business
    from kpi_core.kpi import Kpi
    from kpi_core.report.value import Field
    from kpi_core.store.data_file import Store

Row = tuple["Field", ...]
KPI_COLUMNS = (
    *("KPI", "Kind", "State", "Goal", "Owner", "Definition", "Unit", "Direction", "Cadence", "Side", "Level"),
    *("Leading or lagging", "North Star", "Comes from", "Includes", "When off target", "Review date", "Why retired"),
)
VALUE_COLUMNS = (
    *("KPI", "Segment", "Period", "Period start", "Period end", "Value", "Unit", "Target low", "Target high"),
    *("Status", "Status in words", "Typed", "Coverage", "Data until", "How made", "Why no value"),
)
TARGET_COLUMNS = ("KPI", "Kind", "From", "Target", "Entered on", "Backdated", "Reason")
NOTE_COLUMNS = ("Day", "KPI", "Note")
OBJECTIVE_COLUMNS = (
    *("Objective", "Owner", "First day", "Last day", "KPI", "Begins at", "Is to reach", "Last day that counts"),
    "More than is expected",
)
IMPORT_COLUMNS = (
    *("Number", "Source", "File", "Added", "First day", "Last day", "New", "Changed", "Same", "Gone"),
    *("Left out", "Refused", "Undone"),
)
LOG_COLUMNS = (
    "Number",
    "When",
    "Who",
    "What",
    "About",
    "KPI",
    "Change",
    "Effect",
    "Why",
    "Takes back",
    "Taken back by",
)


def everything(data_file: Path, today: date, as_of: date) -> tuple[Table, ...]:
    """Read all KPIs, values, targets, notes, goals, objectives, closed months, reviews, actions, imports and changes.

    Values go up to the last period that was complete on `as_of`, each judged by the target of its own time;
    segments have no target. Unlike a report it leaves nothing out: drafts, retired KPIs and undone imports too.

    Raises:
        RefusedDefinition: the day is still to come.
    """
    refuse_to_come(as_of, today)
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        known = kpis(store)
        return (
            Table("kpis", KPI_COLUMNS, [_kpi(kpi) for kpi in known]),
            Table("values", VALUE_COLUMNS, list(_values(store, known, business, as_of))),
            Table("targets", TARGET_COLUMNS, [row for kpi in known for row in _targets(store, kpi, business)]),
            Table("notes", NOTE_COLUMNS, [(note.day, note.kpi, note.text) for note in notes(store)]),
            Table("goals", ("Goal",), [(goal.name,) for goal in goals(store)]),
            Table("objectives", OBJECTIVE_COLUMNS, list(_objectives(store))),
            Table("closed_months", ("Month",), [(month,) for month in sorted(closed_months(store))]),
            *meetings(store, known),
            Table("imports", IMPORT_COLUMNS, list(_imports(store))),
            Table("log", LOG_COLUMNS, list(_log(store, known, business))),
        )


def _kpi(kpi: Kpi) -> Row:
    return (
        *(kpi.name, kpi.tier.value, kpi.state.value, kpi.goal, kpi.owner, kpi.definition, str(kpi.unit)),
        *(kpi.direction.value, kpi.cadence.value, kpi.perspective and kpi.perspective.value, kpi.level.value),
        *(kpi.lead_lag and kpi.lead_lag.value, kpi.north_star, describe(kpi.values), kpi.includes, kpi.when_red),
        *(kpi.review_date, kpi.retired_reason),
    )


def _values(store: Store, known: tuple[Kpi, ...], business: Business, day: date) -> Iterator[Row]:
    held_to = all_targets(store)
    for kpi in known:
        for segment in ("", *segments_of(store, kpi.id)):
            targets = TargetHistory() if segment else held_to.get(kpi.id, TargetHistory())
            yield from _of_segment(store, kpi, segment, targets, business, day)


def _of_segment(
    store: Store, kpi: Kpi, segment: str, targets: TargetHistory, business: Business, day: date
) -> Iterator[Row]:
    """Write the periods of the total or one segment, oldest first; the total with its target and status."""
    calendar = business.calendar
    actuals = all_periods(store, kpi, calendar, day, segment)
    coloured = not segment and kpi.tier is Tier.KPI
    for line in past(kpi, targets, actuals, calendar=calendar, style=business.style, today=day):
        actual, target = line.actual, line.target
        low = None if target is None or target.low is None else target.low.value
        high = None if target is None or target.high is None else target.high.value
        yield (
            *(kpi.name, segment, period_name(line.period, calendar, None), line.period.start, line.period.last_day),
            *(actual.value, str(kpi.unit), low, high),
            line.judgement.status.value if coloured else None,
            line.judgement.word if coloured else None,
            *(actual.typed, actual.coverage.value, actual.data_until, actual.label, actual.reason),
        )


def _targets(store: Store, kpi: Kpi, business: Business) -> Iterator[Row]:
    for each in stored_targets(store, kpi.id):
        row = each.target
        text = row_text(row, kpi.unit, business.style, kpi.decimals, business.calendar)
        since = None if row.starts == EARLIEST else row.starts
        yield (kpi.name, row.kind.value, since, text, row.typed_on, row.backdated, row.reason)
    for held in stored_exceptions(store, kpi.id):
        exception = held.exception
        yield (kpi.name, "one-period exception", exception.period_start, exception.value, None, None, exception.reason)


def _objectives(store: Store) -> Iterator[Row]:
    """Write a row a key result; an objective without one has a row of its own."""
    for each in objectives(store):
        about = (each.name, each.owner, each.start, each.until)
        if not each.key_results:
            yield (*about, *(None,) * (len(OBJECTIVE_COLUMNS) - len(about)))
        for result in each.key_results:
            yield (*about, result.kpi, result.baseline, result.target, each.deadline(result), result.stretch)


def _imports(store: Store) -> Iterator[Row]:
    names = {source.id: source.name for source in list_sources(store)}
    for each in reversed(list_imports(store)):
        covers = (None, None) if each.covers is None else (each.covers.start, each.covers.last_day)
        yield (
            *(each.id, names.get(each.source_id, ""), each.file_name, each.added_at, *covers),
            *(each.new, each.changed, each.same, each.gone, each.left_out, each.refused, each.undone_at),
        )


def _log(store: Store, known: tuple[Kpi, ...], business: Business) -> Iterator[Row]:
    by_number = {kpi.id: kpi for kpi in known}
    for each in reversed(changes_between(store)):
        subject = each.subject
        kpi = by_number.get(subject.kpi_id or 0)
        yield (
            *(each.id, each.at, each.who, subject.thing.value, subject.name, "" if kpi is None else kpi.name),
            *(change_text(each, kpi, business), each.effect, each.why, each.undoes, each.undone_by),
        )
