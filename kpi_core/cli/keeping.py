"""The commands that look after the data file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kpi_core.cli.command import Setup, command
from kpi_core.cli.printed import Exit
from kpi_core.service import keeping


@command("check")
def check(setup: Setup) -> None:
    """Look whether the data file is sound and its values are what its rows make."""
    findings = keeping.check(setup.existing())
    wrong = [each.text for each in findings if not each.ok]
    found = [{"name": each.name, "ok": each.ok, "text": each.text} for each in findings]
    setup.out.result({"ok": not wrong, "findings": found}, [each.text for each in findings if each.ok])
    for text in wrong:
        click.echo(text, err=True)
    if wrong:
        sys.exit(Exit.REFUSED)


@command("backup")
@click.argument("path", type=click.Path(path_type=Path))
def backup(setup: Setup, path: Path) -> None:
    """Copy the whole data file to one file, also while it is in use."""
    keeping.backup(setup.existing(), path)
    setup.out.result({"backup": str(path)}, [f"Backed up to {path}."])


@command("restore")
@click.argument("path", type=click.Path(path_type=Path))
def restore(setup: Setup, path: Path) -> None:
    """Put a backup in place of the data file; the replaced file is kept beside it."""
    kept = keeping.restore(setup.data, path, setup.now)
    sentence = f"Restored from {path}." + (f" The file before is kept as {kept.name}." if kept else "")
    setup.out.result({"restored": str(path), "kept": str(kept) if kept else None}, [sentence])


COMMANDS = {"check": check, "backup": backup, "restore": restore}
