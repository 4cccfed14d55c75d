"""What has to be settled once for a file before its cells are read: decimal marks, day/month order, currency.

For each the evidence is taken in this order: the column's own distinct values, what the owner answered, then what
the rest of the file says. What stays open becomes a question of that column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_core.ingest import dates, decimals, number, order, shapes, words
from kpi_core.source import ColumnType, Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpi_core.ingest.looks import Seen
    from kpi_core.ingest.report import FileContext

CURRENCY = "currency"
SAMPLE = 5000
"""Rows of two date columns that are compared."""


@dataclass(frozen=True)
class Settled:
    """What was decided for one column: its type, its mark, order or currency, and questions where that stays open."""

    seen: Seen
    type: ColumnType
    mark: str | None = None
    order: dates.Order | None = None
    currency: str | None = None
    """The one currency whose cells are read, where the owner had to choose."""
    questions: tuple[Question, ...] = ()
    decided: tuple[str, ...] = ()
    """Questions that its cells leave open and an answer decided."""


def settle(
    seen: Sequence[Seen], types: Mapping[str, ColumnType], answers: Mapping[str, str], context: FileContext
) -> list[Settled]:
    """Settle every column of a file."""
    tallies = {each.name: decimals.count(each.numbers) for each in seen if types[each.name] is ColumnType.NUMBER}
    agreed = decimals.of_file(list(tallies.values()))
    found = [
        _number(each, tallies[each.name], answers, agreed)
        if types[each.name] is ColumnType.NUMBER
        else Settled(each, types[each.name])
        for each in seen
    ]
    return _orders(found, answers, context, agreed)


def _number(seen: Seen, tally: decimals.Votes, answers: Mapping[str, str], elsewhere: str | None) -> Settled:
    """Settle the decimal mark and the currency of a column of numbers; `elsewhere`: the mark of the file's rest."""
    answer = {"comma": number.COMMA, "point": number.POINT}.get(answers.get(decimals.QUESTION, ""))
    mark = tally.mark or answer or decimals.of_column(tally, seen.numbers, seen.name, elsewhere)
    asked = () if mark else (decimals.question(seen.name, tally),)
    decided = (decimals.QUESTION,) if answer and not tally.mark else ()
    signs = seen.numbers.currencies
    if len(signs) < 2:  # noqa: PLR2004
        return Settled(seen, ColumnType.NUMBER, mark=mark, questions=asked, decided=decided)
    chosen = answers.get(CURRENCY)
    if chosen not in signs:
        asked = (*asked, currency_question(seen.name, signs))
        return Settled(seen, ColumnType.NUMBER, mark=mark, questions=asked, decided=decided)
    decided = (*decided, CURRENCY)
    return Settled(seen, ColumnType.NUMBER, mark=mark, currency=chosen, questions=asked, decided=decided)


def currency_question(name: str, signs: Sequence[str]) -> Question:
    """Ask which currency of a mixed column counts: money of different currencies is never added."""
    listed = " and ".join([", ".join(signs[:-1]), signs[-1]])
    text = f'"{name}" holds {listed}. Which of them shall count? Rows in another currency are refused.'
    return Question(CURRENCY, text, tuple(signs), name)


def _orders(
    settled: list[Settled], answers: Mapping[str, str], context: FileContext, decimal: str | None
) -> list[Settled]:
    """Decide the day/month order of every date column that has one."""
    open_columns = [e for e in settled if e.type is ColumnType.DATE and not e.seen.plain and e.seen.dates.undecided]
    tallies = {each.seen.name: order.votes(each.seen.dates) for each in open_columns}
    agreed = {tally.order for tally in tallies.values() if tally.order}
    of_file = agreed.pop() if len(agreed) == 1 else None
    given = answers.get(order.QUESTION)
    answer = dates.Order(given) if given in set(dates.Order) else None
    local = words.not_english([each.seen.name for each in settled])
    decided: dict[str, Settled] = {}
    for each in open_columns:
        tally, found = tallies[each.seen.name], each.seen.dates
        years = order.year_first(found, context.today)
        choice = dates.Order.YEAR_FIRST if years else tally.order if years is False else None
        told = (order.QUESTION,) if answer and not choice else ()
        choice = choice or answer
        if choice is None and years is False and not tally.mixed:
            choice = order.of_habit(found) or of_file or _from_file(each, settled, context, tally)
            choice = choice or order.of_country(not_english=local)
            choice = choice or order.of_filled_period(context.title_texts, found, decimal=decimal, today=context.today)
        asked = () if choice else (order.question(each.seen.name, tally, found, context.today),)
        decided[each.seen.name] = replace(each, order=choice, questions=asked, decided=told)
    return [decided.get(each.seen.name, each) for each in settled]


def _from_file(
    each: Settled, settled: Sequence[Settled], context: FileContext, tally: order.Votes
) -> dates.Order | None:
    """Look for the order of a column in the rest of the file: titles, columns beside it, the order of the rows."""
    if tally.example is None:
        # 05/05/2026: the same day either way.
        return dates.Order.DAY_FIRST
    return (
        order.of_titles(context.title_texts)
        or _beside(each, settled, context)
        or order.of_rows(each.seen.dates, each.seen.codes, context.today)
    )


def _beside(each: Settled, settled: Sequence[Settled], context: FileContext) -> dates.Order | None:
    """Compare an open column with the date columns that are certain by themselves."""
    own = {choice: _days(each.seen, choice, context) for choice in (dates.Order.DAY_FIRST, dates.Order.MONTH_FIRST)}
    for other in settled:
        certain = other.type is ColumnType.DATE and not other.seen.plain and not other.seen.dates.undecided
        found = order.of_neighbour(own, _days(other.seen, None, context)) if certain else None
        if found:
            return found
    return None


def _days(seen: Seen, choice: dates.Order | None, context: FileContext) -> Sequence[object]:
    """Give the days of the first rows."""
    return shapes.gather(dates.days(seen.dates, choice, context.today).days, seen.codes[:SAMPLE])
