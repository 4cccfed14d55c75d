"""Laws: answering a question makes nothing worse, a card is as its worst check, the board drafts no KPI."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kpi_core.checklist import Facts, Topic, Verdict, by_topic, check_board, check_kpi, fails, passes, verdict_of
from kpi_core.kpi import Control, Kpi, LeadLag, Perspective, State, Tier
from kpi_core.period import Cadence
from tests.checklist.made import COUNTER, FACTS, GOOD, NPS, TARGET, TODAY, readings

WORSE = list(Verdict)
TEXTS = st.sampled_from(
    [
        "",
        "Better",
        "Page views",
        "Launch the shop",
        "All",
        "Call them back the same day",
        "shop manager",
        "we",
        "Revenue",
    ]
)
KPIS = st.builds(
    replace,
    st.sampled_from([GOOD, NPS]),
    name=TEXTS,
    definition=TEXTS,
    goal=st.sampled_from(["", "Bring in more money"]),
    scope=TEXTS,
    owner=TEXTS,
    change=TEXTS,
    when_red=TEXTS,
    control=st.sampled_from([None, *Control]),
    pay_tied=st.sampled_from([None, True, False]),
    review_date=st.sampled_from([None, TODAY, TODAY + timedelta(days=400)]),
    counter_measure=st.sampled_from(["", "Return rate", "Nothing"]),
    cadence=st.sampled_from(list(Cadence)),
    tier=st.sampled_from(list(Tier)),
    lead_lag=st.sampled_from([None, *LeadLag]),
    perspective=st.sampled_from([None, *Perspective]),
    state=st.sampled_from(list(State)),
)
ANSWERS = {
    "goal": "Keep our customers",
    "scope": "whole business",
    "owner": "shop manager",
    "change": "Write to customers who left a basket",
    "when_red": "Move money from ads to service",
    "control": Control.MOSTLY_US,
    "pay_tied": False,
    "review_date": TODAY + timedelta(days=30),
    "counter_measure": "Return rate",
    "definition": "Paid orders of the web shop, refunds taken off",
}
"""Good answers, one for each field that only the owner can fill."""


def verdicts(kpi: Kpi, facts: Facts) -> dict[str, Verdict]:
    return {each.id: each.verdict for each in check_kpi(kpi, facts)}


@given(kpi=KPIS, field=st.sampled_from(sorted(ANSWERS)), with_data=st.booleans())
def test_a_good_answer_makes_no_verdict_worse(kpi: Kpi, field: str, with_data: bool) -> None:  # noqa: FBT001
    facts = replace(FACTS, beside=(COUNTER,), readings=FACTS.readings if with_data else ())
    before, after = verdicts(kpi, facts), verdicts(replace(kpi, **{field: ANSWERS[field]}), facts)  # type: ignore[arg-type]
    assert {each for each in after if WORSE.index(after[each]) > WORSE.index(before[each])} == set()


@given(kpi=KPIS, count=st.integers(0, 12))
def test_steady_readings_that_go_on_make_no_verdict_of_trust_or_age_worse(kpi: Kpi, count: int) -> None:
    numbers = [100 + step % 3 for step in range(count + 1)]
    few, more = (
        verdicts(kpi, Facts(TODAY, readings=readings(some, kpi.cadence))) for some in (numbers[:count], numbers)
    )
    asked = {"M4", "A1", "T3"} & set(few)
    assert {each for each in asked if WORSE.index(more[each]) > WORSE.index(few[each])} == set()


@given(kpi=KPIS)
def test_a_card_is_as_its_worst_check_and_each_check_is_shown_fine_or_echoed(kpi: Kpi) -> None:
    found = check_kpi(kpi, replace(FACTS, target=TARGET))
    assert verdict_of(found) is max((each.verdict for each in found), key=WORSE.index)
    assert len(by_topic(found)) + len(passes(found)) + sum(each.echo for each in found) == len(found)
    assert all(each.sentence for each in found)


@given(kpis=st.lists(KPIS, max_size=12))
def test_the_board_never_drafts_a_kpi(kpis: list[Kpi]) -> None:
    found = check_board(tuple(kpis))
    assert {each.topic for each in found} == {Topic.BOARD}
    assert fails(found) == ()
    assert verdict_of(found) is Verdict.PASS
