"""What a sentence leaves open stays out of the form until it is answered."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kpi_core.business import Business
from kpi_core.goal_sentence import GoalAsk
from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.service.from_sentence import WHICH_UNIT, FromSentence, from_sentence
from kpi_core.service.ready import blank_kpi
from kpi_core.target import TargetKind
from kpi_core.unit import Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Mapping

BLANK = Kpi("", Unit(UnitKind.CURRENCY, "SEK"), Direction.UP, Cadence.MONTH, Typed())


def read(text: str, answers: Mapping[str, str] | None = None) -> FromSentence:
    return from_sentence(text, date(2026, 11, 21), BLANK, Business(locale="sv_SE"), answers)


def test_a_change_from_a_number_leads_to_the_number_it_makes() -> None:
    found = read("increase revenue 20% by june 2027 from 80k")
    assert found.target is not None
    assert (found.target.baseline, found.target.value) == (Fraction(80_000), Fraction(96_000))
    assert (found.kpi.direction, found.kpi.unit.kind, found.waits) == (Direction.UP, UnitKind.CURRENCY, "")


@pytest.mark.parametrize("text", ["NPS 42 55", "Increase revenue 10-15%", "Revenue should fall no more than 5%"])
def test_open_numbers_fill_no_target(text: str) -> None:
    found = read(text)
    assert (found.target, found.shown) == (None, None)
    assert GoalAsk.NUMBERS in {each.ask for each in found.questions}


def test_an_answer_makes_the_target() -> None:
    found = read("NPS 42 55 by june", {"which-numbers": "from 42 to 55"})
    assert found.target is not None
    assert (found.target.kind, found.target.baseline, found.target.value) == (
        TargetKind.PATH,
        Fraction(42),
        Fraction(55),
    )
    assert found.questions == ()
    assert read("NPS 42 55", {"which-numbers": "from 4 to 5"}).shown is None


def test_a_change_chosen_of_a_percentage_is_asked_on_and_answered() -> None:
    chosen = {"which-numbers": "by 8%"}
    asked = read("Raise conversion by 5 to 8%", chosen)
    (question,) = asked.questions
    assert (question.ask, asked.shown) == (GoalAsk.PERCENT_OR_POINTS, None)
    found = read("Raise conversion by 5 to 8%", {**chosen, "percent-or-points": question.choices[1], "now": "3"})
    assert found.target is not None
    assert found.target.value == 11


def test_a_clock_is_answered_in_its_unit() -> None:
    found = read("response time under 1:30", {"which-numbers": "1 min 30 s"})
    assert found.target is not None
    assert (found.kpi.unit.kind, found.target.value) == (UnitKind.DURATION, Fraction(90))


def test_a_day_that_is_over_makes_no_path_until_one_is_picked() -> None:
    asked = read("churn from 5 to 3 by 2025")
    assert asked.shown is not None
    assert asked.shown.deadline is None
    assert "target_deadline" not in asked.read
    (question,) = asked.questions
    found = read("churn from 5 to 3 by 2025", {"past-day": question.choices[0]})
    assert found.target is not None
    assert (found.target.deadline, found.questions) == (date(2026, 12, 31), ())


def test_a_number_of_nothing_is_no_money() -> None:
    found = read("50")
    assert (found.target, found.shown, found.read.get("target_value")) == (None, None, None)
    assert [each.ask for each in found.questions] == [GoalAsk.OF_WHAT]


def test_a_bare_number_is_a_plain_one_and_its_unit_is_asked() -> None:
    found = read("fridge temperature 4")
    assert (found.kpi.unit.kind, found.waits) == (UnitKind.COUNT, WHICH_UNIT)
    assert "unit" not in found.read


def test_months_become_weeks_for_no_one() -> None:
    found = read("lead time from 2 months to 3 weeks")
    assert found.shown is None
    assert found.questions[0].text.startswith("2 months and 3 weeks are in different units")


@pytest.mark.parametrize("text", ["waste from 12 to 10 kg by june", "queue length from 10 to 5 people", "crates 5 10"])
@pytest.mark.parametrize("blank", [BLANK, blank_kpi()])
def test_what_is_not_said_to_be_money_is_counted(text: str, blank: Kpi) -> None:
    found = from_sentence(text, date(2026, 11, 21), blank, Business(currency="EUR"))
    assert found.kpi.unit == Unit(UnitKind.COUNT)


def test_a_measure_that_the_form_has_not_stands_in_the_name() -> None:
    assert read("waste from 12 to 10 kg by june").kpi.name == "Waste (kg)"


def test_money_is_the_business_own_though_an_empty_form_says_none() -> None:
    for text in ("takings to 1200", "revenue from 10 to 20"):
        found = from_sentence(text, date(2026, 11, 21), blank_kpi(), Business(currency="EUR"))
        assert (found.kpi.unit, found.money_open) == (Unit(UnitKind.CURRENCY, "EUR"), False)


def test_money_that_is_not_known_is_told_without_a_sign() -> None:
    found = from_sentence("revenue from 300k to 400k", date(2026, 11, 21), blank_kpi(), Business())
    assert found.money_open
    assert found.waits.startswith("You start from 300,000.")
    assert "$" not in found.waits


def test_the_settings_decide_how_numbers_and_years_are_read() -> None:
    german = Business(locale="de_DE", fiscal_month=7)
    found = from_sentence(
        "rating from 3,500 to 4,125 by the end of the financial year", date(2026, 11, 21), blank_kpi(), german
    )
    assert found.target is not None
    assert (found.target.baseline, found.target.value) == (Fraction(7, 2), Fraction(33, 8))
    assert found.target.deadline == date(2027, 6, 30)


def test_more_of_what_is_better_less_is_questioned_without_the_catalogue_too() -> None:
    assert "usually lower is better; your sentence says higher" in read("increase bakery breakages by 5").waits


def test_a_field_that_no_word_says_is_not_marked_as_read() -> None:
    assert set(read("nps 42 55").read) == {"name"}
    assert set(read("costs up 3%").read) == {"name"}


def test_an_impossible_day_keeps_where_it_starts_from() -> None:
    found = read("revenue from 300k to 400k by 31 feb")
    assert found.waits == (
        "No calendar says when \u201cby 31 feb\u201d is. You start from 300\u00a0000\u00a0kr. "
        "Give a day, and the target becomes a path to it."
    )
