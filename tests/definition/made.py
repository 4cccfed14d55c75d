"""Documents made by Hypothesis: every kind of definition, and whole documents whose parts fit together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from kpi_core.business import Business
from kpi_core.definition import Document, SourceDefinition
from kpi_core.definition.check import may_add_up
from kpi_core.definition.targets import EARLIEST
from kpi_core.kpi import (
    Acceptance,
    Aggregate,
    AlertWhen,
    Baseline,
    Control,
    Difference,
    Direction,
    Elapsed,
    Formula,
    FormulaKind,
    Goal,
    GrowthOn,
    KeyResult,
    Kpi,
    KpiRef,
    LeadLag,
    Level,
    Measure,
    Note,
    Objective,
    OneColumn,
    Perspective,
    Product,
    Rebase,
    RowValue,
    State,
    Tier,
    Typed,
    TypedValue,
    ValuesFrom,
)
from kpi_core.period import Cadence, Calendar, Weekday
from kpi_core.source import ColumnType, ReadyKpi, Recipe, Recognition, RowFilter, RowTest
from kpi_core.target import (
    Bound,
    Comparison,
    SpreadBy,
    Step,
    Target,
    TargetException,
    TargetHistory,
    TargetKind,
    Tolerance,
    ToleranceKind,
)
from kpi_core.unit import Unit, UnitKind

SOURCES = ("Orders", "Visits")
LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\u0130\u200b"
)
NAMES = st.text(LETTERS, min_size=1, max_size=8)
TEXTS = st.just("") | NAMES
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
NUMBERS = (
    st.integers(-(10**9), 10**9).map(Fraction)
    | st.decimals(-(10**9), 10**9, places=4, allow_nan=False).map(Fraction)
    | st.fractions(-1000, 1000, max_denominator=97)
)
POSITIVE = NUMBERS.map(lambda number: abs(number) + 1)
COLUMNS = st.text(LETTERS | st.just(" "), min_size=1, max_size=8).filter(str.strip)
ADD_UP = {UnitKind.CURRENCY, UnitKind.COUNT, UnitKind.DURATION}
UNITS = st.sampled_from([Unit(UnitKind.CURRENCY, "SEK"), *(Unit(kind) for kind in UnitKind if kind != "currency")])

ROW_VALUES: st.SearchStrategy[RowValue] = (
    st.builds(OneColumn, COLUMNS)
    | st.builds(Product, COLUMNS, COLUMNS)
    | st.builds(Difference, COLUMNS, COLUMNS)
    | st.builds(Elapsed, COLUMNS, COLUMNS)
)
FILTERS = (
    st.builds(
        RowFilter,
        COLUMNS,
        st.sampled_from([RowTest.IS_ONE_OF, RowTest.IS_NOT]),
        st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    )
    | st.builds(
        RowFilter,
        COLUMNS,
        st.sampled_from([RowTest.ABOVE, RowTest.BELOW]),
        st.integers(-99, 99).map(lambda number: (str(number),)),
    )
    | st.builds(
        RowFilter,
        COLUMNS,
        st.sampled_from([RowTest.IS_EMPTY, RowTest.IS_NOT_EMPTY, RowTest.FIRST_SEEN, RowTest.SEEN_BEFORE]),
    )
)
WHERE = st.lists(FILTERS, max_size=2).map(tuple)


def measures(sources: st.SearchStrategy[str]) -> st.SearchStrategy[Measure]:
    """Make measures over these sources."""
    others = [each for each in Aggregate if each is not Aggregate.COUNT_DIFFERENT]
    date_column, segment = st.none() | COLUMNS, st.none() | COLUMNS
    return (
        st.builds(Measure, sources, st.sampled_from(others), ROW_VALUES, date_column, WHERE, segment)
        | st.builds(Measure, sources, st.just(Aggregate.COUNT), st.none(), date_column, WHERE, segment)
        | st.builds(
            Measure,
            sources,
            st.just(Aggregate.COUNT_DIFFERENT),
            st.builds(OneColumn, COLUMNS),
            date_column,
            WHERE,
            segment,
        )
    )


def formulas(leaves: st.SearchStrategy[Measure | KpiRef]) -> st.SearchStrategy[Formula]:
    """Make formulas over these leaves, nested ones too."""

    def over(parts: st.SearchStrategy[Measure | KpiRef | Formula]) -> st.SearchStrategy[Formula]:
        two = st.tuples(parts, parts)
        return (
            st.builds(
                Formula, st.just(FormulaKind.RATIO), two, st.sampled_from([Fraction(1), Fraction(100), Fraction(1, 3)])
            )
            | st.builds(Formula, st.sampled_from([FormulaKind.DIFFERENCE, FormulaKind.SHARE]), two)
            | st.builds(Formula, st.just(FormulaKind.SUM), st.lists(parts, min_size=2, max_size=3).map(tuple))
            | st.builds(
                Formula,
                st.just(FormulaKind.GROWTH),
                parts.map(lambda part: (part,)),
                st.just(Fraction(1)),
                st.sampled_from(GrowthOn),
            )
        )

    return over(leaves) | over(leaves | over(leaves))


def values(names: tuple[str, ...] = ("Other",)) -> st.SearchStrategy[ValuesFrom]:
    """Make all kinds of values; formulas may name these KPIs."""
    measured = measures(st.sampled_from(SOURCES))
    leaves = measured | st.builds(KpiRef, st.sampled_from(names)) if names else measured
    return st.builds(Typed, st.sampled_from(Aggregate)) | measured | formulas(leaves)


TOLERANCES = (
    st.just(Tolerance())
    | st.builds(Tolerance, st.just(ToleranceKind.PERCENT), POSITIVE)
    | st.builds(Tolerance, st.just(ToleranceKind.ABSOLUTE), POSITIVE)
)


@st.composite
def year_totals(draw: st.DrawFn, row: Target, *, shares: bool) -> Target:
    """Make a row a year's total; by two typed `shares`, which fit no cadence, only where that is asked for."""
    spread = draw(st.sampled_from([each for each in SpreadBy if shares or each is not SpreadBy.TYPED]))
    two = (Fraction(40), Fraction(60)) if spread is SpreadBy.TYPED else ()
    return replace(row, value=Fraction(draw(st.integers(1, 10**7))), year=draw(DAYS), spread=spread, percentages=two)


