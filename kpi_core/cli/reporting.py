"""The command that writes the report for partners and the bank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi_core.cli.command import Setup, command, write_to
from kpi_core.cli.day import Day
from kpi_core.service import reporting

if TYPE_CHECKING:
    from datetime import datetime


@command("report")
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), metavar="FILE.html|.pdf|.xlsx|.zip")
@click.option("--as-of", type=Day(["%Y-%m-%d"]), metavar="DATE")
def report(setup: Setup, path: Path, as_of: datetime | None) -> None:
    """Write the report: a page, a document, a workbook, or everything as CSV files in one archive."""
    today = setup.now.date()
    day = as_of.date() if as_of else today
    written = reporting.write(setup.existing(), today, path.suffix, day)
    write_to(path, written)
    found = {"report": str(path), "as_of": day.isoformat(), "bytes": len(written)}
    setup.out.result(found, [f"Written to {path}."])


COMMANDS = {"report": report}
