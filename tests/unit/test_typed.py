from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import RefusedDefinition
from kpi_core.unit import NumberStyle, parse_unit, parse_value

AMERICAN, SWEDISH, GERMAN = NumberStyle("en_US"), NumberStyle("sv_SE"), NumberStyle("de_DE")


@pytest.mark.parametrize("style", [AMERICAN, SWEDISH, GERMAN])
@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("500 000", "currency:SEK", "500000"),
        ("500\u00a0000 kr", "currency:SEK", "500000"),
        ("500'000", "currency:CHF", "500000"),
        ("CHF 1’234.50", "currency:CHF", "1234.5"),
        ("1.234,56 kr", "currency:SEK", "1234.56"),
        ("1,234.56", "currency:SEK", "1234.56"),
        ("1.234.567", "count", "1234567"),
        ("1,234,567", "count", "1234567"),
        ("12,34,567", "count", "1234567"),
        ("1 234,567", "score", "1234.567"),
        ("1234,567", "score", "1234.567"),
        ("0,234", "score", "0.234"),
        (".5", "score", "0.5"),
        ("12,5", "score", "12.5"),
        ("12.5", "score", "12.5"),
        ("3,2 %", "percent", "3.2"),
        ("3.2%", "percent", "3.2"),
        ("%3", "percent", "3"),
        ("3 percent", "percent", "3"),
        ("3", "percent", "3"),
        ("$1.2M", "currency:USD", "1200000"),
        ("1,2 Mkr", "currency:SEK", "1200000"),
        ("500k", "currency:SEK", "500000"),
        ("2 bn", "count", "2000000000"),
        ("2 million", "count", "2000000"),
        ("sek 45", "currency:SEK", "45"),
        ("500,-", "currency:NOK", "500"),
        ("500:-", "currency:SEK", "500"),
        ("-5", "score", "-5"),
        ("\u22125", "score", "-5"),
        ("+5", "score", "5"),
        ("-$5", "currency:USD", "-5"),
        ("$-5", "currency:USD", "-5"),
        ("(500)", "currency:USD", "-500"),
        ("($500)", "currency:USD", "-500"),
        (" 7 ", "count", "7"),
    ],
)
def test_what_the_digits_decide_is_read_alike_in_every_style(
    text: str, unit: str, value: str, style: NumberStyle
) -> None:
    assert parse_value(text, parse_unit(unit), style) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2 h 15 min", 8100),
        ("2h15min", 8100),
        ("4h", 14400),
        ("2:15", 8100),
        ("2:15 h", 8100),
        ("2:15:30", 8130),
        ("0:05", 300),
        ("45 s", 45),
        ("90 min", 5400),
        ("1.5 h", 5400),
        ("1,5 h", 5400),
        (".5 h", 1800),
        ("3 days 4 h", 273600),
        ("1 day", 86400),
        ("2 Hours 1 Minute", 7260),
        ("-2 h", -7200),
        ("-0:30", -1800),
        ("1 000 days", 86400000),
    ],
)
def test_durations_come_out_in_seconds(text: str, seconds: int) -> None:
    assert parse_value(text, parse_unit("duration"), AMERICAN) == seconds


