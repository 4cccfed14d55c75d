"""The command line as a fixture, and small exports to give it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kpi_core.cli import main
from tests.cli.running import NOW, OPEN, ORDERS, WIDE, Ran, Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process; `--data` is the test's own data file."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main(NOW, [str(each) for each in arguments])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def data() -> Path:
    """Name the test's own data file."""
    return Path(os.environ["SIGNALBOX_DATA"])


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """Write five orders of two months, with a total below."""
    return written(tmp_path / "orders.csv", ORDERS)


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """Write a file whose dates do not tell day from month."""
    return written(tmp_path / "open.csv", OPEN)


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """Write a table whose columns are months."""
    return written(tmp_path / "wide.csv", WIDE)


def written(path: Path, text: str) -> Path:
    """Write a file and give its path."""
    path.write_text(text, encoding="utf-8")
    return path
