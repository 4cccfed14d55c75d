from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest import number
from tests.ingest.looking import numbers

MINUSES = ("-{}", "({})", "{}-", "\u2212{}")
GROUPS = {".": (",", "", " ", "'"), ",": (".", "", "\u00a0", "\u202f")}


def read(cells: list[str], mark: str = ".") -> tuple[list[object], int]:
    """Read distinct cells."""
    found = number.amounts(numbers(cells), mark)
    return list(found.values), found.scale


def test_the_scale_is_the_most_decimals_found() -> None:
    assert read(["1", "2.5", "3.25", "-4"]) == ([100, 250, 325, -400], 2)


def test_a_decimal_comma_reads_dots_as_thousands() -> None:
    assert read(["1.234,56", "1.234", "-7"], ",") == ([123456, 123400, -700], 2)


def test_what_does_not_fit_the_mark_is_unparsed_never_guessed() -> None:
    found = number.amounts(numbers(["1,50", "2.50", "x"]), ".")
    assert list(found.values) == [None, 250, None]
    assert found.unparsed.tolist() == [True, False, True]


def test_words_for_nothing_are_blank_not_unparsed() -> None:
    seen = numbers(["--", "N/A", "nil", "\u2014", "#DIV/0!", "5"])
    found = number.amounts(seen, ".")
    assert found.unparsed.sum() == 0
    assert list(found.values) == [None, None, None, None, None, 5]
    assert seen.share == 1.0


def test_a_thousand_never_begins_with_zero() -> None:
    assert read(["0,123", "5"]) == ([None, 5], 0)
    assert read(["0,123", "5"], ",") == ([123, 5000], 3)


def test_nine_decimals_at_most_half_up() -> None:
    assert read(["0.1234567895", "-0.1234567895"]) == ([123456790, -123456790], 9)


def test_what_computing_leaves_of_a_zero_is_a_zero() -> None:
    assert read(["9.09495E-13", "4.30"]) == ([0, 430], 2)
    assert read(["2.5e-1", "4.30"]) == ([25, 430], 2)


def test_a_number_rounded_to_a_power_is_refused() -> None:
    assert read(["1.66E+12"]) == ([None], 0)


def test_more_than_64_bits_is_refused_not_wrapped() -> None:
    assert read([str(2**63 - 1)]) == ([2**63 - 1], 0)
    assert read([str(2**63)]) == ([None], 0)
    assert read(["9223372036854775807", "0.5"])[0][0] is None


@pytest.mark.parametrize(
    ("cells", "identifier"),
    [
        (["007", "123"], True),
        (["123456789012345"], True),
        (["12345678901234"], False),
        (["0", "10"], False),
        (["0.50", "1.50"], False),
    ],
)
def test_digits_that_name_a_thing(cells: list[str], *, identifier: bool) -> None:
    assert numbers(cells).identifier is identifier


def test_share_counts_rows_not_distinct_texts() -> None:
    assert numbers(["5", "5", "5", "x"]).share == 0.75


def test_currencies_are_told_by_iso_where_a_sign_means_one() -> None:
    seen = numbers(["€5", "5 EUR", "£7", "$1"])
    assert seen.currencies == ("$", "EUR", "GBP")
    assert seen.of_currency("EUR").tolist() == [True, True, False, False]


def test_thousands_of_a_file_is_what_most_values_show() -> None:
    seen = [numbers(["1.234,50", "2.345,50"]), numbers(["1 234,5"]), numbers(["7"])]
    assert number.thousands_of(seen) == "."
    assert number.thousands_of([numbers(["7", "1,234"])]) is None


def test_no_texts_no_numbers() -> None:
    found = number.amounts(numbers([]), ".")
    assert (list(found.values), found.scale, found.unparsed.tolist()) == ([], 0, [])


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """A whole number of units, written with a mark, decimals, thousands, sign and currency."""
    units, scale = draw(st.integers(0, 10**12)), draw(st.integers(1, 4))
    mark = draw(st.sampled_from([".", ","]))
    group = draw(st.sampled_from(GROUPS[mark]))
    whole, part = divmod(units, 10**scale)
    body = f"{whole:,d}".replace(",", group) + mark + f"{part:0{scale}d}"
    negative = draw(st.booleans()) and units > 0
    text = draw(st.sampled_from(MINUSES)).format(body) if negative else body
    currency = draw(st.sampled_from(["{}", "{} €", "€{}", "{} kr", "SEK {}"]))
    return currency.format(text), mark, -units if negative else units, scale


@given(written())
def test_every_way_of_writing_is_read_exactly(case: tuple[str, str, int, int]) -> None:
    text, mark, units, scale = case
    if "(" in text and text.startswith(("SEK", "€")):
        text = text.replace("SEK (", "(SEK ").replace("€(", "(€")
    values, found = read([text], mark)
    value = values[0]
    assert isinstance(value, int)
    assert Decimal(value).scaleb(-found) == Decimal(units).scaleb(-scale)


@given(st.lists(st.text(alphabet="0123456789.,-()$ €%Ee'", max_size=24), max_size=30), st.sampled_from(".,"))
def test_any_cells_end_as_value_blank_or_unparsed(cells: list[str], mark: str) -> None:
    seen = numbers(cells)
    found = number.amounts(seen, mark)
    missing = np.array([value is None for value in found.values], dtype=bool)
    assert (missing == (found.unparsed | seen.empty)).all()
    assert all(value is None or abs(value) < 2**63 for value in found.values)