@st.composite
def targets(draw: st.DrawFn, direction: Direction, *, adds_up: bool = True, shares: bool = True) -> Target:
    """Make a target row that holds against the direction; year totals for what `adds_up`, by any two `shares` too."""
    starts = draw(st.just(EARLIEST) | DAYS)
    typed_on, backdated, reason = draw(st.none() | DAYS), draw(st.booleans()), draw(TEXTS)
    tolerance = Tolerance(ToleranceKind.ABSOLUTE, draw(POSITIVE))
    if direction is Direction.RANGE:
        low = draw(NUMBERS)
        ends = (
            Bound(low, draw(st.sampled_from([Comparison.AT_LEAST, Comparison.ABOVE]))),
            Bound(low + draw(POSITIVE), draw(st.sampled_from([Comparison.AT_MOST, Comparison.BELOW]))),
        )
        return Target(
            TargetKind.RANGE,
            starts,
            low=ends[0],
            high=ends[1],
            tolerance=tolerance,
            typed_on=typed_on,
            backdated=backdated,
            reason=reason,
        )
    floors = direction is Direction.UP
    comparison = draw(
        st.sampled_from([Comparison.AT_LEAST, Comparison.ABOVE] if floors else [Comparison.AT_MOST, Comparison.BELOW])
    )
    barred = {TargetKind.RANGE} if adds_up else {TargetKind.RANGE, TargetKind.YEAR_TOTAL}
    kind = draw(st.sampled_from([each for each in TargetKind if each not in barred]))
    value = draw(POSITIVE)
    target = Target(
        kind,
        starts,
        comparison=comparison,
        tolerance=tolerance,
        typed_on=typed_on,
        backdated=backdated,
        reason=reason,
    )
    match kind:
        case TargetKind.CONSTANT if draw(st.booleans()):
            return replace(target, delta=draw(NUMBERS))
        case TargetKind.CONSTANT | TargetKind.RANGE:
            return replace(target, value=value, tolerance=draw(TOLERANCES))
        case TargetKind.STEPS:
            days = sorted(draw(st.sets(DAYS, min_size=1, max_size=3)))
            return replace(target, steps=tuple(Step(day, draw(POSITIVE)) for day in days))
        case TargetKind.YEAR_TOTAL:
            return draw(year_totals(target, shares=shares))
        case TargetKind.RELATIVE:
            return replace(target, change_percent=draw(NUMBERS))
        case TargetKind.PATH:
            first, last = sorted(draw(st.lists(DAYS, min_size=2, max_size=2, unique=True)))
            better = value + 1 if floors else value - 1
            return replace(target, value=better, baseline=value, path_start=first, deadline=last)


