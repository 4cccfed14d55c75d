"""Measures over stored rows: values, filters, segments, and nothing that overflows or is rounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.actual import CoverageState, aggregate, fold, last
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Aggregate, Difference, Elapsed, Measure, OneColumn, Product, RowValue
from kpi_core.period import Cadence, Calendar
from kpi_core.source import ColumnType, Covers, Recognition, RowFilter, RowTest
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.imports import apply
from kpi_core.store.measures import daily, measure_all, measure_between, measure_values
from kpi_core.store.sources import add_source
from tests.store.batches import NOW, batch, recipe, upload

KINDS = {
    "date": ColumnType.DATE,
    "solved": ColumnType.DATE,
    "who": ColumnType.TEXT,
    "status": ColumnType.TEXT,
    "price": ColumnType.NUMBER,
    "quantity": ColumnType.NUMBER,
}
OCTOBER = Calendar().period(Cadence.MONTH, date(2025, 10, 1))
Row = dict[str, str | None]


def row(day: str, price: str | None = "1.00", **cells: str | None) -> Row:
    return {"date": day, "solved": None, "who": "c1", "status": "paid", "price": price, "quantity": "2"} | cells


def stored(rows: Sequence[Row], *, scale: int = 2, covers: Covers | None = None) -> Store:
    store = open_store()
    source_id = add_source(store, "Orders", recipe(Recognition.CONTENT), NOW).id
    apply(store, source_id, upload(batch(rows, KINDS, scale=scale, covers=covers)), NOW)
    return store


def measure(how: Aggregate, value: RowValue | None = None, *where: RowFilter, segment: str | None = None) -> Measure:
    return Measure("Orders", how, value, "date", where, segment)


def october(store: Store, wanted: Measure) -> Fraction | None:
    return measure_between(store, wanted, OCTOBER.start, OCTOBER.end)


PRICE = OneColumn("price")
ROWS = [
    row("2025-10-01", "10.00"),
    row("2025-10-02", "20.50", status=" PAID "),
    row("2025-10-03", "-5.25", status="refunded", who="c2"),
    row("2025-10-03", None, status=None, who=None),
]


@pytest.mark.parametrize(
    ("test", "values", "expected"),
    [
        (RowTest.IS_ONE_OF, ("paid",), 2),
        (RowTest.IS_ONE_OF, ("Refunded", "paid"), 3),
        (RowTest.IS_ONE_OF, ("",), 1),
        (RowTest.IS_NOT, ("paid",), 2),
        (RowTest.IS_NOT, ("paid", ""), 1),
        (RowTest.IS_EMPTY, (), 1),
        (RowTest.IS_NOT_EMPTY, (), 3),
    ],
)
def test_filters_on_words(test: RowTest, values: tuple[str, ...], expected: int) -> None:
    with stored(ROWS) as store:
        assert october(store, measure(Aggregate.COUNT, None, RowFilter("status", test, values))) == expected


@pytest.mark.parametrize(
    ("test", "text", "expected"),
    [
        (RowTest.ABOVE, "10", 1),
        (RowTest.ABOVE, "9.999", 2),
        (RowTest.BELOW, "10", 1),
        (RowTest.BELOW, "10.001", 2),
        (RowTest.BELOW, "-5.25", 0),
        (RowTest.IS_ONE_OF, "10.0", 1),
        (RowTest.IS_ONE_OF, "10.001", 0),
        (RowTest.ABOVE, "99999999999999999999", 0),
        (RowTest.BELOW, "99999999999999999999", 3),
        (RowTest.IS_ONE_OF, "99999999999999999999", 0),
    ],
)
def test_filters_on_numbers_are_exact(test: RowTest, text: str, expected: int) -> None:
    with stored(ROWS) as store:
        assert october(store, measure(Aggregate.COUNT, None, RowFilter("price", test, (text,)))) == expected


def test_first_time_seen_and_seen_before_split_the_rows_of_known_customers() -> None:
    rows = [
        row("2025-09-30", who="c1"),
        row("2025-10-01", who="C1"),
        row("2025-10-02", who="c2"),
        row("2025-10-02", who="c2", price="2.00"),
        row("2025-10-05", who="c3"),
        row("2025-10-06", who=None),
    ]
    with stored(rows) as store:
        first = RowFilter("who", RowTest.FIRST_SEEN)
        before = RowFilter("who", RowTest.SEEN_BEFORE)
        assert october(store, measure(Aggregate.COUNT, None, first)) == 2
        assert october(store, measure(Aggregate.COUNT, None, before)) == 2
        assert october(store, measure(Aggregate.SUM, PRICE, first)) == 2
        assert october(store, measure(Aggregate.COUNT_DIFFERENT, OneColumn("who"))) == 3


def test_products_differences_and_elapsed_time() -> None:
    rows = [
        row("2025-10-01 10:00:00", "2.50", quantity="3", solved="2025-10-01 12:30:00"),
        row("2025-10-02 10:00:00", "1.00", quantity=None, solved=None),
        row("2025-10-03 10:00:00", None, quantity="4", solved="2025-10-04 10:00:01"),
    ]
    with stored(rows) as store:
        assert october(store, measure(Aggregate.SUM, Product("price", "quantity"))) == Fraction(15, 2)
        assert october(store, measure(Aggregate.SUM, Difference("price", "quantity"))) == Fraction(1, 2)
        assert october(store, measure(Aggregate.AVERAGE, Elapsed("date", "solved"))) == Fraction(9000 + 86401, 2)
        assert october(store, measure(Aggregate.COUNT, OneColumn("quantity"))) == 2


def test_what_leaves_64_bits_is_still_exact() -> None:
    large = str(9 * 10**16)
    rows = [row(f"2025-10-{day:02d}", large, quantity=large) for day in range(1, 31)]
    exact = Fraction(large)
    with stored(rows) as store:
        assert october(store, measure(Aggregate.SUM, PRICE)) == 30 * exact
        assert october(store, measure(Aggregate.AVERAGE, PRICE)) == exact
        assert october(store, measure(Aggregate.SUM, Product("price", "quantity"))) == 30 * exact * exact
        assert october(store, measure(Aggregate.MAX, Product("price", "quantity"))) == exact * exact
        assert october(store, measure(Aggregate.SUM, Difference("price", "quantity"))) == 0


def test_segments_are_folded_shown_as_first_written_and_the_total_is_of_all_rows() -> None:
    rows = [
        row("2025-10-01", "1.00", who="North"),
        row("2025-10-02", "2.00", who=" north"),
        row("2025-10-03", "4.00", who=""),
    ]
    with stored(rows, covers=Covers(OCTOBER.start, OCTOBER.end)) as store:
        for how in (Aggregate.SUM, Aggregate.MAX, Aggregate.LAST, Aggregate.MEDIAN, Aggregate.COUNT):
            value = None if how is Aggregate.COUNT else PRICE
            found = measure_values(store, measure(how, value, segment="who"), [OCTOBER], split=True)
            assert {segment for _, segment in found} == {"", "North", "(none)"}
        sums = measure_values(store, measure(Aggregate.SUM, PRICE, segment="who"), [OCTOBER], split=True)
        assert {segment: actual.value for (_, segment), actual in sums.items()} == {"": 7, "North": 3, "(none)": 4}


def test_numbers_may_be_segments_too() -> None:
    with stored([row("2025-10-01", "1.50"), row("2025-10-02", "1.50"), row("2025-10-02", None)]) as store:
        assert measure_all(store, measure(Aggregate.COUNT, None, segment="price"), split=True) == {
            "": 3,
            "1.5": 2,
            "(none)": 1,
        }


def test_last_takes_the_later_row_of_the_newest_file() -> None:
    rows = [row("2025-10-03", "1.00"), row("2025-10-03", "2.00"), row("2025-10-02", "9.00")]
    with open_store() as store:
        source_id = add_source(store, "Orders", recipe(Recognition.KEY, key=["price"]), NOW).id
        apply(store, source_id, upload(batch(rows, KINDS, key=["price"])), NOW)
        assert october(store, measure(Aggregate.LAST, PRICE)) == 2
        apply(store, source_id, upload(batch(rows[1::-1], KINDS, key=["price"])), NOW)
        assert october(store, measure(Aggregate.LAST, PRICE)) == 1


def test_outside_coverage_is_missing_and_inside_nothing_is_zero() -> None:
    september, november = (Calendar().period(Cadence.MONTH, date(2025, month, 1)) for month in (9, 11))
    with stored([row("2025-09-20")], covers=Covers(date(2025, 9, 1), date(2025, 11, 11))) as store:
        found = measure_values(store, measure(Aggregate.SUM, PRICE), [september, OCTOBER, november])
        states = [(actual.value, actual.coverage.value, actual.data_until) for actual in found.values()]
        assert states == [(1, "full", None), (0, "full", None), (None, "partly", date(2025, 11, 10))]
        average = measure_values(store, measure(Aggregate.AVERAGE, PRICE), [OCTOBER])[OCTOBER.start, ""]
        assert (average.value, average.coverage, average.reason) == (None, CoverageState.FULL, "no rows")


def test_whatever_its_day_and_day_by_day() -> None:
    rows: list[Row] = [row("2025-10-01", "1.00"), row("2025-10-01", "2.00"), row("2025-10-03", "4.00"), row("", "8.00")]
    rows[3]["date"] = None
    with stored(rows) as store:
        assert measure_all(store, measure(Aggregate.SUM, PRICE)) == {"": 15}
        by_day = daily(store, measure(Aggregate.SUM, PRICE), date(2025, 9, 1), date(2025, 10, 4))
        assert by_day == {date(2025, 10, 1): 3, date(2025, 10, 3): 4}


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (measure(Aggregate.SUM, OneColumn("gone")), 'Orders has no column "gone".'),
        (measure(Aggregate.SUM, OneColumn("who")), '"who" holds words, not numbers.'),
        (measure(Aggregate.SUM, Elapsed("date", "price")), '"price" holds numbers, not dates.'),
        (measure(Aggregate.SUM), "Which numbers of Orders are meant?"),
        (measure(Aggregate.COUNT, None, RowFilter("price", RowTest.ABOVE, ("many",))), '"price" above what?'),
        (measure(Aggregate.COUNT, None, RowFilter("who", RowTest.ABOVE, ("1",))), '"who" holds words, not numbers.'),
    ],
)
def test_a_measure_that_cannot_be_made_says_why(wanted: Measure, sentence: str) -> None:
    with stored(ROWS) as store, pytest.raises(RefusedDefinition) as refused:
        october(store, wanted)
    assert refused.value.sentence == sentence


def test_an_unknown_source_is_named_beside_the_known_ones() -> None:
    with stored(ROWS) as store, pytest.raises(NotFound) as missing:
        october(store, Measure("Ordres", Aggregate.COUNT))
    assert (missing.value.sentence, missing.value.hint) == ("There is no source named Ordres.", "There are: Orders.")


prices = st.one_of(st.none(), st.decimals(-1000, 1000, places=2).map(str))
texts = st.sampled_from(["web", "Web ", "shop", "", None])
made_rows = st.lists(
    st.builds(
        lambda day, price, who: row(day, price, who=who),
        st.dates(date(2025, 9, 20), date(2025, 11, 10)).map(str),
        prices,
        texts,
    ),
    min_size=1,
    max_size=12,
)
NUMERIC = [how for how in Aggregate if how is not Aggregate.COUNT_DIFFERENT]


@pytest.mark.parametrize("how", NUMERIC)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=made_rows)
def test_sql_makes_what_the_pure_rules_make(how: Aggregate, rows: list[Row]) -> None:
    always = Covers(date(2020, 1, 1), date(2030, 1, 1))
    with stored(rows, covers=always) as store:
        found = measure_values(store, measure(how, PRICE, segment="who"), [OCTOBER], split=True)
    inside = [each for each in rows if each["date"] and "2025-10" <= each["date"] < "2025-11"]
    for (_, segment), actual in found.items():
        mine = [each for each in inside if not segment or fold(each["who"]) == fold(segment)]
        numbers = [(date.fromisoformat(str(each["date"])), Fraction(each["price"])) for each in mine if each["price"]]
        if how is Aggregate.LAST:
            assert actual.value == last(numbers)
        else:
            assert actual.value == aggregate(how, Counter(value for _, value in numbers).items())
    assert {fold(segment) for _, segment in found if segment} == {fold(each["who"]) for each in inside}
