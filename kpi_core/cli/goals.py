"""The command that reads a goal typed in words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from kpi_core.business import Business
from kpi_core.cli.command import Setup, command
from kpi_core.cli.day import Day
from kpi_core.goal_sentence import plain, read_goal
from kpi_core.service import keeping
from kpi_core.unit import has_decimal_comma

if TYPE_CHECKING:
    from kpi_core.goal_sentence import GoalSentence


ASIDE = {"others", "questions", "read_from"}
"""Told by the questions, or of use to programs only."""


@command("goal")
@click.argument("sentence")
@click.option("--today", type=Day(["%Y-%m-%d"]), metavar="DATE", help="Where a deadline is counted from.")
def goal(setup: Setup, sentence: str, today: datetime | None) -> None:
    """Read a goal in plain words: metric, target, deadline, and what the coach asks. Null is what it does not say."""
    business = keeping.settings(setup.data) if setup.data.is_file() else Business()
    comma = has_decimal_comma(business.style)
    said_on = today.date() if today else setup.now.date()
    read = read_goal(sentence, said_on, business.calendar, decimal_comma=comma)
    setup.out.result(plain(read), goal_lines(read))


def goal_lines(read: GoalSentence) -> list[str]:
    """Write the fields that the sentence fills, and the questions with their choices."""
    fields = {name: value for name, value in plain(read).items() if name not in ASIDE and value not in (None, False)}
    deadline = read.deadline
    if deadline is not None:
        dated = f"{deadline.date.isoformat()} " if deadline.date else ""
        fields["deadline"] = f"{dated}({deadline.text})"
    lines = [f"{name}: {value}" for name, value in fields.items()]
    for question in read.questions:
        lines += [question.text, *(f"- {choice}" for choice in question.choices)]
    return lines


COMMANDS = {"goal": goal}
