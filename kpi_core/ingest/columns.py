"""The columns of a table: a type and a role for each, its cells, and which rows can be used.

The order of work: look at every column, settle the decimal mark and the day/month order once for the file,
choose date and value, read the cells, and sort the rows into used and refused. What the file leaves open
becomes a question, but only where it matters: in the date and the value that are in use.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from kpi_core.errors import NotFound
from kpi_core.ingest import dates, decimals, looks, number, order, roles, shapes, words
from kpi_core.ingest.report import ColumnReading, ColumnsReading, FileContext, ReadingChoice
from kpi_core.source import Column, ColumnRole, ColumnType, Question, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt
    import pandas as pd

    from kpi_core.ingest.looks import Seen
    from kpi_core.source import Recipe

NO_DATE = "the date is missing"
NOT_A_DATE = "this is not a date"
NO_SUCH_DAY = "there is no such day"
NOT_A_NUMBER = "this is not a number"
MASK = "•••"
SHOWN_ROWS = 20
"""Record numbers of unparsed cells that a report names."""


@dataclass(frozen=True)
class Settled:
    """What was decided for one column: its type, its marks or order, and a question where that stays open."""

    seen: Seen
    type: ColumnType
    mark: str | None = None
    order: dates.Order | None = None
    question: Question | None = None


@dataclass
class Cells:
    """One column read: a value for each row, the scale of its numbers, and which rows did not fit its type."""

    values: list[object]
    scale: int = 0
    currency: str | None = None
    unparsed: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    days: list[object] | None = None


def read_columns(  # noqa: PLR0913 -- the three vectors belong together, the rest is by name
    names: Sequence[str],
    vectors: Sequence[pd.Series[str]],
    records: Sequence[int],
    *,
    recipe: Recipe | None,
    answers: Mapping[str, str],
    wanted: ReadingChoice,
    context: FileContext,
) -> ColumnsReading:
    """Read the columns of a table.

    Args:
        names: Header names; blank and repeated ones are told apart by their place.
        vectors: A column of raw texts each, all of one length.
        records: The record number of each row, as a spreadsheet shows it.
        recipe: How this kind of file was read before, its names already those of this file.
        answers: Answers to questions, by question id; they win over the recipe's.
        wanted: Columns that the caller names; they win over every choice.
        context: What the file says outside its cells.

    Raises:
        NotFound: A wanted column that the table does not have.
    """
    unique = unique_names(names)
    given = {**(recipe.answers if recipe else {}), **answers}
    date_name, value_name = place(unique, wanted.date), place(unique, wanted.value)
    also = {name for name in (place(unique, other) for other in wanted.also) if name}
    needed = {name for name in (date_name, value_name, *also) if name} | _needed(recipe)
    seen = [looks.see(name, vector, needed=name in needed) for name, vector in zip(unique, vectors, strict=True)]
    types = {
        each.name: _type(each, recipe, date_name, {value_name, *also}) for each in seen
    }
    date_name = date_name or _known(recipe.date if recipe else None, types, ColumnType.DATE) or roles.pick_date(seen, types)
    if value_name is None:
        value_name = _first_value(recipe, types) or roles.pick_value([each for each in seen if each.name != date_name], types)
    settled = _settle(seen, types, given, context, date_name)
    in_use = {date_name, value_name, *also}
    assigned = roles.assign(seen, types, recipe, date_name, value_name)
    columns = [_closed(each) if each.seen.name not in in_use else each for each in settled]
    cells = {each.seen.name: _read(each, context) for each in columns if _kept(each.seen.name, assigned, recipe, in_use)}
    used, refused = _rows(columns, cells, records, (date_name, value_name), assigned)
    day_column = cells[date_name] if date_name else None
    dated = day_column.days if day_column and day_column.days is not None else [None] * len(records)
    return ColumnsReading(
        columns=tuple(_report(each, cells.get(each.seen.name), assigned, records) for each in settled),
        types=tuple(_column(each, cells[each.seen.name], assigned) for each in columns if each.seen.name in cells),
        cells={name: [entry.values[row] for row in used] if len(used) < len(records) else entry.values for name, entry in cells.items()},
        refused=tuple(refused),
        used=used,
        questions=_questions(columns, in_use),
        decimal=_file_mark(settled),
        thousands=number.thousands_of([each.seen.numbers for each in settled if each.type is ColumnType.NUMBER]),
        day_first=_file_order(settled, date_name),
        date_column=date_name,
        value_column=value_name,
        dates=[dated[row] for row in used],  # type: ignore[misc]
    )


def unique_names(names: Sequence[str]) -> list[str]:
    """Tell headers apart: a blank one is `#N` by its place, a repeated one carries its count.

    >>> unique_names(["a", "", "a"])
    ['a', '#2', 'a (2)']
    """
    taken: dict[str, int] = {}
    found = []
    for number_, name in enumerate(names, start=1):
        base = name.replace("\ufeff", "").strip() or f"#{number_}"
        taken[base] = taken.get(base, 0) + 1
        found.append(base if taken[base] == 1 else f"{base} ({taken[base]})")
    return found


def place(names: Sequence[str], asked: str | None) -> str | None:
    """Find the column that a caller names, by its header or as `#N`.

    Raises:
        NotFound: No column is called so.
    """
    if asked is None:
        return None
    if asked in names:
        return asked
    if asked.startswith("#") and asked[1:].isdigit() and 1 <= int(asked[1:]) <= len(names):
        return names[int(asked[1:]) - 1]
    folded = [name for name in names if words.fold(name) == words.fold(asked)]
    if len(folded) == 1:
        return folded[0]
    shown = ", ".join(names[:12])
    raise NotFound(f'The file has no column "{asked}".', f"Its columns are: {shown}.")


def _needed(recipe: Recipe | None) -> set[str]:
    """List the columns that a recipe reads."""
    return {name for name in (recipe.date, *recipe.values) if name} if recipe else set()


def _type(seen: Seen, recipe: Recipe | None, day: str | None, amounts: set[str | None]) -> ColumnType:
    """Tell the type of a column by the recipe, the caller's wish and its cells, in this order."""
    forced = recipe.types.get(seen.name) if recipe else None
    wanted_day = seen.name == day or (recipe is not None and day is None and seen.name == recipe.date)
    if wanted_day and forced is not ColumnType.DATE:
        forced = None
    return looks.type_of(seen, forced, day=wanted_day, amount=seen.name in amounts or (recipe is not None and seen.name in recipe.values))


