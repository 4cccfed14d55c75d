"""The values made ahead: right after every change, and the same as made from nothing."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.actual import CoverageState
from kpi_core.errors import OpenQuestions
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
from kpi_core.source import ColumnType, Covers, Recognition, RowFilter, RowTest
from kpi_core.store import actuals
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions.edit import add_kpi
from kpi_core.store.definitions.kpis import find_kpi
from kpi_core.store.definitions.typed import remove_typed, set_typed
from kpi_core.store.imports import apply
from kpi_core.store.sources import add_source
from kpi_core.store.undo import undo
from kpi_core.unit import Unit, UnitKind
from tests.store.batches import NOW, batch, recipe, upload

KINDS = {
    "date": ColumnType.DATE,
    "paid": ColumnType.DATE,
    "who": ColumnType.TEXT,
    "channel": ColumnType.TEXT,
    "amount": ColumnType.NUMBER,
}
ME = By(NOW)
CALENDAR = Calendar()
TOTAL = Measure("Orders", Aggregate.SUM, OneColumn("amount"), "date", segment="channel")
COUNT = Measure("Orders", Aggregate.COUNT, None, "date", segment="channel")
DEFINED: dict[str, tuple[ValuesFrom, Cadence]] = {
    "Revenue": (TOTAL, Cadence.MONTH),
    "Daily revenue": (TOTAL, Cadence.DAY),
    "Order value": (Formula(FormulaKind.RATIO, (TOTAL, COUNT)), Cadence.MONTH),
    "Median": (Measure("Orders", Aggregate.MEDIAN, OneColumn("amount"), "date"), Cadence.QUARTER),
    "Newest": (Measure("Orders", Aggregate.LAST, OneColumn("amount"), "date"), Cadence.WEEK),
    "Paid": (Measure("Orders", Aggregate.SUM, OneColumn("amount"), "paid"), Cadence.MONTH),
    "New customers": (
        Measure("Orders", Aggregate.COUNT, None, "date", (RowFilter("who", RowTest.FIRST_SEEN),)),
        Cadence.MONTH,
    ),
    "Growth": (Formula(FormulaKind.GROWTH, (KpiRef("Revenue"),), growth_on=GrowthOn.PERIOD_BEFORE), Cadence.MONTH),
    "On last year": (Formula(FormulaKind.GROWTH, (TOTAL,), growth_on=GrowthOn.LAST_YEAR), Cadence.MONTH),
    "Visits": (Typed(Aggregate.SUM), Cadence.MONTH),
    "Conversion": (Formula(FormulaKind.RATIO, (COUNT, KpiRef("Visits")), Fraction(100)), Cadence.MONTH),
    "Nowhere": (Measure("Orders", Aggregate.SUM, OneColumn("gone"), "date"), Cadence.MONTH),
}


def define(store: Store) -> int:
    """Make a source and every KPI of the table above."""
    source_id = add_source(store, "Orders", recipe(Recognition.CONTENT), NOW).id
    for name, (values, cadence) in DEFINED.items():
        add_kpi(store, Kpi(name, Unit(UnitKind.COUNT), Direction.UP, cadence, values), ME)
    return source_id


def made(store: Store) -> set[tuple[object, ...]]:
    return set(store.all("SELECT * FROM actuals"))


def value(store: Store, name: str, day: date) -> Fraction | None:
    kpi = find_kpi(store, name)
    found = actuals.all_periods(store, kpi, CALENDAR, date(2030, 1, 1))
    return {each.period.start: each.value for each in found}.get(CALENDAR.period(kpi.cadence, day).start)


def order(
    day: str, amount: str, who: str = "c1", channel: str = "web", paid: str | None = None
) -> dict[str, str | None]:
    return {"date": day, "paid": paid or day, "who": who, "channel": channel, "amount": amount}


def covers(start: str, end: str) -> Covers:
    return Covers(date.fromisoformat(start), date.fromisoformat(end))


def test_a_file_makes_the_values_of_its_months_and_an_undo_takes_them_back() -> None:
    with open_store() as store:
        source_id = define(store)
        october = [order("2025-10-03", "30.00"), order("2025-10-30", "70.00", "c2", "Shop", paid="2025-11-02")]
        november = [order("2025-11-04", "150.00", "c1", " SHOP ")]
        apply(store, source_id, upload(batch(october, KINDS, covers=covers("2025-10-01", "2025-11-01"))), NOW)
        second = apply(store, source_id, upload(batch(november, KINDS, covers=covers("2025-11-01", "2025-12-01"))), NOW)
        assert actuals.refresh(store) == len(DEFINED)
        assert value(store, "Revenue", date(2025, 10, 1)) == 100
        assert value(store, "Growth", date(2025, 11, 1)) == 50
        assert value(store, "Order value", date(2025, 10, 1)) == 50
        assert value(store, "Paid", date(2025, 11, 1)) == 220
        assert value(store, "New customers", date(2025, 11, 1)) == 0
        assert value(store, "Daily revenue", date(2025, 10, 4)) == 0
        assert value(store, "Revenue", date(2025, 9, 1)) is None
        revenue = find_kpi(store, "Revenue")
        assert actuals.segments_of(store, revenue.id) == ("Shop", "web")
        shop = actuals.all_periods(store, revenue, CALENDAR, date(2030, 1, 1), "shop")
        assert [each.value for each in shop] == [70, 150]
        assert actuals.refresh(store) == 0
        undo(store, second.import_id or 0, NOW)
        actuals.refresh(store)
        assert value(store, "Revenue", date(2025, 11, 1)) is None
        assert value(store, "Revenue", date(2025, 10, 1)) == 100
        assert actuals.differing(store) == ()


def test_only_touched_periods_are_made_again() -> None:
    with open_store() as store:
        source_id = define(store)
        for month in ("2025-08", "2025-09", "2025-10"):
            rows = [order(f"{month}-05", "10.00")]
            apply(store, source_id, upload(batch(rows, KINDS, covers=covers(f"{month}-01", f"{month}-28"))), NOW)
        actuals.refresh(store)
        # What nobody touched is left alone, right or not
        store.run("UPDATE actuals SET reason = 'left alone'")
        late = upload(batch([order("2025-09-20", "5.00")], KINDS), overlap="add")
        apply(store, source_id, late, NOW)
        actuals.refresh(store)
        revenue = find_kpi(store, "Revenue")
        found = actuals.all_periods(store, revenue, CALENDAR, date(2030, 1, 1))
        assert [each.reason == "left alone" for each in found] == [True, False, True]
        growth = actuals.all_periods(store, find_kpi(store, "Growth"), CALENDAR, date(2030, 1, 1))
        assert [each.reason == "left alone" for each in growth] == [True, False, False]


def test_a_typed_value_wins_and_reaches_what_is_made_of_it() -> None:
    with open_store() as store:
        source_id = define(store)
        rows = [order("2025-10-03", "30.00"), order("2025-10-30", "70.00")]
        apply(store, source_id, upload(batch(rows, KINDS, covers=covers("2025-10-01", "2025-11-01"))), NOW)
        set_typed(store, TypedValue("Visits", date(2025, 10, 1), Fraction(50)), ME)
        actuals.refresh(store)
        assert value(store, "Conversion", date(2025, 10, 1)) == 4
        set_typed(store, TypedValue("Revenue", date(2025, 10, 1), Fraction(7)), ME)
        set_typed(store, TypedValue("Visits", date(2025, 10, 1), Fraction(20)), ME)
        actuals.refresh(store)
        assert value(store, "Revenue", date(2025, 10, 1)) == 7
        assert value(store, "Conversion", date(2025, 10, 1)) == 10
        remove_typed(store, find_kpi(store, "Revenue").id, date(2025, 10, 1), "", ME)
        actuals.refresh(store)
        assert value(store, "Revenue", date(2025, 10, 1)) == 100
        assert actuals.differing(store) == ()


def test_a_wrong_value_is_found_and_made_right() -> None:
    with open_store() as store:
        source_id = define(store)
        apply(store, source_id, upload(batch([order("2025-10-03", "30.00")], KINDS)), NOW)
        actuals.refresh(store)
        store.run("UPDATE actuals SET value = '1' WHERE kpi_id = ?", (find_kpi(store, "Daily revenue").id,))
        assert actuals.differing(store) == ("Daily revenue",)
        assert actuals.differing(store) == ("Daily revenue",), "a look changes nothing"
        actuals.rebuild(store)
        assert actuals.differing(store) == ()


def test_a_partly_covered_month_has_no_value_and_says_until_when() -> None:
    with open_store() as store:
        source_id = define(store)
        rows = batch([order("2025-10-03", "30.00")], KINDS, covers=covers("2025-10-01", "2025-10-29"))
        apply(store, source_id, upload(rows), NOW)
        actuals.refresh(store)
        october = actuals.all_periods(store, find_kpi(store, "Revenue"), CALENDAR, date(2030, 1, 1))[0]
        assert (october.value, october.coverage, october.data_until) == (None, CoverageState.PARTLY, date(2025, 10, 28))


def test_a_board_row_has_its_running_period() -> None:
    with open_store() as store:
        source_id = define(store)
        rows = [order("2025-10-03", "30.00"), order("2025-11-02", "8.00"), order("2025-11-09", "4.00")]
        apply(store, source_id, upload(batch(rows, KINDS, covers=covers("2025-10-01", "2025-11-11"))), NOW)
        actuals.refresh(store)
        kpis = [find_kpi(store, name) for name in ("Revenue", "Order value", "Conversion")]
        revenue, order_value, conversion = actuals.histories(store, kpis, CALENDAR, date(2025, 11, 15))
        assert revenue.so_far is not None
        assert revenue.so_far.until == date(2025, 11, 11)
        assert revenue.so_far.value == 12
        assert revenue.so_far.last_period == 30
        assert revenue.so_far.last_year is None
        assert revenue.so_far.daily is not None
        assert revenue.so_far.daily.values[date(2025, 11, 9)] == 4
        assert order_value.so_far is not None
        assert order_value.so_far.value == 6
        assert order_value.so_far.daily is None
        assert conversion.so_far is None
        assert revenue.actuals[date(2025, 10, 1)].value == 30
        assert revenue.since == NOW.date()


days = st.dates(date(2024, 9, 1), date(2025, 12, 31)).map(date.isoformat)
rows = st.lists(
    st.builds(
        order,
        days,
        st.sampled_from(["1.00", "2.50", "-1.00"]),
        st.sampled_from(["c1", "c2", "C1"]),
        st.sampled_from(["web", "Web ", "", "shop"]),
        days,
    ),
    min_size=1,
    max_size=5,
)
steps = st.lists(st.one_of(rows, st.integers(0, 5), st.tuples(days, st.integers(0, 9))), min_size=1, max_size=6)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps)
def test_made_step_by_step_is_the_same_as_made_from_nothing(steps: list[object]) -> None:
    with open_store() as store:
        source_id = define(store)
        live: list[int] = []
        for step in steps:
            match step:
                case list():
                    live += added(store, source_id, step)
                case int() if live:
                    undo(store, live.pop(step % len(live)), NOW)
                case (str(day), int(number)):
                    name = ("Visits", "Revenue", "Growth")[number % 3]
                    set_typed(store, TypedValue(name, date.fromisoformat(day), Fraction(number)), ME)
                case _:
                    pass
            actuals.refresh(store)
        step_by_step = made(store)
        actuals.rebuild(store)
        assert step_by_step == made(store)


def added(store: Store, source_id: int, some: list[dict[str, str | None]]) -> list[int]:
    """Add rows as a file; where days overlap, add what is missing. The same file again is no import."""
    try:
        result = apply(store, source_id, upload(batch(some, KINDS)), NOW)
    except OpenQuestions:
        result = apply(store, source_id, upload(batch(some, KINDS), overlap="add"), NOW)
    return [] if result.import_id is None else [result.import_id]


def test_splitting_a_file_changes_no_value() -> None:
    october = [
        order(f"2025-10-{day:02d}", f"{day}.10", f"c{day % 7}", "web" if day % 2 else "shop") for day in range(1, 32)
    ]
    tables = []
    for cut in (31, 1, 15):
        with open_store() as store:
            source_id = define(store)
            for part in (october[:cut], october[cut:]):
                if part:
                    apply(store, source_id, upload(batch(part, KINDS)), datetime(2025, 11, 3))
            actuals.refresh(store)
            tables.append(made(store))
    assert tables[0] == tables[1] == tables[2]


def test_the_pace_is_read_from_a_year_but_of_what_looks_among_earlier_rows_from_eight_weeks() -> None:
    with open_store() as store:
        source_id = define(store)
        first = date(2024, 8, 1).toordinal()
        dates = [date.fromordinal(first + n).isoformat() for n in range(470)]
        rows = [order(day, f"{20 + n * 37 % 11}.00", f"c{n}", paid=day) for n, day in enumerate(dates)]
        apply(store, source_id, upload(batch(rows, KINDS, covers=covers("2024-08-01", "2025-11-14"))), NOW)
        actuals.refresh(store)
        kpis = [find_kpi(store, name) for name in ("Revenue", "Paid", "New customers")]
        revenue, paid, customers = (
            each.so_far for each in actuals.histories(store, kpis, CALENDAR, date(2025, 11, 14))
        )
        assert revenue is not None
        assert paid is not None
        assert customers is not None
        assert revenue.daily is not None
        assert customers.daily is not None
        assert revenue.pace == paid.pace
        assert revenue.pace is not None
        assert revenue.pace.misses == 12
        assert min(revenue.daily.values) == revenue.daily.covers[0].start == date(2024, 9, 6)
        assert min(customers.daily.values) == customers.daily.covers[0].start == date(2025, 9, 6)
