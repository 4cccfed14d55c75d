"""Businesses made up for the tests of the report: awkward names, every unit, any number of KPIs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from kpi_core.report import Report, ReportAction
from kpi_core.service import keeping
from kpi_core.service.file import File

NOW = datetime(2026, 11, 3, 9, 0)
TODAY = NOW.date()
SAME_BEGINNING = "Revenue of the shop in the old town, first floor"
AWKWARD = (
    "=cmd|' /C calc'!A0",
    "<script>window.hurt=1</script>",
    "-2+3",
    "Costs [net] / week: a*b?",
    "W" * 120,
    "Umsatz & Größe " * 8,
    "Smiles 😀 at the till",
    "הכנסות",
    SAME_BEGINNING,
    f"{SAME_BEGINNING} and second",
    "Έσοδα",
    "Выручка ₽",
    "'quoted'",
    "History",
    "Board",
)
GOALS = ("Bring in more money", "Make customers happier")
UNITS = ("currency:JPY", "percent", "duration", "currency:SEK", "count", "score", "ratio")
SIZES = {
    "currency:JPY": 120_000,
    "percent": 3,
    "duration": 5400,
    "currency:SEK": 480,
    "count": 23,
    "score": 41,
    "ratio": 2,
}


def document(
    count: int, *, name: str = "Brinkmann & Söner", locale: str = "sv_SE", months: int = 24
) -> dict[str, object]:
    """Write definitions of so many KPIs, each with a target and typed months up to October 2026."""
    kpis, typed = [], []
    for number in range(count):
        unit = UNITS[number % len(UNITS)]
        title = AWKWARD[number] if number < len(AWKWARD) else f"Number {number} of the business"
        size = SIZES[unit]
        kpis.append(
            {
                "name": title,
                "unit": unit,
                "direction": "down" if unit == "duration" else "up",
                "goal": GOALS[number % 2],
                "owner": f"lead of {title[:12]}",
                "definition": title,
                "state": "active",
                "target": {"value": str(size), "from": "2024-01-01"},
            }
        )
        for back in range(months):
            year, month = divmod(2026 * 12 + 9 - back, 12)
            value = size * (90 + (back * 7 + number * 3) % 21) / 100
            typed.append({"kpi": title, "period": f"{year}-{month + 1:02}", "value": f"{value:.2f}"})
    business = {"name": name, "locale": locale, "currency": "SEK"}
    return {"business": business, "goals": list(GOALS), "kpis": kpis, "typed_values": typed}


def defined(data: Path, content: dict[str, object]) -> Path:
    """Load definitions into a data file and give its path."""
    keeping.define(data, File("made.json", json.dumps(content).encode()), NOW)
    return data


def with_actions(report: Report) -> Report:
    """Put two actions into a report, one of them nasty."""
    actions = (
        ReportAction("Board", "Call the three largest customers", "sales lead", date(2026, 11, 20), "open"),
        ReportAction(AWKWARD[1], "=1+1 <b>bold</b> " * 30, "@owner", None, "done"),
    )
    return replace(report, actions=actions)