def _known(name: str | None, types: Mapping[str, ColumnType], kind: ColumnType) -> str | None:
    return name if name is not None and types.get(name) is kind else None


def _first_value(recipe: Recipe | None, types: Mapping[str, ColumnType]) -> str | None:
    """Take the recipe's first value column that the file has."""
    return next((name for name in (recipe.values if recipe else ()) if name in types), None)


def _settle(
    seen: Sequence[Seen],
    types: Mapping[str, ColumnType],
    answers: Mapping[str, str],
    context: FileContext,
    day: str | None,
) -> list[Settled]:
    """Decide the mark of every number column and the order of every date column."""
    counted = {each.name: decimals.count(each.numbers) for each in seen if types[each.name] is ColumnType.NUMBER}
    answer = {"comma": number.COMMA, "point": number.POINT}.get(answers.get(decimals.QUESTION, ""))
    of_file = decimals.of_file(list(counted.values()))
    found: list[Settled] = []
    for each in seen:
        kind = types[each.name]
        if kind is not ColumnType.NUMBER:
            found.append(Settled(each, kind))
            continue
        tally = counted[each.name]
        mark = decimals.of_column(tally, each.numbers, each.name, of_file, context.decimal_hint)
        if mark is None:
            mark = answer
        asked = decimals.question(each.name, tally) if mark is None else None
        found.append(Settled(each, kind, mark=mark, question=asked))
    marks = {entry.mark for entry in found if entry.mark and counted[entry.seen.name].mark}
    comma = ([*marks] or [of_file or context.decimal_hint])[0] if len(marks) <= 1 else None
    return _orders(found, answers, context, comma, day)


