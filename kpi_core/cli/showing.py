"""The command that prints the board."""

from __future__ import annotations

from datetime import date, datetime

import click

from kpi_core.cli.board_json import board_json, board_lines, digest_json
from kpi_core.cli.command import Setup, command
from kpi_core.cli.day import Day
from kpi_core.service import boards
from kpi_core.service.digest import digest as digest_of
from kpi_core.service.digest import mark_seen


@command("board")
@click.option("--as-of", type=Day(["%Y-%m-%d"]), metavar="DATE")
def board(setup: Setup, as_of: datetime | None) -> None:
    """Print the board of today, or as of a past day."""
    day: date = as_of.date() if as_of else setup.now.date()
    found = boards.board(setup.existing(), setup.now.date(), boards.View(as_of=day))
    setup.out.result(board_json(found), board_lines(found))


@command("digest")
@click.option("--since", type=Day(["%Y-%m-%d"]), metavar="DATE", help="Compare with the board of this day.")
@click.option("--as-of", type=Day(["%Y-%m-%d"]), metavar="DATE")
@click.option("--seen", is_flag=True, help="Note that this was seen: the next one tells what changes from here on.")
def digest(setup: Setup, since: datetime | None, as_of: datetime | None, *, seen: bool) -> None:
    """Say what changed since the last visit, or since a day."""
    today, data = setup.now.date(), setup.existing()
    upto = as_of.date() if as_of else None
    found = digest_of(data, today, since=since.date() if since else None, as_of=upto)
    setup.out.result(
        digest_json(found), [found.sentence, *(f"- {each.name} {each.sentence}" for each in found.changes)]
    )
    if seen:
        mark_seen(data, today, setup.now, upto)


COMMANDS = {"board": board, "digest": digest}
