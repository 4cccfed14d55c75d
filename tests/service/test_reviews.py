"""A review from its agenda to its record, interrupted and gone on with; the next one opens with its actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import icalendar
import pytest

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Acceptance, Kpi, State
from kpi_core.period import Cadence
from kpi_core.review import Action, Decision, Plan, Progress, Topic
from kpi_core.service import actions, boards, choose, invitation, keeping, kpi_page, log, meeting, reviews
from kpi_core.service.boards import View
from kpi_core.service.meeting import Said
from kpi_core.store.changes import list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions import targets
from tests.service.shop import NOW, TODAY, add, days, filled, orders

LATER = datetime(2026, 12, 1, 9)
DUE = date(2026, 11, 20)


def begun(data: Path, target: int = 400) -> tuple[Kpi, int]:
    """Begin a review of one KPI that is off target."""
    kpi = filled(data, target)
    return kpi, reviews.start(data, " owner,  buyer ", NOW).id


def now_of(data: Path, kpi: Kpi) -> Kpi:
    return kpi_page.page(data, kpi.id, TODAY).kpi


def newest(data: Path) -> int:
    with open_store(data) as store:
        return list_changes(store, most=1)[0].id


def test_the_agenda_is_made_of_the_board(data: Path) -> None:
    filled(data, 400)
    (item,) = reviews.agenda_of(data, TODAY)
    assert (item.topic, item.name) == (Topic.OFF_TARGET, "Revenue")
    assert item.why.startswith("is off target for the second month in a row")
    (then,) = reviews.agenda_of(data, TODAY, date(2026, 10, 20))
    assert then.why.startswith("is off target: ")
    with pytest.raises(RefusedDefinition, match="still to come"):
        reviews.agenda_of(data, TODAY, date(2026, 11, 4))


def test_nothing_to_review_is_said(data: Path) -> None:
    with pytest.raises(RefusedDefinition, match="nothing to review yet"):
        reviews.start(data, "", NOW)


def test_one_review_at_a_time(data: Path) -> None:
    begun(data)
    with pytest.raises(RefusedDefinition, match="The review of 3 November 2026 still goes on"):
        reviews.start(data, "", NOW)


def test_what_was_decided_is_there_after_an_interruption(data: Path) -> None:
    kpi, review = begun(data)
    meeting.decide(data, review, kpi.id, Said(" Fewer  visitors ", Decision.ACT), NOW)
    home = reviews.home(data, TODAY)
    assert home.running is not None
    assert (home.running.people, home.decided) == ("owner, buyer", 1)
    step = meeting.step(data, 7, TODAY)
    assert step is not None
    assert step.place == 0
    assert step.item is not None
    assert (step.item.cause, step.item.decision, step.item.said) == ("Fewer visitors", Decision.ACT, "Act on it")


def test_a_cause_alone_is_kept(data: Path) -> None:
    kpi, review = begun(data)
    meeting.decide(data, review, kpi.id, Said("Fewer visitors"), NOW)
    assert reviews.record(data, review, TODAY).undecided == 1
    assert meeting.progress_of(data) == {kpi.id: False}


def test_an_accepted_miss_is_accepted_and_taken_back(data: Path) -> None:
    kpi, review = begun(data)
    item = meeting.decide(data, review, kpi.id, Said("New shop", Decision.ACCEPT, until=date(2026, 12, 31)), NOW)
    assert item.said == "Accept the miss until 31 December: New shop"
    assert now_of(data, kpi).accepted == Acceptance(date(2026, 12, 31), "New shop")
    meeting.take_back(data, review, kpi.id, NOW)
    assert now_of(data, kpi).accepted is None
    assert meeting.progress_of(data) == {}


def test_retiring_needs_its_reason_and_nothing_is_kept_by_halves(data: Path) -> None:
    kpi, review = begun(data)
    with pytest.raises(RefusedDefinition, match="Why is Revenue retired"):
        meeting.decide(data, review, kpi.id, Said(decision=Decision.RETIRE), NOW)
    assert meeting.progress_of(data) == {}
    meeting.decide(data, review, kpi.id, Said("", Decision.RETIRE, "the shop is sold"), NOW)
    assert (now_of(data, kpi).state, now_of(data, kpi).retired_reason) == (State.RETIRED, "the shop is sold")
    meeting.take_back(data, review, kpi.id, NOW)
    assert now_of(data, kpi).state is State.ACTIVE


def test_a_new_target_counts_from_the_next_period_and_the_past_keeps_its_colours(data: Path) -> None:
    kpi, review = begun(data)
    before = [line.judgement.word for line in kpi_page.page(data, kpi.id, TODAY).lines]
    said = meeting.decide(data, review, kpi.id, Said("Rent rose", Decision.CHANGE_TARGET, target="450"), NOW).said
    assert said.startswith("Change the target to ")
    assert said.endswith("450: Rent rose") or "450" in said
    with open_store(data) as store:
        rows = targets(store, kpi.id).rows
    assert [row.value for row in rows] == [Fraction(400), Fraction(450)]
    assert (rows[-1].starts, rows[-1].reason) == (TODAY, "Rent rose")
    assert [line.judgement.word for line in kpi_page.page(data, kpi.id, TODAY).lines] == before
    with pytest.raises(RefusedDefinition):
        meeting.decide(data, review, kpi.id, Said("x", Decision.CHANGE_TARGET, target="a lot"), NOW)


def test_another_decision_takes_the_place_of_the_first_and_of_what_it_did(data: Path) -> None:
    kpi, review = begun(data)
    meeting.decide(data, review, kpi.id, Said("Sold", Decision.RETIRE), NOW)
    meeting.decide(data, review, kpi.id, Said("Not sold", Decision.KEEP), NOW)
    assert now_of(data, kpi).state is State.ACTIVE
    assert reviews.record(data, review, TODAY).items[0][1].said == "Keep it as it is"  # type: ignore[union-attr]


def test_the_record_stays_whatever_happens_later(data: Path) -> None:
    kpi, review = begun(data)
    meeting.decide(data, review, kpi.id, Said("Fewer visitors", Decision.ACT), NOW)
    actions.add(data, Action(kpi.id, "Write to old customers", "buyer", DUE, TODAY, review), NOW)
    reviews.finish(data, review, NOW)
    before = reviews.record(data, review, TODAY)
    assert before.items[0][1] is not None
    look = before.items[0][1].look
    assert (look.word, look.period, look.status) == ("Off target", "October", "red")
    assert [(each.what, each.state, each.new) for each in before.agreed] == [
        ("Write to old customers", "due 20 November", True)
    ]
    actions.done(data, 1, "sold 12", LATER)
    choose.save(data, replace(now_of(data, kpi), name="Sales"), None, LATER, "a better name")
    keeping.save_settings(data, replace(keeping.settings(data), name="Another shop"), LATER)
    add(data, orders(days("2026-10-01", "2026-10-31"), "99.00", "new.csv"))
    assert reviews.record(data, review, LATER.date()) == before


def test_a_finished_record_is_put_right_by_additions_only(data: Path) -> None:
    kpi, review = begun(data)
    meeting.decide(data, review, kpi.id, Said("Fewer visitors", Decision.KEEP), NOW)
    decided = newest(data)
    ended = reviews.finish(data, review, NOW)
    for again in (
        lambda: meeting.decide(data, review, kpi.id, Said("Other", Decision.ACT), LATER),
        lambda: meeting.take_back(data, review, kpi.id, LATER),
        lambda: reviews.name_people(data, review, "nobody", LATER),
        lambda: log.take_back(data, decided, "", LATER),
        lambda: log.take_back(data, ended or 0, "", LATER),
        lambda: reviews.leave(data, review, LATER),
    ):
        with pytest.raises(RefusedDefinition, match="its record stays as it is"):
            again()
    reviews.correct(data, review, "It was the weather", LATER)
    (added,) = reviews.record(data, review, LATER.date()).additions
    assert (added.day, added.text) == (LATER.date(), "It was the weather")
    with pytest.raises(RefusedDefinition, match="What is to be put right"):
        reviews.correct(data, review, " ", LATER)


def test_the_end_is_taken_back_on_its_day(data: Path) -> None:
    _, review = begun(data)
    change = reviews.finish(data, review, NOW)
    log.take_back(data, change or 0, "", NOW)
    home = reviews.home(data, TODAY)
    assert home.running is not None
    assert home.running.id == review


def test_a_kpi_that_was_only_looked_at_is_not_begun_and_is_looked_at_anew(data: Path) -> None:
    kpi, review = begun(data)
    change = reviews.finish(data, review, NOW)
    log.take_back(data, change or 0, "", NOW)
    assert meeting.progress_of(data) == {}
    kpi_page.type_values(data, kpi.id, {date(2026, 10, 1): "999"}, "", NOW)
    reviews.finish(data, review, NOW)
    ((_, item),) = reviews.record(data, review, TODAY).items
    assert item is not None
    assert item.look.actual == kpi_page.page(data, kpi.id, TODAY).row.actual_text
    assert "999" in item.look.actual


def test_a_review_that_is_left_comes_back_and_leaves_what_it_did(data: Path) -> None:
    kpi, review = begun(data)
    meeting.decide(data, review, kpi.id, Said("New shop", Decision.ACCEPT, until=date(2026, 12, 31)), NOW)
    change = reviews.leave(data, review, NOW)
    assert reviews.home(data, TODAY).running is None
    assert now_of(data, kpi).accepted is not None
    log.take_back(data, change or 0, "", NOW)
    assert meeting.progress_of(data) == {kpi.id: True}


def test_the_second_review_opens_with_the_actions_of_the_first(data: Path) -> None:
    kpi, review = begun(data)
    meeting.decide(data, review, kpi.id, Said("Fewer visitors", Decision.ACT), NOW)
    actions.add(data, Action(kpi.id, "Write to old customers", "buyer", DUE, TODAY, review), NOW)
    reviews.finish(data, review, NOW)
    (item,) = reviews.agenda_of(data, LATER.date())
    assert item.topic is Topic.OPEN_ACTIONS
    assert item.why == "has an open action: Write to old customers (buyer), due 20 November, 11 days overdue."
    second = reviews.start(data, "", LATER).id
    step = meeting.step(data, 0, LATER.date())
    assert step is not None
    assert step.before is not None
    assert (step.before.said, step.before.cause) == ("Act on it", "Fewer visitors")
    assert [each.what for each in step.open] == ["Write to old customers"]
    assert step.page is not None
    assert step.page.doing.headline == "Write to old customers"
    actions.done(data, step.open[0].id, "sold 12", LATER)
    reviews.finish(data, second, LATER)
    (agreed,) = reviews.record(data, second, LATER.date()).agreed
    assert (agreed.state, agreed.new) == ("done 1 December: sold 12", False)


def test_to_act_without_an_action_is_said_at_the_end(data: Path) -> None:
    kpi, review = begun(data)
    meeting.decide(data, review, kpi.id, Said("", Decision.ACT), NOW)
    assert reviews.record(data, review, TODAY).idle == ("Revenue",)
    actions.add(data, Action(kpi.id, "Write", "buyer", DUE, TODAY, review), NOW)
    assert reviews.record(data, review, TODAY).idle == ()


def test_an_overdue_review_stands_on_the_board_until_it_is_held(data: Path) -> None:
    kpi, review = begun(data)
    meeting.decide(data, review, kpi.id, Said("", Decision.KEEP), NOW)
    reviews.finish(data, review, NOW)

    def line(day: date) -> str:
        return boards.board(data, day, View(day)).review

    assert not line(date(2026, 12, 31))
    assert line(date(2027, 1, 2)) == "The review is 2 days overdue. The last one was on 3 November 2026."
    keeping.save_settings(data, replace(keeping.settings(data), review_every=Cadence.QUARTER), NOW)
    assert not line(date(2027, 1, 2))
    choose.save(data, replace(now_of(data, kpi), review_every=Cadence.WEEK), None, NOW, "often")
    assert line(date(2026, 11, 16)) == "The review of Revenue is overdue: it was due by 15 November."


def test_open_actions_stand_on_the_board_and_on_the_page(data: Path) -> None:
    kpi = filled(data, 400)
    actions.add(data, Action(kpi.id, "Write to old customers", "buyer", DUE, TODAY), NOW)
    actions.add(data, Action(kpi.id, "Test a price", "owner", date(2026, 11, 30), TODAY), NOW)
    (row,) = boards.board(data, TODAY, View(TODAY)).rows
    assert row.doing == "Doing: Write to old customers (buyer), due 20 November; 1 more"
    page = kpi_page.page(data, kpi.id, TODAY)
    assert page.doing.headline == "Write to old customers"
    assert page.doing_lines == ("buyer, due 20 November", "Test a price (owner), due 30 November")


def test_an_action_goes_its_way_and_every_step_is_taken_back(data: Path) -> None:
    kpi = filled(data, 400)
    number, added = actions.add(data, Action(kpi.id, " Write  letters ", "buyer", DUE, TODAY), NOW)

    def state() -> tuple[Progress, str]:
        (line,) = actions.overview(data, TODAY).lines
        return line.progress, line.state

    assert state() == (Progress.OPEN, "due 20 November")
    change = actions.done(data, number, " sold 12 ", NOW)
    assert state() == (Progress.DONE, "done 3 November: sold 12")
    with pytest.raises(RefusedDefinition, match="It is done already"):
        actions.change(data, number, NOW, owner="owner")
    log.take_back(data, change or 0, "", NOW)
    change = actions.change(data, number, NOW, owner="owner", due=TODAY + timedelta(days=2))
    assert state() == (Progress.DUE, "due 5 November")
    log.take_back(data, change or 0, "", NOW)
    with pytest.raises(RefusedDefinition, match="Why is it dropped"):
        actions.drop(data, number, " ", NOW)
    actions.drop(data, number, "no stamps", NOW)
    assert state() == (Progress.DROPPED, "dropped 3 November: no stamps")
    actions.reopen(data, number, NOW)
    assert state() == (Progress.OPEN, "due 20 November")
    told = actions.overview(data, TODAY).changes[0].did
    assert told == "Write letters (buyer), dropped 3 November: no stamps, now Write letters (buyer), due 20 November."
    actions.reopen(data, number, NOW)
    assert added


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (Action(1, " ", "buyer", DUE, TODAY), "What is to be done"),
        (Action(1, "Write", " ", DUE, TODAY), "Who does it: Write"),
        (Action(1, "Write", "buyer", date(2026, 11, 2), TODAY), "2 November 2026 is over"),
    ],
)
def test_an_action_says_what_who_and_a_day_to_come(data: Path, action: Action, sentence: str) -> None:
    filled(data)
    with pytest.raises(RefusedDefinition, match=sentence):
        actions.add(data, action, NOW)
    with pytest.raises(NotFound):
        actions.add(data, Action(9, "Write", "buyer", DUE, TODAY), NOW)


def test_a_day_that_is_over_stays_where_only_the_owner_changes(data: Path) -> None:
    kpi = filled(data)
    number, _ = actions.add(data, Action(kpi.id, "Write", "buyer", DUE, TODAY), NOW)
    actions.change(data, number, LATER, owner="owner")
    (line,) = actions.overview(data, LATER.date(), "owner").lines
    assert (line.progress, line.action.due, line.action.made) == (Progress.OVERDUE, DUE, TODAY)
    with pytest.raises(RefusedDefinition, match="is over"):
        actions.change(data, number, LATER, due=date(2026, 11, 25))


def event(data: Path, now: datetime) -> icalendar.Event:
    (found,) = icalendar.Calendar.from_ical(invitation.invitation(data, now)).walk("VEVENT")
    assert isinstance(found, icalendar.Event)
    return found


def test_the_next_review_is_an_appointment_that_updates_itself(data: Path) -> None:
    filled(data)
    with pytest.raises(RefusedDefinition, match="Nobody said"):
        invitation.invitation(data, NOW)
    invitation.save_plan(data, Plan(date(2026, 12, 1), " 9.30 ", 45), NOW)
    first = event(data, NOW)
    assert first.decoded("dtstart") == datetime(2026, 12, 1, 9, 30)
    assert first.decoded("dtend") == datetime(2026, 12, 1, 10, 15)
    assert str(first["summary"]) == "KPI review"
    (alarm,) = first.walk("VALARM")
    assert (str(alarm["action"]), alarm.decoded("trigger")) == ("DISPLAY", -timedelta(hours=1))
    invitation.save_plan(data, Plan(date(2026, 12, 3), "14:00"), NOW)
    second = event(data, NOW + timedelta(minutes=5))
    assert (str(second["uid"]), second.decoded("dtstart")) == (str(first["uid"]), datetime(2026, 12, 3, 14))
    assert int(str(second["sequence"])) == int(str(first["sequence"])) + 1
    assert b"\r\n" in invitation.invitation(data, NOW)
    assert reviews.home(data, TODAY).plan == Plan(date(2026, 12, 3), "14:00")


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (Plan(date(2026, 11, 2)), "is over"),
        (Plan(date(2026, 12, 2), "noon"), "is no time of day"),
        (Plan(date(2026, 12, 2), "25:00"), "is no time of day"),
        (Plan(date(2026, 12, 2), "9:00", 0), "not possible"),
    ],
)
def test_a_plan_that_is_none_is_refused(data: Path, plan: Plan, sentence: str) -> None:
    filled(data)
    with pytest.raises(RefusedDefinition, match=sentence):
        invitation.save_plan(data, plan, NOW)


def test_the_cadence_of_reviews_travels_with_the_definitions(data: Path) -> None:
    kpi = choose.save(data, replace(filled(data), review_every=Cadence.QUARTER), None, NOW)
    keeping.save_settings(data, replace(keeping.settings(data), review_every=Cadence.WEEK), NOW)
    assert now_of(data, kpi).review_every is Cadence.QUARTER
    text = keeping.definitions(data)
    assert text.count('"review_every"') == 2
