"""How fast the app itself shows fifty KPIs of a real data file, against an empty stock Streamlit page in the same run.

First paint: from the navigation in a fresh browser profile until the last card stands, the data file read, fifty KPIs
judged. Filter: from the click on another grouping until its headings stand (on the empty page: from a button's click
to its new line). A KPI's page: from the navigation until the last line of its chart is drawn, with the library that
draws it. Rounds are interleaved; medians are compared.

    python benchmarks/app_paint.py [--rounds 7]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.board_paint import (
    FIRST_PAINT_BAR,
    PAINT,
    RERUN_BAR,
    ROOT,
    SESSIONS,
    SESSIONS_CLICKS,
    SHOWN,
    first_paint,
    free_port,
    reruns,
    served,
    streamlit,
)
from benchmarks.sessions import many, press, regroup

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KPI_SHOWN = "document.querySelectorAll('.js-plotly-plot .scatterlayer .js-line').length > 0"
KPIS, MONTHS = 50, 24
TODAY = "2026-11-21"
GROUPS = ("owner", "goal")
CLICKS = 8

APP_SHOWN = f"""
window.headings = () => [...(bare()?.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot
  ?.querySelectorAll('.group h2') ?? [])].map(each => each.textContent).join('|');
window.groups = () => bare()?.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot
  .querySelector('select[name=group]');
window.appShows = () => cards().length === {KPIS};
"""

REGROUPED = """async group => {
  const before = headings(), begin = performance.now();
  groups().value = group;
  groups().dispatchEvent(new Event('input', {bubbles: true}));
  return (await whenShown(() => headings() !== before && headings() !== '')) - begin;
}"""


def document() -> str:
    """Define fifty typed KPIs with targets and two years of values."""
    chance = random.Random(7)  # noqa: S311 -- numbers to draw
    kpis = [
        {
            "name": f"KPI {number}",
            "unit": "count",
            "direction": "up",
            "goal": f"Goal {number % 5}",
            "owner": f"owner {number % 4}",
            "target": {"value": 100},
        }
        for number in range(KPIS)
    ]
    months = [f"{2024 + (9 + back) // 12}-{(9 + back) % 12 + 1:02}" for back in range(1, MONTHS + 1)]
    typed = [
        {"kpi": f"KPI {number}", "period": month, "value": chance.randrange(80, 130)}
        for number in range(KPIS)
        for month in months
    ]
    goals = [{"name": f"Goal {number}"} for number in range(5)]
    return json.dumps({"goals": goals, "kpis": kpis, "typed_values": typed})


def fill(folder: Path) -> Path:
    """Make the data file."""
    data, definitions = folder / "board.db", folder / "definitions.json"
    definitions.write_text(document(), "utf-8")
    command = [sys.executable, "-m", "kpi_core", "define", str(definitions), "--data", str(data)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "SIGNALBOX_TODAY": TODAY}, capture_output=True)
    return data


def regroups(browser: Browser, address: str) -> list[float]:
    """Measure milliseconds from picking another grouping to its headings, several times on one page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(SHOWN + APP_SHOWN)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.evaluate("whenShown(() => appShows())")
    took = []
    for number in range(CLICKS):
        page.wait_for_timeout(300)
        took.append(float(page.evaluate(REGROUPED, GROUPS[number % 2])))
    context.close()
    return took


def measure(rounds: int) -> bool:
    """Measure, print the medians, and tell whether both bars hold."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ.update({"SIGNALBOX_DATA": str(fill(folder)), "SIGNALBOX_TODAY": TODAY})
        driver = stack.enter_context(sync_playwright())
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        ports = free_port(), free_port()
        app = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            f"--server.port={ports[1]}",
            "--server.headless=true",
        ]
        empty_page = stack.enter_context(served(streamlit("empty.py", ports[0]), ports[0], PAINT, "/_stcore/health"))
        board_page = stack.enter_context(served(app, ports[1], ROOT, "/_stcore/health"))
        empty_start, board_start, empty_again, board_again, kpi_start = [], [], [], [], []
        for number in range(rounds + 1):
            found = (
                first_paint(browser, empty_page.address, "emptyShows(1)"),
                first_paint(browser, board_page.address, f"cards().length === {KPIS}"),
                reruns(browser, empty_page.address, "emptyShows"),
                regroups(browser, board_page.address),
                first_paint(browser, f"{board_page.address}/kpi?kpi=1", KPI_SHOWN),
            )
            if number:  # the first round warms the servers
                empty_start.append(found[0])
                board_start.append(found[1])
                empty_again += found[2]
                board_again += found[3]
                kpi_start.append(found[4])
        browser.close()
        alone = (
            many(*empty_page, SESSIONS, SESSIONS_CLICKS, press).sentence("empty"),
            many(*board_page, SESSIONS, SESSIONS_CLICKS, regroup).sentence("board"),
        )
    start, again = median(board_start) / median(empty_start), median(board_again) / median(empty_again)
    print(f"{date.fromisoformat(TODAY)}: {KPIS} KPIs, {MONTHS} months each")
    print(
        f"first paint {median(board_start):.0f} ms, empty {median(empty_start):.0f}: "
        f"{start:.2f}x (bar {FIRST_PAINT_BAR})"
    )
    print(f"filter {median(board_again):.0f} ms, empty rerun {median(empty_again):.0f}: {again:.2f}x (bar {RERUN_BAR})")
    print(
        f"a KPI's page: first paint {median(kpi_start):.0f} ms, {median(kpi_start) / median(empty_start):.2f}x of empty"
    )
    for each in alone:
        print(f"{SESSIONS} sessions at once without browsers, {each}")
    return start <= FIRST_PAINT_BAR and again <= RERUN_BAR


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    sys.exit(0 if measure(options.parse_args().rounds) else 1)
