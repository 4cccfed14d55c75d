"""The proxy of docs/sharing.md, run as it stands there: it asks for the log-in, and the app works behind it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.served import ROOT, free_port, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

CADDY = shutil.which("caddy")
NAME, PERSON, PASSWORD = "signalbox.example.com", "anna", "a long password"
PATIENCE = 30
BESIDE = "{\n\tadmin off\n\tskip_install_trust\n\thttp_port %d\n\thttps_port %d\n}\n"
"""What a test needs beside the page's own lines: ports that need no rights, and nothing told to this computer."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CADDY is None, reason="Caddy is not installed: apt install caddy"),
]


def page_says(kind: str) -> str:
    """Take the example of docs/sharing.md that is written in these marks."""
    text = (ROOT / "docs" / "sharing.md").read_text("utf-8")
    found = re.search(rf"^```{kind}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def option_said() -> str:
    """Take the option that the page starts the app with."""
    found = re.search(r"--server\.allowedHosts=\S+", (ROOT / "docs" / "sharing.md").read_text("utf-8"))
    assert found is not None
    return found[0]


@contextmanager
def proxied(app_port: int, folder: Path) -> Iterator[int]:
    """Run Caddy before the app; give the port that it answers on."""
    assert CADDY is not None
    hashed = subprocess.run(
        [CADDY, "hash-password", "--plaintext", PASSWORD], check=True, capture_output=True, text=True
    )
    port = free_port()
    settings = page_says("caddy").replace("PASSWORD_HASH", hashed.stdout.strip())
    settings = settings.replace("localhost:8501", f"localhost:{app_port}")
    (folder / "Caddyfile").write_text(BESIDE % (free_port(), port) + settings, "utf-8")
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = [CADDY, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    proxy = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(PATIENCE * 5):
            assert proxy.poll() is None, "Caddy ended before it answered"
            try:
                socket.create_connection(("localhost", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        proxy.terminate()
        proxy.wait(PATIENCE)


def status_for_a_stranger(port: int, path: str) -> int:
    """Ask the proxy for a path without a log-in, also for the WebSocket; give the number of its answer."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    ask = f"GET {path} HTTP/1.1\r\nHost: {NAME}:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    with (
        socket.create_connection(("localhost", port), timeout=PATIENCE) as line,
        trusting.wrap_socket(line, server_hostname=NAME) as secured,
    ):
        secured.sendall(ask.encode())
        return int(secured.recv(64).split()[1])


def test_the_proxy_asks_who_it_is_and_the_app_works_behind_it(
    browser: Browser, chromium: str, shop_file: Path, tmp_path: Path
) -> None:
    options = ["--no-sandbox", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    with (
        served(ROOT / "app.py", option_said(), SIGNALBOX_DATA=str(shop_file), SIGNALBOX_TODAY="2026-11-03") as app,
        proxied(int(app.rpartition(":")[2]), tmp_path) as port,
    ):
        office = browser.browser_type.launch(executable_path=chromium, args=options)
        address = f"https://{NAME}:{port}/"

        for path in ("/", "/_stcore/stream", "/_stcore/health"):
            assert status_for_a_stranger(port, path) == 401

        known = {"username": PERSON, "password": PASSWORD}
        context = office.new_context(ignore_https_errors=True, http_credentials=known)  # type: ignore[arg-type]
        page = context.new_page()
        spoken: list[str] = []
        page.on("websocket", lambda opened: spoken.append(opened.url))
        page.goto(address)
        page.locator("article.card").first.wait_for()
        assert spoken
        assert all(url.startswith(f"wss://{NAME}:{port}/") for url in spoken)

        page.get_by_role("link", name="Settings").click()
        page.get_by_role("heading", name="Settings", level=1).wait_for()
        office.close()
