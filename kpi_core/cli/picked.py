"""Picking on the command line what the columns of a file are for, and how they are read."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import click

from kpi_core.errors import RefusedDefinition
from kpi_core.ingest.report import ReadingChoice
from kpi_core.source import ColumnRole, ColumnType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Given = tuple[str, ...]
"""What was given for an option that may stand several times."""
Choice = TypeVar("Choice", bound=StrEnum)
Command = TypeVar("Command", bound="Callable[..., None]")


def picking(act: Command) -> Command:
    """Give a command the options --role and --type."""
    kinds = click.option("--type", "kind", multiple=True, metavar="COL=TYPE", help=f"{_listed(ColumnType)}.")
    roles = click.option("--role", multiple=True, metavar="COL=ROLE", help=f"{_listed(ColumnRole)}.")
    return roles(kinds(act))


def choice_of(given: Mapping[str, Given]) -> ReadingChoice:
    """Read what was picked; the first column that is to be a value becomes the one that counts.

    Raises:
        RefusedDefinition: something is no role or no type.
    """
    roles = dict(_picked(text, "--role", ColumnRole) for text in given["role"])
    types = dict(_picked(text, "--type", ColumnType) for text in given["kind"])
    value = next((name for name, role in roles.items() if role is ColumnRole.VALUE), None)
    return ReadingChoice(value=value, roles=roles, types=types)


def _picked(text: str, option: str, among: type[Choice]) -> tuple[str, Choice]:
    # The last one: headers hold equals signs more often than roles do
    column, _, choice = text.rpartition("=")
    if column.strip() and choice in set(among):
        return column.strip(), among(choice)
    sentence = f'"{text}" is not understood.'
    raise RefusedDefinition(sentence, f"{option} takes a column and one of: {_listed(among)}.")


def _listed(among: type[StrEnum]) -> str:
    return ", ".join(among)
