"""Where the typed values of KPIs stand in a file: long, wide, periods downwards, or a table a KPI.

Nothing is interpreted here: an entry names the cells of one KPI and period as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kpi_core.definition import key_of
from kpi_core.ingest.filled.cells import BLANK, Cell
from kpi_core.ingest.filled.when import looks_like_period
from kpi_core.ingest.kinds import Kind, kind_of
from kpi_core.ingest.totals import Claim, claim
from kpi_core.ingest.words import fold, lexicon
from kpi_core.source import LeftOut, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kpi_core.ingest.filled.cells import Page


class Form(StrEnum):
    """How a table lays out the values of KPIs."""

    LONG = "long"
    WIDE = "wide"
    DOWN = "periods down"
    ONE_KPI = "one KPI"


class Part(StrEnum):
    """Which number of a value a cell holds."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class Role(StrEnum):
    """What a column beside the numbers is for."""

    KPI = "KPI"
    PERIOD = "period"
    SEGMENT = "segment"
    UNIT = "unit"
    PART = "part"
    IGNORED = "ignored"


_WORDS: Final = {
    Role.KPI: lexicon("kpi kpis metric metrics indicator indicators measure kennzahl kennzahlen indikator nyckeltal "
                      "indicateur indicador indicatore kengetal nokkeltal tunnusluku name"),
    Role.PERIOD: lexicon("period periods date day week month quarter year periode zeitraum datum tag woche monat "
                         "quartal jahr dag vecka manad kvartal ar periodo mois annee semaine trimestre mes fecha ano "
                         "maand jaar kwartaal mese anno jour dato uge maned"),
    Role.SEGMENT: lexicon("segment segmento"),
    Role.UNIT: lexicon("unit units einheit enhet unite unidad unita eenheid currency wahrung valuta devise moneda"),
    Role.PART: lexicon("part teil del partie parte deel"),
    Role.IGNORED: lexicon("note notes comment comments kommentar target ziel owner goal from"),
    Part.VALUE: lexicon("value values actual actuals result number wert ist varde utfall valeur valor valore waarde "
                        "vaerdi verdi arvo"),
    Part.NUMERATOR: lexicon("numerator zahler taljare numerateur numerador numeratore teller taeller"),
    Part.DENOMINATOR: lexicon("denominator nenner namnare denominateur denominador denominatore noemer naevner"),
}  # fmt: skip
SEARCHED: Final = 200
"""Rows at the beginning of a sheet within which a table of KPIs begins, or there is none."""
COMES_FROM: Final = "Comes from"
"""The heading of a template's column that says whether a KPI is typed or computed."""
_IGNORED: Final = _WORDS[Role.IGNORED] | {fold(COMES_FROM)}


@dataclass(frozen=True)
class Place:
    """Where a cell stands: the sheet ("" in a text file), the row as a spreadsheet counts, the heading."""

    sheet: str
    row: int
    column: str

    @property
    def named(self) -> str:
        """Name the column, with its sheet where there is one."""
        return f"{self.sheet}: {self.column}" if self.sheet else self.column


@dataclass(frozen=True)
class Entry:
    """The cells of one KPI in one period. `kpi` None: the table does not say of which KPI it is."""

    place: Place
    kpi: str | None
    period: Cell
    parts: dict[Part, Cell]
    segment: str = ""
    unit: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    """Other columns that say something on the line: heading and text."""
    titled: bool = False
    """Whether `kpi` is a title above the table, which may be no name of a KPI at all."""


@dataclass
class Found:
    """What the tables of a file hold; grows while its pages are read."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    forms: set[Form] = field(default_factory=set)
    lines: int = 0
    """Lines of all tables."""
    known_lines: int = 0
    """Those that name a KPI by its name."""

    def leave_out(self, page: Page, at: int, reason: str) -> None:
        """Leave a row out, unless it is blank."""
        text = " | ".join(cell.text for cell in page.rows[at] if cell.text)
        if text:
            self.left_out.append(LeftOut(at + 1, f"{page.title}: {reason}" if page.title else reason, text[:200]))


@dataclass(frozen=True)
class Head:
    """The header of a table: which column is what; `names` are all its headings."""

    form: Form
    names: tuple[str, ...]
    roles: dict[Role, int]
    numbers: dict[int, tuple[Part, Cell]]
    """Columns of numbers: which part they hold, and their heading."""
    kpi: str | None = None

    def column(self, at: int) -> str:
        """Name a column by its heading, else by its letter."""
        return (self.names[at] if at < len(self.names) else "") or letter(at)

    def cell(self, row: Sequence[Cell], role: Role) -> str:
        """Give the text under a role."""
        at = self.roles.get(role)
        return row[at].text if at is not None and at < len(row) else ""


def find_entries(pages: Sequence[Page], known: Collection[str]) -> Found:
    """Find the values in the pages of a file; `known` are the names of KPIs, folded by `key_of`."""
    found = Found()
    for page in pages:
        _Reader(page, frozenset(known), found).read()
    return found


def letter(at: int) -> str:
    """Name a column as a spreadsheet does.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass
