"""Everything that is defined, as the document that `define` loads again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.definition import Document, SourceDefinition
from kpi_core.store.business import read_business
from kpi_core.store.definitions.goals import goals
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.notes import notes
from kpi_core.store.definitions.objectives import objectives
from kpi_core.store.definitions.targets import all_targets
from kpi_core.store.definitions.typed import typed_values
from kpi_core.store.sources import list_sources
from kpi_core.target import TargetHistory

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store
    from kpi_core.target import TargetException


def dump_document(store: Store) -> Document:
    """Give all that is defined; loading it into an empty data file defines the same there."""
    with store.reading():
        return replace(
            dump_definitions(store),
            typed_values=typed_values(store),
            # Who writes belongs to this file, not to a set of definitions that may be given away
            business=replace(read_business(store), person=""),
            notes=tuple(replace(note, id=0) for note in notes(store)),
        )


def dump_definitions(store: Store) -> Document:
    """Give goals, sources, KPIs, targets and objectives, without typed values and settings, and without numbers."""
    defined = kpis(store)
    defined_as = {kpi_id: TargetHistory(each.rows, _that_count(each)) for kpi_id, each in all_targets(store).items()}
    return Document(
        goals=goals(store),
        sources=tuple(SourceDefinition(source.name, source.recipe) for source in list_sources(store)),
        kpis=tuple(replace(kpi, id=0) for kpi in defined),
        targets={kpi.name: defined_as[kpi.id] for kpi in defined if defined_as[kpi.id] != TargetHistory()},
        objectives=tuple(replace(objective, id=0) for objective in objectives(store)),
    )


def _that_count(history: TargetHistory) -> tuple[TargetException, ...]:
    """List the exceptions in force: the last one that was entered for each period."""
    return tuple({each.period_start: each for each in history.exceptions}.values())
