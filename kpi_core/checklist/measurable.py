"""Measurable: in which unit, worked out how, from where, and whether the readings can be trusted."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.catalogue import TYPED_AGGREGATE, AddsUp
from kpi_core.checklist.finding import Facts, Finding, Remedy, RemedyField, Verdict
from kpi_core.checklist.readings import copied, counted, gaps, jump, written
from kpi_core.checklist.words import name_read
from kpi_core.definition.words import describe, longer_period_words
from kpi_core.kpi import Aggregate, Elapsed, Formula, FormulaKind, Kpi, Measure, Typed
from kpi_core.period import period_name
from kpi_core.source import LINES_DO_NOT_ADD_UP
from kpi_core.unit import UnitKind, many, stands_for

if TYPE_CHECKING:
    from kpi_core.actual import Actual
    from kpi_core.catalogue import CatalogueKpi

TWO_PARTS: Final = 2
SHOWN_LINES: Final = 4
FEW_GAPS, MANY_GAPS = Fraction(1, 10), Fraction(3, 10)
ENOUGH_ANSWERS: Final = 30
MARKED: Final = frozenset({UnitKind.CURRENCY, UnitKind.PERCENT, UnitKind.DURATION})
"""Kinds that a plain number does not show: of the others any number will do."""
COUNTS: Final = frozenset({Aggregate.COUNT, Aggregate.COUNT_DIFFERENT})
ALIKE: Final = (frozenset({"count", "ratio"}), frozenset({"percent", "score"}))
"""Kinds of unit between which owners do not tell apart: 2.2 table turns, a satisfaction of 85."""


def unit(kpi: Kpi, facts: Facts) -> Finding:
    """Ask M1: in which unit, and do the name and the file agree."""
    own = kpi.unit.currency or kpi.unit.kind.value
    clash = _clash(kpi, facts)
    if clash is not None:
        return clash
    said = (name_read(kpi.name, facts.today).unit or "").partition(":")[0] if _has_digit(kpi.name) else ""
    kind = kpi.unit.kind.value
    if said in set(UnitKind) and said != kind and not any({said, kind} <= each for each in ALIKE):
        sentence = f"The name speaks of {said}, the KPI is counted as {kind}."
        remedy = None if said == UnitKind.CURRENCY else Remedy(f"Count it as {said}", RemedyField.UNIT, UnitKind(said))
        return Finding("M1", Verdict.FAIL, sentence, remedy, quote=kpi.name)
    if facts.source_currencies:
        return Finding("M1", Verdict.PASS, f"Unit: {own}, as in the file.")
    if _by_itself(kpi) or kpi.unit.kind not in MARKED:
        return Finding("M1", Verdict.PASS, f"Unit: {own}.")
    return Finding("M1", Verdict.WARN, f"Unit: {own}, as you chose; the file does not say.")


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _clash(kpi: Kpi, facts: Facts) -> Finding | None:
    """Find a unit that the rows cannot have: another currency, several, money that counts rows, time that is none."""
    found, own = next(iter(facts.source_currencies), None), kpi.unit.currency
    if len(facts.source_currencies) > 1:
        sentence = (
            f"The file holds {' and '.join(facts.source_currencies)}: money is never added across currencies. "
            "Count the rows of one, or make a KPI of each."
        )
        return Finding("M1", Verdict.FAIL, sentence)
    if found and own and not stands_for(found, own):
        sentence = f"The file is in {found}, the KPI in {own}. Choose one: money is never added across currencies."
        remedy = Remedy(f"Use {found}", RemedyField.CURRENCY, found) if found.isalpha() and found.isupper() else None
        return Finding("M1", Verdict.FAIL, sentence, remedy)
    kind = kpi.unit.kind
    if isinstance(kpi.values, Measure) and kpi.values.aggregate in COUNTS and kind is not UnitKind.COUNT:
        remedy = Remedy("Count it as a count", RemedyField.UNIT, UnitKind.COUNT)
        return Finding("M1", Verdict.FAIL, f"It counts rows, and a count is no {own}.", remedy)
    times = isinstance(kpi.values, Measure) and isinstance(kpi.values.value, Elapsed)
    if times and kind is not UnitKind.DURATION:
        remedy = Remedy("Count it as a time", RemedyField.UNIT, UnitKind.DURATION)
        return Finding("M1", Verdict.FAIL, f"It measures from one moment to another, and a time is no {own}.", remedy)
    return None


def _by_itself(kpi: Kpi) -> bool:
    """Tell whether the unit follows from how it is worked out: rows counted, times measured, a share of two."""
    match kpi.values:
        case Measure(aggregate=aggregate, value=value):
            return aggregate in COUNTS or isinstance(value, Elapsed) or aggregate is Aggregate.NET_PROMOTER_SCORE
        case Formula(kind=kind):
            return kpi.unit.kind is UnitKind.PERCENT and kind in {
                FormulaKind.RATIO,
                FormulaKind.SHARE,
                FormulaKind.GROWTH,
            }
        case Typed():
            return True


def adds_up(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask M2: how it is worked out and how periods add up."""
    values = kpi.values
    if facts.open_lines:
        end = " ..." if len(facts.open_lines) > SHOWN_LINES else "."
        shown = ", ".join(facts.open_lines[:SHOWN_LINES])
        return Finding("M2", Verdict.FAIL, f"{LINES_DO_NOT_ADD_UP} Choose the line that counts: {shown}{end}")
    if isinstance(values, Formula):
        if values.kind in {FormulaKind.RATIO, FormulaKind.SHARE} and len(values.parts) < TWO_PARTS:
            return Finding("M2", Verdict.FAIL, "What is it divided by? A share needs both its numbers.")
        return Finding("M2", Verdict.PASS, "A longer period is worked out from its parts again, never averaged.")
    if isinstance(values, Measure):
        return Finding("M2", Verdict.PASS, f"Always worked out from the rows: {describe(values)}.")
    divided = kpi.unit.kind is UnitKind.PERCENT or (entry is not None and entry.adds_up is AddsUp.RATIO)
    if (divided or values.aggregate is Aggregate.AVERAGE) and not facts.typed_parts:
        sentence = f"Typed without its two parts, a longer time is only the average of its {kpi.cadence.value}s."
        return Finding("M2", Verdict.WARN, sentence)
    usual = TYPED_AGGREGATE[entry.adds_up] if entry else values.aggregate
    if usual is not values.aggregate and not divided:
        sentence = f"Now {longer_period_words(values.aggregate)}; for {_small(entry)} {longer_period_words(usual)}."
        return Finding("M2", Verdict.WARN, sentence, Remedy("Do as is usual", RemedyField.TYPED, usual))
    return Finding("M2", Verdict.PASS, f"Typed; {longer_period_words(values.aggregate)}.")


