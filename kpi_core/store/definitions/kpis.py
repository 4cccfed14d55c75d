"""KPIs as they are defined now and as they were defined on a past day."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.definition import key_of, kpi_from_json
from kpi_core.errors import NotFound
from kpi_core.kpi import State, Tier
from kpi_core.store.changes import from_text

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.kpi import Kpi
    from kpi_core.store.data_file import Store


def kpis(store: Store, as_of: date | None = None) -> tuple[Kpi, ...]:
    """List all KPIs, drafts and retired ones too, in the order in which they were added.

    Args:
        store: the data file.
        as_of: with the definitions in force at the end of that day. Before its first definition a KPI has that one.
    """
    if as_of is None:
        rows = store.all("SELECT id, definition FROM kpis WHERE live ORDER BY id")
    else:
        rows = store.all(_IN_FORCE, {"day": as_of.isoformat()})
    return tuple(loaded(int(str(kpi_id)), str(text)) for kpi_id, text in rows)


# The newest definition of the last day at or before :day; where there is none, of the first day of all
_IN_FORCE = """
    SELECT kpis.id, coalesce(
        (SELECT definition FROM kpi_versions WHERE kpi_id = kpis.id AND from_day <= :day
            ORDER BY from_day DESC, id DESC LIMIT 1),
        (SELECT definition FROM kpi_versions WHERE kpi_id = kpis.id ORDER BY from_day, id DESC LIMIT 1))
    FROM kpis WHERE live ORDER BY kpis.id"""


def get_kpi(store: Store, kpi_id: int) -> Kpi:
    """Read one KPI by its number.

    Raises:
        NotFound: there is none of that number.
    """
    row = store.one("SELECT definition FROM kpis WHERE id = ? AND live", (kpi_id,))
    if row is None:
        sentence = f"There is no KPI number {kpi_id}."
        raise NotFound(sentence)
    return loaded(kpi_id, str(row[0]))


def was_on_board(store: Store, kpi_id: int) -> bool:
    """Tell whether a KPI was ever on the board: its past has colours then, by the targets of its time."""
    versions = store.all("SELECT DISTINCT definition FROM kpi_versions WHERE kpi_id = ?", (kpi_id,))
    shown = (loaded(kpi_id, str(text)) for (text,) in versions)
    return any(kpi.state is State.ACTIVE and kpi.tier is Tier.KPI for kpi in shown)


def find_kpi(store: Store, name: str) -> Kpi:
    """Read one KPI by its name; letter case does not matter.

    Raises:
        NotFound: there is none of that name.
    """
    kpi_id = id_of(store, name)
    if kpi_id is None:
        sentence = f"There is no KPI '{name}'."
        raise NotFound(sentence)
    return get_kpi(store, kpi_id)


def id_of(store: Store, name: str) -> int | None:
    """Find the number of a KPI by its name, None where there is none."""
    row = store.one("SELECT id FROM kpis WHERE folded = ? AND live", (key_of(name),))
    return None if row is None else int(str(row[0]))


@lru_cache(maxsize=4096)
def loaded(kpi_id: int, text: str) -> Kpi:
    """Make a KPI of the JSON that is kept; the same text always gives the same frozen KPI."""
    return replace(kpi_from_json(from_text(text)), id=kpi_id)
