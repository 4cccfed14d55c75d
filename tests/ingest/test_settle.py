from __future__ import annotations

import pytest

from kpi_core.ingest.report import ReadingChoice
from tests.ingest.looking import read

OPEN = ["05/03/2026", "06/03/2026"]


def asked(**options: object) -> list[str]:
    """List the ids of the questions about a table with one open date column."""
    table: dict[str, list[str]] = {"Date": OPEN, "Amount": ["1.50", "2.50"]}
    return [question.id for question in read(table | options.pop("more", {}), **options).questions]  # type: ignore[arg-type, operator]


def test_nothing_decides_so_it_is_asked() -> None:
    assert asked() == ["date-order"]


@pytest.mark.parametrize(
    "more",
    [
        {"Shipped": ["13/03/2026", "06/03/2026"]},
        {"Exported": ["2026-03-05", "2026-03-06"]},
        {"Betrag": ["1.50", "2.50"], "Verwendungszweck": ["a", "b"]},
    ],
)
def test_the_rest_of_the_file_decides(more: dict[str, list[str]]) -> None:
    assert asked(more=more) == []


def test_a_decimal_comma_alone_decides_nothing() -> None:
    assert asked(more={"Amount": ["1,50", "2,50"]}) == ["date-order"]
    assert asked(more={"Amount": ["1,50", "2,50"]}, titles=("05/03/2026 - 06/03/2026",)) == []


def test_a_title_decides() -> None:
    assert asked(titles=("01/03/2026 - 31/03/2026",)) == []


def test_an_answer_decides_and_the_columns_own_dates_win_over_it() -> None:
    table = {"Date": OPEN, "Amount": ["1.50", "2.50"]}
    assert read(table, answers={"date-order": "month-first"}).dates == ["2026-05-03", "2026-06-03"]
    own = {"Date": ["05/03/2026", "16/03/2026"], "Amount": ["1.50", "2.50"]}
    assert read(own, answers={"date-order": "month-first"}).dates == ["2026-03-05", "2026-03-16"]


def test_the_same_day_either_way_needs_no_question() -> None:
    found = read({"Date": ["05/05/2026"], "Amount": ["1.50"]})
    assert (found.questions, found.dates) == ((), ["2026-05-05"])


def test_contradicting_dates_are_asked_and_the_others_refused() -> None:
    table = {"Date": ["13/02/2026", "02/14/2026"], "Amount": ["1.50", "2.50"]}
    assert [question.id for question in read(table).questions] == ["date-order"]
    found = read(table, answers={"date-order": "day-first"})
    assert (found.questions, found.dates, len(found.refused)) == ((), ["2026-02-13"], 1)


def test_an_open_mark_is_asked_only_of_a_column_in_use() -> None:
    table = {"Date": ["2026-03-05"], "Amount": ["1.234"], "Weight": ["1.5"], "Fee": ["0,50"]}
    assert [question.id for question in read(table, wanted=ReadingChoice(value="Amount")).questions] == ["decimal"]
    assert read(table, wanted=ReadingChoice(value="Weight")).questions == ()
    assert [q.column for q in read(table, wanted=ReadingChoice(value="Weight", also=("Amount",))).questions] == [
        "Amount"
    ]


def test_an_open_column_that_is_not_in_use_stays_text() -> None:
    table = {"Date": ["2026-03-05"], "Amount": ["1.234"], "Weight": ["1.5"], "Fee": ["0,50"]}
    found = read(table, wanted=ReadingChoice(value="Weight"))
    assert found.cells["Amount"] == ["1.234"]


def test_the_answer_about_the_mark() -> None:
    table = {"Date": ["2026-03-05"], "Amount": ["1.234"]}
    comma, point = (read(table, answers={"decimal": choice}) for choice in ("comma", "point"))
    assert (comma.cells["Amount"], comma.decimal) == ([1234], ",")
    assert (point.cells["Amount"], point.decimal) == ([1234], ".")
    assert [each.types[1].scale for each in (comma, point)] == [0, 3]


def test_two_currencies_in_the_amounts_are_asked_for() -> None:
    table = {"Date": ["2026-03-05", "2026-03-06"], "Amount": ["€5.00", "£6.00"]}
    found = read(table)
    assert [(q.id, q.choices) for q in found.questions] == [("currency", ("EUR", "GBP"))]
    assert found.questions[0].text == (
        '"Amount" holds EUR and GBP. Which of them shall count? Rows in another currency are refused.'
    )
    answered = read(table, answers={"currency": "EUR"})
    assert (answered.cells["Amount"], answered.types[1].currency) == ([500], "EUR")
    assert [(each.text, each.reason) for each in answered.refused] == [("£6.00", "this is another currency")]
