"""What the checklist is told of a KPI: its readings, what they rest on, its sources, the KPIs beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Final

from kpi_core.actual import Actual, CoverageState, check_cycle
from kpi_core.checklist import Facts, check_kpi, note_of
from kpi_core.definition import key_of
from kpi_core.definition.made_of import made_of
from kpi_core.errors import RefusedDefinition
from kpi_core.horizon import LOOKED_BACK
from kpi_core.kpi import Aggregate, Formula, FormulaKind, Kpi, KpiRef, Measure, OneColumn, State, Tier, Typed
from kpi_core.period import Cadence
from kpi_core.service.currencies import currencies_of
from kpi_core.service.sources_of import sources_of
from kpi_core.service.statements import open_lines
from kpi_core.source import RowFilter, RowTest
from kpi_core.store import sources
from kpi_core.store.business import read_business
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.typed import typed_values
from kpi_core.store.glance import row_count
from kpi_core.store.histories import all_periods, is_stored, worked_out
from kpi_core.unit import Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from kpi_core.board import KpiHistory
    from kpi_core.business import Business
    from kpi_core.kpi import TypedValue
    from kpi_core.period import Calendar, Period
    from kpi_core.store.data_file import Store
    from kpi_core.store.sources import Source
    from kpi_core.target import Target

ANSWERED: Final = 12
"""The newest readings whose denominators are looked at."""
OF_THE_ROWS: Final = frozenset({"M1", "M2", "M3"})
"""Questions that the values alone do not answer."""
OF_ROWS: Final = frozenset({Aggregate.AVERAGE, Aggregate.MEDIAN, Aggregate.NET_PROMOTER_SCORE})
COUNTS: Final = frozenset({Aggregate.COUNT, Aggregate.COUNT_DIFFERENT})
OF_ANSWERS: Final = frozenset({UnitKind.PERCENT, UnitKind.SCORE})


def facts_of(store: Store, kpi: Kpi, target: Target | None, today: date) -> Facts:
    """Gather what the checklist may know about a KPI, stored or as it is being defined."""
    business, everyone = read_business(store), kpis(store)
    typed = tuple(each for each in typed_values(store, kpi.id) if not each.segment) if kpi.id else ()
    readings = readings_of(store, kpi, everyone, business.calendar, today)
    facts = Facts(
        today,
        target,
        readings=readings,
        answers=_answers(store, kpi, everyone, typed, [each.period for each in readings[-ANSWERED:]]),
        typed_parts=bool(typed) and all(each.denominator is not None for each in typed),
        beside=tuple(each for each in everyone if each.state is not State.RETIRED and each.id != kpi.id),
        calendar=business.calendar,
        style=business.style,
    )
    if isinstance(kpi.values, Typed):
        return replace(facts, source_rows=len(typed))
    stored = {sources.fold(each.name): each for each in sources.list_sources(store)}
    return replace(
        facts,
        source_rows=rows_of(store, kpi, everyone, stored),
        source_currencies=currencies_of(store, kpi, stored),
        open_lines=open_lines(store, kpi, stored),
    )


def rows_of(store: Store, kpi: Kpi, everyone: tuple[Kpi, ...], stored: Mapping[str, Source]) -> int | None:
    """Count the rows of the sources, by folded name, that a KPI is computed from, and the values typed for it.

    The fewest of any of them; None: a source is not here yet.
    """
    wanted = {sources.fold(name) for name in sources_of(kpi, everyone)}
    # A source that is only named so far has no header: its data is not here yet
    here = {name: row_count(store, each.id) for name, each in stored.items() if name in wanted and each.recipe.headers}
    typed = (each for each in made_of(kpi, everyone) if isinstance(each.values, Typed))
    counts = [sum(not value.segment for value in typed_values(store, each.id)) for each in typed]
    rows = min([*counts, *(here.get(name, -1) for name in wanted)], default=0)
    return None if rows < 0 else rows


def board_notes(found: Sequence[KpiHistory], business: Business, today: date) -> dict[int, str]:
    """Write the checklist's note of each active KPI, by number, from what the board has read anyway.

    What takes the rows of a source (its unit, how it adds up, whether it is there) or a forecast stands on the KPI's
    page.
    """
    everyone = [each.kpi for each in found if each.kpi.state is not State.RETIRED]
    notes = {}
    for each in found:
        if each.kpi.tier is Tier.KPI and each.kpi.state is State.ACTIVE:
            facts = Facts(
                today,
                each.targets.rows[-1] if each.targets.rows else None,
                readings=between([actual for _, actual in sorted(each.actuals.items())], business.calendar),
                beside=tuple(other for other in everyone if other.id != each.kpi.id),
                calendar=business.calendar,
                style=business.style,
            )
            asked = check_kpi(each.kpi, facts, forecast=False)
            notes[each.kpi.id] = note_of(one for one in asked if one.id not in OF_THE_ROWS)
    return notes


def readings_of(
    store: Store, kpi: Kpi, everyone: tuple[Kpi, ...], calendar: Calendar, today: date
) -> tuple[Actual, ...]:
    """Read a KPI's complete periods, oldest first, from its first value to its newest, with the missing ones."""
    if is_stored(kpi, next((each for each in everyone if kpi.id and each.id == kpi.id), None)):
        known = all_periods(store, kpi, calendar, today)
    else:
        periods = newest_periods(calendar, kpi.cadence, today, LOOKED_BACK[kpi.cadence])
        try:
            check_cycle(kpi.name, kpi.values, {each.name: each.values for each in everyone})
            known = worked_out(store, kpi, list(reversed(periods)))
        except RefusedDefinition:
            return ()
    return between(known, calendar)


