"""Two KPIs that are the same number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_core.checklist import Verdict
from kpi_core.hygiene import Deed, Looked, Rule, Untidy, columns_of
from kpi_core.hygiene.twins import twins
from kpi_core.kpi import Aggregate, Difference, Elapsed, Formula, FormulaKind, KpiRef, Measure, OneColumn, Typed
from kpi_core.period import Cadence
from kpi_core.source import RowFilter, RowTest
from tests.checklist.made import TOTAL
from tests.hygiene.made import MARGIN, looked, named

PAID = replace(TOTAL, where=(RowFilter("Status", RowTest.IS_ONE_OF, ("paid",)),))
YEAR = (480, 501, 495, 520, 470, 505, 499, 530, 512, 488, 517, 541)
NEARLY = tuple(value - 10 - value % 3 for value in YEAR)
OTHER = (520, 470, 541, 455, 500, 490, 515, 460, 540, 530, 488, 471)


def one(number: int, values: tuple[int, ...], made: Measure | Formula | Typed = TOTAL, **changes: object) -> Looked:
    """Make a KPI of some columns, under a name of its own."""
    kpi = named(f"Number {number}", number, values=made, **changes)
    return replace(looked(kpi, values), columns=columns_of(kpi, [kpi]))


def pair(first: Looked, second: Looked) -> list[Untidy]:
    """Look for twins among two."""
    return list(twins([second, first]))


def test_the_same_columns_that_move_together_are_a_finding_with_correlation_and_count() -> None:
    (found,) = pair(one(1, YEAR), one(2, NEARLY, PAID))
    assert found.rule is Rule.TWIN
    assert found.severity is Verdict.WARN
    assert found.sentence.startswith("Both come from the same columns and move together: correlation 0.99")
    assert found.sentence.endswith("over 12 months.")
    assert found.evidence == (("Common", "12 months"), ("Correlation", "0.999"))
    assert found.kpis == (1, 2)
    assert [(each.deed, each.kpis) for each in found.cures] == [
        (Deed.HEALTH, (2,)),
        (Deed.RETIRE, (2,)),
        (Deed.HEALTH, (1,)),
        (Deed.RETIRE, (1,)),
    ]
    assert found.cures[1].words == "The same number as Number 1"


def test_over_eleven_months_nothing_is_said() -> None:
    assert pair(one(1, YEAR[1:]), one(2, NEARLY[1:], PAID)) == []


def test_only_common_months_count() -> None:
    later = one(2, NEARLY, PAID)
    last = later.facts.readings[-1]
    cut = replace(later, facts=replace(later.facts, readings=later.facts.readings[:-1]))
    assert pair(one(1, YEAR), cut) == []
    assert last.period not in {each.period for each in cut.facts.readings}


def test_other_columns_that_move_together_are_no_finding() -> None:
    assert pair(one(1, YEAR), one(2, NEARLY, MARGIN)) == []


def test_the_same_columns_that_go_their_own_ways_are_no_finding() -> None:
    assert pair(one(1, YEAR), one(2, OTHER, PAID)) == []


def test_the_same_name_in_other_words_says_nothing() -> None:
    first, second = one(1, YEAR), one(2, OTHER, MARGIN)
    assert pair(first, replace(second, kpi=replace(second.kpi, name="number 1 "))) == []


def test_against_each_other_is_the_same_number_from_the_other_side() -> None:
    (found,) = pair(one(1, YEAR), one(2, tuple(1000 - value for value in NEARLY), PAID))
    assert "move against each other: correlation -0.99" in found.sentence


def test_equal_values_are_a_finding_wherever_they_come_from() -> None:
    (found,) = pair(one(1, YEAR, Typed()), one(2, YEAR, MARGIN))
    assert found.severity is Verdict.FAIL
    assert found.sentence == "They were equal in every one of 12 months."
    assert found.evidence == (("Common", "12 months"), ("Equal", "in every one of 12 months"))


def test_one_different_month_is_not_equal() -> None:
    assert pair(one(1, YEAR, Typed()), one(2, (*YEAR[:-1], 540), MARGIN)) == []


def test_three_different_values_are_enough_to_be_equal_by_no_chance() -> None:
    values = (0, 1, 2) * 4
    assert len(pair(one(1, values, Typed()), one(2, values, MARGIN))) == 1


@pytest.mark.parametrize("still", [(500,) * 12])
def test_what_never_moves_goes_together_with_nothing(still: tuple[int, ...]) -> None:
    assert pair(one(1, still), one(2, YEAR, PAID)) == []
    assert pair(one(1, YEAR), one(2, still, PAID)) == []


def test_what_moves_between_two_values_can_go_together() -> None:
    (found,) = pair(one(1, (1, 5, 9) * 4), one(2, (10, 50, 89) * 4, PAID))
    assert found.severity is Verdict.WARN
    two_values = tuple(10 if value < 6 else 60 for value in (1, 2, 9) * 4)
    (found,) = pair(one(1, (1, 2, 9) * 4), one(2, two_values, PAID))
    assert dict(found.evidence)["Correlation"].startswith("0.9")


def test_each_of_the_two_can_go_and_the_north_star_last() -> None:
    (found,) = pair(one(1, YEAR), one(2, NEARLY, PAID))
    assert [each.label for each in found.cures] == [
        "Make Number 2 a health metric",
        "Retire Number 2",
        "Make Number 1 a health metric",
        "Retire Number 1",
    ]
    assert found.cures[3].words == "The same number as Number 2"
    (found,) = pair(one(1, YEAR), one(2, NEARLY, PAID, north_star=True))
    assert [each.kpis for each in found.cures] == [(1,), (1,), (2,), (2,)]


def test_one_common_month_is_said_as_one() -> None:
    (found,) = pair(one(1, YEAR[:1]), one(2, YEAR[:1]))
    assert found.evidence == (("Common", "1 month"), ("Equal", "in every one of 1 month"))
    (found,) = pair(one(1, ()), one(2, ()))
    assert found.evidence == (("Common", "0 months"),)


def test_formulas_of_other_kpis_are_the_same_only_where_those_are() -> None:
    first = Formula(FormulaKind.RATIO, (KpiRef("A"), KpiRef("B")))
    second = Formula(FormulaKind.RATIO, (KpiRef("A"), KpiRef("C")))
    assert len(pair(one(1, (), first), one(2, (), first))) == 1
    assert pair(one(1, (), first), one(2, (), second)) == []


@pytest.mark.parametrize("values", [(0,) * 12, (0, 1) * 6])
def test_noughts_and_ones_equal_anything(values: tuple[int, ...]) -> None:
    assert pair(one(1, values, Typed()), one(2, values, MARGIN)) == []


def test_the_same_way_of_working_out_needs_no_months() -> None:
    (found,) = pair(one(1, YEAR[:2]), one(2, YEAR[:2]))
    assert found.sentence == "Both are worked out in the same way from the same columns."
    assert pair(one(1, (), Typed()), one(2, (), Typed())) == []


def test_by_which_column_it_is_split_makes_no_other_number_of_it() -> None:
    split = replace(TOTAL, segment="Channel")
    assert len(pair(one(1, YEAR[:2]), one(2, YEAR[:2], split))) == 1
    share, shared = (Formula(FormulaKind.RATIO, (each, MARGIN)) for each in (TOTAL, split))
    assert len(pair(one(1, YEAR[:2], share), one(2, YEAR[:2], shared))) == 1
    assert pair(one(1, YEAR[:2], share), one(2, YEAR[:2], replace(shared, kind=FormulaKind.DIFFERENCE))) == []


def test_another_cadence_or_unit_is_another_number() -> None:
    assert pair(one(1, YEAR), one(2, YEAR, cadence=Cadence.WEEK)) == []


def test_columns_are_found_through_other_kpis_and_round_no_circle() -> None:
    revenue = named("Revenue", 1, values=Measure("Orders", Aggregate.SUM, Difference("Total", "Refunded"), "Day"))
    orders = named("Orders", 2, values=Measure("orders ", Aggregate.COUNT, None, "Day"))
    ratio = named("Basket", 3, values=Formula(FormulaKind.RATIO, (KpiRef("revenue"), KpiRef("Orders"))))
    circle = named("Circle", 4, values=Formula(FormulaKind.SUM, (KpiRef("Circle"), KpiRef("gone"))))
    everyone = [revenue, orders, ratio, circle]
    assert columns_of(ratio, everyone) == {("orders", "total"), ("orders", "refunded"), ("orders", "")}
    assert columns_of(circle, everyone) == frozenset()
    waited = named("Waited", 7, values=Measure("Tickets", Aggregate.MEDIAN, Elapsed("Opened", "Solved"), "Opened"))
    assert columns_of(waited, everyone) == {("tickets", "opened"), ("tickets", "solved")}
    assert columns_of(named("Typed", 5, values=Typed()), everyone) == frozenset()
    seen = named("Seen", 6, values=Measure("Orders", Aggregate.SUM, OneColumn("TOTAL"), "Day"))
    assert columns_of(seen, everyone) == {("orders", "total")}
