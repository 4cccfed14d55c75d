"""A number taken apart by a column: the rows of some periods to amounts or ratios of each segment.

Only what adds up can be taken apart: sums, counts, sums and differences of those, and ratios of them; an average and a
net promoter score are ratios of their rows. A typed value has no parts, so none may stand in these periods.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState, RatioParts, coverage_of, noun
from kpi_core.actual.explained import Amounts, Ratios
from kpi_core.definition import key_of
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import (
    Aggregate,
    Difference,
    Elapsed,
    Formula,
    FormulaKind,
    KpiRef,
    Measure,
    OneColumn,
    Product,
    Typed,
)
from kpi_core.period import day_name, period_name
from kpi_core.source import HEADING, ColumnRole, RowFilter, RowTest
from kpi_core.store.measures import TOTAL, Values, values_between
from kpi_core.store.rows import row_table, same_header
from kpi_core.store.sources import find_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpi_core.kpi import Kpi, RowValue, ValuesFrom
    from kpi_core.period import Period
    from kpi_core.store.data_file import Store
    from kpi_core.store.evaluation import Evaluation

ADDING = frozenset({Aggregate.SUM, Aggregate.COUNT, Aggregate.COUNT_DIFFERENT})
RATES = frozenset({Aggregate.AVERAGE, Aggregate.NET_PROMOTER_SCORE})
NAMES = {Aggregate.MIN: "smallest value", Aggregate.MAX: "largest value", Aggregate.LAST: "newest value"}
NEEDS_ALL_ROWS = "Only sums, counts, averages and ratios of them can be taken apart."

Term = tuple[Measure, int]
"""A measure that adds up, and whether it is added (1) or taken away (-1)."""


@dataclass(frozen=True)
class AddsUp:
    """A number that is the sum of its terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Divides:
    """A ratio of two such numbers. `whole`: what it is divided by need not be split, as in a share of the total."""

    above: tuple[Term, ...]
    below: tuple[Term, ...]
    times: Fraction = Fraction(1)
    whole: bool = False


@dataclass(frozen=True)
class Rate:
    """A mean over rows, as the ratio of its sum and the number of its rows."""

    measure: Measure


Makeup = AddsUp | Divides | Rate


def makeup_of(evaluation: Evaluation, kpi: Kpi) -> Makeup:
    """Tell how a KPI is made of what adds up, by way of other KPIs too.

    Raises:
        RefusedDefinition: it is not: a median, a growth, typed values.
    """
    return _Finder(evaluation).of(kpi.name, kpi.values)


class _Finder:
    """Walks down a definition."""

    def __init__(self, evaluation: Evaluation) -> None:
        """Keep the KPIs that a formula may name; those on the way cannot be met again."""
        self.evaluation = evaluation
        self.way: tuple[str, ...] = ()

    def of(self, name: str, values: ValuesFrom) -> Makeup:
        """Tell how a definition is made up."""
        self.way = (key_of(name),)
        match values:
            case Measure(aggregate=how) if how in RATES:
                return Rate(values)
            case Formula(kind=FormulaKind.RATIO | FormulaKind.SHARE as kind, parts=(first, second), times=times):
                share = kind is FormulaKind.SHARE
                above, below = tuple(self.terms(first)), tuple(self.terms(second))
                return Divides(above, below, Fraction(100) if share else times, whole=share)
            case _:
                return AddsUp(tuple(self.terms(values)))

    def terms(self, values: ValuesFrom | KpiRef, sign: int = 1) -> Iterator[Term]:
        """List what is added up."""
        match values:
            case Typed():
                sentence = "Typed values have no parts."
                raise RefusedDefinition(sentence, "Only what is made from rows can be taken apart.")
            case Measure(aggregate=how):
                if how not in ADDING:
                    sentence = f"The parts of a {NAMES.get(how, how.value)} do not add up to it."
                    raise RefusedDefinition(sentence, NEEDS_ALL_ROWS)
                yield values, sign
            case KpiRef(kpi=name):
                yield from self.of_kpi(name, sign)
            case Formula(kind=FormulaKind.SUM | FormulaKind.DIFFERENCE as kind, parts=parts):
                for place, part in enumerate(parts):
                    yield from self.terms(part, -sign if place and kind is FormulaKind.DIFFERENCE else sign)
            case Formula(kind=FormulaKind.GROWTH):
                sentence = "A growth has no parts that add up."
                raise RefusedDefinition(sentence, "Take the number apart that grows.")
            case Formula():
                sentence = f"The parts of {noun(values)} inside a formula do not add up to it."
                raise RefusedDefinition(sentence, NEEDS_ALL_ROWS)

    def of_kpi(self, name: str, sign: int) -> Iterator[Term]:
        """List the terms of a KPI that a formula names."""
        other = self.evaluation.kpis.get(key_of(name))
        if other is None or key_of(name) in self.way:
            sentence = f"There is no KPI named {name}."
            raise RefusedDefinition(sentence)
        self.way = (*self.way, key_of(name))
        yield from self.terms(other.values, sign)
        self.way = self.way[:-1]


