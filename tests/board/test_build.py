"""The whole board: the seed figures exactly, each standing of a card in words, and what needs attention first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import Actual, CoverageState
from kpi_core.board import Board, BoardRow, GroupBy, KpiHistory, NextStep, SoFar, board_row, build_board
from kpi_core.kpi import Acceptance, Aggregate, Direction, Kpi, State, Tier, Typed
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.projection import Ahead, ProjectionGrade, Spread
from kpi_core.status import Status
from kpi_core.target import Comparison, Target, TargetHistory, TargetKind
from kpi_core.unit import NumberStyle, parse_unit

CALENDAR = Calendar()
ENGLISH, SWEDISH = NumberStyle("en_US"), NumberStyle("sv_SE")
TODAY = date(2026, 11, 21)


def month(number: int, year: int = 2026) -> Period:
    return CALENDAR.period(Cadence.MONTH, date(year, number, 1))


def kpi(name: str, unit: str = "count", direction: Direction = Direction.UP, goal: str = "Bring in more money") -> Kpi:
    made_of = Typed(Aggregate.LAST)
    return Kpi(name, parse_unit(unit), direction, Cadence.MONTH, made_of, id=7, goal=goal, state=State.ACTIVE)


def constant(value: str, comparison: Comparison, starts: date = date(2020, 1, 1)) -> Target:
    return Target(TargetKind.CONSTANT, starts, Fraction(value), comparison)


def history(watched: Kpi, bound: str | None, *values: str | None, newest: int = 10) -> KpiHistory:
    """Give a KPI its values, the newest first, and a target such as "<60"; None leaves a hole."""
    targets = TargetHistory()
    if bound is not None:
        sign = "".join(letter for letter in bound if letter in "<>=")
        targets = TargetHistory((constant(bound.removeprefix(sign), Comparison(sign)),))
    actuals: dict[date, Actual] = {}
    period = month(newest)
    for value in values:
        if value is not None:
            actuals[period.start] = Actual(period, Fraction(value), CoverageState.FULL)
        period = CALENDAR.previous(period)
    return KpiHistory(watched, targets, actuals)


def card(made_of: KpiHistory, today: date = TODAY, style: NumberStyle = ENGLISH) -> BoardRow:
    return board_row(made_of, calendar=CALENDAR, style=style, today=today)


def board(histories: Sequence[KpiHistory], style: NumberStyle = ENGLISH, by: GroupBy = GroupBy.GOAL) -> Board:
    return build_board(histories, calendar=CALENDAR, style=style, as_of=TODAY, by=by)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


HALF_THE_WAY = Ahead(24, ProjectionGrade.NORMAL, coming=Spread(60, 10, 3))
"""The running month will come to 60 or so."""

SEED = (
    history(kpi("Monthly Revenue", "currency:SEK"), ">=500000", "480000"),
    history(kpi("Conversion Rate", "percent"), ">=3", "3.2"),
    history(kpi("Avg Order Value", "currency:SEK"), ">=800", "750"),
    history(kpi("Cart Abandonment", "percent", Direction.DOWN), "<60", "58"),
)


def test_the_seed_board_comes_out_exactly() -> None:
    made = board(SEED, SWEDISH)
    shown = [
        tuple(map(plain, (row.target_text, row.actual_text, row.gap_text, row.judgement.word))) for row in made.rows
    ]
    assert shown == [
        ("Target 500 000 kr", "480 000 kr", "20 000 kr short (4 %)", "Close"),
        ("Target 3 % or more", "3,2 %", "", "On target"),
        ("Target 800 kr", "750 kr", "50 kr short (6,3 %)", "Close"),
        ("Target under 60 %", "58 %", "", "On target"),
    ]
    assert [row.judgement.status.value for row in made.rows] == ["amber", "green", "amber", "green"]
    assert plain(made.rows[2].judgement.sentence) == "750 kr is 6,3 % under 800 kr; amber down to 720 kr."
    assert made.heading == "as of 21 November 2026 · last complete month: October"
    assert made.rollup.sentence == "4 KPIs, all reported"
    assert [(group.name, group.rollup.sentence) for group in made.groups] == [
        ("Bring in more money", "2 on target, 2 close · weakest: Avg Order Value")
    ]
    assert made.attention == ()


def test_exactly_sixty_is_not_under_sixty() -> None:
    row = card(history(kpi("Cart Abandonment", "percent", Direction.DOWN), "<60", "60"))
    assert row.judgement.status is Status.AMBER


def test_in_the_grace_the_period_before_keeps_its_colour() -> None:
    row = card(history(kpi("Orders"), ">=100", "120", newest=9), date(2026, 11, 3))
    assert (row.judgement.status, row.period_text, row.due_text) == (
        Status.GREEN,
        "September",
        "October due by 7 November",
    )
    assert (row.reported, row.counts, row.greyed) == (False, True, False)


def test_an_overdue_card_greys_its_old_value() -> None:
    row = card(history(kpi("Orders"), ">=100", "120", newest=9))
    assert (row.judgement.word, row.actual_text, row.period_text) == ("Overdue 14 days", "120", "September")
    assert (row.greyed, row.gap_text, row.due_text) == (True, "", "October was due by 7 November")
    assert row.judgement.sentence == "October has no value: it was due by 7 November, 14 days ago."


def test_a_late_periods_own_target_is_named_beside_an_older_value() -> None:
    late = history(kpi("Visits"), None, None, "120", "110")
    raised = TargetHistory(
        (constant("100", Comparison.AT_LEAST), constant("130", Comparison.AT_LEAST, month(10).start))
    )
    assert card(replace(late, targets=raised)).target_text == "Target 130 in October"
    assert card(history(kpi("Visits"), ">=100", None, "120")).target_text == "Target 100"


def test_partly_covered_says_until_when() -> None:
    made = history(kpi("Orders"), ">=100", None, "120")
    until = Actual(month(10), None, CoverageState.PARTLY, data_until=date(2026, 10, 28))
    made = replace(made, actuals={**made.actuals, month(10).start: until})
    row = card(made)
    assert (row.judgement.status, row.judgement.word) == (Status.PARTLY_COVERED, "Data until 28 October")
    assert (row.actual_text, row.period_text, row.greyed) == ("120", "September", True)
    assert board([made]).attention[0].sentence == "has October data until 28 October only."


def test_a_value_that_cannot_be_made_says_why() -> None:
    made = history(kpi("Conversion", "percent"), ">=3")
    why = Actual(month(10), None, CoverageState.FULL, reason="no visits to divide by")
    made = replace(made, actuals={month(10).start: why})
    row = card(made)
    assert (row.judgement.status, row.reported) == (Status.NO_DATA, False)
    assert row.judgement.sentence == "October has no value: no visits to divide by."
    line = board([made]).attention[0]
    assert (line.sentence, line.step) == ("has no October value: no visits to divide by.", NextStep.LOOK)


def test_a_carried_value_has_no_colour() -> None:
    made = history(replace(kpi("Stock"), carry_forward=True), ">=100", "120", newest=9)
    row = card(made)
    assert (row.judgement.status, row.judgement.word) == (Status.NO_DATA, "Carried from September")
    assert row.judgement.sentence == "October has no value: 120 is carried forward from September."
    assert (row.carried_from, row.period, row.reported) == (month(9), month(10), False)
    assert board([made]).attention == ()


def test_an_accepted_miss_is_grey_and_left_in_peace() -> None:
    accepted = replace(kpi("Orders"), accepted=Acceptance(TODAY, "road works"))
    row = card(history(accepted, ">=100", "50"))
    assert (row.judgement.status, row.judgement.word) == (Status.ACCEPTED, "Accepted until 21 November")
    assert (row.counts, row.reported) == (True, True)
    late = card(history(accepted, ">=100", "50", newest=9))
    assert late.judgement.status is Status.ACCEPTED
    after = board_row(history(accepted, ">=100", "50"), calendar=CALENDAR, style=ENGLISH, today=date(2026, 11, 22))
    assert after.judgement.status is Status.RED
    assert board([history(accepted, ">=100", "50")]).attention == ()


def test_without_a_target_nothing_is_judged_or_counted() -> None:
    row = card(history(kpi("Orders"), None, "50"))
    assert (row.judgement.status, row.counts, row.actual_text, row.target_text) == (Status.NO_TARGET, False, "50", "")
    accepted = replace(kpi("Orders"), accepted=Acceptance(TODAY, "new"))
    assert not card(history(accepted, None, "50")).counts


def test_a_period_that_does_not_apply_counts_nowhere() -> None:
    row = card(history(replace(kpi("Orders"), not_applicable=frozenset({month(10).start})), ">=1", "5"))
    assert (row.judgement.word, row.counts, row.reported) == ("Not applicable", False, False)


def test_a_new_kpi_waits_for_its_first_period() -> None:
    made = replace(history(kpi("Orders"), ">=1"), since=TODAY)
    row = card(made)
    assert (row.judgement.status, row.actual_text, row.due_text) == (
        Status.NO_DATA,
        "",
        "November due by 7 December",
    )
    assert row.trend_text == "No values to draw yet."
    assert board([made]).attention[0].sentence == "has no values yet."


def test_the_past_keeps_its_targets_in_the_trend() -> None:
    raised = TargetHistory(
        (constant("100", Comparison.AT_LEAST), constant("200", Comparison.AT_LEAST, date(2026, 10, 1)))
    )
    made = replace(history(kpi("Orders"), None, "150", "150", None, "90"), targets=raised)
    row = card(made)
    assert len(row.trend) == 24
    assert [(point.value, point.target_low) for point in row.trend[-4:]] == [
        (90.0, 100.0),
        (None, 100.0),
        (150.0, 100.0),
        (150.0, 200.0),
    ]
    assert row.trend[-1].period == month(10)
    assert row.trend_text == "July to October: lowest 90 (July), highest 150 (October), newest 150."
    assert row.off_for == 1, "September met the target of its time"


def test_a_typed_value_and_how_it_was_made_are_marked() -> None:
    made = history(kpi("Orders"), ">=1")
    typed = Actual(month(10), Fraction(5), CoverageState.FULL, typed=True, label="average of weeks")
    row = card(replace(made, actuals={month(10).start: typed}))
    assert (row.typed, row.notes, row.trend[-1].typed) == (True, ("Average of weeks",), True)


def test_an_overdue_formula_says_what_it_lacks() -> None:
    made = history(kpi("Conversion"), ">=1", None, "4")
    lacks = Actual(month(10), None, CoverageState.NONE, reason="nothing of visits in this period")
    row = card(replace(made, actuals={**made.actuals, month(10).start: lacks}))
    assert row.notes == ("Nothing of visits in this period",)


def test_health_metrics_stand_apart_without_colour() -> None:
    made = board([history(replace(kpi("Page views"), tier=Tier.HEALTH_METRIC), ">=1000", "5")])
    assert [len(part) for part in (made.rows, made.attention, made.groups)] == [0, 0, 0]
    row = made.health[0]
    assert (row.target, row.target_text, row.judgement.word, row.counts) == (None, "", "", False)
    assert (row.actual_text, row.trend[-1].target_low) == ("5", None)


def test_drafts_are_listed_and_retired_kpis_are_gone() -> None:
    draft, retired = replace(kpi("Draft"), state=State.DRAFT), replace(kpi("Old"), state=State.RETIRED)
    made = board([history(draft, None), history(retired, ">=1", "5")])
    assert made.drafts == (draft,)
    assert (made.rows, made.health, made.heading) == ((), (), "as of 21 November 2026")
    assert [(line.name, line.sentence, line.step) for line in made.attention] == [
        ("Draft", "is a draft: finish it to put it on the board.", NextStep.FINISH)
    ]


AT_RISK = "is at risk of missing its target of 100 in November"


def test_attention_goes_from_the_worst_to_the_drafts() -> None:
    so_far = SoFar(month(11), date(2026, 11, 16), Fraction(30), adds_up=True)
    risky = replace(history(kpi("Leads"), ">=100", "120"), so_far=so_far, ahead=HALF_THE_WAY)
    made = board(
        [
            history(replace(kpi("Plan"), state=State.DRAFT), None),
            risky,
            history(kpi("Late"), ">=100", "120", newest=9),
            history(kpi("Later"), ">=100", "120", newest=8),
            history(kpi("Missed"), ">=100", "80"),
            history(kpi("Badly missed"), ">=100", "40", "40", "120"),
            history(kpi("Fine"), ">=100", "120"),
            history(kpi("Close"), ">=100", "95"),
        ]
    )
    assert [(line.name, line.sentence, line.step.value) for line in made.attention] == [
        ("Badly missed", "is off target for the second month in a row: 60 short (60%).", "look"),
        ("Missed", "is off target: 20 short (20%).", "look"),
        ("Later", "has no September value: 45 days overdue.", "add data"),
        ("Late", "has no October value: 14 days overdue.", "add data"),
        (
            "Leads",
            f"{AT_RISK}: so far 30 up to 15 November, 50 expected by then, 7 a day needed if nothing came since.",
            "look",
        ),
        ("Plan", "is a draft: finish it to put it on the board.", "finish"),
    ]
    assert made.greys == {Status.OVERDUE: 2}
    assert made.rollup.sentence == "7 KPIs, 5 of 7 reported"


def test_what_is_overdue_is_listed_without_a_target_too() -> None:
    late = history(kpi("Visits"), None, "120", newest=9)
    shown = [(line.name, line.sentence, line.step) for line in board([late]).attention]
    assert shown == [("Visits", "has no October value: 14 days overdue.", NextStep.ADD_DATA)]
    assert board([history(replace(kpi("Visits"), tier=Tier.HEALTH_METRIC), None, "120", newest=9)]).attention == ()
    assert board([history(kpi("Visits"), None, "120")]).attention == ()


def test_too_early_is_no_risk_yet() -> None:
    so_far = SoFar(month(11), date(2026, 11, 3), Fraction(1), adds_up=True)
    early = replace(history(kpi("Leads"), ">=100", "120"), so_far=so_far, ahead=HALF_THE_WAY)
    assert board([early]).attention == ()


@pytest.mark.parametrize(("count", "words"), [(23, "the 23rd month in a row"), (24, "24 months or more")])
def test_a_long_time_off_target(count: int, words: str) -> None:
    line = board([history(kpi("Orders"), ">=100", *["50"] * count)]).attention[0]
    assert words in line.sentence


def test_as_of_a_past_day_shows_what_was_complete_then() -> None:
    made = history(kpi("Orders"), ">=100", "50", "120")
    then = card(made, date(2026, 10, 15))
    assert (then.period_text, then.judgement.status, then.trend[-1].period) == ("September", Status.GREEN, month(9))
    later = card(made, date(2027, 1, 3))
    assert later.judgement.word == "Overdue 27 days"
    assert later.period_text == "October 2026"
