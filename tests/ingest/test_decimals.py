from __future__ import annotations

import pytest

from kpi_core.ingest import decimals
from tests.ingest.looking import numbers


def mark(cells: list[str], name: str = "Weight", elsewhere: str | None = None) -> str | None:
    """Settle the mark of one column."""
    seen = numbers(cells)
    return decimals.of_column(decimals.count(seen), seen, name, elsewhere)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.50", "2"], "."),
        (["1,50", "2"], ","),
        (["1.234,50", "1.234"], ","),
        (["1,234", "0.5"], "."),
        (["0,123", "1,234"], ","),
        (["1,234,567", "1,234"], "."),
        (["1234,567"], ","),
        (["5", "7"], "."),
    ],
)
def test_the_column_decides(cells: list[str], expected: str) -> None:
    assert mark(cells) == expected


@pytest.mark.parametrize("cells", [["1.234"], ["1,234"], ["1,234", "1.234"], ["1,234", "2,345", "7"]])
def test_one_mark_before_three_digits_is_open(cells: list[str]) -> None:
    assert mark(cells) is None
    assert mark(cells, "Amount") is None


def test_the_rest_of_the_file_decides() -> None:
    assert mark(["1.234"], elsewhere=",") == ","
    assert mark(["1.234"], elsewhere=".") == "."


def test_a_file_that_would_give_money_three_decimals_decides_nothing() -> None:
    assert mark(["1.234"], "Betrag", elsewhere=".") is None
    assert mark([f"{value}.234" for value in range(1, 20)], "Betrag", elsewhere=".") is None
    assert mark(["1.234"], "Betrag", elsewhere=",") == ","
    assert mark(["1,234"], "Amount", elsewhere=".") == "."
    assert mark(["1.234"], "Unit price", elsewhere=".") == "."


def test_both_marks_beyond_typing_errors_stay_open_even_against_the_file() -> None:
    assert mark(["1,50", "2.50"], elsewhere=".") is None


def test_one_typing_error_in_a_hundred_does_not_matter() -> None:
    assert mark([f"{value}.50" for value in range(100)] + ["7,25"]) == "."


def test_five_amounts_of_money_prove_thousands_four_do_not() -> None:
    amounts = ["125,000", "45,000", "32,000", "202,000", "28,000"]
    assert mark(amounts, "Amount") == "."
    assert mark(amounts[:4], "Amount") is None
    assert mark([each.replace(",", ".") for each in amounts], "Betrag") == ","


def test_money_of_three_decimals_proves_nothing() -> None:
    assert mark([f"{value},125 KWD" for value in range(1, 9)], "Amount") is None


def test_prices_and_weights_may_have_three_decimals() -> None:
    cells = [f"{value}.459" for value in range(1, 9)]
    assert mark(cells, "Unit price") is None
    assert mark(cells, "Weight") is None


def test_many_thousands_beside_small_whole_numbers_prove_thousands() -> None:
    many = [f"{value},{value:03d}" for value in range(10, 40)]
    assert mark([*many, "7"], "Impressions") == "."
    assert mark(many, "Impressions") is None
    assert mark([*many, "7", "1500"], "Impressions") is None


def test_a_file_has_one_mark_only_where_its_columns_agree() -> None:
    point, comma, none = (decimals.count(numbers([cell])) for cell in ("1.5", "1,5", "7"))
    assert decimals.of_file([point, none]) == "."
    assert decimals.of_file([point, comma]) is None
    assert decimals.of_file([none]) is None


def test_the_question_shows_a_value_of_the_file() -> None:
    asked = decimals.question("Amount", decimals.count(numbers(["1.234"])))
    assert asked.text == 'Does 1.234 in "Amount" mean 1234 or 1.234?'
    assert asked.choices == ("comma", "point")
    assert asked.labels == ("decimal comma: 1234", "decimal point: 1.234")
    assert decimals.question("Amount", decimals.count(numbers(["4,884"]))).labels == (
        "decimal comma: 4,884",
        "decimal point: 4884",
    )


def test_the_question_about_a_mixed_column() -> None:
    asked = decimals.question("Amount", decimals.count(numbers(["1,50", "2.50"])))
    assert asked.text == (
        'Some numbers in "Amount" have a decimal point, some a decimal comma. Which is right for the file?'
    )
