"""From goals to drafts, on a real data file: kept between visits, nothing lost, nothing doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.choice import GoalStep, Progress, Saying
from kpi_core.kpi import State, Tier, Typed
from kpi_core.service import boards, choose, goals, goals_end, goals_kept, keeping, kpi_page
from kpi_core.service.file import File
from kpi_core.service.goals_end import Door, Ending
from kpi_core.service.ready import blank_kpi
from kpi_core.store.data_file import open_store
from kpi_core.target import TargetKind
from tests.service.shop import NOW, TODAY, add, at_least, days, filled

if TYPE_CHECKING:
    from pathlib import Path

RESTAURANT = Progress(GoalStep.KPIS, "restaurant", ("more_profit",))
PRIME = Saying("more_profit", "prime cost from 64 to 58 % by june", TODAY)


def kept(data: Path) -> dict[str, tuple[State, Tier]]:
    return {kpi.name: (kpi.state, kpi.tier) for kpi in choose.options(data).kpis}


def test_a_new_data_file_begins_with_the_kind_of_business(data: Path) -> None:
    where = goals.journey(data)
    assert (where.progress, where.goals, where.picks) == (Progress(), (), ())


def test_a_later_visit_goes_on_where_the_last_one_left(data: Path) -> None:
    progress = replace(RESTAURANT, step=GoalStep.WORDS, sayings=(PRIME,))
    goals.keep(data, progress)
    where = goals.journey(data)
    assert where.progress == progress
    assert [goal.name for goal in where.picked_goals] == ["Keep more of what we earn"]
    assert where.picks == ("prime_cost", "food_waste", "avg_check", "net_margin")


def test_answers_that_cannot_be_read_begin_anew_and_lose_no_kpi(data: Path) -> None:
    filled(data)
    with open_store(data) as store, store.writing():
        store.run("INSERT INTO goal_progress (id, answers) VALUES (1, '{\"version\": 9}')")
    assert goals.journey(data).progress == Progress()
    assert "Revenue" in kept(data)


def test_what_was_chosen_becomes_drafts_with_their_goal_and_their_guard(data: Path) -> None:
    goals.keep(data, RESTAURANT)
    progress = goals_kept.settle(data, NOW)
    options = choose.options(data)
    assert options.goals == ("Keep more of what we earn",)
    drafts = {kpi.name: kpi for kpi in options.kpis if kpi.tier is Tier.KPI}
    assert list(drafts) == ["Prime cost", "Food waste", "Average spend per guest", "Net profit margin"]
    assert all(kpi.state is State.DRAFT and kpi.goal == "Keep more of what we earn" for kpi in drafts.values())
    assert drafts["Prime cost"].counter_measure == "Customer satisfaction"
    assert kept(data)["Customer satisfaction"] == (State.ACTIVE, Tier.HEALTH_METRIC)
    assert [key for key, _ in progress.settled][-1] == "net_margin"
    board = boards.board(data, TODAY, boards.View(TODAY))
    assert board.rows == ()
    assert "Customer satisfaction" in [row.kpi.name for row in board.health]


def test_writing_down_twice_changes_nothing(data: Path) -> None:
    goals.keep(data, RESTAURANT)
    first = goals_kept.settle(data, NOW)
    before = choose.options(data).kpis
    assert dict(goals_kept.settle(data, NOW).settled) == dict(first.settled)
    assert choose.options(data).kpis == before


def test_a_sentence_comes_along_with_its_target(data: Path) -> None:
    goals.keep(data, replace(RESTAURANT, sayings=(PRIME,)))
    settled = dict(goals_kept.settle(data, NOW).settled)
    kpi, target = choose.opened(data, settled["prime_cost"])
    assert kpi.state is State.DRAFT
    assert target is not None
    assert (target.kind, target.baseline, target.value) == (TargetKind.PATH, Fraction(64), Fraction(58))


def test_a_target_that_cannot_be_judged_is_left_to_the_form(data: Path) -> None:
    none = Saying("more_profit", "complaints from 3 to 0 by june", TODAY)
    goals.keep(data, replace(RESTAURANT, sayings=(none,)))
    settled = dict(goals_kept.settle(data, NOW).settled)
    kpi, target = choose.opened(data, settled["complaints"])
    assert (kpi.state, target) == (State.DRAFT, None)


def test_a_draft_that_is_left_out_is_retired_and_comes_back_when_it_is_picked_again(data: Path) -> None:
    goals.keep(data, RESTAURANT)
    progress = goals_kept.settle(data, NOW)
    goals.keep(data, replace(progress, picks=("prime_cost", "food_waste", "review_rating"), beside=()))
    goals_kept.settle(data, NOW)
    assert kept(data)["Net profit margin"] == (State.RETIRED, Tier.KPI)
    assert kept(data)["Public review rating"] == (State.DRAFT, Tier.KPI)
    goals.keep(data, replace(goals.journey(data).progress, picks=("prime_cost", "net_margin")))
    goals_kept.settle(data, NOW)
    assert kept(data)["Net profit margin"] == (State.DRAFT, Tier.KPI)


def test_what_is_on_the_board_already_is_taken_as_it_is(data: Path) -> None:
    revenue = filled(data)
    goals.keep(data, Progress(GoalStep.KPIS, "shop", ("better_website",)))
    settled = dict(goals_kept.settle(data, NOW).settled)
    assert settled["revenue"] == revenue.id
    assert choose.opened(data, revenue.id)[0] == revenue
    goals.keep(data, replace(goals.journey(data).progress, picks=("conversion_rate",)))
    goals_kept.settle(data, NOW)
    assert kept(data)["Revenue"] == (State.ACTIVE, Tier.KPI)


def test_a_health_metric_that_is_picked_becomes_a_draft(data: Path) -> None:
    goals.keep(data, RESTAURANT)
    goals_kept.settle(data, NOW)
    goals.keep(data, replace(goals.journey(data).progress, picks=("prime_cost", "csat"), beside=()))
    goals_kept.settle(data, NOW)
    assert kept(data)["Customer satisfaction"] == (State.DRAFT, Tier.KPI)


def test_a_file_that_is_here_feeds_the_draft_and_the_card_says_so(data: Path) -> None:
    header = "Name,Financial Status,Fulfillment Status,Currency,Subtotal,Total,Created at,Lineitem name,Refunded Amount"
    rows = [
        f"#{day.day},paid,fulfilled,SEK,8,10,{day} 10:00:00 +0100,Tea,0" for day in days("2026-10-01", "2026-10-31")
    ]
    add(data, File("orders_export.csv", "\n".join([header, *rows]).encode()), None)
    goals.keep(data, Progress(GoalStep.KPIS, "shop", ("better_website",)))
    where = goals.journey(data)
    revenue = goals.proposal_of(where, "revenue")
    assert revenue.data_here
    assert revenue.reason.endswith("its data is here already.")
    assert revenue.entry is not None
    assert goals.feeds(revenue.entry, where.options) == "Shopify orders, which you have added."
    settled = dict(goals_kept.settle(data, NOW).settled)
    assert not isinstance(choose.opened(data, settled["revenue"])[0].values, Typed)


def test_a_task_becomes_what_will_be_done_for_the_goal_it_is_for(data: Path) -> None:
    task = Saying("more_profit", "open a terrace by may", TODAY, (("purpose", "more_customers"), ("kpi", "covers")))
    goals.keep(data, Progress(GoalStep.KPIS, "restaurant", ("more_profit", "more_customers"), (task,)))
    where = goals.journey(data)
    assert [(each.key, each.goals) for each in where.choice.proposed if each.typed] == [("covers", ("more_customers",))]
    settled = dict(goals_kept.settle(data, NOW).settled)
    covers, _ = choose.opened(data, settled["covers"])
    assert (covers.change, covers.goal) == ("open a terrace by may", "Win more customers")


def test_a_present_value_that_cannot_be_read_is_said_and_nothing_is_lost(data: Path) -> None:
    saying = Saying("more_profit", "covers +100 by june", TODAY, (("now", "many"),))
    said = goals.read_saying(saying, choose.options(data))
    assert said.trouble
    assert said.read.wants_now


def test_swaps_offer_the_goal_s_own_list_first(data: Path) -> None:
    keeping.save_settings(data, replace(keeping.settings(data), currency="SEK"), NOW)
    goals.keep(data, replace(RESTAURANT, picks=("prime_cost", "net_margin")))
    where = goals.journey(data)
    keys = [entry.key for entry in goals.swaps(where, "prime_cost")]
    assert keys[:3] == ["food_waste", "avg_check", "food_cost"]
    assert not set(keys) & set(where.picks)
    assert goals.proposal_of(replace(where, picks=("csat",)), "csat").reason == "You took it yourself."


def test_what_is_offered_beside_guards_first_and_then_the_rest(data: Path) -> None:
    goals.keep(data, RESTAURANT)
    where = goals.journey(data)
    offered = goals.offers(where)
    assert [offer.entry.key for offer in offered if offer.guards] == list(goals.beside_now(where))
    assert not {offer.entry.key for offer in offered} & set(where.picks)
    dropped = goals.offers(replace(where, picks=("prime_cost",)))
    assert "food_waste" in {offer.entry.key for offer in dropped}


def test_a_draft_finished_later_is_on_the_board(data: Path) -> None:
    goals.keep(data, RESTAURANT)
    settled = dict(goals_kept.settle(data, NOW).settled)
    kpi, _ = choose.opened(data, settled["prime_cost"])
    target = replace(at_least(60), comparison=None)
    owned = replace(kpi, owner="head chef", scope="whole business")
    assert choose.save(data, owned, target, NOW).state is State.ACTIVE


def test_the_end_says_what_is_on_the_board_and_what_comes_next(data: Path) -> None:
    goals.keep(data, RESTAURANT)
    goals_kept.settle(data, NOW)
    drafts = [kpi for kpi in choose.options(data).kpis if kpi.tier is Tier.KPI]
    active = [replace(kpi, state=State.ACTIVE) for kpi in drafts]
    assert goals_end.ending(active) == Ending(
        "Your board stands",
        "Add the exports that feed it, or type the first numbers; then it shows what needs you.",
        (Door.BOARD, Door.DATA, Door.FILL),
    )
    assert goals_end.ending([*active[1:], drafts[0]]) == Ending(
        "3 of 4 are on the board",
        "Still drafts: Prime cost. Each says beside its form what it lacks.",
        (Door.BOARD, Door.DRAFTS),
    )
    none = goals_end.ending(active, active)
    assert (none.title, none.doors) == (
        "4 on the board, none has a target yet",
        (Door.DATA, Door.FILL, Door.BOARD),
    )
    assert none.sentence.endswith("then history offers a target for each.")
    some = goals_end.ending(active, active[1:], active[1:2])
    assert (some.title, some.doors[0]) == ("4 on the board, 3 without a target", Door.TARGETS)
    assert some.sentence.startswith("Without a target there is no colour. History has numbers for Food waste")


def test_who_has_no_target_and_who_has_values_to_make_one_of(data: Path) -> None:
    kpi = replace(choose.from_ready(choose.options(data).ready[0], blank_kpi()), values=Typed())
    plain, held = (choose.save(data, replace(kpi, name=name), None, NOW) for name in ("Plain", "Held"))
    aimed = choose.save(data, replace(kpi, name="Aimed"), at_least(60), NOW)
    kpi_page.type_values(data, held.id, {date(2026, 10, 1): "5"}, "", NOW)
    active = [replace(each, state=State.ACTIVE) for each in (plain, held, aimed)]
    without = goals_end.without_target(data, active)
    assert [each.name for each in without] == ["Plain", "Held"]
    assert [each.name for each in goals_end.with_history(data, without, TODAY)] == ["Held"]


def test_what_is_missing_is_said_of_what_the_owner_picked(data: Path) -> None:
    goals.keep(data, replace(RESTAURANT, picks=("net_margin", "prime_cost")))
    said = goals.journey(data).choice.missing
    assert said[0].startswith("Nothing here is known to move before the result does. ")
    goals.keep(data, RESTAURANT)
    assert not any(each.startswith("Nothing here") for each in goals.journey(data).choice.missing)
