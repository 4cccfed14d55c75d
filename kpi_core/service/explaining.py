"""Which part of a KPI explains its change between two periods, or since one: from the rows, by a column of theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState, noun
from kpi_core.actual.change_words import ChangeWords
from kpi_core.actual.explain_words import ExplainWords, line_name, scaled
from kpi_core.actual.explained import Explained, Part, PartKind, explain_amounts, explain_ratios
from kpi_core.business import Business
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Kpi, State
from kpi_core.period import Cadence, Period, period_name
from kpi_core.service.currencies import refuse_mixed
from kpi_core.store.business import read_business
from kpi_core.store.data_file import FileState, open_store, state_of_file
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.evaluation import Evaluation
from kpi_core.store.histories import all_periods
from kpi_core.store.parts import AddsUp, Divides, Makeup, Rate, Taker, makeup_of, nothing_to_divide_by, splits_of
from kpi_core.unit import capital, format_value, half_up, many, percent_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kpi_core.actual import Actual
    from kpi_core.store.data_file import Store

A_YEAR = {Cadence.DAY: 364, Cadence.WEEK: 52, Cadence.MONTH: 12, Cadence.QUARTER: 4, Cadence.YEAR: 1}
"""Periods before a change that it is compared with: as many as a year has, so that every season is in."""


STARTS = 12
"""Periods from which on a change can be looked at."""


@dataclass(frozen=True)
class ExplainAsk:
    """What is to be explained, each by a day in it: `period` against `against`, or everything from `since` on.

    None: the newest complete period, the one before it, the KPI's own column.
    """

    column: str | None = None
    period: date | None = None
    against: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class ExplainLine:
    """One line as it is shown; a side that the segment does not have is empty."""

    name: str
    kind: PartKind
    before: str
    after: str
    share_before: str
    share_after: str
    explains: str


@dataclass(frozen=True)
class Explanation:
    """A change taken apart, exact in `found` and written for the owner in everything else.

    `columns`: all by which the KPI can be taken apart. `note`: how the two sides are made, "" where there is nothing
    to say.
    """

    kpi: Kpi
    column: str
    columns: tuple[str, ...]
    found: Explained
    before_name: str
    after_name: str
    lines: tuple[ExplainLine, ...]
    total: ExplainLine
    sentence: str
    note: str


@dataclass(frozen=True)
class ExplainChoices:
    """What can be asked of a KPI: by which columns, and what with what, in words; `reason`: why nothing can be."""

    columns: tuple[str, ...] = ()
    asks: tuple[tuple[str, ExplainAsk], ...] = ()
    reason: str = ""


def choices(data_file: Path, kpi_id: int, today: date) -> ExplainChoices:
    """List what can be asked of a KPI, the likeliest first: against last year, the period before, since each period.

    Raises:
        NotFound: there is no KPI of that number.
    """
    with open_store(data_file) as store, store.reading():
        kpi = get_kpi(store, kpi_id)
        try:
            explainer = _Explainer(store, kpi, read_business(store), today)
            explainer.column(None)
            return ExplainChoices(explainer.columns, tuple(explainer.asks()))
        except (RefusedDefinition, NotFound) as error:
            return ExplainChoices(reason=f"{error.sentence} {error.hint}".strip())


def explain(data_file: Path, kpi_id: int, ask: ExplainAsk, today: date) -> Explanation:
    """Take the change of a KPI apart.

    Raises:
        NotFound: there is no KPI of that number, or a source of its definition is gone.
        RefusedDefinition: it cannot be taken apart, by no column or not by this one, or a period is not covered whole,
            holds typed values, or is of several currencies.
    """
    return _explained(data_file, state_of_file(data_file), kpi_id, ask, today)


@lru_cache(maxsize=64)
def _explained(data_file: Path, state: FileState, kpi_id: int, ask: ExplainAsk, today: date) -> Explanation:
    """Read the rows once for each state of the data file: a page is drawn again with every click."""
    del state
    with open_store(data_file) as store, store.reading():
        kpi = get_kpi(store, kpi_id)
        refuse_mixed(store, replace(kpi, state=State.ACTIVE))
        return _Explainer(store, kpi, read_business(store), today).explanation(ask)


class _Explainer:
    """Explains changes of one KPI."""

    def __init__(self, store: Store, kpi: Kpi, business: Business, today: date) -> None:
        """Find out how the KPI is made up."""
        self.store = store
        self.kpi = kpi
        self.business = business
        self.today = today
        self.calendar = business.calendar
        self.evaluation = Evaluation(store, self.calendar)
        self.makeup: Makeup = makeup_of(self.evaluation, kpi)
        self.columns = splits_of(store, self.makeup)

    def explanation(self, ask: ExplainAsk) -> Explanation:
        """Take the change apart that is asked for."""
        column = self.column(ask.column)
        before, after = self.sides(ask)
        taker = Taker(self.evaluation, self.kpi, self.makeup, column)
        taker.refuse_unknown([*before, *after])
        found = self.found(taker, before, after)
        words = scaled(ChangeWords(self.kpi.unit, self.business.style, self.kpi.decimals), found)
        names = self.name(before), self.name(after)
        if ask.since is not None:
            first = period_name(after[0], self.calendar, self.today)
            names = f"before {first}", f"since {first}"
        write = _Writer(self.kpi, self.business, words)
        return Explanation(
            kpi=self.kpi,
            column=column,
            columns=self.columns,
            found=found,
            before_name=names[0],
            after_name=names[1],
            lines=tuple(write.line(part) for part in found.lines if write.is_shown(part)),
            total=write.total(found),
            sentence=ExplainWords(found, words, *names).sentence(),
            note=" ".join(filter(None, [self.note(before, after) if ask.since else "", self.shares(found)])),
        )

    def column(self, asked: str | None) -> str:
        """Choose the column."""
        if not self.columns:
            sentence = f"No column takes {self.kpi.name} apart."
            raise RefusedDefinition(sentence, "Say on Sources which column is a group, such as channel or shop.")
        if asked is None:
            return self.columns[0]
        alike = [name for name in self.columns if " ".join(asked.split()).casefold() == name.casefold()]
        if not alike:
            sentence = f'{self.kpi.name} cannot be taken apart by "{asked}".'
            raise RefusedDefinition(sentence, f"It can be by: {', '.join(self.columns)}.")
        return alike[0]

    def whole(self) -> list[Actual]:
        """List the values of the periods that are covered whole, oldest first."""
        known = all_periods(self.store, self.kpi, self.calendar, self.today)
        whole = [each for each in known if each.coverage is CoverageState.FULL]
        if not whole:
            sentence = f"{self.kpi.name} has no complete period yet."
            raise RefusedDefinition(sentence)
        return whole

    def asks(self) -> Iterator[tuple[str, ExplainAsk]]:
        """List what can be compared, with its words."""
        known = {each.period.start: each.period for each in self.whole()}
        newest = known[max(known)]
        partner, before = self.calendar.partner(newest), self.calendar.previous(newest)
        for other in (partner, before):
            if other.start in known:
                label = f"{capital(self.name([newest]))} against {self.name([other])}"
                yield label, ExplainAsk(period=newest.start, against=other.start)
        period = newest
        for _ in range(STARTS):
            if self.calendar.previous(period).start not in known:
                break
            yield f"Since {self.name([period])}", ExplainAsk(since=period.start)
            period = self.calendar.previous(period)

    def sides(self, ask: ExplainAsk) -> tuple[list[Period], list[Period]]:
        """Choose the periods of both sides, oldest first."""
        whole = self.whole()
        newest = whole[-1].period
        if ask.since is not None:
            return self.since(ask.since, whole, newest)
        after = newest if ask.period is None else self.calendar.period(self.kpi.cadence, ask.period)
        before = (
            self.calendar.previous(after)
            if ask.against is None
            else self.calendar.period(self.kpi.cadence, ask.against)
        )
        if before == after:
            name = period_name(after, self.calendar, None)
            sentence = f"{capital(name)} cannot be compared with itself."
            raise RefusedDefinition(sentence, "Choose two periods.")
        return [before], [after]

    def since(self, day: date, whole: Sequence[Actual], newest: Period) -> tuple[list[Period], list[Period]]:
        """Lay all periods from one on beside those before it: a year of them at most, without a gap."""
        first = self.calendar.period(self.kpi.cadence, day)
        covered = {each.period.start: each for each in whole}
        after = self.calendar.periods(self.kpi.cadence, first.start, newest.end)
        before: list[Period] = []
        period = self.calendar.previous(first)
        while period.start in covered and not covered[period.start].typed and len(before) < A_YEAR[period.cadence]:
            before.append(period)
            period = self.calendar.previous(period)
        if not before or not after:
            name = period_name(first, self.calendar, None)
            sentence = f"There is nothing {'before' if after else 'since'} {name} to compare."
            raise RefusedDefinition(sentence, "Choose another period.")
        return before[::-1], after

    def found(self, taker: Taker, before: Sequence[Period], after: Sequence[Period]) -> Explained:
        """Take the change apart by how the KPI is made up."""
        makeup = self.makeup
        match makeup:
            case AddsUp(terms):
                return explain_amounts(taker.amounts(terms, before), taker.amounts(terms, after))
            case Divides(whole=True):
                return explain_amounts(taker.shares(makeup, before), taker.shares(makeup, after))
            case Divides():
                sides = taker.ratios(makeup, before), taker.ratios(makeup, after)
                return _known(explain_ratios(*sides, makeup.times), makeup)
            case Rate():
                return _known(explain_ratios(taker.rates(makeup, before), taker.rates(makeup, after)), makeup)

    def name(self, side: Sequence[Period]) -> str:
        """Name a side of one period."""
        return period_name(side[0], self.calendar, self.today)

    def note(self, before: Sequence[Period], after: Sequence[Period]) -> str:
        """Say how many periods stand on each side, and that amounts are those of one."""
        cadence = self.kpi.cadence.value
        first = period_name(before[0], self.calendar, None)
        sides = f"{many(len(after), cadence)} since then, {many(len(before), cadence)} before (from {first} on)"
        return f"{sides}; amounts are for one {cadence}." if isinstance(self.makeup, AddsUp) else f"{sides}."

    def shares(self, found: Explained) -> str:
        """Say what the shares are of."""
        if all(part.share_before is None and part.share_after is None for part in found.parts):
            return ""
        makeup = self.makeup
        if isinstance(makeup, Divides) and not makeup.whole:
            return f"Second number: share of {' and '.join(noun(measure) for measure, _ in makeup.below)}."
        return "Second number: share of " + ("the rows." if isinstance(makeup, Rate) else "the whole.")


def _known(found: Explained | None, makeup: Makeup) -> Explained:
    if found is None:
        raise nothing_to_divide_by(makeup)
    return found


@dataclass(frozen=True)
class _Writer:
    """Writes the lines of a table."""

    kpi: Kpi
    business: Business
    words: ChangeWords

    def is_shown(self, part: Part) -> bool:
        """Leave the mix out where it is too small to be seen."""
        return part.kind is not PartKind.MIX or not self.words.is_nothing(part.explains)

    def line(self, part: Part) -> ExplainLine:
        """Write one line."""
        shared = part.kind is not PartKind.MIX
        return ExplainLine(
            line_name(part),
            part.kind,
            self.value(part.before),
            self.value(part.after),
            self.share(part.share_before) if shared else "",
            self.share(part.share_after) if shared else "",
            self.words.signed(part.explains),
        )

    def total(self, found: Explained) -> ExplainLine:
        """Write the line of the whole."""
        texts = self.value(found.before), self.value(found.after)
        return ExplainLine("All", PartKind.BOTH, *texts, "", "", self.words.signed(found.change))

    def value(self, value: Fraction | None) -> str:
        """Write a value of the KPI with the decimals of the differences, so that they can be seen."""
        return "" if value is None else format_value(value, self.kpi.unit, self.business.style, self.words.digits)

    def share(self, share: Fraction | None) -> str:
        """Write a share in whole percent."""
        return "" if share is None else percent_text(half_up(share * 100, 0), self.business.style)
