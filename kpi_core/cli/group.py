"""Which command is where, and how a run ends: exit codes 0 done, 2 refused, 3 open questions."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kpi_core.cli.printed import Exit, Out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

PROGRAM = "python -m kpi_core"
MODULES = {
    "read": "looking",
    "values": "looking",
    "goal": "goals",
    "signals": "series",
    "project": "series",
    "define": "defining",
    "definitions": "defining",
    "import": "adding",
    "template": "filling",
    "fill": "filling",
    "undo": "adding",
    "recipes": "recipes",
    "board": "showing",
    "digest": "showing",
    "checkup": "checking",
    "explain": "explaining",
    "compare": "explaining",
    "okr": "objectives",
    "report": "reporting",
    "review": "reviewing",
    "actions": "reviewing",
    "sample": "adding",
    "log": "trust",
    "months": "trust",
    "notes": "trust",
    "who": "trust",
    "remove-person": "trust",
    "check": "keeping",
    "backup": "keeping",
    "backups": "keeping",
    "restore": "keeping",
}
"""The module of each command, in the order of the help."""
NOT_NEEDED = ("pandas", "numpy")


class LazyGroup(click.Group):
    """A group that loads the module of a command when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        del ctx
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; None where there is none of that name."""
        del ctx
        if cmd_name not in MODULES:
            return None
        module = importlib.import_module(f"kpi_core.cli.{MODULES[cmd_name]}")
        commands: dict[str, click.Command] = module.COMMANDS
        return commands[cmd_name]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def cli() -> None:
    """Read exports and goals, keep rows, print the board. Exit codes: 0 done, 2 refused, 3 open questions."""


def main(now: datetime, arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, at this moment, and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    with not_loaded(NOT_NEEDED):
        # sqlite-utils loads them where they are installed, for columns of theirs that the store never writes
        importlib.import_module("kpi_core.store.data_file")
    try:
        return int(cli.main(given, prog_name=PROGRAM, standalone_mode=False, obj=now) or Exit.DONE)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return Exit.REFUSED
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        name = context.command_path if context else PROGRAM
        return Out("--json" in given).refusal(error.format_message(), f"See {name} --help.")
    except SystemExit as end:
        return int(end.code or Exit.DONE)


@contextmanager
def not_loaded(names: Sequence[str]) -> Iterator[None]:
    """Let the block believe that these modules are not installed, unless they are loaded already.

    Only for a program of one thread: another one would believe it too.
    """
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # None is how a module is said to be missing
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
