"""A function goes by its plain name however a KPI came about, in data files of an earlier version too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.catalogue import by_key, catalogue, function_names
from kpi_core.choice import GoalStep, Progress
from kpi_core.kpi import Kpi, Typed
from kpi_core.service import boards, choose, goals, goals_kept
from kpi_core.service.catalogue import start
from kpi_core.service.watch import watch_beside
from kpi_core.store.changes import By, list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.undo import undo_change
from tests.service.shop import NOW, TODAY, revenue

if TYPE_CHECKING:
    from pathlib import Path

STEP = "m008_functions_by_name"


def functions(data: Path) -> dict[str | None, str]:
    return {kpi.catalogue_key: kpi.function for kpi in choose.options(data).kpis}


def test_the_wizard_the_form_and_the_number_beside_name_it_alike(data: Path) -> None:
    goals.keep(data, Progress(GoalStep.BESIDE, "saas", ("keep_customers",), (), ("churn_rate",), ("csat",)))
    goals_kept.settle(data, NOW)
    watch_beside(data, "nps", NOW)
    form = start(data, "retention_rate", None, choose.options(data), revenue()).kpi
    choose.save(data, form, None, NOW)
    found = functions(data)
    assert {"churn_rate", "csat", "nps", "retention_rate"} <= set(found)
    assert set(found.values()) <= set(function_names())
    assert {key for key, name in found.items() if name == "Looking after customers"} == {
        key for key in found if (entry := by_key(key)) and entry.function == "customer_success"
    }


def test_an_earlier_data_file_is_brought_to_it_and_its_changes_can_still_be_taken_back(data: Path) -> None:
    old = choose.save(data, replace(revenue(Typed(), "Ünal's churn"), function="customer_success"), None, NOW)
    choose.save(data, replace(revenue(Typed(), "Own"), function="Bakery"), None, NOW)
    choose.save(data, replace(old, owner="Ana"), None, NOW)
    with open_store(data) as store:
        store.run("DELETE FROM _sqlite_migrations WHERE name = ?", (STEP,))
        store.run("PRAGMA user_version = 1")
    kpis = {kpi.name: kpi for kpi in choose.options(data).kpis}
    assert kpis["Ünal's churn"] == replace(old, owner="Ana", function="Looking after customers")
    assert kpis["Own"].function == "Bakery"
    with open_store(data) as store:
        undo_change(store, list_changes(store, kpi_id=old.id)[0].id, By(NOW))
    assert now_named(data, old) == replace(old, function="Looking after customers")
    view = boards.View(TODAY, function="Looking after customers")
    assert boards.wanted(now_named(data, old), view)


def now_named(data: Path, kpi: Kpi) -> Kpi:
    return choose.opened(data, kpi.id)[0]


def test_every_function_of_the_catalogue_has_a_name() -> None:
    assert len({entry.function for entry in catalogue()}) == len(function_names())
