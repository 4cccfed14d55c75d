"""A served screen to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def screen(chromium: str) -> Iterator[str]:
    """Serve `screen.py` with the app's own configuration, where there is a browser to look at it; give its address."""
    assert chromium
    with served(ROOT / "tests" / "ui" / "screen.py") as address:
        yield address
