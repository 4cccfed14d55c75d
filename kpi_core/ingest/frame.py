"""From bytes to the one table that is read: sheets, tables, header, and the questions that these leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpi_core.errors import EmptyFile, NoRows, NotFound, RefusedDefinition, TooManyColumns
from kpi_core.ingest import columns
from kpi_core.ingest import recipe as recipes_of
from kpi_core.ingest.bulk import read_pieces
from kpi_core.ingest.dialect import detect_dialect, told_delimiter
from kpi_core.ingest.grid import MOST_COLUMNS, joined
from kpi_core.ingest.header import Certainty
from kpi_core.ingest.table import NOTES_WIDTH, Table, beyond, chosen_header, find_tables, is_cover, shifted
from kpi_core.ingest.text import KNOWN_ENCODINGS, FileKind, decode, file_kind, is_blank
from kpi_core.ingest.workbook import Sheet, read_workbook
from kpi_core.source import Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpi_core.ingest.grid import Grid
    from kpi_core.ingest.report import ReadingChoice
    from kpi_core.source import Recipe

HEADER: Final = "header"
TABLE: Final = "table"
TOTALS: Final = "totals"
EXTRA: Final = "extra-cells"
ENCODING: Final = "encoding"
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "date-order": ("day-first", "month-first"),
    "decimal": ("comma", "point"),
    TOTALS: ("leave-out", "keep"),
    EXTRA: ("last", "first"),
    ENCODING: KNOWN_ENCODINGS,
}
OTHER_IDS: Final = (HEADER, TABLE, "currency")


@dataclass(frozen=True)
class FileText:
    """How the bytes were read; `delimiter` and `quote` are blank for a workbook."""

    encoding: str
    delimiter: str
    quote: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Frame:
    """The table that is read, on which sheet, the recipe that knows it, and what is open about the choice."""

    file: FileText
    sheet: Sheet
    table: Table
    others: tuple[Table, ...]
    """The other tables of the same sheet."""
    recipe: Recipe | None
    questions: tuple[Question, ...]
    tables: tuple[str, ...] = ()
    """What the tables of the file hold, where there are several."""
    chosen: int = 0
    """The place of the one that is read."""
    decided: frozenset[str] = frozenset()
    """Questions about the frame that an answer decided; which table is meant is no matter of the next file."""

    @property
    def grid(self) -> Grid:
        """All records of the sheet."""
        return self.sheet.grid

    def own(self, position: int, cells: tuple[str, ...]) -> tuple[str, ...]:
        """Cut a record to the cells that it really has, those beyond the last heading among them."""
        return cells[: max(self.table.width, int(self.grid.lengths[position]))]


def file_text(name: str, data: bytes, answers: Mapping[str, str]) -> FileText:
    """Read the bytes of a file as sheets of text cells.

    Raises:
        UnreadableFile: empty, no table, protected or too large.
        RefusedDefinition: an encoding in the answers that the bytes cannot be in.
    """
    if file_kind(name, data) is FileKind.WORKBOOK:
        return FileText("workbook", "", "", read_workbook(name, data))
    text = decode(name, data, answers.get(ENCODING))
    told, body = told_delimiter(text.data)
    if is_blank(body):
        raise EmptyFile(name)
    dialect = detect_dialect(body, told)
    pieces, encoding = read_pieces(body, dialect), text.encoding
    # The text of a large file is gone before its columns are there in two forms
    del text, body
    grid = joined(pieces)
    if not grid.counts.any():
        raise EmptyFile(name)
    return FileText(encoding, dialect.delimiter, dialect.quote, (Sheet(None, grid),))


def frame_of(
    name: str, file: FileText, known: Sequence[Recipe], answers: Mapping[str, str], wanted: ReadingChoice
) -> Frame:
    """Choose the table to read.

    Args:
        name: the file's name, for sentences.
        file: its sheets.
        known: recipes to recognise it by.
        answers: of the owner, by question id.
        wanted: columns that the caller names; a table that alone has them is the one.

    Raises:
        NoRows: a header and nothing under it.
        TooManyColumns: wider than 300 columns.
        RefusedDefinition: an answer that is none of the choices.
    """
    sheets = _without_covers(file.sheets)
    found = [(sheet, table) for sheet in sheets for table in _tables(sheet, sheet is sheets[0], answers)]
    if HEADER not in answers and not any(recipes_of.match(table.names, known) for _, table in found):
        found = _with_remembered_header(sheets[0], known) or found
    widest = max(int(sheet.grid.lengths.max(initial=0)) for sheet in file.sheets)
    if not found and widest > MOST_COLUMNS:
        raise TooManyColumns(name, widest, MOST_COLUMNS)
    if not found:
        raise NoRows(name)
    index = _chosen(found, known, answers, wanted)
    sheet, table = found[index or 0]
    if table.width > MOST_COLUMNS:
        raise TooManyColumns(name, table.width, MOST_COLUMNS)
    recipe = recipes_of.match(table.names, known)
    given = {**(recipe.answers if recipe else {}), **answers}
    tables = _described(found) if len(found) > 1 else ()
    questions = []
    if index is None and TABLE not in given:
        questions.append(_ask_table(tables))
    if table.header.certainty is not Certainty.SURE and HEADER not in given:
        questions.append(_ask_header(sheet.grid, table))
    # A sheet has its headings right above their cells
    extra = beyond(sheet.grid, table) if file.delimiter else 0
    if extra and EXTRA not in given:
        questions.append(_ask_extra(sheet.grid, table, extra))
    elif extra and given[EXTRA] == "first":
        table = shifted(table, extra)
    others = tuple(other for there, other in found if there is sheet and other.first != table.first)
    decided = frozenset((*([EXTRA] if extra else []), *([ENCODING] if file.delimiter else []), HEADER))
    return Frame(file, sheet, table, others, recipe, tuple(questions), tables, index or 0, decided & set(answers))


def check_answers(answers: Mapping[str, str]) -> None:
    """Refuse answers to questions that nobody asks, and choices that a question does not have.

    Raises:
        RefusedDefinition: naming the answer and what is possible.
    """
    for identity, choice in answers.items():
        if identity not in CHOICES and identity not in OTHER_IDS:
            listed = ", ".join(sorted((*CHOICES, *OTHER_IDS)))
            message = f'No question is called "{identity}".'
            raise RefusedDefinition(message, f"Questions about a file are: {listed}.")
        allowed = CHOICES.get(identity)
        if allowed is not None and choice not in allowed:
            message = f'"{choice}" is no answer to the question "{identity}".'
            raise RefusedDefinition(message, f"Possible are: {', '.join(allowed)}.")


def _without_covers(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Drop sheets of notes beside a wider one, whose table is meant."""
    widest = max(sheet.grid.width for sheet in sheets)
    kept = [sheet for sheet in sheets if sheet.grid.width == widest or not is_cover(sheet.grid)]
    return kept if widest > NOTES_WIDTH else sheets


