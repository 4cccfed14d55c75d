"""The app as it is served to its owner, over the sample shop, for those who try to get at it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpi_core.service import sample
from tests.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 3, 9)
CALLS = "SIGNALBOX_CALLS"
LISTENS = f"""
import os, sys
told = os.open(os.environ["{CALLS}"], os.O_CREAT | os.O_APPEND | os.O_WRONLY)
def hears(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"):
        said = given if event.startswith("socket.get") else given[1:]
        os.write(told, f"{{event}} {{said}}\\n".encode())
sys.addaudithook(hears)
"""
"""Put where Python runs it at its start: writes down whom the server's process calls, by Python's own audit events."""


@pytest.fixture(scope="session")
def shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data file that holds the sample shop, once; what a test changes in it no other test looks at."""
    path = tmp_path_factory.mktemp("shop") / "shop.db"
    sample.load(path, NOW)
    return path


@pytest.fixture(scope="session")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file that the served app's outgoing calls are written to."""
    return tmp_path_factory.mktemp("calls") / "calls.txt"


@pytest.fixture(scope="session")
def shop(shop_file: Path, calls: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the app with every outgoing call of its process written down; give its address."""
    hook = tmp_path_factory.mktemp("hook")
    (hook / "sitecustomize.py").write_text(LISTENS, "utf-8")
    environment = {
        "PYTHONPATH": os.pathsep.join([str(hook), str(ROOT)]),
        "SIGNALBOX_DATA": str(shop_file),
        "SIGNALBOX_TODAY": NOW.isoformat(),
        CALLS: str(calls),
    }
    with served(ROOT / "app.py", **environment) as address:
        yield address
