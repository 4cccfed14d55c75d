from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kpi_core.cli import main
from kpi_core.cli.group import MODULES, not_loaded
from kpi_core.service import keeping
from tests.cli.running import NOW, Run

ROOT = Path(__file__).parents[2]
HEAVY = {"pandas", "numpy", "pyarrow", "clevercsv", "charset_normalizer", "python_calamine"}


def test_every_command_is_where_the_group_says(run: Run) -> None:
    for name in MODULES:
        assert run(name, "--help").code == 0, name


def test_the_help_lists_every_command(run: Run) -> None:
    shown = run("--help")
    assert shown.code == 0
    for name in MODULES:
        assert f"\n  {name} " in shown.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nonsense",), "No such command 'nonsense'. See python -m kpi_core --help."),
        (
            ("undo", "x"),
            "Invalid value for 'IMPORT_ID': 'x' is not a valid integer. See python -m kpi_core undo --help.",
        ),
        (("import", "a.csv"), "Missing option '--source'. See python -m kpi_core import --help."),
    ],
)
def test_a_slip_is_refused_in_one_sentence(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    plain = run(*arguments)
    assert (plain.code, plain.out, plain.err) == (2, "", f"{sentence}\n")
    told = run(*arguments, "--json")
    assert told.code == 2
    assert f"{told.json['error']} {told.json['hint']}" == sentence


def test_nothing_asked_for_shows_the_help(run: Run) -> None:
    shown = run()
    assert shown.code == 2
    assert shown.err.startswith("Usage: python -m kpi_core")


def loaded_by(*arguments: str) -> set[str]:
    script = (
        "import sys, datetime; from kpi_core.cli import main;"
        "code = main(datetime.datetime(2026, 11, 3), sys.argv[1:]);"
        "print(code, *sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    code, *names = ran.stderr.splitlines()[-1].split()
    assert code == "0", ran.stderr
    return set(names)


@pytest.mark.parametrize("arguments", [("board",), ("definitions",), ("sample", "--help")])
def test_what_reads_no_file_does_not_wait_for_what_does(data: Path, arguments: tuple[str, ...]) -> None:
    keeping.settings(data)
    reading = {"sample"} & set(arguments)
    assert bool(loaded_by(*arguments) & HEAVY) == bool(reading)


def test_a_module_is_hidden_in_the_block_only() -> None:
    assert "this" not in sys.modules
    with not_loaded(["this", "sys"]):
        with pytest.raises(ModuleNotFoundError):
            import this  # noqa: F401, PLC0415
        assert sys.modules["sys"] is sys
    assert "this" not in sys.modules


def test_the_exit_code_is_given_not_raised(run: Run, data: Path) -> None:
    keeping.settings(data)
    assert main(NOW, ["board"]) == 0
    assert run("undo", 7).code == 2
