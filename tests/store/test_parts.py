"""Numbers taken apart by a column of their rows: the parts make the number, and what has no parts says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.actual.explained import Explained, PartKind, explain_amounts, explain_ratios
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import (
    Aggregate,
    Difference,
    Direction,
    Formula,
    FormulaKind,
    GrowthOn,
    Kpi,
    KpiRef,
    Measure,
    OneColumn,
    Product,
    Typed,
    TypedValue,
    ValuesFrom,
)
from kpi_core.period import Cadence, Calendar
from kpi_core.source import ColumnType, Covers, Recognition
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions.edit import add_kpi
from kpi_core.store.definitions.kpis import find_kpi
from kpi_core.store.definitions.typed import set_typed
from kpi_core.store.evaluation import Evaluation
from kpi_core.store.imports import apply
from kpi_core.store.parts import AddsUp, Divides, Rate, Taker, makeup_of, splits_of
from kpi_core.store.sources import add_source
from kpi_core.unit import Unit, UnitKind
from tests.store.batches import NOW, batch, recipe, upload

KINDS = {
    "date": ColumnType.DATE,
    "who": ColumnType.TEXT,
    "channel": ColumnType.TEXT,
    "amount": ColumnType.NUMBER,
    "fee": ColumnType.NUMBER,
}
VISITS = {"date": ColumnType.DATE, "channel": ColumnType.TEXT, "visits": ColumnType.NUMBER}
CALENDAR = Calendar()
SEPTEMBER = CALENDAR.period(Cadence.MONTH, date(2025, 9, 1))
OCTOBER = CALENDAR.period(Cadence.MONTH, date(2025, 10, 1))
BOTH = Covers(date(2025, 9, 1), date(2025, 11, 1))
Rows = Sequence[dict[str, str | None]]


def over(how: Aggregate, column: str | None = "amount") -> Measure:
    return Measure("Orders", how, None if column is None else OneColumn(column), "date", segment="channel")


TOTAL, COUNT = over(Aggregate.SUM), over(Aggregate.COUNT, None)
MARGIN = Measure("Orders", Aggregate.SUM, Difference("amount", "fee"), "date", segment="channel")
SEEN = Measure("Visits", Aggregate.SUM, OneColumn("visits"), "date", segment="channel")
UNSPLIT = Measure("Visits", Aggregate.SUM, OneColumn("visits"), "date")
DEFINED: dict[str, ValuesFrom] = {
    "Revenue": TOTAL,
    "Orders": COUNT,
    "Customers": over(Aggregate.COUNT_DIFFERENT, "who"),
    "Average": over(Aggregate.AVERAGE),
    "Average product": Measure("Orders", Aggregate.AVERAGE, Product("amount", "fee"), "date", segment="channel"),
    "Score": over(Aggregate.NET_PROMOTER_SCORE),
    "Order value": Formula(FormulaKind.RATIO, (TOTAL, COUNT)),
    "A customer": Formula(FormulaKind.RATIO, (TOTAL, over(Aggregate.COUNT_DIFFERENT, "who"))),
    "Conversion": Formula(FormulaKind.RATIO, (COUNT, SEEN), Fraction(100)),
    "Fees": Formula(FormulaKind.SHARE, (over(Aggregate.SUM, "fee"), KpiRef("Revenue"))),
    "Kept": Formula(FormulaKind.DIFFERENCE, (KpiRef("Revenue"), Formula(FormulaKind.SUM, (MARGIN, COUNT)))),
    "Mixed": Formula(FormulaKind.SUM, (TOTAL, UNSPLIT)),
}


def store_of(store: Store, rows: Rows, visits: Rows = ()) -> Evaluation:
    """Make both sources with their rows and every KPI of the table above."""
    for name, kinds, found in (("Orders", KINDS, rows), ("Visits", VISITS, visits)):
        source_id = add_source(store, name, recipe(Recognition.CONTENT), NOW).id
        apply(store, source_id, upload(batch(found, kinds, covers=BOTH), f"{name}.csv"), NOW)
    for name, values in DEFINED.items():
        add_kpi(store, Kpi(name, Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, values), By(NOW))
    return Evaluation(store, CALENDAR)


def explained(evaluation: Evaluation, name: str, column: str = "channel") -> Explained | None:
    kpi = find_kpi(evaluation.store, name)
    makeup = makeup_of(evaluation, kpi)
    taker = Taker(evaluation, kpi, makeup, column)
    taker.refuse_unknown([SEPTEMBER, OCTOBER])
    before, after = [SEPTEMBER], [OCTOBER]
    match makeup:
        case AddsUp(terms):
            return explain_amounts(taker.amounts(terms, before), taker.amounts(terms, after))
        case Divides(whole=True):
            return explain_amounts(taker.shares(makeup, before), taker.shares(makeup, after))
        case Divides():
            return explain_ratios(taker.ratios(makeup, before), taker.ratios(makeup, after), makeup.times)
        case Rate():
            return explain_ratios(taker.rates(makeup, before), taker.rates(makeup, after))


orders = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2025-09-03", "2025-09-30", "2025-10-01", "2025-10-31"]),
        "who": st.sampled_from(["c1", "c2", "C1", None]),
        "channel": st.sampled_from(["web", " WEB ", "shop", "fax", None, ""]),
        "amount": st.sampled_from(["0.00", "5.00", "9.50", "10.00", "-3.00", None]),
        "fee": st.sampled_from(["1.00", "0.25", None]),
    }
)
visited = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2025-09-03", "2025-10-01"]),
        "channel": st.sampled_from(["Web", "shop", "mail"]),
        "visits": st.sampled_from(["0.00", "40.00", "100.00"]),
    }
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(orders, min_size=2, max_size=25), st.lists(visited, min_size=1, max_size=8))
def test_the_parts_of_every_kind_of_number_make_its_change_and_the_sides_are_its_values(
    rows: list[dict[str, str | None]], visits: list[dict[str, str | None]]
) -> None:
    with open_store() as store:
        evaluation = store_of(store, rows, visits)
        for name in DEFINED:
            kpi = find_kpi(store, name)
            values = [evaluation.actual(kpi, period).value for period in (SEPTEMBER, OCTOBER)]
            if name == "Fees" and None in values:
                with pytest.raises(RefusedDefinition, match="to divide by"):
                    explained(evaluation, name)
                continue
            found = explained(evaluation, name)
            if found is None:
                # Nothing to divide by on a side, or weights that cancel out
                continue
            assert [found.before, found.after] == values, name
            assert sum((part.explains for part in found.lines), Fraction(0)) == found.change, name


def order(day: str, amount: str, channel: str | None = "web", who: str = "c1") -> dict[str, str | None]:
    return {"date": day, "who": who, "channel": channel, "amount": amount, "fee": None}


TWO = [order("2025-09-03", "10.00"), order("2025-09-04", "30.00", " Shop "), order("2025-10-05", "16.00", "SHOP", "c2")]


def test_segments_are_matched_trimmed_and_case_folded_and_blank_is_none() -> None:
    with open_store() as store:
        found = explained(store_of(store, [*TWO, order("2025-10-09", "4.00", None)]), "Revenue")
        assert found is not None
        lines = {part.label: (part.kind, int(part.explains)) for part in found.parts}
        assert lines == {
            "Shop": (PartKind.BOTH, -14),
            "web": (PartKind.GONE, -10),
            "(none)": (PartKind.NEW, 4),
        }


def test_an_input_without_the_column_is_a_part_of_its_own() -> None:
    visits: Rows = [{"date": "2025-10-01", "channel": "web", "visits": "7.00"}]
    with open_store() as store:
        kpi = Kpi("Other", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, DEFINED["Mixed"])
        evaluation = store_of(store, TWO, visits)
        found = explained(evaluation, "Mixed", "who")
        assert found is not None
        assert {part.label: int(part.explains) for part in found.parts} == {
            "c1": -40,
            "c2": 16,
            "visits, not split": 7,
        }
        assert splits_of(store, makeup_of(evaluation, kpi)) == ("channel",), "only what is marked as a group is offered"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (over(Aggregate.MEDIAN), "The parts of a median do not add up to it."),
        (over(Aggregate.LAST), "The parts of a newest value do not add up to it."),
        (Typed(), "Typed values have no parts."),
        (Formula(FormulaKind.GROWTH, (TOTAL,), growth_on=GrowthOn.LAST_YEAR), "A growth has no parts that add up."),
        (Formula(FormulaKind.SUM, (TOTAL, KpiRef("Nowhere"))), "There is no KPI named Nowhere."),
        (
            Formula(FormulaKind.SUM, (TOTAL, Formula(FormulaKind.RATIO, (TOTAL, COUNT)))),
            "The parts of amount per orders inside a formula do not add up to it.",
        ),
    ],
)
def test_what_has_no_parts_that_add_up_says_so(values: ValuesFrom, sentence: str) -> None:
    with open_store() as store:
        evaluation = store_of(store, TWO)
        kpi = Kpi("Other", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, values)
        with pytest.raises(RefusedDefinition) as refused:
            makeup_of(evaluation, kpi)
        assert refused.value.sentence == sentence


def test_a_typed_value_has_no_parts_even_where_a_formula_takes_it() -> None:
    with open_store() as store:
        store_of(store, TWO)
        set_typed(store, TypedValue("Revenue", OCTOBER.start, Fraction(5)), By(NOW))
        evaluation = Evaluation(store, CALENDAR)
        for name in ("Revenue", "Fees"):
            with pytest.raises(RefusedDefinition, match="A value is typed in October 2025"):
                explained(evaluation, name)
        assert explained(evaluation, "Order value") is not None


def test_days_that_no_file_speaks_for_are_no_side() -> None:
    with open_store() as store:
        evaluation = store_of(store, TWO)
        kpi = find_kpi(store, "Revenue")
        taker = Taker(evaluation, kpi, makeup_of(evaluation, kpi), "channel")
        with pytest.raises(RefusedDefinition, match="November 2025 is not wholly covered by Orders"):
            taker.refuse_unknown([CALENDAR.next(OCTOBER)])
