"""A goal in the owner's words fills the form, field by field, and what it leaves open stays open."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_core.business import Business
from kpi_core.errors import RefusedDefinition
from kpi_core.goal_sentence import GoalAsk, read_goal
from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.service.from_sentence import FromSentence, from_sentence
from kpi_core.target import Comparison, TargetKind, validate
from kpi_core.unit import Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = date(2026, 11, 21)
BUSINESS = Business(locale="sv_SE")
STYLE = BUSINESS.style
BLANK = Kpi("", Unit(UnitKind.CURRENCY, "SEK"), Direction.UP, Cadence.MONTH, Typed())
DAY = 86400


def read(text: str, answers: Mapping[str, str] | None = None) -> FromSentence:
    return from_sentence(text, TODAY, BLANK, BUSINESS, answers)


def test_the_seed_sentence_fills_a_path_and_says_from_which_words() -> None:
    found = read("Increase NPS from 42 to 55 by end of year")
    assert (found.kpi.name, found.kpi.catalogue_key) == ("Net Promoter Score", "nps")
    assert found.target is not None
    assert (found.target.kind, found.target.baseline, found.target.value) == (
        TargetKind.PATH,
        Fraction(42),
        Fraction(55),
    )
    assert (found.target.path_start, found.target.deadline) == (TODAY, date(2026, 12, 31))
    assert found.read == {
        "name": "NPS",
        "direction": "42 \u2026 55",
        "target_value": "55",
        "target_from": "42",
        "target_deadline": "by end of year",
    }
    assert found.questions == ()


def test_debtor_days_go_down_and_are_kept_as_time() -> None:
    found = read("debtor days 52 -> 38 by march")
    assert (found.kpi.catalogue_key, found.kpi.direction, found.kpi.unit.kind) == ("dso", Direction.DOWN, "duration")
    assert found.target is not None
    assert (found.target.baseline, found.target.value) == (Fraction(52 * DAY), Fraction(38 * DAY))
    assert found.target.comparison is Comparison.AT_MOST


def test_a_strict_limit_stays_strict() -> None:
    found = read("food waste below 4 % every week")
    assert found.target is not None
    assert (found.target.kind, found.target.value, found.target.comparison) == (
        TargetKind.CONSTANT,
        Fraction(4),
        Comparison.BELOW,
    )
    assert (found.kpi.cadence, found.read["cadence"]) == (Cadence.WEEK, "every week")


def test_a_range_has_two_ends() -> None:
    found = read("utilisation between 70 and 80 %")
    assert found.target is not None
    assert found.target.low is not None
    assert found.target.high is not None
    assert (found.target.low.value, found.target.high.value) == (Fraction(70), Fraction(80))


def test_one_number_for_what_is_best_between_two_asks_which_two() -> None:
    found = read("keep utilisation at 75 %")
    assert found.target is None
    assert found.waits.endswith("Which two?")


def test_by_twenty_percent_of_a_percentage_is_asked_before_it_is_a_number() -> None:
    text = "increase conversion rate by 20 %"
    asked = read(text)
    assert [each.ask for each in asked.questions] == [GoalAsk.PERCENT_OR_POINTS]
    assert asked.shown is None
    of_it, points = asked.questions[0].choices
    assert read(text, {"percent-or-points": of_it}).waits.startswith("Up by 20")
    for answer, value in ((of_it, Fraction(18, 5)), (points, Fraction(23))):
        found = read(text, {"percent-or-points": answer, "now": "3"})
        assert found.target is not None
        assert found.target.value == value
        assert found.questions == ()


def test_a_change_waits_for_the_present_value_and_then_is_a_path() -> None:
    waiting = read("+700 followers by june")
    assert (waiting.target, waiting.wants_now) == (None, True)
    assert waiting.waits == "Up by 700 from what it is now: say where it is now, and that becomes a number."
    found = read("+700 followers by june", {"now": "1 300"})
    assert found.target is not None
    assert (found.target.baseline, found.target.value, found.target.deadline) == (
        Fraction(1300),
        Fraction(2000),
        date(2027, 6, 30),
    )


def test_a_goal_with_a_day_but_no_start_asks_where_it_is_now() -> None:
    found = read("covers up to 1100 by june")
    assert (found.target, found.wants_now) == (None, True)
    assert found.shown is not None
    assert (found.shown.baseline, found.shown.value) == (None, Fraction(1100))
    assert "target_from" not in found.read


def test_a_day_that_no_calendar_knows_is_not_made_up() -> None:
    found = read("NPS 50 before the new shop opens")
    assert found.shown is not None
    assert found.shown.deadline is None
    day = read("NPS 50 by 3/4/2027")
    assert [each.ask for each in day.questions] == [GoalAsk.WHICH_DAY]
    settled = read("NPS 50 by 3/4/2027", {"which-day": day.questions[0].choices[1]})
    assert settled.shown is not None
    assert settled.shown.deadline == date(2027, 3, 4)


def test_a_time_without_its_unit_is_asked() -> None:
    found = read("first reply time under 4")
    assert (found.target, found.kpi.unit.kind) == (None, UnitKind.DURATION)
    assert "hours, days or weeks" in found.waits


@pytest.mark.parametrize("text", ["launch a new website by march", "Open a second shop"])
def test_a_task_becomes_what_will_be_done_and_no_number(text: str) -> None:
    found = read(text)
    assert not found.names_a_kpi
    assert (found.kpi.change, found.read, found.target) == (text, {"change": text}, None)
    assert [each.ask for each in found.questions] == [GoalAsk.PURPOSE]


def test_a_wish_is_asked_for_its_sign_and_gets_suggestions() -> None:
    found = read("happier customers")
    assert not found.names_a_kpi
    assert [each.text for each in found.questions] == ["How would you see that customers are happier?"]
    assert [entry.key for entry in found.suggested] == ["csat"]
    picked = read("happier customers", {"kpi": "csat"})
    assert (picked.kpi.name, picked.questions, picked.suggested) == ("Customer satisfaction", (), ())


def test_two_goals_in_one_offer_the_second() -> None:
    found = read("food waste below 4 % and overtime under 5 %")
    assert (found.kpi.catalogue_key, found.goal.others) == ("food_waste", ("overtime under 5 %",))
    assert [each.ask for each in found.questions] == [GoalAsk.SPLIT]


def test_kronor_are_the_business_s_own_and_an_unreadable_present_value_is_refused() -> None:
    found = read("raise average spend from 28 to 32 kr by june across both shops")
    assert (found.kpi.unit, found.kpi.scope, found.read["scope"]) == (BLANK.unit, "both shops", "both shops")
    assert found.read["unit"] == "32 kr"
    with pytest.raises(RefusedDefinition):
        read("+700 followers by june", {"now": "many"})


@given(st.text(max_size=60) | st.sampled_from(["nps", "by 20 %", "from 3 to 4", "-> 38 days", "top 3"]))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_read_and_a_whole_target_is_a_valid_one(text: str) -> None:
    found = read(text)
    if found.target is not None:
        validate_or_zero(found)
    goal = read_goal(text, TODAY)
    assert ("target_from" in found.read) <= (goal.baseline is not None)
    assert ("target_deadline" in found.read) <= (goal.deadline is not None)


def validate_or_zero(found: FromSentence) -> None:
    """A target of 0 needs another tolerance than the usual one; the form says so."""
    assert found.target is not None
    try:
        validate(found.target, found.kpi.direction, found.kpi.unit, STYLE)
    except RefusedDefinition as error:
        assert "0" in error.sentence or "path" in error.sentence  # noqa: PT017 -- what is refused is the point
