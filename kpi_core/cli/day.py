"""A day that is given on the command line, kept to the days that the app counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_core.definition.fit import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from datetime import datetime


class Day(click.DateTime):
    """Reads a day; one beyond the calendar's reach is refused where it is given."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read and bound it."""
        found: datetime = super().convert(value, param, ctx)
        if not FIRST_DAY <= found.date() <= LAST_DAY:
            self.fail(f"{found.date()} is out of reach. Give a day from {FIRST_DAY} to {LAST_DAY}.", param, ctx)
        return found
