"""Segments: matched by label, and a ratio's change taken apart."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import BLANK, RatioParts, fold, match_segments, mix_and_rate

parts = st.builds(
    RatioParts,
    st.integers(-50, 50).map(Fraction),
    st.integers(0, 50).map(Fraction),
)
sides = st.dictionaries(st.sampled_from(["web", "mail", "shop", "phone"]), parts)


def ratio(numerator: int, denominator: int) -> RatioParts:
    return RatioParts(Fraction(numerator), Fraction(denominator))


def test_labels_match_trimmed_and_case_folded_and_show_as_first_written() -> None:
    matched = match_segments([" Nord ", "NORD", "", "Süd"], ["nord", None, "West"])
    assert matched.both == ("Nord", BLANK)
    assert matched.only_first == ("Süd",)
    assert matched.only_second == ("West",)
    assert fold("STRASSE") == fold("Straße")


def test_a_segment_of_one_side_is_listed_apart() -> None:
    split = mix_and_rate({"web": ratio(1, 10), "fax": ratio(1, 10)}, {"Web": ratio(2, 10), "app": ratio(3, 10)})
    assert split is not None
    assert split.new == {"app": Fraction(3, 20)}
    assert split.gone == {"fax": Fraction(-1, 20)}
    assert split.rate == Fraction(1, 20)
    assert split.mix == 0
    assert split.change == Fraction(5, 20) - Fraction(2, 20)


def test_without_anything_to_divide_by_there_is_no_split() -> None:
    assert mix_and_rate({"web": ratio(1, 0)}, {"web": ratio(1, 10)}) is None
    assert mix_and_rate({"web": ratio(1, 10)}, {}) is None


@given(sides, sides)
def test_rate_mix_new_and_gone_add_up_to_the_change(
    before: dict[str, RatioParts], after: dict[str, RatioParts]
) -> None:
    split = mix_and_rate(before, after, Fraction(100))
    if split is None:
        assert not sum(p.denominator for p in before.values()) or not sum(p.denominator for p in after.values())
    else:
        assert split.change == split.rate + split.mix + sum(split.new.values()) + sum(split.gone.values())


@given(sides.filter(lambda side: any(each.denominator for each in side.values())))
def test_nothing_changed_is_no_rate_and_no_mix(side: dict[str, RatioParts]) -> None:
    split = mix_and_rate(side, side)
    assert split is not None
    assert split.rate == split.mix == split.change == 0
