"""Whatever is done to a KPI on its way off the board and back, the colours of its past stay as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_core.choice import GoalStep, Progress
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import State, Tier, Typed, TypedValue
from kpi_core.period import Cadence
from kpi_core.service import choose, goals, goals_kept, sixth, targeting
from kpi_core.store import actuals
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.typed import set_typed
from tests.service.shop import NOW, TODAY, at_least, revenue

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpi_core.kpi import Kpi

KEY = "aov"
NAME = "Average order value"


def judged(data: Path, others: int = 0) -> Kpi:
    """Put a KPI with a year of values on the board, and so many others beside it."""
    made = revenue(Typed(), NAME)
    kpi = choose.save(data, replace(made, catalogue_key=KEY, cadence=Cadence.MONTH), at_least(750), NOW)
    assert kpi.state is State.ACTIVE
    with open_store(data) as store:
        for month in range(1, 11):
            day = TODAY.replace(month=month, day=1)
            set_typed(store, TypedValue(NAME, day, Fraction(690 + 10 * month)), By(NOW))
        actuals.refresh(store)
    for number in range(others):
        choose.save(data, revenue(Typed(), f"Number {number}"), at_least(300), NOW)
    return kpi


def past(data: Path, kpi_id: int) -> dict[object, str]:
    with open_store(data) as store:
        return {start: line.judgement.word for start, line in targeting.colours(store, kpi_id, TODAY).items()}


def go(data: Path, kpi_id: int, now: datetime) -> None:
    with open_store(data) as store, store.writing():
        sixth.make_room(store, kpi_id, "Another one", By(now))
        actuals.refresh(store)


def pick(data: Path, now: datetime, *, kpi: bool) -> None:
    before = goals.journey(data).progress
    step = Progress(
        GoalStep.BESIDE, "shop", ("grow_revenue",), (), (KEY,) if kpi else ("revenue",), () if kpi else (KEY,)
    )
    goals.keep(data, replace(step, settled=before.settled))
    goals_kept.settle(data, now)


def put_target(data: Path, kpi_id: int, value: int, now: datetime) -> None:
    kpi, target = choose.opened(data, kpi_id)
    assert target is not None
    choose.save(data, kpi, replace(target, value=Fraction(value)), now, "Times have changed")


def now_of(data: Path, kpi_id: int) -> Kpi:
    return choose.opened(data, kpi_id)[0]


@pytest.mark.parametrize("gone", ["retired", "made room"])
@pytest.mark.parametrize("others", [0, 5])
def test_a_kpi_that_goals_bring_back_keeps_the_targets_of_its_past(data: Path, gone: str, others: int) -> None:
    kpi = judged(data)
    before = past(data, kpi.id)
    assert {"Off target", "Close", "On target"} & set(before.values())
    if gone == "retired":
        choose.retire(data, kpi.id, "Not now", NOW)
    else:
        go(data, kpi.id, NOW)
    for number in range(others):
        choose.save(data, revenue(Typed(), f"Number {number}"), at_least(300), NOW)
    pick(data, NOW, kpi=True)
    back = now_of(data, kpi.id)
    # With five others on the board it waits as a draft, and its form asks which one goes
    assert (back.state, back.tier) == (State.DRAFT if others else State.ACTIVE, Tier.KPI)
    assert past(data, kpi.id) == before
    put_target(data, kpi.id, 500, NOW)
    assert past(data, kpi.id) == before


def test_a_target_that_judged_changes_with_a_reason_only(data: Path) -> None:
    kpi = judged(data)
    choose.retire(data, kpi.id, "Not now", NOW)
    for number in range(5):
        choose.save(data, revenue(Typed(), f"Number {number}"), at_least(300), NOW)
    pick(data, NOW, kpi=True)
    back, target = choose.opened(data, kpi.id)
    assert target is not None
    with pytest.raises(RefusedDefinition, match="Why does the target of Average order value change"):
        choose.save(data, back, replace(target, value=Fraction(500)), NOW)


STEPS: dict[str, Callable[[Path, int, datetime], None]] = {
    "retire": lambda data, kpi, now: choose.retire(data, kpi, "Not now", now),
    "reopen": choose.reopen,
    "make room": go,
    "pick it": lambda data, _, now: pick(data, now, kpi=True),
    "watch it": lambda data, _, now: pick(data, now, kpi=False),
    "lower": lambda data, kpi, now: put_target(data, kpi, 500, now),
    "raise": lambda data, kpi, now: put_target(data, kpi, 900, now),
    "crowd": lambda data, _, now: crowd(data, now),
}


def crowd(data: Path, now: datetime) -> None:
    for number in range(5):
        if f"Number {number}" not in {kpi.name for kpi in choose.options(data).kpis}:
            choose.save(data, revenue(Typed(), f"Number {number}"), at_least(300), now)


@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_no_way_off_the_board_and_back_colours_the_past_anew(steps: list[str]) -> None:
    with TemporaryDirectory() as folder:
        data = Path(folder) / "shop.db"
        kpi = judged(data)
        before = past(data, kpi.id)
        for day, step in enumerate(steps):
            STEPS[step](data, kpi.id, NOW + timedelta(hours=day))
            # A health metric has no colours at all; once it is a KPI again, it has those that it had
            if now_of(data, kpi.id).tier is Tier.KPI:
                assert past(data, kpi.id) == before, steps[: day + 1]
