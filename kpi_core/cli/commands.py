"""The commands, on click: each reads its arguments, calls one service and prints."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi_core.cli.board_json import board_json, board_lines
from kpi_core.cli.printed import Exit, Out, number
from kpi_core.cli.reading_json import reading_json, rows_json
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Aggregate
from kpi_core.period import Cadence
from kpi_core.service import boards, importing, keeping, looking, place, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


class Setup:
    """What every command stands on: the moment, the data file, how it prints."""

    def __init__(self, now: datetime, data: Path, out: Out) -> None:
        """Keep them."""
        self.now, self.data, self.out = now, data, out


def main(now: datetime) -> None:
    """Run the command that the arguments name, at this moment."""
    cli(obj=now, prog_name="python -m kpi_core")


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of a function of a `Setup`: --json and --data, refusals as sentences."""

    def wrap(act: Callable[..., None]) -> click.Command:
        @click.pass_obj
        def run(now: datetime, /, *, as_json: bool, data: Path | None, **given: object) -> None:
            setup = Setup(now, data or place.data_file(os.environ), Out(as_json))
            setup.out.run(lambda: act(setup, **given))

        run.__doc__ = act.__doc__
        run.__click_params__ = getattr(act, "__click_params__", [])  # type: ignore[attr-defined]
        run = click.option("--data", type=click.Path(path_type=Path), help="The data file, else the app's own.")(run)
        run = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(run)
        return cli.command(name)(run)

    return wrap


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def cli() -> None:
    """Read exports, keep their rows, define KPIs, print the board. Exit codes: 0 done, 2 refused, 3 open questions."""


def answers_of(given: tuple[str, ...]) -> dict[str, str]:
    """Read `ID=CHOICE` pairs."""
    return dict(_pair(text, "--answer takes a question and its answer, as in date-order=day-first.") for text in given)


def _pair(text: str, usage: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not equals or not left.strip():
        sentence = f'"{text}" is not understood.'
        raise RefusedDefinition(sentence, usage)
    return left.strip(), right


def _file(path: Path) -> importing.File:
    try:
        return importing.File(path.name, path.read_bytes())
    except OSError as error:
        sentence = f"{path} cannot be opened."
        raise NotFound(sentence, "Check the path and that it is a file.") from error


@command("read")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--answer", multiple=True, metavar="ID=CHOICE")
def read(setup: Setup, path: Path, answer: tuple[str, ...]) -> None:
    """Say how a file is read: encoding, header, columns, rows left out and refused, questions, checks."""
    reading = looking.look(_file(path), setup.now.date(), answers_of(answer))
    if reading.questions:
        setup.out.questions(reading.questions, reading_json(reading))
    rows = reading.rows
    lines = [f"{label}: {sentence}" for label, sentence in reading.facts]
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
    found = looking.values(_file(path), _ask(given), setup.now.date())
    if found.values is None:
        setup.out.questions(found.reading.questions, {"rows": rows_json(found.reading)})
        return
    made: Mapping[str, object] = {key: number(value) for key, value in found.values.items()}
    if given["segment"] is not None:
        made = {label: {key: number(value) for key, value in each.items()} for label, each in found.segments.items()}
    lines = [f"{key}\t{value}" for key, value in made.items()]
    setup.out.result({"values": made, "questions": [], "rows": rows_json(found.reading)}, lines)


def _numbers(values: looking.Values, counted_in: int) -> dict[str, object]:
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
    where = {column: tuple(texts.split("|")) for column, texts in (_pair(each, usage) for each in many("where"))}
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


@command("define")
@click.argument("path", type=click.Path(path_type=Path))
def define(setup: Setup, path: Path) -> None:
    """Load goals, sources, KPIs, targets and typed values from one JSON document; the same again changes nothing."""
    loaded = keeping.define(setup.data, _file(path), setup.now)
    setup.out.result(
        {"new": loaded.new, "changed": loaded.changed, "same": loaded.same},
        [f"{loaded.new} new, {loaded.changed} changed, {loaded.same} the same."],
    )


@command("definitions")
def definitions(setup: Setup) -> None:
    """Print all definitions as one JSON document, to share or to load elsewhere."""
    click.echo(keeping.definitions(setup.data), nl=False)


@command("import")
@click.option("--source", required=True, metavar="NAME")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--answer", multiple=True, metavar="ID=CHOICE")
def add(setup: Setup, source: str, paths: tuple[Path, ...], answer: tuple[str, ...]) -> None:
    """Add files to a source, each all of it or nothing; the first that is refused or asks ends the run."""
    wishes = importing.Wishes(source, answers_of(answer))
    done: list[dict[str, object]] = []
    for path in paths:
        added = importing.add(setup.data, _file(path), wishes, setup.now)
        done.append(
            {
                "file": path.name,
                "import": added.result.import_id,
                "new": added.result.new,
                "changed": added.result.changed,
                "same": added.result.same,
                "left_out": added.result.left_out,
                "refused": added.result.refused,
                "questions": [],
            }
        )
        click.echo(f"{path.name}: {added.result.sentence}", err=True)
    setup.out.result(done[0] if len(done) == 1 else {"imports": done}, [])


@command("undo")
@click.argument("import_id", type=int)
def undo(setup: Setup, import_id: int) -> None:
    """Take an import back; any order leaves exactly what the others hold."""
    done = importing.take_back(setup.data, import_id, setup.now)
    setup.out.result({"restored": done.restored, "removed": done.removed, "kept": done.kept}, [done.sentence])


@command("board")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
def board(setup: Setup, as_of: datetime | None) -> None:
    """Print the board of today, or as of a past day."""
    day: date = as_of.date() if as_of else setup.now.date()
    found = boards.board(setup.data, setup.now.date(), boards.View(as_of=day))
    setup.out.result(board_json(found), board_lines(found))


@command("sample")
@click.argument("action", type=click.Choice(["load", "remove"]))
def sample_shop(setup: Setup, action: str) -> None:
    """Load the sample shop, or take it away again."""
    done = sample.load(setup.data, setup.now) if action == "load" else sample.remove(setup.data)
    setup.out.result({"done": action}, [done])


@command("check")
def check(setup: Setup) -> None:
    """Look whether the data file is sound and its values are what its rows make."""
    findings = keeping.check(setup.data)
    found = [{"name": each.name, "ok": each.ok, "text": each.text} for each in findings]
    setup.out.result({"ok": all(each.ok for each in findings), "findings": found}, [each.text for each in findings])
    if not all(each.ok for each in findings):
        raise SystemExit(Exit.REFUSED)


@command("backup")
@click.argument("path", type=click.Path(path_type=Path))
def backup(setup: Setup, path: Path) -> None:
    """Copy the whole data file to one file, also while it is in use."""
    keeping.backup(setup.data, path)
    setup.out.result({"backup": str(path)}, [f"Backed up to {path}."])


@command("restore")
@click.argument("path", type=click.Path(path_type=Path))
def restore(setup: Setup, path: Path) -> None:
    """Put a backup in place of the data file; the replaced file is kept beside it."""
    kept = keeping.restore(setup.data, path, setup.now)
    sentence = f"Restored from {path}." + (f" The file before is kept as {kept.name}." if kept else "")
    setup.out.result({"restored": str(path), "kept": str(kept) if kept else None}, [sentence])
