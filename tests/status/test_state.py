from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import CoverageState
from kpi_core.kpi import Acceptance, Direction
from kpi_core.status import Situation, Status, state_of
from kpi_core.target import Bound, Comparison, PeriodTarget, TargetKind, Tolerance

TARGET = PeriodTarget(Direction.UP, Bound(Fraction(100), Comparison.AT_LEAST), None, Tolerance(), TargetKind.CONSTANT)
TODAY = date(2025, 11, 20)
OFF = Situation(TODAY, TARGET, CoverageState.FULL, Fraction(10))
LATE = Situation(TODAY, TARGET, CoverageState.NONE, due=date(2025, 11, 7))
ACCEPTED = Acceptance(date(2025, 12, 31), "new till")


@pytest.mark.parametrize(
    ("situation", "status"),
    [
        (replace(OFF, actual=Fraction(100)), Status.GREEN),
        (replace(OFF, actual=Fraction(95)), Status.AMBER),
        (OFF, Status.RED),
        (replace(OFF, not_applicable=True, accepted=ACCEPTED, target=None), Status.NOT_APPLICABLE),
        (replace(OFF, accepted=ACCEPTED), Status.ACCEPTED),
        (replace(OFF, accepted=ACCEPTED, target=None), Status.ACCEPTED),
        (replace(LATE, accepted=ACCEPTED), Status.ACCEPTED),
        (replace(OFF, accepted=ACCEPTED, actual=Fraction(100)), Status.GREEN),
        (replace(OFF, accepted=ACCEPTED, actual=Fraction(100), coverage=CoverageState.PARTLY), Status.ACCEPTED),
        (replace(LATE, target=None), Status.NO_TARGET),
        (replace(OFF, coverage=CoverageState.PARTLY), Status.PARTLY_COVERED),
        (replace(LATE, coverage=CoverageState.PARTLY), Status.PARTLY_COVERED),
        (LATE, Status.OVERDUE),
        (replace(LATE, today=date(2025, 11, 8)), Status.OVERDUE),
        (replace(LATE, today=date(2025, 11, 7)), Status.NO_DATA),
        (replace(LATE, due=None), Status.NO_DATA),
        (replace(LATE, actual=Fraction(100)), Status.GREEN),
        (replace(LATE, coverage=CoverageState.FULL), Status.NO_DATA),
    ],
)
def test_the_first_state_that_applies_is_shown(situation: Situation, status: Status) -> None:
    assert state_of(situation) is status


@pytest.mark.parametrize(("until", "status"), [(TODAY, Status.ACCEPTED), (date(2025, 11, 19), Status.RED)])
def test_an_acceptance_runs_through_its_last_day_and_reverts_by_itself(until: date, status: Status) -> None:
    assert state_of(replace(OFF, accepted=Acceptance(until, "new till"))) is status


@pytest.mark.parametrize(
    ("today", "days"),
    [(date(2025, 11, 6), 0), (date(2025, 11, 7), 0), (date(2025, 11, 8), 1), (date(2025, 11, 21), 14)],
)
def test_days_are_overdue_after_the_due_date(today: date, days: int) -> None:
    assert replace(LATE, today=today).overdue_days == days


def test_without_a_due_date_nothing_is_overdue() -> None:
    assert replace(LATE, due=None).overdue_days == 0


situations = st.builds(
    Situation,
    today=st.just(TODAY),
    target=st.sampled_from([None, TARGET]),
    coverage=st.sampled_from(CoverageState),
    actual=st.sampled_from([None, Fraction(100), Fraction(95), Fraction(10)]),
    not_applicable=st.booleans(),
    accepted=st.sampled_from([None, ACCEPTED, Acceptance(date(2025, 11, 1), "over")]),
    due=st.sampled_from([None, date(2025, 11, 7), date(2025, 12, 7)]),
)


@given(situations)
def test_a_colour_needs_a_target_a_value_and_a_whole_period(situation: Situation) -> None:
    if state_of(situation) in {Status.GREEN, Status.AMBER, Status.RED}:
        assert situation.target is not None
        assert situation.actual is not None
        assert situation.coverage is not CoverageState.PARTLY
        assert not situation.not_applicable


@given(situations)
def test_an_acceptance_hides_misses_and_greys_but_nothing_else(situation: Situation) -> None:
    without = state_of(replace(situation, accepted=None))
    shown = state_of(replace(situation, accepted=ACCEPTED))
    assert shown is (without if without in {Status.GREEN, Status.NOT_APPLICABLE} else Status.ACCEPTED)
