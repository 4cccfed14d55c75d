"""What is not on the board yet, and what keeps it from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.checklist import Finding, check_kpi, fails
from kpi_core.kpi import Kpi, State
from kpi_core.service.facts import facts_of
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.targets import targets

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kpi_core.store.data_file import Store
    from kpi_core.target import Target


@dataclass(frozen=True)
class Draft:
    """A KPI that is not on the board yet, and what keeps it a draft."""

    kpi: Kpi
    fails: tuple[Finding, ...]

    @property
    def sentence(self) -> str:
        """Say why it is one."""
        why = " ".join(each.sentence for each in self.fails) or "Nothing keeps it one: save it to put it on the board."
        return f"{self.kpi.name} is a draft. {why}"


def drafts(data_file: Path, today: date) -> tuple[Draft, ...]:
    """List the drafts with what keeps each one a draft."""
    with open_store(data_file) as store:
        return tuple(
            Draft(kpi, fails(check_kpi(kpi, facts_of(store, kpi, _newest(store, kpi), today))))
            for kpi in kpis(store)
            if kpi.state is State.DRAFT
        )


def _newest(store: Store, kpi: Kpi) -> Target | None:
    rows = targets(store, kpi.id).rows
    return rows[-1] if rows else None
