from __future__ import annotations

import timeit
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpi_core.unit import (
    NumberStyle,
    Unit,
    UnitKind,
    axis_value,
    format_exactly,
    format_value,
    parse_unit,
    parse_value,
    percent_text,
    shown,
)

AMERICAN, SWEDISH, GERMAN = NumberStyle("en_US"), NumberStyle("sv_SE"), NumberStyle("de_DE")
STYLES = [NumberStyle(name) for name in ("en_US", "en_GB", "sv_SE", "de_DE", "de_CH", "fr_FR", "en_IN", "nl_NL")]


def plain(text: str) -> str:
    """Write no-break spaces as spaces, for reading."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "unit", "style", "text"),
    [
        ("480000", "currency:SEK", SWEDISH, "480 000 kr"),
        ("480000", "currency:USD", AMERICAN, "$480,000"),
        ("1249.5", "currency:USD", AMERICAN, "$1,249.50"),
        ("1249.5", "currency:EUR", GERMAN, "1.249,50 €"),
        ("100", "currency:USD", AMERICAN, "$100"),
        ("99", "currency:USD", AMERICAN, "$99.00"),
        ("0", "currency:USD", AMERICAN, "$0"),
        ("9999.99", "currency:USD", AMERICAN, "$9,999.99"),
        ("10000.5", "currency:USD", AMERICAN, "$10,001"),
        ("-12.345", "currency:USD", AMERICAN, "\u2212$12.35"),
        ("-12.345", "currency:SEK", SWEDISH, "\u221212,35 kr"),
        ("12.5", "currency:JPY", AMERICAN, "¥13"),
        ("480000", "currency:INR", NumberStyle("en_IN"), "₹4,80,000"),
        ("480", "currency:INR", NumberStyle("en_IN"), "₹480"),
        ("3.2", "percent", SWEDISH, "3,2 %"),
        ("3.2", "percent", AMERICAN, "3.2%"),
        ("58", "percent", AMERICAN, "58%"),
        ("3.25", "percent", AMERICAN, "3.3%"),
        ("-0.04", "percent", AMERICAN, "0%"),
        ("1234567", "count", AMERICAN, "1,234,567"),
        ("3.5", "count", AMERICAN, "3.5"),
        ("51.74", "score", AMERICAN, "51.7"),
        ("3.456", "ratio", AMERICAN, "3.46"),
        ("0", "duration", AMERICAN, "0 s"),
        ("45", "duration", AMERICAN, "45 s"),
        ("3.25", "duration", AMERICAN, "3.3 s"),
        ("59.96", "duration", AMERICAN, "1 min"),
        ("90", "duration", AMERICAN, "1 min 30 s"),
        ("3600", "duration", AMERICAN, "1 h"),
        ("8129", "duration", AMERICAN, "2 h 15 min"),
        ("8130", "duration", AMERICAN, "2 h 16 min"),
        ("259169", "duration", AMERICAN, "71 h 59 min"),
        ("259199", "duration", AMERICAN, "3 days"),
        ("273600", "duration", AMERICAN, "3 days 4 h"),
        ("86400000", "duration", AMERICAN, "1,000 days"),
        ("-8100", "duration", SWEDISH, "\u22122 h 15 min"),
    ],
)
def test_values_in_the_businesss_own_style(value: str, unit: str, style: NumberStyle, text: str) -> None:
    assert plain(format_value(Fraction(value), parse_unit(unit), style)) == text


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        ("480000", "currency:USD", 2, "$480,000.00"),
        ("1249.5", "currency:USD", 0, "$1,250"),
        ("3", "percent", 1, "3.0%"),
        ("51.74", "score", 0, "52"),
        ("1", "ratio", 7, "1.0000000"),
        ("8100", "duration", 2, "2 h 15 min"),
    ],
)
def test_given_decimals_are_kept(value: str, unit: str, decimals: int, text: str) -> None:
    assert plain(format_value(Fraction(value), parse_unit(unit), AMERICAN, decimals)) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("51.25", "score", "51.25"),
        ("51.2500001", "score", "51.3"),
        ("0.000001", "score", "0.000001"),
        ("48433.85", "currency:USD", "$48,433.85"),
        ("45", "currency:USD", "$45"),
        ("45.5", "currency:USD", "$45.50"),
        ("3", "percent", "3%"),
        ("16000", "duration", "4 h 26 min 40 s"),
        ("16000.5", "duration", "4 h 26 min 40.5 s"),
        ("259260", "duration", "3 days 1 min"),
    ],
)
def test_an_agreed_number_shows_all_its_digits(value: str, unit: str, text: str) -> None:
    assert plain(format_exactly(Fraction(value), parse_unit(unit), AMERICAN)) == text


def test_a_number_without_end_is_rounded_as_usual() -> None:
    assert format_exactly(Fraction(100, 3), Unit(UnitKind.SCORE), AMERICAN) == "33.3"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("2.96", None, "2.96"),
        ("2.94", None, "2.9"),
        ("2.96", 1, "2.96"),
        ("2.9996", 0, "2.9996"),
        ("2.9999999", 1, "3.000000"),
        ("3.04", 1, "3.0"),
    ],
)
def test_digits_are_added_until_the_side_is_right(value: str, decimals: int | None, text: str) -> None:
    assert shown(Fraction(value), lambda number: number >= 3, Unit(UnitKind.SCORE), AMERICAN, decimals) == text


def test_a_duration_gains_minutes_and_seconds() -> None:
    def is_late(seconds: Fraction) -> bool:
        return seconds > 4 * 3600

    assert plain(shown(Fraction(14401), is_late, Unit(UnitKind.DURATION), AMERICAN)) == "4 h 1 s"


@pytest.mark.parametrize(("percent", "text"), [("6.3", "6.3%"), ("6.0", "6%"), ("0.04", "0.04%"), ("12", "12%")])
def test_percentages_drop_empty_decimals(percent: str, text: str) -> None:
    assert percent_text(Decimal(percent), AMERICAN) == text


@pytest.mark.parametrize(
    ("value", "unit", "style", "text"),
    [
        ("850", "currency:USD", AMERICAN, "$850"),
        ("9999", "count", AMERICAN, "9,999"),
        ("10000", "count", AMERICAN, "10k"),
        ("12345", "count", AMERICAN, "12.3k"),
        ("99950", "count", AMERICAN, "100k"),
        ("999499", "count", AMERICAN, "999k"),
        ("999500", "count", AMERICAN, "1M"),
        ("1234567", "currency:USD", AMERICAN, "$1.23M"),
        ("-480000", "currency:SEK", SWEDISH, "\u2212480 k kr"),
        ("2500000000", "currency:USD", AMERICAN, "$2.5bn"),
        ("7200", "duration", AMERICAN, "2 h"),
        ("60", "percent", AMERICAN, "60%"),
    ],
)
def test_axis_values_are_short(value: str, unit: str, style: NumberStyle, text: str) -> None:
    assert plain(axis_value(Fraction(value), parse_unit(unit), style)) == text


@given(
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    st.sampled_from(["currency:SEK", "currency:USD", "currency:CHF", "percent", "count", "score", "ratio", "duration"]),
    st.sampled_from(STYLES),
)
def test_what_is_written_exactly_is_read_back(value: Decimal, unit_name: str, style: NumberStyle) -> None:
    number, unit = Fraction(value), parse_unit(unit_name)
    assert parse_value(format_exactly(number, unit, style), unit, style) == number


@given(st.fractions(-(10**12), 10**12), st.sampled_from(["currency:USD", "percent", "count", "score", "duration"]))
def test_what_is_written_for_reading_is_near(value: Fraction, unit_name: str) -> None:
    unit = parse_unit(unit_name)
    assume(unit.kind is not UnitKind.COUNT or value.denominator == 1)
    written = parse_value(format_value(value, unit, AMERICAN), unit, AMERICAN)
    near = 1800 if unit.kind is UnitKind.DURATION else Fraction(1, 2)
    assert abs(written - value) <= near


@given(st.fractions(-1000, 1000), st.fractions(-1000, 1000))
def test_six_digits_or_the_right_side(value: Fraction, border: Fraction) -> None:
    unit = Unit(UnitKind.SCORE)
    text = shown(value, lambda number: number >= border, unit, AMERICAN, 0)
    written = parse_value(text, unit, AMERICAN)
    assert (written >= border) == (value >= border) or len(text.partition(".")[2]) == 6


def test_writing_a_number_is_quick() -> None:
    """A board of 50 cards writes some hundred numbers; generous, so that a busy machine is no failure."""
    value, unit = Fraction(4801234, 10), Unit(UnitKind.CURRENCY, "SEK")
    format_value(value, unit, SWEDISH)
    best = min(timeit.repeat(lambda: format_value(value, unit, SWEDISH), number=1000, repeat=5))
    assert best < 0.1


def test_a_small_ratio_keeps_two_digits_that_count() -> None:
    ratio, style = Unit(UnitKind.RATIO), NumberStyle("en_US")
    assert format_value(Fraction(28, 14220), ratio, style) == "0.002"
    assert format_value(Fraction(31, 10_000), ratio, style) == "0.0031"
    assert format_value(Fraction(0), ratio, style) == "0"
