"""What needs attention, line by line: its rank, its sentence and its next step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import Actual, CoverageState
from kpi_core.board import BoardRow, NextStep, SoFar, board_row
from kpi_core.board.attention import attention
from kpi_core.kpi import Acceptance, Kpi, State, Tier
from kpi_core.projection import Ahead, ProjectionGrade, Spread
from kpi_core.signals import SignalState
from kpi_core.status import Status
from tests.board.series import CALENDAR, ORDERS, STABLE, STYLE, TODAY, card, kpi_history, month

DROP: list[float | None] = [*STABLE, *([4.0] * 8)]
GAIN: list[float | None] = [*STABLE[:-1], 10, 0, *([6.0] * 8)]
DROPPED = "shows a real drop since March: eight months below the usual level."
STANDING = "shows a real drop since February: nine months below the usual level."
RISEN = "shows a real rise since March: eight months above the usual level."
SIX_TO_COME = Ahead(24, ProjectionGrade.NORMAL, coming=Spread(6, 1, 3))


def named(name: str) -> Kpi:
    return replace(ORDERS, name=name, id=len(name))


def lines(rows: Iterable[BoardRow], drafts: Iterable[Kpi] = ()) -> list[tuple[str, str]]:
    return [(each.name, each.sentence) for each in attention(rows, drafts, calendar=CALENDAR, today=TODAY)]


def only(row: BoardRow) -> str:
    [(_, sentence)] = lines([row])
    return sentence


def october(name: str, actual: Actual) -> BoardRow:
    """Make a card whose newest month is this one."""
    history = kpi_history([30, 31, None], named(name), target=1)
    actuals = {**history.actuals, actual.period.start: actual}
    return board_row(replace(history, actuals=actuals), calendar=CALENDAR, style=STYLE, today=TODAY)


def at_risk(name: str) -> BoardRow:
    so_far = SoFar(month(11), date(2026, 11, 16), Fraction(3), adds_up=True)
    history = replace(kpi_history((30, 31), named(name), target=20), so_far=so_far, ahead=SIX_TO_COME)
    return board_row(history, calendar=CALENDAR, style=STYLE, today=TODAY)


def test_the_ranks_from_new_drops_to_drafts() -> None:
    risk = at_risk("Risk")
    assert risk.running is not None
    assert risk.running.risk.startswith("is at risk of missing its target of 20 in November")
    rows = [
        card(GAIN, named("Gain"), 1),
        risk,
        card([*DROP, 4], named("Going down"), 1),
        october("No value", Actual(month(10), None, CoverageState.FULL, reason="no visits to divide by")),
        october("Partly", Actual(month(10), None, CoverageState.PARTLY, data_until=date(2026, 10, 28))),
        card([30, 31, None], named("Overdue"), 20),
        card([30, 31, 5], named("Red"), 20),
        card(DROP, named("Drop"), 1),
    ]
    draft = replace(named("Draft"), state=State.DRAFT)
    found = attention(rows, [draft], calendar=CALENDAR, today=TODAY)
    assert [(each.name, each.sentence, each.step) for each in found] == [
        ("Drop", f"{DROPPED} Still on target: take it as an early warning.", NextStep.LOOK),
        ("Red", "is off target: 15 short (75%).", NextStep.LOOK),
        ("Overdue", "has no October value: 14 days overdue.", NextStep.ADD_DATA),
        ("Partly", "has October data until 28 October only.", NextStep.ADD_DATA),
        ("No value", "has no October value: no visits to divide by.", NextStep.LOOK),
        ("Going down", f"{STANDING} Still on target: take it as an early warning.", NextStep.LOOK),
        ("Risk", risk.running.risk, NextStep.LOOK),
        ("Gain", RISEN, NextStep.LOOK),
        ("Draft", "is a draft: finish it to put it on the board.", NextStep.FINISH),
    ]
    assert {each.name: each.signal.state for each in found if each.signal} == {
        "Drop": SignalState.WORSE,
        "Going down": SignalState.WORSE,
        "Gain": SignalState.BETTER,
    }
    assert (found[-1].status, found[-1].kpi_id) == (Status.NO_TARGET, draft.id)


def test_within_a_rank_the_largest_miss_and_equals_by_name() -> None:
    of_zero = card([30, 31, -1], named("Of zero"), 0)
    assert of_zero.judgement.gap_percent is None
    rows = [
        card([30, 31, 15], named("b"), 20),
        card([30, 31, 15], named("A"), 20),
        card([30, 31, 5], named("Far"), 20),
        of_zero,
    ]
    assert [name for name, _ in lines(rows)] == ["Of zero", "Far", "A", "b"]


@pytest.mark.parametrize(("day", "days"), [(8, "1 day"), (9, "2 days")])
def test_days_overdue(day: int, days: str) -> None:
    today = date(2026, 11, day)
    row = card([30, 31, None], target=20, today=today)
    [line] = attention([row], (), calendar=CALENDAR, today=today)
    assert line.sentence == f"has no October value: {days} overdue."


def test_what_is_overdue_longest_goes_first() -> None:
    late, later = card([30, 31, None], named("Late"), 20), card([30, 31, None, None], named("Later"), 20)
    assert [name for name, _ in lines([late, later])] == ["Later", "Late"]


def test_what_is_partly_covered_or_has_no_reason() -> None:
    partly = october("Partly", Actual(month(10), None, CoverageState.PARTLY))
    assert only(partly) == "has October data only in part."
    unknown = october("Unknown", Actual(month(10), None, CoverageState.FULL))
    assert only(unknown) == "has no October value."
    young = board_row(replace(kpi_history([], target=20), since=TODAY), calendar=CALENDAR, style=STYLE, today=TODAY)
    assert only(young) == "has no values yet."
    assert only(card([], target=20)) == "has no October value: 14 days overdue."


def test_a_change_that_is_new_is_told_whatever_the_target_says() -> None:
    assert only(card(DROP)) == DROPPED
    assert only(card(GAIN)) == RISEN
    assert lines([card([*DROP, 4])]) == []
    miss = "has been off target for 24 months or more: 16 short (80%)."
    assert only(card(DROP, target=20)) == f"{DROPPED} It {miss}"
    # Told before, it still tells this miss from one that the process always had
    worse = "A real drop since February: nine months below the usual level."
    assert only(card([*DROP, 4], target=20)) == f"{miss} {worse}"
    # A rise that is still off target is a miss first
    assert only(card(GAIN, target=20)) == "has been off target for 24 months or more: 14 short (70%)."


def test_who_is_accepted_or_does_not_apply_is_left_in_peace() -> None:
    accepted = replace(ORDERS, accepted=Acceptance(TODAY, "road works"))
    closed = replace(ORDERS, not_applicable=frozenset({month(10).start}))
    for values in (DROP, GAIN, [30, 31, 5]):
        assert lines([card(values, accepted, 20), card(values, closed, 20)]) == []


def test_a_health_metric_is_never_overdue() -> None:
    health = replace(ORDERS, tier=Tier.HEALTH_METRIC)
    assert lines([card([30, 31, None], health)]) == []


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "is off target: 15 short (75%)."),
        (2, "is off target for the second month in a row: 15 short (75%)."),
        (13, "is off target for the 13th month in a row: 15 short (75%)."),
        (20, "is off target for the 20th month in a row: 15 short (75%)."),
        (23, "is off target for the 23rd month in a row: 15 short (75%)."),
        (24, "has been off target for 24 months or more: 15 short (75%)."),
    ],
)
def test_how_long_it_is_off_target(count: int, sentence: str) -> None:
    values: list[float | None] = [*[30] * (24 - count), *[5] * count]
    row = card(values, target=20)
    assert only(replace(row, signal=card([30, 31]).signal)) == sentence


def test_a_miss_without_words_for_it() -> None:
    row = replace(card([30, 31, 5], target=20), gap_text="")
    assert only(row) == "is off target."


def test_a_risk_is_told_once_it_is_not_too_early_any_more() -> None:
    row = at_risk("Risk")
    assert row.running is not None
    assert only(row) == row.running.risk
    assert lines([replace(row, running=replace(row.running, too_early=True))]) == []
    assert lines([replace(row, running=replace(row.running, risk=""))]) == []
    assert lines([replace(row, running=None)]) == []
