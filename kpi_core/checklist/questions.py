"""The 26 questions in the words that the owner reads, each with the hint that is shown where it is not passed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpi_core.choice.words import NONE_IS_KEY


class Topic(StrEnum):
    """What the questions are gathered under; the A of SMART has both its meanings, and its R, S and T are split."""

    SPECIFIC = "Specific"
    SIMPLE = "Simple"
    MEASURABLE = "Measurable"
    ATTAINABLE = "Attainable"
    ACTIONABLE = "Actionable"
    RELEVANT = "Relevant"
    TIME_BOUND = "Time-bound"
    TIMELY = "Timely"
    OWNER = "Owner"
    HARD_TO_GAME = "Hard to game"
    BOARD = "The whole board"


@dataclass(frozen=True)
class Question:
    """One question to the owner."""

    id: str
    topic: Topic
    text: str
    hint: str


_ALL = (
    Question("S1", Topic.SPECIFIC, "What exactly do you count?", "Say it so that two people would count the same."),
    Question("S2", Topic.SPECIFIC, "Whole business or one part?", "Name the shop, team or product if it is only one."),
    Question("S3", Topic.SPECIFIC, "Is it a result or a task?", "A task is done once; a KPI is read again and again."),
    Question("S4", Topic.SIMPLE, "One goal only, and easy to grasp?", "Split it: one number, one line."),
    Question("M1", Topic.MEASURABLE, "In which unit?", "5 % and 0.05 are not the same to a computer."),
    Question(
        "M2",
        Topic.MEASURABLE,
        "How is it worked out, and how do periods add up?",
        "An average of averages is wrong; divide the sums.",
    ),
    Question(
        "M3",
        Topic.MEASURABLE,
        "Where does the number come from?",
        "If nobody can export it, choose another number for now.",
    ),
    Question("M4", Topic.MEASURABLE, "Can we trust the readings?", "Gaps and few answers make a wild number."),
    Question("A1", Topic.ATTAINABLE, "Where are you now?", "Start from what was, not from what you hope."),
    Question(
        "A2", Topic.ATTAINABLE, "Is the target on the right side?", "A target lies ahead, where the number can get to."
    ),
    Question(
        "A3", Topic.ATTAINABLE, "Is it a stretch, but possible?", "Out of reach gets ignored; too easy changes nothing."
    ),
    Question("A4", Topic.ACTIONABLE, "What will you do differently?", "A target without a change is a wish."),
    Question("R1", Topic.RELEVANT, "Which of your goals does it serve?", "If it serves none, it is only a number."),
    Question(
        "R2",
        Topic.ACTIONABLE,
        "If it turns red, what will you decide?",
        "No decision, no KPI: keep it as a health metric.",
    ),
    Question(
        "R3",
        Topic.ACTIONABLE,
        "How much of it is in your hands?",
        "Weather and prices are worth watching, not worth targeting.",
    ),
    Question("R4", Topic.RELEVANT, "Does it only look good?", "Keep the result that it should bring beside it."),
    Question("T1", Topic.TIME_BOUND, "By when, or how often?", "Give a day, or say every which period."),
    Question(
        "T2", Topic.TIMELY, "How often will you read it?", "A number that is read too seldom comes too late to act on."
    ),
    Question("T3", Topic.TIMELY, "Is it there when you need it?", "Old numbers decide nothing: bring the newest file."),
    Question(
        "T4",
        Topic.TIME_BOUND,
        "When will you look whether it still matters?",
        "Goals change; put a date in the diary, three months away at most.",
    ),
    Question("O1", Topic.OWNER, "Who owns it?", "One name. Others may help."),
    Question(
        "G1",
        Topic.HARD_TO_GAME,
        "How could it look good without being good?",
        "Watch beside it what would get worse if somebody only chased it.",
    ),
    Question("G2", Topic.HARD_TO_GAME, "Is pay tied to it?", "Money finds the shortest way to the number."),
    Question("B1", Topic.BOARD, "Not too many?", NONE_IS_KEY),
    Question("B2", Topic.BOARD, "Early and late signs?", "Revenue tells you afterwards; bookings tell you before."),
    Question("B3", Topic.BOARD, "More than money?", "Money follows customers and people."),
)
QUESTIONS: Final = {each.id: each for each in _ALL}
"""All of them by id, in the order in which they are asked."""
