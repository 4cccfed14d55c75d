"""The commands that look after the data file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kpi_core.cli.command import Setup, command
from kpi_core.cli.printed import Exit
from kpi_core.service import backups, keeping


@command("check")
@click.option("--repair", is_flag=True, help="Make again what follows from the rest: values, outlooks.")
def check(setup: Setup, *, repair: bool) -> None:
    """Look whether the data file is sound and its values are what its rows make."""
    look = keeping.mend if repair else keeping.check
    findings = look(setup.existing(), setup.now.date())
    wrong = [f"{each.text} {each.hint}".strip() for each in findings if not each.ok]
    found = [
        {"name": each.name, "ok": each.ok, "text": each.text, "hint": each.hint, "can_mend": each.can_mend}
        for each in findings
    ]
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


@command("backups")
@click.option("--daily", is_flag=True, help="Make the backup of the day first, where it is due.")
def list_backups(setup: Setup, *, daily: bool) -> None:
    """List the backups beside the data file, with what each holds."""
    data = setup.data
    trouble = backups.daily(data, setup.now) if daily else ""
    if trouble:
        click.echo(trouble, err=True)
    found, lines = [], []
    for each in backups.listed(data):
        inside = backups.look(data, each.name)
        found.append({"name": each.name, "kind": each.kind, "holds": list(inside.sentences), "trouble": inside.trouble})
        lines.append(f"{each.name} ({each.when}, {each.size}): {inside.trouble or ' '.join(inside.sentences)}")
    setup.out.result({"backups": found}, lines or ["There is no backup yet."])


@command("restore")
@click.argument("path", type=click.Path(path_type=Path))
def restore(setup: Setup, path: Path) -> None:
    """Put a backup in place of the data file; the replaced file is kept beside it."""
    kept = keeping.restore(setup.data, path, setup.now)
    sentence = f"Restored from {path}." + (f" The file before is kept as {kept.name}." if kept else "")
    setup.out.result({"restored": str(path), "kept": str(kept) if kept else None}, [sentence])


COMMANDS = {"check": check, "backup": backup, "backups": list_backups, "restore": restore}
