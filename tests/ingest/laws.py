"""What holds of every file whatever it holds: a reading whose counts add up, or one sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kpi_core.errors import SignalboxError
from kpi_core.ingest import read
from kpi_core.source import ColumnType
from tests.ingest.exports import TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.ingest.reading import Reading
    from kpi_core.source import RowBatch

MOST_QUESTIONS = 8


def one_sentence(error: SignalboxError) -> None:
    """Hold a refusal to one line that an owner can read."""
    assert error.sentence.endswith((".", "?")), error.sentence
    assert error.sentence.isprintable(), error.sentence
    assert len(error.sentence) < 600, error.sentence


def holds(made: Reading) -> None:
    """Hold a reading to what is promised of every one: each record has one end, and vectors run beside each other."""
    rows = made.rows
    assert rows.used + rows.left_out + rows.refused == rows.total
    assert min(rows.used, rows.left_out, rows.refused) >= 0
    left, refused = [each.row for each in made.left_out], {each.row for each in made.refused}
    assert (len(left), len(refused)) == (rows.left_out, rows.refused)
    assert len(set(left)) == len(left)
    assert not refused & set(left)
    assert (made.batch is None) == bool(made.questions)
    if made.batch is not None:
        _sound(made.batch)
        assert made.wide or len(set(made.batch.rows)) == len(made.batch.rows)
        assert made.wide or len(made.batch) == rows.used
        assert made.wide or not set(made.batch.rows) & (refused | set(left))


def _sound(batch: RowBatch) -> None:
    for column in batch.columns:
        cells = batch.cells[column.name]
        assert len(cells) == len(batch)
        kinds = {type(cell) for cell in cells} - {type(None)}
        assert kinds <= ({int} if column.type in {ColumnType.NUMBER, ColumnType.DURATION} else {str}), column
    for day in {day for day in batch.dates if day}:
        date.fromisoformat(day)
    for vector in (batch.contents, batch.rows, batch.dates):
        assert len(vector) == len(batch)


def told(name: str, data: bytes, answers: Mapping[str, str] | None = None) -> Reading | str:
    """Read a file: the reading, or the sentence of the refusal."""
    try:
        made = read(name, data, today=TODAY, answers=answers)
    except SignalboxError as error:
        one_sentence(error)
        return error.sentence
    holds(made)
    return made


def answered(name: str, data: bytes, choice: int = 0) -> Reading | str:
    """Read a file and answer whatever it asks by one of the choices, until nothing is open or it is refused."""
    answers: dict[str, str] = {}
    for _ in range(MOST_QUESTIONS):
        made = told(name, data, answers)
        if isinstance(made, str) or not made.questions:
            return made
        for question in made.questions:
            assert question.choices, question
            assert question.id not in answers, question
            answers[question.id] = question.choices[choice % len(question.choices)]
    message = "questions without an end"
    raise AssertionError(message)
