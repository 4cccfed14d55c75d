"""The commands that write a template of typed values and read it back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi_core.cli.command import Setup, answers_of, command, file_of, write_to
from kpi_core.cli.day import Day
from kpi_core.errors import RefusedDefinition
from kpi_core.service import filling, template, template_file

if TYPE_CHECKING:
    from kpi_core.cli.printed import Json

DAY = Day(["%Y-%m-%d"])
KINDS = (".xlsx", ".csv")


@command("template")
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), metavar="FILE.xlsx|FILE.csv")
@click.option("--kpi", "names", multiple=True, metavar="NAME", help="Only these KPIs, computed ones too.")
@click.option("--from", "first", type=DAY, metavar="DATE", help="A day of the first period.")
@click.option("--until", "last", type=DAY, metavar="DATE", help="A day of the last period.")
@click.option("--long", "as_rows", is_flag=True, help="One row a value instead of one column a period.")
def template_of(setup: Setup, path: Path, **given: object) -> None:
    """Write a template to fill in: KPIs as rows, periods as columns, with the typed values that are stored."""
    kind = path.suffix.casefold()
    if kind not in KINDS:
        sentence = f"{path.name} is no kind of file that a template can be."
        raise RefusedDefinition(sentence, f"Let it end in {' or '.join(KINDS)}.")
    data = setup.existing()
    ask = template.Ask(
        kpis=_numbers(given["names"], template.choices(data)),
        first=_day(given["first"]),
        last=_day(given["last"]),
        long=bool(given["as_rows"]),
    )
    made = template.make(data, ask, setup.now.date(), one_table=kind == ".csv")
    written = template_file.to_csv(made) if kind == ".csv" else template_file.to_workbook(made)
    write_to(path, written)
    tables = [{"title": sheet.title, "rows": len(sheet.rows), "columns": len(sheet.header)} for sheet in made.sheets]
    setup.out.result({"template": str(path), "tables": tables}, [f"Written to {path}."])


def _numbers(names: object, choices: tuple[template.Choice, ...]) -> tuple[int, ...] | None:
    """Find the KPIs that are named; none named: all typed ones."""
    wanted = [str(name) for name in names] if isinstance(names, tuple) else []
    found = [template.chosen(name, choices) for name in wanted]
    return tuple(found) or None


def _day(given: object) -> date | None:
    return given.date() if isinstance(given, datetime) else None


@command("fill")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--answer", multiple=True, metavar="ID=CHOICE")
@click.option("--why", default="", metavar="TEXT", help="Kept with what changed.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def fill(setup: Setup, path: Path, *, answer: tuple[str, ...], why: str, dry_run: bool) -> None:
    """Add typed values from a filled-in template or an own table of KPIs; undo takes it back as one."""
    data, file, answers = setup.existing(), file_of(path), answers_of(answer)
    if dry_run:
        number, done = None, filling.look(data, file, answers, setup.now.date())
        if done.questions:
            setup.out.questions(done.questions, _result(None, done))
    else:
        number, done = filling.add(data, file, answers, setup.now, why)
    click.echo(f"{file.name}: {done.counts.sentence}", err=True)
    for each in done.refused:
        click.echo(f"{file.name}, row {each.row}, {each.column}: “{each.text}”: {each.reason}", err=True)
    lines = [
        f"{line.kpi}{f' ({line.segment})' if line.segment else ''}, {line.period}: "
        f"{f'{line.old} -> ' if line.old else ''}{line.new} ({line.change})"
        for line in done.lines
        if line.change is not filling.Change.SAME
    ]
    setup.out.result(_result(number, done), lines)


def _result(number: int | None, done: filling.Filling) -> Json:
    counts = done.counts
    return {
        "fill_id": number,
        "new": counts.new,
        "changed": counts.changed,
        "same": counts.same,
        "replaced_computed": counts.computed,
        "refused": [
            {"row": each.row, "column": each.column, "text": each.text, "reason": each.reason} for each in done.refused
        ],
        "left_out": [{"row": each.row, "reason": each.reason, "text": each.text} for each in done.left_out],
        "values": [
            {
                "kpi": line.kpi,
                "period": line.typed.period_start.isoformat(),
                "segment": line.segment or None,
                "change": line.change.value,
                "old": line.old or None,
                "new": line.new,
            }
            for line in done.lines
        ],
        "questions": [],
    }


COMMANDS = {"template": template_of, "fill": fill}
