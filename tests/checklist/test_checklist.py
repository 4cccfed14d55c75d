"""Each question of the checklist: what passes, what warns, what keeps a draft a draft."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.checklist import (
    QUESTIONS,
    Topic,
    Verdict,
    check_board,
    check_kpi,
    fails,
    vague_words,
    verdict_of,
    warnings,
)
from kpi_core.kpi import (
    Aggregate,
    Control,
    Elapsed,
    Formula,
    FormulaKind,
    LeadLag,
    Measure,
    Perspective,
    State,
    Typed,
)
from kpi_core.target import Bound, Comparison, Target, TargetKind
from kpi_core.unit import Unit, UnitKind
from tests.checklist.made import (
    COUNTER,
    FACTS,
    FAIL,
    GOOD,
    PASS,
    TODAY,
    TOTAL,
    WARN,
    finding,
    path,
    readings,
    verdict,
)


def test_a_good_kpi_passes_every_question() -> None:
    assert {each.id: each.sentence for each in check_kpi(GOOD, FACTS) if each.verdict is not Verdict.PASS} == {}
    assert verdict_of(check_kpi(GOOD, FACTS)) is PASS


def test_every_question_is_asked_once_in_its_order() -> None:
    asked = [each.id for each in (*check_kpi(GOOD, FACTS), *check_board((GOOD,)))]
    order = "S1 S2 S3 S4 M1 M2 M3 M4 A1 A2 A3 A4 R1 R2 R3 R4 T1 T2 T3 T4 O1 G1 G2 B1 B2 B3"
    assert " ".join(asked) == order
    assert set(asked) == set(QUESTIONS)
    assert len(QUESTIONS) == 26


def test_simple_and_timely_are_named_as_topics() -> None:
    assert [each.id for each in QUESTIONS.values() if each.topic is Topic.SIMPLE] == ["S4"]
    assert [each.id for each in QUESTIONS.values() if each.topic is Topic.TIMELY] == ["T2", "T3"]


@pytest.mark.parametrize(
    ("question", "changed", "expected"),
    [
        ("S1", {"name": " "}, FAIL),
        ("S1", {"definition": "", "name": "Happy guests", "catalogue_key": None}, WARN),
        ("S1", {"definition": "", "name": "Tables seated"}, WARN),
        ("S1", {"definition": ""}, PASS),  # the catalogue knows it by its name
        ("S1", {"definition": "Paid orders of the shop", "name": "Tables seated"}, WARN),
        ("S1", {"definition": "Paid orders of the whole shop", "name": "Tables seated"}, PASS),
        ("S1", {"definition": "Paid orders of the whole shop"}, PASS),
        ("S1", {"definition": "Better paid orders of the shop here"}, WARN),
        ("S2", {"scope": ""}, WARN),
        ("S3", {"name": "Launch the new site"}, FAIL),
        ("S3", {"name": "Launch 4 products a year"}, PASS),
        ("S3", {"name": "Sales calls made"}, WARN),
        ("S3", {"name": "Open rate"}, PASS),
        ("S4", {"name": "Revenue to 500 and orders to 60"}, WARN),
        ("S4", {"name": "Customer health score"}, WARN),
        ("S4", {"values": Formula(FormulaKind.SUM, (TOTAL,) * 4)}, PASS),
        ("S4", {"values": Formula(FormulaKind.SUM, (TOTAL,) * 5)}, WARN),
        ("M1", {"name": "20% of guests come back"}, FAIL),
        ("M1", {"name": "Revenue of SEK 500 a day"}, PASS),
        ("M1", {"values": Measure("Orders", Aggregate.COUNT, None, "Day")}, FAIL),
        ("M1", {"values": Measure("Orders", Aggregate.MEDIAN, Elapsed("Made", "Sent"), "Made")}, FAIL),
        ("M2", {"values": Typed(Aggregate.AVERAGE), "unit": Unit(UnitKind.PERCENT)}, WARN),
        ("M2", {"values": Typed(Aggregate.AVERAGE)}, WARN),
        ("M2", {"values": Typed(Aggregate.LAST), "catalogue_key": "revenue"}, WARN),
        ("M2", {"values": Typed(Aggregate.SUM), "catalogue_key": "revenue"}, PASS),
        ("M2", {"values": Formula(FormulaKind.RATIO, (TOTAL,))}, FAIL),
        ("M2", {"values": Formula(FormulaKind.RATIO, (TOTAL, TOTAL))}, PASS),
        ("A4", {"change": ""}, WARN),
        ("A4", {"change": "Better service"}, WARN),
        ("R1", {"goal": ""}, FAIL),
        ("A4", {"change": "Call"}, PASS),
        ("R2", {"when_red": "We will see"}, WARN),
        ("R2", {"when_red": "We will call them"}, PASS),
        ("R2", {"when_red": ""}, WARN),
        ("R2", {"when_red": "Wait", "name": "Page views"}, WARN),
        ("R2", {"when_red": "", "name": "Page views"}, FAIL),
        ("R3", {"control": None}, WARN),
        ("R3", {"control": Control.MOSTLY_US}, PASS),
        ("R3", {"control": Control.MOSTLY_OTHERS}, WARN),
        ("R4", {"name": "Total followers"}, FAIL),
        ("R4", {"name": "Total revenue", "catalogue_key": "revenue"}, PASS),
        ("R4", {"name": "Footfall", "catalogue_key": "footfall"}, WARN),
        ("T4", {"review_date": None}, WARN),
        ("T4", {"review_date": TODAY}, PASS),
        ("T4", {"review_date": date(2026, 11, 20)}, WARN),
        ("T4", {"review_date": date(2027, 2, 21)}, PASS),
        ("T4", {"review_date": date(2027, 2, 22)}, WARN),
        ("O1", {"owner": ""}, FAIL),
        ("O1", {"owner": "the whole team"}, WARN),
        ("O1", {"owner": "Marketing"}, WARN),
        ("O1", {"owner": "marketing lead"}, PASS),
        ("O1", {"owner": "TBD"}, WARN),
        ("O1", {"owner": "shop manager and web lead"}, WARN),
        *(("O1", {"owner": owner}, FAIL) for owner in ("-", "123", "?", "  ")),
        *(("O1", {"owner": owner}, WARN) for owner in ("TBC", "unknown", "n/a", "to be decided")),
        *(("O1", {"owner": owner}, WARN) for owner in ("all managers", "Sales team", "kitchen", "Kim & Bo")),
        *(("O1", {"owner": owner}, PASS) for owner in ("Team lead", "Company secretary", "Kim (staff nurse)")),
        *(("O1", {"owner": owner}, PASS) for owner in ("Sales and marketing manager", "Head of sales", "Kim, shop")),
        *(("A4", {"change": text}, WARN) for text in ("Marketing", "Prices", "ok", "Prices up", "Customer care")),
        *(("A4", {"change": text}, PASS) for text in ("Phone every late payer", "Bake less on Mondays", "Hire a cook")),
        *(("R2", {"when_red": text}, WARN) for text in ("x x x x", "asdf asdf asdf asdf", "1 2 3 4 5", "- - - -")),
        *(("R2", {"when_red": text}, PASS) for text in ("I ask a friend", "Cut the second advert")),
        ("G1", {"counter_measure": ""}, WARN),
        ("G2", {"pay_tied": None}, WARN),
        ("G2", {"pay_tied": True}, PASS),
        ("G2", {"pay_tied": True, "counter_measure": "Nothing tracked"}, WARN),
    ],
)
def test_one_change_decides_its_question(question: str, changed: dict[str, object], expected: Verdict) -> None:
    assert verdict(replace(GOOD, **changed), question) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "facts", "expected"),
    [
        ("M1", {"source_currencies": ("EUR",)}, FAIL),
        ("M1", {"source_currencies": ("EUR", "SEK")}, FAIL),
        ("M1", {"source_currencies": ()}, WARN),
        ("M3", {"source_rows": None}, FAIL),
        ("M3", {"source_rows": 0}, WARN),
        ("A1", {"readings": readings((40, 41))}, WARN),
        ("A1", {"readings": readings((40, 41, 42))}, PASS),
        ("A2", {"target": None}, WARN),
        ("A2", {"readings": readings((500_000,))}, WARN),
        ("A2", {"readings": readings((499_999,))}, PASS),
        ("R1", {"beside": (GOOD, GOOD, GOOD)}, WARN),
        ("R1", {"beside": (GOOD, GOOD)}, PASS),
    ],
)
def test_one_fact_decides_its_question(question: str, facts: dict[str, object], expected: Verdict) -> None:
    assert verdict(GOOD, question, replace(FACTS, **facts)) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "question", "expected"),
    [
        (path(42, 55, date(2027, 3, 31)), "A2", PASS),
        (path(55, 42, date(2027, 3, 31)), "A2", FAIL),
        (path(42, 55, date(2026, 11, 20)), "T1", FAIL),
        (path(42, 42, date(2027, 3, 31)), "A2", WARN),
        (path(42, 55, TODAY), "T1", FAIL),
        (path(42, 55, date(2026, 11, 22)), "T1", PASS),
        (path(42, 55, date(2028, 11, 21)), "T1", PASS),
        (path(42, 55, date(2028, 11, 22)), "T1", WARN),
        (path(42, 55, date(2027, 2, 1)), "T2", PASS),
        (path(42, 55, date(2027, 1, 31)), "T2", WARN),
        (path(42, 55, date(2026, 12, 1)), "T2", WARN),
        (path(42, 55, date(2026, 11, 30)), "T2", FAIL),
    ],
)
def test_a_path_is_asked_for_its_side_its_date_and_its_readings(
    target: Target, question: str, expected: Verdict
) -> None:
    assert verdict(GOOD, question, replace(FACTS, target=target, readings=readings((40, 41)))) is expected


def test_a_share_outside_its_bounds_fails() -> None:
    share = replace(GOOD, values=Formula(FormulaKind.SHARE, (TOTAL, TOTAL)))
    outside = Target(TargetKind.RANGE, TODAY, high=Bound(Fraction(101), Comparison.AT_MOST))
    inside = Target(TargetKind.RANGE, TODAY, high=Bound(Fraction(100), Comparison.AT_MOST))
    assert verdict(share, "A2", replace(FACTS, target=outside)) is FAIL
    assert verdict(share, "A2", replace(FACTS, target=inside)) is PASS


def test_a_vanity_number_warns_beside_a_result() -> None:
    beside = replace(FACTS, beside=(replace(GOOD, name="Orders"),))
    assert verdict(replace(GOOD, name="Page views", lead_lag=LeadLag.LEADING), "R4", beside) is WARN


def test_a_health_metric_is_asked_only_what_it_counts() -> None:
    assert [each.id for each in check_kpi(COUNTER, FACTS)] == ["S1", "M1", "M2", "M3", "M4"]


def test_fails_keep_a_draft_and_warnings_become_notes() -> None:
    findings = check_kpi(replace(GOOD, owner="", scope=""), FACTS)
    assert [each.id for each in fails(findings)] == ["O1"]
    assert [each.id for each in warnings(findings)] == ["S2"]


def test_vague_words_are_found_in_their_order_and_not_inside_others() -> None:
    assert vague_words("Strengthen our world-class leadership soon") == ("strengthen", "world-class", "soon")
    assert vague_words("moreover") == ()


@pytest.mark.parametrize(
    "text",
    [
        "efficiency",
        "inefficient",
        "reliability",
        "optimising",
        "optimization",
        "sustainability",
        "medium-term",
        "mid term",
        "improvements",
        "effectiveness",
        "friendliness",
        "happier",
        "excellence",
        "faster",
    ],
)
def test_every_form_of_a_vague_word_is_marked(text: str) -> None:
    assert vague_words(f"The {text} of all our shops") == (text,)


def test_a_vague_name_is_asked_how_it_would_be_seen() -> None:
    found = finding(replace(GOOD, name="Marketing efficiency", definition=""), "S1")
    assert (found.verdict, found.marked) == (WARN, ("efficiency",))


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, WARN), (1, WARN), (2, WARN), (3, PASS), (5, PASS), (6, WARN), (7, WARN), (8, FAIL)],
)
def test_the_board_counts_its_headline_kpis(count: int, expected: Verdict) -> None:
    active = replace(GOOD, state=State.ACTIVE)
    findings = check_board((active,) * count)
    assert findings[0].verdict is expected
    assert fails(findings) == ()


def test_the_board_asks_for_early_signs_and_for_more_than_money() -> None:
    late = replace(GOOD, state=State.ACTIVE)
    early = replace(late, lead_lag=LeadLag.LEADING, perspective=Perspective.CUSTOMER)
    assert [each.verdict for each in check_board((late, late, late))] == [PASS, WARN, WARN]
    assert [each.verdict for each in check_board((late, late, early))] == [PASS, PASS, PASS]
    assert check_board((replace(early, state=State.DRAFT), late, late, late))[1].verdict is WARN


@pytest.mark.parametrize(
    ("sign", "own", "expected"),
    [("$", "USD", PASS), ("$", "CAD", PASS), ("$", "SEK", FAIL), ("kr", "SEK", PASS), ("kr", "EUR", FAIL)],
)
def test_a_sign_that_currencies_share_is_held_against_the_kpi(sign: str, own: str, expected: Verdict) -> None:
    kpi = replace(GOOD, unit=Unit(UnitKind.CURRENCY, own))
    assert verdict(kpi, "M1", replace(FACTS, source_currencies=(sign,))) is expected
