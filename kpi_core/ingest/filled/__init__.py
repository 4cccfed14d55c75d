"""Reading typed values of KPIs from a filled-in template, an owner's own sheet, or a block that was pasted.

`cells` takes the file apart, `tables` finds where values stand, `when` and `numbers` read periods and numbers; here
each value ends in exactly one of read, left out, refused. Whether it is new is not known here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kpi_core.definition import key_of
from kpi_core.errors import RefusedDefinition
from kpi_core.ingest.filled.numbers import Marks, marks_in, number_of
from kpi_core.ingest.filled.tables import Form, Part, find_entries
from kpi_core.ingest.filled.when import is_short, one_month_only, orders, when
from kpi_core.ingest.frame import ENCODING
from kpi_core.ingest.words import fold
from kpi_core.kpi import State
from kpi_core.period import period_name
from kpi_core.source import LeftOut, Question, Refused
from kpi_core.unit import Unit, UnitKind, stands_for

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from kpi_core.business import Business
    from kpi_core.ingest.filled.cells import Page
    from kpi_core.ingest.filled.tables import Entry, Found
    from kpi_core.kpi import Kpi
    from kpi_core.period import Period

KPI_QUESTION: Final = "kpi"
DATE_ORDER: Final = "date-order"
DECIMAL: Final = "decimal"
PERCENT: Final = "percent"
"""Begins the question whether 0.032 of a percentage means 3.2 %; the KPI's number ends it."""
COLUMN: Final = "column-"
"""Begins the question whether a column that is not known splits the numbers; its heading ends it."""
SHOWN: Final = 3
COUNT: Final = Unit(UnitKind.COUNT)
TWICE: Final = "the file has two numbers for {period}"
APART: Final = "another part of the same value cannot be used"
AGAIN: Final = "the same number stands there twice"


@dataclass(frozen=True)
class FilledValue:
    """What a file says of a KPI in a period: exact numbers, and where they stand. None: that part is blank."""

    kpi: Kpi
    period: Period
    segment: str
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    row: int
    column: str
    text: str
    percent_sign: bool = False
    """Whether the value is written with a percent sign, so that its scale is certain."""


@dataclass(frozen=True)
class Filled:
    """What was read. `values` are empty while a question is open."""

    values: tuple[FilledValue, ...]
    refused: tuple[Refused, ...]
    left_out: tuple[LeftOut, ...]
    questions: tuple[Question, ...]
    has_table: bool
    is_template: bool
    """Whether the tables name KPIs and periods so plainly that the file is nothing else."""


def unit_text(unit: Unit) -> str:
    """Name a unit shortly, as templates do beside a KPI.

    >>> unit_text(Unit(UnitKind.CURRENCY, "SEK")), unit_text(Unit(UnitKind.PERCENT))
    ('SEK', '%')
    """
    match unit.kind:
        case UnitKind.CURRENCY:
            return unit.currency or ""
        case UnitKind.PERCENT:
            return "%"
        case UnitKind.DURATION:
            return "h:mm:ss"
        case UnitKind.COUNT | UnitKind.SCORE | UnitKind.RATIO:
            return unit.kind.value


def read_filled(
    pages: Sequence[Page], kpis: Sequence[Kpi], business: Business, today: date, answers: Mapping[str, str]
) -> Filled:
    """Read the typed values of KPIs.

    Args:
        pages: as `cells.pages_of` or `cells.pasted` gives them.
        kpis: all KPIs of the business.
        business: its calendar and number style.
        today: a period that has not begun has no number.
        answers: by question id: `kpi`, `date-order`, `decimal`.

    Raises:
        RefusedDefinition: an answer that answers no question.
    """
    known = {key_of(kpi.name): kpi for kpi in kpis}
    _check(answers, known)
    found = find_entries(pages, known)
    reader = _Reader(business, today, found, _nameless(found.entries, known))
    questions = reader.named(known, answers) + reader.read(answers)
    plain = Form.DOWN not in found.forms and not any(map(reader.is_nameless, found.entries))
    least = found.lines if any(each.beside for each in found.entries) else (found.lines + 1) // 2
    enough = 0 < least <= found.known_lines
    return Filled(
        values=() if questions else reader.values(),
        refused=tuple(sorted(reader.refused, key=lambda each: each.row)),
        left_out=tuple(found.left_out),
        questions=questions,
        has_table=bool(found.forms),
        is_template=plain and enough,
    )


