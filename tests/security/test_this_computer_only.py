"""Only this computer reaches the app, and only pages of its own speak to it."""

from __future__ import annotations

import base64
import os
import socket
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATIENCE = 20


def port_of(address: str) -> int:
    port = urlsplit(address).port
    assert port is not None
    return port


def own_addresses() -> list[str]:
    """List this computer's addresses under which others would reach it."""
    found = {str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None)}
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            try:
                asked.connect((elsewhere, 9))  # sends nothing: asks which address would be used
                found.add(str(asked.getsockname()[0]))
            except OSError:
                continue
    return sorted(each for each in found if not each.startswith(("127.", "::1")))


def test_no_other_computer_reaches_it(shop: str) -> None:
    outside = own_addresses()
    if not outside:
        pytest.skip("this computer is in no network")
    for address in outside:
        with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
            socket.create_connection((address, port_of(shop)), timeout=PATIENCE).close()


def upgrade(shop: str, host: str, origin: str | None) -> int:
    """Ask for the connection that everything goes over, as a browser does; give the answer's number."""
    connection = HTTPConnection("localhost", port_of(shop), timeout=PATIENCE)
    connection.putrequest("GET", "/_stcore/stream", skip_host=True)
    connection.putheader("Host", host)
    for name, value in (
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", base64.b64encode(os.urandom(16)).decode()),
        ("Sec-WebSocket-Protocol", "streamlit"),
        *([("Origin", origin)] if origin else []),
    ):
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    connection.close()
    return answer.status


def test_its_own_page_is_let_in(shop: str) -> None:
    for name in ("localhost", "127.0.0.1"):
        host = f"{name}:{port_of(shop)}"
        assert upgrade(shop, host, f"http://{host}") == 101


@pytest.mark.parametrize(
    "host",
    ["shop.example", "shop.example:{port}", "localhost.shop.example", "localhost@shop.example", "0.0.0.0:{port}", ""],
)
def test_a_page_of_another_name_that_leads_here_is_refused(shop: str, host: str) -> None:
    spoofed = host.format(port=port_of(shop))
    assert upgrade(shop, spoofed, f"http://{spoofed}") == 403
    assert upgrade(shop, spoofed, None) == 403


@pytest.mark.parametrize("origin", ["http://shop.example", "https://shop.example:{port}", "null", "file://"])
def test_a_page_of_another_site_is_refused(shop: str, origin: str) -> None:
    assert upgrade(shop, f"localhost:{port_of(shop)}", origin.format(port=port_of(shop))) == 403


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config", "/board"])
def test_nothing_is_answered_for_pages_of_another_site_to_read(shop: str, path: str) -> None:
    connection = HTTPConnection("localhost", port_of(shop), timeout=PATIENCE)
    connection.request("GET", path, headers={"Origin": "http://shop.example"})
    answer = connection.getresponse()
    answer.read()
    assert answer.headers.get("Access-Control-Allow-Origin") is None
    connection.close()


@pytest.mark.parametrize("path", ["/", "/kpi?kpi=1", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/agent/mcp"])
def test_what_is_answered_without_that_connection_holds_nothing_of_the_shop(shop: str, path: str) -> None:
    connection = HTTPConnection("localhost", port_of(shop), timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": "shop.example"})
    said = connection.getresponse().read().decode("utf-8", "replace")
    for of_the_shop in ("Monthly revenue", "shop manager", "shop.db"):
        assert of_the_shop not in said
    connection.close()


@pytest.mark.browser
def test_a_browser_that_was_led_here_under_another_name_sees_no_board(
    browser: Browser, shop: str, chromium: str
) -> None:
    options = ["--no-sandbox", "--host-resolver-rules=MAP shop.example 127.0.0.1"]
    led_astray = browser.browser_type.launch(executable_path=chromium, args=options)
    page = led_astray.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "403" in said.text else None)
    page.goto(f"http://shop.example:{port_of(shop)}/")
    for _ in range(PATIENCE * 5):
        if refused:
            break
        page.wait_for_timeout(200)
    assert refused
    assert "Monthly revenue" not in page.content()
    led_astray.close()
