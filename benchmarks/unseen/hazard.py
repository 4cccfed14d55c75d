"""The register of what real exports do to a table: by the code of a known hazard, or by a few words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.unseen.draft import Draft

Act = Callable[[Draft], bool]


@dataclass(frozen=True)
class Hazard:
    """What is done, and which group it is of: one of a group at most is in a file."""

    code: str
    act: Act
    group: str


REGISTER: dict[str, Hazard] = {}


def hazard(code: str, group: str = "") -> Callable[[Act], Act]:
    """Register what does this to a draft; it tells whether it could."""

    def keep(act: Act) -> Act:
        REGISTER[code] = Hazard(code, act, group or code)
        return act

    return keep


def inflict(draft: Draft, wished: set[str], stage: str) -> None:
    """Do to a draft what is wished of a stage (the name of its module) and fits, in the order of the register."""
    for each in REGISTER.values():
        if each.act.__module__ != stage or each.code not in wished or each.group in draft.groups:
            continue
        if each.act(draft):
            draft.hazards.add(each.code)
            draft.groups.add(each.group)