@pytest.mark.parametrize(
    ("text", "style", "unit", "value"),
    [
        ("1,234", AMERICAN, "currency:USD", "1234"),
        ("1.234", GERMAN, "currency:EUR", "1234"),
        ("1.234", GERMAN, "count", "1234"),
        ("1,234", GERMAN, "score", "1.234"),
        ("1.234", AMERICAN, "ratio", "1.234"),
        ("1.234", AMERICAN, "currency:KWD", "1.234"),
        ("999,999", AMERICAN, "count", "999999"),
    ],
)
def test_the_style_decides_what_the_digits_leave_open(text: str, style: NumberStyle, unit: str, value: str) -> None:
    assert parse_value(text, parse_unit(unit), style) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "style", "unit", "hint"),
    [
        ("1.234", SWEDISH, "score", "Write 1234 or 1,2340."),
        ("1,234", SWEDISH, "currency:SEK", "Write 1234 or 1,2340."),
        ("1.234", AMERICAN, "currency:USD", "Write 1234 or 1.2340."),
        ("1.234", AMERICAN, "count", "Write 1234 or 1.2340."),
    ],
)
def test_two_readings_are_refused(text: str, style: NumberStyle, unit: str, hint: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        parse_value(text, parse_unit(unit), style)
    assert refused.value.sentence == f'"{text}" can be read as 1234 or as a little over 1.'
    assert refused.value.hint == hint


@pytest.mark.parametrize(
    ("text", "unit", "sentence", "hint"),
    [
        ("", "count", "There is no number.", "Write it like 12,500."),
        ("   ", "percent", "There is no number.", "Write it like 3.2%."),
        ("much", "count", '"much" cannot be read as a number.', "Write it like 12,500."),
        ("€5", "currency:USD", '"€5" cannot be read as an amount in USD.', "Write it like $12,500."),
        ("5 kr kr", "currency:USD", '"5 kr kr" cannot be read as an amount in USD.', "Write it like $12,500."),
        ("$5 $", "currency:USD", '"$5 $" cannot be read as an amount in USD.', "Write it like $12,500."),
        ("5%", "score", '"5%" cannot be read as a number.', "Write it like 3.2."),
        ("5 kr", "percent", '"5 kr" cannot be read as a percentage.', "Write it like 3.2%."),
        ("4 parsecs", "duration", '"4 parsecs" cannot be read as a length of time.', "Write it like 2 h 15 min."),
        ("15 min 2 h", "duration", '"15 min 2 h" cannot be read as a length of time.', "Write it like 2 h 15 min."),
        ("2 h 3 h", "duration", '"2 h 3 h" cannot be read as a length of time.', "Write it like 2 h 15 min."),
        ("2:75", "duration", '"2:75" cannot be read as a length of time.', "Write it like 2 h 15 min."),
        ("2 h 15", "duration", '"2 h 15" cannot be read as a length of time.', "Write it like 2 h 15 min."),
        ("4", "duration", '"4" says no unit of time.', "Say h or min: 4 h or 4 min."),
    ],
)
def test_what_is_no_number_of_the_unit_is_refused(text: str, unit: str, sentence: str, hint: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        parse_value(text, parse_unit(unit), AMERICAN)
    assert refused.value.sentence == sentence
    assert refused.value.hint.replace("\u00a0", " ") == hint


@pytest.mark.parametrize(
    "text",
    ["1e6", "--5", "1.2.3", "1,2,3", "12 34", "1,234.5.6", "1,23.4,5", "1 234.567,8", "1.", ",", "(5", "5)", "-(5)"],
)
def test_malformed_digits_are_refused(text: str) -> None:
    with pytest.raises(RefusedDefinition):
        parse_value(text, parse_unit("count"), AMERICAN)


def test_a_text_too_long_for_a_number_is_cut_in_its_refusal() -> None:
    assert parse_value("1" * 60, parse_unit("count"), AMERICAN) == int("1" * 60)
    with pytest.raises(RefusedDefinition) as refused:
        parse_value("1" * 61, parse_unit("count"), AMERICAN)
    assert refused.value.sentence == f'"{"1" * 60}..." is too long for a number.'
    assert refused.value.hint == "Write it like 12,500."


@given(st.text(max_size=40), st.sampled_from(["currency:SEK", "percent", "count", "duration"]))
def test_any_text_is_a_number_or_refused(text: str, unit: str) -> None:
    with contextlib.suppress(RefusedDefinition):
        assert isinstance(parse_value(text, parse_unit(unit), AMERICAN), Fraction)


@given(st.text(alphabet="0123456789.,' -+()kM%$:h min", max_size=14), st.sampled_from(["currency:USD", "duration"]))
def test_any_number_like_text_is_a_number_or_refused(text: str, unit: str) -> None:
    with contextlib.suppress(RefusedDefinition):
        assert isinstance(parse_value(text, parse_unit(unit), AMERICAN), Fraction)
