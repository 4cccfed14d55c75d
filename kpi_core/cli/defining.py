"""The commands that load and print definitions."""

from __future__ import annotations

from pathlib import Path

import click

from kpi_core.cli.command import Setup, command, file_of
from kpi_core.service import keeping


@command("define")
@click.argument("path", type=click.Path(path_type=Path))
def define(setup: Setup, path: Path) -> None:
    """Load goals, sources, KPIs, targets and typed values from one JSON document; the same again changes nothing."""
    loaded = keeping.define(setup.data, file_of(path), setup.now)
    counts = {"new": loaded.new, "changed": loaded.changed, "same": loaded.same}
    setup.out.result(counts, [loaded.sentence])


@command("definitions")
def definitions(setup: Setup) -> None:
    """Print all definitions as one JSON document, to share or to load elsewhere."""
    click.echo(keeping.definitions(setup.existing()), nl=False)


COMMANDS = {"define": define, "definitions": definitions}
