"""Two of the four questions in a headline and a sentence, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kpi_core.actual import Actual, CoverageState
from kpi_core.board import BoardRow, board_row
from kpi_core.board.answers import Answer, arriving, changing
from kpi_core.board.stretches import Stretch, stretches_of
from kpi_core.board.surprise import CAPTION, WIDER, SurprisePoint, caption, surprise_points
from kpi_core.board.why import EXPECTED, PLAIN, ROUTINE, ROUTINE_OF_FEW, why
from kpi_core.horizon import Goal, goal_of
from kpi_core.kpi import Kpi, Rebase, State, Tier
from kpi_core.projection import Ahead, Expected, ProjectionGrade
from kpi_core.signals import NO_SIGNAL, Signal, SignalRule, SignalState
from tests.board.series import CALENDAR, ORDERS, STABLE, STYLE, TODAY, card, kpi_history, month

BY_SURPRISE = Signal(SignalState.ROUTINE, by_surprise=True, newest=month(10))
DROP = [*STABLE, *([4.0] * 8)]


def looking(ahead: Ahead | None, kpi: Kpi = ORDERS, target: float | None = 55) -> BoardRow:
    """Make a card with an outlook."""
    history = kpi_history(STABLE, kpi, target)
    goal = goal_of(kpi, history.targets, month(10), CALENDAR, TODAY)
    return board_row(replace(history, goal=goal, ahead=ahead), calendar=CALENDAR, style=STYLE, today=TODAY)


def newest(values: list[float | None], kpi: Kpi = ORDERS) -> Stretch:
    """Give the newest stretch of values up to October."""
    return stretches_of(kpi, newest_values(values), CALENDAR)[-1]


def newest_values(values: list[float | None]) -> list[Actual]:
    """Give values up to October."""
    period, actuals = month(10), list[Actual]()
    for value in reversed(values):
        actuals.insert(0, Actual(period, Fraction(str(value)), CoverageState.FULL))
        period = CALENDAR.previous(period)
    return actuals


def surprises() -> tuple[SurprisePoint, ...]:
    """Lay the newest two of the stable values, 0 and 10, beside what was expected of them."""
    return surprise_points(newest_values(STABLE), (Expected(8.0, 9.0, 10.5, beyond=True), Expected(4.25, 5.0, 5.75)))


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        (card(DROP), Answer("A real drop", "Since March: eight months below the usual level.")),
        (card(STABLE), Answer("Routine variation", "Nothing to explain.")),
        (card([1, 2]), Answer("Too early to say", "Not enough history: 2 of 6 months.")),
        (card([*STABLE, None]), Answer("Not judged", "October has no value: nothing to judge.")),
    ],
)
def test_a_change_has_a_headline_and_its_details(row: BoardRow, answer: Answer) -> None:
    assert changing(row) == answer


@pytest.mark.parametrize(
    ("ahead", "answer"),
    [
        (
            Ahead(24, ProjectionGrade.NORMAL, 0.11, 30, 21.337, 45.552),
            Answer(
                "About 1 in 10",
                "To reach 55.0 in February 2027 at this pace: not on course as things are."
                " Likely between 21.3 and 45.6.",
            ),
        ),
        (
            Ahead(8, ProjectionGrade.ROUGH, 0.9),
            Answer(
                "About 9 in 10",
                "To reach 55.0 in February 2027 at this pace: on course. This is a rough estimate.",
            ),
        ),
        (Ahead(4, ProjectionGrade.TOO_EARLY), Answer("Too early to say", "4 of 6 months in a row are known.")),
        (Ahead(8, ProjectionGrade.NORMAL), Answer("Nobody can say", "A value of February 2027 is missing.")),
        (None, Answer("Too early to say", "There is no value yet.")),
    ],
)
def test_a_chance_has_a_headline_of_what_by_when_and_a_likely_range(ahead: Ahead | None, answer: Answer) -> None:
    assert arriving(looking(ahead, replace(ORDERS, decimals=1)), STYLE) == answer


def test_without_a_target_there_is_no_chance() -> None:
    assert arriving(looking(None, target=None), STYLE).headline == "No target"
    watched = looking(None, replace(ORDERS, tier=Tier.HEALTH_METRIC))
    assert arriving(watched, STYLE) == Answer("No target", "A health metric is watched, not steered.")


def test_a_target_that_waits_for_its_first_value_is_not_called_none() -> None:
    assert arriving(card([], target=5), STYLE) == Answer("Too early to say", "There is no value yet.")
    ended = arriving(card(STABLE, target=5), STYLE)
    assert ended == Answer("No target ahead", "Nothing is aimed at from here on.")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(59.966, 59.993, "between 59.97 and 59.99"), (7.0, 7.0, "7"), (59.4, 60.2, "between 59.4 and 60.2")],
)
def test_the_ends_of_a_likely_range_never_read_the_same(low: float, high: float, words: str) -> None:
    row = looking(Ahead(24, ProjectionGrade.NORMAL, 0.5, (low + high) / 2, low, high))
    assert arriving(row, STYLE).details.endswith(f" Likely {words}.")


def test_a_draft_is_not_looked_ahead() -> None:
    draft = looking(None, replace(ORDERS, state=State.DRAFT))
    assert arriving(draft, STYLE).details == "Only what is on the board is looked ahead."


def test_of_a_years_total_the_range_is_of_what_is_still_to_come() -> None:
    history = kpi_history(STABLE, target=55)
    goal = Goal(CALENDAR.fiscal_year(TODAY), 2, total=Fraction(900))
    ahead = Ahead(24, ProjectionGrade.NORMAL, 0.5, 30, 21, 46)
    row = board_row(replace(history, goal=goal, ahead=ahead), calendar=CALENDAR, style=STYLE, today=TODAY)
    assert arriving(row, STYLE).details.endswith("Still to come: likely between 21 and 46.")


def test_why_gives_the_limits_in_numbers_and_what_they_are_made_of() -> None:
    found = why(replace(ORDERS, decimals=1), card(DROP).signal, newest(DROP), CALENDAR, STYLE)
    assert found.numbers == (
        ("Usual level", "5.0"),
        ("Usual range", "0.0 to 31.6"),
        ("Usual step from one month to the next", "10.0"),
        ("Largest step that is still routine", "32.7"),
        ("Made from", "March 2024 to February 2026"),
    )
    assert found.plain == PLAIN[SignalRule.RUN_OF_8]


def test_why_says_what_was_expected_of_a_number_that_has_no_usual_level() -> None:
    found = why(replace(ORDERS, decimals=2), BY_SURPRISE, newest(STABLE), CALENDAR, STYLE, surprises())
    assert found.numbers == (
        ("Expected in October 2026", "5.00"),
        ("Still routine there", "4.25 to 5.75"),
        ("Made from", "the surprises of September 2026 to October 2026"),
    )
    assert found.usual == ""
    assert found.plain == EXPECTED


def test_why_lays_values_beside_what_was_expected_of_them() -> None:
    found = surprises()
    assert [(each.period, each.off, each.low, each.high, each.beyond) for each in found] == [
        (month(9), Fraction(-9), Fraction(-1), Fraction(3, 2), True),
        (month(10), Fraction(5), Fraction(-3, 4), Fraction(3, 4), False),
    ]
    assert [each.words(str) for each in found] == [
        "9 below what was expected; routine down to 1",
        "5 above what was expected; routine up to 3/4",
    ]
    assert replace(found[1], value=Fraction(5)).words(str) == "what was expected"
    lagging = replace(found[0], low=Fraction(1), high=Fraction(2))
    assert lagging.words(str) == "9 below what was expected; routine from 1 above to 2 above"


def test_why_says_in_words_what_the_chart_of_the_surprises_shows() -> None:
    found = why(replace(ORDERS, decimals=2), BY_SURPRISE, newest(STABLE), CALENDAR, STYLE, surprises())
    assert found.steps == (
        "How far each was from what was expected, September 2026 to October 2026. The newest: 5.00 above what was "
        "expected; routine up to 0.75. Beyond what is routine: September 2026."
    )


def test_the_steps_say_nothing_where_surprises_judge() -> None:
    found = why(ORDERS, BY_SURPRISE, newest(STABLE), CALENDAR, STYLE)
    assert (found.numbers, found.steps) == ((), "")


def test_the_caption_says_that_the_ends_move_only_where_they_do() -> None:
    assert caption(surprises()) == CAPTION + WIDER
    assert caption(surprises()[1:]) == CAPTION


def test_why_names_the_rebase_that_the_limits_start_with_and_that_they_are_on_trial() -> None:
    kpi = replace(ORDERS, rebases=(Rebase(date(2026, 3, 1), "Second shop"),))
    lines = dict(why(kpi, NO_SIGNAL, newest(DROP, kpi), CALENDAR, STYLE).numbers)
    assert lines["Made from"] == "March 2026 to October 2026, on trial until there are 12"
    assert lines["Starts anew since"] == "1 March 2026: Second shop"


@pytest.mark.parametrize(
    ("signal", "plain"),
    [
        (Signal(SignalState.ROUTINE, count=8), ROUTINE),
        (Signal(SignalState.ROUTINE, count=7), ROUTINE_OF_FEW),
        (Signal(SignalState.ROUTINE, by_surprise=True), EXPECTED),
        (Signal(SignalState.WORSE, rule=SignalRule.OUTSIDE, by_surprise=True), EXPECTED),
        (NO_SIGNAL, "Limits need 6 months with a value, and 12 to be sure of."),
        (Signal(SignalState.NOT_JUDGED), "The newest has no value, and what it would have shown is not known."),
    ],
)
def test_why_says_the_rule_in_plain_words(signal: Signal, plain: str) -> None:
    assert why(ORDERS, signal, None, CALENDAR, STYLE).plain == plain


def test_too_few_values_have_no_limits_to_show() -> None:
    assert why(ORDERS, NO_SIGNAL, newest([1, 2, 3]), CALENDAR, STYLE).numbers == ()
