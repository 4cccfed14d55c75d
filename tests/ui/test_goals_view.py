"""The way from goals to a board: each answer is kept, each step can be looked at again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kpi_core.choice import Answers, GoalStep, Progress, Saying
from kpi_core.kpi import Kpi, State, Tier
from kpi_core.service import choose, goals
from kpi_core.target import TargetKind
from tests.journeys.screens import shown
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from pathlib import Path

TODAY = NOW.date()
GOALS = ("more_profit", "happier_customers")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    return RunningApp(tmp_path / "cafe.db", monkeypatch)


def progress(app: RunningApp) -> Progress:
    return goals.journey(app.data_file).progress


def at(app: RunningApp, step: GoalStep, *sayings: Saying) -> None:
    goals.keep(app.data_file, Progress(step, "restaurant", GOALS, sayings))
    app.go("goals")


def test_the_kind_of_business_and_three_goals_are_kept_in_the_order_of_picking(app: RunningApp) -> None:
    app.go("goals").radio(key="goals_business").set_value("restaurant").run()
    app.press("On to the goals")
    for goal in ("happy_team", "more_profit", "cash_safe"):
        app.test.checkbox(key=f"goals_goal_{goal}").check()
        app.run()
    assert progress(app).goals == ("happy_team", "more_profit", "cash_safe")
    assert app.test.checkbox(key="goals_goal_lower_costs").disabled
    app.test.checkbox(key="goals_goal_more_profit").uncheck()
    app.run()
    assert not app.test.checkbox(key="goals_goal_lower_costs").disabled
    assert progress(app).goals == ("happy_team", "cash_safe")


def test_another_kind_of_business_begins_with_its_own_goals(app: RunningApp) -> None:
    at(app, GoalStep.BUSINESS)
    app.test.radio(key="goals_business").set_value("nonprofit")
    app.run()
    assert progress(app) == Progress(GoalStep.BUSINESS, "nonprofit", waiting=(Answers("restaurant", GOALS),))
    app.test.radio(key="goals_business").set_value("restaurant")
    app.run()
    assert progress(app).goals == GOALS


def test_a_sentence_is_read_at_once_and_its_field_keeps_it(app: RunningApp) -> None:
    at(app, GoalStep.WORDS)
    app.test.text_input(key="goals_said_more_profit_0").set_value("prime cost from 64 to 58 % by june")
    app.run()
    assert "<b>Prime cost</b> <q>prime cost</q>" in app.html()
    assert "<b>30 June 2027</b> <q>by june</q>" in app.html()
    assert progress(app).sayings == (Saying("more_profit", "prime cost from 64 to 58 % by june", TODAY),)
    app.test.text_input(key="goals_said_more_profit_0").set_value("")
    app.run()
    assert progress(app).sayings == ()


def test_two_goals_in_one_become_two_sentences(app: RunningApp) -> None:
    at(app, GoalStep.WORDS, Saying("more_profit", "food waste below 4 % and overtime under 5 %", TODAY))
    app.press("Yes, split it")
    assert [each.text for each in progress(app).sayings][1:] == ["overtime under 5 %"]
    assert app.test.text_input(key="goals_said_more_profit_1").value == "overtime under 5 %"
    assert not any(button.label == "Yes, split it" for button in app.test.button)
    assert [each.name for each in goals.journey(app.data_file).choice.proposed if each.typed] == [
        "Food waste",
        "Overtime share",
    ]


def test_percent_or_points_is_asked_and_then_where_it_is_now(app: RunningApp) -> None:
    at(app, GoalStep.WORDS, Saying("more_profit", "increase conversion rate by 20 %", TODAY))
    next(each for each in app.test.button if shown(each.label) == "20 points: 50% becomes 70%").click()
    app.run()
    app.test.text_input(key="goals_said_more_profit_0_now").set_value("3")
    app.run()
    assert "<b>23%</b>" in app.html()


def test_a_task_is_asked_for_its_purpose_and_for_its_number(app: RunningApp) -> None:
    at(app, GoalStep.WORDS, Saying("more_profit", "open a terrace by may", TODAY))
    app.press("Make customers happier")
    app.press("By Complaints per 100 orders")
    where = goals.journey(app.data_file)
    assert [(each.key, each.goals) for each in where.choice.proposed if each.typed] == [
        ("complaints", ("happier_customers",))
    ]


def test_a_wish_gets_the_coach_s_question(app: RunningApp) -> None:
    at(app, GoalStep.WORDS, Saying("happier_customers", "happier customers", TODAY))
    assert "How would you see that customers are happier?" in app.html()
    app.press("By Customer satisfaction")
    assert "csat" in goals.journey(app.data_file).picks


def test_a_proposal_is_dropped_swapped_and_taken_back(app: RunningApp) -> None:
    at(app, GoalStep.KPIS)
    proposed = goals.journey(app.data_file).picks
    app.test.button(key=f"drop_{proposed[0]}").click()
    app.run()
    assert progress(app).picks == proposed[1:]
    app.test.selectbox(key=f"goals_swap_{proposed[1]}").set_value("csat")
    app.run()
    assert progress(app).picks == ("csat", *proposed[2:])
    app.test.selectbox(key="goals_add").set_value("prime_cost")
    app.run()
    assert progress(app).picks == ("csat", *proposed[2:], "prime_cost")
    app.press("As proposed")
    assert goals.journey(app.data_file).picks == proposed


def test_what_is_written_down_goes_one_by_one_to_the_board(app: RunningApp) -> None:
    at(app, GoalStep.BESIDE, Saying("more_profit", "prime cost from 64 to 58 % by june", TODAY))
    app.test.checkbox(key="goals_offer_review_rating").check()
    app.run()
    app.press("Write them down")
    assert progress(app).step is GoalStep.DETAILS
    assert app.test.text_input(key="define_name").value == "Prime cost"
    assert app.test.text_input(key="define_target_from").value == "64%"
    assert ".st-key-define_name label p::after" in app.html()
    app.test.text_input(key="define_owner").set_value("head chef")
    app.run()
    app.press("Put on the board")
    assert app.test.text_input(key="define_name").value == "Food waste"
    app.press("Save draft")
    assert app.test.text_input(key="define_name").value not in {"Prime cost", "Food waste"}
    kinds = {kpi.name: (kpi.state, kpi.tier) for kpi in choose.options(app.data_file).kpis}
    assert kinds["Prime cost"] == (State.ACTIVE, Tier.KPI)
    assert kinds["Public review rating"] == (State.ACTIVE, Tier.HEALTH_METRIC)


def test_the_last_draft_leads_to_the_board_and_says_what_is_still_a_draft(app: RunningApp) -> None:
    at(app, GoalStep.BESIDE)
    app.press("Write them down")
    for _ in goals.journey(app.data_file).picks:
        app.press("Leave it")
    assert "Still drafts: " in app.html()
    app.press("Go on with the drafts")
    assert app.test.text_input(key="define_owner").value == ""


def test_a_changed_field_is_no_longer_read_from_the_sentence(app: RunningApp) -> None:
    app.go("choose", kpi="new").text_input(key="words_text").set_value("debtor days 52 -> 38 by march").run()
    assert app.test.text_input(key="define_name").value == "Days sales outstanding"
    assert app.test.text_input(key="define_target_value").value == "38\u00a0days"
    assert ".st-key-define_target_value label" in app.html()
    app.test.text_input(key="define_target_value").set_value("40 days")
    app.run()
    assert ".st-key-define_target_value label" not in app.html()
    assert ".st-key-define_name label" in app.html()


def test_another_sentence_takes_back_what_the_first_one_filled(app: RunningApp) -> None:
    app.go("choose", kpi="new").text_input(key="words_text").set_value("debtor days 52 -> 38 by march").run()
    app.test.text_input(key="define_owner").set_value("book keeper")
    app.run()
    app.test.text_input(key="words_text").set_value("open a terrace by may")
    app.run()
    assert app.test.text_input(key="define_name").value == ""
    assert app.test.text_input(key="define_change").value == "open a terrace by may"
    assert app.test.text_input(key="define_owner").value == "book keeper"
    app.press("Win more customers")
    assert app.test.selectbox(key="define_goal").value == "Win more customers"
    app.press("By New customers")
    assert app.test.text_input(key="define_name").value == "New customers"
    assert app.test.text_input(key="define_change").value == "open a terrace by may"


def test_a_target_typed_by_hand_outlives_a_sentence_that_says_none(app: RunningApp) -> None:
    app.go("choose", kpi="new")
    app.test.session_state["define_target_kind"] = TargetKind.CONSTANT
    app.run()
    app.test.text_input(key="define_target_value").set_value("12")
    app.run()
    app.test.text_input(key="words_text").set_value("open a terrace by may")
    app.run()
    assert app.test.text_input(key="define_target_value").value == "12"


def test_a_sixth_kpi_asks_and_what_went_comes_back(app: RunningApp) -> None:
    for counted in ("visits", "orders", "bookings", "referrals", "deliveries"):
        app.go("choose", kpi="new").text_input(key="words_text").set_value(f"{counted} up to 90").run()
        app.test.selectbox(key="define_goal").set_value("Win more customers")
        app.test.text_input(key="define_owner").set_value("host")
        app.run()
        app.press("Put on the board")
    assert len([kpi for kpi in choose.options(app.data_file).kpis if kpi.state is State.ACTIVE]) == 5
    app.go("choose", kpi="new").text_input(key="words_text").set_value("guests up to 90").run()
    app.test.selectbox(key="define_goal").set_value("Win more customers")
    app.test.text_input(key="define_owner").set_value("host")
    app.run()
    assert next(each for each in app.test.button if each.label == "Put on the board").disabled
    first = choose.options(app.data_file).kpis[0]
    app.test.radio(key="sixth_goes").set_value(first.id)
    app.run()
    app.press("Put on the board")
    assert choose.opened(app.data_file, first.id)[0].tier is Tier.HEALTH_METRIC
    app.press("Bring it back")
    assert choose.opened(app.data_file, first.id)[0].tier is Tier.KPI


def one_by_one(app: RunningApp) -> tuple[Kpi, Kpi]:
    """Go to the forms; give the first two KPIs."""
    at(app, GoalStep.BESIDE)
    app.press("Write them down")
    where = goals.journey(app.data_file)
    first, second = [where.kept[key] for key in where.picks[:2]]
    assert app.test.text_input(key="define_name").value == first.name
    return first, second


def line(app: RunningApp, name: str) -> str:
    return next(
        each.label for each in app.test.button if name in each.label.replace("\\", "") and each.label[0].isdigit()
    )


def test_what_was_typed_for_a_kpi_waits_while_another_one_is_looked_at(app: RunningApp) -> None:
    first, second = one_by_one(app)
    app.test.text_input(key="define_owner").set_value("head chef").run()
    app.test.session_state["define_target_kind"] = TargetKind.CONSTANT
    app.run()
    app.test.text_input(key="define_target_value").set_value("55").run()
    app.press(line(app, second.name))
    assert app.test.text_input(key="define_owner").value == ""
    app.test.text_input(key="define_owner").set_value("waiter").run()

    app.press(line(app, first.name))

    assert app.test.text_input(key="define_owner").value == "head chef"
    assert app.test.text_input(key="define_target_value").value == "55"
    app.press(line(app, second.name))
    assert app.test.text_input(key="define_owner").value == "waiter"


def test_what_was_typed_is_there_on_the_next_visit_until_it_is_saved(
    app: RunningApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = one_by_one(app)
    app.test.session_state["define_target_kind"] = TargetKind.PATH
    app.run()
    for name, text in (("owner", "head chef"), ("change", "cook less for show"), ("target_value", "55")):
        app.test.text_input(key=f"define_{name}").set_value(text)
    app.test.date_input(key="define_target_deadline").set_value(date(2027, 6, 30))
    app.run()

    again = RunningApp(tmp_path / "cafe.db", monkeypatch)
    page = again.go("goals")

    assert page.text_input(key="define_owner").value == "head chef"
    assert page.text_input(key="define_change").value == "cook less for show"
    assert page.text_input(key="define_target_value").value == "55"
    assert page.date_input(key="define_target_deadline").value == date(2027, 6, 30)
    again.press("Leave it")
    assert not progress(app).typed_for(first.id)


def test_the_example_in_a_field_is_plain_and_short(app: RunningApp) -> None:
    at(app, GoalStep.WORDS)
    shown_in = [each.placeholder for each in app.test.text_input]
    assert "Prime cost: \u2026 to \u2026 by June" in shown_in
    assert not [each for each in shown_in if "\\" in each]


def test_a_draft_of_the_way_is_finished_on_the_way(app: RunningApp) -> None:
    _, second = one_by_one(app)
    app.go("board")
    app.go("goals", kpi=str(second.id))
    assert app.test.text_input(key="define_name").value == second.name
