"""What the journeys start from: a fixed day, an empty data file, or the sample shop."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpi_core.service import place, sample
from tests.journeys.browsing import new_page
from tests.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

NOW = datetime(2026, 11, 3, 9)
"""A Tuesday in early November: October is complete, and its values are due by the seventh."""


@pytest.fixture(autouse=True)
def _on_this_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the app's clock."""
    monkeypatch.setenv("SIGNALBOX_TODAY", NOW.isoformat())


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data file that holds the sample shop, once."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    sample.load(path, NOW)
    return path


@pytest.fixture
def sample_shop(sample_file: Path) -> Path:
    """Start from the sample shop; give the path of the data file."""
    path = place.data_file(os.environ)
    shutil.copyfile(sample_file, path)
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a browser page that serves the app over the test's own data file; an error in the browser fails the test."""
    with served(ROOT / "app.py") as address:
        opened = new_page(browser, address)
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        yield opened
        opened.close()
        assert errors == []
