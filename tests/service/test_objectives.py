"""Objectives are scored by the values of their KPIs, kept as typed, and taken back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction, Kpi, Objective, Typed
from kpi_core.period import Cadence
from kpi_core.service import boards, choose, objectives
from kpi_core.service.objectives import ObjectiveLine, TypedResult
from kpi_core.unit import Unit, UnitKind
from tests.service.shop import NOW, TODAY, filled

AUTUMN = Objective("More regulars", date(2026, 9, 1), date(2026, 12, 31), owner="shop manager")
SALES = TypedResult("Revenue", "300", "320")
"""September sold 300 kr, October 310 kr."""


def only(data: Path, day: date = TODAY) -> ObjectiveLine:
    (line,) = objectives.overview(data, day).lines
    return line


def test_a_key_result_is_scored_by_the_newest_whole_period(data: Path) -> None:
    filled(data)
    objectives.save(data, AUTUMN, [SALES], NOW)
    line = only(data)
    assert line.score.mean == Fraction(1, 2)
    assert (line.score_text, line.words) == ("0.50", "on the way")
    assert line.when == "1 September 2026 to 31 December 2026, 59 days left"
    assert line.results[0].now.endswith("in October")


def test_as_of_a_past_day_the_period_complete_then_counts(data: Path) -> None:
    filled(data)
    objectives.save(data, AUTUMN, [SALES], NOW)
    assert only(data, date(2026, 10, 15)).score.mean == 0
    before = only(data, date(2026, 9, 20))
    assert (before.score.mean, before.words) == (None, "not scored yet")
    assert before.left_out == "Left out of the mean: Revenue (no value yet)."


def test_after_its_deadline_a_score_stands_still(data: Path) -> None:
    filled(data)
    objectives.save(data, AUTUMN, [TypedResult("Revenue", "290", "310", date(2026, 9, 30))], NOW)
    assert only(data).score.mean == Fraction(1, 2)
    assert only(data).results[0].now.endswith("in September")


def test_baseline_at_the_target_is_left_out_and_named(data: Path) -> None:
    filled(data)
    objectives.save(data, AUTUMN, [TypedResult("Revenue", "300", "300")], NOW)
    assert only(data).left_out == "Left out of the mean: Revenue (starts at its target)."
    assert objectives.remark(data, [TypedResult("Revenue", "300", "300")]) == only(data).left_out
    assert not objectives.remark(data, [SALES])


def test_a_number_that_the_kpi_can_never_have_is_refused(data: Path) -> None:
    score = Kpi("NPS", Unit(UnitKind.SCORE), Direction.UP, Cadence.MONTH, Typed(), catalogue_key="nps")
    choose.save(data, score, None, NOW)
    with pytest.raises(RefusedDefinition) as refusal:
        objectives.save(data, AUTUMN, [TypedResult("NPS", "42", "155")], NOW)
    assert refusal.value.sentence == "NPS can only be at least -100 and at most 100; 155 is not."


def test_a_new_objective_is_for_the_quarter_that_runs(data: Path) -> None:
    filled(data)
    quarter = objectives.overview(data, TODAY).quarter
    assert (quarter.start, quarter.last_day) == (date(2026, 10, 1), date(2026, 12, 31))


def test_numbers_are_typed_in_the_kpi_s_unit_and_come_back_as_typed(data: Path) -> None:
    filled(data)
    objectives.save(data, AUTUMN, [TypedResult("Revenue", "0.3k", "1,250.50", stretch=True)], NOW)
    found = objectives.overview(data, TODAY)
    (typed,) = objectives.typed(found.lines[0].objective, found.choices, found.style)
    assert typed.stretch
    assert objectives.save(data, found.lines[0].objective, [typed], NOW) is None
    with pytest.raises(RefusedDefinition):
        objectives.save(data, AUTUMN, [TypedResult("Revenue", "a lot", "more")], NOW)


def test_a_retired_kpi_stays_a_key_result_that_can_be_edited(data: Path) -> None:
    kpi = filled(data)
    objectives.save(data, AUTUMN, [SALES], NOW)
    choose.retire(data, kpi.id, "sold the shop", NOW)
    found = objectives.overview(data, TODAY)
    assert [choice.name for choice in found.choices] == ["Revenue"]
    assert only(data).results[0].words == "on the way; the KPI is retired"
    assert len(objectives.typed(found.lines[0].objective, found.choices, found.style)) == 1


def test_removed_and_taken_back(data: Path) -> None:
    filled(data)
    objectives.save(data, AUTUMN, [SALES], NOW)
    line = only(data)
    change = objectives.remove(data, line.objective.id, NOW)
    assert objectives.overview(data, TODAY).lines == ()
    assert change is not None
    objectives.undo(data, change, NOW)
    assert only(data) == line


def test_a_score_and_a_colour_never_meet(data: Path) -> None:
    filled(data)
    before = boards.board(data, TODAY, boards.View(TODAY))
    objectives.save(data, AUTUMN, [SALES], NOW)
    after = boards.board(data, TODAY, boards.View(TODAY))
    assert [row.judgement for row in after.rows] == [row.judgement for row in before.rows]
    assert after.rollup == before.rollup
