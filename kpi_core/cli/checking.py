"""The command that looks through the whole portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_core.cli.command import Setup, command
from kpi_core.cli.day import Day
from kpi_core.hygiene import by_matter, of_whom
from kpi_core.service.checkup import checkup as look_through

if TYPE_CHECKING:
    from datetime import datetime

    from kpi_core.cli.printed import Json
    from kpi_core.hygiene import PutAside, Untidy
    from kpi_core.service.checkup import CheckUp


@command("checkup")
@click.option("--as-of", type=Day(["%Y-%m-%d"]), metavar="DATE")
def checkup(setup: Setup, as_of: datetime | None) -> None:
    """Say what is untidy about the KPIs: too many, nobody's, stale, always green or red, the same number twice ..."""
    found = look_through(setup.existing(), setup.now.date(), as_of.date() if as_of else None)
    setup.out.result(_json(found), _lines(found))


def _json(found: CheckUp) -> Json:
    return {
        "as_of": found.as_of.isoformat(),
        "sentence": found.sentence,
        "looked_at": found.looked_at,
        "findings": [_finding(each) for each in found.found],
        "put_aside": [{**_finding(each), **_aside(aside)} for each, aside in found.aside],
    }


def _finding(found: Untidy) -> Json:
    return {
        "id": found.id,
        "rule": found.rule.value,
        "about": found.rule.matter.value,
        "severity": found.severity.value,
        "kpis": list(found.names),
        "sentence": found.sentence,
        "hint": found.hint,
        "evidence": dict(found.evidence),
        "remedies": [{"does": each.deed.value, "label": each.label, "asks": each.asks or None} for each in found.cures],
    }


def _aside(aside: PutAside) -> Json:
    return {"until": aside.until.isoformat(), "reason": aside.reason}


def _lines(found: CheckUp) -> list[str]:
    lines = [found.sentence]
    for matter, some in by_matter(found.found):
        lines += ["", f"{matter.value[:1].upper()}{matter.value[1:]}"]
        for each in some:
            lines.append(f"  {of_whom(each)}: {each.sentence}")
            lines += [f"    {label}: {text}" for label, text in each.evidence]
    lines += [""] if found.aside else []
    lines += [f"Put aside until {aside.until}: {of_whom(each)}: {each.sentence}" for each, aside in found.aside]
    return [*lines, "", found.looked_at]


COMMANDS = {"checkup": checkup}