def _check(answers: Mapping[str, str], known: Mapping[str, Kpi]) -> None:
    """Refuse an answer that is none of the choices."""
    choices: dict[str, Collection[str]] = {
        DATE_ORDER: ("day-first", "month-first"),
        DECIMAL: ("comma", "point"),
        KPI_QUESTION: [kpi.name for kpi in known.values()],
    }
    for identity, answer in answers.items():
        if identity.startswith(COLUMN):
            choices = {**choices, identity: ("segment", "leave-out")}
        if identity not in choices and identity != ENCODING and not identity.startswith(PERCENT):
            sentence = f'No question is called "{identity}".'
            raise RefusedDefinition(sentence, f"Questions about such a file are: {', '.join(choices)}, {ENCODING}.")
        allowed = choices.get(identity)
        if allowed is not None and key_of(answer) not in map(key_of, allowed):
            sentence = f'"{answer}" is no answer to the question "{identity}".'
            raise RefusedDefinition(sentence, f"Possible are: {', '.join(allowed)}.")


@dataclass(frozen=True)
class _Line:
    """An entry whose KPI is known, its period and what its numbers are; None where one cannot be read."""

    entry: Entry
    kpi: Kpi
    period: Period
    numbers: dict[Part, Fraction | None]


class _Reader:
    """Turns entries into values; what cannot be used is collected in `refused`."""

    def __init__(self, business: Business, today: date, found: Found, nameless: frozenset[str | None]) -> None:
        self.business, self.today, self.found, self.nameless = business, today, found, nameless
        self.refused: list[Refused] = list(found.refused)
        self.ours: list[tuple[Entry, Kpi]] = []
        self.lines: list[_Line] = []
        self.unknown: dict[str, str] = {}
        self.marks = Marks(business.style)

    def refuse(self, entry: Entry, reason: str, text: str | None = None) -> None:
        """Keep why an entry is not used."""
        shown = " / ".join(cell.text for cell in entry.parts.values()) if text is None else text
        cells = (entry.kpi or "", entry.segment, entry.period.text, *(cell.text for cell in entry.parts.values()))
        self.refused.append(Refused(entry.place.row, entry.place.named, shown, reason, cells))

    def is_nameless(self, entry: Entry) -> bool:
        """Tell whether an entry stands in a table that names no KPI."""
        return (entry.titled or entry.kpi is None) and entry.kpi in self.nameless

    def named(self, known: Mapping[str, Kpi], answers: Mapping[str, str]) -> tuple[Question, ...]:
        """Find the KPI of each entry; what only the owner can say about a table is a question."""
        nameless = {_table(entry) for entry in self.found.entries if self.is_nameless(entry)}
        asked: dict[str, Question] = {}
        for entry in self.found.entries:
            name = entry.kpi
            if self.is_nameless(entry):
                if len(nameless) > 1:
                    self.refuse(entry, "the table names no KPI", entry.kpi)
                    continue
                name = answers.get(KPI_QUESTION)
                if name is None:
                    asked.setdefault(KPI_QUESTION, _which_kpi(known))
                    continue
            self._placed(entry, name or "", known, answers, asked)
        return tuple(asked.values())

    def _placed(
        self,
        entry: Entry,
        name: str,
        known: Mapping[str, Kpi],
        answers: Mapping[str, str],
        asked: dict[str, Question],
    ) -> None:
        """Take an entry whose KPI, unit and segment are sure."""
        kpi = known.get(key_of(name))
        if kpi is None:
            if name not in self.unknown:
                self.unknown[name] = _unknown(name, known)
            self.refuse(entry, self.unknown[name], name)
        elif kpi.state is State.RETIRED:
            self.refuse(entry, f"{kpi.name} is retired", name)
        elif not _same_unit(entry.unit, kpi.unit):
            self.refuse(entry, f"the file says {entry.unit}, but {kpi.name} is in {unit_text(kpi.unit)}", entry.unit)
        else:
            for heading, text in entry.beside:
                identity = COLUMN + "-".join(fold(heading).split())
                if identity not in answers and identity not in asked:
                    asked[identity] = _whose(identity, heading, self.found.entries)
                elif answers.get(identity) == "segment":
                    entry = replace(entry, segment=", ".join(part for part in (entry.segment, text) if part))
            self.ours.append((entry, kpi))

    def read(self, answers: Mapping[str, str]) -> tuple[Question, ...]:
        """Read periods and numbers, and give what the file leaves open."""
        calendar = self.business.calendar
        given = answers.get(DATE_ORDER)
        possible = orders(((entry.period, kpi.cadence) for entry, kpi in self.ours), calendar)
        day_first = given == "day-first" if given else next(iter(possible)) if len(possible) == 1 else None
        marks = marks_in(
            ((cell, _unit(kpi, part)) for entry, kpi in self.ours for part, cell in entry.parts.items()),
            self.business.style,
            answers.get(DECIMAL),
        )
        self.marks = marks
        days_or_months = one_month_only(entry.period for entry, _ in self.ours)
        for entry, kpi in self.ours:
            if days_or_months and is_short(entry.period):
                self.refuse(entry, f"{entry.period.text} may be a day or a month: write the year in full")
            else:
                self._read(entry, kpi, day_first=day_first)
        return self._open(given, possible, answers.get(DECIMAL), marks.open)

    def _open(
        self, given: str | None, possible: frozenset[bool], decimal: str | None, open_: str
    ) -> tuple[Question, ...]:
        questions = []
        dates = [entry.period for entry, kpi in self.ours if _two_ways(entry, kpi, self.business)]
        if given is None and len(possible) > 1 and dates:
            text = f"Is {dates[0].text} written with the day first or with the month first?"
            choices = ("day-first", "month-first")
            questions.append(Question(DATE_ORDER, text, choices, None, ("The day first", "The month first")))
        if decimal is None and open_:
            text = f"What does {open_} mean? Which mark begins the decimals in these numbers?"
            labels = ("The comma (1.234,5)", "The point (1,234.5)")
            questions.append(Question(DECIMAL, text, ("comma", "point"), None, labels))
        return tuple(questions)

    def _read(self, entry: Entry, kpi: Kpi, *, day_first: bool | None) -> None:
        found = when(entry.period, kpi.cadence, self.business.calendar, day_first=day_first)
        numbers: dict[Part, Fraction | None] = {}
        reason = found.reason
        if found.period is not None and found.period.start > self.today:
            reason = f"{period_name(found.period, self.business.calendar, None)} has not begun"
        if reason:
            across = entry.place.column == entry.period.text
            self.refuse(entry, f"{kpi.name}: {reason}", None if across else entry.period.text)
            numbers = dict.fromkeys(entry.parts)
        else:
            for part, cell in entry.parts.items():
                try:
                    numbers[part] = number_of(cell, _unit(kpi, part), self.marks)
                except RefusedDefinition as error:
                    self.refuse(entry, f"{error.sentence} {error.hint}".strip(), cell.text)
                    numbers = dict.fromkeys(entry.parts)
                    break
        if found.period is not None:
            self.lines.append(_Line(entry, kpi, found.period, numbers))

    def values(self) -> tuple[FilledValue, ...]:
        """Bring together what belongs to one KPI, period and segment; two numbers for one of them are refused."""
        groups: dict[tuple[int, date, str], list[_Line]] = defaultdict(list)
        for line in self.lines:
            groups[line.kpi.id, line.period.start, key_of(line.entry.segment)].append(line)
        return tuple(value for group in groups.values() if (value := self._joined(group)) is not None)

    def _joined(self, group: list[_Line]) -> FilledValue | None:
        first = group[0]
        numbers: dict[Part, Fraction | None] = {}
        twice = False
        for line in group:
            for part, number in line.numbers.items():
                twice = twice or (part in numbers and (number is None or numbers[part] != number))
                numbers.setdefault(part, number)
        readable = [line for line in group if None not in line.numbers.values()]
        if twice or len(readable) < len(group):
            name = period_name(first.period, self.business.calendar, None)
            for line in readable:
                self.refuse(line.entry, TWICE.format(period=name) if twice else APART)
            return None
        seen: set[Part] = set()
        for line in readable:
            if seen & set(line.numbers):
                self.found.left_out.append(LeftOut(line.entry.place.row, AGAIN, line.entry.place.named))
            seen |= set(line.numbers)
        texts = [cell.text for line in group for cell in line.entry.parts.values()]
        place = first.entry.place
        return FilledValue(
            kpi=first.kpi,
            period=first.period,
            segment=" ".join(first.entry.segment.split()) if first.entry.segment else "",
            value=numbers.get(Part.VALUE),
            numerator=numbers.get(Part.NUMERATOR),
            denominator=numbers.get(Part.DENOMINATOR),
            row=place.row,
            column=place.named,
            text=" / ".join(texts),
            percent_sign=any("%" in text for text in texts),
        )


