"""Formulas: inputs first by their own aggregate, then the formula; no value without full coverage."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import Actual, CoverageState, base_of, check_cycle, evaluate, inputs, noun
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import (
    Aggregate,
    Difference,
    Formula,
    FormulaKind,
    GrowthOn,
    KpiRef,
    Measure,
    OneColumn,
    Typed,
    ValuesFrom,
)
from kpi_core.period import Cadence, Calendar, Period

CALENDAR = Calendar()
OCTOBER = CALENDAR.period(Cadence.MONTH, date(2025, 10, 1))
SEPTEMBER = CALENDAR.previous(OCTOBER)
ORDERS = Measure("Orders", Aggregate.COUNT, date="Day", segment="Channel")
VISITS = Measure("Traffic", Aggregate.SUM, OneColumn("Visits"), date="Day", segment="Channel")
CONVERSION = Formula(FormulaKind.RATIO, (ORDERS, VISITS), times=Fraction(100))

Known = dict[tuple[str, Period, str], Actual]


def known(*entries: tuple[str, int | None], period: Period = OCTOBER, segment: str = "") -> Known:
    """Fully covered values of sources and KPIs by name."""
    return {
        (name, period, segment): Actual(
            period,
            None if value is None else Fraction(value),
            CoverageState.FULL,
            reason="no rows" if value is None else "",
        )
        for name, value in entries
    }


def value_of(values: ValuesFrom, facts: Known, segment: str = "") -> Actual:
    def look(name: str, period: Period, which: str) -> Actual:
        return facts.get((name, period, which), Actual(period, None, CoverageState.NONE, which))

    return evaluate(
        values,
        OCTOBER,
        segment,
        of_measure=lambda measure, period, which: look(measure.source, period, which),
        of_kpi=look,
        calendar=CALENDAR,
    )


def partly(name: str, until: date | None) -> Known:
    return {(name, OCTOBER, ""): Actual(OCTOBER, None, CoverageState.PARTLY, data_until=until)}


def test_a_ratio_is_scaled() -> None:
    actual = value_of(CONVERSION, known(("Orders", 32), ("Traffic", 1000)))
    assert actual == Actual(OCTOBER, Fraction("3.2"), CoverageState.FULL)


def test_a_zero_denominator_says_what_is_missing() -> None:
    actual = value_of(CONVERSION, known(("Orders", 6), ("Traffic", 0)))
    assert (actual.coverage, actual.value, actual.reason) == (CoverageState.FULL, None, "no visits to divide by")
    nothing = value_of(CONVERSION, known(("Orders", 0), ("Traffic", 0)))
    assert nothing.value is None


def test_one_uncovered_input_leaves_nothing() -> None:
    actual = value_of(CONVERSION, known(("Orders", 6)))
    assert (actual.coverage, actual.value) == (CoverageState.NONE, None)
    assert actual.reason == "nothing of visits in this period"


def test_partly_covered_inputs_count_until_the_earliest() -> None:
    facts = partly("Orders", date(2025, 10, 28)) | partly("Traffic", date(2025, 10, 20))
    actual = value_of(CONVERSION, facts)
    assert (actual.coverage, actual.value) == (CoverageState.PARTLY, None)
    assert actual.data_until == date(2025, 10, 20)
    late_start = partly("Orders", date(2025, 10, 28)) | partly("Traffic", None)
    assert value_of(CONVERSION, late_start).data_until is None
    one = partly("Orders", date(2025, 10, 28)) | known(("Traffic", 5))
    assert value_of(CONVERSION, one).data_until == date(2025, 10, 28)


def test_an_input_without_a_value_passes_its_reason_on() -> None:
    actual = value_of(CONVERSION, known(("Orders", None), ("Traffic", 5)))
    assert (actual.coverage, actual.value, actual.reason) == (CoverageState.FULL, None, "no rows")


@pytest.mark.parametrize(
    ("kind", "value"), [(FormulaKind.DIFFERENCE, 6), (FormulaKind.SUM, 14), (FormulaKind.SHARE, 250)]
)
def test_two_parts_combine(kind: FormulaKind, value: int) -> None:
    formula = Formula(kind, (KpiRef("Revenue"), KpiRef("Cost")))
    assert value_of(formula, known(("Revenue", 10), ("Cost", 4))).value == value


def test_formulas_nest() -> None:
    margin = Formula(
        FormulaKind.RATIO,
        (Formula(FormulaKind.DIFFERENCE, (KpiRef("Revenue"), KpiRef("Cost"))), KpiRef("Revenue")),
        times=Fraction(100),
    )
    assert value_of(margin, known(("Revenue", 10), ("Cost", 4))).value == 60
    assert value_of(margin, known(("Revenue", 10))).coverage is CoverageState.NONE
    assert value_of(margin, known(("Revenue", 0), ("Cost", 4))).reason == "no revenue to divide by"


GROWTH = Formula(FormulaKind.GROWTH, (KpiRef("Revenue"),), growth_on=GrowthOn.PERIOD_BEFORE)


@pytest.mark.parametrize(
    ("now", "base", "value", "reason"),
    [
        (125, 100, 25, ""),
        (0, 100, -100, ""),
        (-50, 100, -150, ""),
        (5, 1, 400, ""),
        (5, 0, None, "no growth on a base of zero or less"),
        (5, -1, None, "no growth on a base of zero or less"),
        (5, None, None, "no rows"),
    ],
)
def test_growth_needs_a_base_above_zero(now: int, base: int | None, value: int | None, reason: str) -> None:
    actual = value_of(GROWTH, known(("Revenue", now)) | known(("Revenue", base), period=SEPTEMBER))
    assert (actual.coverage, actual.value, actual.reason) == (CoverageState.FULL, value, reason)


def test_growth_without_its_base_is_no_data_with_the_reason() -> None:
    actual = value_of(GROWTH, known(("Revenue", 5)))
    assert (actual.coverage, actual.value) == (CoverageState.FULL, None)
    assert actual.reason == "no complete September to compare with"
    assert value_of(GROWTH, known(("Revenue", 5), period=SEPTEMBER)).coverage is CoverageState.NONE


def test_growth_on_last_year_takes_the_partner() -> None:
    formula = Formula(FormulaKind.GROWTH, (KpiRef("Revenue"),), growth_on=GrowthOn.LAST_YEAR)
    assert base_of(formula, OCTOBER, CALENDAR).start == date(2024, 10, 1)
    assert base_of(GROWTH, OCTOBER, CALENDAR) == SEPTEMBER


def test_a_segment_is_asked_of_each_input() -> None:
    facts = known(("Orders", 2), ("Traffic", 50), segment="web") | known(("Orders", 9), ("Traffic", 100))
    assert value_of(CONVERSION, facts, "web") == Actual(OCTOBER, Fraction(4), CoverageState.FULL, "web")


def test_an_input_without_segments_never_divides_a_segment() -> None:
    whole = Measure("Traffic", Aggregate.SUM, OneColumn("Visits"))
    facts = known(("Orders", 2), segment="web") | known(("Traffic", 50))
    ratio = value_of(Formula(FormulaKind.RATIO, (ORDERS, whole)), facts, "web")
    assert (ratio.value, ratio.reason) == (None, "visits cannot be split into segments")
    assert value_of(Formula(FormulaKind.SHARE, (ORDERS, whole)), facts, "web").value == 4


def test_what_is_made_of_typed_values_says_so() -> None:
    facts = known(("Orders", 2), ("Traffic", 50))
    facts["Orders", OCTOBER, ""] = Actual(OCTOBER, Fraction(2), CoverageState.FULL, typed=True)
    actual = value_of(CONVERSION, facts)
    assert (actual.typed, actual.label) == (False, "with typed values")


def test_typed_values_compute_nothing() -> None:
    assert value_of(Typed(), {}) == Actual(OCTOBER, None, CoverageState.NONE)


@pytest.mark.parametrize(
    ("above", "below", "label"),
    [("average of months", "", "average of months"), ("", "average of weeks", "average of weeks"), ("", "", "")],
)
def test_how_an_input_was_made_is_said_of_the_whole(above: str, below: str, label: str) -> None:
    facts = {
        (name, OCTOBER, ""): Actual(OCTOBER, Fraction(8), CoverageState.FULL, label=made)
        for name, made in (("Orders", above), ("Traffic", below))
    }
    assert value_of(CONVERSION, facts) == Actual(OCTOBER, Fraction(100), CoverageState.FULL, label=label)


def test_nouns_read_well_in_a_sentence() -> None:
    net = Measure("Orders", Aggregate.SUM, Difference("Total", "Refunded"))
    assert noun(net) == "orders"
    assert noun(CONVERSION) == "orders per visits"
    assert noun(GROWTH) == "growth of revenue"
    two = (KpiRef("Revenue"), KpiRef("Cost"))
    assert noun(Formula(FormulaKind.SUM, two)) == "revenue and cost"
    assert noun(Formula(FormulaKind.DIFFERENCE, two)) == "revenue less cost"
    assert noun(Formula(FormulaKind.SHARE, two)) == "revenue as share of cost"
    assert noun(KpiRef("AOV")) == "AOV"
    assert noun(KpiRef("IPs")) == "IPs"
    assert noun(KpiRef("X rays")) == "x rays"


def test_inputs_are_listed_once_from_any_depth() -> None:
    formula = Formula(FormulaKind.SUM, (CONVERSION, KpiRef("Leads"), ORDERS, KpiRef("Leads")))
    assert inputs(formula) == ((ORDERS, VISITS), ("Leads",))
    assert inputs(ORDERS) == ((ORDERS,), ())
    assert inputs(Typed()) == ((), ())


def total(*names: str) -> Formula:
    return Formula(FormulaKind.SUM, tuple(KpiRef(name) for name in names))


def test_a_kpi_made_of_itself_is_refused_in_a_sentence() -> None:
    with pytest.raises(RefusedDefinition) as refused:
        check_cycle("Profit", total("Sales", "Margin"), {"Margin": total("Rent", "profit ")})
    assert refused.value.sentence == "Profit would be made of itself: Profit → Margin → Profit."
    with pytest.raises(RefusedDefinition) as refused:
        check_cycle("Profit", total("PROFIT"), {})
    assert refused.value.sentence == "Profit would be made of itself: Profit → Profit."


def test_a_kpi_used_twice_is_no_cycle_and_an_old_definition_does_not_count() -> None:
    others: dict[str, ValuesFrom] = {"A": total("C"), "B": total("C"), "C": Typed(), "Profit": total("Profit")}
    check_cycle("Profit", total("A", "B"), others)
    # A circle among others is theirs to refuse, and must not run for ever here.
    check_cycle("Profit", total("X"), {"X": total("Y"), "Y": total("X")})


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=1, max_size=6))
def test_a_ratio_over_a_longer_period_is_sum_by_sum(months: list[tuple[int, int]]) -> None:
    facts = known(("Orders", sum(n for n, _ in months)), ("Traffic", sum(d for _, d in months)))
    rate = value_of(CONVERSION, facts).value
    assert rate == Fraction(100 * sum(n for n, _ in months), sum(d for _, d in months))
    monthly = [Fraction(100 * n, d) for n, d in months]
    assert rate is not None
    assert min(monthly) <= rate <= max(monthly)
