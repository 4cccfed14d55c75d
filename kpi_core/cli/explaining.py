"""The commands that say which part of a KPI explains its change, and how it stands to last year."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from kpi_core.cli.command import Setup, command
from kpi_core.cli.day import Day
from kpi_core.cli.printed import Json, number
from kpi_core.service import comparing, explaining
from kpi_core.service.kpi_page import number_of

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.actual.compared import ComparedLine, ComparedSide
    from kpi_core.actual.explained import Part
    from kpi_core.service.explaining import ExplainLine

DAY = Day(["%Y-%m-%d", "%Y-%m"])


@command("explain")
@click.argument("kpi")
@click.option("--by", "column", metavar="COL", help="The column that takes it apart; else the KPI's own.")
@click.option(
    "--period", type=DAY, metavar="DATE", help="A day in the period to explain; else the newest complete one."
)
@click.option(
    "--against", type=DAY, metavar="DATE", help="A day in the period it is compared with; else the one before."
)
@click.option("--since", type=DAY, metavar="DATE", help="Everything from this period on against the year before it.")
@click.option("--as-of", type=DAY, metavar="DATE")
def explain(setup: Setup, kpi: str, column: str | None, **days: datetime | None) -> None:
    """Say which part of a KPI explains its change between two periods, or since one."""
    day = {name: None if moment is None else moment.date() for name, moment in days.items()}
    ask = explaining.ExplainAsk(column, day["period"], day["against"], day["since"])
    data = setup.existing()
    found = explaining.explain(data, number_of(data, kpi), ask, day["as_of"] or setup.now.date())
    parts = [_part(part) for part in found.found.lines]
    lines = [found.sentence, *([found.note] if found.note else [])]
    lines.append(f"{found.column}\t{found.before_name}\t{found.after_name}\texplains")
    lines += [_row(line) for line in (*found.lines, found.total)]
    made: Json = {
        "kpi": found.kpi.name,
        "by": found.column,
        "columns": list(found.columns),
        "before": number(found.found.before),
        "after": number(found.found.after),
        "change": number(found.found.change),
        "parts": parts,
        "sentence": found.sentence,
        "note": found.note,
    }
    setup.out.result(made, lines)


def _row(line: ExplainLine) -> str:
    sides = (_amount(line.before, line.share_before), _amount(line.after, line.share_after))
    return "\t".join((line.name, *sides, line.explains))


def _amount(value: str, share: str) -> str:
    """Write a value with its share behind it."""
    return f"{value} ({share})" if value and share else value or "-"


def _part(part: Part) -> Json:
    return {
        "segment": part.label,
        "kind": part.kind.value,
        "before": number(part.before),
        "after": number(part.after),
        "share_before": number(part.share_before),
        "share_after": number(part.share_after),
        "explains": number(part.explains),
    }


@command("compare")
@click.argument("kpi")
@click.option("--as-of", type=DAY, metavar="DATE")
def compare(setup: Setup, kpi: str, as_of: datetime | None) -> None:
    """Print a KPI beside last year: the newest period, so far, the year to date, the last twelve months."""
    data = setup.existing()
    day: date = as_of.date() if as_of else setup.now.date()
    found = comparing.compared(data, number_of(data, kpi), day)
    lines = [_compared(line) for line in found.lines] or ["There is no complete period yet."]
    setup.out.result({"kpi": found.kpi.name, "lines": [_line(line) for line in found.lines]}, lines)


def _compared(line: ComparedLine) -> str:
    texts = [line.name, line.now_text or "-", line.then_text or "-", line.change, line.reason, line.label]
    return "\t".join(texts).rstrip()


def _line(line: ComparedLine) -> Json:
    return {
        "stretch": line.stretch.value,
        "name": line.name,
        "now": _side(line.now),
        "last_year": _side(line.then),
        "change": line.change,
        "reason": line.reason,
        "label": line.label,
    }


def _side(side: ComparedSide) -> Json:
    return {"from": side.days.start.isoformat(), "to": side.days.end.isoformat(), "value": number(side.value)}


COMMANDS = {"explain": explain, "compare": compare}
