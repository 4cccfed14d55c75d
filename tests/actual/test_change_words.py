from __future__ import annotations

from fractions import Fraction

import pytest

from kpi_core.actual.change_words import ChangeWords
from kpi_core.unit import NumberStyle, Unit, UnitKind

US = NumberStyle("en_US")
DOLLARS = Unit(UnitKind.CURRENCY, "USD")


@pytest.mark.parametrize(
    ("unit", "decimals", "scale", "value", "text"),
    [
        (DOLLARS, None, 460, "-460", "\u2212$460"),
        (DOLLARS, 0, 63, "-35.4", "\u2212$35"),
        (DOLLARS, 0, 3, "-1.14", "\u2212$1.14"),
        (DOLLARS, None, 46, "12.5", "+$12.50"),
        (Unit(UnitKind.PERCENT), None, 5, "1", "+1.0 point"),
        (Unit(UnitKind.PERCENT), None, "0.24", "-0.13", "\u22120.13 points"),
        (Unit(UnitKind.PERCENT), None, "0.24", "0.004", "0.00 points"),
        (DOLLARS, 0, 10, "-9.6", "\u2212$10"),
        (DOLLARS, 0, "9.99", "-9.6", "\u2212$9.60"),
        (DOLLARS, None, 100, "12.4", "+$12"),
        (DOLLARS, None, "99.99", "12.4", "+$12.40"),
        (Unit(UnitKind.COUNT), None, 100, "2.4", "+2"),
        (Unit(UnitKind.PERCENT), None, 1, "0.5", "+0.5 points"),
        (Unit(UnitKind.PERCENT), None, "0.95", "0.5", "+0.50 points"),
        (Unit(UnitKind.PERCENT), None, 0, 0, "0.0 points"),
        (Unit(UnitKind.PERCENT), None, "0.1", "0.1", "+0.10 points"),
        (Unit(UnitKind.PERCENT), None, "0.0002", "0.00012", "+0.0001 points"),
        (Unit(UnitKind.PERCENT), 2, 50, "0.5", "+0.50 points"),
        (Unit(UnitKind.SCORE), None, 14, "4.5", "+4.5"),
        (Unit(UnitKind.COUNT), None, 1510, "935.4", "+935"),
        (Unit(UnitKind.COUNT), None, 12, "2.5", "+2.5"),
    ],
)
def test_differences_show_two_figures_and_a_sign(
    unit: Unit, decimals: int | None, scale: object, value: str, text: str
) -> None:
    words = ChangeWords(unit, US, decimals, Fraction(str(scale)))
    assert words.signed(Fraction(value)) == text


@pytest.mark.parametrize(
    ("now", "then", "text"),
    [
        (110, 100, "+10%"),
        (75, 100, "\u221225%"),
        (100, 100, "0%"),
        (101, 100, "+1%"),
        (99, 100, "\u22121%"),
        (1, 1, "0%"),
        (2, 1, "+100%"),
        (1033, 1000, "+3.3%"),
        (10_326, 10_000, "+3.3%"),
        (5, 0, ""),
        (5, -2, ""),
    ],
)
def test_more_or_less_in_percent_and_not_of_zero_or_less(now: int, then: int, text: str) -> None:
    assert ChangeWords(DOLLARS, US).percent(Fraction(now), Fraction(then)) == text