def measures_of(makeup: Makeup) -> tuple[Measure, ...]:
    """List the measures of a makeup."""
    match makeup:
        case AddsUp(terms):
            return tuple(measure for measure, _ in terms)
        case Divides(above, below):
            return tuple(measure for measure, _ in (*above, *below))
        case Rate(measure):
            return (measure,)


def splits_of(store: Store, makeup: Makeup) -> tuple[str, ...]:
    """List the columns that can take a number apart: its own first, then the other segments of its sources.

    A ratio needs the column on both sides; what only adds up needs it once. The column that says the currency does not
    count, for money of several currencies is never one number, nor does a statement's heading, which is its period.
    """
    match makeup:
        case AddsUp(terms):
            sides = [[measure] for measure, _ in terms]
            return _distinct(column for side in sides for column in _common(store, side))
        case Divides(above, below, whole=whole):
            return _distinct(_common(store, [measure for measure, _ in (above if whole else (*above, *below))]))
        case Rate(measure):
            return _distinct(_common(store, [measure]))


def _distinct(columns: Iterator[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for column in columns:
        found.setdefault(" ".join(column.split()).casefold(), column)
    return tuple(found.values())


def _common(store: Store, measures: Sequence[Measure]) -> Iterator[str]:
    """List the columns by which all these measures can be split."""
    for column in _columns(store, measures[0]):
        if all(column_for(store, each, column, measures[0].segment) is not None for each in measures):
            yield column


def _columns(store: Store, measure: Measure) -> Iterator[str]:
    source = find_source(store, measure.source)
    money = source.recipe.currency_column
    if measure.segment is not None:
        yield measure.segment
    for column in row_table(store, source.id).columns:
        name = column.meaning.name
        told = name == HEADING or (money and same_header(name, money))
        if column.meaning.role is ColumnRole.SEGMENT and not told:
            yield name


def column_for(store: Store, measure: Measure, column: str, own: str | None) -> str | None:
    """Name the column of a measure's source that answers to a split: of that name, or its own where `own` is meant."""
    found = row_table(store, find_source(store, measure.source).id).column(column)
    if found is not None:
        return found.meaning.name
    return measure.segment if own is not None and same_header(own, column) else None


class Taker:
    """Takes the values of one KPI in two stretches of periods apart by a column."""

    def __init__(self, evaluation: Evaluation, kpi: Kpi, makeup: Makeup, column: str) -> None:
        """Keep what both sides share."""
        self.evaluation = evaluation
        self.store = evaluation.store
        self.kpi = kpi
        self.makeup = makeup
        self.column = column
        self.own = measures_of(makeup)[0].segment
        self.written: dict[str, str] = {}
        """Labels as first written, by folded label: one segment for all measures and both sides."""

    def refuse_unknown(self, periods: Sequence[Period]) -> None:
        """Refuse periods that are not covered whole by every source, or in which a value was typed.

        Raises:
            RefusedDefinition: naming the period.
        """
        calendar = self.evaluation.calendar
        names = {key_of(self.kpi.name)}
        for period in periods:
            name = period_name(period, calendar, None)
            names |= {each for each, _ in self.evaluation.reads(self.kpi, period) if isinstance(each, str)}
            for measure in measures_of(self.makeup):
                state, until = coverage_of(period, self.evaluation.covered(measure))
                if state is not CoverageState.FULL:
                    end = f": data until {day_name(until, period.start)}" if until else ""
                    sentence = f"{name[:1].upper()}{name[1:]} is not wholly covered by {measure.source}{end}."
                    raise RefusedDefinition(sentence, "Compare periods that are complete.")
            typed = (self.evaluation.typed.get(each, {}).values() for each in names)
            if any(period.start <= start < period.end for each in typed for segment in each for start in segment):
                sentence = f"A value is typed in {name}, and a typed value has no parts."
                raise RefusedDefinition(sentence, "Remove it, or compare other periods.")

    def amounts(self, terms: Sequence[Term], periods: Sequence[Period]) -> Amounts:
        """Add up by segment, for one period on average; a term without the column is a part of its own."""
        parts: dict[str, Fraction] = defaultdict(Fraction)
        total = Fraction(0)
        for measure, sign in terms:
            column = column_for(self.store, measure, self.column, self.own)
            found = self.values(replace(measure, segment=column), periods)
            whole = sum((found.found.get((n, TOTAL), Fraction(0)) for n in range(len(periods))), Fraction(0))
            total += sign * whole
            if column is None:
                parts[f"{noun(measure)}, not split"] += sign * whole
                continue
            for (_, key), value in found.found.items():
                if key != TOTAL:
                    parts[self.label(found, key)] += sign * value
        many = len(periods)
        return Amounts({label: value / many for label, value in parts.items()}, total / many)

    def shares(self, makeup: Divides, periods: Sequence[Period]) -> Amounts:
        """Divide each segment's amount by the whole of what is divided by, which adds up to the ratio."""
        above = self.amounts(makeup.above, periods)
        below = self.amounts(makeup.below, periods).total
        if not below:
            raise nothing_to_divide_by(makeup)
        unit = makeup.times / below
        return Amounts({label: value * unit for label, value in above.parts.items()}, above.total * unit)

    def ratios(self, makeup: Divides, periods: Sequence[Period]) -> Ratios:
        """Make numerator and denominator of each segment."""
        above, below = self.amounts(makeup.above, periods), self.amounts(makeup.below, periods)
        return Ratios(_joined(above.parts, below.parts), RatioParts(above.total, below.total))

    def rates(self, makeup: Rate, periods: Sequence[Period]) -> Ratios:
        """Make the sum and the number of the rows of each segment out of their mean."""
        column = column_for(self.store, makeup.measure, self.column, self.own)
        measure = replace(makeup.measure, segment=column)
        means, counts = self.values(measure, periods), self.values(rows_counted(measure), periods)
        above: dict[str, Fraction] = defaultdict(Fraction)
        below: dict[str, Fraction] = defaultdict(Fraction)
        for place, count in counts.found.items():
            label = self.label(counts, place[1]) if place[1] else TOTAL
            below[label] += count
            above[label] += count * means.found.get(place, Fraction(0))
        total = RatioParts(above.pop(TOTAL, Fraction(0)), below.pop(TOTAL, Fraction(0)))
        return Ratios(_joined(above, below), total)

    def label(self, values: Values, key: str) -> str:
        """Write a segment's label the same way wherever it comes from."""
        return self.written.setdefault(key, values.labels[key])

    def values(self, measure: Measure, periods: Sequence[Period]) -> Values:
        """Read the rows, period by period."""
        spans = [(period.start.isoformat(), period.end.isoformat()) for period in periods]
        return values_between(self.store, measure, spans, split=measure.segment is not None)


def _joined(above: Mapping[str, Fraction], below: Mapping[str, Fraction]) -> dict[str, RatioParts]:
    labels = dict.fromkeys((*above, *below))
    return {label: RatioParts(above.get(label, Fraction(0)), below.get(label, Fraction(0))) for label in labels}


def rows_counted(measure: Measure) -> Measure:
    """Count the rows that a mean is made of: those that have a value."""
    filled = tuple(RowFilter(column, RowTest.IS_NOT_EMPTY) for column in _needed(measure.value))
    return replace(measure, aggregate=Aggregate.COUNT, value=None, where=(*measure.where, *filled))


def _needed(value: RowValue | None) -> tuple[str, ...]:
    match value:
        case None:
            return ()
        case OneColumn(column):
            return (column,)
        case Difference(first, _):
            return (first,)
        case Product(first, second) | Elapsed(first, second):
            return (first, second)


def nothing_to_divide_by(makeup: Makeup) -> RefusedDefinition:
    """Say that a ratio has no value on one side."""
    name = noun(makeup.below[0][0]) if isinstance(makeup, Divides) else "rows"
    return RefusedDefinition(f"One side has no {name} to divide by.", "Compare other periods.")