class _Reader:
    """Walks down one page: a header begins a table, the rows under it are its lines."""

    page: Page
    known: frozenset[str]
    found: Found

    def read(self) -> None:
        head: Head | None = None
        title, apart = "", True
        for at, row in enumerate(self.page.rows):
            if at == SEARCHED and not self.found.forms:
                return
            if not any(cell.text for cell in row):
                apart = True
                continue
            fresh = self._head(at, head, title, apart=apart)
            if fresh is not None:
                head, title = fresh, ""
                self.found.forms.add(fresh.form)
            elif head is None or (apart and self._is_title(row)):
                if self._is_title(row):
                    title = row[0].text
                    head = None if head is None or head.form is Form.ONE_KPI else head
                self.found.leave_out(self.page, at, "it stands outside the tables")
            else:
                self._line(at, row, head)
            apart = False

    def _is_title(self, row: Sequence[Cell]) -> bool:
        return sum(bool(cell.text) for cell in row) == 1 and bool(row[0].text) and row[0].number is None

    def _head(self, at: int, before: Head | None, title: str, *, apart: bool) -> Head | None:
        row = self.page.rows[at]
        by_words = self._by_words(row, title)
        if by_words is not None:
            return by_words
        if before is not None and before.form is not Form.WIDE and not apart:
            return None
        return self._wide(at) or (self._bare(at) if before is None else None)

    def _by_words(self, row: Sequence[Cell], title: str) -> Head | None:
        """Recognise a header by what its headings say."""
        names = tuple(cell.text for cell in row)
        roles, numbers = _roles(row)
        parts = {part for part, _ in numbers.values()}
        numeric = Part.VALUE in parts or {Part.NUMERATOR, Part.DENOMINATOR} <= parts
        if Role.PERIOD not in roles:
            return None
        if numeric and Role.KPI in roles:
            return Head(Form.LONG, names, roles, numbers)
        if numeric:
            kpi = next((name for name in (title, self.page.title) if key_of(name) in self.known), title or None)
            return Head(Form.ONE_KPI, names, roles, numbers, kpi)
        columns = {at: (Part.VALUE, cell) for at, cell in enumerate(row) if key_of(cell.text) in self.known}
        rest = {at: (Part.VALUE, cell) for at, cell in enumerate(row) if at not in roles.values() and cell.text}
        return Head(Form.DOWN, names, roles, rest) if columns and Role.KPI not in roles else None

    def _wide(self, at: int) -> Head | None:
        """Recognise a header whose headings are periods, above lines that name KPIs."""
        row = self.page.rows[at]
        periods = [place for place, cell in enumerate(row) if place and looks_like_period(cell)]
        if not periods:
            return None
        roles = {Role.KPI: 0, **_roles(row[: periods[0]])[0]}
        label, below = row[roles[Role.KPI]], self._below(at, roles[Role.KPI])
        sure = fold(label.text) in _WORDS[Role.KPI] or len(periods) > 1 or key_of(below) in self.known
        if not sure or key_of(label.text) in self.known or looks_like_period(label):
            return None
        taken = set(roles.values())
        taken |= {place for place, cell in enumerate(row) if fold(cell.text) in _IGNORED}
        numbers = {place: (Part.VALUE, cell) for place, cell in enumerate(row) if place not in taken}
        return Head(Form.WIDE, tuple(cell.text for cell in row), roles, numbers)

    def _below(self, at: int, column: int) -> str:
        row = self.page.rows[at + 1] if at + 1 < len(self.page.rows) else ()
        return row[column].text if column < len(row) else ""

    def _bare(self, at: int) -> Head | None:
        """Recognise rows without a header: KPI, period, number, or period and number; the row is a line itself."""
        row = self.page.rows[at]
        filled = [place for place, cell in enumerate(row) if cell.text]
        if filled != list(range(len(row))) or len(row) < 2:  # noqa: PLR2004
            return None
        named = key_of(row[0].text) in self.known and len(row) > 2 and looks_like_period(row[1])  # noqa: PLR2004
        first = 2 if named else 1
        if not (named or looks_like_period(row[0])) or len(row) != first + 1 or not _is_number(row[first]):
            return None
        roles = {Role.KPI: 0, Role.PERIOD: 1} if named else {Role.PERIOD: 0}
        title = self.page.title if key_of(self.page.title) in self.known else None
        form = Form.LONG if named else Form.ONE_KPI
        head = Head(form, ("",) * len(row), roles, {first: (Part.VALUE, BLANK)}, title)
        self._line(at, row, head)
        return head

    def _line(self, at: int, row: Sequence[Cell], head: Head) -> None:
        """Take the values of one line, or say why it has none."""
        beyond = [place for place, cell in enumerate(row) if cell.text and place >= len(head.names)]
        if beyond:
            reason = "it has cells beyond the last heading"
            text = " | ".join(cell.text for cell in row if cell.text)[:200]
            self._refuse(at, letter(beyond[0]), text, reason)
            return
        self.found.lines += 1
        self.found.known_lines += key_of(head.kpi or head.cell(row, Role.KPI)) in self.known
        values = [place for place in head.numbers if place < len(row) and row[place].text]
        if not values:
            self.found.leave_out(self.page, at, "it holds no number")
            return
        refused = len(self.found.refused)
        beside = self._beside(row, head)
        entries = [replace(entry, beside=beside) for entry in self._entries(at, row, head, values)]
        if not entries and refused == len(self.found.refused):
            self.found.leave_out(self.page, at, "it holds no number")
        self.found.entries.extend(entries)

    def _beside(self, row: Sequence[Cell], head: Head) -> tuple[tuple[str, str], ...]:
        """List what other columns say on a line, where it might be whose part of the number this is."""
        told = []
        for at, cell in enumerate(row):
            heading = head.names[at]
            if not cell.text or at in head.roles.values() or fold(heading) in _IGNORED:
                continue
            if at not in head.numbers or (head.form is not Form.LONG and self._is_remark(cell, heading, head)):
                told.append((head.column(at), cell.text))
        return tuple(told)

    def _is_remark(self, cell: Cell, heading: str, head: Head) -> bool:
        """Tell whether a text stands under a heading that promises no number: no period, no KPI."""
        if head.form is Form.ONE_KPI or _is_number(cell) or claim(heading) is not Claim.NONE:
            return False
        return not (looks_like_period(Cell(heading)) or key_of(heading) in self.known)

    def _entries(self, at: int, row: Sequence[Cell], head: Head, values: Sequence[int]) -> Iterator[Entry]:
        segment, unit = head.cell(row, Role.SEGMENT), head.cell(row, Role.UNIT)
        match head.form:
            case Form.LONG | Form.ONE_KPI:
                parts = {head.numbers[place][0]: row[place] for place in values}
                place = Place(self.page.title, at + 1, head.column(values[0]))
                kpi = head.cell(row, Role.KPI) if head.form is Form.LONG else head.kpi
                period = row[head.roles[Role.PERIOD]] if head.roles[Role.PERIOD] < len(row) else BLANK
                yield Entry(place, kpi, period, parts, segment, unit, titled=head.form is Form.ONE_KPI)
            case Form.DOWN:
                period = row[head.roles[Role.PERIOD]] if head.roles[Role.PERIOD] < len(row) else BLANK
                for column in values:
                    place = Place(self.page.title, at + 1, head.column(column))
                    if self._is_remark(row[column], head.names[column], head):
                        continue
                    yield Entry(place, head.names[column], period, {Part.VALUE: row[column]}, segment, unit)
            case Form.WIDE:
                yield from self._across(at, row, head, values, Entry(
                    Place(self.page.title, at + 1, ""), head.cell(row, Role.KPI), BLANK, {}, segment, unit
                ))  # fmt: skip

    def _across(self, at: int, row: Sequence[Cell], head: Head, values: Sequence[int], line: Entry) -> Iterator[Entry]:
        """Take the numbers of a line whose headings are periods; one under another heading is refused or a total."""
        said = head.cell(row, Role.PART)
        part = next((part for part in Part if fold(said) in _WORDS[part]), None) if said else Part.VALUE
        for column in values:
            place = replace(line.place, column=head.column(column))
            heading = head.numbers[column][1]
            if looks_like_period(heading):
                if part is None:
                    self._refuse(at, place.column, row[column].text, f"“{said}” is no part of a value")
                else:
                    yield replace(line, place=place, period=heading, parts={part: row[column]})
            elif claim(heading.text) is not Claim.NONE or not _is_number(row[column]):
                continue
            else:
                yield replace(line, place=place, period=heading, parts={Part.VALUE: row[column]})

    def _refuse(self, at: int, column: str, text: str, reason: str) -> None:
        cells = tuple(cell.text for cell in self.page.rows[at])
        named = Place(self.page.title, at + 1, column).named
        self.found.refused.append(Refused(at + 1, named, text, reason, cells))


def _is_number(cell: Cell) -> bool:
    return cell.number is not None or kind_of(cell.text) is Kind.NUMBER


def _roles(row: Sequence[Cell]) -> tuple[dict[Role, int], dict[int, tuple[Part, Cell]]]:
    """Tell by its heading what each column is; the first of several alike counts."""
    roles: dict[Role, int] = {}
    numbers: dict[int, tuple[Part, Cell]] = {}
    taken: set[Part] = set()
    for at, cell in enumerate(row):
        said = fold(cell.text)
        role = next((role for role in Role if said in _WORDS[role]), None)
        part = next((part for part in Part if said in _WORDS[part]), None)
        if role is not None and role not in roles:
            roles[role] = at
        elif part is not None and part not in taken:
            taken.add(part)
            numbers[at] = (part, cell)
    return roles, numbers
