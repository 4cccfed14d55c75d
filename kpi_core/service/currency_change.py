"""A file whose money is in another currency than what is stored: a question, never a sum across currencies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kpi_core.kpi import Aggregate, Measure, OneColumn, State
from kpi_core.service.currencies import file_rows, money_measures, of_measure, said_by, stored_rows
from kpi_core.source import ColumnType, Question
from kpi_core.store import questions, sources
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.glance import has_rows
from kpi_core.store.rows import row_table
from kpi_core.unit import stands_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.kpi import Kpi
    from kpi_core.service.currencies import Rows
    from kpi_core.source import Column, Recipe, RowBatch
    from kpi_core.store.data_file import Store

CURRENCY_CHANGE = "currency-change"
NEVER = "Money is never added across currencies."


class Answer(StrEnum):
    """What to do with a file in another currency."""

    SAME = "same"
    OWN_SOURCE = "own-source"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Change:
    """What a file would mix. `apart`: the name of a source of its own, None where the file names no currency."""

    question: Question
    apart: str | None


def change_of(store: Store, name: str, batch: RowBatch, answers: Mapping[str, str]) -> Change | None:
    """Compare the currencies of a file with those of the source it goes to; None where nothing would mix.

    A column with a sign or code in its cells is compared with the column stored; where one of the two says nothing,
    the owner is asked. Codes beside the money matter where an active KPI would add them up.
    """
    known = {sources.fold(each.name): each for each in sources.list_sources(store)}
    source = known.get(sources.fold(name))
    if source is None:
        return None
    change = _by_sign(store, source, batch)
    if change is not None and answer_of(change, answers) is not Answer.SAME:
        return change
    return _by_code(store, source, batch)


def _by_sign(store: Store, source: sources.Source, batch: RowBatch) -> Change | None:
    if not has_rows(store, source.id):
        return None
    table, unsaid = row_table(store, source.id), None
    here, there = file_rows(batch), stored_rows(store, source)
    for column in batch.columns:
        stored = table.column(column.name)
        if stored is None or column.type is not ColumnType.NUMBER or stored.meaning.type is not ColumnType.NUMBER:
            continue
        old, new = stored.meaning.currency, column.currency
        if old == new or not any(batch.cells[column.name]):
            continue
        # What the amounts themselves do not say, a column beside them may
        olds, news = _beside(there, source.recipe, stored.meaning), _beside(here, source.recipe, column)
        if olds and news and not all(_is_one_of(each, olds) for each in news):
            held = " and ".join(sorted(olds))
            return _certain(source, f'"{column.name}" holds {held} in {source.name} so far', news)
        if unsaid is None and not (olds and news):
            unsaid = _unsaid(source, column.name, old, new)
    return unsaid


def _beside(rows: Rows, recipe: Recipe, column: Column) -> set[str]:
    """Name the currencies of a column: by its own sign, else by a column of codes beside it."""
    measure = Measure("", Aggregate.SUM, OneColumn(column.name))
    return of_measure(rows, measure, said_by(recipe, measure))


def _is_one_of(new: str, olds: set[str]) -> bool:
    return any(new == old or stands_for(new, old) or stands_for(old, new) for old in olds)


def _by_code(store: Store, source: sources.Source, batch: RowBatch) -> Change | None:
    for kpi in kpis(store):
        if kpi.state is State.ACTIVE:
            found = _mixed_by(store, source, batch, kpi)
            if found is not None:
                return found
    return None


def _mixed_by(store: Store, source: sources.Source, batch: RowBatch, kpi: Kpi) -> Change | None:
    for measure in money_measures(kpi):
        if sources.fold(measure.source) != sources.fold(source.name):
            continue
        named = said_by(source.recipe, measure)
        new = of_measure(file_rows(batch), measure, named)
        own = kpi.unit.currency
        if not new or all(own is not None and stands_for(each, own) for each in new):
            continue
        old = of_measure(stored_rows(store, source), measure, named)
        if not new <= old:
            return _certain(source, f"{kpi.name} counts {kpi.unit.currency} of {source.name}", new, kpi)
    return None


def _certain(source: sources.Source, so_far: str, new: set[str], kpi: Kpi | None = None) -> Change:
    held = " and ".join(sorted(new))
    apart = f"{source.name} {held}"
    first = "" if kpi is None else f"; first let {kpi.name} count the rows of one currency, then add the file again"
    question = Question(
        CURRENCY_CHANGE,
        f"This file is in {held}; {so_far}. {NEVER}",
        (Answer.OWN_SOURCE, Answer.CANCEL),
        labels=(f'Keep it apart, as a source of its own named "{apart}"', f"Cancel: change nothing{first}"),
    )
    return Change(question, apart)


def _unsaid(source: sources.Source, column: str, old: str | None, new: str | None) -> Change:
    if new is None:
        so_far = f"in {source.name} it holds {old} so far"
        text = f'"{column}" of this file does not say which currency it is in; {so_far}. {NEVER}'
        labels: tuple[str, ...] = (f"This file is in {old} too", "Cancel: change nothing")
        question = Question(CURRENCY_CHANGE, text, (Answer.SAME, Answer.CANCEL), column, labels)
        return Change(question, None)
    apart = f"{source.name} {new}"
    text = (
        f'"{column}" of this file holds {new}; in {source.name} it did not say which currency it is in so far. {NEVER}'
    )
    labels = (
        f"What is stored so far is in {new} too",
        f'Keep it apart, as a source of its own named "{apart}"',
        "Cancel: change nothing",
    )
    return Change(Question(CURRENCY_CHANGE, text, tuple(Answer), column, labels), apart)


def answer_of(change: Change, answers: Mapping[str, str]) -> Answer | None:
    """Read what the owner said; None where nothing yet, or what answers another change than this one.

    Raises:
        RefusedDefinition: the answer is none that such a question has.
    """
    said = questions.chosen(Answer, answers, CURRENCY_CHANGE)
    return said if said in change.question.choices else None