@st.composite
def histories(draw: st.DrawFn, kpi: Kpi, calendar: Calendar) -> TargetHistory:
    """Make a target history that holds against the direction; exceptions stand on starts of periods."""
    rows = tuple(
        draw(
            st.lists(
                targets(kpi.direction, adds_up=kpi.unit.kind in ADD_UP and may_add_up(kpi.values), shares=False),
                max_size=3,
            )
        )
    )
    if kpi.direction is Direction.RANGE or not rows:
        return TargetHistory(rows)
    days = draw(st.sets(DAYS.map(lambda day: calendar.period(kpi.cadence, day).start), max_size=2))
    return TargetHistory(rows, tuple(TargetException(day, draw(POSITIVE), draw(NAMES)) for day in sorted(days)))


RECIPES = st.builds(
    Recipe,
    name=NAMES,
    headers=st.lists(COLUMNS, max_size=2).map(tuple),
    optional=st.lists(COLUMNS, max_size=2).map(tuple),
    date=st.none() | COLUMNS,
    values=st.lists(COLUMNS, max_size=2).map(tuple),
    recognition=st.sampled_from([Recognition.CONTENT, Recognition.WHOLE_TRUTH, Recognition.KEY]),
    key=st.lists(COLUMNS, min_size=1, max_size=2).map(tuple),
    first_row_of=st.none() | COLUMNS,
    currency_column=st.none() | COLUMNS,
    currency_columns=st.dictionaries(COLUMNS, COLUMNS, max_size=1),
    currency=st.none() | st.just("SEK"),
    segments=st.lists(COLUMNS, max_size=2).map(tuple),
    personal=st.lists(COLUMNS, max_size=2).map(tuple),
    hashed=st.lists(COLUMNS, max_size=1).map(tuple),
    ignored=st.lists(COLUMNS, max_size=1).map(tuple),
    zone=st.none() | st.just("UTC"),
    answers=st.dictionaries(NAMES, NAMES, max_size=2),
    types=st.dictionaries(COLUMNS, st.sampled_from(ColumnType), max_size=2),
    ready=st.lists(st.builds(ReadyKpi, NAMES, st.none() | NAMES, st.just({"kind": "typed"}), TEXTS), max_size=1).map(
        tuple
    ),
    includes=TEXTS,
    shipped=st.booleans(),
)

BUSINESSES = st.builds(
    Business,
    name=TEXTS,
    currency=st.none() | st.sampled_from(["SEK", "USD"]),
    locale=st.sampled_from(["sv_SE", "en_US"]),
    fiscal_month=st.integers(1, 12),
    fiscal_day=st.integers(1, 28),
    week_start=st.sampled_from(Weekday),
    open_weekdays=st.frozensets(st.sampled_from(Weekday), min_size=1),
    person=TEXTS,
)


