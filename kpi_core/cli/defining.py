"""The commands that load and print definitions."""

from __future__ import annotations

from pathlib import Path

import click

from kpi_core.cli.command import Setup, command, file_of
from kpi_core.errors import NotFound
from kpi_core.service import keeping, taking_over
from kpi_core.service.drafts import drafts


@command("define")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--look", is_flag=True, help="Only say what would be new, changed and the same.")
@click.option("--take-back", is_flag=True, help="Take back what the document loaded last brought.")
def define(setup: Setup, path: Path | None, *, look: bool, take_back: bool) -> None:
    """Load goals, sources, KPIs, targets and typed values from one JSON document; the same again changes nothing.

    Says which KPIs are drafts, and why.
    """
    if take_back:
        held = taking_over.last(setup.existing())
        sentence = taking_over.take_back(setup.data, held.id if held else 0, setup.now)
        setup.out.result({"taken_back": sentence}, [sentence])
        return
    if path is None:
        sentence = "Which document is to be loaded?"
        raise NotFound(sentence, "Name its file, or use --take-back.")
    if look:
        found = taking_over.preview(setup.data, file_of(path), setup.now)
        changed = [f"{each.about}: {each.did}" for each in found.clashes] + list(found.others)
        shown = {"new": list(found.new), "changed": changed, "same": found.same}
        setup.out.result(shown, [found.sentence, *found.new, *changed])
        return
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
