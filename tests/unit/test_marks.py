from __future__ import annotations

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.unit import NumberStyle, Unit, UnitKind
from kpi_core.unit.marks import marks_of, signs_of_money

KRONA = Unit(UnitKind.CURRENCY, "SEK")


def test_swedish_money_stands_before_its_sign() -> None:
    marks = marks_of(KRONA, NumberStyle("sv_SE"))
    assert (marks.decimal, marks.group, marks.minor_digits) == (",", "\u00a0", 2)
    assert (marks.before, marks.after) == (("", "\u2212"), ("\u00a0kr", "\u00a0kr"))


def test_letters_before_digits_keep_a_space_and_signs_do_not() -> None:
    assert marks_of(KRONA, NumberStyle("en_US")).before == ("SEK\u00a0", "\u2212SEK\u00a0")
    assert marks_of(Unit(UnitKind.CURRENCY, "USD"), NumberStyle("en_US")).before == ("$", "\u2212$")


def test_only_money_has_minor_digits() -> None:
    assert marks_of(Unit(UnitKind.CURRENCY, "JPY"), NumberStyle("en_US")).minor_digits == 0
    assert marks_of(Unit(UnitKind.CURRENCY, "KWD"), NumberStyle("en_US")).minor_digits == 3
    assert marks_of(Unit(UnitKind.PERCENT), NumberStyle("en_US")).minor_digits == 0


def test_every_unit_knows_its_marks_once() -> None:
    style = NumberStyle("de_DE")
    assert marks_of(KRONA, style) is marks_of(KRONA, style)
    assert marks_of(Unit(UnitKind.PERCENT), style).after == ("\u00a0%", "\u00a0%")
    assert marks_of(Unit(UnitKind.COUNT), style).after == ("", "")


def test_a_currency_is_known_by_code_and_by_sign_at_home() -> None:
    assert {"sek", "kr", ":-"} <= signs_of_money("SEK", NumberStyle("en_US"))
    assert {"usd", "$", "us$"} <= signs_of_money("USD", NumberStyle("sv_SE"))
    assert "$" not in signs_of_money("EUR", NumberStyle("en_US"))


@pytest.mark.parametrize("name", ["xx_XX", "", "klingon please"])
def test_a_style_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(RefusedDefinition) as refused:
        marks_of(KRONA, NumberStyle(name))
    assert refused.value.sentence == f'There is no number style "{name}".'
    assert refused.value.hint == "Choose one such as en_US, en_GB, sv_SE or de_DE."