def _table(entry: Entry) -> tuple[str, str | None]:
    """Tell the tables of one KPI each apart: by their sheet and title."""
    return entry.place.sheet, entry.kpi


def _nameless(entries: Sequence[Entry], known: Mapping[str, Kpi]) -> frozenset[str | None]:
    """List the titles of tables that name no KPI: none at all, and those that are like no KPI's name."""
    titles = {entry.kpi for entry in entries if entry.titled and entry.kpi is not None}
    unlike = {
        title for title in titles if key_of(title) not in known and not get_close_matches(key_of(title), list(known), 1)
    }
    return frozenset({None, *unlike})


def _which_kpi(known: Mapping[str, Kpi]) -> Question:
    names = tuple(kpi.name for kpi in known.values() if kpi.state is not State.RETIRED)
    return Question(KPI_QUESTION, "Which KPI are these numbers of?", names)


def _whose(identity: str, heading: str, entries: Sequence[Entry]) -> Question:
    """Ask whether a column that we do not know splits the numbers."""
    texts = list(dict.fromkeys(text for entry in entries for name, text in entry.beside if name == heading))
    shown = ", ".join(texts[:SHOWN]) + (" ..." if len(texts) > SHOWN else "")
    labels = ("Yes, each number is for one of them", "No, leave this column out")
    text = f"The column {heading} says {shown}. Are the numbers split by it?"
    return Question(identity, text, ("segment", "leave-out"), heading, labels)


