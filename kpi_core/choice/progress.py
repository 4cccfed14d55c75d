"""How far the owner has come from goals to a board; kept in the data file between visits, as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kpi_core.definition.fields import Fields, Place, refused
from kpi_core.definition.json_text import json_from_text

MOST_GOALS: Final = 3
VERSION: Final = 1


class GoalStep(StrEnum):
    """The steps, in their order."""

    BUSINESS = "business"
    GOALS = "goals"
    WORDS = "words"
    KPIS = "kpis"
    BESIDE = "beside"
    DETAILS = "details"


@dataclass(frozen=True)
class Saying:
    """A sentence that the owner typed for a goal, with the coach's questions as far as they are answered.

    `said_on`: days without a year are read from that day on. `answers`: by question, the answer as it was chosen or
    typed.
    """

    goal: str
    text: str
    said_on: date
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answers:
    """What was answered for one kind of business: they wait while another kind is looked at."""

    business: str
    goals: tuple[str, ...] = ()
    picks: tuple[str, ...] | None = None
    beside: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Progress:
    """What was answered so far.

    `goals`: keys, in the order in which they were picked. `picks`: the KPIs for the board by key or name; None: as
    proposed. `beside`: keys of the health metrics; None: not decided yet. `settled`: the KPIs and health metrics that
    these answers wrote into the data file, by key or name, with their number. `waiting`: the answers for other kinds of
    business. `typed`: what stands in the form of a KPI and is not saved yet, by its number, each field with its text.
    """

    step: GoalStep = GoalStep.BUSINESS
    business: str = ""
    goals: tuple[str, ...] = ()
    sayings: tuple[Saying, ...] = ()
    picks: tuple[str, ...] | None = None
    beside: tuple[str, ...] | None = None
    settled: tuple[tuple[str, int], ...] = ()
    waiting: tuple[Answers, ...] = ()
    typed: tuple[tuple[int, tuple[tuple[str, str], ...]], ...] = ()

    def typed_for(self, kpi_id: int) -> dict[str, str]:
        """Give what stands in the form of a KPI and is not saved yet, by field."""
        return dict(dict(self.typed).get(kpi_id, ()))

    @property
    def heard(self) -> tuple[Saying, ...]:
        """List the sentences for goals that are picked; those for others wait until theirs is picked again."""
        return tuple(each for each in self.sayings if each.goal in self.goals)


def reachable(progress: Progress) -> tuple[GoalStep, ...]:
    """List the steps that can be looked at: each needs what the one before it decides."""
    open_steps = [GoalStep.BUSINESS]
    if progress.business:
        open_steps.append(GoalStep.GOALS)
    if progress.business and progress.goals:
        open_steps += [GoalStep.WORDS, GoalStep.KPIS, GoalStep.BESIDE]
    if progress.settled:
        open_steps.append(GoalStep.DETAILS)
    return tuple(open_steps)


def progress_to_text(progress: Progress) -> str:
    """Write progress as JSON."""
    return json.dumps(
        {
            "version": VERSION,
            "step": progress.step.value,
            "business": progress.business,
            "goals": list(progress.goals),
            "sayings": [
                {
                    "goal": each.goal,
                    "text": each.text,
                    "said_on": each.said_on.isoformat(),
                    "answers": dict(each.answers),
                }
                for each in progress.sayings
            ],
            "picks": None if progress.picks is None else list(progress.picks),
            "beside": None if progress.beside is None else list(progress.beside),
            "settled": dict(progress.settled),
            "waiting": [
                {
                    "business": each.business,
                    "goals": list(each.goals),
                    "picks": None if each.picks is None else list(each.picks),
                    "beside": None if each.beside is None else list(each.beside),
                }
                for each in progress.waiting
            ],
            "typed": {str(number): dict(fields) for number, fields in progress.typed},
        },
        ensure_ascii=False,
    )


def progress_from_text(text: str) -> Progress:
    """Read progress.

    Raises:
        RefusedDefinition: it is no progress of this version.
    """
    place = Place("goals")
    fields = Fields(json_from_text(text), place)
    if fields.whole("version") != VERSION:
        raise refused(place, "these answers are of another version.")
    return Progress(
        fields.choice("step", GoalStep),
        fields.text("business"),
        fields.texts("goals"),
        tuple(_saying(item, where) for where, item in fields.items("sayings")),
        fields.texts("picks") if fields.has("picks") else None,
        fields.texts("beside") if fields.has("beside") else None,
        tuple((key, int(str(number))) for key, number in fields.pairs("settled")),
        tuple(_answers(item, where) for where, item in fields.items("waiting")),
        tuple((int(number), _fields_typed(found, place)) for number, found in fields.pairs("typed")),
    )


def _answers(item: object, place: Place) -> Answers:
    fields = Fields(item, place)
    return Answers(
        fields.text("business"),
        fields.texts("goals"),
        fields.texts("picks") if fields.has("picks") else None,
        fields.texts("beside") if fields.has("beside") else None,
    )


def _fields_typed(found: object, place: Place) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(text)) for name, text in Fields({"typed": found}, place).pairs("typed"))


def _saying(item: object, place: Place) -> Saying:
    fields = Fields(item, place)
    said_on = fields.day("said_on")
    if said_on is None:
        raise refused(place, '"said_on" is missing.')
    answers = tuple((key, str(answer)) for key, answer in fields.pairs("answers"))
    return Saying(fields.text("goal"), fields.text("text"), said_on, answers)