def _orders(
    settled: list[Settled], answers: Mapping[str, str], context: FileContext, decimal: str | None, day: str | None
) -> list[Settled]:
    """Decide the day/month order of every date column."""
    open_columns = [e for e in settled if e.type is ColumnType.DATE and not e.seen.plain and e.seen.dates.undecided]
    tallies = {each.seen.name: order.votes(each.seen.dates) for each in open_columns}
    own = {name: tally.order for name, tally in tallies.items()}
    agreed = {found for found in own.values() if found}
    of_file = agreed.pop() if len(agreed) == 1 else None
    country = words.not_english([each.seen.name for each in settled])
    given = answers.get(order.QUESTION)
    decided: dict[str, Settled] = {}
    for each in open_columns:
        name, found = each.seen.name, each.seen.dates
        years = order.year_first(found, context.today)
        choice = dates.Order.YEAR_FIRST if years else own[name]
        if choice is None and years is False and not tallies[name].mixed:
            choice = (
                order.of_habit(found)
                or of_file
                or order.of_titles(context.title_texts)
                or _beside(each, settled, context)
                or order.of_rows(found, each.seen.codes, context.today)
                or order.of_country(found, decimal=decimal, not_english=country)
                or (dates.Order.DAY_FIRST if tallies[name].example is None else None)
            )
        if years is None:
            choice = None
        if choice is None and given in set(dates.Order):
            choice = dates.Order(given)
        asked = order.question(name, tallies[name], found, context.today) if choice is None else None
        decided[name] = replace(each, order=choice, question=asked)
    del day
    return [decided.get(each.seen.name, each) for each in settled]


def _beside(each: Settled, settled: Sequence[Settled], context: FileContext) -> dates.Order | None:
    """Compare an open column with the date columns whose order is certain by themselves."""
    both = (dates.Order.DAY_FIRST, dates.Order.MONTH_FIRST)
    own: dict[dates.Order, Sequence[str | None]] = {
        choice: _sample(each.seen, dates.days(each.seen.dates, choice, context.today)) for choice in both
    }
    for other in settled:
        if other.type is ColumnType.DATE and other is not each and not other.seen.plain and not other.seen.dates.undecided:
            found = order.of_neighbour(own, _sample(other.seen, dates.days(other.seen.dates, None, context.today)))
            if found:
                return found
    return None


def _sample(seen: Seen, found: dates.Days) -> list[str | None]:
    """Give the days of the first rows."""
    return shapes.gather(found.days, seen.codes[:5000])  # type: ignore[return-value]


def _closed(each: Settled) -> Settled:
    """Keep a column that is not in use and whose reading is open as text: nothing uncertain is stored as a number."""
    return replace(each, type=ColumnType.TEXT, question=None) if each.question else each


def _kept(name: str, assigned: Mapping[str, ColumnRole], recipe: Recipe | None, in_use: set[str | None]) -> bool:
    """Tell whether the cells of a column are kept: not the personal ones, unless they are in use or hashed."""
    if assigned[name] is not ColumnRole.PERSONAL or name in in_use:
        return True
    return recipe is not None and (name in recipe.hashed or name in recipe.key)


def _read(each: Settled, context: FileContext) -> Cells:
    """Read the cells of a column."""
    seen = each.seen
    match each.type:
        case ColumnType.NUMBER:
            found = number.amounts(seen.numbers, each.mark or number.POINT)
            signs = seen.numbers.currencies
            currency = signs[0] if len(signs) == 1 and len(signs[0]) == 3 else None  # noqa: PLR2004
            return Cells(
                shapes.gather(found.values, seen.codes), found.scale, currency, _spread(found.unparsed, seen)
            )
        case ColumnType.DATE:
            read = dates.days(seen.dates, each.order or dates.Order.DAY_FIRST, context.today)
            missing = np.array([day is None for day in read.days], dtype=bool) & ~seen.numbers.empty
            days = shapes.gather(read.days, seen.codes)
            values = shapes.gather(read.moments, seen.codes) if read.timed else days
            return Cells(values, unparsed=_spread(missing, seen), days=days)
        case ColumnType.DURATION:
            spans = seen.durations.seconds
            wrong = np.array([span is None for span in spans], dtype=bool) & ~seen.numbers.empty
            return Cells(shapes.gather(spans, seen.codes), unparsed=_spread(wrong, seen))
        case ColumnType.TEXT | ColumnType.BOOLEAN:
            return Cells(looks.as_text(seen))


