"""The glossary names every choice and every error of the core, so that no word on a screen is left unexplained."""

from __future__ import annotations

import enum
import importlib
import pkgutil
import re
from pathlib import Path

import kpi_core
from kpi_core.errors import SignalboxError

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"


def core_modules() -> list[str]:
    """Name every module of the core but the command line's entrance."""
    found = pkgutil.walk_packages(kpi_core.__path__, "kpi_core.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def enums() -> list[type[enum.Enum]]:
    """List the public enums that the core defines, each once, under the module that defines it."""
    found = {
        thing
        for name in core_modules()
        for thing in vars(importlib.import_module(name)).values()
        if isinstance(thing, type)
        and issubclass(thing, enum.Enum)
        and thing.__module__ == name
        and not thing.__name__.startswith("_")
    }
    return sorted(found, key=lambda kind: (kind.__name__, kind.__module__))


def errors() -> list[str]:
    """List the error classes of the core."""

    def below(kind: type[Exception]) -> list[type[Exception]]:
        return [kind, *(lower for direct in kind.__subclasses__() for lower in below(direct))]

    for name in core_modules():
        importlib.import_module(name)
    return sorted({kind.__name__ for kind in below(SignalboxError) if kind.__module__.startswith("kpi_core")})


def entries() -> dict[str, str]:
    """Read the glossary: what stands in backquotes at the start of a row, with the words beside it."""
    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \|$", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    return dict(rows)


def wanted() -> set[str]:
    """Name what must have a row: `Cadence.MONTH` for each member, `EmptyFile` for each error."""
    return {f"{kind.__name__}.{member}" for kind in enums() for member in kind.__members__} | set(errors())


def test_every_member_and_every_error_has_a_row() -> None:
    assert sorted(wanted() - set(entries())) == []


def test_no_row_outlives_what_it_explains() -> None:
    assert sorted(set(entries()) - wanted()) == []


def test_every_row_says_something() -> None:
    assert [name for name, words in entries().items() if len(words.split()) < 3] == []


def test_rows_stand_once() -> None:
    names = re.findall(r"^\| `([^`]+)` \|", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    assert sorted({name for name in names if names.count(name) > 1}) == []
