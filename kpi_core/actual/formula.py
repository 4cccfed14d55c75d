"""Formulas: each input by its own aggregate over the period, then the formula. Data, never evaluated text.

So a ratio over a quarter is sum of numerators / sum of denominators, never a mean of monthly ratios.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual.value import Actual, CoverageState
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Formula, FormulaKind, GrowthOn, KpiRef, Measure, OneColumn, Typed
from kpi_core.period import period_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kpi_core.kpi import ValuesFrom
    from kpi_core.period import Calendar, Period

    OfMeasure = Callable[[Measure, Period, str], Actual]
    OfKpi = Callable[[str, Period, str], Actual]
    Part = Measure | KpiRef | Formula

HUNDRED = Fraction(100)
WITH_TYPED = "with typed values"


def evaluate(
    values: ValuesFrom,
    period: Period,
    segment: str,
    *,
    of_measure: OfMeasure,
    of_kpi: OfKpi,
    calendar: Calendar,
) -> Actual:
    """Make a KPI's computed value in one period and one segment ("" is the total).

    `of_measure` gives a measure's value over exactly the period asked for, `of_kpi` another KPI's (typed over
    computed already). A formula has a value only where every input covers the period; partly covered inputs make
    it partly covered until the earliest of them. Typed values are joined by `typed_over`: they compute nothing.
    """
    match values:
        case Typed():
            return Actual(period, None, CoverageState.NONE, segment)
        case Measure():
            return of_measure(values, period, segment)
        case Formula():
            return _Evaluation(of_measure, of_kpi, calendar).formula(values, period, segment)


class _Evaluation:
    """One evaluation: the ways to get at the inputs, and the calendar that growth steps back by."""

    def __init__(self, of_measure: OfMeasure, of_kpi: OfKpi, calendar: Calendar) -> None:
        """Keep the ways to the inputs."""
        self._of_measure = of_measure
        self._of_kpi = of_kpi
        self._calendar = calendar

    def formula(self, formula: Formula, period: Period, segment: str) -> Actual:
        """Evaluate one formula; nested ones by themselves."""
        if formula.kind is FormulaKind.GROWTH:
            return self._growth(formula, period, segment)
        inputs = [self._input(formula, place, period, segment) for place in range(len(formula.parts))]
        missing = _missing(formula, inputs, period, segment)
        if missing is not None:
            return missing
        numbers = [each.value for each in inputs if each.value is not None]
        value, reason = _combine(formula, numbers)
        return Actual(period, value, CoverageState.FULL, segment, reason=reason, label=_label(inputs))

    def _input(self, formula: Formula, place: int, period: Period, segment: str) -> Actual:
        """Evaluate one part; the second part of a share is the total where it cannot be split itself."""
        part = formula.parts[place]
        match part:
            case Measure():
                if segment and part.segment is None:
                    if formula.kind is FormulaKind.SHARE and place == 1:
                        return self._of_measure(part, period, "")
                    reason = f"{noun(part)} cannot be split into segments"
                    return Actual(period, None, CoverageState.FULL, segment, reason=reason)
                return self._of_measure(part, period, segment)
            case KpiRef():
                return self._of_kpi(part.kpi, period, segment)
            case Formula():
                return self.formula(part, period, segment)

    def _growth(self, formula: Formula, period: Period, segment: str) -> Actual:
        """Compare the period with its base in percent: 125 on 100 is 25."""
        now = self._input(formula, 0, period, segment)
        missing = _missing(formula, [now], period, segment)
        if missing is not None:
            return missing
        base_period = base_of(formula, period, self._calendar)
        base = self._input(formula, 0, base_period, segment)
        value, reason = None, ""
        if base.coverage is not CoverageState.FULL:
            reason = f"no complete {period_name(base_period, self._calendar, period.start)} to compare with"
        elif base.value is None:
            reason = base.reason
        elif base.value <= 0:
            reason = "no growth on a base of zero or less"
        elif now.value is not None:
            value = (now.value / base.value - 1) * HUNDRED
        return Actual(period, value, CoverageState.FULL, segment, reason=reason, label=_label([now, base]))


def base_of(formula: Formula, period: Period, calendar: Calendar) -> Period:
    """Name the period that a growth compares with."""
    match formula.growth_on:
        case GrowthOn.LAST_YEAR:
            return calendar.partner(period)
        case GrowthOn.PERIOD_BEFORE | None:
            return calendar.previous(period)


def _missing(formula: Formula, inputs: Sequence[Actual], period: Period, segment: str) -> Actual | None:
    """Say why a formula has no value where an input does not cover the period or has none itself."""
    lacking = [
        noun(part)
        for part, each in zip(formula.parts, inputs, strict=True)
        if each.coverage is CoverageState.NONE and not isinstance(part, Formula)
    ]
    if any(each.coverage is CoverageState.NONE for each in inputs):
        reason = f"nothing of {' and '.join(lacking)} in this period" if lacking else ""
        return Actual(period, None, CoverageState.NONE, segment, reason=reason)
    partly = [each for each in inputs if each.coverage is CoverageState.PARTLY]
    if partly:
        ends = [each.data_until for each in partly if each.data_until is not None]
        until = min(ends) if len(ends) == len(partly) else None
        return Actual(period, None, CoverageState.PARTLY, segment, data_until=until)
    empty = next((each for each in inputs if each.value is None), None)
    if empty is not None:
        return Actual(period, None, CoverageState.FULL, segment, reason=empty.reason, label=_label(inputs))
    return None


def _combine(formula: Formula, numbers: Sequence[Fraction]) -> tuple[Fraction | None, str]:
    """Combine the inputs' values into the formula's, or say in words why there is none.

    >>> visits = Measure("Traffic", Aggregate.SUM, OneColumn("Visits"))
    >>> ratio = Formula(FormulaKind.RATIO, (KpiRef("Orders"), visits), times=HUNDRED)
    >>> _combine(ratio, [Fraction(4), Fraction(104)])
    (Fraction(50, 13), '')
    >>> _combine(ratio, [Fraction(6), Fraction(0)])
    (None, 'no visits to divide by')
    """
    match formula.kind:
        case FormulaKind.RATIO:
            return _divided(formula, numbers, formula.times)
        case FormulaKind.SHARE:
            return _divided(formula, numbers, HUNDRED)
        case FormulaKind.DIFFERENCE:
            return numbers[0] - sum(numbers[1:], Fraction(0)), ""
        case FormulaKind.SUM | FormulaKind.GROWTH:
            return sum(numbers, Fraction(0)), ""


def _divided(formula: Formula, numbers: Sequence[Fraction], times: Fraction) -> tuple[Fraction | None, str]:
    """Divide the first by the second."""
    if not numbers[1]:
        return None, f"no {noun(formula.parts[1])} to divide by"
    return numbers[0] / numbers[1] * times, ""


def _label(inputs: Sequence[Actual]) -> str:
    """Mark what is made of typed values, so that it never looks like rows alone."""
    if any(each.typed or each.label == WITH_TYPED for each in inputs):
        return WITH_TYPED
    return next((each.label for each in inputs if each.label), "")


def noun(part: Part) -> str:
    """Name an input in a sentence: its column, its source where rows are counted, or its KPI.

    >>> noun(KpiRef("Site visits")), noun(KpiRef("MQLs")), noun(Measure("Orders", Aggregate.COUNT))
    ('site visits', 'MQLs', 'orders')
    """
    match part:
        case KpiRef():
            return _inside_a_sentence(part.kpi)
        case Measure(value=OneColumn(column=column)) if part.aggregate is not Aggregate.COUNT:
            return _inside_a_sentence(column)
        case Measure():
            return _inside_a_sentence(part.source)
        case Formula():
            return _of_nouns(part)


def _of_nouns(formula: Formula) -> str:
    """Name a nested formula by its first parts."""
    names = [noun(part) for part in formula.parts]
    match formula.kind:
        case FormulaKind.RATIO:
            return " per ".join(names)
        case FormulaKind.SHARE:
            return " as share of ".join(names)
        case FormulaKind.DIFFERENCE:
            return " less ".join(names)
        case FormulaKind.SUM:
            return " and ".join(names)
        case FormulaKind.GROWTH:
            return f"growth of {names[0]}"


def _inside_a_sentence(name: str) -> str:
    """Begin a name small, unless it is an abbreviation (MQLs)."""
    name = name.strip()
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def inputs(values: ValuesFrom) -> tuple[tuple[Measure, ...], tuple[str, ...]]:
    """List the measures and the names of the KPIs that a definition is made of, nested ones too, each once."""
    leaves = tuple(dict.fromkeys(_leaves(values)))
    measures = tuple(leaf for leaf in leaves if isinstance(leaf, Measure))
    return measures, tuple(leaf.kpi for leaf in leaves if isinstance(leaf, KpiRef))


def _leaves(values: ValuesFrom | KpiRef) -> Iterator[Measure | KpiRef]:
    """Walk down to what is no formula."""
    match values:
        case Typed():
            return
        case Measure() | KpiRef():
            yield values
        case Formula():
            for part in values.parts:
                yield from _leaves(part)


def check_cycle(name: str, values: ValuesFrom, others: Mapping[str, ValuesFrom]) -> None:
    """Refuse a KPI that would be made of itself, directly or by way of others; names match case-folded.

    `others` holds the definitions of the other KPIs by name; one under `name` itself is the old one, and ignored.

    Raises:
        RefusedDefinition: naming the way round.
    """
    known = {other.strip().casefold(): made_of for other, made_of in others.items()}
    known[name.strip().casefold()] = values
    dead_ends: set[str] = set()

    def walk(here: str, way: tuple[str, ...]) -> None:
        for there in inputs(known.get(here.strip().casefold(), Typed()))[1]:
            key = there.strip().casefold()
            if key == name.strip().casefold():
                circle = " → ".join((*way, name))
                message = f"{name} would be made of itself: {circle}."
                raise RefusedDefinition(message, "Take one of these out of its formula.")
            if key not in dead_ends:
                dead_ends.add(key)
                walk(there, (*way, there))

    walk(name, (name,))
