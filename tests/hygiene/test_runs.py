"""Twelve periods running on one side of the same target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpi_core.checklist import Verdict
from kpi_core.hygiene import Deed, Rule
from kpi_core.hygiene.runs import run_of
from kpi_core.kpi import Acceptance
from kpi_core.period import Cadence
from kpi_core.status import Status
from kpi_core.target import TargetHistory
from tests.checklist.made import TODAY, readings
from tests.hygiene.made import REVENUE, at_least, looked, of, rules

GREEN, RED, AMBER = 510, 400, 490


@pytest.mark.parametrize(("count", "is_found"), [(11, False), (12, True), (13, True)])
def test_twelve_months_on_target_are_a_finding_and_eleven_are_none(count: int, is_found: bool) -> None:  # noqa: FBT001
    some = of(REVENUE, [RED, *[GREEN] * count])
    assert (Rule.ALWAYS_GREEN in rules(some)) is is_found


@pytest.mark.parametrize(("count", "is_found"), [(11, False), (12, True)])
def test_twelve_months_off_target_are_a_finding_and_eleven_are_none(count: int, is_found: bool) -> None:  # noqa: FBT001
    some = of(REVENUE, [GREEN, *[RED] * count])
    assert (Rule.ALWAYS_RED in rules(some)) is is_found


def test_it_says_how_long_from_when_to_when_and_what_helps() -> None:
    (green,) = of(REVENUE, [RED, *[GREEN, 520] * 7])
    assert green.sentence == "On target 14 months running: the target asks for nothing new."
    assert tuple((label, text.replace("\xa0", " ")) for label, text in green.evidence) == (
        ("Running", "14 months"),
        ("When", "September 2025 to October"),
        ("Newest", "SEK 520"),
        ("Target", "SEK 500"),
    )
    assert green.severity is Verdict.WARN
    assert [each.deed for each in green.cures] == [Deed.TO_FORM, Deed.HEALTH]
    assert green.cures[1].label == "Make it a health metric"
    (red,) = of(REVENUE, [400, 380] * 6)
    assert red.sentence == "Off target 12 months running."
    assert red.hint == "This is what the process delivers: change how it works or change the target."
    assert red.severity is Verdict.FAIL
    assert [each.deed for each in red.cures] == [Deed.TO_FORM, Deed.HEALTH, Deed.RETIRE]
    assert red.cures[2].label == "Retire it"


def test_one_close_month_ends_either_run() -> None:
    assert not {Rule.ALWAYS_GREEN, Rule.ALWAYS_RED} & set(rules(of(REVENUE, [*[GREEN] * 11, AMBER, *[GREEN] * 11])))
    assert not {Rule.ALWAYS_GREEN, Rule.ALWAYS_RED} & set(rules(of(REVENUE, [*[RED] * 11, AMBER, *[RED] * 11])))


def test_a_month_without_a_value_ends_the_run() -> None:
    assert run_of(looked(REVENUE, [*[GREEN] * 8, None, *[GREEN] * 6]), Status.GREEN).__len__() == 6
    assert Rule.ALWAYS_GREEN not in rules(of(REVENUE, [*[GREEN] * 11, None, *[GREEN] * 11]))


def test_a_month_that_does_not_apply_is_as_if_it_were_not_there() -> None:
    marked = replace(REVENUE, not_applicable=frozenset({date(2026, 8, 1)}))
    assert Rule.ALWAYS_GREEN not in rules(of(REVENUE, [*[GREEN] * 10, None, GREEN, GREEN]))
    assert Rule.ALWAYS_GREEN in rules(of(marked, [*[GREEN] * 10, None, GREEN, GREEN]))
    assert Rule.ALWAYS_GREEN not in rules(of(marked, [*[GREEN] * 9, None, GREEN, GREEN]))


def test_months_without_a_target_are_on_no_side() -> None:
    some = of(REVENUE, [GREEN] * 20, at_least(500, date(2025, 12, 1)))
    assert Rule.ALWAYS_GREEN not in rules(some)
    assert Rule.ALWAYS_GREEN in rules(of(REVENUE, [GREEN] * 20, at_least(500, date(2025, 11, 1))))


def test_a_raised_target_starts_the_count_anew_and_each_month_keeps_the_target_of_its_time() -> None:
    raised = looked(REVENUE, [GREEN] * 20, at_least(500), at_least(505, TODAY))
    assert run_of(raised, Status.GREEN) == ()
    lately = looked(REVENUE, [GREEN] * 20, at_least(500), at_least(505, date(2026, 9, 1)))
    assert len(run_of(lately, Status.GREEN)) == 2


def test_an_accepted_miss_is_left_in_peace_until_its_day() -> None:
    until = replace(REVENUE, accepted=Acceptance(TODAY, "the street is closed"))
    over = replace(REVENUE, accepted=Acceptance(date(2026, 11, 20), "the street is closed"))
    assert Rule.ALWAYS_RED not in rules(of(until, [RED] * 12))
    assert Rule.ALWAYS_RED in rules(of(over, [RED] * 12))


@pytest.mark.parametrize(("count", "is_found"), [(83, False), (84, True)])
def test_of_a_number_read_every_day_twelve_weeks_are_asked(count: int, is_found: bool) -> None:  # noqa: FBT001
    daily = replace(REVENUE, cadence=Cadence.DAY)
    read = readings([RED, *[GREEN] * count], Cadence.DAY)
    assert (Rule.ALWAYS_GREEN in rules(of(daily, (), read=read))) is is_found


def test_without_a_target_or_a_value_there_is_no_run() -> None:
    assert run_of(replace(looked(REVENUE), targets=TargetHistory()), Status.GREEN) == ()
    assert run_of(looked(REVENUE, ()), Status.GREEN) == ()


def test_the_offered_target_is_the_one_that_history_supports() -> None:
    easy = [560, 575, 571, 590, 580, 602, 596, 611, 605, 620, 618, 633, 629, 641]
    (green,) = of(REVENUE, easy)
    offered = green.cures[0].filled
    assert offered is not None
    assert offered.value > 500  # type: ignore[operator]
    assert green.cures[0].label == offered.label


def test_a_run_as_long_as_what_is_looked_at_may_be_longer() -> None:
    (one,) = of(REVENUE, [RED] * 60)
    assert one.sentence == "Off target 60 months or more running."
    (one,) = of(REVENUE, [GREEN, *[RED] * 59])
    assert one.sentence == "Off target 59 months running."
