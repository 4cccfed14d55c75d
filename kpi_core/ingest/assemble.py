"""From the chosen table to the finished reading: rows, columns, totals, checks, preview and the batch."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field, replace
from operator import gt, lt
from typing import TYPE_CHECKING, Final

import numpy as np

from kpi_core.errors import RefusedDefinition
from kpi_core.ingest import batch as batches
from kpi_core.ingest import checks, facts, outcome, words
from kpi_core.ingest import recipe as recipes_of
from kpi_core.ingest.coded import Coded
from kpi_core.ingest.columns import read_columns
from kpi_core.ingest.fates import Body, Reason, body_of, main_date
from kpi_core.ingest.filename import title
from kpi_core.ingest.frame import TOTALS
from kpi_core.ingest.lacks import check_lacks
from kpi_core.ingest.periods import stated_period
from kpi_core.ingest.picks import picks_of
from kpi_core.ingest.reading import Reading
from kpi_core.ingest.report import FileContext, ReadingChoice
from kpi_core.ingest.rows import NO_DATE, masked
from kpi_core.ingest.signs import NET_NAME, check_signs, pair_of, signs_fact
from kpi_core.ingest.totals import Claim, claim, is_word
from kpi_core.ingest.wide import Unpivoted, check_headings, check_spans, unpivot, wide_columns
from kpi_core.source import AMOUNT, PERIOD, Check, ColumnRole, Covers, Question, Recipe, Refused, RowBatch
from kpi_core.unit import NumberStyle
from kpi_core.vector import different

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from kpi_core.ingest.frame import Frame
    from kpi_core.ingest.grid import Points
    from kpi_core.ingest.report import ColumnsReading
    from kpi_core.ingest.texts import Texts

LINES_OF_RECIPE: Final = 5
NAMED_ROWS: Final = 5
LEAST_DIGITS: Final = 3
OVERLONG: Final = "it has cells beyond the last heading: a delimiter stands inside a text without quotes"


@dataclass(frozen=True)
class Rows:
    """What goes to the columns: names and vectors, the position in the grid of each row, and what stays behind."""

    names: tuple[str, ...]
    vectors: tuple[Texts, ...]
    positions: Sequence[int]
    left_out: dict[int, Reason]
    overlong: tuple[int, ...]
    unpivoted: Unpivoted | None = None
    points: Mapping[int, Points] = field(default_factory=dict)
    """As `Grid.points`, for these rows."""

    @property
    def records(self) -> Sequence[int]:
        """The record number of each row."""
        if isinstance(self.positions, range):
            return range(self.positions.start + 1, self.positions.stop + 1)
        return array("q", (np.asarray(self.positions, dtype=np.int64) + 1).tobytes())


@dataclass(frozen=True)
class Asked:
    """What the caller said: answers by question id, columns by name, the day, the recipes to know files by."""

    answers: Mapping[str, str]
    wanted: ReadingChoice
    today: date
    known: tuple[Recipe, ...]
    keep: bool = False
    """Whether every record stays at hand, to be looked at."""
    style: NumberStyle = field(default_factory=NumberStyle)
    """How the business writes numbers."""


def assemble(name: str, frame: Frame, asked: Asked, progress: Callable[[float, str], None]) -> Reading:
    """Read the chosen table.

    Raises:
        NotFound: a wanted column that the table does not have.
        RefusedDefinition: a pick that cannot work.
    """
    said = asked.answers
    given = {**(frame.recipe.answers if frame.recipe else {}), **said}
    asked = replace(asked, answers=given)
    progress(0.4, "Finding the rows")
    rows, read, totals = _rows_and_columns(frame, asked, progress)
    open_totals = () if TOTALS in given else totals
    decided = frame.decided | (set(said) & {*read.decided, *(each.id for each in totals)})
    asked = replace(asked, answers={question: said[question] for question in sorted(decided)})
    frame = _known_by_its_lines(frame, rows, asked)
    left_out = {**rows.left_out, **outcome.around(frame)}
    refused = _refused(frame, rows, read, left_out)
    recipe = _draft(name, frame, rows, read, asked)
    period = _period(frame, rows, read)
    read = _dated_by_title(read, period)
    progress(0.8, "Recognising rows")
    questions = (*frame.questions, *open_totals, *read.questions)
    tested = _checks(frame, rows, read, left_out, asked)
    if frame.recipe is None:
        tested = (*tested, *check_lacks(read, rows.records, period, wide=rows.unpivoted is not None))
    header = frame.table.header.position
    records = outcome.lines_of(frame, left_out, refused)
    made = Reading(
        name=name,
        encoding=frame.file.encoding,
        delimiter=frame.file.delimiter,
        quote=frame.file.quote,
        decimal=read.decimal,
        thousands=read.thousands,
        header_row=None if header is None else header + 1,
        columns=read.columns,
        date_column=read.date_column,
        value_column=read.value_column,
        recipe=frame.recipe,
        rows=outcome.counts(frame, left_out, refused),
        left_out=outcome.listed(frame, left_out, _personal(read)),
        refused=refused,
        questions=questions,
        checks=tested,
        batch=None if questions else _batch(rows, read, recipe, period),
        draft=recipe,
        preview=outcome.preview(records),
        wide=rows.unpivoted is not None,
        lines=rows.unpivoted.lines_named if rows.unpivoted else (),
        tables=frame.tables,
        table=frame.chosen,
        records=records if asked.keep else None,
        known=asked.known,
        decided=decided,
    )
    progress(1.0, "Read")
    return replace(made, facts=_facts(made, read, Counter(left_out.values()), frame, rows))


def _batch(rows: Rows, read: ColumnsReading, recipe: Recipe, period: Covers | None) -> RowBatch:
    """Build the batch; what the file states about its days goes before its first and last row."""
    return batches.stated(batches.batch_of(rows.names, rows.vectors, rows.records, read, recipe), period)


def _facts(
    made: Reading, read: ColumnsReading, reasons: Counter[Reason], frame: Frame, rows: Rows
) -> tuple[facts.Fact, ...]:
    """Say in words what was understood."""
    others = [sheet.name for sheet in frame.file.sheets if sheet is not frame.sheet and sheet.name]
    covers = made.batch.covers if made.batch else None
    return facts.all_of(
        facts.recipe_fact(made.recipe),
        facts.sheet_fact(frame.sheet.name, others),
        facts.header_fact(made.header_row),
        facts.dates_fact(read),
        facts.numbers_fact(read),
        facts.lines_fact(made.lines),
        facts.beside_fact(rows.unpivoted.beside if rows.unpivoted else ()),
        signs_fact(read) if any(ready.name == NET_NAME for ready in made.draft.ready) else None,
        facts.durations_fact(read),
        facts.covers_fact(covers, stated=bool(made.batch and made.batch.stated_cover)),
        facts.left_out_fact(reasons, made.checks),
        facts.personal_fact(read, made.draft),
    )


def _known_by_its_lines(frame: Frame, rows: Rows, asked: Asked) -> Frame:
    """Recognise a wide table by its lines: its headings change every month."""
    if rows.unpivoted is None or frame.recipe is not None:
        return frame
    return replace(frame, recipe=recipes_of.match((*rows.names, *rows.unpivoted.lines_named), asked.known))


def _rows_and_columns(
    frame: Frame, asked: Asked, progress: Callable[[float, str], None]
) -> tuple[Rows, ColumnsReading, tuple[Question, ...]]:
    """Read the rows of the table, wide or long; rows that may be totals are settled by our own sums, else asked about.

    The question about totals is given whether it is answered or not.
    """
    lined = asked.wanted.line is not None
    # A recipe that knows the headings tells a table of rows from a statement, however many group lines it has
    wide = wide_columns(frame.grid, frame.table, wanted=lined) if lined or frame.recipe is None else ()
    if wide:
        if asked.wanted.roles or asked.wanted.types:
            sentence = "The columns of this table are periods, so there is nothing to pick."
            raise RefusedDefinition(sentence, "Its lines are read as text, its cells as amounts.")
        made = unpivot(frame.grid, frame.table, wide)
        points = {} if made.points is None else {made.names.index(AMOUNT): made.points}
        rows = Rows(made.names, made.vectors, made.positions, made.left_out, (), made, points)
        choice = ReadingChoice(PERIOD if PERIOD in made.names else None, AMOUNT)
        return rows, _columns(frame, rows, asked, choice), ()
    body = body_of(frame.grid, frame.table)
    progress(0.5, "Reading dates and numbers")
    rows = _long(frame, body, leaving=body.doubtful)
    read = _columns(frame, rows, asked, asked.wanted)
    if not body.doubtful:
        return rows, read, ()
    answer = asked.answers.get(TOTALS)
    totals = [at for at in body.doubtful if _is_total(frame, at, rows, read)]
    unsure = [at for at in body.doubtful if at not in totals]
    dated = main_date(frame.table) is not None
    # Among days a longer name that begins like a total is a shop's; the word alone is asked about
    says = is_word if dated else _claims
    claimed = [at for at in unsure if any(map(says, frame.grid.row(at)))]
    if dated and claimed:
        own = _numbering(frame, body, read)
        claimed = [at for at in claimed if not any(frame.grid.row(at)[index] for index in own)]
    asking = (_ask_totals(frame, claimed),) if claimed else ()
    rows = _long(frame, body, leaving=body.doubtful if answer == "leave-out" else totals)
    return rows, _columns(frame, rows, asked, asked.wanted), asking


def _long(frame: Frame, body: Body, leaving: Sequence[int]) -> Rows:
    """Take the kept rows of an ordinary table without those that are left out as totals."""
    kept = body.kept[~np.isin(body.kept, leaving)] if leaving else body.kept
    left_out = {**body.left_out, **dict.fromkeys(leaving, Reason.TOTAL)}
    grid, table = frame.grid, frame.table
    whole = len(kept) and kept[-1] - kept[0] + 1 == len(kept)
    where = slice(int(kept[0]), int(kept[-1]) + 1) if whole else kept
    positions = range(where.start, where.stop) if isinstance(where, slice) else array("q", kept.tobytes())
    columns = grid.columns[: table.width]
    vectors = tuple(column.take(where) for column in columns)
    points = {index: typed[where] for index, typed in grid.points.items() if index < len(vectors)}
    return Rows(table.names[: len(vectors)], vectors, positions, left_out, body.overlong, points=points)


def _columns(frame: Frame, rows: Rows, asked: Asked, wanted: ReadingChoice) -> ColumnsReading:
    context = FileContext(
        title_texts=_titles(frame),
        today=asked.today,
        delimiter=frame.file.delimiter,
        encoding=frame.file.encoding,
    )
    return read_columns(
        rows.names,
        rows.vectors,
        rows.records,
        recipe=frame.recipe,
        answers=asked.answers,
        wanted=wanted,
        context=context,
        points=rows.points,
    )


def _titles(frame: Frame) -> tuple[str, ...]:
    """List the cells above the header."""
    header = frame.table.header.position
    stop = frame.table.first if header is None else header
    return tuple(cell for row in frame.grid.rows(slice(frame.table.top, stop)) for cell in row if cell)


def _is_total(frame: Frame, position: int, rows: Rows, read: ColumnsReading) -> bool:
    """Tell a total by its figures: the sum of all other rows, or of those above it."""
    row, names = _figures(frame, position, read), frame.table.names
    if len(read.used) >= checks.LEAST_SUMMED and checks.equals_sum(row, names, checks.sums(read), read.decimal):
        return True
    above = checks.sums_above(read, rows.records, position + 1)
    return checks.equals_sum(row, names, above, read.decimal)


def _figures(frame: Frame, position: int, read: ColumnsReading) -> tuple[str, ...]:
    """Give the cells of a record, numbers that a sheet holds as such written with the decimal mark of the texts."""
    typed = {index for index, points in frame.grid.points.items() if points[position]}
    cells = frame.grid.row(position)
    return tuple(cell.replace(".", read.decimal or ".") if at in typed else cell for at, cell in enumerate(cells))


def _numbering(frame: Frame, body: Body, read: ColumnsReading) -> list[int]:
    """Find the columns by which each row has a number of its own, such as that of an order: a total has none."""
    keys = {column.name for column in read.columns if column.role is ColumnRole.KEY}
    found = []
    for index, name in enumerate(frame.table.names):
        cells = [cell for cell in frame.grid.columns[index].take(body.kept).tolist() if cell]
        digits = all(cell.isascii() and cell.isdigit() and len(cell) == len(cells[0]) for cell in cells)
        steady = all(map(lt, cells, cells[1:])) or all(map(gt, cells, cells[1:]))
        if name in keys or (digits and steady and len(cells) > 1 and len(cells[0]) >= LEAST_DIGITS):
            found.append(index)
    return found


def _claims(cell: str) -> bool:
    return claim(cell) is not Claim.NONE


def _ask_totals(frame: Frame, positions: Sequence[int]) -> Question:
    """Ask whether rows that say total or balance are such."""
    first = frame.grid.row(positions[0])
    what = "balance" if any(claim(cell) is Claim.BALANCE for cell in first) else "total"
    shown = ", ".join(cell for cell in first if cell)[: outcome.SHOWN_TEXT]
    rows = ", ".join(str(at + 1) for at in positions[:NAMED_ROWS])
    several = len(positions) > 1
    text = f"Row{'s' if several else ''} {rows} may be {f'{what}s' if several else f'a {what}'}: “{shown}”. Leave out?"
    return Question(TOTALS, text, ("leave-out", "keep"), None, (f"They are {what}s", "They are rows like the others"))


def _refused(frame: Frame, rows: Rows, read: ColumnsReading, left_out: dict[int, Reason]) -> tuple[Refused, ...]:
    """Collect the refused rows; a row without date and value that stands under another one only continues it."""
    personal = _personal(read)
    kept = []
    for each in read.refused:
        if each.reason == NO_DATE and _continues(frame, each.row - 1, read):
            left_out[each.row - 1] = Reason.CONTINUATION
        else:
            kept.append(each)
    for position in rows.overlong:
        shown = masked(frame.own(position, frame.grid.row(position)), rows.names, personal)
        extra = ", ".join(cell for cell in shown[frame.table.width :] if cell)
        kept.append(Refused(position + 1, "", extra, OVERLONG, shown))
    return tuple(sorted(kept, key=lambda refused: refused.row))


def _personal(read: ColumnsReading) -> frozenset[str]:
    return frozenset(column.name for column in read.columns if column.role is ColumnRole.PERSONAL)


def _continues(frame: Frame, position: int, read: ColumnsReading) -> bool:
    """Tell a further line of the order above: no date, no money, and the same text in the first column or none."""
    names = frame.table.names
    row = frame.grid.row(position)
    pair = pair_of(read)
    amounts = {read.value_column, *((pair.came_in, pair.went_out) if pair else ())} & {*names}
    if position <= frame.table.first or read.value_column not in amounts:
        return False
    if any(row[names.index(name)] for name in amounts if name):
        return False
    return row[0] in {"", frame.grid.row(position - 1)[0]}


def _draft(name: str, frame: Frame, rows: Rows, read: ColumnsReading, asked: Asked) -> Recipe:
    """Make the recipe that confirming saves; a wide table is known by its lines, as its headings change."""
    called = frame.recipe.name if frame.recipe else title(name)
    made = recipes_of.draft(called, read, asked.answers, frame.recipe)
    if rows.unpivoted is None:
        picked = picks_of([column.name for column in read.columns], asked.wanted)
        return recipes_of.taught(made, picked, (read.date_column, read.value_column))
    lines = rows.unpivoted.lines_named[:LINES_OF_RECIPE]
    return replace(made, headers=tuple(words.fold(each) for each in (*rows.names, *lines)), date=read.date_column)


def _period(frame: Frame, rows: Rows, read: ColumnsReading) -> Covers | None:
    """Tell the period that the file states: by its headings where they are periods, else by its title lines."""
    if rows.unpivoted is not None:
        spans = [column.covers for column in rows.unpivoted.columns if column.covers]
        if spans:
            return Covers(min(span.start for span in spans), max(span.end for span in spans))
    return stated_period(_titles(frame), day_first=read.day_first)


def _dated_by_title(read: ColumnsReading, period: Covers | None) -> ColumnsReading:
    """Date the rows of a table without dates by its title, where that names days of one month only."""
    if read.date_column is not None or period is None or different(read.dates):
        return read
    last = period.last_day
    if (period.start.year, period.start.month) != (last.year, last.month):
        return read
    return replace(read, dates=Coded([period.start.isoformat()], np.zeros(len(read.used), dtype=np.int32)))


def _checks_of_headings(frame: Frame, rows: Rows) -> tuple[Check, ...]:
    """Check the headings of a wide table."""
    if rows.unpivoted is None:
        return ()
    wide = rows.unpivoted.columns
    return (*check_headings(frame.grid, frame.table, wide), *check_spans(wide))


def _checks(
    frame: Frame, rows: Rows, read: ColumnsReading, left_out: Mapping[int, Reason], asked: Asked
) -> tuple[Check, ...]:
    totals = [(at + 1, _figures(frame, at, read)) for at, reason in left_out.items() if reason is Reason.TOTAL]
    found = [
        *checks.check_totals(totals, frame.table.names, read, asked.style),
        *checks.check_balance(read, rows.records),
        *check_signs(read),
        *_checks_of_headings(frame, rows),
        *checks.check_choice(read),
        *checks.check_currencies(read),
        *(() if frame.recipe and frame.recipe.first_row_of else checks.check_repeated(read)),
        *checks.check_future(read, asked.today),
        *checks.check_unparsed(read.columns, (read.date_column, read.value_column)),
    ]
    if frame.others:
        count = len(frame.others) + 1
        found.append(Check("tables", ok=False, text=f"This file holds {count} tables; one of them is read."))
    if frame.grid.repaired:
        rows_named = ", ".join(str(at + 1) for at in frame.grid.repaired[:NAMED_ROWS])
        found.append(
            Check("quotes", ok=False, text=f"A quote is missing in row {rows_named}; the row was read without it.")
        )
    return tuple(found)
