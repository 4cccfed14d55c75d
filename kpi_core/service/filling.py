"""Filling in typed values from a file or a pasted block: what would change, adding it as one, taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.actual import value_of
from kpi_core.business import Business
from kpi_core.definition import key_of
from kpi_core.errors import NoKpiTable, OpenQuestions, RefusedDefinition, UnreadableFile
from kpi_core.ingest.filled import PERCENT, Filled, read_filled
from kpi_core.ingest.filled.cells import Page, pages_of, pasted
from kpi_core.kpi import Kpi, Typed, TypedValue
from kpi_core.period import Period, period_name
from kpi_core.service.recolouring import colours_noted
from kpi_core.source import LeftOut, Question, Refused
from kpi_core.store import fills
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, list_changes
from kpi_core.store.closed import closed_months, month_name
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.typed import typed_values
from kpi_core.store.evaluation import times_of
from kpi_core.store.fills import Fill, FillCounts, FillUndo
from kpi_core.store.histories import value_at
from kpi_core.store.touched import months_between
from kpi_core.unit import Unit, UnitKind, format_exactly, sheet_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpi_core.ingest.filled import FilledValue
    from kpi_core.service.file import File
    from kpi_core.store.data_file import Store

__all__ = [
    "Change",
    "Fill",
    "FillCounts",
    "FillUndo",
    "Filling",
    "Line",
    "add",
    "history",
    "is_template",
    "look",
    "version",
]

LOOKED_AT = 1_000_000
"""Bytes; a larger file is an export of rows, not worth looking at twice."""
GLANCE = 300
"""Rows of a dropped file that tell whether it is a table of KPIs."""
COUNT = Unit(UnitKind.COUNT)
NEAR = 3
"""A percentage within this factor of a stored one is no surprise."""
LARGEST_SHARE = 2
"""A part of 1 that is larger would be more than 200 %; up to it a number without a percent sign may be one."""
MOST = 16
"""Decimals that a shown number may have."""
PASTED = "pasted numbers"


class Change(StrEnum):
    """What a value of a file would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "the same"
    COMPUTED = "replaces the computed"


@dataclass(frozen=True)
class Line:
    """One value of the file and what it would do; `old` and `new` as they are shown, `note` what to know of it."""

    kpi: str
    period: str
    segment: str
    change: Change
    old: str
    new: str
    typed: TypedValue
    note: str = ""


@dataclass(frozen=True)
class Filling:
    """What is known before anything is written. `lines` are empty while a question is open."""

    name: str
    lines: tuple[Line, ...]
    refused: tuple[Refused, ...]
    left_out: tuple[LeftOut, ...]
    questions: tuple[Question, ...]

    @property
    def counts(self) -> FillCounts:
        """Count what would happen."""
        found = [line.change for line in self.lines]
        new, changed, same, computed = (found.count(change) for change in Change)
        return FillCounts(new, changed, same, len(self.refused), computed)


def is_template(data_file: Path, file: File, today: date) -> bool:
    """Tell whether a file that was dropped among exports is a table of typed values: KPIs by name, by periods."""
    if len(file.data) > LOOKED_AT:
        return False
    with open_store(data_file) as store:
        known = kpis(store)
        if not known:
            return False
        try:
            pages = [Page(page.title, page.rows[:GLANCE]) for page in pages_of(file.name, file.data, {})]
            return read_filled(pages, known, read_business(store), today, {}).is_template
        except (UnreadableFile, RefusedDefinition):
            return False


def look(data_file: Path, source: File | str, answers: Mapping[str, str], today: date) -> Filling:
    """Read a file, or a block of text that was pasted, and say what adding it would do; nothing is written.

    Raises:
        UnreadableFile: it holds no table of KPIs.
        RefusedDefinition: an answer that answers no question.
    """
    with open_store(data_file) as store, store.reading():
        return _look(store, source, answers, today)


def version(data_file: Path) -> tuple[int, int]:
    """Tell one state of the data file from another, as far as what a file would change depends on it."""
    with open_store(data_file) as store:
        newest = list_changes(store, most=1)
        return (newest[0].id if newest else 0, len(closed_months(store)))


def add(
    data_file: Path, source: File | str, answers: Mapping[str, str], now: datetime, why: str = ""
) -> tuple[int | None, Filling]:
    """Write the values that are new or changed: all of them or nothing. They can be undone as one.

    Returns:
        The number of the fill, None where nothing is different; and what was done.

    Raises:
        OpenQuestions: something only the owner can decide; nothing was changed.
        UnreadableFile: it holds no table of KPIs.
    """
    with open_store(data_file) as store, store.writing():
        found = _look(store, source, answers, now.date())
        if found.questions:
            raise OpenQuestions(found.questions)
        note = why.strip() or f"from {found.name}"
        by = By(now, read_business(store).person, note)
        values = [replace(line.typed, note=note) for line in found.lines if line.change is not Change.SAME]
        with colours_noted(store, now):
            number = fills.apply_fill(store, found.name, values, found.counts, by)
    return number, found


