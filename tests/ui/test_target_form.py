"""The form of a target says what a target is and loses nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kpi_core.definition import EARLIEST
from kpi_core.kpi import Direction, Kpi, State, Typed
from kpi_core.period import Cadence
from kpi_core.service import choose, kpi_page
from kpi_core.target import Bound, Comparison, Step, Target, TargetKind, Tolerance, ToleranceKind
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from pathlib import Path

VISITS = Kpi(
    "Visits",
    Unit(UnitKind.COUNT),
    Direction.UP,
    Cadence.MONTH,
    Typed(),
    definition="Every visit of the web shop by a person, robots left out, counted once a day",
    goal="Grow sales",
    scope="whole business",
    owner="shop manager",
    change="Write one more letter to our customers",
    review_date=date(2026, 12, 21),
)
TARGETS = {
    "strict": Target(TargetKind.CONSTANT, EARLIEST, Fraction(500), Comparison.ABOVE),
    "stretch": Target(TargetKind.CONSTANT, EARLIEST, Fraction(500), Comparison.AT_LEAST, stretch=Fraction(600)),
    "typed limits": Target(
        TargetKind.CONSTANT,
        EARLIEST,
        Fraction(500),
        Comparison.AT_LEAST,
        tolerance=Tolerance(ToleranceKind.TYPED, green_from=Fraction(480), red_from=Fraction(400)),
    ),
    "half percents": Target(
        TargetKind.CONSTANT, EARLIEST, Fraction(500), Comparison.AT_LEAST, tolerance=Tolerance(value=Fraction(15, 2))
    ),
    "strict path": Target(
        TargetKind.PATH,
        date(2026, 1, 1),
        Fraction(55),
        Comparison.ABOVE,
        baseline=Fraction(42),
        path_start=date(2026, 1, 1),
        deadline=date(2027, 12, 31),
    ),
    "steps": Target(
        TargetKind.STEPS,
        date(2026, 1, 1),
        comparison=Comparison.AT_LEAST,
        steps=(Step(date(2026, 1, 1), Fraction(50)), Step(date(2026, 7, 1), Fraction(60))),
    ),
    "open range": Target(
        TargetKind.RANGE,
        EARLIEST,
        low=Bound(Fraction(50), Comparison.ABOVE),
        high=Bound(Fraction(60), Comparison.BELOW),
    ),
}


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    return RunningApp(tmp_path / "shop.db", monkeypatch)


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())
def test_a_form_that_is_only_opened_and_saved_leaves_the_target_as_it_is(app: RunningApp, target: Target) -> None:
    direction = Direction.RANGE if target.kind is TargetKind.RANGE else Direction.UP
    kpi = app.save(replace(VISITS, direction=direction), target)
    before = choose.opened(app.data_file, kpi.id)

    app.go("choose", kpi=str(kpi.id))
    app.press("Save")

    assert choose.opened(app.data_file, kpi.id) == before
    assert len(kpi_page.page(app.data_file, kpi.id, NOW.date()).targets) == 1


def test_a_path_drawn_anew_keeps_the_colours_of_the_past(app: RunningApp) -> None:
    kpi = app.save(VISITS, TARGETS["strict path"])
    kpi_page.type_values(app.data_file, kpi.id, {date(2026, month, 1): "60" for month in range(1, 11)}, "", NOW)
    before = kpi_page.page(app.data_file, kpi.id, NOW.date()).lines

    page = app.go("choose", kpi=str(kpi.id))
    page.text_input(key="define_target_value").set_value("500").run()
    assert kpi.state is State.ACTIVE
    page.text_input(key="define_why").set_value("we aim higher").run()
    app.press("Save")

    after = kpi_page.page(app.data_file, kpi.id, NOW.date())
    assert after.lines == before
    assert [line.since for line in after.targets] == ["21 November 2026", "1 January 2026"]


def test_the_target_of_a_draft_is_put_right_without_a_reason_and_from_the_start(app: RunningApp) -> None:
    kpi = app.save(replace(VISITS, owner=""), TARGETS["strict"])
    kpi_page.type_values(app.data_file, kpi.id, {date(2026, 10, 1): "60"}, "", NOW)

    app.go("choose", kpi=str(kpi.id)).text_input(key="define_target_value").set_value("50").run()
    assert kpi.state is State.DRAFT
    app.press("Save draft")

    page = kpi_page.page(app.data_file, kpi.id, NOW.date())
    assert [line.text for line in page.targets] == ["Target over 50"]
    assert [line.judgement.word for line in page.lines] == ["On target"]
