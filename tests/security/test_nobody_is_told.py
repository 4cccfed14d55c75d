"""The app tells nobody anything: no page calls another host, no process of it does, and no question asks for more."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.journeys.browsing import go, new_page, settle
from tests.security.test_this_computer_only import upgrade
from tests.served import ROOT, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = [each.stem for each in sorted((ROOT / "pages").glob("[!_]*.py"))]
OPENED = ["", *(name for name in PAGES if name not in {"board", "kpi"}), "kpi?kpi=1", "choose?kpi=1", "choose?kpi=new"]
HERE = {"localhost", "127.0.0.1", "::1"}
OF_STREAMLIT = {"8.8.8.8", "checkip.amazonaws.com"}
"""Whom Streamlit asks for this computer's own address before it refuses a page of another site: docs/sharing.md."""
A_CALL = re.compile(r"^socket\.(?:connect|sendto) .*?\('([^']+)', \d+")
A_NAME = re.compile(r"^socket\.(?:getaddrinfo|gethostbyname) \(b?'([^']*)'")


@pytest.mark.browser
def test_a_walk_through_all_pages_calls_nobody_else(browser: Browser, shop: str, calls: Path) -> None:
    page = new_page(browser, shop)
    heard_before = calls.stat().st_size
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda opened: asked.append(opened.url))
    for path in OPENED:
        go(page, path)
    page.wait_for_timeout(1000)
    page.close()
    assert len(asked) > len(OPENED)
    elsewhere = [
        url for url in asked if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).hostname not in HERE
    ]
    assert elsewhere == []
    everything = calls.read_bytes()
    assert b"socket.bind" in everything, "not even the server's own port was heard of: nobody listens"
    assert called_in(everything[heard_before:]) <= HERE


def test_an_attempt_from_another_site_makes_streamlit_ask_for_this_computers_address_and_no_more(
    shop: str, calls: Path
) -> None:
    heard_before = calls.stat().st_size
    assert upgrade(shop, urlsplit(shop).netloc, "http://shop.example") == 403
    assert called_in(calls.read_bytes()[heard_before:]) <= {*HERE, *OF_STREAMLIT}


def called_in(told: bytes) -> set[str]:
    """Read whom the server's process called."""
    lines = told.decode("utf-8").splitlines()
    return {found[1] for line in lines if (found := A_CALL.match(line) or A_NAME.match(line))}


def test_a_call_would_be_heard(tmp_path: Path) -> None:
    from tests.security.conftest import CALLS, LISTENS  # noqa: PLC0415 -- the words of the hook itself

    (tmp_path / "sitecustomize.py").write_text(LISTENS, "utf-8")
    script = "import socket\nwith socket.socket(type=socket.SOCK_DGRAM) as out:\n    out.connect(('192.0.2.77', 9))\n"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), CALLS: str(tmp_path / "calls.txt")}
    subprocess.run([sys.executable, "-c", script], env=environment, check=False, stderr=subprocess.DEVNULL)
    found = [A_CALL.match(line) for line in (tmp_path / "calls.txt").read_text("utf-8").splitlines()]
    assert [each[1] for each in found if each] == ["192.0.2.77"]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own is made the way of Linux and macOS")
def test_the_first_start_asks_for_no_address(tmp_path: Path) -> None:
    import pty  # noqa: PLC0415 -- there is none on Windows

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port=0", "--server.headless=false"]
    # A home that Streamlit was never started in, and a browser that opens nothing
    environment = {**os.environ, "HOME": str(tmp_path), "BROWSER": "true", "DISPLAY": ":0"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = ""
    until = time.monotonic() + 30
    try:
        while "URL:" not in said and time.monotonic() < until:
            said += os.read(ours, 4096).decode("utf-8", "replace")
    finally:
        server.terminate()
        server.wait(20)
        os.close(ours)
    assert "URL:" in said
    assert "mail" not in said.lower()
    assert "statistics" not in said.lower()
    assert "Network URL" not in said
    assert "External URL" not in said


BROKEN = """
import streamlit as st
from ui.shell import show_frame
st.title("Broken")
raise RuntimeError("the shop's secret")
"""


@pytest.mark.browser
def test_an_unforeseen_error_shows_no_detail_and_leads_nowhere_else(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(BROKEN, "utf-8")
    with served(tmp_path / "broken.py") as address:
        page = new_page(browser, address)
        go(page)
        page.locator("[data-testid=stException]").wait_for()
        settle(page)
        assert "secret" not in page.content()
        links = page.locator("a[href]").evaluate_all("all => all.map(each => each.href)")
        page.close()
    assert [link for link in links if urlsplit(link).hostname not in HERE] == []
