"""The columns of a table: a type and a role for each, its cells, and which rows can be used.

The order of work: look at every column, choose date and value, settle decimal marks and day/month order once for
the file, read the cells, and sort the rows into used and refused. What the file leaves open becomes a question,
but only where it matters: in the date and the value that are in use.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from kpi_core.ingest import dates, keys, looks, number, roles, rows, shapes
from kpi_core.ingest.coded import Coded
from kpi_core.ingest.picks import NUMERIC, Picks, picks_of, place
from kpi_core.ingest.report import ColumnReading, ColumnsReading, FileContext, ReadingChoice
from kpi_core.ingest.rows import NO_DATE
from kpi_core.ingest.settle import Settled, settle
from kpi_core.source import Column, ColumnRole, ColumnType, Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kpi_core.ingest.looks import Seen
    from kpi_core.ingest.texts import Texts
    from kpi_core.source import Recipe
    from kpi_core.vector import Vector

__all__ = ["NO_DATE", "place", "read_columns", "unique_names"]

SHOWN_ROWS = 20
"""Record numbers of unparsed cells that a report names."""


@dataclass(frozen=True)
class Cells:
    """One column read: a value for each row, the scale of its numbers, and which rows did not fit its type."""

    values: Vector[object] | Vector[str | None]
    scale: int = 0
    currency: str | None = None
    unparsed: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    days: Coded[object] | None = None
    """Of a date column: the ISO date of each row."""


@dataclass(frozen=True)
class Choice:
    """The columns in use: the date and the value, and what the caller filters or divides by."""

    date: str | None
    value: str | None
    also: frozenset[str]

    def __contains__(self, name: str) -> bool:
        """Tell whether a column is in use."""
        return name in (self.date, self.value) or name in self.also


def read_columns(  # noqa: PLR0913 -- three vectors of one table, the rest by name
    names: Sequence[str],
    vectors: Sequence[Texts],
    records: Sequence[int],
    *,
    recipe: Recipe | None,
    answers: Mapping[str, str],
    wanted: ReadingChoice,
    context: FileContext,
    points: Mapping[int, npt.NDArray[np.bool_]] | None = None,
) -> ColumnsReading:
    """Read the columns of a table.

    Args:
        names: Header names; blank and repeated ones are told apart by their place.
        vectors: A column of raw texts each, all of one length.
        records: The record number of each row, as a spreadsheet shows it.
        recipe: How this kind of file was read before, its names already those of this file (`recipe.match`).
        answers: Answers to questions, by question id; they win over the recipe's.
        wanted: Columns that the caller names; they win over every choice.
        context: What the file says outside its cells.
        points: By the place of a column, the rows whose cell is a number of a sheet written with a point.

    Raises:
        NotFound: A wanted column that the table does not have.
        RefusedDefinition: A pick that cannot work.
    """
    unique = unique_names(names)
    picked = picks_of(unique, wanted)
    also = frozenset(found for name in wanted.also if (found := place(unique, name)))
    asked = Choice(picked.date, picked.value, also)
    seen = [
        looks.see(
            name,
            vector,
            needed=name in asked or name in picked or name in _needed(recipe),
            points=(points or {}).get(place_),
        )
        for place_, (name, vector) in enumerate(zip(unique, vectors, strict=True))
    ]
    types = {each.name: picked.kind(each, _type(each, recipe, asked)) for each in seen}
    open_ = [each for each in seen if picked.allows(each.name, ColumnRole.KEY)]
    key = None if recipe or picked.having(ColumnRole.KEY) else keys.pick_key(open_, types)
    types |= {each.name: ColumnType.TEXT for each in seen if each.name == key and keys.is_text(each)}
    choice = _choose(seen, types, recipe, (asked, picked), key)
    given = {**(recipe.answers if recipe else {}), **answers}
    settled = [each if each.seen.name in choice else _closed(each) for each in settle(seen, types, given, context)]
    assigned = {**roles.assign(seen, types, recipe, choice.date, choice.value, key), **picked.roles}
    kept = {name for name in assigned if _kept(name, assigned, recipe, choice) or name in picked.hashed}
    cells = {each.seen.name: _read(each, context) for each in settled if each.seen.name in kept}
    made = _with_bared(_reading(settled, cells, records, choice, assigned), settled, picked)
    if recipe:
        return made
    # What the owner picked is no choice of ours
    day, value = (mine if theirs is None else None for mine, theirs in _pairs(choice, asked))
    others = [each for each in seen if each.name not in (choice.date, choice.value) or each.name in (day, value)]
    return replace(made, rivals=tuple(roles.rivals(others, types, day, value)))


def _with_bared(made: ColumnsReading, settled: Sequence[Settled], picked: Picks) -> ColumnsReading:
    """Mark the columns that look personal and were picked for something that is stored as it is."""
    bared = {
        each.seen.name
        for each in settled
        if picked.roles.get(each.seen.name, ColumnRole.PERSONAL) is not ColumnRole.PERSONAL
        and roles.personal(each.seen, each.type)
    }
    columns = tuple(replace(column, bared=True) if column.name in bared else column for column in made.columns)
    return replace(made, columns=columns)


def _pairs(choice: Choice, asked: Choice) -> tuple[tuple[str | None, str | None], ...]:
    return (choice.date, asked.date), (choice.value, asked.value)


def _reading(
    settled: Sequence[Settled],
    cells: Mapping[str, Cells],
    records: Sequence[int],
    choice: Choice,
    assigned: Mapping[str, ColumnRole],
) -> ColumnsReading:
    """Sort the rows and report what was read."""
    days = cells[choice.date].days if choice.date else None
    no_value = cells[choice.value].unparsed if choice.value else np.zeros(0, dtype=bool)
    used, refused = rows.sort(settled, records, rows.InUse(choice.date, choice.value, days, no_value), assigned)
    every = len(used) == len(records)
    numbers = [each for each in settled if each.type is ColumnType.NUMBER]
    return ColumnsReading(
        columns=tuple(_report(each, cells.get(each.seen.name), assigned, records) for each in settled),
        types=tuple(_column(each, cells[each.seen.name], assigned) for each in settled if each.seen.name in cells),
        cells={name: read.values if every else read.values.take(used) for name, read in cells.items()},
        refused=tuple(refused),
        used=used,
        questions=_questions(settled, choice),
        decimal=_file_mark(numbers),
        thousands=number.thousands_of([each.seen.numbers for each in numbers]),
        day_first=_file_order(settled, choice.date),
        date_column=choice.date,
        value_column=choice.value,
        dates=_dates(days, used),
        decided=frozenset(question for each in settled for question in each.decided),
    )


def _dates(days: Coded[object] | None, used: Sequence[int]) -> Sequence[str | None]:
    """Give the day of each used row; None throughout where the table has none."""
    if days is None:
        return Coded((), np.full(len(used), -1, dtype=np.int8))
    return cast("Coded[str | None]", days if len(used) == len(days) else days.take(used))


def unique_names(names: Sequence[str]) -> list[str]:
    """Tell headers apart: a blank one is `#N` by its place, a repeated one carries its count.

    >>> unique_names(["a", "", "a"])
    ['a', '#2', 'a (2)']
    """
    found: list[str] = []
    for at, name in enumerate(names, start=1):
        base = name.replace("\ufeff", "").strip() or f"#{at}"
        count, made = 1, base
        while made in found:
            count += 1
            made = f"{base} ({count})"
        found.append(made)
    return found


def _needed(recipe: Recipe | None) -> frozenset[str]:
    """List the columns that a recipe reads."""
    return frozenset(name for name in (recipe.date, *recipe.values) if name) if recipe else frozenset()


def _type(seen: Seen, recipe: Recipe | None, asked: Choice) -> ColumnType:
    """Tell the type of a column by the caller's wish, the recipe and its cells, in this order."""
    known = recipe.types.get(seen.name) if recipe else None
    by_recipe = recipe is not None and asked.date is None and seen.name == recipe.date
    if seen.name == asked.date or (by_recipe and known in (None, ColumnType.DATE)):
        return ColumnType.DATE
    amount = seen.name == asked.value or seen.name in asked.also or (recipe is not None and seen.name in recipe.values)
    return looks.type_of(seen, None if seen.name == asked.value else known, amount=amount)


