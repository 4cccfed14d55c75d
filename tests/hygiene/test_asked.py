"""The checklist's questions, asked again of what is on the board: when an answer is a finding, and what helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kpi_core.catalogue import Vanity, by_key, goals
from kpi_core.checklist import Verdict
from kpi_core.hygiene import Deed, Portfolio, Rule, Untidy, check_up
from kpi_core.kpi import Kpi, LeadLag, Perspective, Tier, Typed
from tests.checklist.made import NPS, TODAY, path, readings
from tests.hygiene.made import BESIDE, EARNED, REVENUE, RISING, TIDY, found, looked, named, of, rules, with_one

DAY = timedelta(days=1)
VIEWS = replace(NPS, id=1, name="Page views", catalogue_key="page_views", state=REVENUE.state)


def the(rule: Rule, some: list[Untidy]) -> Untidy:
    """Pick the one finding of a rule."""
    (one,) = [each for each in some if each.rule is rule]
    return one


def deeds(one: Untidy) -> list[Deed]:
    return [each.deed for each in one.cures]


def test_of_a_tidy_portfolio_nothing_is_said() -> None:
    assert found(TIDY) == []


def test_of_nothing_nothing_is_said() -> None:
    assert check_up(Portfolio(TODAY)) == ()
    assert check_up(Portfolio(TODAY, beside=(BESIDE,))) == ()


@pytest.mark.parametrize(("days", "is_found"), [(-1, True), (0, False), (92, False), (200, False)])
def test_a_review_date_that_has_passed_is_a_finding_and_a_far_one_was_chosen(days: int, is_found: bool) -> None:  # noqa: FBT001
    kpi = replace(REVENUE, review_date=TODAY + days * DAY)
    assert (Rule.LOOK_AGAIN in rules(of(kpi))) is is_found


def test_without_a_review_date_one_click_sets_it_in_three_months() -> None:
    one = the(Rule.LOOK_AGAIN, of(replace(REVENUE, review_date=None)))
    assert one.sentence == "No day is set on which to look again."
    assert deeds(one) == [Deed.REVIEW_DATE, Deed.TO_FORM]
    assert one.cures[0].value == TODAY + 91 * DAY
    passed = the(Rule.LOOK_AGAIN, of(replace(REVENUE, review_date=date(2026, 11, 1))))
    assert passed.evidence == (("To be looked at", "1 November 2026"), ("Passed", "20 days ago"))
    passed = the(Rule.LOOK_AGAIN, of(replace(REVENUE, review_date=date(2026, 11, 20))))
    assert passed.evidence == (("To be looked at", "20 November 2026"), ("Passed", "yesterday"))


@pytest.mark.parametrize(("owner", "severity"), [("", Verdict.FAIL), ("tbd", Verdict.WARN), ("the team", Verdict.WARN)])
def test_nobody_and_a_group_own_nothing(owner: str, severity: Verdict) -> None:
    one = the(Rule.NO_OWNER, of(replace(REVENUE, owner=owner)))
    assert one.severity is severity
    assert one.cures[0].asks == "Who owns it?"
    assert one.evidence == ((("Owner", owner),) if owner else ())


def test_a_kpi_that_serves_no_goal_is_asked_which() -> None:
    one = the(Rule.NO_GOAL, of(replace(REVENUE, goal="")))
    assert one.severity is Verdict.FAIL
    assert one.cures[-3].choices == ("Bring in more money",)
    assert deeds(one)[-2:] == [Deed.HEALTH, Deed.RETIRE]
    alone = replace(with_one(looked(replace(REVENUE, goal=""), RISING)), goals=())
    assert Deed.TO_FORM in deeds(the(Rule.NO_GOAL, found(alone)))


def test_the_goal_that_the_catalogue_knows_is_one_click() -> None:
    entry = by_key("nps")
    assert entry is not None
    served = next(goal.name for goal in goals() if goal.key in entry.goals)
    beside = replace(EARNED, goal=served)
    one = the(Rule.NO_GOAL, of(replace(NPS, id=1, goal=""), beside=(beside, BESIDE)))
    assert (one.cures[0].deed, one.cures[0].value, one.cures[0].label) == (Deed.GOAL, served, f"It serves: {served}")
    assert one.cures[0].asks == ""


def test_a_vanity_alone_is_weighty_and_beside_a_result_worth_a_thought() -> None:
    entry = by_key("page_views")
    assert entry is not None
    assert entry.vanity is Vanity.OFTEN
    alone = the(Rule.VANITY, of(VIEWS, beside=(BESIDE,)))
    assert alone.severity is Verdict.FAIL
    assert deeds(alone) == [Deed.HEALTH, Deed.RETIRE]
    beside = the(Rule.VANITY, of(VIEWS, beside=(EARNED,)))
    assert beside.severity is Verdict.WARN
    assert beside.sentence.endswith("Read it beside Margin.")


def test_what_only_sometimes_looks_good_is_no_finding() -> None:
    entry = by_key("nps")
    assert entry is not None
    assert entry.vanity is Vanity.SOMETIMES
    assert Rule.VANITY not in rules(of(replace(NPS, id=1), beside=(BESIDE,)))


def gamed(**changes: object) -> Kpi:
    """Make a KPI of which the catalogue knows how it is gamed."""
    return replace(NPS, id=1, state=REVENUE.state, counter_measure="", **changes)  # type: ignore[arg-type]


def test_a_gameable_kpi_wants_its_counter_measure_on_the_board() -> None:
    one = the(Rule.GAMEABLE, of(gamed(), beside=(BESIDE,)))
    assert deeds(one) == [Deed.WATCH, Deed.COUNTER]
    counter = by_key(str(one.cures[0].value))
    assert counter is not None
    assert one.cures[1].choices == ("Open baskets", "Margin", "Return rate")
    there = replace(BESIDE, name=counter.name, catalogue_key=counter.key)
    assert Rule.GAMEABLE not in rules(of(gamed(), beside=(there,)))


def test_what_nobody_is_known_to_game_is_asked_only_for_a_counter_measure_that_it_names() -> None:
    unnamed = replace(REVENUE, name="Quiet number", counter_measure="")
    assert Rule.GAMEABLE not in rules(of(unnamed))
    one = the(Rule.GAMEABLE, of(replace(unnamed, counter_measure="Returned parcels")))
    assert one.evidence == (("Named, not measured", "Returned parcels"),)


def test_pay_without_a_counter_measure_is_one_finding_and_not_two() -> None:
    some = of(gamed(pay_tied=True), beside=(BESIDE,))
    assert Rule.GAMEABLE not in rules(some)
    one = the(Rule.PAY, some)
    assert one.sentence == "Pay is tied to it and nothing is watched beside it."
    assert deeds(one) == [Deed.WATCH, Deed.COUNTER, Deed.UNTIE_PAY]
    assert Rule.PAY not in rules(of(replace(REVENUE, pay_tied=True)))
    assert Rule.PAY not in rules(of(gamed(pay_tied=None), beside=(BESIDE,)))


@pytest.mark.parametrize(("days", "severity"), [(45, None), (46, Verdict.WARN), (90, Verdict.WARN), (91, Verdict.FAIL)])
def test_a_month_is_fresh_for_one_and_a_half_and_stale_after_three(days: int, severity: Verdict | None) -> None:
    made = looked(REVENUE, RISING)
    last = made.facts.readings[-1].period
    later = replace(made, facts=replace(made.facts, today=last.end + days * DAY))
    some = [each for each in check_up(with_one(later)) if each.rule is Rule.STALE and each.kpis == (1,)]
    assert [each.severity for each in some] == ([] if severity is None else [severity])


def test_stale_data_says_what_and_when_and_where_to_bring_more() -> None:
    one = the(Rule.STALE, of(REVENUE, (), read=readings(RISING, late=2)))
    assert one.evidence == (("Newest reading", "SEK\xa0530 in August"), ("Ended", "31 August 2026"))
    assert deeds(one) == [Deed.TO_DATA, Deed.RETIRE]
    typed = replace(REVENUE, values=Typed())
    assert deeds(the(Rule.STALE, of(typed, (), read=readings(RISING, late=2))))[0] is Deed.TO_TYPING


def test_without_a_source_the_age_of_no_reading_is_not_said_as_well() -> None:
    for rows, severity in ((None, Verdict.FAIL), (0, Verdict.WARN)):
        some = of(REVENUE, (), source_rows=rows)
        assert the(Rule.NO_SOURCE, some).severity is severity
        assert Rule.STALE not in rules(some)
    assert the(Rule.STALE, of(REVENUE, ())).sentence == "No reading is here yet."


@pytest.mark.parametrize(("days", "is_found"), [(-1, True), (0, True), (1, False)])
def test_a_deadline_that_has_passed_asks_for_a_new_one(days: int, is_found: bool) -> None:  # noqa: FBT001
    some = of(REVENUE, RISING, replace(path(400, 600, TODAY + days * DAY), path_start=date(2026, 1, 1)))
    assert (Rule.DEADLINE in rules(some)) is is_found
    if is_found:
        assert deeds(the(Rule.DEADLINE, some)) == [Deed.DEADLINE, Deed.TO_FORM]
        assert the(Rule.DEADLINE, some).cures[0].value == date(2027, 5, 31)


@pytest.mark.parametrize(("days", "is_found"), [(91, False), (92, True)])
def test_never_reviewed_is_said_after_three_months(days: int, is_found: bool) -> None:  # noqa: FBT001
    never = replace(looked(REVENUE, RISING), since=TODAY - days * DAY)
    assert (Rule.NEVER_REVIEWED in rules(found(with_one(never)))) is is_found
    once = replace(never, last_reviewed=TODAY - 80 * DAY)
    assert Rule.NEVER_REVIEWED not in rules(found(with_one(once)))


def test_where_nobody_ever_reviewed_it_is_said_once_for_all() -> None:
    old = tuple(replace(each, since=TODAY - 100 * DAY) for each in TIDY.kpis)
    (one,) = found(replace(TIDY, kpis=old), Rule.NEVER_REVIEWED)
    assert (one.names, one.evidence[-1]) == ((), ("Never reviewed", "Revenue, Open baskets, Margin"))
    first, *others = old
    reviewed = (replace(first, last_reviewed=TODAY - 70 * DAY), *others)
    left_out = found(replace(TIDY, kpis=reviewed), Rule.NEVER_REVIEWED)
    assert [each.names for each in left_out] == [("Margin",), ("Open baskets",)]


def test_a_review_is_no_review_of_its_relevance() -> None:
    reviewed = replace(looked(replace(REVENUE, review_date=None), RISING), last_reviewed=TODAY)
    assert Rule.LOOK_AGAIN in rules(found(with_one(reviewed)))


@pytest.mark.parametrize(
    ("count", "severity"),
    [
        (1, Verdict.WARN),
        (2, Verdict.WARN),
        (3, None),
        (5, None),
        (6, Verdict.WARN),
        (7, Verdict.WARN),
        (8, Verdict.FAIL),
    ],
)
def test_three_to_five_headline_kpis_are_no_finding(count: int, severity: Verdict | None) -> None:
    kinds = (LeadLag.LEADING, LeadLag.LAGGING)
    kpis = tuple(
        looked(named(f"Number {n}", n, values=Typed(), lead_lag=kinds[n % 2], perspective=list(Perspective)[n % 4]))
        for n in range(1, count + 1)
    )
    some = [each for each in check_up(Portfolio(TODAY, kpis)) if each.rule is Rule.TOO_MANY]
    assert [each.severity for each in some] == ([] if severity is None else [severity])
    if some and count > 5:
        (remedy,) = some[0].cures
        assert remedy.many
        assert remedy.choices == tuple(f"Number {n}" for n in range(1, count + 1))
    if some and count < 3:
        assert deeds(some[0]) == [Deed.TO_CATALOGUE]


def test_only_late_signs_and_only_one_side_name_who_is_where() -> None:
    kpis = tuple(
        looked(named(f"Number {n}", n, values=Typed(), perspective=Perspective.FINANCIAL), RISING) for n in (1, 2, 3)
    )
    some = {each.rule: each for each in check_up(Portfolio(TODAY, kpis))}
    assert some[Rule.ONE_KIND].sentence == "Only late signs are there."
    assert some[Rule.ONE_KIND].evidence == (("Late signs", "Number 1, Number 2, Number 3"),)
    assert some[Rule.ONE_SIDED].evidence == (("Financial", "Number 1, Number 2, Number 3"),)
    assert deeds(some[Rule.ONE_SIDED]) == [Deed.TO_CATALOGUE]
    unsaid = tuple(replace(each, kpi=replace(each.kpi, lead_lag=None)) for each in kpis)
    one = next(each for each in check_up(Portfolio(TODAY, unsaid)) if each.rule is Rule.ONE_KIND)
    assert one.evidence == (("Not said", "Number 1, Number 2, Number 3"),)
    assert (one.cures[0].label, one.cures[0].kpis) == ("Say it of Number 1", (1,))


def test_what_opens_a_page_says_so() -> None:
    assert {each for each in Deed if each.leads} == set(list(Deed)[list(Deed).index(Deed.TO_FORM) :])


def test_a_health_metric_beside_is_never_judged() -> None:
    bare = replace(BESIDE, owner="", goal="", review_date=None, tier=Tier.HEALTH_METRIC)
    assert found(replace(TIDY, beside=(bare,))) == []
