"""The questions that storing a file may ask, and reading their answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from kpi_core.errors import RefusedDefinition
from kpi_core.period import day_name
from kpi_core.source import Question

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kpi_core.source import RowBatch
    from kpi_core.store.rows import RowTable

Choice = TypeVar("Choice", bound=StrEnum)

GO_ON = "go-on"
SHOWN_DAYS = 3


class Overlap(StrEnum):
    """What to do where stored rows and a file's rows of the same days differ."""

    REPLACE = "replace"
    ADD = "add"
    CANCEL = "cancel"


def overlap(days: Sequence[str]) -> Question:
    """Ask what to do with days on which other rows are stored than the file holds.

    >>> overlap(["2025-10-03", "2025-10-04"]).text
    'On 3 October 2025 and 4 October 2025 other rows are stored than this file holds. What shall happen?'
    >>> overlap(["2025-10-03", "2025-10-04", "2025-10-05", "2025-10-08"]).text
    'On 4 days from 3 October 2025 to 8 October 2025 other rows are stored than this file holds. What shall happen?'
    """
    dated = [day_name(date.fromisoformat(day), None) for day in days if day]
    if not dated:
        where = "Without a date"
    elif len(dated) > SHOWN_DAYS:
        where = f"On {len(dated)} days from {dated[0]} to {dated[-1]}"
    else:
        where = "On " + " and ".join(dated)
    return Question(
        "overlap",
        f"{where} other rows are stored than this file holds. What shall happen?",
        tuple(Overlap),
        labels=(
            "Replace: the days of this file hold only what this file holds",
            "Add: keep what is stored and add the rows that are not there yet",
            "Cancel: change nothing",
        ),
    )


def vanished(table: RowTable, batch: RowBatch, used: Collection[str]) -> Question | None:
    """Ask about the first column in use that is stored but not in the file."""
    here = {stored.position for column in batch.columns if (stored := table.column(column.name)) is not None}
    for name in sorted(used):
        column = table.column(name)
        if column is not None and column.position not in here:
            text = f'The column "{column.meaning.name}" is in use but not in this file. Go on without it?'
            labels = (f'Go on: these rows have no "{column.meaning.name}"', "Cancel: change nothing")
            return Question("vanished-column", text, (GO_ON, "cancel"), column.meaning.name, labels)
    return None


def chosen(among: type[Choice], answers: Mapping[str, str], question_id: str) -> Choice | None:
    """Read the answer to a question; None where it is not answered.

    Raises:
        RefusedDefinition: the answer is none of the choices.
    """
    answer = answers.get(question_id)
    if answer is None:
        return None
    if answer not in list(among):
        raise unknown_answer(question_id, answer, list(among))
    return among(answer)


def answered(question: Question, answers: Mapping[str, str]) -> str | None:
    """Read the answer to a question with choices of its own.

    Raises:
        RefusedDefinition: the answer is none of the choices.
    """
    answer = answers.get(question.id)
    if answer is not None and answer not in question.choices:
        raise unknown_answer(question.id, answer, question.choices)
    return answer


def unknown_answer(question_id: str, answer: str, choices: Sequence[str]) -> RefusedDefinition:
    """Say that an answer is none of the choices."""
    return RefusedDefinition(
        f'"{answer}" is no answer to the question "{question_id}".', f"Answer one of: {', '.join(choices)}."
    )