def _small(entry: CatalogueKpi | None) -> str:
    name = entry.name if entry else "it"
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def source(kpi: Kpi, facts: Facts) -> Finding:
    """Ask M3: where the number comes from."""
    typed = isinstance(kpi.values, Typed)
    if facts.source_rows is None:
        return Finding("M3", Verdict.FAIL, "Its data is not here yet.")
    if facts.source_rows == 0:
        what = "No value yet: type the first one." if typed else "The source has no rows yet: add a file."
        return Finding("M3", Verdict.WARN, what)
    number = f"{facts.source_rows:,}"
    sentence = f"Typed by hand, {many(facts.source_rows, 'value')}." if typed else f"Read from {number} rows."
    return Finding("M3", Verdict.PASS, sentence)


def trusted(kpi: Kpi, facts: Facts) -> Finding:
    """Ask M4: gaps, jumps, copies, and how many answers a reading rests on."""
    found, missing = counted(facts), gaps(facts)
    if not found:
        return Finding("M4", Verdict.WARN, "No reading yet to look at.", echo=True)
    every = many(len(found), "reading")
    if missing:
        share = Fraction(len(missing), len(facts.readings))
        of = many(len(facts.readings), kpi.cadence.value)
        sentence = f"{len(missing)} of {of} missing, such as {_name(missing[-1], facts)}."
        if share > MANY_GAPS:
            return Finding("M4", Verdict.FAIL, sentence)
        if share > FEW_GAPS:
            return Finding("M4", Verdict.WARN, sentence)
    doubt = _doubt(kpi, facts)
    if doubt:
        return Finding("M4", Verdict.WARN, doubt)
    rests = f", {_floor(facts.answers)} answers behind the usual one" if facts.answers is not None else ""
    none = f"{len(missing)} missing" if missing else "none missing"
    return Finding("M4", Verdict.PASS, f"{every}, {none}{rests}.")


def _doubt(kpi: Kpi, facts: Facts) -> str:
    """Say what makes readings doubtful that are all there."""
    if facts.answers is not None and facts.answers < ENOUGH_ANSWERS:
        return f"The usual reading rests on {_floor(facts.answers)} answers; under {ENOUGH_ANSWERS} it jumps by chance."
    leap = jump(facts)
    if leap is not None:
        (before, after) = (written(kpi, facts, each.value or Fraction(0)) for each in leap)
        return f"From {before} to {after} in {_name(leap[1], facts)}: was one of them in another unit?"
    same = copied(facts)
    if same:
        value = written(kpi, facts, same[-1].value or Fraction(0))
        return f"{value} stands {len(same)} times running, up to {_name(same[-1], facts)}: was it copied?"
    return ""


def _floor(count: Fraction | None) -> str:
    return f"{int(count or 0):,}"


def _name(reading: Actual, facts: Facts) -> str:
    return period_name(reading.period, facts.calendar, facts.today)
