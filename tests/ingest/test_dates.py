from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest import dates
from kpi_core.ingest.dates import Order
from tests.ingest.looking import TODAY, days, moments

FORMATS = (
    ("%Y-%m-%d", None), ("%Y/%m/%d", None), ("%Y%m%d", None), ("%Y.%m.%d.", None), ("%d %B %Y", None),
    ("%b %d, %Y", None), ("%d-%b-%Y", None), ("%Y-%m-%dT%H:%M:%SZ", None), ("%Y-%m-%d %H:%M:%S +0530", None),
    ("%b %d, %Y %I:%M:%S %p PDT", None), ("%d/%m/%Y", Order.DAY_FIRST), ("%d.%m.%Y %H:%M", Order.DAY_FIRST),
    ("%m/%d/%Y", Order.MONTH_FIRST), ("%m-%d-%Y %H:%M:%S", Order.MONTH_FIRST), ("%Y%m%d%H", None),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019.04.19.", "2019-04-19"),
        ("2012/3/22", "2012-03-22"),
        ("23-Jan-15", "2015-01-23"),
        ("September 24, 2026", "2026-09-24"),
        ("Jan 28 2021", "2021-01-28"),
        ("12. März 2026", "2026-03-12"),
        ("3 de enero de 2026", "2026-01-03"),
        ("Sep 4, 2026 1:05:07 AM PDT", "2026-09-04 01:05:07"),
        ("Sep 4, 2026 12:05:07 AM PDT", "2026-09-04 00:05:07"),
        ("Feb 24, 2017 11:29 pm", "2017-02-24 23:29:00"),
        ("02-Sep-2026 14:22:10 IST", "2026-09-02 14:22:10"),
        ("2026-09-03 23:59:59 -0400", "2026-09-03 23:59:59"),
        ("2026-09-03T23:59:59.999Z", "2026-09-03 23:59:59"),
        ("2026090314", "2026-09-03 14:00:00"),
        ("42178", "2015-06-23"),
        ("2026-09", "2026-09-01"),
        ("04/05/2023 as of 04/15/2023", "2023-05-04"),
    ],
)
def test_ways_of_writing_a_day(text: str, expected: str) -> None:
    assert moments([text]) == [expected]


@pytest.mark.parametrize("text", ["31.02.2026", "31 Feb 2026", "2026-02-30", "00/05/2026", "2026-09-03 25:00"])
def test_a_day_that_does_not_exist_is_unparsed(text: str) -> None:
    assert moments([text]) == [None]


def test_an_impossible_day_still_looks_like_a_date() -> None:
    found, _ = days(["31.02.2026", "28.02.2026"])
    assert found.share == 1.0


def test_a_day_that_the_order_does_not_allow_is_unparsed() -> None:
    assert moments(["13/02/2026", "02/13/2026"]) == ["2026-02-13", None]
    assert moments(["13/02/2026", "02/13/2026"], Order.MONTH_FIRST) == [None, "2026-02-13"]


def test_without_an_order_only_certain_dates_are_read() -> None:
    assert moments(["02/03/2026", "2026-03-02"], None) == [None, "2026-03-02"]


def test_two_digit_years_lie_around_today() -> None:
    assert moments(["03.02.26", "03.02.46", "03.02.47", "03.02.99"]) == [
        "2026-02-03", "2046-02-03", "1947-02-03", "1999-02-03",
    ]  # fmt: skip


def test_a_typing_error_is_read_only_beside_certain_dates() -> None:
    assert moments(["08//01/2019", "09/01/2019"]) == ["2019-01-08", "2019-01-09"]
    assert moments(["08//01/2019"]) == [None]


def test_day_numbers_of_a_spreadsheet_mix_with_text() -> None:
    assert moments(["02/06/2015", "42178", "23/06/2015"]) == ["2015-06-02", "2015-06-23", "2015-06-23"]


def test_days_that_a_spreadsheet_swapped_are_refused() -> None:
    texts, numbers = ["13/06/2015", "23/06/2015", "30/06/2015"], ["42010", "42041", "42071"]
    assert moments([*texts, *numbers])[3:] == [None, None, None]
    assert moments([*texts, "02/06/2015", *numbers])[4:] != [None, None, None]


def test_words_are_no_dates() -> None:
    found, _ = days(["Pending", "12-Dec-2019", "13-Dec-2019", "14-Dec-2019"])
    assert found.share == 0.75
    assert moments(["Pending", "12-Dec-2019"]) == [None, "2019-12-12"]


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("03/02/2026", Order.DAY_FIRST, "%d/%m/%Y"),
        ("03/02/2026", Order.MONTH_FIRST, "%m/%d/%Y"),
        ("03.02.26", Order.DAY_FIRST, "%d.%m.%y"),
        ("2019.04.19.", None, "%Y.%m.%d."),
        ("23-Jan-15", None, "%d-%b-%y"),
        ("September 24, 2026", None, "%B %d, %Y"),
        ("2026090314", None, "%Y%m%d%H"),
        ("2026-09-03 10:15:00 -0400", None, "%Y-%m-%d %H:%M:%S %z"),
        ("Sep 4, 2026 1:05:07 AM PDT", None, "%b %d, %Y %I:%M:%S %p PDT"),
        ("42178", None, "Excel day number"),
    ],
)
def test_the_format_is_told(text: str, order: Order | None, expected: str) -> None:
    assert dates.format_of(days([text])[0], order) == expected


def test_no_dates_no_format() -> None:
    assert dates.format_of(days(["x"])[0], None) is None


@given(
    st.sampled_from(FORMATS),
    st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2040, 12, 31)), min_size=1, max_size=8),
)
def test_every_format_reads_back_the_day_it_wrote(case: tuple[str, Order | None], moments_: list[datetime]) -> None:
    form, order = case
    written = [each.strftime(form) for each in moments_]
    assert [str(day)[:10] for day in moments(written, order)] == [each.date().isoformat() for each in moments_]


@given(st.dates(date(1955, 1, 1), date(2060, 1, 1)))
def test_day_numbers_are_spreadsheet_days(day: date) -> None:
    assert moments([str((day - date(1899, 12, 30)).days)]) == [day.isoformat()]


@given(st.lists(st.text(alphabet="0123456789/-. :TZJanFebMr", max_size=20), max_size=20), st.sampled_from(Order))
def test_any_cells_end_as_a_day_or_nothing(cells: list[str], order: Order) -> None:
    for found in moments(cells, order):
        assert found is None or date.fromisoformat(str(found)[:10]) < TODAY + timedelta(days=366 * 100)
