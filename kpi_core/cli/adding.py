"""The commands that bring rows in and take them back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kpi_core.cli.command import Setup, answers_of, command, file_of, tables_in
from kpi_core.cli.picked import Given, choice_of, picking
from kpi_core.cli.printed import Exit, Json, error_json, question_json
from kpi_core.cli.reading_json import checks_json
from kpi_core.service import filling, history, importing, sample, several
from kpi_core.service.file import File


@command("import")
@click.option("--source", required=True, metavar="NAME")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--answer", multiple=True, metavar="ID=CHOICE")
@picking
@click.option("--keep-going", is_flag=True, help="Add each file for itself: one that fails does not stop the rest.")
def add(setup: Setup, source: str, paths: tuple[Path, ...], *, keep_going: bool, **given: Given) -> None:
    """Add files to a source, of a folder all that are tables: all, or on the first that is refused or asks nothing."""
    files = [file_of(path) for each in paths for path in tables_in(each)]
    wishes = importing.Wishes(source, answers_of(given["answer"]), choice_of(given))
    if keep_going:
        _each_for_itself(setup, files, wishes)
        return
    added = several.add_all(setup.data, files, wishes, setup.now)
    for name, each in added:
        _say(name, each)
    done = [_result(name, each) for name, each in added]
    setup.out.result(done[0] if len(done) == 1 else {"imports": done}, [])


def _each_for_itself(setup: Setup, files: list[File], wishes: importing.Wishes) -> None:
    """Add each file for itself; the exit code is that of the gravest outcome."""
    outcomes = several.add_each(setup.data, files, wishes, setup.now)
    done: list[Json] = []
    for each in outcomes:
        if each.added is not None:
            _say(each.name, each.added)
            done.append(_result(each.name, each.added))
            continue
        click.echo(f"{each.name}: {each.sentence}", err=True)
        asked = [] if each.question is None else [question_json(each.question)]
        done.append({"file": each.name, "questions": asked, **error_json(each.error)})
    setup.out.result({"imports": done, "summary": several.summary(outcomes)}, [several.summary(outcomes)])
    if any(each.error is not None for each in outcomes):
        sys.exit(Exit.REFUSED)
    if any(each.question is not None for each in outcomes):
        sys.exit(Exit.QUESTIONS)


def _say(name: str, added: importing.Added) -> None:
    click.echo(f"{name}: {added.result.sentence}", err=True)
    for check in added.checks:
        if not check.ok:
            click.echo(f"{name}: Warning: {check.text}", err=True)


def _result(name: str, added: importing.Added) -> Json:
    result = added.result
    return {
        "file": name,
        "source": added.source,
        "import_id": result.import_id,
        "new": result.new,
        "changed": result.changed,
        "same": result.same,
        "left_out": result.left_out,
        "refused": result.refused,
        "questions": [],
        "checks": checks_json(added.checks),
    }


@command("undo")
@click.argument("import_id", type=int)
@click.option("--fill", "filled", is_flag=True, help="The number is that of a filled-in file, as fill printed it.")
def undo(setup: Setup, import_id: int, *, filled: bool) -> None:
    """Take an import or a filled-in file back; any order leaves exactly what the others hold."""
    take_back = filling.take_back if filled else history.take_back
    done = take_back(setup.existing(), import_id, setup.now)
    setup.out.result({"restored": done.restored, "removed": done.removed, "kept": done.kept}, [done.sentence])


@command("sample")
@click.argument("action", type=click.Choice(["load", "remove"]))
def sample_shop(setup: Setup, action: str) -> None:
    """Load the sample shop, or take it away again."""
    done = sample.load(setup.data, setup.now) if action == "load" else sample.remove(setup.existing())
    setup.out.result({"done": action}, [done])


COMMANDS = {"import": add, "undo": undo, "sample": sample_shop}