def take_back(data_file: Path, fill_id: int, now: datetime) -> FillUndo:
    """Undo a fill; what was changed again since stays.

    Raises:
        NotFound: there is no such fill, or it was undone already.
        ClosedMonths: it would change a closed month; nothing was changed.
    """
    with open_store(data_file) as store, store.writing():
        name = fills.get_fill(store, fill_id).file_name
        with colours_noted(store, now):
            done = fills.undo_fill(store, fill_id, By(now, read_business(store).person, f"undone: {name}"))
    return done


def history(data_file: Path) -> tuple[Fill, ...]:
    """List everything that was filled in, the newest first."""
    with open_store(data_file) as store:
        return fills.list_fills(store)


def _look(store: Store, source: File | str, answers: Mapping[str, str], today: date) -> Filling:
    name, pages = _pages(source, answers)
    business = read_business(store)
    filled = read_filled(pages, kpis(store), business, today, answers)
    if not filled.has_table:
        raise NoKpiTable(name)
    if filled.questions:
        return Filling(name, (), filled.refused, filled.left_out, filled.questions)
    return _Plan(store, business, today, answers).make(name, filled)


def _pages(source: File | str, answers: Mapping[str, str]) -> tuple[str, tuple[Page, ...]]:
    if isinstance(source, str):
        return PASTED, pasted(source)
    return source.name, pages_of(source.name, source.data, answers)


class _Plan:
    """Holds what a file says against what is stored."""

    def __init__(self, store: Store, business: Business, today: date, answers: Mapping[str, str]) -> None:
        self.store, self.business, self.today, self.answers = store, business, today, answers
        self.closed = closed_months(store)
        self.stored = {
            (key_of(each.kpi), each.period_start, key_of(each.segment)): each for each in typed_values(store)
        }
        self.refused: list[Refused] = []
        self.questions: dict[str, Question] = {}

    def make(self, name: str, filled: Filled) -> Filling:
        """Decide each value: new, changed, the same, refused."""
        self.refused += filled.refused
        lines = tuple(line for value in filled.values if (line := self.line(value)) is not None)
        questions = tuple(self.questions.values())
        refused = tuple(sorted(self.refused, key=lambda each: each.row))
        return Filling(name, () if questions else lines, refused, filled.left_out, questions)

    def line(self, found: FilledValue) -> Line | None:
        """Say what a value would do; None where it is refused."""
        kpi = found.kpi
        held = self.stored.get((key_of(kpi.name), found.period.start, key_of(found.segment)))
        typed = TypedValue(
            kpi.name,
            found.period.start,
            found.value,
            found.segment if held is None else held.segment,
            found.numerator,
            found.denominator,
        )
        if held is not None and _same(held, typed, kpi):
            return self._line(found, Change.SAME, held, held)
        reason = self._contradiction(typed, kpi) or self._closed(found.period)
        if reason:
            self.refused.append(Refused(found.row, found.column, found.text, reason))
            return None
        if typed.numerator is not None and typed.value is not None:
            typed = replace(typed, value=None)  # the parts make it exactly, the value beside them is rounded
        typed = self._scaled(typed, found)
        if held is not None and _same(held, typed, kpi):
            return self._line(found, Change.SAME, held, held)
        if held is not None:
            return self._line(found, Change.CHANGED, held, typed)
        value = None if isinstance(kpi.values, Typed) else value_at(self.store, kpi, found.segment, found.period)
        if value is None:
            return self._line(found, Change.NEW, None, typed)
        computed = replace(typed, value=value, numerator=None, denominator=None)
        return self._line(found, Change.COMPUTED, computed, typed)

    def _line(self, found: FilledValue, change: Change, held: TypedValue | None, typed: TypedValue) -> Line:
        calendar = self.business.calendar
        running = found.period.end > self.today and change is not Change.SAME
        return Line(
            kpi=found.kpi.name,
            period=period_name(found.period, calendar, None),
            segment=typed.segment,
            change=change,
            old="" if held is None else self._text(held, found.kpi),
            new=self._text(typed, found.kpi),
            typed=typed,
            note="this period still runs" if running else "",
        )

    def _text(self, typed: TypedValue, kpi: Kpi) -> str:
        style, times = self.business.style, times_of(kpi)
        value = value_of(typed, times)
        shown = "no value" if value is None else format_exactly(value, kpi.unit, style, kpi.decimals)
        if typed.value is not None or typed.numerator is None or typed.denominator is None:
            return shown
        parts = (format_exactly(part, COUNT, style) for part in (typed.numerator, typed.denominator))
        return f"{shown} ({' of '.join(parts)})"

    def _contradiction(self, typed: TypedValue, kpi: Kpi) -> str:
        """Say what is wrong with the parts of a value; "" where nothing is."""
        if (typed.numerator is None) != (typed.denominator is None):
            return "a numerator and its denominator come together"
        if typed.numerator is None or typed.value is None:
            return ""
        made = value_of(replace(typed, value=None), times_of(kpi))
        if made is not None and _rounds_to(made, typed.value):
            return ""
        parts = self._text(replace(typed, value=None), kpi)
        return f"the value says {self._text(replace(typed, numerator=None), kpi)}, but its parts make {parts}"

    def _closed(self, period: Period) -> str:
        hit = sorted(self.closed & months_between(period.start, period.end))
        return f"{month_name(hit[0])} is closed" if hit else ""

    def _scaled(self, typed: TypedValue, found: FilledValue) -> TypedValue:
        """Ask whether 0.032 of a percentage means 3.2 %: a spreadsheet that shows 3.2 % holds 0.032."""
        kpi, value = found.kpi, typed.value
        if kpi.unit.kind is not UnitKind.PERCENT or not value or found.percent_sign:
            return typed
        usual = [each.value for key, each in self.stored.items() if key[0] == key_of(kpi.name) and each.value]
        identity = f"{PERCENT}-{kpi.id}"
        answer = self.answers.get(identity)
        if answer not in {None, "percent", "share"}:
            sentence = f'"{answer}" is no answer to the question "{identity}".'
            raise RefusedDefinition(sentence, "Possible are: percent, share.")
        if answer == "share":
            # A template holds what is stored as percentages beside what was typed as a part of 1
            return (
                typed
                if _is_near(value, usual) and not _is_near(value * 100, usual)
                else replace(typed, value=value * 100)
            )
        if answer is None and _may_be_share(value, usual):
            self.questions.setdefault(identity, self._ask_scale(identity, found, value))
        return typed

    def _ask_scale(self, identity: str, found: FilledValue, value: Fraction) -> Question:
        kpi = found.kpi
        plain, scaled = (format_exactly(each, kpi.unit, self.business.style) for each in (value, value * 100))
        period = period_name(found.period, self.business.calendar, None)
        return Question(
            identity,
            f"{kpi.name}, {period}: what does {found.text} mean, {plain} or {scaled}?",
            ("percent", "share"),
            kpi.name,
            (f"It is {plain}", f"It is {scaled}: the file writes percentages as parts of 1"),
        )


