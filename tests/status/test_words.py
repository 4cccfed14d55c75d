from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import CoverageState
from kpi_core.kpi import Acceptance, Direction
from kpi_core.period import Cadence, Calendar
from kpi_core.status import (
    Judgement,
    Shape,
    Situation,
    Status,
    actual_text,
    gap_text,
    judge,
    judgement,
    shape,
    verdict_sentence,
    word,
)
from kpi_core.target import (
    Bound,
    Comparison,
    PeriodTarget,
    Target,
    TargetHistory,
    TargetKind,
    Tolerance,
    ToleranceKind,
    in_force,
)
from kpi_core.unit import NumberStyle, Unit, UnitKind, parse_unit, parse_value

AMERICAN = NumberStyle("en_US")
TODAY = date(2026, 11, 21)


def one_sided(value: str, comparison: str, tolerance: Tolerance | None = None, exception: str = "") -> PeriodTarget:
    bound = Bound(Fraction(value), Comparison(comparison))
    sides = (bound, None) if bound.comparison.is_floor else (None, bound)
    direction = Direction.UP if bound.comparison.is_floor else Direction.DOWN
    return PeriodTarget(
        direction, sides[0], sides[1], tolerance or Tolerance(), TargetKind.CONSTANT, exception=exception
    )


def span(low: str, high: str, comparisons: tuple[str, str] = (">=", "<=")) -> PeriodTarget:
    bounds = Bound(Fraction(low), Comparison(comparisons[0])), Bound(Fraction(high), Comparison(comparisons[1]))
    return PeriodTarget(Direction.RANGE, *bounds, Tolerance(), TargetKind.RANGE)


def within(value: str) -> Tolerance:
    return Tolerance(ToleranceKind.ABSOLUTE, Fraction(value))


def typed(green_from: str, red_from: str) -> Tolerance:
    return Tolerance(ToleranceKind.TYPED, green_from=Fraction(green_from), red_from=Fraction(red_from))


def path_in_the_quarter_of(month: int) -> PeriodTarget:
    day, calendar = date(2026, 1, 1), Calendar()
    row = Target(TargetKind.PATH, day, Fraction(55), baseline=Fraction(42), path_start=day, deadline=date(2026, 12, 31))
    quarter = calendar.period(Cadence.QUARTER, date(2026, month, 1))
    target = in_force(TargetHistory((row,)), quarter, Direction.UP, calendar)
    assert target is not None
    return target


