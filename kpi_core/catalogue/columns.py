"""Which columns of a source may make a KPI of the catalogue: a proposal to be checked, never taken unseen.

`data/catalogue/column_words.tsv` says by which headings the parts of a KPI go in exports, and by which texts the rows
that count. Two columns that fit alike, several days to choose from, or rows that nothing tells apart are left open,
with the reason, for the owner to pick.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.catalogue.entries import AddsUp, CatalogueKpi, How, headings_of
from kpi_core.catalogue.search import fold, stem
from kpi_core.kpi import Aggregate, Formula, FormulaKind, Measure, OneColumn
from kpi_core.source import Column, ColumnRole, ColumnType, RowFilter, RowTest
from kpi_core.unit import UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpi_core.kpi import RowValue, ValuesFrom

HUNDRED = 100
EVERY_ROW = "*"
NEUTRAL = frozenset({"number", "no", "nr", "count", "of", "the", "in"})
"""Words of a heading that do not change what it is."""
WHOLE = "total"
"""Another one where it comes first: "Total visits" are visits, an "Order total" is money."""
NOWHERE = "Not found in its headings."


@dataclass(frozen=True)
class Part:
    """One number that a KPI is made of: what the catalogue calls it, the measure proposed, and why this one or none."""

    what: str
    measure: Measure | None
    why: str


@dataclass(frozen=True)
class Proposal:
    """What of a source may make a KPI; `values` None while a part is still open."""

    source: str
    parts: tuple[Part, ...]
    values: ValuesFrom | None

    @property
    def found(self) -> bool:
        """Tell whether there is anything to propose."""
        return any(part.measure is not None for part in self.parts)


def propose(
    entry: CatalogueKpi, source: str, columns: Sequence[Column], texts: Mapping[str, Sequence[str]]
) -> Proposal | None:
    """Propose where the values of a KPI may come from in a source; None where the catalogue knows no headings for it.

    Args:
        entry: the KPI.
        source: the source's name.
        columns: its columns, with their types and roles.
        texts: the different texts of its text columns, by column; columns with many may be left out.
    """
    known = headings_of(entry.key)
    if known is None:
        return None
    look = _Look(source, tuple(columns), texts)
    if known.how is not How.ADDED or entry.adds_up is not AddsUp.RATIO:
        part = _whole(look, entry, known.how, known.top, known.top_rows)
        return Proposal(source, (part,), part.measure)
    top = look.column(entry.numerator, known.top, Aggregate.SUM)
    bottom = look.column(entry.denominator, known.bottom, Aggregate.SUM)
    if bottom.why == NOWHERE and entry.unit is UnitKind.CURRENCY:  # money per thing: a file of the things counts them
        bottom = look.keys(entry.denominator, known.bottom)
    if known.top_rows and top.measure is None and bottom.measure is None:
        counted = look.rows(entry.numerator, known.top_rows)
        if counted.measure is not None:  # every row is nothing to propose while nobody knows which of them count
            top, bottom = counted, look.rows(entry.denominator, known.bottom_rows)
    values = None
    if top.measure is not None and bottom.measure is not None:
        times = Fraction(HUNDRED if entry.unit is UnitKind.PERCENT else 1)
        values = Formula(FormulaKind.RATIO, (top.measure, bottom.measure), times=times)
    return Proposal(source, (top, bottom), values)


def _whole(look: _Look, entry: CatalogueKpi, how: How, headings: Sequence[str], rows: Sequence[str]) -> Part:
    """Propose a number that is not divided by another one in the file."""
    what = entry.numerator
    match how:
        case How.DIFFERENT:
            return look.different(what, headings)
        case How.DIFFERENT_FIRST:
            return look.different(what, headings, RowTest.FIRST_SEEN)
        case How.NET_PROMOTER_SCORE:
            return look.column(what, headings, Aggregate.NET_PROMOTER_SCORE)
        case How.AVERAGE_TIME:
            return look.column(what, headings, Aggregate.AVERAGE, ColumnType.DURATION)
        case How.AVERAGE:
            where = look.telling(rows) if rows else ()
            if where is None:
                return Part(what, None, "Nothing tells which rows count.")
            return look.column(what, headings, Aggregate.AVERAGE, where=where)
        case How.ADDED:
            usual = {AddsUp.LAST: Aggregate.LAST, AddsUp.AVERAGE: Aggregate.AVERAGE}
            return look.column(what, headings, usual.get(entry.adds_up, Aggregate.SUM))


@dataclass(frozen=True)
class _Look:
    """One look at a source."""

    source: str
    columns: tuple[Column, ...]
    texts: Mapping[str, Sequence[str]]

    def column(
        self,
        what: str,
        headings: Sequence[str],
        how: Aggregate,
        kind: ColumnType = ColumnType.NUMBER,
        where: tuple[RowFilter, ...] = (),
    ) -> Part:
        """Propose the one column of this type that goes by the headings."""
        return self._made(what, how, self._named(headings, (kind,)), where)

    def different(self, what: str, headings: Sequence[str], test: RowTest | None = None) -> Part:
        """Propose to count the different ones in the column that names them, all or those seen for the first time."""
        found = self._named(headings, (ColumnType.TEXT, ColumnType.NUMBER), personal=True)
        where = (RowFilter(found[0].name, test),) if test and len(found) == 1 else ()
        return self._made(what, Aggregate.COUNT_DIFFERENT, found, where)

    def keys(self, what: str, headings: Sequence[str]) -> Part:
        """Propose to count the different ones in the column that tells rows apart, where it goes by the headings."""
        keys = [column for column in self.columns if column.role is ColumnRole.KEY]
        found = [column for column in keys if _one_of(column.name, headings)]
        return self._made(what, Aggregate.COUNT_DIFFERENT, found, ())

    def rows(self, what: str, words: Sequence[str]) -> Part:
        """Propose to count rows: all of them, or those whose one text column says so."""
        where = () if words == (EVERY_ROW,) else self.telling(words)
        if where is None or not words:
            return Part(what, None, NOWHERE)
        if not where:
            return self._measured(what, Aggregate.COUNT, None, (), "every row")
        texts = " or ".join(where[0].values)
        return self._measured(what, Aggregate.COUNT, None, where, f'rows where "{where[0].column}" is {texts}')

    def telling(self, words: Sequence[str]) -> tuple[RowFilter, ...] | None:
        """Find the one column whose texts are among the words; None where there is none or several."""
        wanted = {fold(word) for word in words}
        found = [
            RowFilter(column, RowTest.IS_ONE_OF, kept)
            for column, texts in self.texts.items()
            if (kept := tuple(text for text in texts if fold(text) in wanted))
        ]
        return (found[0],) if len(found) == 1 else None

    def _named(self, headings: Sequence[str], kinds: Sequence[ColumnType], *, personal: bool = False) -> list[Column]:
        """List the columns that go by a heading, those by the earliest one that any column goes by."""
        usable = [
            column
            for column in self.columns
            if column.type in kinds and (personal or column.role not in {ColumnRole.KEY, ColumnRole.PERSONAL})
        ]
        for heading in headings:
            found = [column for column in usable if telling_words(column.name) == telling_words(heading)]
            if found:
                rivals = [column for column in usable if _one_of(column.name, headings)]
                return found if len(rivals) == 1 or len(found) > 1 else rivals
        return []

    def _made(self, what: str, how: Aggregate, found: Sequence[Column], where: tuple[RowFilter, ...]) -> Part:
        if not found:
            return Part(what, None, NOWHERE)
        if len(found) > 1:
            named = " and ".join(f'"{column.name}"' for column in found)
            return Part(what, None, f"{named} may both be it.")
        column = found[0].name
        return self._measured(what, how, OneColumn(column), where, f'"{column}"')

    def _measured(
        self, what: str, how: Aggregate, value: RowValue | None, where: tuple[RowFilter, ...], said: str
    ) -> Part:
        days = [column for column in self.columns if column.type is ColumnType.DATE]
        named = [column for column in days if column.role is ColumnRole.DATE]
        if len(named) != 1 and len(days) != 1:
            return Part(what, None, "Several columns hold days." if days else "No column holds a day.")
        day = (named or days)[0].name
        return Part(what, Measure(self.source, how, value, day, where), f'{said}, by the day in "{day}"')


def _one_of(name: str, headings: Iterable[str]) -> bool:
    words = telling_words(name)
    return any(words == telling_words(heading) for heading in headings)


def telling_words(heading: str) -> frozenset[str]:
    """Give what a heading is about: its words in one form, without those that change nothing.

    >>> telling_words("Number of Orders") == telling_words("order"), telling_words("Total")
    (True, frozenset({'total'}))
    """
    words = [stem(word) for word in fold(heading).split()]
    if len(words) > 1 and words[0] == WHOLE:
        words = words[1:]
    return frozenset(word for word in words if word not in NEUTRAL) or frozenset(words)