def _may_be_share(value: Fraction, usual: Sequence[Fraction]) -> bool:
    """Tell whether a percentage may be meant as a part of 1, by what the KPI usually is.

    >>> usual = [Fraction("2.9"), Fraction("3.1")]
    >>> _may_be_share(Fraction("0.032"), usual), _may_be_share(Fraction("3.2"), usual), _may_be_share(Fraction(1), [])
    (True, False, True)
    >>> _may_be_share(Fraction("1.05"), []), _may_be_share(Fraction(45), [])
    (True, False)
    """
    if not usual:
        return abs(value) <= LARGEST_SHARE
    return _is_near(value * 100, usual) or (abs(value) <= 1 and not _is_near(value, usual))


def _is_near(value: Fraction, usual: Sequence[Fraction]) -> bool:
    return any(NEAR * abs(each) >= abs(value) >= abs(each) / NEAR for each in usual)


def _same(held: TypedValue, typed: TypedValue, kpi: Kpi) -> bool:
    """Tell whether a file says what is stored, as far as a template can hold its digits."""
    pairs = (
        (held.value, typed.value),
        (held.numerator, typed.numerator),
        (held.denominator, typed.denominator),
    )
    if all(_alike(one, other) for one, other in pairs):
        return True
    # A line without parts shows a value that is made of them
    value = value_of(held, times_of(kpi))
    return typed.numerator is None and typed.denominator is None and value is not None and _alike(value, typed.value)


def _alike(held: Fraction | None, found: Fraction | None) -> bool:
    if held is None or found is None:
        return held is found
    return found in {held, sheet_number(held)}


def _rounds_to(exact: Fraction, shown: Fraction) -> bool:
    """Tell whether a shown number is an exact one rounded to the digits that it has.

    >>> _rounds_to(Fraction(2, 3), Fraction("0.67")), _rounds_to(Fraction(2, 3), Fraction("0.66"))
    (True, False)
    """
    digits = next((digits for digits in range(MOST) if (shown * 10**digits).denominator == 1), MOST)
    return abs(exact - shown) <= Fraction(1, 2 * 10**digits)
