"""Remedies of the check-up: each makes its finding go away, brings no other of its kind, and is taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.hygiene import Cure, Deed, Rule, Untidy
from kpi_core.kpi import Kpi, State, Tier
from kpi_core.service import choose, curing
from kpi_core.store.changes import By, list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import get_kpi, kpis
from kpi_core.store.definitions.targets import targets
from kpi_core.store.definitions.undo import undo_change
from tests.checklist.made import path
from tests.service.shop import at_least
from tests.service.untidy import DAY, LONG_AGO, NOW, TODAY, forgotten, found, keep, rule_ids, typed

GREEN, RED = [520, 531, 540] * 5, [410, 400, 395] * 5


def answer(remedy: Cure) -> tuple[str, ...]:
    """Say what a remedy asks for."""
    if remedy.many:
        return remedy.choices[5:]
    return remedy.choices[:1] if remedy.choices else ("Kim",) if remedy.asks else ()


def kept(data: Path, number: int) -> Kpi:
    with open_store(data) as store:
        return get_kpi(store, number)


def the(data: Path, rule: Rule) -> Untidy:
    (one,) = [each for each in found(data).values() if each.rule is rule]
    return one


def remedy(one: Untidy, deed: Deed) -> Cure:
    return next(each for each in one.cures if each.deed is deed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_a_remedy_makes_its_finding_go_and_no_other_of_its_kind_come_and_undo_brings_it_back(
    data: Path, seed: int
) -> None:
    forgotten(data, Random(seed))
    before = found(data)
    assert before
    for one in before.values():
        for each in one.cures:
            if each.deed.leads:
                continue
            done = curing.cure(data, one, each, NOW, answer(each))
            after = found(data)
            assert one.id not in after, (one, each)
            assert rule_ids(after.values(), one) < rule_ids(before.values(), one) or len(one.kpis) == 0
            assert done.changes
            curing.undo(data, done.changes, NOW)
            assert found(data) == before, (one, each)


def test_what_was_done_is_said_and_logged_with_the_finding(data: Path) -> None:
    number = keep(data, typed("Orders", owner=""), [500, 490])
    one = the(data, Rule.NO_OWNER)
    done = curing.cure(data, one, one.cures[0], NOW, ("Kim",))
    assert done.sentence == "Kim owns Orders now."
    assert kept(data, number).owner == "Kim"
    with open_store(data) as store:
        assert list_changes(store, kpi_id=number)[0].why == "Check-up: Nobody owns it."


@pytest.mark.parametrize("name", ["", "   ", "the team", "tbd"])
def test_a_name_that_is_none_is_refused_and_nothing_is_written(data: Path, name: str) -> None:
    number = keep(data, typed("Orders", owner=""), [500, 490])
    one = the(data, Rule.NO_OWNER)
    with pytest.raises(RefusedDefinition):
        curing.cure(data, one, one.cures[0], NOW, (name,))
    assert kept(data, number).owner == ""


def test_a_kpi_is_retired_with_the_reason_that_was_said(data: Path) -> None:
    number = keep(data, typed("Orders"), RED)
    one = the(data, Rule.ALWAYS_RED)
    with pytest.raises(RefusedDefinition, match="Why is it retired"):
        curing.cure(data, one, remedy(one, Deed.RETIRE), NOW)
    done = curing.cure(data, one, remedy(one, Deed.RETIRE), NOW, ("nobody acts on it",))
    assert (kept(data, number).state, kept(data, number).retired_reason) == (State.RETIRED, "nobody acts on it")
    curing.undo(data, done.changes, NOW)
    assert kept(data, number).state is State.ACTIVE


def test_the_counter_measure_comes_as_a_health_metric_and_goes_again(data: Path) -> None:
    number = keep(data, typed("Net Promoter Score", catalogue_key="nps"), [40, 41])
    one = the(data, Rule.GAMEABLE)
    done = curing.cure(data, one, remedy(one, Deed.WATCH), NOW)
    counter = kept(data, number).counter_measure
    with open_store(data) as store:
        (added,) = [each for each in kpis(store) if each.name == counter]
    assert (added.tier, added.state) == (Tier.HEALTH_METRIC, State.ACTIVE)
    assert done.sentence == f"{counter} is watched beside Net Promoter Score now."
    curing.undo(data, done.changes, NOW)
    with open_store(data) as store:
        assert [each.name for each in kpis(store)] == ["Net Promoter Score"]


def test_a_new_deadline_leaves_the_past_as_it_was(data: Path) -> None:
    passed = replace(path(400, 500, TODAY - 40 * DAY), path_start=LONG_AGO, starts=LONG_AGO)
    number = keep(data, typed("Orders"), [480, 490, 500], passed)
    one = the(data, Rule.DEADLINE)
    done = curing.cure(data, one, remedy(one, Deed.DEADLINE), NOW)
    assert done.sentence == "Orders has until 31 May 2027 now."
    with open_store(data) as store:
        first, second = targets(store, number).rows
    assert first.deadline == TODAY - 40 * DAY
    assert (second.starts, second.value, second.backdated) == (TODAY, first.value, False)


def test_a_raised_target_ends_the_finding_that_it_was_too_easy(data: Path) -> None:
    number = keep(data, typed("Orders"), GREEN)
    one = the(data, Rule.ALWAYS_GREEN)
    assert one.cures[0].deed is Deed.TO_FORM
    choose.save(data, kept(data, number), at_least(600), NOW, "met for a year")
    assert one.id not in found(data)


def test_some_become_health_metrics_and_all_come_back_together(data: Path) -> None:
    numbers = [keep(data, typed(f"Number {n}", north_star=n == 7), [500 + n * n, 490 - n]) for n in range(8)]
    one = the(data, Rule.TOO_MANY)
    done = curing.cure(data, one, one.cures[0], NOW, ("Number 5", "Number 6", "Number 7"))
    assert done.sentence == "Number 5 and Number 6 and Number 7 are health metrics now."
    assert [kept(data, each).tier is Tier.HEALTH_METRIC for each in numbers] == [False] * 5 + [True] * 3
    assert not kept(data, numbers[7]).north_star
    curing.undo(data, done.changes, NOW)
    assert kept(data, numbers[7]).north_star
    assert all(kept(data, each).tier is Tier.KPI for each in numbers)


def test_what_was_changed_since_is_not_taken_back_over_it(data: Path) -> None:
    number = keep(data, typed("Orders", owner=""), [500, 490])
    one = the(data, Rule.NO_OWNER)
    done = curing.cure(data, one, one.cures[0], NOW, ("Kim",))
    choose.save(data, replace(kept(data, number), owner="Bo"), None, NOW)
    with pytest.raises(RefusedDefinition, match="was changed again"):
        curing.undo(data, done.changes, NOW)
    assert kept(data, number).owner == "Bo"


def test_what_opens_a_page_is_not_done_here(data: Path) -> None:
    keep(data, typed("Orders"), GREEN)
    one = the(data, Rule.ALWAYS_GREEN)
    with pytest.raises(RefusedDefinition, match="target"):
        curing.cure(data, one, one.cures[0], NOW)


def test_nothing_is_put_beside_a_kpi_that_is_gone(data: Path) -> None:
    number = keep(data, typed("Net Promoter Score", catalogue_key="nps"), [40, 41])
    one = the(data, Rule.GAMEABLE)
    with open_store(data) as store:
        for change in list_changes(store, kpi_id=number):
            undo_change(store, change.id, By(NOW))
    with pytest.raises(NotFound):
        curing.cure(data, one, remedy(one, Deed.WATCH), NOW)
    with open_store(data) as store:
        assert kpis(store) == ()
