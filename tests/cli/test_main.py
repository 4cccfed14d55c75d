"""The entrance itself, as a program of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def program(
    *arguments: str, python: tuple[str, ...] = (sys.executable,), cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "SIGNALBOX_TODAY": "2026-11-03T09:00", "PYTHONIOENCODING": "latin-1"}
    command = [*python, "-m", "kpi_core", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False)


def test_the_day_can_be_stated() -> None:
    assert program("sample", "load").returncode == 0
    ran = program("board", "--json")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["as_of"] == "2026-11-03"


def test_what_is_printed_is_utf_8_whatever_the_pipe_expects(tmp_path: Path) -> None:
    document = tmp_path / "set.json"
    document.write_text('{"goals": ["Fler kunder \u2192 m\u00e5let \u20ac"]}', encoding="utf-8")
    assert program("define", str(document)).returncode == 0
    printed = program("definitions").stdout
    assert "Fler kunder \u2192 m\u00e5let \u20ac" in printed.decode("utf-8")
    document.write_bytes(printed)
    again = program("define", str(document), "--json")
    assert json.loads(again.stdout)["changed"] == 0


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Copy the entrance alone into a folder that `start.py` has not set up."""
    (tmp_path / "kpi_core").mkdir()
    for name in ("__init__.py", "__main__.py"):
        shutil.copy(ROOT / "kpi_core" / name, tmp_path / "kpi_core")
    return tmp_path


def bare(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the entrance with a Python that has no library at all."""
    script = "import runpy, sys; sys.path.insert(0, '.'); runpy.run_module('kpi_core', run_name='__main__')"
    command = [sys.executable, "-I", "-S", "-c", script, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def test_a_python_without_the_libraries_says_how_to_get_them(elsewhere: Path) -> None:
    ran = bare(elsewhere, "board")
    assert ran.returncode == 2
    assert ran.stderr.decode() == "The libraries are not installed. Run python3 start.py once, it sets them up.\n"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for another Python is a shell script")
def test_the_python_that_start_set_up_takes_over(elsewhere: Path) -> None:
    own = elsewhere / ".venv" / "bin" / "python"
    own.parent.mkdir(parents=True)
    own.write_text('#!/bin/sh\necho "$@"\nexit 3\n')
    own.chmod(0o755)
    ran = bare(elsewhere, "values", "my file.csv", "--json")
    assert (ran.returncode, ran.stdout.decode()) == (3, "-m kpi_core values my file.csv --json\n")
