"""What the command line prints: one JSON object on stdout or a few plain lines; messages go to stderr."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from kpi_core.errors import OpenQuestions, SignalboxError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kpi_core.source import Question

Json = dict[str, object]


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    REFUSED = 2
    QUESTIONS = 3


@dataclass(frozen=True)
class Out:
    """Where a command's outcome goes: JSON on stdout, or plain lines."""

    as_json: bool

    def result(self, found: Mapping[str, object], lines: Sequence[str]) -> None:
        """Print what a command found."""
        if self.as_json:
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for line in lines:
            click.echo(line)

    def questions(self, questions: Sequence[Question], found: Mapping[str, object] | None = None) -> None:
        """Print open questions and leave with their exit code; nothing was changed."""
        for question in questions:
            click.echo(f"{question.text} (--answer {question.id}={'|'.join(question.choices)})", err=True)
        if self.as_json:
            asked = {**(found or {}), "questions": [question_json(each) for each in questions]}
            click.echo(json.dumps(asked, ensure_ascii=False, indent=2))
        sys.exit(Exit.QUESTIONS)

    def refusal(self, sentence: str, hint: str) -> Exit:
        """Print why nothing was done."""
        click.echo(f"{sentence} {hint}".strip(), err=True)
        if self.as_json:
            click.echo(json.dumps({"error": sentence, "hint": hint}, ensure_ascii=False))
        return Exit.REFUSED

    def run(self, act: Callable[[], None]) -> None:
        """Do something; what is refused becomes one sentence on stderr and an exit code."""
        try:
            act()
        except OpenQuestions as error:
            self.questions(error.questions)
        except SignalboxError as error:
            sys.exit(self.refusal(error.sentence, error.hint))


def question_json(question: Question) -> Json:
    """Write a question."""
    return {"id": question.id, "column": question.column, "text": question.text, "choices": list(question.choices)}


def error_json(error: SignalboxError | None) -> Json:
    """Write why something was not done; nothing where it was."""
    return {} if error is None else {"error": error.sentence, "hint": error.hint}


def number(value: Fraction | None) -> float | int | None:
    """Write an exact number as JSON can: whole ones whole.

    >>> number(Fraction(5)), number(Fraction(1, 4)), number(None)
    (5, 0.25, None)
    """
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
