"""The command that prints objectives with their scores."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from kpi_core.cli.command import Setup, command
from kpi_core.cli.day import Day
from kpi_core.cli.printed import number
from kpi_core.service import objectives

if TYPE_CHECKING:
    from kpi_core.service.objectives import KeyResultLine, ObjectiveLine


@command("okr")
@click.option("--as-of", type=Day(["%Y-%m-%d"]), metavar="DATE")
def okr(setup: Setup, as_of: datetime | None) -> None:
    """Print the objectives of today, or as of a past day, with the scores of their key results."""
    day: date = as_of.date() if as_of else setup.now.date()
    found = objectives.overview(setup.existing(), day)
    setup.out.result(
        {"objectives": [_objective(line) for line in found.lines]},
        [text for line in found.lines for text in _texts(line)] or ["No objectives yet."],
    )


def _objective(line: ObjectiveLine) -> dict[str, object]:
    mean = line.score.mean
    return {
        "name": line.objective.name,
        "owner": line.objective.owner,
        "from": line.objective.start.isoformat(),
        "until": line.objective.until.isoformat(),
        "score": None if mean is None else number(mean),
        "words": line.words,
        "left_out": [each.name for each in line.score.left_out],
        "key_results": [_key_result(each, line) for each in line.results],
    }


def _key_result(line: KeyResultLine, inside: ObjectiveLine) -> dict[str, object]:
    result, score = line.result, line.scored.score
    return {
        "kpi": result.kpi,
        "baseline": number(result.baseline),
        "target": number(result.target),
        "deadline": inside.objective.deadline(result).isoformat(),
        "stretch": result.stretch,
        "score": None if score is None else number(score),
        "words": line.words,
    }


def _texts(line: ObjectiveLine) -> list[str]:
    head = f"{line.objective.name}: {line.score_text or '-'} ({line.words}); {line.when}"
    results = [
        f"  {each.result.kpi}: {each.score_text or '-'}, {each.way}{f', {each.now}' if each.now else ''} ({each.words})"
        for each in line.results
    ]
    return [head, *results, *([f"  {line.left_out}"] if line.left_out else [])]


COMMANDS = {"okr": okr}
