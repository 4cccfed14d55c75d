"""Scores of key results: a share of the way, clipped, exact; who has none is left out and named."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.okr import NoScore, left_out_text, objective, score, score_text, words

NUMBERS = st.fractions(-1000, 1000, max_denominator=50)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_score_lies_between_0_and_1_and_does_not_know_up_from_down(
    baseline: Fraction, target: Fraction, actual: Fraction
) -> None:
    found = score("A", baseline, target, actual).score
    mirrored = score("A", -baseline, -target, -actual).score
    assert found == mirrored
    assert (found is None) == (baseline == target)
    assert found is None or 0 <= found <= 1


def test_who_has_no_value_or_no_way_to_go_is_left_out_of_the_mean_and_named() -> None:
    one = score("Leads", Fraction(100), Fraction(500), Fraction(300))
    waiting = score("NPS", Fraction(42), Fraction(55), None)
    stuck = score("Churn", Fraction(3), Fraction(3), Fraction(2))
    found = objective([one, waiting, stuck])
    assert found.mean == Fraction(1, 2)
    assert [(each.name, each.why_not) for each in found.left_out] == [
        ("NPS", NoScore.NO_ACTUAL),
        ("Churn", NoScore.NO_WAY),
    ]
    assert left_out_text(found.results) == ("Left out of the mean: NPS (no value yet), Churn (starts at its target).")


def test_an_objective_of_which_nothing_is_known_has_no_score_instead_of_zero() -> None:
    found = objective([score("NPS", Fraction(42), Fraction(55), None)])
    assert found.mean is None
    assert words(found.mean, stretch=False) == "not scored yet"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(59, 100), "on the way to healthy, which is 0.6 to 0.7 for a stretch"),
        (Fraction(6, 10), "healthy for a stretch"),
        (Fraction(7, 10), "healthy for a stretch"),
        (Fraction(71, 100), "better than a stretch usually gets"),
    ],
)
def test_of_a_stretch_six_to_seven_tenths_are_healthy_edges_included(value: Fraction, said: str) -> None:
    assert words(value, stretch=True) == said


def test_rounding_never_makes_the_whole_way_of_less() -> None:
    assert score_text(Fraction(9999, 10000)) == "0.99"


def test_rounding_never_makes_no_way_at_all_of_a_little() -> None:
    assert (score_text(Fraction(0)), score_text(Fraction(1, 1000))) == ("0.00", "0.01")
    assert words(Fraction(1, 1000), stretch=True) == "on the way to healthy, which is 0.6 to 0.7 for a stretch"
