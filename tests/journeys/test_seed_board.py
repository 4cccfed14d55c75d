"""A shop's daily report becomes the seed board, in the browser and on the command line alike."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.journeys.browsing import choose, drop, form_stands, go, pick, press, shows, write
from tests.journeys.files import NAME, seed_report
from tests.served import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SOURCE = "daily_report"


def summed(column: str) -> dict[str, object]:
    return {"kind": "measure", "source": SOURCE, "aggregate": "sum", "value": column, "date": "Date"}


def divided(top: str, bottom: str, times: int = 1) -> dict[str, object]:
    return {"kind": "formula", "formula": "ratio", "parts": [summed(top), summed(bottom)], "times": times}


SHOP = {
    "business": {"currency": "SEK", "locale": "sv_SE"},
    "goals": ["Sell more"],
    "kpis": [
        {
            "name": "Conversion Rate",
            "unit": "percent",
            "direction": "up",
            "goal": "Sell more",
            "values": divided("Orders", "Visits", 100),
            "target": 3,
        },
        {
            "name": "Avg Order Value",
            "unit": "currency:SEK",
            "direction": "up",
            "goal": "Sell more",
            "values": divided("Revenue", "Orders"),
            "target": 800,
        },
        {
            "name": "Cart Abandonment",
            "unit": "percent",
            "direction": "down",
            "goal": "Sell more",
            "values": divided("Abandoned", "Baskets", 100),
            "target": {"value": 60, "comparison": "<"},
        },
    ],
}
BOARD = {
    "Monthly Revenue": (480_000, 500_000, "amber"),
    "Conversion Rate": (3.2, 3, "green"),
    "Avg Order Value": (750, 800, "amber"),
    "Cart Abandonment": (58, 60, "green"),
}
CARDS = {
    "Monthly Revenue": ("480 000 kr", "Target 500 000 kr", "Close"),
    "Conversion Rate": ("3,2 %", "Target 3 %", "On target"),
    "Avg Order Value": ("750 kr", "Target 800 kr", "Close"),
    "Cart Abandonment": ("58 %", "Target under 60 %", "On target"),
}


def told(*arguments: str) -> str:
    """Run a command over the same data file and give what it prints."""
    command = [sys.executable, "-m", "kpi_core", *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.browser
def test_a_daily_report_becomes_the_seed_board(page: Page, tmp_path: Path) -> None:
    shop = tmp_path / "shop.json"
    shop.write_text(json.dumps({key: SHOP[key] for key in ("business", "goals")}), "utf-8")
    told("define", str(shop))

    go(page, "add_data")
    drop(page, NAME, seed_report())
    page.get_by_text("61 new").wait_for()
    press(page, "Add these rows")
    page.get_by_text("daily_report.csv: 61 new.").wait_for()

    press(page, "Define a KPI over it")
    form_stands(page)
    write(page, "Name", "Monthly Revenue")
    write(page, "What exactly do you count?", "what all orders of a month come to")
    choose(page, "Goal it serves", "Sell more")
    choose(page, "Counted as", "money")
    choose(page, "Of", "Revenue")
    pick(page, "One number")
    write(page, "Target", "500 000")
    write(page, "Owner: one name", "shop manager")
    page.get_by_text("October: 480 000 kr").wait_for()
    press(page, "Put on the board")
    page.get_by_role("heading", name="On the board").wait_for()

    shop.write_text(json.dumps(SHOP), "utf-8")
    told("define", str(shop))

    go(page)
    for name, texts in CARDS.items():
        shows(page, name, *texts)
    rows = {row["kpi"]: row for row in json.loads(told("board", "--json"))["rows"]}
    assert {name: (row["actual"], row["target"], row["status"]) for name, row in rows.items()} == BOARD
