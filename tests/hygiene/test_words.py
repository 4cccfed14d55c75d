"""The check-up in sentences, in the order of weight."""

from __future__ import annotations

from dataclasses import replace

from kpi_core.checklist import Verdict
from kpi_core.hygiene import Matter, Rule, Untidy, by_matter, check_up, looked_at, on_the_board, summary
from tests.hygiene.made import EARNED, RISING, TIDY, looked, with_one

NOBODY = Untidy(Rule.NO_OWNER, Verdict.FAIL, "Nobody owns it.", kpis=(1,), names=("Revenue",))
AGAIN = Untidy(Rule.LOOK_AGAIN, Verdict.WARN, "No day is set.", kpis=(1,), names=("Revenue",))
MANY = Untidy(Rule.TOO_MANY, Verdict.FAIL, "8 KPIs.")
RED = Untidy(Rule.ALWAYS_RED, Verdict.FAIL, "Off target 12 months running.", kpis=(2,), names=("Margin",))


def test_the_summary_counts_by_weight() -> None:
    assert summary((NOBODY, AGAIN, MANY), 1) == "3 things to tidy up: 2 to put right, 1 to think again; 1 put aside."
    assert summary((AGAIN,)) == "1 thing to tidy up: 1 to think again."
    assert summary((NOBODY,)) == "1 thing to tidy up: 1 to put right."


def test_what_was_looked_at_is_counted() -> None:
    assert looked_at(TIDY) == "Looked at: 3 KPIs on the board and 1 health metric beside them, by 16 rules."


def test_the_board_hears_of_what_is_weighty_and_what_it_does_not_say_itself() -> None:
    assert on_the_board((AGAIN, RED)) == ""
    assert on_the_board((NOBODY, AGAIN, RED)) == "Revenue: Nobody owns it."
    assert on_the_board((MANY, NOBODY)) == "The board: 8 KPIs. And 1 more to put right."


def test_the_matter_with_something_weighty_comes_first() -> None:
    assert [(matter, len(some)) for matter, some in by_matter((NOBODY, RED, AGAIN))] == [
        (Matter.TARGETS, 1),
        (Matter.PEOPLE, 1),
        (Matter.LOOKING, 1),
    ]


def test_one_weighty_finding_is_enough_to_come_first() -> None:
    group = replace(NOBODY, severity=Verdict.WARN, names=("Margin",), kpis=(2,))
    kind = Untidy(Rule.ONE_KIND, Verdict.WARN, "Only late signs are there.")
    assert [matter for matter, _ in by_matter((NOBODY, kind, group))] == [Matter.PEOPLE, Matter.BOARD]


def test_findings_come_with_the_weighty_first_and_are_known_by_rule_and_kpi() -> None:
    some = check_up(with_one(looked(replace(EARNED, owner="", review_date=None, goal=""), RISING)))
    weights = [each.severity for each in some]
    assert weights == sorted(weights, key=[Verdict.FAIL, Verdict.WARN].index)
    assert len({each.id for each in some}) == len(some)
    assert "O1:3" in {each.id for each in some}
