"""The commands that bring rows in and take them back."""

from __future__ import annotations

from pathlib import Path

import click

from kpi_core.cli.command import Setup, answers_of, command, file_of
from kpi_core.cli.printed import Json
from kpi_core.cli.reading_json import checks_json
from kpi_core.service import importing, sample


@command("import")
@click.option("--source", required=True, metavar="NAME")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--answer", multiple=True, metavar="ID=CHOICE")
def add(setup: Setup, source: str, paths: tuple[Path, ...], answer: tuple[str, ...]) -> None:
    """Add files to a source: all of them, or on the first that is refused or asks nothing."""
    files = [file_of(path) for path in paths]
    added = importing.add_all(setup.data, files, importing.Wishes(source, answers_of(answer)), setup.now)
    for file, each in zip(files, added, strict=True):
        click.echo(f"{file.name}: {each.result.sentence}", err=True)
        for check in each.checks:
            if not check.ok:
                click.echo(f"{file.name}: Warning: {check.text}", err=True)
    done = [_result(file.name, each) for file, each in zip(files, added, strict=True)]
    setup.out.result(done[0] if len(done) == 1 else {"imports": done}, [])


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
def undo(setup: Setup, import_id: int) -> None:
    """Take an import back; any order leaves exactly what the others hold."""
    done = importing.take_back(setup.existing(), import_id, setup.now)
    setup.out.result({"restored": done.restored, "removed": done.removed, "kept": done.kept}, [done.sentence])


@command("sample")
@click.argument("action", type=click.Choice(["load", "remove"]))
def sample_shop(setup: Setup, action: str) -> None:
    """Load the sample shop, or take it away again."""
    done = sample.load(setup.data, setup.now) if action == "load" else sample.remove(setup.existing())
    setup.out.result({"done": action}, [done])


COMMANDS = {"import": add, "undo": undo, "sample": sample_shop}
