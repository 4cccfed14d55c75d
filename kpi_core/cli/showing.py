"""The command that prints the board."""

from __future__ import annotations

from datetime import date, datetime

import click

from kpi_core.cli.board_json import board_json, board_lines
from kpi_core.cli.command import Setup, command
from kpi_core.service import boards


@command("board")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
def board(setup: Setup, as_of: datetime | None) -> None:
    """Print the board of today, or as of a past day."""
    day: date = as_of.date() if as_of else setup.now.date()
    found = boards.board(setup.existing(), setup.now.date(), boards.View(as_of=day))
    setup.out.result(board_json(found), board_lines(found))


COMMANDS = {"board": board}
