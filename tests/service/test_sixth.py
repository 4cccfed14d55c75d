"""A sixth KPI asks which one goes; what went keeps its values and can come back."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.kpi import State, Tier, Typed, TypedValue
from kpi_core.service import boards, choose, kpi_page, sixth
from kpi_core.store import actuals
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.typed import set_typed
from tests.service.shop import NOW, TODAY, at_least, revenue

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.kpi import Kpi


def five(data: Path) -> list[Kpi]:
    return [choose.save(data, revenue(Typed(), f"Number {n}"), at_least(300), NOW) for n in range(1, 6)]


def headline(data: Path) -> list[str]:
    kpis = choose.options(data).kpis
    return [kpi.name for kpi in kpis if kpi.state is State.ACTIVE and kpi.tier is Tier.KPI]


def test_five_fit_and_the_sixth_asks(data: Path) -> None:
    kpis = five(data)
    sixth_one = revenue(Typed(), "Number 6")
    assert sixth.asked_to_go(choose.options(data).kpis[:4], sixth_one) == ()
    assert [kpi.name for kpi in sixth.asked_to_go(choose.options(data).kpis, sixth_one)] == headline(data)
    assert sixth.asked_to_go(choose.options(data).kpis, kpis[0]) == ()
    assert sixth.asked_to_go(choose.options(data).kpis, replace(sixth_one, tier=Tier.HEALTH_METRIC)) == ()


def test_what_goes_is_a_health_metric_with_its_values_and_comes_back_with_its_target(data: Path) -> None:
    kpis = five(data)
    with open_store(data) as store:
        set_typed(store, TypedValue("Number 2", TODAY.replace(month=10, day=1), Fraction(250)), By(NOW))
        actuals.refresh(store)
    before = [line.judgement.word for line in kpi_page.page(data, kpis[1].id, TODAY).lines]
    choose.save(data, revenue(Typed(), "Number 6"), at_least(300), NOW, goes=kpis[1].id)
    assert headline(data) == ["Number 1", "Number 3", "Number 4", "Number 5", "Number 6"]
    gone = sixth.newest_gone(data)
    assert gone is not None
    assert gone.sentence == "Number 2 is a health metric now: Number 6 took its place."
    shown = next(row for row in boards.board(data, TODAY, boards.View(TODAY)).health if row.kpi.name == "Number 2")
    assert shown.actual == 250
    sixth.bring_back(data, gone.change, NOW)
    assert headline(data) == [f"Number {n}" for n in range(1, 7)]
    assert [line.judgement.word for line in kpi_page.page(data, kpis[1].id, TODAY).lines] == before
    assert sixth.newest_gone(data) is None


def test_a_draft_makes_nobody_go(data: Path) -> None:
    kpis = five(data)
    ownerless = replace(revenue(Typed(), "Number 6"), owner="")
    assert choose.save(data, ownerless, None, NOW, goes=kpis[0].id).state is State.DRAFT
    assert headline(data) == [f"Number {n}" for n in range(1, 6)]


def test_a_retired_one_that_comes_back_may_send_another_away(data: Path) -> None:
    kpis = five(data)
    choose.retire(data, kpis[0].id, "Nobody looks at it", NOW)
    choose.save(data, revenue(Typed(), "Number 6"), at_least(300), NOW)
    assert len(sixth.asked_to_go(choose.options(data).kpis, choose.opened(data, kpis[0].id)[0])) == 5
    choose.reopen(data, kpis[0].id, NOW, kpis[4].id)
    assert headline(data) == ["Number 1", "Number 2", "Number 3", "Number 4", "Number 6"]


def test_the_question_says_why_and_what_becomes_of_the_one_that_goes() -> None:
    assert sixth.question(5, "Number 6") == (
        "5 KPIs are on the board already.",
        (
            "More than five and none is key. Which one goes, so that Number 6 can come? "
            "It stays as a health metric, with its values."
        ),
    )
    assert "so that this one can come" in sixth.question(5, "")[1]
    assert sixth.all_stay(5) == "None: 6 stay on the board"
