"""What is kept of a review reads back as it was written."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kpi_core.review import Action, Addition, AgendaItem, Agreed, Decision, Item, Look, Plan, Review, Topic, as_json

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
WORDS = TEXTS.filter(bool)
ACTIONS = st.builds(
    Action,
    kpi_id=st.just(0),
    what=WORDS,
    owner=WORDS,
    due=DAYS,
    made=DAYS,
    review=st.none() | st.integers(1, 99),
    closed=st.none() | DAYS,
    result=TEXTS,
    dropped=st.booleans(),
)
LOOKS = st.builds(Look, *[TEXTS] * 8)
ITEMS = st.builds(
    Item,
    kpi_id=st.just(0),
    name=WORDS,
    day=DAYS,
    look=LOOKS,
    cause=TEXTS,
    decision=st.none() | st.sampled_from(Decision),
    said=TEXTS,
    change=st.none() | st.integers(1, 99),
)
REVIEWS = st.builds(
    Review,
    day=DAYS,
    people=TEXTS,
    agenda=st.lists(st.builds(AgendaItem, st.integers(1, 99), WORDS, st.sampled_from(Topic), TEXTS), max_size=3).map(
        tuple
    ),
    finished=st.none() | DAYS,
    agreed=st.lists(st.builds(Agreed, WORDS, WORDS, TEXTS, DAYS, TEXTS, st.booleans()), max_size=3).map(tuple),
    business=TEXTS,
)


@given(action=ACTIONS, item=ITEMS, review=REVIEWS)
def test_what_is_written_reads_back_the_same(action: Action, item: Item, review: Review) -> None:
    assert as_json.action_from_json(as_json.action_to_json(action)) == action
    assert as_json.item_from_json(as_json.item_to_json(item)) == item
    assert as_json.review_from_json(as_json.review_to_json(review)) == review


def test_the_plan_and_a_correction_read_back_the_same() -> None:
    plan = Plan(date(2026, 12, 1) + timedelta(days=3), "14:30", 45)
    assert as_json.plan_from_json(as_json.plan_to_json(plan)) == plan
    added = Addition(date(2026, 12, 2), "It was the other supplier", "shop manager")
    assert as_json.addition_from_json(as_json.addition_to_json(added)) == added
