"""What the commands share: the data file, how they print, how arguments are read."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi_core.cli.printed import Out
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.service import backups, place
from kpi_core.service.file import File

if TYPE_CHECKING:
    from collections.abc import Callable


class Setup:
    """What every command stands on: the moment, the data file, how it prints."""

    def __init__(self, now: datetime, data: Path, out: Out) -> None:
        """Keep them."""
        self.now, self.data, self.out = now, data, out

    def existing(self) -> Path:
        """Give the data file, which must be there.

        Raises:
            NotFound: there is none; a mistyped path shall not pass for an empty business.
        """
        if not self.data.is_file():
            sentence = f"There is no data file {self.data}."
            raise NotFound(sentence, "Check --data and SIGNALBOX_DATA; import and define make a new one.")
        return self.data

    def keep_daily(self) -> None:
        """Make the backup of the day where it is due; a full disk is said, and stops nothing."""
        if self.data.is_file():
            trouble = backups.daily(self.data, self.now)
            if trouble:
                click.echo(trouble, err=True)


WRITING = frozenset({"import", "fill", "define", "undo", "sample", "months", "notes", "log", "remove-person"})
"""Commands that may change the data file: the backup of the day is made before."""


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of a function of a `Setup`: --json and --data, refusals as sentences."""

    def wrap(act: Callable[..., None]) -> click.Command:
        @click.pass_obj
        def run(now: datetime, /, *, as_json: bool, data: Path | None, **given: object) -> None:
            setup = Setup(now, data or place.data_file(os.environ), Out(as_json))
            if name in WRITING:
                setup.keep_daily()
            setup.out.run(lambda: act(setup, **given))

        run.__doc__ = act.__doc__
        run.__click_params__ = getattr(act, "__click_params__", [])  # type: ignore[attr-defined]
        run = click.option("--data", type=click.Path(path_type=Path), help="The data file, else the app's own.")(run)
        run = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(run)
        return click.command(name)(run)

    return wrap


def answers_of(given: tuple[str, ...]) -> dict[str, str]:
    """Read `ID=CHOICE` pairs."""
    return dict(pair(text, "--answer takes a question and its answer, as in date-order=day-first.") for text in given)


def pair(text: str, usage: str) -> tuple[str, str]:
    """Read `NAME=TEXT`.

    Raises:
        RefusedDefinition: there is no name or no equals sign; `usage` says what was expected.
    """
    left, equals, right = text.partition("=")
    if not equals or not left.strip():
        sentence = f'"{text}" is not understood.'
        raise RefusedDefinition(sentence, usage)
    return left.strip(), right


TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"})
"""How the files of a folder end that are looked at."""


def tables_in(path: Path) -> list[Path]:
    """List the files of a folder that may be tables, by name, subfolders included; a file stands for itself.

    Raises:
        NotFound: a folder without any.
    """
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.rglob("*") if each.suffix.lower() in TABLES and each.is_file())
    if not found:
        sentence = f"{path} holds no file to add."
        raise NotFound(sentence, f"Files that end in {', '.join(sorted(TABLES))} are looked at.")
    return found


def file_of(path: Path) -> File:
    """Read a file's bytes.

    Raises:
        NotFound: it is not there, no file, or not ours to read.
    """
    try:
        return File(path.name, path.read_bytes())
    except OSError as error:
        sentence = f"{path} cannot be opened."
        raise NotFound(sentence, "Check the path and that it is a file.") from error


def write_to(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: what stood there stays until the new one is complete.

    Raises:
        NotFound: its folder is not there, or it is not ours to write.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        sentence = f"{path} cannot be written."
        raise NotFound(sentence, "Check that its folder is there and that no other program holds it.") from error