def between(known: list[Actual], calendar: Calendar) -> tuple[Actual, ...]:
    """Keep what lies between the first and the newest value, and fill in the periods without any entry."""
    found = [each for each in known if each.coverage is CoverageState.FULL and each.value is not None]
    if not found:
        return ()
    first, last = found[0].period, found[-1].period
    entries = {each.period.start: each for each in known}
    return tuple(
        entries.get(period.start, Actual(period, None, CoverageState.NONE))
        for period in calendar.periods(first.cadence, first.start, last.end)
    )


def newest_periods(calendar: Calendar, cadence: Cadence, today: date, count: int) -> list[Period]:
    """List the last complete periods, newest first."""
    periods = [calendar.last_complete(cadence, today)]
    while len(periods) < count:
        periods.append(calendar.previous(periods[-1]))
    return periods


def _answers(
    store: Store, kpi: Kpi, everyone: tuple[Kpi, ...], typed: tuple[TypedValue, ...], periods: list[Period]
) -> Fraction | None:
    """Give the median number of answers behind a reading; None where it divides nothing, or nobody knows."""
    if isinstance(kpi.values, Typed):
        newest = typed[-ANSWERED:] if kpi.unit.kind in OF_ANSWERS else ()
        known = [each.denominator for each in newest if each.denominator is not None]
        return median(known) if known and len(known) == len(newest) else None
    below = _below(kpi, everyone)
    if below is None or not periods:
        return None
    made = worked_out(store, below, periods)
    values = [each.value for each in made if each.coverage is CoverageState.FULL and each.value is not None]
    return median(values) if values else None


def _below(kpi: Kpi, everyone: tuple[Kpi, ...]) -> Kpi | None:
    """Make the KPI that counts how many answers a reading rests on."""
    percent = kpi.unit.kind is UnitKind.PERCENT
    counter = replace(kpi, id=0, name=f"{kpi.name}: answers", unit=Unit(UnitKind.COUNT))
    match kpi.values:
        case Measure(aggregate=aggregate, value=value) if aggregate in OF_ROWS:
            said = (RowFilter(value.column, RowTest.IS_NOT_EMPTY),) if isinstance(value, OneColumn) else ()
            where = (*kpi.values.where, *said)
            rows = replace(kpi.values, aggregate=Aggregate.COUNT, value=None, segment=None, where=where)
            return replace(counter, values=rows)
        case Formula(kind=FormulaKind.RATIO | FormulaKind.SHARE, parts=(_, Measure() as below)):
            counts = below.aggregate in COUNTS or (below.aggregate is Aggregate.SUM and percent)
            return replace(counter, values=replace(below, segment=None)) if counts else None
        case Formula(kind=FormulaKind.RATIO | FormulaKind.SHARE, parts=(_, KpiRef(kpi=name))) if percent:
            other = next((each for each in everyone if key_of(each.name) == key_of(name)), None)
            return other if other is not None and other.unit.kind is UnitKind.COUNT else None
        case _:
            return None
