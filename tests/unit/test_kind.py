from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import RefusedDefinition
from kpi_core.unit import Unit, UnitKind, parse_unit

units = st.one_of(
    st.sampled_from([Unit(kind) for kind in UnitKind if kind is not UnitKind.CURRENCY]),
    st.builds(Unit, st.just(UnitKind.CURRENCY), st.sampled_from(["SEK", "USD", "EUR", "JPY", "KWD"])),
)


@given(units)
def test_a_unit_is_read_as_it_is_written(unit: Unit) -> None:
    assert parse_unit(str(unit)) == unit


def test_spaces_and_case_do_not_matter() -> None:
    assert parse_unit(" Currency: sek ") == Unit(UnitKind.CURRENCY, "SEK")


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        (
            "euros",
            '"euros" is no unit.',
            "Use one of: currency, percent, count, duration, score, ratio; money as currency:SEK.",
        ),
        ("currency", "Money needs its currency.", "Write its three letters, such as currency:EUR."),
        ("currency:", "Money needs its currency.", "Write its three letters, such as currency:EUR."),
        ("currency:XXZ", '"currency:XXZ" names no currency.', "Write its three letters, such as currency:EUR."),
        ("percent:SEK", '"percent:SEK" is no unit: only money has a currency.', "Write percent alone."),
    ],
)
def test_what_is_no_unit_is_refused(text: str, sentence: str, hint: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        parse_unit(text)
    assert (refused.value.sentence, refused.value.hint) == (sentence, hint)
