"""How far the owner has come from goals to a board, kept between visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.choice import Progress, progress_from_text, progress_to_text
from kpi_core.errors import RefusedDefinition

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store


def read_progress(store: Store) -> Progress:
    """Read it; nothing yet, and answers that this version cannot read, begin anew: no KPI is lost by that."""
    row = store.one("SELECT answers FROM goal_progress")
    try:
        return Progress() if row is None else progress_from_text(str(row[0]))
    except RefusedDefinition:
        return Progress()


def write_progress(store: Store, progress: Progress) -> None:
    """Keep it in place of what was kept before."""
    with store.writing():
        store.run("DELETE FROM goal_progress")
        store.run("INSERT INTO goal_progress (id, answers) VALUES (1, ?)", (progress_to_text(progress),))
