"""The agenda by its rule: each KPI once, in the first topic that fits, in an order that nothing else decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.board import BoardRow, Running, gather
from kpi_core.kpi import Acceptance, Kpi, Tier
from kpi_core.period import Cadence
from kpi_core.review import Action, AgendaItem, Due, Topic, agenda, due, overdue_text
from tests.board.series import CALENDAR, ORDERS, STABLE, TODAY, card, month

DROP: list[float | None] = [*STABLE, *[-20] * 8]
CALL = Action(0, "Call the supplier", "buyer", date(2026, 12, 12), date(2026, 11, 1))


def named(name: str, number: int) -> Kpi:
    return replace(ORDERS, name=name, id=number)


def made(
    *rows: BoardRow, actions: dict[int, list[Action]] | None = None, dues: dict[int, Due] | None = None
) -> tuple[AgendaItem, ...]:
    board = gather(rows, (), calendar=CALENDAR, as_of=TODAY)
    return agenda(board, actions or {}, dues or {}, TODAY)


CALM = card(STABLE, named("Calm", 1), 5)
CLOSE = card([*STABLE, 5], named("Close", 2), 5.2)
OFF = card([*STABLE, 5], named("Off", 3), 20)
DROPPING = card(DROP, named("Dropping", 4), -100)
OVERDUE = card([*STABLE, None], named("Late", 5), 5)
WAITING = card(STABLE, named("Waiting", 6), 5)
SHORT = Running(month(11), Fraction(2), Fraction(2, 3), too_early=False, risk="is at risk: 2 of 5 after 20 days.")
RISKY = replace(card(STABLE, named("Risky", 7), 5), running=SHORT)


def test_the_topics_follow_each_other_and_each_kpi_stands_in_its_first() -> None:
    found = made(CALM, CLOSE, RISKY, OFF, DROPPING, OVERDUE, WAITING, actions={6: [CALL], 3: []})
    assert [(each.name, each.topic) for each in found] == [
        ("Waiting", Topic.OPEN_ACTIONS),
        ("Dropping", Topic.REAL_CHANGE),
        ("Off", Topic.OFF_TARGET),
        ("Late", Topic.OVERDUE),
        ("Risky", Topic.AT_RISK),
        ("Close", Topic.REST),
        ("Calm", Topic.REST),
    ]


def test_each_says_why_in_the_words_of_the_board() -> None:
    waiting, dropping, off, late, close, calm = made(CALM, CLOSE, OFF, DROPPING, OVERDUE, WAITING, actions={6: [CALL]})
    assert waiting.why == "has an open action: Call the supplier (buyer), due 12 December."
    assert dropping.why.startswith("shows a real drop since March")
    assert off.why == f"has been off target for 24 months or more: {OFF.gap_text}."
    assert late.why == "has no October value: 14 days overdue."
    assert close.why == f"is close: {CLOSE.judgement.sentence}"
    assert calm.why == f"is on target: {CALM.judgement.sentence}"


def test_what_is_off_target_and_really_changing_is_a_real_change_first() -> None:
    both = card(DROP, named("Both", 4), 5)
    assert [each.topic for each in made(both)] == [Topic.REAL_CHANGE]


def test_an_accepted_miss_is_of_the_rest() -> None:
    accepted = replace(ORDERS, accepted=Acceptance(date(2026, 12, 31), "new shop"))
    (found,) = made(card([*STABLE, 5], accepted, 20))
    assert found.topic is Topic.REST
    assert found.why.startswith("has a miss that is accepted until 31 December: new shop. 5 is 75% under 20")


def test_a_grey_one_says_its_reason_once() -> None:
    (found,) = made(card([*STABLE, 5], ORDERS))
    assert found.topic is Topic.REST
    assert found.why.startswith("is grey: October has no target")


def test_a_closed_action_or_one_agreed_later_keeps_nobody_on_top() -> None:
    done = replace(CALL, closed=date(2026, 11, 10), result="agreed")
    later = replace(CALL, made=date(2026, 11, 25))
    assert [each.topic for each in made(CALM, actions={1: [done, later]})] == [Topic.REST]


def test_open_actions_go_by_their_day_and_say_how_late_they_are() -> None:
    late = replace(CALL, what="Test a lower price", due=date(2026, 11, 20))
    first, second = made(CALM, WAITING, actions={1: [CALL], 6: [late]})
    assert (first.name, second.name) == ("Waiting", "Calm")
    assert first.why == "has an open action: Test a lower price (buyer), due 20 November, 1 day overdue."


def test_a_health_metric_is_on_it_only_where_something_is_up_with_it() -> None:
    calm = card(STABLE, replace(named("Watched", 8), tier=Tier.HEALTH_METRIC))
    dropping = card(DROP, replace(named("Sinking", 9), tier=Tier.HEALTH_METRIC))
    assert [(each.name, each.topic) for each in made(calm, dropping)] == [("Sinking", Topic.REAL_CHANGE)]


def test_of_the_rest_what_was_looked_at_in_time_comes_last_and_says_so() -> None:
    looked = Due(date(2027, 3, 31), date(2027, 1, 1), date(2026, 10, 5))
    first, second = made(CALM, CLOSE, dues={2: looked})
    assert (first.name, second.name) == ("Calm", "Close")
    assert second.why.endswith("Looked at on 5 October, again by 31 March 2027.")


def test_at_risk_says_what_the_board_says_and_nothing_while_it_is_too_early() -> None:
    early = replace(RISKY, running=replace(SHORT, too_early=True))
    assert [(each.topic, each.why) for each in made(RISKY)] == [(Topic.AT_RISK, SHORT.risk)]
    assert [each.topic for each in made(early)] == [Topic.REST]


ROWS = (CALM, CLOSE, OFF, DROPPING, OVERDUE, WAITING, RISKY)


@given(
    rows=st.permutations(ROWS),
    waiting=st.sets(st.sampled_from([row.kpi.id for row in ROWS])),
    looked=st.sets(st.sampled_from([row.kpi.id for row in ROWS])),
)
def test_each_kpi_is_on_it_once_in_the_order_of_the_topics_whatever_the_order_they_came_in(
    rows: list[BoardRow], waiting: set[int], looked: set[int]
) -> None:
    dues = {number: Due(date(2027, 3, 31), date(2027, 1, 1), date(2026, 10, 5)) for number in looked}
    actions = {number: [replace(CALL, kpi_id=number)] for number in waiting}
    found = made(*rows, actions=actions, dues=dues)
    assert sorted(each.kpi_id for each in found) == sorted(row.kpi.id for row in ROWS)
    places = [list(Topic).index(each.topic) for each in found]
    assert places == sorted(places)
    assert {each.kpi_id for each in found if each.topic is Topic.OPEN_ACTIONS} == waiting
    assert found == made(*sorted(rows, key=lambda row: row.kpi.id), actions=actions, dues=dues)


@pytest.mark.parametrize(
    ("every", "last", "by", "opens"),
    [
        (Cadence.MONTH, date(2026, 11, 1), date(2026, 12, 31), date(2026, 12, 1)),
        (Cadence.MONTH, date(2026, 11, 30), date(2026, 12, 31), date(2026, 12, 1)),
        (Cadence.WEEK, date(2026, 11, 25), date(2026, 12, 6), date(2026, 11, 30)),
        (Cadence.QUARTER, date(2026, 11, 25), date(2027, 3, 31), date(2027, 1, 1)),
        (Cadence.YEAR, None, date(2027, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_review_is_due_by_the_end_of_the_next_period(
    every: Cadence, last: date | None, by: date, opens: date
) -> None:
    found = due(last, date(2026, 2, 3), every, CALENDAR)
    assert (found.by, found.next_from) == (by, opens)


def test_the_board_says_in_one_line_what_review_is_overdue() -> None:
    held = Due(date(2026, 11, 30), date(2026, 11, 1), date(2026, 10, 3))
    never = Due(date(2026, 11, 30), date(2026, 11, 1))
    assert not overdue_text(held, [], date(2026, 11, 30))
    assert overdue_text(held, [], date(2026, 12, 1)) == ("The review is 1 day overdue. The last one was on 3 October.")
    assert overdue_text(never, [], date(2026, 12, 2)) == "The review is 2 days overdue. There has been none yet."
    fine = Due(date(2026, 12, 31), date(2026, 12, 1), date(2026, 11, 3))
    late = [("Orders", never), ("Calm", fine), ("Churn", held)]
    assert overdue_text(fine, late, date(2026, 12, 1)) == (
        "The review of Churn and 1 more is overdue: it was due by 30 November."
    )
    assert not overdue_text(None, [], date(2026, 12, 1))
