from __future__ import annotations

import pytest

from kpi_core.ingest.months import months, weekdays


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["Jan", "DEC", "Sept"], [1, 12, 9]),
        (["März", "Dez."], [3, 12]),
        (["février", "août"], [2, 8]),
        (["enero", "diciembre"], [1, 12]),
        (["maj", "okt"], [5, 10]),
        (["marca", "września"], [3, 9]),
        (["января", "мая"], [1, 5]),
    ],
)
def test_months_in_the_languages_of_exports(written: list[str], expected: list[int]) -> None:
    assert [months(written).get(name) for name in written] == expected


def test_a_name_that_two_languages_explain_differently_is_left_out() -> None:
    assert months(["listopad"]) == {}
    assert months(["listopad", "srpnja"])["listopad"] == 10
    assert months(["listopad", "grudzień"])["listopad"] == 11


def test_words_that_are_no_month_are_left_out() -> None:
    assert months(["Pending", "Mar"]) == {"Mar": 3}
    assert months([]) == {}


def test_weekdays_are_known_by_name() -> None:
    assert {"mon", "friday", "montag", "mercredi"} <= weekdays()
