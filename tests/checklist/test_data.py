"""The questions that the data answers, at each of their borders: gaps, answers, age, baseline, stretch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from kpi_core.catalogue import by_key
from kpi_core.checklist import Facts, RemedyField, Verdict
from kpi_core.kpi import Aggregate, Direction, Formula, FormulaKind, Typed
from kpi_core.period import Cadence
from kpi_core.target import Bound, Comparison, Step, Target, TargetKind
from kpi_core.unit import Unit, UnitKind
from tests.checklist.made import FACTS, FAIL, GOOD, NPS, PASS, TODAY, TOTAL, WARN, finding, path, readings, verdict

CONVERSION = replace(
    GOOD, unit=Unit(UnitKind.PERCENT), values=Formula(FormulaKind.RATIO, (TOTAL, TOTAL), times=Fraction(100))
)


def of(*values: int | str | None, **facts: object) -> Facts:
    return replace(FACTS, readings=readings(values), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("missing", "of_all", "expected"),
    [(0, 10, PASS), (1, 10, PASS), (2, 19, WARN), (3, 10, WARN), (4, 13, FAIL), (4, 10, FAIL)],
)
def test_m4_counts_missing_periods_up_to_a_tenth_and_up_to_three_tenths(
    missing: int, of_all: int, expected: Verdict
) -> None:
    numbers = [100, *([None] * missing), *range(101, 101 + of_all - missing - 1)]
    assert verdict(GOOD, "M4", of(*numbers)) is expected


@pytest.mark.parametrize(("answers", "expected"), [(30, PASS), (Fraction(59, 2), WARN), (3, WARN), (None, PASS)])
def test_m4_wants_thirty_answers_behind_the_usual_reading(answers: Fraction | int | None, expected: Verdict) -> None:
    known = None if answers is None else Fraction(answers)
    assert verdict(CONVERSION, "M4", of(3, 4, 3, answers=known)) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [(("3.2", "0.32"), PASS), (("3.21", "0.32"), WARN), (("0.032", "3.2"), WARN), ((0, 50), PASS), ((-1, 50), PASS)],
)
def test_m4_doubts_a_reading_more_than_ten_times_its_neighbour(values: tuple[str, ...], expected: Verdict) -> None:
    assert verdict(CONVERSION, "M4", of(*values)) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [((48213, 48213), PASS), ((48213, 48213, 48213), WARN), ((12, 12, 12), PASS), ((100_000,) * 3, PASS)],
)
def test_m4_doubts_long_numbers_that_stand_three_times_running(values: tuple[int, ...], expected: Verdict) -> None:
    assert verdict(GOOD, "M4", of(*values)) is expected


def test_m4_says_what_it_found() -> None:
    said = finding(GOOD, "M4", of(5, None, None, 7)).sentence
    assert said == "2 of 4 months missing, such as September."
    leap = finding(CONVERSION, "M4", of("0.032", "3.2")).sentence
    assert leap == "From 0% to 3.2% in October: was one of them in another unit?"


@pytest.mark.parametrize(
    ("cadence", "days", "expected"),
    [
        (Cadence.MONTH, 45, PASS),
        (Cadence.MONTH, 46, WARN),
        (Cadence.MONTH, 90, WARN),
        (Cadence.MONTH, 91, FAIL),
        (Cadence.WEEK, 10, PASS),
        (Cadence.WEEK, 11, WARN),
        (Cadence.WEEK, 21, WARN),
        (Cadence.WEEK, 22, FAIL),
    ],
)
def test_t3_is_the_age_of_the_newest_reading_in_its_own_periods(cadence: Cadence, days: int, expected: Verdict) -> None:
    made = readings((1, 2, 3), cadence)
    facts = replace(FACTS, readings=made, today=made[-1].period.end + timedelta(days=days))
    assert verdict(replace(GOOD, cadence=cadence), "T3", facts) is expected


def test_t3_says_how_old_it_is() -> None:
    facts = replace(FACTS, readings=readings((1, 2), Cadence.WEEK, late=5))
    said = finding(replace(GOOD, cadence=Cadence.WEEK), "T3", facts)
    assert (said.verdict, said.sentence) == (FAIL, "The newest reading's week ended 40 days ago: late for one a week.")


def test_a_gap_after_the_newest_reading_is_late_and_not_missing() -> None:
    late = replace(FACTS, readings=readings((1, 2, 3), late=2))
    assert (verdict(GOOD, "M4", late), verdict(GOOD, "T3", late)) == (PASS, WARN)


def test_without_a_reading_one_finding_says_so_and_the_others_echo_it() -> None:
    nothing = replace(FACTS, readings=(), source_rows=0, target=None)
    found = {each: finding(GOOD, each, nothing) for each in ("M3", "M4", "A1", "A3", "T3")}
    assert {each: (one.verdict, one.echo) for each, one in found.items()} == {
        "M3": (WARN, False),
        "M4": (WARN, True),
        "A1": (WARN, True),
        "A3": (WARN, True),
        "T3": (WARN, True),
    }


def test_a1_offers_the_median_of_the_last_three_months() -> None:
    facts = of(90, 41, 44, 52, target=path(40, 60, date(2027, 5, 31)))
    found = finding(NPS, "A1", facts)
    assert found.verdict is WARN
    assert found.remedy is not None
    assert found.remedy.label == "Use the median of your last three months: 44"
    assert (found.remedy.field, found.remedy.value) == (RemedyField.BASELINE, 44)
    assert verdict(NPS, "A1", replace(facts, target=path(44, 60, date(2027, 5, 31)))) is PASS


def test_a1_takes_the_figure_that_is_shown_as_the_same() -> None:
    facts = of("44.02", "44.04", "44.06", target=path(44, 60, date(2027, 5, 31)))
    assert verdict(NPS, "A1", facts) is PASS
    facts = replace(facts, target=path("44.1", 60, date(2027, 5, 31)))
    assert finding(NPS, "A1", facts).remedy.value == 44  # type: ignore[union-attr]


def test_a1_without_three_readings_is_typed() -> None:
    said = finding(NPS, "A1", of(40, 41, target=path(42, 55, date(2027, 5, 31)))).sentence
    assert said == "42 is typed, not measured: there are no three complete months yet."


SLOW = (40, 41, 40, 42, 41, 43, 42, 43, 44, 43, 45, 44)


NOISY = (40, 45, 41, 46, 40, 44, 42, 47, 41, 45, 39, 44)


@pytest.mark.parametrize(
    ("target", "grade", "expected"),
    [
        (39, "Already met", WARN),
        (42, "Realistic", PASS),
        (47, "Ambitious", PASS),
        (55, "Very ambitious", WARN),
        (70, "Unlikely", WARN),
    ],
)
def test_a3_grades_a_path_by_its_chance(target: int, grade: str, expected: Verdict) -> None:
    found = finding(NPS, "A3", of(*NOISY, target=path(30, target, date(2026, 12, 31))))
    assert found.sentence.startswith(f"{grade}: ")
    assert found.verdict is expected
    assert bool(found.confirm) is (grade == "Unlikely")


def test_a3_says_what_it_takes_beside_the_best_so_far() -> None:
    found = finding(NPS, "A3", of(*SLOW, target=path(40, 90, date(2026, 12, 31))))
    assert found.sentence == (
        "Unlikely: less than 1 in 10 by 31 December as things go. It has gained 2 a month at best; this needs 23."
        " Never done before: the best so far is 45."
    )
    assert found.confirm == "Keep it, though history gives it less than 1 in 10"
    assert found.remedy is not None
    assert found.remedy.label == "Use an ambitious target: 44.5, about 4 in 10"


def test_a3_offers_no_target_that_is_met_already_or_out_of_reach_as_well() -> None:
    for target in (39, 55, 70):
        found = finding(NPS, "A3", of(*NOISY, target=path(30, target, date(2026, 12, 31))))
        assert found.remedy is not None
        assert isinstance(found.remedy.value, Fraction)
        offered = path(30, found.remedy.value, date(2026, 12, 31))
        assert verdict(NPS, "A3", of(*NOISY, target=offered)) is PASS


def test_a3_offers_a_target_that_lies_ahead_before_one_that_the_newest_value_meets() -> None:
    found = finding(NPS, "A3", of(*NOISY[:-1], 46, target=path(30, 70, date(2026, 12, 31))))
    assert found.remedy is not None
    assert found.remedy.label == "Use an ambitious target: 48.4, about 3 in 10"


def test_a3_without_a_date_names_the_period_that_it_speaks_of() -> None:
    target = Target(TargetKind.CONSTANT, date(2026, 1, 1), Fraction(47), Comparison.AT_LEAST)
    found = finding(NPS, "A3", of(*NOISY, target=target))
    assert found.sentence == "Ambitious: about 4 in 10 in February 2027 as things go."


def test_a3_offers_nothing_that_would_turn_the_path_round() -> None:
    found = finding(NPS, "A3", of(*SLOW, target=path(47, 90, date(2026, 12, 31))))
    assert found.remedy is None


def test_a3_under_six_readings_says_so() -> None:
    found = finding(NPS, "A3", of(*SLOW[:5], target=path(44, 50, date(2027, 5, 31))))
    assert (found.verdict, found.sentence) == (WARN, "Too little history to say: 5 readings running, it takes six.")
    assert finding(NPS, "A3", of(*SLOW[:6], target=path(44, 50, date(2027, 5, 31)))).sentence[:8] != "Too litt"


def test_a3_a_gap_starts_history_anew() -> None:
    found = finding(NPS, "A3", of(*SLOW[:6], None, *SLOW[:2], target=path(44, 50, date(2027, 5, 31))))
    assert found.sentence == "Too little history to say: 2 readings running, it takes six."


def test_a3_judges_lower_is_better_steps_and_ranges_too() -> None:
    down = replace(NPS, direction=Direction.DOWN)
    steps = Target(
        TargetKind.STEPS,
        date(2026, 1, 1),
        comparison=Comparison.AT_MOST,
        steps=(Step(date(2026, 1, 1), Fraction(30)), Step(date(2026, 12, 1), Fraction(20))),
    )
    assert finding(down, "A3", of(*SLOW, target=steps)).sentence.startswith("Unlikely: ")
    inside = Target(
        TargetKind.RANGE,
        date(2026, 1, 1),
        low=Bound(Fraction(40), Comparison.AT_LEAST),
        high=Bound(Fraction(50), Comparison.AT_MOST),
    )
    ranged = replace(NPS, direction=Direction.RANGE)
    assert finding(ranged, "A3", of(*SLOW, target=inside)).sentence.startswith("Already met")
    assert verdict(ranged, "A2", of(*SLOW, target=inside)) is PASS


@pytest.mark.parametrize(
    ("value", "expected"), [(100, PASS), ("100.01", FAIL), (-100, PASS), ("-100.01", FAIL), (0, PASS)]
)
def test_a2_a_net_promoter_score_lies_between_its_ends(value: str, expected: Verdict) -> None:
    target = Target(TargetKind.CONSTANT, date(2026, 1, 1), Fraction(value), Comparison.AT_LEAST)
    assert verdict(NPS, "A2", replace(FACTS, readings=(), target=target)) is expected


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("conversion_rate", 101, FAIL),
        ("conversion_rate", 100, PASS),
        ("churn_rate", -1, FAIL),
        ("churn_rate", 101, FAIL),
        ("employee_turnover", -1, FAIL),
        ("employee_turnover", 120, PASS),  # of those who are there on average more may leave in a year
        ("net_margin", -20, PASS),  # what is left after every cost can be less than nothing
        ("net_margin", 101, FAIL),
        ("revenue_growth", 250, PASS),
        ("nrr", 130, PASS),
        ("covers", -5, FAIL),
        ("runway", -3, FAIL),
        ("operating_cash_flow", -3, PASS),
    ],
)
def test_a2_no_target_lies_where_no_value_can_be(key: str, value: int, expected: Verdict) -> None:
    target = Target(TargetKind.CONSTANT, date(2026, 1, 1), Fraction(value), Comparison.AT_LEAST)
    entry = by_key(key)
    assert entry is not None
    unit = Unit(entry.unit, "SEK" if entry.unit is UnitKind.CURRENCY else None)
    kpi = replace(GOOD, unit=unit, catalogue_key=key, name=key, values=Typed(Aggregate.AVERAGE))
    assert verdict(kpi, "A2", replace(FACTS, readings=(), target=target)) is expected
    # In a unit of the owner's own the catalogue does not know what can be
    other = replace(kpi, unit=Unit(UnitKind.RATIO if entry.unit is not UnitKind.RATIO else UnitKind.COUNT))
    assert verdict(other, "A2", replace(FACTS, readings=(), target=target)) is PASS


def test_a2_own_words_set_no_bounds() -> None:
    target = Target(TargetKind.CONSTANT, date(2026, 1, 1), Fraction(-4), Comparison.AT_LEAST)
    words = "Share of each sale that we keep after paying for the goods"
    kpi = replace(GOOD, unit=Unit(UnitKind.PERCENT), name="What we keep", definition=words)
    assert verdict(kpi, "A2", replace(FACTS, readings=(), target=target)) is PASS


def test_a3_a_strict_target_is_not_met_by_its_own_number() -> None:
    for comparison, met in ((Comparison.ABOVE, False), (Comparison.AT_LEAST, True)):
        target = Target(TargetKind.CONSTANT, date(2026, 1, 1), Fraction(44), comparison)
        found = finding(NPS, "A3", of(*NOISY[:-3], 44, 44, 44, target=target))
        assert found.sentence.startswith("Already met") is met


def test_a3_grades_relative_targets_and_year_totals_too() -> None:
    change = Target(TargetKind.RELATIVE, date(2026, 1, 1), comparison=Comparison.AT_LEAST, change_percent=Fraction(60))
    found = finding(NPS, "A3", of(*NOISY, *NOISY, target=change))
    assert found.sentence.startswith("Unlikely: less than 1 in 10 in February 2027 as things go.")


def test_m2_names_the_period_that_is_read() -> None:
    weekly = replace(CONVERSION, values=Typed(Aggregate.AVERAGE), cadence=Cadence.WEEK)
    said = "Typed without its two parts, a longer time is only the average of its weeks."
    assert finding(weekly, "M2", FACTS).sentence == said


def test_a2_a_strict_target_is_not_met_by_its_own_number() -> None:
    target = Target(TargetKind.CONSTANT, date(2026, 1, 1), Fraction(44), Comparison.ABOVE)
    assert verdict(NPS, "A2", of(44, target=target)) is PASS
    assert verdict(NPS, "A2", of(45, target=target)) is WARN


def test_a2_a_range_upside_down_fails() -> None:
    upside = Target(
        TargetKind.RANGE,
        date(2026, 1, 1),
        low=Bound(Fraction(9), Comparison.AT_LEAST),
        high=Bound(Fraction(5), Comparison.AT_MOST),
    )
    assert verdict(replace(NPS, direction=Direction.RANGE), "A2", replace(FACTS, target=upside)) is FAIL


def test_m2_typed_parts_make_a_year_right() -> None:
    typed = replace(CONVERSION, values=Typed(Aggregate.AVERAGE))
    assert verdict(typed, "M2", FACTS) is WARN
    assert verdict(typed, "M2", replace(FACTS, typed_parts=True)) is PASS


def test_t2_a_number_read_once_a_year_comes_too_late() -> None:
    yearly = replace(GOOD, cadence=Cadence.YEAR)
    found = finding(yearly, "T2")
    assert (found.verdict, found.hint) == (WARN, "A number that is read too seldom comes too late to act on.")
    assert found.remedy is not None
    assert (found.remedy.field, found.remedy.value) == (RemedyField.CADENCE, Cadence.MONTH)
    within = replace(FACTS, target=path(1, 2, TODAY + timedelta(days=400)))
    assert verdict(yearly, "T2", within) is WARN
    assert verdict(yearly, "T2", replace(FACTS, target=path(1, 2, date(2026, 12, 31)))) is FAIL
    assert verdict(replace(GOOD, cadence=Cadence.QUARTER), "T2", within) is PASS


@pytest.mark.parametrize(
    ("cadence", "deadline", "expected", "sentence", "offered"),
    [
        (Cadence.MONTH, date(2026, 12, 31), WARN, "Only 2 readings until 31 December.", date(2027, 2, 28)),
        (Cadence.QUARTER, date(2026, 12, 31), FAIL, "Only one reading until 31 December", date(2027, 9, 30)),
        (Cadence.QUARTER, date(2027, 3, 31), WARN, "Only 2 readings until 31 March 2027.", date(2027, 9, 30)),
        (Cadence.WEEK, date(2026, 12, 7), PASS, "4 readings until 7 December.", None),
        (Cadence.WEEK, date(2026, 12, 6), WARN, "Only 3 readings until 6 December.", date(2026, 12, 13)),
    ],
)
def test_t2_counts_the_period_that_holds_the_day_and_offers_a_later_day(
    cadence: Cadence, deadline: date, expected: Verdict, sentence: str, offered: date | None
) -> None:
    kpi = replace(NPS, cadence=cadence)
    found = finding(kpi, "T2", replace(FACTS, target=path(42, 55, deadline)))
    assert found.verdict is expected
    assert found.sentence.startswith(sentence)
    assert (found.remedy.value if found.remedy else None) == offered
    if offered is not None:
        assert verdict(kpi, "T2", replace(FACTS, target=path(42, 55, offered))) is PASS
