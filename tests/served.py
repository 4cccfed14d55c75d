"""A Streamlit script served on a free port, for tests that look at it in a browser or by hand-made requests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PATIENCE = 60
"""Seconds until a server that does not answer is a failure."""


@contextmanager
def served(script: Path, *options: str, **environment: str) -> Iterator[str]:
    """Serve a script with the app's own configuration; give its address.

    `options` are Streamlit's own and come last; `environment` is added to this process's.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.headless=true"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    server = subprocess.Popen([*command, *options], cwd=ROOT, env=env)
    try:
        address = f"http://localhost:{port}"
        wait_until_served(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return int(listener.getsockname()[1])


def wait_until_served(address: str, server: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Wait until the server answers; fail where it ends before."""
    for _ in range(PATIENCE * 5):
        assert server.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=PATIENCE):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"{address} did not answer within {PATIENCE} seconds")
