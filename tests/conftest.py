"""What holds for every test: no home, no data file, no locale, no clock zone and no browser of the machine leaks in."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
CHROMIUM_PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)

# A machine that is busy is no failure; in CI the same examples run every time.
hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")


def find_chromium() -> str | None:
    """Find a Chromium or a browser built on it; None where there is none."""
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    in_place = (place for place in CHROMIUM_PLACES if Path(place).is_file())
    return next((found for found in on_path if found), None) or next(in_place, None)


def browser_is_required() -> bool:
    """Tell whether a missing Chromium is a failure: in CI, or where SIGNALBOX_REQUIRE_BROWSER says so."""
    return os.environ.get("SIGNALBOX_REQUIRE_BROWSER", os.environ.get("CI", "")).lower() in {"1", "true", "yes"}


def without_browser(*, required: bool) -> None:
    """Skip the test by name, or fail it where the browser is required."""
    reason = "no Chromium on this machine: install Chromium or Chrome to run the browser tests"
    if required:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a Chromium for Playwright's `executable_path`; without one the test is skipped, or fails."""
    found = find_chromium()
    if found is None:
        without_browser(required=browser_is_required())
    return str(found)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Open the browser once for all tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session", autouse=True)
def _plain_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the run a home of its own, the plainest locale, and a zone that is not UTC."""
    home = str(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as machine:
        for name in ("HOME", "USERPROFILE"):
            machine.setenv(name, home)
        for name in ("LANG", "LANGUAGE", "LC_ALL", "LC_NUMERIC", "LC_TIME"):
            machine.setenv(name, "C.UTF-8")
        # Whoever turns a wall date into UTC by mistake loses a day here.
        machine.setenv("TZ", "Pacific/Auckland")
        machine.delenv("SIGNALBOX_TODAY", raising=False)
        if sys.platform != "win32":
            time.tzset()
        yield


@pytest.fixture(autouse=True)
def _own_data_file(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a data file that is not there yet."""
    monkeypatch.setenv("SIGNALBOX_DATA", str(tmp_path_factory.mktemp("data") / "signalbox.db"))
