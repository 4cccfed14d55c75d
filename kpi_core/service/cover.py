"""Which days a file speaks for, and which KPIs its rows make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from kpi_core.actual.coverage import NO, YES, cover_of_rows, merge
from kpi_core.kpi import State
from kpi_core.period import Cadence
from kpi_core.service.sources_of import sources_of
from kpi_core.source import Covers, Recognition
from kpi_core.store.business import read_business
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.import_list import covered
from kpi_core.store.questions import unknown_answer
from kpi_core.store.sources import fold
from kpi_core.vector import different

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpi_core.kpi import Kpi
    from kpi_core.source import Question, RowBatch
    from kpi_core.store.data_file import Store
    from kpi_core.store.sources import Source

COVERAGE = "coverage"


def covered_days(
    store: Store, source: Source, batch: RowBatch, answers: Mapping[str, str], today: date
) -> tuple[RowBatch, Question | None]:
    """Say which days a file's rows speak for; the doubt about its ends is a question.

    Nothing is asked where what is stored covers the days in doubt, so that either answer means the same.

    Raises:
        RefusedDefinition: the answer is neither yes nor no.
    """
    calendar = read_business(store).calendar
    everything = kpis(store)
    cadence = _asked_by(kpi.cadence for kpi in everything if _is_fed(kpi, source.name, everything))
    days = (date.fromisoformat(day) for day in different(batch.dates))
    stated = batch.covers if batch.stated_cover else None
    answer = answers.get(COVERAGE)
    if answer not in {None, YES, NO}:
        raise unknown_answer(COVERAGE, str(answer), (YES, NO))
    decide = partial(cover_of_rows, set(days), stated, cadence=cadence, calendar=calendar, today=today)
    covers, doubt = decide(answer=answer)
    # A file that is the whole truth empties the days it covers: there the answer always matters
    if doubt is not None and source.recipe.recognition is not Recognition.WHOLE_TRUTH:
        held = covered(store, source.id)
        if _together(held, covers) == _together(held, decide(answer=YES)[0]):
            doubt = None
    return replace(batch, covers=covers), doubt


def _together(held: Sequence[Covers], covers: Covers | None) -> tuple[Covers, ...]:
    return merge([*held, *([] if covers is None else [covers])])


def _asked_by(cadences: Iterable[Cadence]) -> Cadence:
    """Choose the periods whose completeness is in question: the shortest of a month or more, else the shortest."""
    shortest = sorted(set(cadences), key=list(Cadence).index)
    return next((each for each in shortest if each not in {Cadence.DAY, Cadence.WEEK}), (*shortest, Cadence.MONTH)[0])


def feeds_of(store: Store, source: str) -> tuple[str, ...]:
    """Name the KPIs that the rows of a source make."""
    everything = kpis(store)
    return tuple(kpi.name for kpi in everything if kpi.state is not State.RETIRED and _is_fed(kpi, source, everything))


def _is_fed(kpi: Kpi, source: str, everything: Sequence[Kpi]) -> bool:
    return fold(source) in {fold(name) for name in sources_of(kpi, everything)}
