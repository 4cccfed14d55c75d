"""Script and markup in every name an owner or a file can give is text on every page: shown as it stands, never run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kpi_core.service import importing, keeping
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from tests.journeys.browsing import go, new_page, press, settle
from tests.security.conftest import NOW
from tests.security.test_nobody_is_told import OPENED
from tests.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Page

MARKUP = """'"><img src=x onerror=hit()><script>hit()</script><svg onload=hit()>[x](javascript:hit())"""
"""Breaks out of attributes and elements, and is a link in markdown."""
HIT = "window.hits = 0; window.hit = () => { window.hits += 1; };"
INJECTED = """() => {
    const roots = [document];
    for (const root of roots) for (const each of root.querySelectorAll('*')) {
        if (each.shadowRoot) roots.push(each.shadowRoot);
    }
    return roots.flatMap(root => [...root.querySelectorAll(
        'img[onerror], img[src$="/x"], svg[onload], a[href^="javascript:"], [onclick*=hit], [onload*=hit]'
    )]).map(each => each.outerHTML.slice(0, 300)).concat(
        [...document.scripts].filter(each => each.textContent.includes('hit()')).map(each => each.outerHTML)
    );
}"""


def called(what: str) -> str:
    """Give a name that holds markup."""
    return f"{what} {MARKUP}"


def definitions() -> str:
    """Write a set of definitions whose every name holds markup."""
    measure = {
        "kind": "measure",
        "source": called("source"),
        "aggregate": "sum",
        "value": called("amount"),
        "date": "Day",
        "segment": called("segment"),
    }
    said = {
        "goal": called("goal"),
        "owner": called("owner"),
        "definition": called("definition"),
        "scope": called("scope"),
        "change": called("change"),
        "when_red": called("when red"),
        "function": called("function"),
        "includes": called("includes"),
        "direction": "up",
    }
    measured = {"name": called("measured"), "unit": "currency:SEK", "values": measure, "target": 10, **said}
    typed = {"name": called("typed"), "unit": "count", "target": {"value": 10, "reason": called("reason")}, **said}
    result = {"kpi": called("typed"), "baseline": 1, "target": 20}
    objective = {"name": called("objective"), "from": "2026-10-01", "until": "2026-12-31", "owner": called("owner")}
    months = [f"2026-{month:02}" for month in range(1, 11)]
    document = {
        "business": {"name": called("business"), "currency": "SEK", "locale": "en_US", "person": called("person")},
        "goals": [called("goal")],
        "sources": [{"name": called("source")}],
        "kpis": [{**measured, "counter_measure": called("typed")}, typed],
        "objectives": [{**objective, "key_results": [result]}],
        "typed_values": [
            {"kpi": called("typed"), "period": month, "value": 8, "note": called("value's note")} for month in months
        ],
        "notes": [{"day": "2026-09-10", "text": called("note")}],
    }
    return json.dumps(document)


def export() -> bytes:
    """Write a file whose headings and cells hold markup."""

    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    head = ",".join(("Day", quoted(called("amount")), quoted(called("segment")), quoted(called("heading"))))
    lines = [
        f"2026-{month:02}-{day:02},{day}.50,{quoted(called('web'))},{quoted(called('cell'))}"
        for month in range(1, 11)
        for day in range(1, 29)
    ]
    return "\n".join((head, *lines, "")).encode()


FILE = f"{MARKUP.replace('/', '')}.csv"


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a shop of such names, two KPIs of them and an import."""
    path: Path = tmp_path_factory.mktemp("nasty") / "nasty.db"
    keeping.define(path, File("definitions.json", definitions().encode()), NOW)
    answers = {"coverage": "yes"}
    added = importing.add(path, File(FILE, export()), Wishes(called("source"), answers), NOW)
    assert added.result.new == 280
    with served(ROOT / "app.py", SIGNALBOX_DATA=str(path), SIGNALBOX_TODAY=NOW.isoformat()) as address:
        yield address


@pytest.fixture
def watched(browser: Browser, nasty: str) -> Iterator[Page]:
    """Open a browser page that counts what ran, and complains of each dialog and each of the page's own errors."""
    page = new_page(browser, nasty)
    page.add_init_script(HIT)
    wrong: list[str] = []

    def console(said: ConsoleMessage) -> None:
        # At a page's own address Streamlit asks for its server below that page first, and above it then
        if said.type == "error" and "/_stcore/" not in said.location["url"]:
            wrong.append(f"{said.text} {said.location['url']}")

    page.on("console", console)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(f"a dialog: {dialog.message}"))
    yield page
    page.close()
    assert wrong == []


def holds(page: Page) -> None:
    """Hold a page to having run nothing of what the names say, and to having made no element of them."""
    page.wait_for_timeout(300)
    assert page.evaluate("window.hits") == 0
    assert page.evaluate(INJECTED) == []
    assert page.title().strip()


@pytest.mark.browser
def test_no_page_runs_what_a_name_says(watched: Page) -> None:
    for path in (*OPENED, "kpi?kpi=2", "choose?kpi=2", "objectives?objective=1"):
        go(watched, path)
        for closed in watched.locator("[data-testid=stExpander] summary").all():
            closed.click()
        settle(watched)
        holds(watched)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("", ("measured", "typed", "goal", "owner")),
        ("kpi?kpi=1", ("measured", "goal", "owner", "definition", "web")),
        ("kpi?kpi=2", ("typed", "note")),
        ("objectives", ("objective", "typed")),
        ("sources", ("source",)),
    ],
)
def test_a_name_is_shown_as_it_was_given(watched: Page, path: str, names: tuple[str, ...]) -> None:
    go(watched, path)
    for name in names:
        watched.get_by_text(called(name)).first.wait_for(state="attached")


@pytest.mark.browser
def test_other_ways_of_showing_the_board_run_nothing_either(watched: Page) -> None:
    go(watched)
    for look in ("Table", "12 months"):
        watched.get_by_role("radio", name=look).or_(watched.get_by_role("button", name=look)).first.click()
        settle(watched)
        holds(watched)


@pytest.mark.browser
def test_a_dropped_file_of_such_a_name_is_shown_and_runs_nothing(watched: Page) -> None:
    go(watched, "add_data")
    given: FilePayload = {"name": FILE, "mimeType": "text/csv", "buffer": export().replace(b"2026-", b"2025-")}
    watched.locator("[data-testid=stMain] input[type=file]").first.set_input_files(given)
    watched.get_by_role("button", name="Add these rows", exact=True).wait_for()
    settle(watched)
    holds(watched)
    press(watched, "Add these rows")
    watched.get_by_role("button", name="Add these rows", exact=True).wait_for(state="detached")
    holds(watched)