def _unit(kpi: Kpi, part: Part) -> Unit:
    """Give the unit of a part: a denominator counts, a numerator is money or time where the KPI is."""
    match part:
        case Part.VALUE:
            return kpi.unit
        case Part.NUMERATOR:
            return kpi.unit if kpi.unit.kind in {UnitKind.CURRENCY, UnitKind.DURATION} else COUNT
        case Part.DENOMINATOR:
            return COUNT


def _two_ways(entry: Entry, kpi: Kpi, business: Business) -> bool:
    """Tell whether a date means two periods, the day or the month first."""
    one, other = (when(entry.period, kpi.cadence, business.calendar, day_first=first) for first in (True, False))
    return one != other and one.period is not None and other.period is not None


def _same_unit(said: str, unit: Unit) -> bool:
    """Tell whether what a file says beside a number is the KPI's unit; nothing said is no contradiction."""
    text = said.strip().casefold()
    if unit.kind is UnitKind.CURRENCY:
        return not text or stands_for(text, unit.currency or "")
    return text in {"", unit_text(unit), unit.kind.value, str(unit)}


def _unknown(name: str, known: Mapping[str, Kpi]) -> str:
    if not name:
        return "the line names no KPI"
    close = get_close_matches(key_of(name), list(known), 1)
    meant = f'; did you mean "{known[close[0]].name}"?' if close else ""
    return f'there is no KPI "{name}"{meant}'