def _choose(
    seen: Sequence[Seen],
    types: Mapping[str, ColumnType],
    recipe: Recipe | None,
    said: tuple[Choice, Picks],
    key: str | None,
) -> Choice:
    """Choose date and value: the caller's, else the recipe's, else what scores best of what has no other role."""
    asked, picked = said
    day = asked.date
    known = recipe.date if recipe else None
    if day is None and known in types and picked.allows(known, ColumnRole.DATE):
        day = known if known and (known not in picked or types[known] is ColumnType.DATE) else None
    day = day or roles.pick_date([each for each in seen if picked.allows(each.name, ColumnRole.DATE)], types)
    value = asked.value
    if value is None and recipe:
        value = next((name for name in recipe.values if name in types and _may_count(name, types, picked)), None)
    able = [each for each in seen if each.name not in (day, key) and _may_count(each.name, types, picked)]
    if named := picked.having(ColumnRole.VALUE):
        able = [each for each in able if each.name in named or roles.is_amount(each, types[each.name])]
    value = value or roles.pick_value(able, types, seen) or next(iter(named), None)
    return replace(asked, date=day, value=value)


def _may_count(name: str, types: Mapping[str, ColumnType], picked: Picks) -> bool:
    """Tell whether a column may be the amount: nobody said that it is something else, or no number."""
    return picked.allows(name, ColumnRole.VALUE) and (name not in picked.types or types[name] in NUMERIC)


