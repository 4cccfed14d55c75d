"""A file whose headings are nearly those of a source: one was renamed or left out, or it is of another kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.ingest.words import fold
from kpi_core.source import Check
from kpi_core.store import sources

if TYPE_CHECKING:
    from kpi_core.ingest.reading import Reading
    from kpi_core.service.whose import Whose
    from kpi_core.store.data_file import Store
    from kpi_core.store.sources import Source

LEAST_SHARED: Final = 3
"""Headings such as date and amount are those of many files."""
MOSTLY: Final = 0.6
MOST_NAMED: Final = 3


def check_kin(store: Store, reading: Reading, owner: Whose) -> tuple[Check, ...]:
    """Say which source a file is nearly like that goes to a new one: a renamed heading would end its numbers unseen."""
    if owner.known or reading.recipe is not None or reading.wide:
        return ()
    names = {fold(column.name) for column in reading.columns}
    best: tuple[float, Source, list[str]] | None = None
    for each in sources.list_sources(store):
        headers = each.recipe.headers
        missing = [header for header in headers if not names & {fold(part) for part in header.split("|")}]
        shared = len(headers) - len(missing)
        if each.name == owner.name or shared < LEAST_SHARED or shared < MOSTLY * len(headers):
            continue
        if best is None or shared / len(headers) > best[0]:
            best = (shared / len(headers), each, missing)
    if best is None or not best[2]:
        return ()
    _, source, missing = best
    recipe = source.recipe
    written = (recipe.date, *recipe.values, *recipe.key, *recipe.segments, *recipe.personal)
    spelled = {fold(name): name for name in written if name}
    shown = ", ".join(f'"{spelled.get(header, header.split("|")[0])}"' for header in missing[:MOST_NAMED])
    text = (
        f"This looks like a file of {source.name}, but {shown} is not in it. Is it the next one of {source.name}? Then"
        f" export it as before, or write {source.name} under “Keep it as”."
    )
    return (Check("kin", ok=False, text=text),)
