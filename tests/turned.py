"""The app served by a clock that the test turns: months pass without a new start of the server.

Run as a program it is the server: each line of its input is the moment from then on, and is written back once it holds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.served import PATIENCE, ROOT, free_port, wait_until_served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

CLOCK = "SIGNALBOX_TODAY"


@contextmanager
def turned(start: datetime) -> Iterator[tuple[str, Callable[[datetime], None]]]:
    """Serve the app from a moment on; give its address and the way to turn its clock."""
    port = free_port()
    command = [sys.executable, "-m", "tests.turned", "run", str(ROOT / "app.py")]
    options = [f"--server.port={port}", "--server.headless=true"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), CLOCK: start.isoformat()}
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, *options], cwd=ROOT, env=env, stdin=pipe, stderr=pipe, text=True) as server:
        said, heard = server.stdin, server.stderr
        assert said is not None
        assert heard is not None

        def turn(now: datetime) -> None:
            said.write(f"{now.isoformat()}\n")
            said.flush()
            assert any(line.strip() == now.isoformat() for line in heard)

        try:
            address = f"http://localhost:{port}"
            wait_until_served(address, server)
            yield address, turn
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _obey() -> None:
    for line in sys.stdin:
        os.environ[CLOCK] = line.strip()
        sys.stderr.write(line)
        sys.stderr.flush()


if __name__ == "__main__":
    from streamlit.web.cli import main

    threading.Thread(target=_obey, daemon=True).start()
    main()