def _closed(each: Settled) -> Settled:
    """Keep a column that is not in use and whose reading is open as text: nothing uncertain is stored as a number."""
    return Settled(each.seen, ColumnType.TEXT) if each.questions else each


def _kept(name: str, assigned: Mapping[str, ColumnRole], recipe: Recipe | None, choice: Choice) -> bool:
    """Tell whether the cells of a column are kept: not the personal ones, unless they are in use or hashed."""
    if assigned[name] is not ColumnRole.PERSONAL or name in choice:
        return True
    return recipe is not None and (name in recipe.hashed or name in recipe.key)


def _read(each: Settled, context: FileContext) -> Cells:
    """Read the cells of a column."""
    seen = each.seen
    match each.type:
        case ColumnType.NUMBER:
            return _read_number(each)
        case ColumnType.DATE:
            read = dates.days(seen.dates, each.order or dates.Order.DAY_FIRST, context.today)
            missing = shapes.missing(read.days) & ~seen.numbers.empty
            days = shapes.gather(read.days, seen.codes)
            timed = any(group.plan.clock for group in seen.dates.groups)
            values = shapes.gather(read.moments, seen.codes) if timed else days
            return Cells(values, unparsed=rows.mark(missing, seen), days=days)
        case ColumnType.DURATION:
            spans = seen.durations.seconds
            wrong = shapes.missing(spans) & ~seen.numbers.empty
            return Cells(shapes.gather(spans, seen.codes), unparsed=rows.mark(wrong, seen))
        case ColumnType.TEXT | ColumnType.BOOLEAN:
            return Cells(looks.as_text(seen))


def _read_number(each: Settled) -> Cells:
    """Read the cells of a column of numbers; those of a currency that was not chosen do not fit."""
    numbers = each.seen.numbers
    found = number.amounts(numbers, each.mark or number.POINT)
    signs = (each.currency,) if each.currency else numbers.currencies
    currency = signs[0] if len(signs) == 1 else None
    values, unparsed = found.values, found.unparsed
    if each.currency:
        other = ~numbers.of_currency(each.currency) & ~numbers.empty
        values, unparsed = np.where(other, None, values), unparsed | other  # type: ignore[call-overload]
    return Cells(shapes.gather(values, each.seen.codes), found.scale, currency, rows.mark(unparsed, each.seen))


def _report(
    each: Settled, read: Cells | None, assigned: Mapping[str, ColumnRole], records: Sequence[int]
) -> ColumnReading:
    """Say how a column was understood."""
    missed = np.flatnonzero(read.unparsed) if read else np.zeros(0, dtype=np.int64)
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


def _questions(settled: Sequence[Settled], choice: Choice) -> tuple[Question, ...]:
    """Ask each thing once: the answer holds for the file."""
    asked: dict[str, Question] = {}
    for each in settled:
        for question in each.questions if each.seen.name in choice else ():
            asked.setdefault(question.id, question)
    return tuple(asked.values())


def _file_mark(numbers: Sequence[Settled]) -> str | None:
    """Tell the decimal mark that the columns show, None where none has decimals or thousands."""
    votes = [each.mark for each in numbers if each.mark and any(e and e.marked for e in each.seen.numbers.templates)]
    return max(sorted(set(votes)), key=votes.count) if votes else None


def _file_order(settled: Sequence[Settled], day: str | None) -> bool | None:
    """Tell the order of the date column in use, else of the first that has one."""
    known = {each.seen.name: _day_first(each.order) for each in settled if each.order}
    return known.get(day or "", next(iter(known.values()), None))