def _spread(marked: npt.NDArray[np.bool_], seen: Seen) -> npt.NDArray[np.bool_]:
    """Bring a mark of distinct texts to the rows that hold them."""
    return np.append(marked, False)[seen.codes]  # noqa: FBT003


def _rows(
    columns: Sequence[Settled],
    cells: Mapping[str, Cells],
    records: Sequence[int],
    in_use: tuple[str | None, str | None],
    assigned: Mapping[str, ColumnRole],
) -> tuple[list[int], list[Refused]]:
    """Sort the rows into used and refused: a day that can be read, and a value that can be read or is blank."""
    day, value = in_use
    size = len(records)
    nothing = np.zeros(size, dtype=bool)
    no_day = np.array([found is None for found in cells[day].days or []], dtype=bool) if day else nothing
    no_value = cells[value].unparsed if value and cells[value].unparsed.size else nothing
    bad = np.flatnonzero(no_day | no_value)
    if not bad.size:
        return list(range(size)), []
    masked = {name for name, role in assigned.items() if role is ColumnRole.PERSONAL}
    raw = {each.seen.name: each.seen.vector.iloc[bad].fillna("").tolist() for each in columns}
    words_for_day = {each.seen.name: each for each in columns}.get(day or "")
    refused = []
    for turn, row in enumerate(bad):
        name = day if day and no_day[row] else value
        text = str(raw[name or ""][turn]).strip()
        reason = NOT_A_NUMBER if name != day or not words_for_day else _day_reason(words_for_day, int(row))
        whole = tuple(
            MASK if column in masked and str(texts[turn]).strip() else str(texts[turn]) for column, texts in raw.items()
        )
        shown = MASK if name in masked and text else text
        refused.append(Refused(records[int(row)], name or "", shown, reason, whole))
    return np.flatnonzero(~(no_day | no_value)).tolist(), refused


def _day_reason(column: Settled, row: int) -> str:
    """Say why a date could not be read."""
    seen = column.seen
    code = seen.codes[row] if len(seen.codes) else -1
    if code < 0 or seen.numbers.empty[code]:
        return NO_DATE
    return NO_SUCH_DAY if seen.dates.readable[code] else NOT_A_DATE


def _report(
    each: Settled, read: Cells | None, assigned: Mapping[str, ColumnRole], records: Sequence[int]
) -> ColumnReading:
    """Say how a column was understood."""
    missed = np.flatnonzero(read.unparsed) if read is not None and read.unparsed.size else np.zeros(0, dtype=np.int64)
    dated = each.type is ColumnType.DATE and not each.seen.plain
    return ColumnReading(
        name=each.seen.name,
        type=each.type,
        role=assigned[each.seen.name],
        date_format=dates.format_of(each.seen.dates, each.order) if dated else None,
        day_first=_day_first(each.order),
        unparsed=int(missed.size),
        unparsed_rows=tuple(records[int(row)] for row in missed[:SHOWN_ROWS]),
    )


def _day_first(found: dates.Order | None) -> bool | None:
    return None if found in (None, dates.Order.YEAR_FIRST) else found is dates.Order.DAY_FIRST


def _column(each: Settled, read: Cells, assigned: Mapping[str, ColumnRole]) -> Column:
    return Column(each.seen.name, each.type, assigned[each.seen.name], read.scale, read.currency)


def _questions(columns: Sequence[Settled], in_use: set[str | None]) -> tuple[Question, ...]:
    """Ask each thing once: the answer holds for the file."""
    asked: dict[str, Question] = {}
    for each in columns:
        if each.question and each.seen.name in in_use:
            asked.setdefault(each.question.id, each.question)
    return tuple(asked.values())


def _file_mark(settled: Sequence[Settled]) -> str | None:
    """Tell the decimal mark that the columns show, None where none has decimals or thousands."""
    votes = [each.mark for each in settled if each.mark and any(e and e.marked for e in each.seen.numbers.templates)]
    return max(sorted(set(votes)), key=votes.count) if votes else None


def _file_order(settled: Sequence[Settled], day: str | None) -> bool | None:
    """Tell the order of the date column in use, else of the first that has one."""
    known = {each.seen.name: _day_first(each.order) for each in settled if each.order}
    return known.get(day or "", next(iter(known.values()), None))
