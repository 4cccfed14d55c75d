"""Where the way from goals ends: what of it is on the board, what has no target yet, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kpi_core.kpi import Kpi, State, Tier
from kpi_core.service.facts import newest_periods
from kpi_core.store.business import read_business
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.targets import stored_targets
from kpi_core.store.histories import worked_out

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

LATEST = 6
"""Periods that are looked at for values."""


class Door(StrEnum):
    """Where the end leads."""

    TARGETS = "Set the targets"
    DRAFTS = "Go on with the drafts"
    DATA = "Add data"
    FILL = "Fill in numbers"
    BOARD = "To the board"


@dataclass(frozen=True)
class Ending:
    """How the way from goals ended; `doors`: what can be done now, the likeliest first."""

    title: str
    sentence: str
    doors: tuple[Door, ...]


def without_target(data_file: Path, kpis: Collection[Kpi]) -> tuple[Kpi, ...]:
    """List the KPIs on the board that have no target yet; a health metric never has one."""
    with open_store(data_file) as store:
        judged = [kpi for kpi in kpis if kpi.state is State.ACTIVE and kpi.tier is Tier.KPI]
        return tuple(kpi for kpi in judged if not stored_targets(store, kpi.id))


def with_history(data_file: Path, kpis: Collection[Kpi], today: date) -> tuple[Kpi, ...]:
    """List the KPIs that have values by now, of which a target can be made."""
    with open_store(data_file) as store:
        calendar = read_business(store).calendar
        return tuple(
            kpi
            for kpi in kpis
            if any(
                actual.value is not None
                for actual in worked_out(store, kpi, newest_periods(calendar, kpi.cadence, today, LATEST))
            )
        )


def ending(kpis: Collection[Kpi], aimless: Collection[Kpi] = (), known: Collection[Kpi] = ()) -> Ending:
    """Say what of the chosen KPIs is on the board, and what comes next.

    Args:
        kpis: that were chosen.
        aimless: those on the board that have no target yet.
        known: those of them that have values, so that a target can be made of their history.
    """
    drafts = [kpi.name for kpi in kpis if kpi.state is State.DRAFT]
    if drafts:
        on_board = sum(kpi.state is State.ACTIVE for kpi in kpis)
        sentence = f"Still drafts: {', '.join(drafts)}. Each says beside its form what it lacks."
        if aimless:
            sentence += f" Without a target: {_names(aimless)}."
        return Ending(f"{on_board} of {len(kpis)} are on the board", sentence, (Door.BOARD, Door.DRAFTS))
    if not aimless:
        next_ = "Add the exports that feed it, or type the first numbers; then it shows what needs you."
        return Ending("Your board stands", next_, (Door.BOARD, Door.DATA, Door.FILL))
    judged = sum(kpi.tier is Tier.KPI and kpi.state is State.ACTIVE for kpi in kpis)
    lacking = "none has a target yet" if len(aimless) == judged else f"{len(aimless)} without a target"
    title = f"{judged} on the board, {lacking}"
    if known:
        sentence = (
            f"Without a target there is no colour. History has numbers for {_names(known)}: take a target from it."
        )
        return Ending(title, sentence, (Door.TARGETS, Door.DATA, Door.FILL, Door.BOARD))
    sentence = (
        f"Without a target there is no colour: {_names(aimless)}. Add the exports that feed them, or type the first "
        "numbers; then history offers a target for each."
    )
    return Ending(title, sentence, (Door.DATA, Door.FILL, Door.BOARD))


def _names(kpis: Collection[Kpi]) -> str:
    return ", ".join(kpi.name for kpi in kpis)
