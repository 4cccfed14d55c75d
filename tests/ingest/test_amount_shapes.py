from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest.amount_shapes import LONGEST, template


@pytest.mark.parametrize(
    ("shape", "point", "comma"),
    [
        ("9", 0, 0),
        ("9.99", 2, None),
        ("9,99", None, 2),
        ("9,999", 0, 3),
        ("9.999", 3, 0),
        ("9999,999", None, 3),
        ("9.999,99", None, 2),
        ("9,999,999", 0, None),
        ("9,99,999.99", 2, None),
        ("9'999.99", 2, None),
        ("9’999", 0, 0),
        ("9 999,9", None, 1),
        ("99\u00a0999", 0, 0),
        (".99", 2, None),
        ("99.", 0, None),
    ],
)
def test_what_a_body_can_mean(shape: str, point: int | None, comma: int | None) -> None:
    found = template(shape)
    assert found is not None
    assert (found.point, found.comma) == (point, comma)


@pytest.mark.parametrize(
    "shape",
    [
        "",
        ".",
        ",",
        "-",
        "9.9.9",
        "9,9,9",
        "9 99",
        "99-99",
        "(9",
        "9)",
        "--9",
        "-9-",
        "(-9)",
        "9 kg",
        "$9 €",
        "abc",
        "9.99E+99",
    ],
)
def test_what_is_no_number(shape: str) -> None:
    assert template(shape) is None


@pytest.mark.parametrize(
    ("shape", "negative", "currency"),
    [
        ("-$9.99", True, "$"),
        ("$-9.99", True, "$"),
        ("($9.99)", True, "$"),
        ("$(9.99)", True, "$"),
        ("9.99-", True, ""),
        ("\u22129", True, ""),
        ("+ £9,999.99", False, "GBP"),
        ("9.99 €", False, "EUR"),
        ("EUR 9", False, "EUR"),
        ("9 usd", False, "USD"),
        ("R$ 9", False, "BRL"),
        ("US$9", False, "USD"),
        ("USD$9", False, "USD"),
        ("9 kr", False, "kr"),
        ("9 kr.", False, "kr"),
        ("9,99 zł", False, "PLN"),
        ("CHF 9'999.99", False, "CHF"),
    ],
)
def test_sign_and_currency(shape: str, *, negative: bool, currency: str) -> None:
    found = template(shape)
    assert found is not None
    assert (found.negative, found.currency) == (negative, currency)


def test_percent_is_seen_and_parentheses_are_accounting() -> None:
    percent, paren = template("99.99%"), template("(9)")
    assert percent is not None
    assert percent.percent
    assert paren is not None
    assert paren.accounting


def test_only_a_shape_of_one_reading_shows_its_thousands() -> None:
    signs = [found.thousands for shape in ("9.999,99", "9 999", "9,999", "99.9") if (found := template(shape))]
    assert signs == [".", " ", "", ""]


def test_a_long_text_is_not_tried() -> None:
    assert template("9" * LONGEST) is not None
    assert template("9" * (LONGEST + 1)) is None


@given(st.text(alphabet="9.,-+()$€% '", max_size=40))
def test_any_text_is_a_number_or_none(shape: str) -> None:
    found = template(shape)
    assert found is None or found.point is not None or found.comma is not None