@st.composite
def kpis(draw: st.DrawFn, name: str, others: tuple[str, ...], goals: tuple[str, ...], calendar: Calendar) -> Kpi:
    """Make a KPI of this name that may be made of these other ones."""
    state = draw(st.sampled_from(State))
    cadence = draw(st.sampled_from(Cadence))
    days = draw(st.sets(DAYS, max_size=2))
    return Kpi(
        name=name,
        unit=draw(UNITS),
        direction=draw(st.sampled_from(Direction)),
        cadence=cadence,
        values=draw(values(others)),
        definition=draw(TEXTS),
        goal=draw(st.sampled_from(("", *goals))),
        catalogue_key=draw(st.none() | NAMES),
        tier=draw(st.sampled_from(Tier)),
        perspective=draw(st.none() | st.sampled_from(Perspective)),
        function=draw(TEXTS),
        level=draw(st.sampled_from(Level)),
        scope=draw(TEXTS),
        owner=draw(TEXTS),
        lead_lag=draw(st.none() | st.sampled_from(LeadLag)),
        decimals=draw(st.none() | st.integers(0, 6)),
        counter_measure=draw(st.sampled_from(("", *others))),
        change=draw(TEXTS),
        when_red=draw(TEXTS),
        control=draw(st.none() | st.sampled_from(Control)),
        pay_tied=draw(st.none() | st.booleans()),
        review_date=draw(st.none() | DAYS),
        review_every=draw(st.none() | st.sampled_from(Cadence)),
        state=state,
        retired_reason=draw(NAMES) if state is State.RETIRED else "",
        accepted=draw(st.none() | st.builds(Acceptance, DAYS, NAMES)),
        not_applicable=frozenset(calendar.period(cadence, day).start for day in days),
        carry_forward=draw(st.booleans()),
        includes=draw(TEXTS),
        baseline=draw(st.none() | st.builds(ordered_baseline, DAYS, st.none() | DAYS)),
        rebases=tuple(sorted(draw(st.lists(st.builds(Rebase, DAYS, NAMES), max_size=2)), key=lambda each: each.day)),
        alert=draw(st.sampled_from(AlertWhen)),
    )


def ordered_baseline(until: date, start: date | None) -> Baseline:
    """Make a baseline whose days are in order."""
    return Baseline(until, start) if start is None else Baseline(max(start, until), min(start, until))


@st.composite
def typed_values_of(draw: st.DrawFn, kpi: Kpi, calendar: Calendar) -> tuple[TypedValue, ...]:
    """Make typed values of a KPI, each on the start of a period of its own."""
    days = draw(st.sets(DAYS.map(lambda day: calendar.period(kpi.cadence, day).start), max_size=2))
    made = []
    for day in sorted(days):
        numerator, denominator = draw(PARTS)
        made.append(TypedValue(kpi.name, day, draw(NUMBERS), draw(TEXTS), numerator, denominator, draw(TEXTS)))
    return tuple(made)


PARTS = st.just((None, None)) | st.tuples(NUMBERS, NUMBERS)


@st.composite
def objectives(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[Objective, ...]:
    """Make objectives whose key results point at these KPIs, each due within."""
    made = []
    for name in draw(st.lists(NAMES, max_size=2, unique_by=str.casefold)):
        start, until = sorted((draw(DAYS), draw(DAYS)))
        due = st.none() | st.dates(start, until)
        results = [
            KeyResult(kpi, draw(NUMBERS), draw(NUMBERS), draw(due), draw(st.booleans()))
            for kpi in names
            if draw(st.booleans())
        ]
        made.append(Objective(name, start, until, tuple(results), draw(TEXTS)))
    return tuple(made)


@st.composite
def notes(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[Note, ...]:
    """Make notes of these KPIs and of all, by day, no two the same."""
    belongs = st.sampled_from(["", *names])
    made = draw(st.lists(st.builds(Note, DAYS, NAMES, belongs), max_size=3, unique=True))
    return tuple(sorted(made, key=lambda note: note.day))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Make a whole document that fits together: KPIs are made of earlier ones only."""
    business = draw(BUSINESSES)
    calendar = business.calendar
    folded = str.casefold
    goals = tuple(draw(st.lists(NAMES, max_size=2, unique_by=folded)))
    names = tuple(draw(st.lists(NAMES, max_size=3, unique_by=folded)))
    made = tuple(draw(kpis(name, names[:at], goals, calendar)) for at, name in enumerate(names))
    found = {kpi.name: draw(histories(kpi, calendar)) for kpi in made}
    typed = [value for kpi in made for value in draw(typed_values_of(kpi, calendar))]
    return Document(
        goals=tuple(Goal(name, draw(st.none() | NAMES)) for name in goals),
        sources=tuple(SourceDefinition(name, draw(RECIPES)) for name in SOURCES),
        kpis=made,
        targets={name: history for name, history in found.items() if history != TargetHistory()},
        typed_values=tuple(typed),
        business=business,
        objectives=draw(objectives(names)),
        notes=draw(notes(names)),
    )
