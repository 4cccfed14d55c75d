"""The commands that look into a file and keep nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi_core.cli.command import Setup, answers_of, command, file_of, pair
from kpi_core.cli.picked import Given, choice_of, picking
from kpi_core.cli.printed import number
from kpi_core.cli.reading_json import reading_json, rows_json
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate
from kpi_core.period import Cadence
from kpi_core.service import looking

if TYPE_CHECKING:
    from collections.abc import Mapping

RATIO = "ratio"
AGGREGATES = {
    "sum": Aggregate.SUM,
    "average": Aggregate.AVERAGE,
    "last": Aggregate.LAST,
    "count": Aggregate.COUNT,
    "count_distinct": Aggregate.COUNT_DIFFERENT,
    "median": Aggregate.MEDIAN,
    "min": Aggregate.MIN,
    "max": Aggregate.MAX,
    RATIO: Aggregate.SUM,
}
BY = [*(cadence.value for cadence in Cadence), looking.ALL]


@command("read")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--answer", multiple=True, metavar="ID=CHOICE")
@picking
def read(setup: Setup, path: Path, **given: Given) -> None:
    """Say how a file is read: encoding, header, columns, rows left out and refused, questions, checks."""
    answers, choice = answers_of(given["answer"]), choice_of(given)
    reading = looking.look(file_of(path), setup.now.date(), answers, choice)
    if reading.questions:
        setup.out.questions(reading.questions, reading_json(reading))
    rows = reading.rows
    lines = [f"{label}: {sentence}" for label, sentence in reading.facts]
    lines += [f"Look at this: {check.text}" for check in reading.checks if not check.ok]
    lines.append(f"{rows.total} records: {rows.used} used, {rows.left_out} left out, {rows.refused} refused")
    setup.out.result(reading_json(reading), lines)


@command("values")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--by", type=click.Choice(BY), default=Cadence.MONTH.value, show_default=True)
@click.option("--date", "date_column", metavar="COL")
@click.option("--value", "value_column", metavar="COL")
@click.option("--aggregate", type=click.Choice(list(AGGREGATES)), default="sum", show_default=True)
@click.option("--over", metavar="COL", help="The denominator of a ratio.")
@click.option("--where", multiple=True, metavar="COL=A|B")
@click.option("--segment", metavar="COL")
@click.option("--line", metavar="TEXT", help="One row of a table whose columns are periods.")
@click.option("--answer", multiple=True, metavar="ID=CHOICE")
def values(setup: Setup, path: Path, **given: object) -> None:
    """Print the values that a file's rows make, by period; nothing is kept."""
    found = looking.values(file_of(path), _ask(given), setup.now.date())
    if found.values is None:
        setup.out.questions(found.reading.questions, {"rows": rows_json(found.reading)})
        return
    made: Mapping[str, object] = _numbers(found.values, found.counted_in)
    if given["segment"] is not None:
        made = {label: _numbers(each, found.counted_in) for label, each in found.segments.items()}
    lines = [f"{key}\t{value}" for key, value in made.items()]
    setup.out.result({"values": made, "questions": [], "rows": rows_json(found.reading)}, lines)


def _numbers(values: looking.Values, counted_in: Fraction) -> dict[str, object]:
    return {key: None if value is None else number(value / counted_in) for key, value in values.items()}


def _ask(given: Mapping[str, object]) -> looking.Ask:
    def text(name: str) -> str | None:
        found = given[name]
        return None if found is None else str(found)

    def many(name: str) -> tuple[str, ...]:
        found = given[name]
        return tuple(map(str, found)) if isinstance(found, tuple) else ()

    by, aggregate, over = str(given["by"]), str(given["aggregate"]), text("over")
    if (aggregate == RATIO) != (over is not None):
        sentence = "A ratio needs its denominator, and only a ratio has one."
        raise RefusedDefinition(sentence, "Use --aggregate ratio together with --over COL.")
    usage = "--where takes a column and its texts, as in Status=paid|done."
    where = {column: tuple(texts.split("|")) for column, texts in (pair(each, usage) for each in many("where"))}
    return looking.Ask(
        by=None if by == looking.ALL else Cadence(by),
        date=text("date_column"),
        value=text("value_column"),
        aggregate=AGGREGATES[aggregate],
        over=over,
        where=where,
        segment=text("segment"),
        line=text("line"),
        answers=answers_of(many("answer")),
    )


COMMANDS = {"read": read, "values": values}
