"""Values over longer stretches: by the KPI's own aggregation, with typed values in the place of their periods."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import CoverageState
from kpi_core.actual.spans import Span, last_twelve_months, year_to_date
from kpi_core.kpi import (
    Aggregate,
    Direction,
    Formula,
    FormulaKind,
    GrowthOn,
    Kpi,
    KpiRef,
    Measure,
    OneColumn,
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
from kpi_core.store.imports import apply
from kpi_core.store.longer import Longer
from kpi_core.store.sources import add_source
from kpi_core.unit import Unit, UnitKind
from tests.store.batches import NOW, batch, recipe, upload

KINDS = {"date": ColumnType.DATE, "who": ColumnType.TEXT, "amount": ColumnType.NUMBER}
CALENDAR = Calendar()
BRITISH = Calendar(fiscal_month=4, fiscal_day=6)
MARCH = CALENDAR.period(Cadence.MONTH, date(2025, 3, 1))
TO_MARCH = year_to_date(MARCH, CALENDAR)[0]


def over(how: Aggregate, column: str | None = "amount") -> Measure:
    return Measure("Orders", how, None if column is None else OneColumn(column), "date")


TOTAL, COUNT = over(Aggregate.SUM), over(Aggregate.COUNT, None)
ROWS = [
    ("2025-01-05", "c1", "10.00"),
    ("2025-02-05", "c1", "20.00"),
    ("2025-02-06", "c2", "30.00"),
    ("2025-03-05", "c1", "100.00"),
    ("2025-04-05", "c1", "7.00"),
    ("2025-04-06", "c1", "8.00"),
]


def filled(store: Store, **defined: ValuesFrom) -> None:
    """Make a source whose rows are known from January to April, and KPIs over it."""
    source_id = add_source(store, "Orders", recipe(Recognition.CONTENT), NOW).id
    rows = [{"date": day, "who": who, "amount": amount} for day, who, amount in ROWS]
    covers = Covers(date(2025, 1, 1), date(2025, 5, 1))
    apply(store, source_id, upload(batch(rows, KINDS, covers=covers)), NOW)
    for name, values in defined.items():
        add_kpi(store, Kpi(name, Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, values), By(NOW))


def typed(store: Store, name: str, month: int, value: int, **parts: int) -> None:
    made = {side: Fraction(number) for side, number in parts.items()}
    whole = None if parts else Fraction(value)
    set_typed(store, TypedValue(name, date(2025, month, 1), whole, **made), By(NOW))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "made"),
    [
        (TOTAL, Fraction(160)),
        (COUNT, Fraction(4)),
        (over(Aggregate.COUNT_DIFFERENT, "who"), Fraction(2)),
        (over(Aggregate.MEDIAN), Fraction(25)),
        (over(Aggregate.LAST), Fraction(100)),
        (Formula(FormulaKind.RATIO, (TOTAL, COUNT)), Fraction(40)),
    ],
)
def test_each_kind_is_made_of_all_rows_of_the_stretch(values: ValuesFrom, made: Fraction) -> None:
    with open_store() as store:
        filled(store, Number=values)
        found = Longer(store, CALENDAR).value(find_kpi(store, "Number"), TO_MARCH)
        assert (found.value, found.coverage) == (made, CoverageState.FULL)


def test_a_fiscal_year_from_6_april_takes_the_days_of_april_from_the_sixth_on() -> None:
    with open_store() as store:
        filled(store, Number=TOTAL)
        april = BRITISH.period(Cadence.MONTH, date(2025, 4, 1))
        found = Longer(store, BRITISH).value(find_kpi(store, "Number"), year_to_date(april, BRITISH)[0])
        assert found.value == 8


def test_a_stretch_that_is_not_wholly_covered_has_no_value() -> None:
    with open_store() as store:
        filled(store, Number=TOTAL)
        found = Longer(store, CALENDAR).value(find_kpi(store, "Number"), last_twelve_months(MARCH)[0])
        assert (found.value, found.coverage) == (None, CoverageState.PARTLY)


def test_a_typed_value_takes_the_place_of_its_month_in_what_adds_up() -> None:
    with open_store() as store:
        filled(store, Number=TOTAL)
        typed(store, "Number", 2, 1000)
        found = Longer(store, CALENDAR).value(find_kpi(store, "Number"), TO_MARCH)
        assert (found.value, found.label) == (Fraction(10 + 1000 + 100), "with typed values")


@pytest.mark.parametrize(
    "values",
    [
        over(Aggregate.MEDIAN),
        Formula(FormulaKind.RATIO, (TOTAL, COUNT)),
        Formula(FormulaKind.RATIO, (KpiRef("Base"), COUNT)),
    ],
)
def test_a_typed_value_among_rows_that_do_not_add_up_leaves_no_number(values: ValuesFrom) -> None:
    with open_store() as store:
        filled(store, Base=TOTAL, Number=values)
        for name in ("Base", "Number"):
            typed(store, name, 2, 1000)
        found = Longer(store, CALENDAR).value(find_kpi(store, "Number"), TO_MARCH)
        assert found.value is None
        assert found.reason.startswith("February 2025 is typed")


def test_a_typed_month_that_lies_partly_outside_leaves_no_number() -> None:
    with open_store() as store:
        filled(store, Number=TOTAL)
        typed(store, "Number", 4, 50)
        april = BRITISH.period(Cadence.MONTH, date(2025, 4, 1))
        found = Longer(store, BRITISH).value(find_kpi(store, "Number"), year_to_date(april, BRITISH)[0])
        assert (found.value, found.reason) == (None, "April 2025 is typed, and lies only partly in these days")


def test_typed_ratios_without_parts_are_an_average_of_months_and_labelled() -> None:
    with open_store() as store:
        filled(store, Number=Typed(Aggregate.AVERAGE), Parts=Typed(Aggregate.AVERAGE))
        for month, (above, below) in enumerate(((2, 4), (2, 100), (1, 10)), start=1):
            typed(store, "Number", month, month)
            typed(store, "Parts", month, 0, numerator=above, denominator=below)
        longer = Longer(store, CALENDAR)
        found = longer.value(find_kpi(store, "Number"), TO_MARCH)
        assert (found.value, found.label) == (Fraction(2), "average of months")
        assert longer.value(find_kpi(store, "Parts"), TO_MARCH).value == Fraction(5, 114)


def test_typed_values_need_every_month_of_the_stretch() -> None:
    with open_store() as store:
        filled(store, Number=Typed())
        typed(store, "Number", 1, 5)
        typed(store, "Number", 3, 5)
        found = Longer(store, CALENDAR).value(find_kpi(store, "Number"), TO_MARCH)
        assert (found.value, found.coverage, found.data_until) == (None, CoverageState.PARTLY, date(2025, 1, 31))
        january = Span(CALENDAR.period(Cadence.YEAR, date(2025, 1, 1)), 31)
        assert Longer(store, CALENDAR).value(find_kpi(store, "Number"), january).value == 5


def test_a_growth_is_read_period_by_period() -> None:
    growth = Formula(FormulaKind.GROWTH, (TOTAL,), growth_on=GrowthOn.PERIOD_BEFORE)
    with open_store() as store:
        filled(store, Growing=growth, Number=Formula(FormulaKind.SUM, (KpiRef("Growing"), TOTAL)))
        for name in ("Growing", "Number"):
            found = Longer(store, CALENDAR).value(find_kpi(store, name), TO_MARCH)
            assert (found.value, found.reason) == (None, "a growth is read period by period")
