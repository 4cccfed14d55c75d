"""The page on scripting, run from top to bottom: each command prints what the page says, each table is named."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kpi_core.cli.group import MODULES
from tests.served import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "scripting.md").read_text("utf-8")
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<name>\S+))?\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
ITS_OWN = {"_sqlite_migrations", "sqlite_sequence", "sqlite_stat1"}
"""Tables of SQLite and of the migrations."""


def run(command: list[str], folder: Path) -> str:
    """Run a command; give what it prints, what it says of errors, and its exit code where it is not 0."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "SIGNALBOX_DATA": str(folder / "shop.db"),
        "SIGNALBOX_TODAY": "2026-11-03",
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr + (f"[exit code {done.returncode}]\n" if done.returncode else "")


def commands(text: str) -> list[tuple[str, str]]:
    """Part what was typed from what was printed."""
    parted = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    return list(zip(parted[1::2], parted[2::2], strict=True))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str, str]]]:
    """Run the page in an empty folder; give what each command should have printed, and what it did."""
    folder = tmp_path_factory.mktemp("scripting")
    seen: list[tuple[str, str, str]] = []
    for block in BLOCK.finditer(PAGE):
        if block["name"]:
            (folder / block["name"]).write_text(block["text"], "utf-8")
        elif block["kind"] == "console":
            for typed, printed in commands(block["text"]):
                seen.append((typed, printed, run([sys.executable, *shlex.split(typed)[1:]], folder)))
        elif block["kind"] == "python":
            (folder / "read.py").write_text(block["text"], "utf-8")
            printed = next(each["text"] for each in BLOCK.finditer(PAGE, block.end()))
            seen.append(("read.py", printed, run([sys.executable, "read.py"], folder)))
    return folder, seen


def test_every_output_of_the_page_is_what_is_printed(played: tuple[Path, list[tuple[str, str, str]]]) -> None:
    _, seen = played
    assert len(seen) >= 12
    for typed, said, printed in seen:
        assert printed == said, typed


def test_every_table_is_explained(played: tuple[Path, list[tuple[str, str, str]]]) -> None:
    folder, _ = played
    with closing(sqlite3.connect(folder / "shop.db")) as shop:
        names = {row[0] for row in shop.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} - ITS_OWN
    assert {name for name in names if f"`{name}`" not in PAGE} == set()


def test_every_command_is_named() -> None:
    assert [name for name in MODULES if f"`{name}`" not in PAGE] == []
