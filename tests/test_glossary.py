"""The glossary names every choice and every error of the core, so that no word on a screen is left unexplained.

A choice has a heading of its own, `### Cadence: how often a number is read`, and under it each of its members in
backquotes, as the screens and the command line spell it. Errors stand in the table under `## Errors`.
"""

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


def spelled(member: enum.Enum) -> str:
    """Spell a member as the glossary does: by its text, or where it has none by its name."""
    return member.value if isinstance(member.value, str) else member.name.lower().replace("_", " ")


def choices() -> dict[str, set[str]]:
    """Give the members of every enum that the core defines; enums of the same name share an entry."""
    found: dict[str, set[str]] = {}
    for name in core_modules():
        for thing in vars(importlib.import_module(name)).values():
            if isinstance(thing, type) and issubclass(thing, enum.Enum) and thing.__module__ == name:
                found.setdefault(thing.__name__, set()).update(map(spelled, thing))
    return found


def errors() -> set[str]:
    """Name the error classes of the core."""

    def below(kind: type[Exception]) -> list[type[Exception]]:
        return [kind, *(lower for direct in kind.__subclasses__() for lower in below(direct))]

    for name in core_modules():
        importlib.import_module(name)
    return {kind.__name__ for kind in below(SignalboxError) if kind.__module__.startswith("kpi_core")}


def sections() -> dict[str, set[str]]:
    """Read the glossary: under each choice's heading, what stands in backquotes."""
    parts = re.split(r"^(?=##+ )", GLOSSARY.read_text("utf-8"), flags=re.MULTILINE)
    found: dict[str, set[str]] = {}
    for part in parts:
        if heading := re.match(r"### (\w+): ", part):
            found.setdefault(heading[1], set()).update(re.findall(r"`([^`]+)`", part))
    return found


def explained_errors() -> dict[str, str]:
    """Read the rows of the table of errors."""
    part = GLOSSARY.read_text("utf-8").partition("\n## Errors\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.+?) \|$", part, re.MULTILINE))


def test_every_choice_has_its_heading_and_no_heading_outlives_its_choice() -> None:
    assert sorted(sections()) == sorted(choices())


def test_every_member_is_named_and_no_name_outlives_its_member() -> None:
    written = sections()
    members = choices()
    assert {name: found for name in members if (found := members[name] ^ written.get(name, set()))} == {}


def test_every_error_has_a_row_that_says_something_and_no_row_outlives_its_error() -> None:
    assert sorted(explained_errors()) == sorted(errors())
    assert [name for name, words in explained_errors().items() if len(words.split()) < 4] == []
