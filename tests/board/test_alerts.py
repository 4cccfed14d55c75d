"""Alerts fire once, on change, and are armed again on recovery; the digest says what changed, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from kpi_core.board import BoardRow, ChangeKind, Digest, Holds, Seen
from kpi_core.board.alerts import digest, holding, seen_of
from kpi_core.kpi import Acceptance, AlertWhen, Tier
from kpi_core.status import Status
from tests.board.series import CALENDAR, ORDERS, STABLE, TODAY, card, month

DROP = [*STABLE, *([4.0] * 8)]
ANY, TWO, REAL = AlertWhen
SINCE = date(2026, 10, 4)
COLOURS = {ChangeKind.OFF_TARGET, ChangeKind.BACK_ON_TARGET}


def told(now: BoardRow | Sequence[BoardRow], before: dict[int, Seen], since: date | None = SINCE) -> Digest:
    rows = [now] if isinstance(now, BoardRow) else now
    return digest(rows, before, since=since, as_of=TODAY, calendar=CALENDAR)


def lines(now: BoardRow, before: dict[int, Seen]) -> list[tuple[ChangeKind, str]]:
    return [(each.kind, each.sentence) for each in told(now, before).changes]


def then(values: Sequence[float | None], target: float | None = None) -> dict[int, Seen]:
    """See the board of a month before, with these values up to September."""
    return seen_of([card([*values, None], target=target, today=date(2026, 10, 5))])


def test_a_real_change_is_told_once() -> None:
    change = (ChangeKind.REAL_CHANGE, "shows a real drop since March: eight months below the usual level.")
    assert lines(card(DROP), then(DROP[:-1])) == [change]
    assert lines(card([*DROP, 4]), then(DROP)) == []


def test_a_change_that_ended_and_began_anew_is_told_again() -> None:
    before = {7: Seen(month(6).start, (Holds(ChangeKind.REAL_CHANGE, month(6).start, above=True),))}
    again = card([*STABLE[:-1], 0, 40, 5, 5, 5, 40])
    assert [kind for kind, _ in lines(again, before)] == [ChangeKind.REAL_CHANGE]


def test_the_other_side_is_another_change() -> None:
    before = {7: Seen(month(10).start, (Holds(ChangeKind.REAL_CHANGE, month(9).start, above=True),))}
    assert [kind for kind, _ in lines(card(DROP), before)] == [ChangeKind.REAL_CHANGE]


def test_what_is_over_is_told_as_a_recovery() -> None:
    assert lines(card([*DROP, 5]), then(DROP)) == [
        (ChangeKind.BACK_TO_USUAL, "is back to routine variation in October.")
    ]
    # Nobody knows while the newest value is missing
    assert lines(card([*DROP, None]), then(DROP)) == []


@pytest.mark.parametrize(
    ("alert", "values", "expected"),
    [
        (ANY, [30, 30, 5], ["is off target: 15 short (75%)."]),
        (TWO, [30, 30, 5], []),
        (REAL, [30, 30, 5], []),
        (ANY, [30, 5, 5], []),
        (TWO, [30, 5, 5], ["is off target for 2 months running: 15 short (75%)."]),
        (REAL, [30, 5, 5], []),
        (TWO, [5, 5, 5], []),
        (ANY, [5, 5, 30], ["is back on target in October."]),
        (TWO, [5, 5, 30], ["is back on target in October."]),
        (TWO, [30, 5, 30], []),
        (REAL, [5, 5, 30], []),
    ],
)
def test_the_owner_chooses_what_to_be_told_of(alert: AlertWhen, values: list[float], expected: list[str]) -> None:
    now = card([*[30, 31] * 4, *values], target=20, alert=alert)
    before = then([*[30, 31] * 4, *values[:-1]], target=20)
    assert [sentence for kind, sentence in lines(now, before) if kind in COLOURS] == expected


def test_amber_is_no_recovery_from_red() -> None:
    now = card([*[30, 31] * 4, 5, 19], target=20, alert=ANY)
    assert ChangeKind.BACK_ON_TARGET not in [kind for kind, _ in lines(now, then([*[30, 31] * 4, 5], target=20))]


def test_a_miss_holds_since_its_first_period_or_its_second() -> None:
    row = card([*[30] * 8, 5, 5, 5], target=20)
    off = [Holds(ChangeKind.OFF_TARGET, month(8).start)]
    assert [each for each in holding(row, ANY) if each.kind is ChangeKind.OFF_TARGET] == off
    second = [Holds(ChangeKind.OFF_TARGET, month(9).start)]
    assert [each for each in holding(row, TWO) if each.kind is ChangeKind.OFF_TARGET] == second
    assert all(each.kind is ChangeKind.REAL_CHANGE for each in holding(row, REAL))


def test_a_miss_holds_since_its_first_period_while_the_next_one_is_waited_for() -> None:
    row = card([*[30] * 8, 5, 5, None], target=20, today=date(2026, 11, 5))
    assert row.period == month(9)
    off = [each for each in holding(row, ANY) if each.kind is ChangeKind.OFF_TARGET]
    assert off == [Holds(ChangeKind.OFF_TARGET, month(8).start)]


def test_what_is_seen_is_the_newest_period_and_what_holds_in_it() -> None:
    assert seen_of([card(STABLE)]) == {7: Seen(month(10).start)}
    real = Holds(ChangeKind.REAL_CHANGE, month(10).start, above=False)
    off = Holds(ChangeKind.OFF_TARGET, month(11, 2024).start)
    assert seen_of([card(DROP)]) == {7: Seen(month(10).start, (real,))}
    assert seen_of([card(DROP, target=20)]) == {7: Seen(month(10).start, (real, off))}


def test_what_is_carried_on_stands_beside_what_is_new() -> None:
    off = Holds(ChangeKind.OFF_TARGET, month(8).start)
    accepted = card(DROP, replace(ORDERS, accepted=Acceptance(TODAY, "We moved")), target=20)
    real = Holds(ChangeKind.REAL_CHANGE, month(10).start, above=False)
    before = {7: Seen(month(9).start, (off,))}
    assert seen_of([accepted], before) == {7: Seen(month(10).start, (real, off))}
    # With nothing new the period stays the one in which it was seen
    overdue = card([*STABLE, None], target=20)
    assert seen_of([overdue], before) == {7: Seen(month(9).start, (off,))}


@pytest.mark.parametrize("since", [8, 9])
def test_a_miss_that_began_with_the_period_seen_is_the_one_seen(since: int) -> None:
    row = card([*[30] * (since - 1), *[5] * (11 - since)], target=20, alert=ANY)
    seen = {7: Seen(month(since).start, (Holds(ChangeKind.OFF_TARGET, month(since).start),))}
    assert [kind for kind, _ in lines(row, seen) if kind in COLOURS] == []
    earlier = {7: Seen(month(since - 1).start, (Holds(ChangeKind.OFF_TARGET, month(since - 2).start),))}
    months = f" for {11 - since} months running"
    assert [told for kind, told in lines(row, earlier) if kind in COLOURS] == [
        f"is off target{months}: 15 short (75%)."
    ]


def test_a_miss_without_words_for_it() -> None:
    row = replace(card([30, 31, 5], target=20, alert=ANY), gap_text="")
    assert [sentence for kind, sentence in lines(row, {}) if kind in COLOURS] == ["is off target."]


def test_a_health_metric_is_told_of_where_it_really_changed() -> None:
    health = replace(ORDERS, tier=Tier.HEALTH_METRIC)
    changed = lines(card(DROP, health), {})
    assert changed == [(ChangeKind.REAL_CHANGE, "shows a real drop since March: eight months below the usual level.")]
    assert lines(card([*DROP, 5], health), then(DROP)) == [
        (ChangeKind.BACK_TO_USUAL, "is back to routine variation in October.")
    ]


RED = [*[30, 31] * 6, 5]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([*RED, 5], []),
        ([*RED, 30], ["is back on target in October."]),
        ([*RED[:-1], 30, 5], ["is off target: 15 short (75%)."]),
    ],
)
def test_a_value_that_is_overdue_arms_no_alert_again(values: list[float | None], expected: list[str]) -> None:
    before = then(RED, target=20)
    overdue = card([*RED, None], target=20, alert=ANY)
    assert lines(overdue, before) == []
    later = seen_of([overdue], before)
    now = lines(card(values, target=20, alert=ANY), later)
    assert [sentence for kind, sentence in now if kind in COLOURS] == expected


def test_a_real_change_holds_on_while_its_newest_value_is_overdue() -> None:
    later = seen_of([card([*DROP, None])], then(DROP))
    assert lines(card([*DROP, 4]), later) == []
    assert [kind for kind, _ in lines(card([*DROP, 5]), later)] == [ChangeKind.BACK_TO_USUAL]


def test_a_miss_that_was_accepted_for_a_while_is_not_told_again() -> None:
    accepted = card(
        [*RED, None],
        replace(ORDERS, accepted=Acceptance(date(2026, 10, 5), "We moved")),
        target=20,
        today=date(2026, 10, 5),
    )
    assert accepted.judgement.status is Status.ACCEPTED
    again = card([*RED, None], target=20, alert=ANY, today=date(2026, 10, 6))
    assert lines(again, seen_of([accepted], then(RED, target=20))) == []


def test_a_miss_that_was_too_short_to_be_told_has_no_recovery_after_a_gap() -> None:
    later = seen_of([card([*RED, None], target=20, alert=TWO)], then(RED, target=20))
    assert not {kind for kind, _ in lines(card([*RED, 30], target=20, alert=TWO), later)} & COLOURS


def test_the_first_look_tells_nothing() -> None:
    made = told(card(DROP), {}, since=None)
    assert (made.changes, made.sentence) == (
        (),
        "This is your first look: from now on this says what changed since the last one.",
    )


def test_the_headline_counts_and_names_the_rest() -> None:
    drop = card(DROP, replace(ORDERS, name="Drop", id=1))
    quiet = [card(STABLE, replace(ORDERS, name=f"Quiet {at}", id=at)) for at in (2, 3)]
    health = card(STABLE, replace(ORDERS, name="Health", id=4, tier=Tier.HEALTH_METRIC))
    assert (
        told([drop, *quiet, health], {}).sentence == "Since 4 October: 1 real change; nothing to explain in 2 others."
    )
    assert told([drop, quiet[0]], {}).sentence == "Since 4 October: 1 real change; nothing to explain in 1 other."
    assert told([drop, replace(drop, kpi=replace(drop.kpi, id=9))], {}).sentence == "Since 4 October: 2 real changes."
    assert told(quiet, {}).sentence == "Since 4 October: nothing changed but routine ups and downs."
    assert told([], {}).sentence == "Since 4 October: nothing new."


def test_what_goes_on_is_never_called_quiet() -> None:
    goes_on = card([*DROP, 4], replace(ORDERS, id=7))
    red = card(STABLE, target=20)
    overdue, young = card([*STABLE, None]), card([30, 30])
    quiet = card(STABLE, replace(ORDERS, id=3))
    seen = then(DROP)
    assert told(goes_on, seen).sentence == "Since 4 October: nothing new."
    assert told([goes_on, quiet], seen).sentence == "Since 4 October: nothing new."
    for row in (red, overdue, young):
        assert told([row, quiet], {}).sentence == "Since 4 October: nothing new."
    other = card(DROP, replace(ORDERS, name="Drop", id=1))
    assert told([other, goes_on], seen).sentence == "Since 4 October: 1 real change."
    assert told([other, goes_on, quiet], seen).sentence == (
        "Since 4 October: 1 real change; nothing to explain in 1 other."
    )


def off_lines(values: Sequence[float | None], before: dict[int, Seen], alert: AlertWhen = ANY) -> list[str]:
    now = card([*[30, 31] * 6, *values], target=20, alert=alert)
    return [sentence for kind, sentence in lines(now, before) if kind in COLOURS]


def seen_with(*values: float | None) -> dict[int, Seen]:
    return then([*[30, 31] * 6, *values], target=20)


@pytest.mark.parametrize("between", [None, 19])
def test_a_period_that_is_missing_or_close_ends_no_miss(between: float | None) -> None:
    assert off_lines([5, between, 5], seen_with(5, between)) == []
    assert off_lines([5, between, 30], seen_with(5, between)) == ["is back on target in October."]
    assert off_lines([5, 30, 5], seen_with(5, 30)) == ["is off target: 15 short (75%)."]


def test_two_in_a_row_are_told_once_until_it_is_on_target_again() -> None:
    assert off_lines([5, 5, None, 5, 5], seen_with(5, 5, None, 5), TWO) == []
    assert off_lines([5, 5, 30, 5, 5], seen_with(5, 5, 30, 5), TWO) == [
        "is off target for 2 months running: 15 short (75%)."
    ]
    # One, a gap and one were never two in a row, so nothing was told that could be over
    assert off_lines([5, None, 5, 30], seen_with(5, None, 5), TWO) == []
    assert off_lines([5, 5, None, 30], seen_with(5, 5, None), TWO) == ["is back on target in October."]


def accepted_with(*values: float | None) -> BoardRow:
    kpi = replace(ORDERS, accepted=Acceptance(date(2026, 10, 31), "We moved"))
    return card([*[30, 31] * 6, *values, None], kpi, target=20, today=date(2026, 10, 5))


def test_an_accepted_period_inside_a_run_of_misses_ends_none() -> None:
    # As of that day the second miss was accepted; the first one was told before
    assert accepted_with(5, 5).judgement.status is Status.ACCEPTED
    assert off_lines([5, 5, 5], seen_of([accepted_with(5, 5)])) == []
    assert off_lines([5, 5, 5], seen_of([accepted_with(5, 5)], seen_with(5))) == []
    # One that began while misses were accepted was told to nobody
    assert off_lines([30, 5, 5], seen_of([accepted_with(30, 5)])) == [
        "is off target for 2 months running: 15 short (75%)."
    ]


def test_a_period_that_does_not_apply_is_as_if_it_were_not_there() -> None:
    closed = replace(ORDERS, not_applicable=frozenset({month(9).start}))
    row = card([*[30, 31] * 6, 5, None, 5], closed, target=20)
    assert row.off_for == 2
    assert Holds(ChangeKind.OFF_TARGET, month(10).start) in list(holding(row, TWO))


def test_every_kind_is_counted_in_the_headline() -> None:
    def named(name: str, values: list[float | None], number: int) -> BoardRow:
        return card(values, replace(ORDERS, name=name, id=number), target=20, alert=ANY)

    usual = [*[30, 31] * 6]
    rows = [
        named("Back", [*usual, 5, 30], 1),
        named("Off", [*usual, 30, 5], 2),
        named("Off too", [*usual, 30, 5], 3),
        card([*DROP, 5], replace(ORDERS, name="Usual", id=4)),
        card(DROP, replace(ORDERS, name="Drop", id=5)),
    ]
    missed = Seen(month(9).start, (Holds(ChangeKind.OFF_TARGET, month(9).start),))
    seen = {1: missed, 4: then(DROP)[7]}
    made = told([row if row.kpi.id == 5 else replace(row, signal=rows[3].signal) for row in rows], seen)
    assert [(each.kpi_id, each.kind) for each in made.changes] == [
        (5, ChangeKind.REAL_CHANGE),
        (2, ChangeKind.OFF_TARGET),
        (3, ChangeKind.OFF_TARGET),
        (1, ChangeKind.BACK_ON_TARGET),
        (4, ChangeKind.BACK_TO_USUAL),
    ]
    assert made.sentence == ("Since 4 October: 1 real change, 2 turned off target, 1 back on target, 1 back to usual.")


def test_changes_come_before_recoveries_and_by_name() -> None:
    rows = [
        card([*DROP, 5], replace(ORDERS, name="A", id=7)),
        card(DROP, replace(ORDERS, name="c", id=2)),
        card(DROP, replace(ORDERS, name="B", id=3)),
    ]
    assert [each.name for each in told(rows, then(DROP)).changes] == ["B", "c", "A"]
