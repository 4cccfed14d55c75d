"""A sixth KPI: which one goes, and bringing it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kpi_core.choice import MOST
from kpi_core.choice.words import NONE_IS_KEY
from kpi_core.kpi import State, Tier
from kpi_core.store import actuals
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, Thing, list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import edit_kpi
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.definitions.undo import undo_change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from kpi_core.kpi import Kpi
    from kpi_core.store.data_file import Store

WHY: Final = "{} took its place"


@dataclass(frozen=True)
class Gone:
    """A KPI that became a health metric to make room. `change` is its number in the log."""

    change: int
    sentence: str


def asked_to_go(kpis: Sequence[Kpi], kpi: Kpi) -> tuple[Kpi, ...]:
    """List the KPIs of which one may go, where `kpi` would be one more on a full board; none where there is room.

    Args:
        kpis: all that are defined.
        kpi: as it would stand; one that is on the board already crowds nobody out.
    """
    on_board = tuple(each for each in kpis if each.state is State.ACTIVE and each.tier is Tier.KPI)
    if kpi.tier is not Tier.KPI or len(on_board) < MOST or any(each.id == kpi.id for each in on_board):
        return ()
    return on_board


def question(crowd: int, newcomer: str) -> tuple[str, str]:
    """Say that the board is full, and ask which of so many KPIs goes."""
    comes = newcomer or "this one"
    asked = f"Which one goes, so that {comes} can come? It stays as a health metric, with its values."
    return f"{crowd} KPIs are on the board already.", f"{NONE_IS_KEY} {asked}"


def all_stay(crowd: int) -> str:
    """Name the answer that none of them goes."""
    return f"None: {crowd + 1} stay on the board"


def make_room(store: Store, kpi_id: int, newcomer: str, by: By) -> int | None:
    """Make a KPI a health metric: its values and its targets stay, it has no colour and is not counted.

    Returns:
        The number of the change in the log, to take it back.
    """
    kpi = replace(get_kpi(store, kpi_id), tier=Tier.HEALTH_METRIC, north_star=False)
    return edit_kpi(store, kpi, replace(by, why=WHY.format(newcomer)))


def newest_gone(data_file: Path) -> Gone | None:
    """Give the KPI that went last to make room, as long as nothing else was done to it since."""
    with open_store(data_file) as store:
        for change in list_changes(store, thing=Thing.KPI):
            if change.undoes is None and change.undone_by is None and change.why.endswith(WHY.format("")):
                kpi = get_kpi(store, change.subject.kpi_id or 0)
                return Gone(change.id, f"{kpi.name} is a health metric now: {change.why}.")
    return None


def bring_back(data_file: Path, change: int, now: datetime) -> None:
    """Put a KPI that made room back on the board; the newcomer stays as well.

    Raises:
        RefusedDefinition: it was changed in another way since.
    """
    with open_store(data_file) as store, store.writing():
        undo_change(store, change, By(now, read_business(store).person))
        actuals.refresh(store)
