"""A data file that is not there yet."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def data() -> Path:
    """Name the test's own data file."""
    return Path(os.environ["SIGNALBOX_DATA"])
