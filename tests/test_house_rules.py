"""The rules of the house that a machine can hold: style, types, imports, the clock and size.

One test command covers all; a check whose tool is not installed is skipped by name.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = Path(sys.executable).parent

# Guides are what we aim at and report; limits fail.
MODULE_GUIDE, MODULE_LIMIT = 300, 400
FUNCTION_GUIDE, FUNCTION_LIMIT = 40, 60
PAGE_GUIDE, PAGE_LIMIT = 60, 80


def ours(*folders: str) -> list[Path]:
    """List our Python files in these folders, or in all of them."""
    wanted = folders or ("app.py", "start.py", "kpi_core", "pages", "ui", "tests", "benchmarks", "docs")
    found: list[Path] = []
    for name in wanted:
        place = ROOT / name
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return found


def passes(tool: str, *options: str) -> None:
    """Run an installed tool on the project; its own words are the failure."""
    command = shutil.which(tool, path=str(TOOLS))  # another one on the path may be of another version
    if command is None:
        pytest.skip(f"{tool} is not installed: pip install -r requirements-dev.txt")
    plain = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "120"}
    run = subprocess.run([command, *options], cwd=ROOT, env=plain, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{tool} {' '.join(options)}\n{run.stdout}{run.stderr}"


def test_ruff_finds_nothing() -> None:
    passes("ruff", "check")


def test_everything_is_formatted() -> None:
    passes("ruff", "format", "--check")


def test_types_hold() -> None:
    passes("mypy")


def test_imports_point_down() -> None:
    passes("lint-imports", "--no-cache")


def test_the_core_never_loads_a_screen() -> None:
    core = [path.relative_to(ROOT).with_suffix("") for path in ours("kpi_core") if path.name != "__main__.py"]
    names = [".".join(path.parts).removesuffix(".__init__") for path in core]
    assert "kpi_core.service" in names
    script = (
        "import importlib, json, sys\n"
        "for name in json.loads(sys.argv[1]): importlib.import_module(name)\n"
        "print(json.dumps([name for name in sys.modules if name.split('.')[0] in {'streamlit', 'plotly'}]))\n"
    )
    command = [sys.executable, "-c", script, json.dumps(names)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == []


def test_app_holds_the_page_list_and_no_logic() -> None:
    tree = ast.parse((ROOT / "app.py").read_text("utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    allowed = {"__future__", "datetime", "gc", "os", "streamlit"}
    assert {name for name in modules if name not in allowed and not name.startswith("ui.")} == set()
    logic = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.For | ast.While | ast.Try
    assert [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, logic)] == []


def test_app_lists_every_page() -> None:
    listed = {
        node.args[0].value
        for node in ast.walk(ast.parse((ROOT / "app.py").read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "Page"
        and isinstance(node.args[0], ast.Constant)
    }
    there = {path.relative_to(ROOT).as_posix() for path in ours("pages") if path.name != "__init__.py"}
    assert listed == there


def clock_calls(tree: ast.AST) -> list[str]:
    """Name the calls that read the clock, however the module was imported."""
    readers = {owner: {"now", "today", "utcnow"} for owner in ("datetime", "date", "Timestamp")}
    readers["time"] = {"time", "time_ns", "localtime", "gmtime"}
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in readers.get(ast.unparse(node.func.value).rpartition(".")[2], set())
    ]


def test_the_clock_finder_finds_clocks() -> None:
    source = "import time\nx = dt.date.today()\ny = time.time()\nw = dt.time()\nz = dt.datetime.now(dt.UTC)\n"
    assert clock_calls(ast.parse(source)) == [
        "line 2: dt.date.today()",
        "line 3: time.time()",
        "line 5: dt.datetime.now(dt.UTC)",
    ]


def test_only_the_two_entrances_read_the_clock() -> None:
    entrances = {ROOT / "app.py", ROOT / "kpi_core" / "__main__.py"}
    found = {
        path.relative_to(ROOT).as_posix(): calls
        for path in ours("kpi_core", "pages", "ui")
        if path not in entrances and (calls := clock_calls(ast.parse(path.read_text("utf-8"))))
    }
    assert found == {}


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines from its def to its end, its docstring left out."""
    documentation = node.body[0]
    is_text = isinstance(documentation, ast.Expr) and isinstance(documentation.value, ast.Constant)
    text = (documentation.end_lineno or 0) - documentation.lineno + 1 if is_text else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - text


def over(guide: int, sizes: dict[str, int]) -> dict[str, int]:
    """Keep what is larger than the guide, largest first."""
    return {name: size for name, size in sorted(sizes.items(), key=lambda pair: -pair[1]) if size > guide}


def report(what: str, guide: int, sizes: dict[str, int]) -> None:
    """Print what is over the guide; `pytest -rP tests/test_house_rules.py` shows it."""
    for name, size in over(guide, sizes).items():
        print(f"{what} over the guide of {guide} lines: {name} has {size}")  # noqa: T201 - the report of a passing test


def test_modules_stay_readable() -> None:
    sizes = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in ours("app.py", "start.py", "kpi_core", "ui")
    }
    report("module", MODULE_GUIDE, sizes)
    assert over(MODULE_LIMIT, sizes) == {}


def test_functions_stay_readable() -> None:
    sizes = {
        f"{path.relative_to(ROOT).as_posix()}:{node.name}": code_lines(node)
        for path in ours()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    report("function", FUNCTION_GUIDE, sizes)
    assert over(FUNCTION_LIMIT, sizes) == {}


def test_pages_stay_short() -> None:
    sizes = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in ours("pages", "app.py")
    }
    report("page", PAGE_GUIDE, sizes)
    assert over(PAGE_LIMIT, sizes) == {}


def test_every_requirement_is_pinned_exactly_and_names_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
        assert lines
        assert [line for line in lines if "==" not in line.partition(";")[0]] == []
        assert [line for line in lines if "://" in line or line.startswith("-")] == []


def test_both_requirements_files_pin_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return {line for line in (ROOT / name).read_text("utf-8").splitlines() if "==" in line}

    both = pins("requirements.txt") | pins("requirements-dev.txt")
    versions: dict[str, set[str]] = {}
    for line in both:
        package, _, marker = line.partition(";")
        name, _, version = package.strip().partition("==")
        versions.setdefault(f"{name};{marker.strip()}", set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
