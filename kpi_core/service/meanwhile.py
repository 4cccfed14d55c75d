"""Two forms of one KPI open at once: what the other one saved in the meantime is neither lost nor overwritten."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from kpi_core.errors import RefusedDefinition

if TYPE_CHECKING:
    from kpi_core.kpi import Kpi
    from kpi_core.target import Target

HINT = "Leave this form and open it again; then say anew what is to be different."


@dataclass(frozen=True)
class OpenedOn:
    """What a form was filled with: the KPI, and its target in force, None where it had none."""

    kpi: Kpi
    target: Target | None


def merged(said: Kpi, opened: Kpi, stored: Kpi) -> Kpi:
    """Put what a form changes on top of what was saved since it was opened.

    Raises:
        RefusedDefinition: both changed the same thing differently.
    """
    mine: dict[str, Any] = {}
    for each in fields(said):
        own, before, now = (getattr(one, each.name) for one in (said, opened, stored))
        if own in (before, now):
            continue
        if now != before:
            _refuse(stored.name, f"its {each.name.replace('_', ' ')}")
        mine[each.name] = own
    return replace(stored, **mine)


def merged_target(said: Target, opened: Target | None, stored: Target | None, name: str) -> Target | None:
    """Give the target that is meant: the form's where it changes it, else the one that is stored.

    The rows are compared as they are given: strip what is not the owner's word first.

    Raises:
        RefusedDefinition: both changed it differently.
    """
    if said in (opened, stored):
        return stored
    if stored != opened:
        _refuse(name, "its target")
    return said


def _refuse(name: str, what: str) -> None:
    sentence = f"{name} was changed elsewhere while this form was open: {what} is another one now."
    raise RefusedDefinition(sentence, HINT)
