"""How fast fifty KPIs paint in headless Chromium, against an empty stock Streamlit page in the same run.

First paint: from the navigation in a fresh browser profile until the last card stands. Rerun: from the click until
the last card shows its new value (on the empty page: its new line). Rounds are interleaved; medians are compared.
Many at once: so many sessions of one process click in the same moment, and again once all have their new values; once
in browsers, which share the machine with the server, and once as bare sessions, where the time is the server's own.

    python benchmarks/board_paint.py [--rounds 7] [--peer PYTHON_WITH_VIZRO]
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.sessions import Took, press
from benchmarks.sessions import many as many_sessions

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAINT = Path(__file__).parent / "paint"
FIRST_PAINT_BAR, RERUN_BAR = 1.1, 0.6
CLICKS = 14
SESSIONS, SESSIONS_BAR_MS, SESSIONS_CLICKS = 20, 500, 5
PATIENCE = 120

SHOWN = """
window.bare = () => (document.body === null ? null : document);
window.line = () => [...(bare()?.querySelectorAll('[data-testid=stMarkdownContainer] p') ?? [])]
  .map(each => each.textContent).find(text => text.startsWith('run '));
window.cards = () =>
  bare()?.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot?.querySelectorAll('.card .value b') ?? [];
window.emptyShows = run => line() === `run ${run}`;
window.boardShows = run => emptyShows(run) && cards().length === 50 && cards()[49].textContent === `${run}`;
window.peerShows = () => (bare()?.querySelectorAll('.js-plotly-plot .scatterlayer .js-line').length ?? 0) >= 50;
window.whenShown = shows => new Promise((done, failed) => {
  setTimeout(() => failed(new Error('never shown')), 120_000);
  const look = () => (shows() ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look));
  look();
});
"""


class Server(NamedTuple):
    """A running server: where it answers, and which process it is."""

    address: str
    process: int


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(command: list[str], port: int, folder: Path, health: str) -> Iterator[Server]:
    """Run a server until it answers, and end it afterwards."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until_it_answers(port, health)
        yield Server(f"http://localhost:{port}", server.pid)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def until_it_answers(port: int, health: str) -> None:
    """Wait until the server on a port answers."""
    for _ in range(PATIENCE * 5):
        try:
            with urllib.request.urlopen(f"http://localhost:{port}{health}", timeout=PATIENCE):
                break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)


def streamlit(script: str, port: int) -> list[str]:
    """Give the command that serves a Streamlit page."""
    options = [f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false"]
    return [sys.executable, "-m", "streamlit", "run", str(PAINT / script), *options]


def first_paint(browser: Browser, address: str, shows: str) -> float:
    """Measure milliseconds from navigation to the shown page, in a fresh profile."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(SHOWN)
    page = context.new_page()
    page.goto(address, wait_until="commit", timeout=PATIENCE * 1000)
    took = float(page.evaluate(f"whenShown(() => {shows})"))
    context.close()
    return took


def reruns(browser: Browser, address: str, shows: str) -> list[float]:
    """Measure milliseconds from a click to its new content, several times on one page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(SHOWN)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.evaluate(f"whenShown(() => {shows}(1))")
    took = []
    for run in range(2, CLICKS + 2):
        page.wait_for_timeout(300)
        click = "const begin = performance.now(); document.querySelector('.stButton button').click();"
        shown = f"(await whenShown(() => {shows}({run}))) - begin"
        took.append(float(page.evaluate(f"async () => {{ {click} return {shown}; }}")))
    context.close()
    return took


def at_once(browser: Browser, address: str, shows: str) -> list[float]:
    """Measure milliseconds from the click to the new content where many sessions click in the same moment."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(SESSIONS)]
    pages = []
    for context in contexts:
        context.add_init_script(SHOWN)
        page = context.new_page()
        page.goto(address, wait_until="commit", timeout=PATIENCE * 1000)
        page.evaluate(f"whenShown(() => {shows}(1))")
        pages.append(page)
    took = []
    for run in range(2, SESSIONS_CLICKS + 2):
        for page in pages:
            begin = "window.begin = performance.now(); document.querySelector('.stButton button').click();"
            page.evaluate(f"() => {{ {begin} window.done = whenShown(() => {shows}({run})); }}")
        took += [float(page.evaluate("async () => (await window.done) - window.begin")) for page in pages]
    for context in contexts:
        context.close()
    return took


def measure(rounds: int, peer: str | None) -> bool:
    """Measure, print the medians, and tell whether both bars hold."""
    with ExitStack() as stack:
        driver = stack.enter_context(sync_playwright())
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        ports = {name: free_port() for name in ("empty", "board", "peer")}
        pages = {
            "empty": stack.enter_context(
                # From its own folder: a stock page has none of our configuration.
                served(streamlit("empty.py", ports["empty"]), ports["empty"], PAINT, "/_stcore/health")
            ),
            "board": stack.enter_context(
                served(streamlit("board.py", ports["board"]), ports["board"], ROOT, "/_stcore/health")
            ),
        }
        if peer:
            command = [peer, str(PAINT / "peer.py"), str(ports["peer"])]
            pages["peer"] = stack.enter_context(served(command, ports["peer"], PAINT, "/"))
        starts: dict[str, list[float]] = {name: [] for name in pages}
        clicks: dict[str, list[float]] = {name: [] for name in pages}
        for number in range(rounds + 1):
            for name, (address, _) in pages.items():
                shows = "peerShows()" if name == "peer" else f"{name}Shows(1)"
                took = first_paint(browser, address, shows)
                again = reruns(browser, address, f"{name}Shows") if name != "peer" else []
                if number:  # the first round warms the servers
                    starts[name].append(took)
                    clicks[name].extend(again)
        many = {name: at_once(browser, pages[name].address, f"{name}Shows") for name in ("empty", "board")}
        browser.close()
        alone = {name: many_sessions(*pages[name], SESSIONS, SESSIONS_CLICKS, press) for name in ("empty", "board")}
    return told(starts, clicks, many, alone)


def told(
    starts: dict[str, list[float]],
    clicks: dict[str, list[float]],
    many: dict[str, list[float]],
    alone: dict[str, Took],
) -> bool:
    """Print the medians beside the bars."""
    empty_start, empty_click = median(starts["empty"]), median(clicks["empty"])
    for name, took in starts.items():
        again = f", rerun {median(clicks[name]):6.0f} ms" if clicks.get(name) else ""
        print(f"{name:6} first paint {median(took):6.0f} ms{again}")
    start, click = median(starts["board"]) / empty_start, median(clicks["board"]) / empty_click
    print(
        f"board against empty: first paint {start:.2f}x (bar {FIRST_PAINT_BAR}), rerun {click:.2f}x (bar {RERUN_BAR})"
    )
    for name, took in many.items():
        print(f"{SESSIONS} sessions at once, {name}: median rerun {median(took):.0f} ms, slowest {max(took):.0f} ms")
    print(f"(bar for the board {SESSIONS_BAR_MS} ms; the browsers share the machine with the server)")
    for name, bare in alone.items():
        print(f"{SESSIONS} sessions at once without browsers, {bare.sentence(name)}")
    if "peer" in starts:
        print(f"Vizro against empty: first paint {median(starts['peer']) / empty_start:.2f}x")
    else:
        print("Vizro: not measured, no Python that has it was named")
    return start <= FIRST_PAINT_BAR and click <= RERUN_BAR and median(many["board"]) <= SESSIONS_BAR_MS


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--peer", help="a Python that has Vizro, to measure the same board there")
    chosen = options.parse_args()
    sys.exit(0 if measure(chosen.rounds, chosen.peer) else 1)
