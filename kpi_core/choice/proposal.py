"""What a choice is made of: what the owner typed, what is proposed with its reason, what is kept beside."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_core.catalogue import CatalogueKpi


@dataclass(frozen=True)
class TypedKpi:
    """A KPI that the owner said in words, for a goal; `catalogue_key` where the catalogue knows it."""

    goal: str
    name: str
    catalogue_key: str | None = None


@dataclass(frozen=True)
class Proposal:
    """One KPI for the board.

    `goals`: the keys of the picked goals that it serves, in the order in which they were picked. `entry` is None for a
    KPI in the owner's own words that the catalogue does not know.
    """

    name: str
    entry: CatalogueKpi | None
    goals: tuple[str, ...]
    reason: str
    typed: bool = False
    data_here: bool = False

    @property
    def key(self) -> str:
        """Tell it from the others: its key in the catalogue, else its name."""
        return self.entry.key if self.entry else self.name


@dataclass(frozen=True)
class Beside:
    """A number to keep as a health metric, and why."""

    entry: CatalogueKpi
    reason: str


@dataclass(frozen=True)
class Choice:
    """What is proposed: up to five KPIs, the others as health metrics, and what the lists could not give."""

    proposed: tuple[Proposal, ...] = ()
    beside: tuple[Beside, ...] = ()
    missing: tuple[str, ...] = ()