PATH = path_in_the_quarter_of(8)
PATH_BEFORE = path_in_the_quarter_of(2)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("actual", "target", "unit", "locale", "sentence", "gap"),
    [
        (
            "750",
            one_sided("800", ">="),
            "currency:SEK",
            "sv_SE",
            "750 kr is 6,3 % under 800 kr; amber down to 720 kr.",
            "50 kr short (6,3 %)",
        ),
        (
            "480000",
            one_sided("500000", ">="),
            "currency:SEK",
            "sv_SE",
            "480 000 kr is 4 % under 500 000 kr; amber down to 450 000 kr.",
            "20 000 kr short (4 %)",
        ),
        (
            "47.5",
            one_sided("45", "<="),
            "currency:USD",
            "en_US",
            "$47.50 is 5.6% over $45; amber up to $49.50.",
            "$2.50 over (5.6%)",
        ),
        ("3.2", one_sided("3", ">="), "percent", "sv_SE", "3,2 % is 0,2 points over 3 %.", ""),
        ("58", one_sided("60", "<"), "percent", "en_US", "58% is 2 points under 60%.", ""),
        ("59", one_sided("60", "<"), "percent", "en_US", "59% is 1 point under 60%.", ""),
        (
            "60",
            one_sided("60", "<"),
            "percent",
            "en_US",
            "60% is exactly 60%, and the target is under 60%; amber up to 66%.",
            "exactly 60%",
        ),
        (
            "60",
            one_sided("60", ">"),
            "count",
            "en_US",
            "60 is exactly 60, and the target is over 60; amber down to 54.",
            "exactly 60",
        ),
        (
            "66.1",
            one_sided("60", "<"),
            "percent",
            "en_US",
            "66.1% is 6.1 points over 60%; amber up to 66%.",
            "6.1 points over",
        ),
        ("800", one_sided("800", ">="), "currency:USD", "en_US", "$800 is exactly on target.", ""),
        (
            "26640",
            one_sided("14400", "<="),
            "duration",
            "en_US",
            "7 h 24 min is 85% over 4 h; amber up to 4 h 24 min.",
            "3 h 24 min over",
        ),
        (
            "53",
            span("60", "80"),
            "score",
            "en_US",
            "53 is 11.7% under 60, the low end of 60 to 80; amber down to 54.",
            "7 under",
        ),
        (
            "90",
            span("60", "80"),
            "score",
            "en_US",
            "90 is 12.5% over 80, the high end of 60 to 80; amber up to 88.",
            "10 over",
        ),
        ("70", span("60", "80"), "score", "en_US", "70 is inside 60 to 80.", ""),
        ("60", span("60", "80"), "score", "en_US", "60 is inside 60 to 80.", ""),
        (
            "80",
            span("60", "80", (">", "<")),
            "score",
            "en_US",
            "80 is exactly 80, and the target is under 80; amber up to 88.",
            "exactly 80",
        ),
        ("49", PATH, "score", "en_US", "49 is 5.2% under the path's 51.7; amber down to 46.2.", "2.7 short"),
        ("51.7", PATH, "score", "en_US", "51.7 is 0.03% under the path's 51.71; amber down to 46.2.", "0.01 short"),
        ("45.2", PATH_BEFORE, "score", "en_US", "45.2 is 0.05% over the path's 45.18.", ""),
        (
            "16",
            one_sided("10", "<=", typed("10", "15")),
            "count",
            "en_US",
            "16 is 60% over 10; green from 10, red from 15.",
            "6 over (60%)",
        ),
        (
            "96",
            one_sided("100", ">=", typed("95", "80")),
            "count",
            "en_US",
            "96 is 4% under 100; green from 95, red from 80.",
            "",
        ),
        ("3", one_sided("0", "<=", within("5")), "count", "en_US", "3 is 3 over 0; amber up to 5.", "3 over"),
        (
            "5002",
            one_sided("5000", "<="),
            "count",
            "en_US",
            "5,002 is 0.04% over 5,000; amber up to 5,500.",
            "2 over (0.04%)",
        ),
        (
            "55",
            one_sided("60", ">=", exception="holiday"),
            "count",
            "en_US",
            "55 is 8.3% under 60; amber down to 54. This period only: holiday.",
            "5 short (8.3%)",
        ),
        (
            "200/3",
            one_sided("66.67", ">="),
            "score",
            "en_US",
            "66.667 is 0.005% under 66.67; amber down to 60.003.",
            "0.003 short",
        ),
        (
            "2.9999999",
            one_sided("3", ">="),
            "score",
            "en_US",
            "3 (rounded) is 0.000003% under 3; amber down to 2.7.",
            "less than 0.000001 short",
        ),
        (
            "2.99999999",
            one_sided("3", ">="),
            "score",
            "en_US",
            "3 (rounded) is less than 0.000001% under 3; amber down to 2.7.",
            "less than 0.000001 short",
        ),
        (
            "2.9999999",
            one_sided("3", ">="),
            "percent",
            "en_US",
            "3% (rounded) is less than 0.000001 points under 3%; amber down to 2.7%.",
            "less than 0.000001 points short",
        ),
    ],
)
def test_a_value_and_its_target_in_one_sentence(
    actual: str, target: PeriodTarget, unit: str, locale: str, sentence: str, gap: str
) -> None:
    number, style = Fraction(actual), NumberStyle(locale)
    assert plain(verdict_sentence(number, target, parse_unit(unit), style)) == sentence
    assert plain(gap_text(number, target, parse_unit(unit), style)) == gap


def test_the_kpis_decimals_are_kept_in_the_sentence() -> None:
    sentence = verdict_sentence(Fraction("2.96"), one_sided("3", ">="), Unit(UnitKind.SCORE), AMERICAN, 1)
    assert sentence == "2.96 is 1.3% under 3.0; amber down to 2.7."


OCTOBER = Situation(TODAY, one_sided("800", ">="), CoverageState.FULL, Fraction(750), period="October")
LATE = replace(OCTOBER, actual=None, coverage=CoverageState.NONE, due=date(2026, 11, 7))
UNTIL_NEW_YEAR = Acceptance(date(2026, 12, 31), "new till system")


def judged(situation: Situation) -> Judgement:
    return judgement(situation, parse_unit("count"), AMERICAN)


