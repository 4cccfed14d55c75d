"""What the owner says of a KPI's usual level: asked for a reason, logged, and taken back."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import AlertWhen, Baseline, Direction, Kpi, Rebase, State, Typed, TypedValue
from kpi_core.period import Cadence
from kpi_core.service import boards, digest, kpi_page, usual
from kpi_core.service.log import log_lines
from kpi_core.signals import LimitsLabel, SignalRule, SignalState
from kpi_core.store import actuals
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import add_kpi
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.definitions.targets import add_target
from kpi_core.store.definitions.typed import set_typed
from kpi_core.store.definitions.undo import undo_change
from kpi_core.target import Target, TargetKind
from kpi_core.unit import Unit, UnitKind

NOW = datetime(2026, 11, 3, 9, 0)
TODAY = NOW.date()
STABLE = [
    100,
    102,
    108,
    104,
    108,
    109,
    100,
    110,
    104,
    114,
    109,
    104,
    107,
    107,
    107,
    112,
    108,
    113,
    109,
    105,
    100,
    100,
    107,
    109,
]
"""Two years of noise around 106, without season or growth."""
DROP = [*STABLE, *([102] * 8)]
"""A real drop since March 2026."""


def filled(data: Path, values: list[int], target: int | None = None) -> int:
    """Make a monthly KPI with values up to October 2026."""
    with open_store(data) as store, store.writing():
        kpi = Kpi("Orders", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), state=State.ACTIVE)
        kpi_id = add_kpi(store, kpi, By(NOW)).id
        place = 2026 * 12 + 10 - len(values)
        for at, value in enumerate(values, start=place):
            set_typed(store, TypedValue("Orders", date(at // 12, at % 12 + 1, 1), Fraction(value)), By(NOW))
        if target is not None:
            add_target(store, kpi_id, Target(TargetKind.CONSTANT, date(2020, 1, 1), Fraction(target)), By(NOW))
        actuals.refresh(store)
    return kpi_id


def kpi_of(data: Path, kpi_id: int) -> Kpi:
    with open_store(data) as store:
        return get_kpi(store, kpi_id)


def state(data: Path) -> SignalState:
    (row,) = boards.board(data, TODAY, boards.View(TODAY)).rows
    return row.signal.state


def test_a_rebase_starts_the_limits_anew_and_can_be_taken_back(data: Path) -> None:
    kpi_id = filled(data, DROP)
    assert state(data) is SignalState.WORSE
    change = usual.add_rebase(data, kpi_id, date(2026, 3, 15), " Second shop opened ", NOW)
    assert kpi_of(data, kpi_id).rebases == (Rebase(date(2026, 3, 1), "Second shop opened"),)
    assert state(data) is SignalState.ROUTINE
    usual.take_back_rebase(data, kpi_id, date(2026, 3, 31), NOW)
    assert state(data) is SignalState.WORSE
    assert change is not None
    with open_store(data) as store:
        newest, older, *_ = log_lines(store, 5, kpi_id)
    assert newest.did == "The usual level does not start anew in March 2026 any more."
    assert (older.did, older.why) == (
        "The usual level starts anew in March 2026: Second shop opened.",
        "Second shop opened",
    )


def test_the_log_takes_it_back_too(data: Path) -> None:
    kpi_id = filled(data, DROP)
    change = usual.add_rebase(data, kpi_id, date(2026, 3, 1), "Second shop", NOW)
    with open_store(data) as store:
        undo_change(store, change or 0, By(NOW))
    assert kpi_of(data, kpi_id).rebases == ()


def test_the_same_again_changes_nothing(data: Path) -> None:
    kpi_id = filled(data, STABLE)
    assert usual.add_rebase(data, kpi_id, date(2026, 3, 1), "Second shop", NOW) is not None
    assert usual.add_rebase(data, kpi_id, date(2026, 3, 9), "Second shop", NOW) is None


@pytest.mark.parametrize(
    ("day", "reason", "sentence"),
    [
        (date(2026, 3, 1), " ", "What is different at Orders?"),
        (date(2026, 3, 1), "x" * 5000, "The reason has 5000 letters; 2000 are the most."),
        (date(2026, 11, 4), "x", "4 November 2026 is still to come."),
        (date(2026, 5, 9), "x", 'The usual level starts anew in May already: "New prices".'),
    ],
)
def test_a_rebase_that_makes_no_sense_is_refused(data: Path, day: date, reason: str, sentence: str) -> None:
    kpi_id = filled(data, STABLE)
    usual.add_rebase(data, kpi_id, date(2026, 5, 1), "New prices", NOW)
    with pytest.raises(RefusedDefinition) as refused:
        usual.add_rebase(data, kpi_id, day, reason, NOW)
    assert refused.value.sentence == sentence


def test_without_a_day_nothing_starts_anew_and_no_limits_are_made(data: Path) -> None:
    kpi_id = filled(data, STABLE)
    with pytest.raises(RefusedDefinition, match=r"Since when are things different at Orders\?"):
        usual.add_rebase(data, kpi_id, None, "New prices", NOW)
    with pytest.raises(RefusedDefinition, match="No day is chosen until which the limits are made"):
        usual.chosen(date(2026, 1, 1), None)
    assert usual.chosen(None, date(2026, 1, 31)) == Baseline(date(2026, 1, 31))


def test_what_was_never_said_cannot_be_taken_back(data: Path) -> None:
    kpi_id = filled(data, STABLE)
    with pytest.raises(NotFound, match="The usual level of Orders does not start anew in March 2026"):
        usual.take_back_rebase(data, kpi_id, date(2026, 3, 1), NOW)


def test_the_owner_moves_the_baseline_and_back(data: Path) -> None:
    kpi_id = filled(data, DROP)
    usual.set_baseline(data, kpi_id, Baseline(date(2026, 10, 31), date(2026, 3, 1)), NOW)
    assert state(data) is SignalState.ROUTINE
    usual.set_baseline(data, kpi_id, None, NOW)
    assert state(data) is SignalState.WORSE


@pytest.mark.parametrize(
    ("baseline", "sentence"),
    [
        (Baseline(date(2026, 7, 30), date(2026, 2, 1)), "5 months with a value lie in there, and limits need 6."),
        (Baseline(date(2026, 10, 31), date(2026, 10, 1)), "1 month with a value lie in there, and limits need 6."),
        (Baseline(date(2026, 1, 1), date(2026, 2, 1)), "1 February 2026 is after 1 January 2026."),
    ],
)
def test_a_baseline_that_makes_no_limits_is_refused(data: Path, baseline: Baseline, sentence: str) -> None:
    kpi_id = filled(data, STABLE)
    with pytest.raises(RefusedDefinition) as refused:
        usual.set_baseline(data, kpi_id, baseline, NOW)
    assert refused.value.sentence == sentence
    usual.set_baseline(data, kpi_id, Baseline(date(2026, 7, 31), date(2026, 2, 1)), NOW)


def test_the_owner_says_what_to_be_told_of(data: Path) -> None:
    kpi_id = filled(data, STABLE)
    usual.set_alert(data, kpi_id, AlertWhen.ANY, NOW)
    assert kpi_of(data, kpi_id).alert is AlertWhen.ANY


def test_the_page_has_a_stretch_for_each_rebase(data: Path) -> None:
    kpi_id = filled(data, DROP, target=105)
    usual.add_rebase(data, kpi_id, date(2026, 3, 1), "Second shop", NOW)
    page = kpi_page.page(data, kpi_id, TODAY).change
    first, second = page.stretches
    assert (len(first.points), len(second.points)) == (24, 8)
    assert (first.reason, second.reason, second.since) == ("", "Second shop", date(2026, 3, 1))
    assert (first.chart.label, second.chart.label) == (LimitsLabel.NORMAL, LimitsLabel.TRIAL)
    assert first.chart.limits is not None
    assert float(first.chart.limits.centre) == pytest.approx(sum(STABLE) / len(STABLE))
    assert [len(each.moving_ranges) for each in page.stretches] == [23, 7]
    assert first.baseline is not None
    assert first.baseline[0].start == date(2024, 3, 1)
    assert page.row.signal.state is SignalState.ROUTINE
    assert [step.period.start.month for step in page.fan] == [11, 12, 1, 2]
    assert all(step.low95 <= step.low80 <= step.middle <= step.high80 <= step.high95 for step in page.fan)


def test_the_page_flags_every_signal_of_the_past_and_every_great_step(data: Path) -> None:
    kpi_id = filled(data, [*STABLE, 200, 100, 110])
    (only,) = kpi_page.page(data, kpi_id, TODAY).change.stretches
    assert only.chart.flags[SignalRule.OUTSIDE] == (24,)
    assert [each.period.start for each in only.moving_ranges if each.beyond] == [date(2026, 8, 1), date(2026, 9, 1)]


def test_a_page_without_values_is_empty(data: Path) -> None:
    page = kpi_page.page(data, filled(data, []), TODAY).change
    assert (page.stretches, page.fan, page.row.signal.state) == ((), (), SignalState.NONE_YET)


def test_before_the_first_visit_nothing_is_told(data: Path) -> None:
    filled(data, DROP)
    assert digest.digest(data, TODAY).since is None
    digest.mark_seen(data, TODAY, NOW)
    found = digest.digest(data, TODAY)
    assert (found.since, found.changes) == (TODAY, ())


def test_a_change_that_came_in_after_the_visit_is_told(data: Path) -> None:
    filled(data, DROP[:-1])
    digest.mark_seen(data, TODAY, NOW)
    with open_store(data) as store:
        set_typed(store, TypedValue("Orders", date(2026, 11, 1), Fraction(102)), By(NOW))
        actuals.refresh(store)
    december = date(2026, 12, 3)
    found = digest.digest(data, december)
    assert found.since == TODAY
    assert [(each.name, each.sentence) for each in found.changes] == [
        ("Orders", "shows a real drop since April: eight months below the usual level.")
    ]
    digest.mark_seen(data, december, datetime(2026, 12, 3, 9))
    assert digest.digest(data, december).sentence == "Since 3 December: nothing new."


def test_any_two_days_can_be_compared(data: Path) -> None:
    filled(data, DROP)
    found = digest.digest(data, TODAY, since=date(2026, 10, 3))
    assert found.sentence == "Since 3 October: 1 real change."
    assert digest.digest(data, TODAY, since=date(2026, 9, 3), as_of=date(2026, 10, 3)).changes == ()
    with pytest.raises(RefusedDefinition, match="3 November 2026 is not before 3 November 2026"):
        digest.digest(data, TODAY, since=TODAY)


def test_a_look_keeps_what_was_worked_out(data: Path) -> None:
    filled(data, DROP, target=105)
    boards.board(data, TODAY, boards.View(TODAY))
    with open_store(data) as store:
        assert store.one("SELECT count(*) FROM outlooks") == (1,)
    # As of a past day nothing is kept in its place
    before = boards.board(data, TODAY, boards.View(date(2026, 5, 3)))
    assert before.rows[0].signal.state is SignalState.ROUTINE
