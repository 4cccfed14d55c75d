"""A template to fill in: KPIs and periods laid out, pre-filled with what is stored. Writing it: `template_file`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.business import Business
from kpi_core.definition import key_of
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.ingest.filled import unit_text
from kpi_core.ingest.filled.tables import COMES_FROM, Part
from kpi_core.kpi import Kpi, State, Typed, TypedValue
from kpi_core.period import Cadence, Period
from kpi_core.store.business import read_business
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.typed import typed_values
from kpi_core.unit import Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SPAN = {Cadence.DAY: 14, Cadence.WEEK: 13, Cadence.MONTH: 12, Cadence.QUARTER: 8, Cadence.YEAR: 5}
"""How many complete periods a template has where nothing is asked for."""
WIDEST = 100
"""More periods than this are written one a row: nobody scrolls through more columns."""
TITLES = {
    Cadence.DAY: "Days",
    Cadence.WEEK: "Weeks",
    Cadence.MONTH: "Months",
    Cadence.QUARTER: "Quarters",
    Cadence.YEAR: "Years",
}
TYPED = "typed"
COMPUTED = "computed: a number here stands in its place"

HOW_TO = (
    "How to fill this in",
    "1. Write numbers into the empty cells, or over those that are there. Leave empty what you do not know.",
    "2. Save the file and bring it back: Add data, Fill in or paste numbers. You see every change before it counts.",
    "An empty cell changes nothing. A number is taken away on its KPI's own page, not here.",
    "Numbers are in the unit beside the KPI. A percentage is 3.2, not 0.032. A length of time is h:mm:ss.",
    "You may add lines and columns: name the KPI as it is named here and the period as the others are.",
    "A ratio may have its numerator and denominator, so that a year comes out right: 2 of 4 and 2 of 100 make 3.8 %.",
    "Tinted cells hold what is stored. Beside a computed KPI a number stands in place of the computed one.",
)
"""The how-to sheet of a workbook."""


@dataclass(frozen=True)
class Ask:
    """What a template is wanted for. `kpis`: by number, None: all whose values are typed.

    `first`, `last`: the days of the first and the last period; None: the newest complete periods. `long`: one row a
    value instead of one column a period.
    """

    kpis: tuple[int, ...] | None = None
    first: date | None = None
    last: date | None = None
    long: bool = False


@dataclass(frozen=True)
class Amount:
    """A number with its unit; None: an empty cell for one."""

    value: Fraction | None
    unit: Unit


Field = str | Amount | Period


@dataclass(frozen=True)
class Sheet:
    """One table of a template. `fixed`: how many columns stand before the numbers."""

    title: str
    header: tuple[str | Period, ...]
    rows: tuple[tuple[Field, ...], ...]
    fixed: int


@dataclass(frozen=True)
class Template:
    """A template: a table a cadence, made on a day."""

    business: Business
    sheets: tuple[Sheet, ...]
    made_on: date


@dataclass(frozen=True)
class Choice:
    """A KPI that a template can hold."""

    id: int
    name: str
    typed: bool


def choices(data_file: Path) -> tuple[Choice, ...]:
    """List the KPIs that can be filled in, those whose values are typed first."""
    with open_store(data_file) as store:
        found = [Choice(each.id, each.name, isinstance(each.values, Typed)) for each in _fillable(kpis(store))]
    return tuple(sorted(found, key=lambda each: not each.typed))


def chosen(name: str, among: Sequence[Choice]) -> int:
    """Find the number of a KPI by its name; letter case does not matter.

    Raises:
        NotFound: there is no such KPI.
    """
    found = next((each.id for each in among if key_of(each.name) == key_of(name)), None)
    if found is None:
        sentence = f"There is no KPI '{name}'."
        raise NotFound(sentence, f"There are: {', '.join(each.name for each in among)}." if among else "")
    return found


def make(data_file: Path, ask: Ask, today: date, *, one_table: bool = False) -> Template:
    """Lay a template out.

    Args:
        data_file: the data file.
        ask: what is wanted.
        today: the newest complete periods are those that are over on this day.
        one_table: a text file holds one table, so KPIs of several cadences make it a long one.

    Raises:
        RefusedDefinition: no KPI to fill in, or days in the wrong order.
    """
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        wanted = [kpi for kpi in _fillable(kpis(store)) if _is_wanted(kpi, ask)]
        stored = typed_values(store)
    if not wanted:
        sentence = "There is no KPI to fill in."
        raise RefusedDefinition(sentence, "Define one whose values are typed, or choose a computed one.")
    if ask.first and ask.last and ask.last < ask.first:
        sentence = "The last period is before the first."
        raise RefusedDefinition(sentence, "Exchange the two days.")
    held = _by_kpi(stored)
    cadences = [cadence for cadence in Cadence if any(kpi.cadence is cadence for kpi in wanted)]
    lists = [(cadence, [kpi for kpi in wanted if kpi.cadence is cadence]) for cadence in cadences]
    spans = {cadence: _periods(business, cadence, ask, today) for cadence in cadences}
    if one_table and (len(cadences) > 1 or ask.long):
        lines = [(kpi, spans[kpi.cadence]) for kpi in wanted]
        return Template(business, (_long("Values", lines, held),), today)
    sheets = []
    for cadence, some in lists:
        if ask.long or len(spans[cadence]) > WIDEST:
            sheets.append(_long(TITLES[cadence], [(kpi, spans[cadence]) for kpi in some], held))
        else:
            sheets.append(_wide(TITLES[cadence], some, spans[cadence], held))
    return Template(business, tuple(sheets), today)


def _fillable(found: Sequence[Kpi]) -> Iterator[Kpi]:
    return (kpi for kpi in found if kpi.state is not State.RETIRED)


def _is_wanted(kpi: Kpi, ask: Ask) -> bool:
    return isinstance(kpi.values, Typed) if ask.kpis is None else kpi.id in ask.kpis


def _periods(business: Business, cadence: Cadence, ask: Ask, today: date) -> list[Period]:
    calendar = business.calendar
    newest = calendar.last_complete(cadence, today) if ask.last is None else calendar.period(cadence, ask.last)
    if ask.first is not None:
        return calendar.periods(cadence, ask.first, newest.end)
    periods = [newest]
    while len(periods) < SPAN[cadence]:
        periods.append(calendar.previous(periods[-1]))
    return periods[::-1]


Held = dict[str, dict[str, dict[date, TypedValue]]]


def _by_kpi(stored: Sequence[TypedValue]) -> Held:
    """Sort typed values by folded KPI name, segment ("" first) and period."""
    found: Held = {}
    for typed in stored:
        found.setdefault(key_of(typed.kpi), {}).setdefault(typed.segment, {})[typed.period_start] = typed
    return found


def _segments(kpi: Kpi, held: Held) -> list[str]:
    return ["", *sorted(segment for segment in held.get(key_of(kpi.name), {}) if segment)]


def _stored(kpi: Kpi, segment: str, held: Held) -> Mapping[date, TypedValue]:
    return held.get(key_of(kpi.name), {}).get(segment, {})


def _amount(kpi: Kpi, part: Part, typed: TypedValue | None) -> Amount:
    """Give a part of a stored value, or an empty cell, with its unit."""
    value = None if typed is None else _part(typed, part)
    counts = part is Part.DENOMINATOR or kpi.unit.kind not in {UnitKind.CURRENCY, UnitKind.DURATION}
    unit = kpi.unit if part is Part.VALUE or not counts else Unit(UnitKind.COUNT)
    return Amount(value, unit)


def _part(typed: TypedValue, part: Part) -> Fraction | None:
    match part:
        case Part.VALUE:
            return typed.value
        case Part.NUMERATOR:
            return typed.numerator
        case Part.DENOMINATOR:
            return typed.denominator


def _comes_from(kpi: Kpi) -> str:
    return TYPED if isinstance(kpi.values, Typed) else COMPUTED


def _wide(title: str, some: Sequence[Kpi], periods: Sequence[Period], held: Held) -> Sheet:
    """Lay out one line a KPI (and segment, and part where numerators are stored), one column a period."""
    lines: list[tuple[Kpi, str, Part]] = []
    for kpi in some:
        for segment in _segments(kpi, held):
            parted = any(typed.numerator is not None for typed in _stored(kpi, segment, held).values())
            lines.extend((kpi, segment, part) for part in (Part if parted else (Part.VALUE,)))
    optional = {
        "Segment": any(segment for _, segment, _ in lines),
        "Part": any(part is not Part.VALUE for _, _, part in lines),
        COMES_FROM: any(_comes_from(kpi) is COMPUTED for kpi in some),
    }
    rows: list[tuple[Field, ...]] = []
    for kpi, segment, part in lines:
        told = {"KPI": kpi.name, "Segment": segment, "Part": part.value, COMES_FROM: _comes_from(kpi)}
        told["Unit"] = unit_text(kpi.unit) if part is Part.VALUE else ""
        stored = _stored(kpi, segment, held)
        numbers = tuple(_amount(kpi, part, stored.get(period.start)) for period in periods)
        rows.append((*(told[name] for name in _fixed(optional)), *numbers))
    fixed = _fixed(optional)
    return Sheet(title, (*fixed, *periods), tuple(rows), len(fixed))


def _fixed(optional: Mapping[str, bool]) -> list[str]:
    return [name for name in ("KPI", "Segment", "Part", "Unit", COMES_FROM) if optional.get(name, True)]


def _long(title: str, lines: Sequence[tuple[Kpi, Sequence[Period]]], held: Held) -> Sheet:
    """Lay out one row a value: KPI, period, unit, value, numerator, denominator."""
    optional = {
        "Segment": any(len(_segments(kpi, held)) > 1 for kpi, _ in lines),
        "Part": False,
        COMES_FROM: any(_comes_from(kpi) is COMPUTED for kpi, _ in lines),
    }
    named = _fixed(optional)
    fixed = [*named[:-1], "Period", named[-1]] if named[-1] == "Unit" else [*named[:-2], "Period", *named[-2:]]
    rows: list[tuple[Field, ...]] = []
    for kpi, periods in lines:
        for segment in _segments(kpi, held):
            stored = _stored(kpi, segment, held)
            told = {"KPI": kpi.name, "Segment": segment, "Unit": unit_text(kpi.unit), COMES_FROM: _comes_from(kpi)}
            for period in periods:
                numbers = tuple(_amount(kpi, part, stored.get(period.start)) for part in Part)
                rows.append((*(period if name == "Period" else told[name] for name in fixed), *numbers))
    header = (*fixed, *(part.value.capitalize() for part in Part))
    return Sheet(title, header, tuple(rows), len(fixed))