@pytest.mark.parametrize(
    ("situation", "status", "badge", "sentence"),
    [
        (OCTOBER, Status.AMBER, "Close", "750 is 6.3% under 800; amber down to 720."),
        (replace(OCTOBER, actual=Fraction(801)), Status.GREEN, "On target", "801 is 0.1% over 800."),
        (
            replace(OCTOBER, actual=Fraction(700)),
            Status.RED,
            "Off target",
            "700 is 12.5% under 800; amber down to 720.",
        ),
        (
            replace(OCTOBER, not_applicable=True, period="week 43", reason="closed on Sundays"),
            Status.NOT_APPLICABLE,
            "Not applicable",
            "Week 43 does not apply: closed on Sundays.",
        ),
        (replace(OCTOBER, not_applicable=True), Status.NOT_APPLICABLE, "Not applicable", "October does not apply."),
        (
            replace(OCTOBER, accepted=UNTIL_NEW_YEAR),
            Status.ACCEPTED,
            "Accepted until 31 December",
            "A miss is accepted until 31 December: new till system. 750 is 6.3% under 800; amber down to 720.",
        ),
        (
            replace(LATE, accepted=Acceptance(date(2027, 1, 31), "")),
            Status.ACCEPTED,
            "Accepted until 31 January 2027",
            "A miss is accepted until 31 January 2027.",
        ),
        (replace(OCTOBER, target=None), Status.NO_TARGET, "No target", "October has no target."),
        (
            replace(OCTOBER, target=None, reason="October 2025 has no value to compare with"),
            Status.NO_TARGET,
            "No target",
            "October has no target: October 2025 has no value to compare with.",
        ),
        (
            replace(OCTOBER, coverage=CoverageState.PARTLY, data_until=date(2026, 10, 28)),
            Status.PARTLY_COVERED,
            "Data until 28 October",
            "October has data until 28 October only, so it is not judged yet.",
        ),
        (
            replace(OCTOBER, coverage=CoverageState.PARTLY),
            Status.PARTLY_COVERED,
            "Partly covered",
            "October is only partly covered by data, so it is not judged yet.",
        ),
        (LATE, Status.OVERDUE, "Overdue 14 days", "October has no value: it was due by 7 November, 14 days ago."),
        (
            replace(LATE, today=date(2026, 11, 8)),
            Status.OVERDUE,
            "Overdue 1 day",
            "October has no value: it was due by 7 November, 1 day ago.",
        ),
        (
            replace(OCTOBER, actual=None, reason="no visits to divide by"),
            Status.NO_DATA,
            "No data",
            "October has no value: no visits to divide by.",
        ),
        (replace(LATE, due=None, period=""), Status.NO_DATA, "No data", "This period has no value yet."),
    ],
)
def test_every_state_has_its_badge_and_its_sentence(
    situation: Situation, status: Status, badge: str, sentence: str
) -> None:
    found = judged(situation)
    assert (found.status, found.word, found.sentence) == (status, badge, sentence)
    assert word(status, situation) == badge


def test_a_judged_period_has_its_figures_and_so_has_an_accepted_miss() -> None:
    for situation in (OCTOBER, replace(OCTOBER, accepted=UNTIL_NEW_YEAR)):
        found = judged(situation)
        assert (found.gap, found.gap_side, found.gap_percent) == (Fraction(50), "under", Fraction("6.25"))
        assert (found.amber_limit, found.limit_is_red) == (Fraction(720), False)


def test_typed_limits_say_that_the_limit_is_red() -> None:
    found = judged(replace(OCTOBER, target=one_sided("800", ">=", typed("790", "700"))))
    assert (found.amber_limit, found.limit_is_red) == (Fraction(700), True)


@pytest.mark.parametrize(
    "situation",
    [
        replace(OCTOBER, not_applicable=True),
        replace(OCTOBER, coverage=CoverageState.PARTLY),
        replace(OCTOBER, coverage=CoverageState.PARTLY, accepted=UNTIL_NEW_YEAR),
        LATE,
    ],
)
def test_a_period_that_is_not_judged_has_no_figures(situation: Situation) -> None:
    found = judged(situation)
    assert (found.gap, found.gap_side, found.gap_percent, found.amber_limit) == (None, "", None, None)
    assert not found.limit_is_red


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.GREEN, Shape.CIRCLE),
        (Status.AMBER, Shape.TRIANGLE),
        (Status.RED, Shape.SQUARE),
        (Status.NOT_APPLICABLE, Shape.RING),
        (Status.ACCEPTED, Shape.RING),
        (Status.NO_TARGET, Shape.RING),
        (Status.PARTLY_COVERED, Shape.RING),
        (Status.OVERDUE, Shape.RING),
        (Status.NO_DATA, Shape.RING),
    ],
)
def test_each_status_has_its_shape(status: Status, expected: Shape) -> None:
    assert shape(status) is expected


def test_typed_limits_show_all_their_digits() -> None:
    target = one_sided("100", ">=", typed("95.25", "80.125"))
    sentence = verdict_sentence(Fraction(90), target, Unit(UnitKind.SCORE), AMERICAN)
    assert sentence == "90 is 10% under 100; green from 95.25, red from 80.125."


def test_a_value_without_a_target_is_written_as_usual() -> None:
    assert actual_text(Fraction("2.96"), None, Unit(UnitKind.SCORE), AMERICAN) == "3"
    assert actual_text(Fraction("2.96"), one_sided("3", ">="), Unit(UnitKind.SCORE), AMERICAN) == "2.96"


@given(st.fractions(-100, 100), st.fractions(-100, 100), st.sampled_from(Comparison), st.integers(0, 3))
def test_the_number_shown_has_the_colour_shown(
    actual: Fraction, bound: Fraction, comparison: Comparison, decimals: int
) -> None:
    target = one_sided(str(bound), comparison, within("5"))
    text = actual_text(actual, target, Unit(UnitKind.SCORE), AMERICAN, decimals)
    same = judge(parse_value(text, Unit(UnitKind.SCORE), AMERICAN), target).status is judge(actual, target).status
    assert same or len(text.partition(".")[2]) == 6
