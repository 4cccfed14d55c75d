"""The form that defines a KPI keeps what was said, whatever was clicked in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kpi_core.definition.words import UNTOUCHED
from kpi_core.kpi import Aggregate, Direction, Kpi, State, Tier, Typed
from kpi_core.period import Cadence
from kpi_core.service import choose, kpi_page
from kpi_core.target import Comparison, Target, TargetKind, Tolerance, ToleranceKind
from kpi_core.target.typed import BELOW, HISTORY_OFFERS, HOW_CLOSE, LESS, NO_TARGET, NOT_OFFERED
from kpi_core.unit import Unit, UnitKind
from tests.ui.running_app import NOW, RunningApp
from ui.board_filters import KEPT, said

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    return RunningApp(tmp_path / "shop.db", monkeypatch)


def visits() -> Kpi:
    return Kpi("Visits", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), owner="shop manager")


def test_a_form_that_was_left_shows_its_kpi_again_and_not_empty_fields(app: RunningApp) -> None:
    kpi = app.save(visits())
    assert app.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").value == "shop manager"
    app.go("board")

    again = app.go("choose", kpi=str(kpi.id))

    assert again.text_input(key="define_name").value == "Visits"
    assert again.text_input(key="define_owner").value == "shop manager"


def test_what_was_typed_and_not_saved_is_there_after_a_look_at_the_board(app: RunningApp) -> None:
    kpi = app.save(visits())
    app.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").set_value("floor manager").run()
    app.go("board")

    assert app.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").value == "floor manager"


def score_on_a_path(app: RunningApp, to: int) -> Kpi:
    """Keep a score of a year whose path starts elsewhere than the last three months."""
    path = Target(
        TargetKind.PATH,
        NOW.date(),
        Fraction(to),
        Comparison.AT_LEAST,
        baseline=Fraction(30),
        path_start=NOW.date(),
        deadline=date(2027, 5, 31),
    )
    kpi = replace(visits(), name="Guests would come back", unit=Unit(UnitKind.SCORE), goal="Keep our customers")
    kept = app.save(replace(kpi, values=Typed(Aggregate.AVERAGE)), path)
    texts = {date(2026, month, 1): str(40 + month % 3) for month in range(1, 11)}
    kpi_page.type_values(app.data_file, kept.id, texts, "", NOW)
    return kept


def test_one_click_sets_the_baseline_to_the_median_of_the_last_three_months(app: RunningApp) -> None:
    kpi = score_on_a_path(app, 45)
    assert app.go("choose", kpi=str(kpi.id)).text_input(key="define_target_from").value == "30"

    after = app.press("Use the median of your last three months: 41")

    assert after.text_input(key="define_target_from").value == "41"
    assert after.text_input(key="define_name").value == "Guests would come back"


def test_an_unlikely_target_is_kept_only_after_a_yes(app: RunningApp) -> None:
    kpi = score_on_a_path(app, 90)
    page = app.go("choose", kpi=str(kpi.id))
    assert not [each for each in page.checkbox if "history" in each.label], "a target that stands was said yes to"
    page = page.text_input(key="define_target_value").set_value("95").run()
    assert [each.label for each in page.checkbox if "history" in each.label] == [
        "Keep it, though history gives it less than 1 in 10"
    ]
    assert next(each for each in page.button if each.label == "Save").disabled

    after = page.checkbox(key="define_sure").check().run()

    assert not next(each for each in after.button if each.label == "Save").disabled


def test_one_click_adds_the_counter_measure_as_a_health_metric_and_names_it(app: RunningApp) -> None:
    kpi = app.save(replace(visits(), name="Revenue", catalogue_key="revenue", unit=Unit(UnitKind.CURRENCY, "USD")))
    app.go("choose", kpi=str(kpi.id))

    after = app.press("Watch Gross margin beside it")

    assert after.selectbox(key="define_counter_measure").value == "Gross margin"
    added = next(each for each in choose.options(app.data_file).kpis if each.name == "Gross margin")
    assert (added.tier, added.state) == (Tier.HEALTH_METRIC, State.ACTIVE)
    app.press("Save draft")
    assert choose.opened(app.data_file, kpi.id)[0].counter_measure == "Gross margin"


def test_a_remedy_on_the_kpis_page_leads_to_the_form_with_it_done(app: RunningApp) -> None:
    kpi = app.save(visits())
    app.go("kpi", kpi=str(kpi.id))

    after = app.press("It is the whole business")

    assert after.text_input(key="define_scope").value == "whole business"


def test_vague_words_are_marked_in_what_was_typed(app: RunningApp) -> None:
    app.go("choose", kpi="new").text_input(key="define_name").set_value("Better service").run()
    assert "<mark>Better</mark> service" in app.html()


def test_a_retired_kpi_that_is_edited_stays_retired(app: RunningApp) -> None:
    kpi = app.save(visits())
    choose.retire(app.data_file, kpi.id, "nobody looks at it", NOW)

    app.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").set_value("floor manager").run()
    app.press("Save")

    saved, _ = choose.opened(app.data_file, kpi.id)
    assert (saved.owner, saved.state, saved.retired_reason) == ("floor manager", State.RETIRED, "nobody looks at it")


@pytest.mark.parametrize("takes", [False, True])
def test_a_second_north_star_asks_which_and_takes_it_only_where_that_is_said(app: RunningApp, *, takes: bool) -> None:
    first = app.save(replace(visits(), north_star=True))
    second = app.save(replace(visits(), name="Orders"))
    app.go("choose", kpi=str(second.id))
    app.test.checkbox(key="define_north_star").check()
    app.run()
    question = app.test.radio(key="define_takes_star")
    assert question.label == "There can be only one. Visits is the North Star now. Which shall it be?"
    question.set_value(takes)
    app.run()
    app.press("Save draft")
    assert [choose.opened(app.data_file, kpi.id)[0].north_star for kpi in (first, second)] == [not takes, takes]


def test_what_becoming_a_health_metric_brings_along_is_said(app: RunningApp) -> None:
    kpi = app.save(visits())
    app.go("choose", kpi=str(kpi.id))
    assert any("It has a target, a colour and an owner" in each.value for each in app.test.caption)


def test_the_list_is_filtered_like_the_board_and_keeps_it(app: RunningApp) -> None:
    app.save(visits())
    app.save(replace(visits(), name="Orders", owner="counter staff"))
    app.go("board")
    app.test.session_state[KEPT] = said({"owner": "counter staff"})
    app.run()
    app.go("choose")
    assert [each.value for each in app.test.text if each.value in {"Visits", "Orders"}] == ["Orders"]


def test_the_form_of_a_second_kpi_is_an_empty_one(app: RunningApp) -> None:
    app.go("choose", kpi="new")
    app.test.text_input(key="define_name").set_value("Visits")
    app.run()
    app.press("Save draft")
    app.press("Define a KPI")
    assert app.test.text_input(key="define_name").value == ""
    assert "Leave it" in [each.label for each in app.test.button]


def test_so_much_less_than_now_is_asked_about_and_comes_back_as_it_was_said(app: RunningApp) -> None:
    kpi = app.save(replace(visits(), name="Complaints", direction=Direction.DOWN))
    page = app.go("choose", kpi=str(kpi.id))
    page.session_state["define_target_kind"] = TargetKind.CONSTANT
    page = page.run().text_input(key="define_target_value").set_value("-3").run()
    assert 'Target: Is "-3" so much less than now, or a number below zero? Say which, then it counts.' in [
        each.value.replace("\\", "") for each in page.error
    ]
    assert not [each for each in page.button if each.label == "Save draft"]
    page.session_state["define_target_value_means"] = LESS
    page.run()
    app.press("Save draft")

    _, target = choose.opened(app.data_file, kpi.id)
    assert target is not None
    assert (target.delta, target.value) == (Fraction(-3), None)
    again = app.go("choose", kpi=str(kpi.id))
    assert again.text_input(key="define_target_value").value == "-3"
    assert not again.error


def typed_target(app: RunningApp, kind: TargetKind = TargetKind.CONSTANT, **texts: str) -> AppTest:
    """Open a new form and type into the fields of its target."""
    page = app.go("choose", kpi="new")
    page.session_state["define_name"], page.session_state["define_target_kind"] = "Visits", kind
    page.run()
    for name, text in texts.items():
        page.text_input(key=f"define_target_{name}").set_value(text)
    return app.run()


def errors(page: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in page.error]


def test_a_number_that_cannot_be_read_names_its_field_and_takes_nothing_away(app: RunningApp) -> None:
    page = typed_target(app, value="500", stretch="700")
    page.checkbox(key="define_target_strict").check().run()
    page.text_input(key="define_target_value").set_value("5oo").run()
    assert errors(page)[0].startswith("Target: ")
    page.text_input(key="define_owner").set_value("shop manager").run()
    page.text_input(key="define_target_value").set_value("50").run()
    page.text_input(key="define_target_stretch").set_value("70").run()

    assert not errors(page)
    assert page.checkbox(key="define_target_strict").value
    assert page.text_input(key="define_target_close").value == "10"
    assert page.text_input(key="define_owner").value == "shop manager"
    assert "Save draft" in [each.label for each in page.button]


def test_an_empty_tolerance_is_the_usual_ten_percent(app: RunningApp) -> None:
    page = typed_target(app, value="500", close="")
    assert not errors(page)
    app.press("Save draft")
    kpi = next(each for each in choose.options(app.data_file).kpis if each.name == "Visits")
    target = choose.opened(app.data_file, kpi.id)[1]
    assert target is not None
    assert target.tolerance == Tolerance()


def test_how_far_off_is_close_stands_open_where_it_has_to_be_answered(app: RunningApp) -> None:
    def is_open(page: AppTest) -> bool:
        return next(bool(each.proto.expanded) for each in page.expander if each.label == HOW_CLOSE)

    page = typed_target(app, TargetKind.PATH, **{"from": "5", "value": "50"})
    assert not is_open(page)
    page.session_state["define_target_value_means"] = BELOW
    page.text_input(key="define_target_value").set_value("-5").run()
    assert is_open(page)
    assert errors(page)[0].endswith(f"{HOW_CLOSE} Give an absolute tolerance, in plain numbers.")
    page.session_state["define_target_band"] = ToleranceKind.ABSOLUTE
    page.text_input(key="define_target_close").set_value("").run()
    assert is_open(page)
    assert errors(page)[0].startswith(f"{HOW_CLOSE} Say it in plain numbers.")
    page.text_input(key="define_target_close").set_value("2").run()
    assert not [each for each in errors(page) if HOW_CLOSE in each]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"From": None, "Target": "500"}, "Steps: Step 1: 500 has no day from which it counts."),
        ({"From": date(2027, 3, 1), "Target": ""}, "Steps: Step 1: from 1 March 2027 on there is no number."),
    ],
)
def test_a_step_of_which_one_half_is_missing_is_refused(app: RunningApp, row: dict[str, object], said: str) -> None:
    page = app.go("choose", kpi="new")
    page.session_state["define_target_kind"], page.session_state["define_target_steps"] = TargetKind.STEPS, [row]
    page.run()
    assert errors(page)[0].startswith(said)
    assert "Save draft" not in [each.label for each in page.button]


def test_a_deadline_out_of_reach_is_refused_and_not_kept_as_another_day(app: RunningApp) -> None:
    page = typed_target(app, TargetKind.PATH, **{"from": "5", "value": "50"})
    page.date_input(key="define_target_deadline").set_value(date(8888, 12, 31)).run()
    assert errors(page) == ["by: 8888-12-31 is out of reach. Give a day from 1900-01-01 to 2199-12-31."]
    assert "Save draft" not in [each.label for each in page.button]


def test_two_forms_of_one_kpi_keep_what_each_of_them_changed(
    app: RunningApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kpi = app.save(visits())
    app.go("choose", kpi=str(kpi.id)).text_input(key="define_scope").set_value("the shop in town").run()
    other = RunningApp(tmp_path / "shop.db", monkeypatch)
    other.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").set_value("floor manager").run()
    other.press("Save draft")

    app.press("Save draft")

    saved, _ = choose.opened(app.data_file, kpi.id)
    assert (saved.owner, saved.scope) == ("floor manager", "the shop in town")


def test_the_same_thing_changed_twice_is_asked_about_and_nothing_is_lost(
    app: RunningApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kpi = app.save(visits())
    app.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").set_value("Ana").run()
    other = RunningApp(tmp_path / "shop.db", monkeypatch)
    other.go("choose", kpi=str(kpi.id)).text_input(key="define_owner").set_value("floor manager").run()
    other.press("Save draft")

    app.press("Save draft")

    assert "Visits was changed elsewhere while this form was open: its owner is another one now." in app.html()
    assert choose.opened(app.data_file, kpi.id)[0].owner == "floor manager"


def test_a_target_that_was_changed_elsewhere_is_not_set_back(app: RunningApp) -> None:
    def at(value: int) -> Target:
        return Target(TargetKind.CONSTANT, date(1900, 1, 1), Fraction(value), Comparison.AT_LEAST)

    kpi = app.save(replace(visits(), goal="Grow"), at(500))
    app.go("choose", kpi=str(kpi.id)).text_input(key="define_scope").set_value("the shop in town").run()
    choose.save(app.data_file, kpi, at(600), NOW, "more is possible")

    app.press("Save" if kpi.state is State.ACTIVE else "Save draft")

    saved, target = choose.opened(app.data_file, kpi.id)
    assert target is not None
    assert (saved.scope, target.value) == ("the shop in town", Fraction(600))


def test_without_a_target_the_form_says_so_and_one_click_takes_the_one_that_history_offers(app: RunningApp) -> None:
    kpi = app.save(visits())
    page = app.go("choose", kpi=str(kpi.id))
    assert [each.value for each in page.warning] == [f"{NO_TARGET} {NOT_OFFERED}"]
    texts = {date(2026, month, 1): str(40 + month % 3) for month in range(1, 11)}
    kpi_page.type_values(app.data_file, kpi.id, texts, "", NOW)
    page = app.run()
    assert [each.value for each in page.warning] == [f"{NO_TARGET} {HISTORY_OFFERS}"]

    page.button(key="no_target_offer").click()
    app.run()

    assert page.text_input(key="define_target_value").value
    assert not page.warning


def test_a_form_in_which_nothing_was_said_asks_nothing(app: RunningApp) -> None:
    page = app.go("choose", kpi="new")
    assert UNTOUCHED in [each.value for each in page.caption]
    assert "Put right" not in app.html()
    assert "Leave it" in [each.label for each in page.button]
    page.text_input(key="define_name").set_value("Visits").run()
    assert "Put right" in app.html()
