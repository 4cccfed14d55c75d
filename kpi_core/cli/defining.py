"""The commands that load and print definitions."""

from __future__ import annotations

from pathlib import Path

import click

from kpi_core.cli.command import Setup, command, file_of
from kpi_core.service import keeping
from kpi_core.service.drafts import drafts


@command("define")
@click.argument("path", type=click.Path(path_type=Path))
def define(setup: Setup, path: Path) -> None:
    """Load goals, sources, KPIs, targets and typed values from one JSON document; the same again changes nothing.

    Says which KPIs are drafts, and why.
    """
    loaded = keeping.define(setup.data, file_of(path), setup.now)
    waiting = drafts(setup.data, setup.now.date())
    counts: dict[str, object] = {"new": loaded.new, "changed": loaded.changed, "same": loaded.same}
    if waiting:
        counts["drafts"] = {each.kpi.name: [one.sentence for one in each.fails] for each in waiting}
    setup.out.result(counts, [loaded.sentence, *(each.sentence for each in waiting)])


@command("definitions")
def definitions(setup: Setup) -> None:
    """Print all definitions as one JSON document, to share or to load elsewhere."""
    click.echo(keeping.definitions(setup.existing()), nl=False)


COMMANDS = {"define": define, "definitions": definitions}
