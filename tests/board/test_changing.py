"""Whether a card's number is really changing: which periods are judged, and what is said beside its colour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import Actual, CoverageState
from kpi_core.board import KpiHistory, board_row, build_board
from kpi_core.board.stretches import points_of, rebased_on
from kpi_core.kpi import Direction, Rebase
from kpi_core.period import Cadence, Calendar, Weekday
from kpi_core.signals import LimitsLabel, SignalState
from kpi_core.status import Status
from tests.board.series import CALENDAR, ORDERS, STABLE, STYLE, TODAY, card, kpi_history, month

DROP = [*STABLE, *([4.0] * 8)]
NEW_DROP = "shows a real drop since March: eight months below the usual level."
OLD_DROP = "shows a real drop since February: nine months below the usual level."


def test_beside_red_and_without_a_signal_the_process_is_named() -> None:
    row = card(STABLE, target=20)
    assert row.judgement.status is Status.RED
    assert row.signal_sentence == (
        "Routine variation: nothing to explain."
        " This is what the process delivers: change how it works or change the target."
    )


def test_beside_green_a_bad_signal_is_an_early_warning() -> None:
    row = card(DROP, target=1)
    assert (row.judgement.status, row.signal.state) == (Status.GREEN, SignalState.WORSE)
    assert row.signal_sentence == (
        "A real drop since March: eight months below the usual level. Still on target: take it as an early warning."
    )


@pytest.mark.parametrize(
    ("values", "target", "direction"),
    [(STABLE, 1, Direction.UP), (DROP, 20, Direction.UP), (DROP, 20, Direction.DOWN), (STABLE, None, Direction.UP)],
)
def test_else_nothing_is_added(values: list[float | None], target: float | None, direction: Direction) -> None:
    row = card(values, replace(ORDERS, direction=direction), target)
    assert "process delivers" not in row.signal_sentence
    assert "early warning" not in row.signal_sentence


def test_status_and_signal_are_two_marks() -> None:
    plain, changed = card([*STABLE, 5], target=1), card(DROP, target=1)
    assert plain.judgement.status is changed.judgement.status
    assert plain.signal.state is not changed.signal.state


def test_a_period_that_is_waited_for_leaves_the_one_before_judged() -> None:
    history = kpi_history([*DROP, None])
    waiting = board_row(history, calendar=CALENDAR, style=STYLE, today=date(2026, 11, 5))
    assert waiting.signal.state is SignalState.WORSE
    assert waiting.signal.newest == month(9)
    late = board_row(history, calendar=CALENDAR, style=STYLE, today=TODAY)
    assert (late.signal.state, late.signal_sentence) == (
        SignalState.NOT_JUDGED,
        "October has no value: nothing to judge.",
    )


def test_a_value_that_cannot_be_computed_is_not_judged() -> None:
    history = kpi_history(DROP)
    october = {month(10).start: Actual(month(10), None, CoverageState.FULL, reason="no visits to divide by")}
    row = board_row(
        replace(history, actuals={**history.actuals, **october}), calendar=CALENDAR, style=STYLE, today=TODAY
    )
    assert row.signal.state is SignalState.NOT_JUDGED


def test_without_values_there_is_not_enough_history() -> None:
    assert card([]).signal_sentence == "Not enough history: 0 of 6 months."


def test_missing_is_a_gap_that_breaks_a_run() -> None:
    broken = card([*STABLE, *([4.0] * 4), None, *([4.0] * 7)])
    assert broken.signal.state is SignalState.ROUTINE
    whole = card([*STABLE, *([4.0] * 4), None, *([4.0] * 8)])
    assert (whole.signal.state, whole.signal.length) == (SignalState.WORSE, 8)


def test_a_month_that_does_not_apply_is_left_out_as_if_it_were_not_there() -> None:
    closed = replace(ORDERS, not_applicable=frozenset({month(6).start}))
    values = [*STABLE, *([4.0] * 4), None, *([4.0] * 4)]
    assert card(values).signal.state is SignalState.ROUTINE
    assert card(values, closed).signal.length == 8


def test_closed_weekdays_are_no_gaps() -> None:
    calendar = Calendar(open_weekdays=frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY})
    daily = replace(ORDERS, cadence=Cadence.DAY)
    friday, monday, wednesday = (calendar.period(Cadence.DAY, date(2026, 11, day)) for day in (13, 16, 18))
    found = [Actual(day, Fraction(1), CoverageState.FULL) for day in (friday, monday, wednesday)]
    points = points_of(daily, found, calendar)
    assert [(each.period.start.day, each.value) for each in points] == [(13, 1), (16, 1), (17, None), (18, 1)]


def test_a_rebase_starts_limits_and_rules_anew() -> None:
    kpi = replace(ORDERS, rebases=(Rebase(date(2026, 3, 15), "second shop"),))
    history = kpi_history(DROP, kpi)
    since = replace(history, baseline=tuple(each for each in history.baseline if each.period.start >= month(3).start))
    row = board_row(since, calendar=CALENDAR, style=STYLE, today=TODAY)
    assert (row.signal.state, row.signal.label, row.signal.count) == (SignalState.ROUTINE, LimitsLabel.TRIAL, 8)
    assert row.rebase_text == ""
    assert card(DROP).rebase_text == "If you know what changed, say so, and the usual level starts anew in March."


def test_the_newest_rebase_that_has_begun_counts() -> None:
    kpi = replace(
        ORDERS,
        rebases=(Rebase(date(2025, 6, 1), "a"), Rebase(date(2026, 3, 15), "b"), Rebase(date(2026, 11, 2), "c")),
    )
    assert rebased_on(kpi, month(10), CALENDAR) == date(2026, 3, 1)
    assert rebased_on(kpi, month(3), CALENDAR) == date(2026, 3, 1)
    assert rebased_on(kpi, month(2), CALENDAR) == date(2025, 6, 1)
    assert rebased_on(kpi, month(5, 2025), CALENDAR) is None


def test_new_real_changes_stand_first_in_what_needs_attention() -> None:
    def named(name: str, values: list[float | None], target: float | None = None) -> KpiHistory:
        return replace(kpi_history(values, replace(ORDERS, name=name, id=len(name)), target))

    made = build_board(
        [
            named("Gain", [*STABLE[:-1], 10, 0, *([6.0] * 8)], 1),
            named("Red", STABLE, 20),
            named("Standing", [*DROP, 4], 1),
            named("New and red", DROP, 20),
            named("Quiet", [*STABLE, 5], 1),
        ],
        calendar=CALENDAR,
        style=STYLE,
        as_of=TODAY,
    )
    assert {each.name: each.sentence for each in made.attention} == {
        "New and red": f"{NEW_DROP} It has been off target for 24 months or more: 16 short (80%).",
        "Red": "has been off target for 24 months or more: 10 short (50%).",
        "Standing": f"{OLD_DROP} Still on target: take it as an early warning.",
        "Gain": "shows a real rise since March: eight months above the usual level.",
    }
    assert [(each.name, each.signal and each.signal.state) for each in made.attention] == [
        ("New and red", SignalState.WORSE),
        ("Red", None),
        ("Standing", SignalState.WORSE),
        ("Gain", SignalState.BETTER),
    ]
