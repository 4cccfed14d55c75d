"""What each answer makes of the progress: pure steps from one to the next.

What the owner typed is never thrown away by a click: sentences for goals that are not picked stay, unseen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.choice.business import goals_of
from kpi_core.choice.progress import MOST_GOALS, Answers, GoalStep, Progress, Saying

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


def with_business(progress: Progress, business: str) -> Progress:
    """Choose a kind of business: its own answers of before come back, and those of the kind before wait for it.

    A kind that is looked at for the first time begins with the picked goals that it has too.
    """
    if business == progress.business:
        return progress
    left = Answers(progress.business, progress.goals, progress.picks, progress.beside)
    known = {goal.key for goal in goals_of(business)}
    fresh = Answers(business, tuple(key for key in progress.goals if key in known))
    now = next((each for each in progress.waiting if each.business == business), fresh)
    others = tuple(each for each in progress.waiting if each.business not in {business, left.business})
    return replace(
        progress,
        step=GoalStep.BUSINESS,
        business=business,
        goals=now.goals,
        picks=now.picks,
        beside=now.beside,
        waiting=(*others, left) if left.business else others,
    )


def with_typed(progress: Progress, kpi_id: int, fields: Mapping[str, str]) -> Progress:
    """Keep what stands in the form of a KPI and is not saved yet; nothing: it was saved or left."""
    others = tuple((number, texts) for number, texts in progress.typed if number != kpi_id)
    return replace(progress, typed=(*others, (kpi_id, tuple(fields.items()))) if fields else others)


def with_goal(progress: Progress, key: str, *, picked: bool) -> Progress:
    """Pick a goal or take it back; one more than three is not picked."""
    others = tuple(each for each in progress.goals if each != key)
    if picked and len(others) >= MOST_GOALS:
        return progress
    return replace(_anew(progress), goals=(*others, key) if picked else others)


def with_sentence(progress: Progress, goal: str, place: int, text: str, said_on: date) -> Progress:
    """Say something for a goal, at a place among its sentences; said anew, it is asked about anew. "" takes it away."""
    own = [each for each in progress.sayings if each.goal == goal]
    rest = tuple(each for each in progress.sayings if each.goal != goal)
    said = text.strip()
    if said and [each.text for each in own[place : place + 1]] == [said]:
        return progress
    own[place : place + 1] = [Saying(goal, said, said_on)] if said else []
    return replace(_anew(progress), sayings=(*rest, *own))


def with_answer(saying: Saying, question: str, answer: str) -> Saying:
    """Give a sentence with one more answer."""
    answers = {**dict(saying.answers), question: answer}
    return replace(saying, answers=tuple(answers.items()))


def with_answered(progress: Progress, before: Saying, after: Saying, others: Sequence[str]) -> Progress:
    """Keep a further answer to a sentence; once it is split, the other goals in it become sentences behind it.

    Args:
        progress: so far.
        before: the sentence without the answer.
        after: the sentence with it.
        others: the texts of the other goals that were read in it.
    """
    new = [after]
    if "split" in dict(after.answers) and "split" not in dict(before.answers):
        new += [Saying(after.goal, other, after.said_on) for other in others]
    sayings: list[Saying] = []
    for each in progress.sayings:
        sayings += new if each == before else [each]
    return replace(_anew(progress), sayings=tuple(sayings))


def with_pick(progress: Progress, picks: Sequence[str], old: str | None, new: str | None) -> Progress:
    """Take a KPI for the board instead of another one, beside the others, or drop one.

    Args:
        progress: so far.
        picks: what is on the board now.
        old: what goes; None: nothing does.
        new: what comes, in the same place; None: nothing does.
    """
    if old is None:
        return replace(progress, picks=(*picks, *filter(None, [new])))
    swapped = (new if each == old else each for each in picks)
    return replace(progress, picks=tuple(filter(None, swapped)))


def with_beside(progress: Progress, ticked: Sequence[str], key: str, *, wanted: bool) -> Progress:
    """Tick a health metric or take the tick away; `ticked` are those that are now."""
    others = tuple(each for each in ticked if each != key)
    return replace(progress, beside=(*others, key) if wanted else others)


def _anew(progress: Progress) -> Progress:
    """Let the board be proposed anew: another answer makes another proposal."""
    return replace(progress, picks=None, beside=None)