def _tables(sheet: Sheet, first: bool, answers: Mapping[str, str]) -> tuple[Table, ...]:  # noqa: FBT001
    """Find the tables of a sheet; an answer about the header holds for the first sheet that has one."""
    answer = answers.get(HEADER)
    if answer is None or not first:
        return find_tables(sheet.grid)
    numbered = answer.isdecimal() and 1 <= int(answer) <= len(sheet.grid)
    if answer not in {"first-row", "none"} and not numbered:
        message = f'"{answer}" is no answer to the question "{HEADER}".'
        raise RefusedDefinition(message, f"Possible are: first-row, none, or a row number up to {len(sheet.grid)}.")
    header = chosen_header(sheet.grid, answer)
    return find_tables(sheet.grid, header) if header.first < len(sheet.grid) else ()


def _with_remembered_header(sheet: Sheet, known: Sequence[Recipe]) -> list[tuple[Sheet, Table]]:
    """Find the table of a file whose owner once said in which row its headings stand."""
    for recipe in known:
        row = recipe.answers.get(HEADER, "")
        if recipe.shipped or not row.isdecimal() or not 1 <= int(row) < len(sheet.grid):
            continue
        tables = find_tables(sheet.grid, chosen_header(sheet.grid, row))
        if any(recipes_of.match(table.names, [recipe]) for table in tables):
            return [(sheet, table) for table in tables]
    return []


def _chosen(
    found: Sequence[tuple[Sheet, Table]], known: Sequence[Recipe], answers: Mapping[str, str], wanted: ReadingChoice
) -> int | None:
    """Return which table is meant; None where only the owner can say."""
    answer = answers.get(TABLE)
    if answer is not None:
        if not answer.isdecimal() or not 1 <= int(answer) <= len(found):
            message = f'"{answer}" is no answer to the question "{TABLE}".'
            raise RefusedDefinition(message, f"Possible are: 1 to {len(found)}.")
        return int(answer) - 1
    if len(found) == 1:
        return 0
    said = (wanted.date, wanted.value, *wanted.also, *wanted.roles, *wanted.types)
    named = [name for name in said if name]
    having = [index for index, (_, table) in enumerate(found) if named and all(_has(table, name) for name in named)]
    if len(having) == 1:
        return having[0]
    matched = [index for index, (_, table) in enumerate(found) if recipes_of.match(table.names, known)]
    return matched[0] if len(matched) == 1 else None


def _has(table: Table, name: str) -> bool:
    try:
        return columns.place(table.names, name) is not None
    except NotFound:
        return False


def _described(found: Sequence[tuple[Sheet, Table]]) -> tuple[str, ...]:
    """Say what the tables of a file hold."""
    labels = []
    for sheet, table in found:
        where = f"{sheet.name}: " if sheet.name else ""
        rows = int((sheet.grid.counts[table.first : table.stop] > 0).sum())
        heads = ", ".join(table.names[:4]) + (" ..." if table.width > 4 else "")  # noqa: PLR2004
        labels.append(f"{where}{heads} ({rows} {'row' if rows == 1 else 'rows'})")
    return tuple(labels)


def _ask_table(tables: Sequence[str]) -> Question:
    """Ask which of several tables is meant."""
    choices = tuple(str(index + 1) for index in range(len(tables)))
    return Question(
        TABLE, f"This file holds {len(tables)} tables. Which one do you want?", choices, None, tuple(tables)
    )


def _ask_header(grid: Grid, table: Table) -> Question:
    """Ask whether the first row is headings or already a row."""
    position = table.first if table.header.position is None else table.header.position
    shown = ", ".join(f"“{cell[:30]}”" for cell in grid.row(position) if cell)
    text = f"Row {position + 1} holds {shown[:120]}. Is it the line of headings, or has this file none?"
    return Question(HEADER, text, ("first-row", "none"), None, ("It is the line of headings", "There are no headings"))


def _ask_extra(grid: Grid, table: Table, extra: int) -> Question:
    """Ask which cells have no heading where the rows are longer than the header."""
    example = grid.row(table.first)[: table.width]
    text = (
        f"The rows have {table.width} cells, but there are only {table.width - extra} headings. "
        f"Which cells have no heading? The first row is: {', '.join(f'“{cell[:20]}”' for cell in example)[:160]}."
    )
    return Question(EXTRA, text, CHOICES[EXTRA], None, ("the last ones", "the first ones"))
