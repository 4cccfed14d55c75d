from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest import order
from kpi_core.ingest.dates import Order
from tests.ingest.looking import TODAY, days


def test_a_number_over_twelve_decides() -> None:
    assert order.votes(days(["01/02/2026", "13/02/2026"])[0]).order is Order.DAY_FIRST
    assert order.votes(days(["01/02/2026", "02/13/2026"])[0]).order is Order.MONTH_FIRST
    assert order.votes(days(["01/02/2026", "12/12/2026"])[0]).order is None


def test_contradicting_dates_are_mixed_one_in_a_hundred_is_a_typing_error() -> None:
    assert order.votes(days(["13/02/2026", "02/13/2026"])[0]).mixed
    many = [(date(2026, 1, 1) + timedelta(days=day)).strftime("%d/%m/%Y") for day in range(200)]
    assert order.votes(days([*many, "02/30/2026"])[0]).order is Order.DAY_FIRST


def test_dates_above_the_header_decide() -> None:
    assert order.of_titles(["Period: 01/05/2026 - 31/05/2026"]) is Order.DAY_FIRST
    assert order.of_titles(["From 05/01/26 to 05/31/26"]) is Order.MONTH_FIRST
    assert order.of_titles(["01/05/2026", "no date"]) is None


def test_dots_put_the_day_first() -> None:
    assert order.of_habit(days(["03.02.2026"])[0]) is Order.DAY_FIRST
    assert order.of_habit(days(["03/02/2026"])[0]) is None
    assert order.of_habit(days(["2026-02-03"])[0]) is None


def test_headers_of_a_language_that_writes_the_day_first_decide() -> None:
    assert order.of_country(not_english=True) is Order.DAY_FIRST
    assert order.of_country(not_english=False) is None


PERIOD = ("From: 03/02/2026", "To: 04/02/2026")


@pytest.mark.parametrize(
    ("titles", "cells", "decimal", "expected"),
    [
        (PERIOD, ["03/02/2026", "04/02/2026"], ",", Order.DAY_FIRST),
        (PERIOD, ["03/02/26", "04/02/26"], ",", Order.DAY_FIRST),
        (PERIOD, ["03/02/2026", "04/02/2026"], ".", None),
        (PERIOD, ["03/02/2026"], ",", None),
        (PERIOD[:1], ["03/02/2026"], ",", None),
        ((), ["03/02/2026", "04/02/2026"], ",", None),
        (("02/03/2026 - 02/04/2026",), ["02/03/2026", "02/04/2026"], ",", None),
        (("03/01/2026 - 04/01/2026",), ["03/01/2026", "04/01/2026"], ",", None),
        (("03/02/2026 - 99/02/2026",), ["03/02/2026", "04/02/2026"], ",", None),
    ],
)
def test_a_decimal_comma_counts_only_beside_a_stated_period_that_the_days_fill(
    titles: tuple[str, ...], cells: list[str], decimal: str, expected: Order | None
) -> None:
    assert order.of_filled_period(titles, days(cells)[0], decimal=decimal, today=TODAY) is expected


def test_rows_that_run_steadily_in_one_order_only() -> None:
    newest_first = ["03/11/2026", "02/11/2026", "01/11/2026", "12/10/2026", "11/10/2026", "10/10/2026"]
    found, codes = days(newest_first)
    assert order.of_rows(found, codes, TODAY) is Order.DAY_FIRST
    found, codes = days(newest_first[:5])
    assert order.of_rows(found, codes, TODAY) is None


def test_rows_sorted_as_text_prove_nothing() -> None:
    found, codes = days(["01/05/2026", "02/03/2026", "03/04/2026", "05/02/2026", "07/06/2026", "09/01/2026"])
    assert order.of_rows(found, codes, TODAY) is None


def test_a_certain_column_beside_it_decides() -> None:
    own = {
        Order.DAY_FIRST: [f"2026-02-{day:02d}" for day in range(1, 8)],
        Order.MONTH_FIRST: [f"2026-{day:02d}-02" for day in range(1, 8)],
    }
    near = [f"2026-02-{day + 2:02d}" for day in range(1, 8)]
    assert order.of_neighbour(own, near) is Order.DAY_FIRST
    assert order.of_neighbour(own, [None] * 7) is None
    assert order.of_neighbour(own, ["2025-01-01"] * 7) is None


def test_one_row_is_enough_only_where_it_is_the_same_day() -> None:
    own = {Order.DAY_FIRST: ["2026-04-03"], Order.MONTH_FIRST: ["2026-03-04"]}
    assert order.of_neighbour(own, ["2026-04-03"]) is Order.DAY_FIRST
    assert order.of_neighbour(own, ["2026-04-05"]) is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["99-02-03"], True),
        (["03.02.26"], False),
        (["01/04/20"], False),
        (["2/20/19"], False),
        (["26-02-03"], None),
        ([f"26-02-{day:02d}" for day in range(1, 9)], True),
        ([f"{day:02d}-02-26" for day in range(12, 20)], False),
        (["03/02/2026"], False),
    ],
)
def test_whether_short_dates_begin_with_the_year(cells: list[str], *, expected: bool | None) -> None:
    assert order.year_first(days(cells)[0], TODAY) is expected


def test_the_question_shows_a_date_of_the_file() -> None:
    found, _ = days(["05/05/2026", "05/03/2026"])
    asked = order.question("Date", order.votes(found), found, TODAY)
    assert asked.text == 'Is 05/03/2026 in "Date" 5 March 2026 or 3 May 2026?'
    assert asked.choices == ("day-first", "month-first")
    assert asked.labels == ("day first: 5 March 2026", "month first: 3 May 2026")


def test_the_question_offers_the_year_first_where_that_is_possible() -> None:
    found, _ = days(["26-02-03"])
    asked = order.question("Date", order.votes(found), found, TODAY)
    assert asked.choices[-1] == "year-first"


def test_the_question_about_contradicting_dates() -> None:
    found, _ = days(["13/02/2026", "02/13/2026"])
    asked = order.question("Date", order.votes(found), found, TODAY)
    assert asked.text == 'Some dates in "Date" have the day first, some the month. Which is right for the file?'


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
    st.randoms(),
)
def test_a_vote_never_names_the_wrong_order(wanted: list[date], form: str, rng: random.Random) -> None:
    rng.shuffle(wanted)
    found = order.votes(days([day.strftime(form) for day in wanted])[0])
    right = Order.DAY_FIRST if form.startswith("%d") else Order.MONTH_FIRST
    assert found.order in (right, None)
    assert (found.order is None) == all(day.day <= 12 for day in wanted)
