"""Help with a target, for a KPI that is stored or still a draft: history, suggestions, the grade of what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.business import Business
from kpi_core.catalogue import by_key
from kpi_core.checklist.grade import Graded, grade, grade_total, year_ahead
from kpi_core.horizon import goal_period, is_deadline, next_that_applies, steps_between
from kpi_core.kpi import Direction, Kpi
from kpi_core.period import Cadence, Calendar, Period
from kpi_core.projection import ProjectionKind, Suggestion, TargetGrade, help_with, judge_target
from kpi_core.projection.help import LATEST, RECENT
from kpi_core.projection.policy import ENOUGH
from kpi_core.projection.rounding import sensible
from kpi_core.projection.words import NEVER, HelpWords, benchmark_text
from kpi_core.service.known_history import known_of
from kpi_core.signals import LimitsLabel, label_of, limits_of
from kpi_core.signals.chart import FROZEN
from kpi_core.store.business import read_business
from kpi_core.store.data_file import open_store
from kpi_core.target import Target, TargetKind, year_parts
from kpi_core.unit import Unit, UnitKind, format_exactly, parse_value

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.checklist.known import Known

YEAR_OF = {Cadence.DAY: 365, Cadence.WEEK: 52, Cadence.MONTH: 12, Cadence.QUARTER: 4, Cadence.YEAR: 1}
"""Periods of a year."""


@dataclass(frozen=True)
class Offer:
    """A number that one click takes: `fields` of the target's form (without their prefix) and their texts."""

    label: str
    sentence: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Help:
    """What history says about a target: facts (label, sentence), offers, and the grade of the one that is typed.

    `note` says what is lacking: too little history, a gap. `grade`, `reached` and `badge` are "" without a target that
    can be graded. `benchmark`: what others report, "" where nothing is known.
    """

    facts: tuple[tuple[str, str], ...] = ()
    offers: tuple[Offer, ...] = ()
    note: str = ""
    grade: str = ""
    word: TargetGrade = TargetGrade.TOO_EARLY
    chance: float | None = None
    badge: str = ""
    reached: str = ""
    benchmark: str = ""


def target_help(data_file: Path, kpi: Kpi, row: Target | None, kind: TargetKind, today: date) -> Help:
    """Say what history offers for a KPI's target, and grade the one that is typed.

    Args:
        data_file: the data file.
        kpi: as it is stored, or as its form says.
        row: the target that is typed; None while there is none.
        kind: the kind that offers are made for.
        today: the day.
    """
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        known = known_of(store, kpi, business.calendar, today)
    return _Adviser(kpi, row, kind, known, business, today).help()


@dataclass(frozen=True)
class _Adviser:
    """Works one KPI's help out."""

    kpi: Kpi
    row: Target | None
    kind: TargetKind
    known: Known
    business: Business
    today: date

    @property
    def calendar(self) -> Calendar:
        """The business's own."""
        return self.business.calendar

    @property
    def words(self) -> HelpWords:
        """What writes its sentences."""
        kpi = self.kpi
        return HelpWords(kpi.unit, self.business.style, kpi.decimals, kpi.cadence, self.calendar, self.today)

    def help(self) -> Help:
        """Put the help together."""
        entry = by_key(self.kpi.catalogue_key)
        others = "" if entry is None else benchmark_text(entry.benchmark, entry.benchmark_source, entry.benchmark_year)
        count = len(self.known.stretch)
        if not count:
            return Help(note=self.words.too_little(0), benchmark=others)
        graded = Graded() if self.row is None else grade(self.known, self.row, self.kpi, self.calendar, self.today)
        by = self.calendar.next(self.known.newest) if graded.by is None else graded.by
        return Help(
            facts=tuple(self.facts()),
            offers=tuple(self.offers()),
            note=self.note(),
            grade="" if self.row is None else self.words.grade(graded.grade, graded.chance, by),
            word=graded.grade,
            chance=graded.chance,
            badge=NEVER if graded.never_before else "",
            reached=self.words.reached(graded.reached, graded.of) if graded.of else "",
            benchmark=others,
        )

    def note(self) -> str:
        """Say what the help cannot stand on."""
        count, missing, notes = len(self.known.stretch), self.known.missing, []
        if missing is not None:
            notes.append(self.words.gap(self.known.stretch[0].period, missing, count))
        if count < ENOUGH:
            notes.append(self.words.too_little(count))
        return " ".join(notes)

    def facts(self) -> Iterator[tuple[str, str]]:
        """Say last year's value, the average and best of the last twelve, the usual range and the baseline."""
        words, numbers = self.words, [each.value for each in self.known.stretch if each.value is not None]
        partner = self.calendar.partner(self.calendar.next(self.known.newest))
        then = self.known.everything.get(partner.start)
        if then is not None and then.coverage is CoverageState.FULL and then.value is not None:
            yield "A year ago", words.last_year(partner, then.value)
        recent = numbers[-RECENT:]
        yield "Lately", words.recent(len(recent), sum(recent, Fraction(0)) / len(recent), self.best(recent))
        limits = self.usual()
        if limits is not None:
            trial = len(numbers) if label_of(len(numbers)) is LimitsLabel.TRIAL else 0
            yield "Usual range", words.usual(*limits, self.baseline(), trial)
        yield "Now", words.baseline(self.baseline(), min(len(numbers), LATEST))

    def best(self, values: Sequence[Fraction]) -> Fraction | None:
        """Give the best of some values; a range has none."""
        match self.kpi.direction:
            case Direction.UP:
                return max(values)
            case Direction.DOWN:
                return min(values)
            case Direction.RANGE:
                return None

    def usual(self) -> tuple[Fraction, Fraction] | None:
        """Give the limits of routine variation, as far as values can go; None under six points."""
        values = self.known.history.values[:FROZEN]
        limits = limits_of(values) if label_of(len(self.known.history.values)) is not LimitsLabel.NONE else None
        if limits is None:
            return None
        bounds = self.known.history.bounds
        low, high = (Fraction(repr(bounds.clip(float(edge)))) for edge in (limits.lower, limits.upper))
        return low, high

    def baseline(self) -> Fraction:
        """Give the median of the last three values."""
        return median([each.value for each in self.known.stretch if each.value is not None][-LATEST:])

    def offers(self) -> Iterator[Offer]:
        """Offer what one click takes: the baseline, a realistic and an ambitious target, in the fields of the kind."""
        if self.kind is TargetKind.RANGE:
            yield from self.range_offers()
            return
        if self.kind is TargetKind.YEAR_TOTAL:
            yield from self.total_offers()
            return
        words, goal = self.words, self.goal()
        base, name = self.baseline(), self.words.when(goal, dated=is_deadline(self.row, goal))
        yield self.offer("Stay where you are", base, f"{words.number(base)}: the middle of the last three", start=True)
        if self.kind is TargetKind.PATH:
            yield Offer(
                "Start from now", f"{words.number(base)} on the first day of the path", {"from": self.typed(base)}
            )
        for label, value, chance in self.suggested(goal):
            yield self.offer(label, value, words.suggestion(value, chance, name))

    def goal(self) -> Period:
        """Find the period that the kind's target is looked at for."""
        row = self.row if self.row is not None and self.row.kind is self.kind else None
        goal = goal_period(row, self.kpi, self.calendar, self.today, self.known.newest)
        return max(goal, next_that_applies(self.kpi, self.known.newest, self.calendar))

    def suggested(self, goal: Period) -> Iterator[tuple[str, Fraction, float]]:
        """Suggest two values for a period, rounded, each under the grade that it has and with its chance."""
        horizon, history = steps_between(self.kpi, self.known.newest, goal, self.calendar), self.known.history
        found = help_with(history, horizon, self.kpi.direction)

        def graded(value: Fraction) -> tuple[TargetGrade, float | None]:
            judged = judge_target(history, horizon, float(value), self.kpi.direction)
            return judged.grade, judged.chance

        base, bounds = self.baseline(), history.bounds

        def meaning(value: Fraction) -> object:
            grade_, chance = graded(value)
            possible = bounds.clip(float(value)) == float(value)
            return grade_, round((chance or 0.0) * 10), value > base, value < base, possible

        yield from self.labelled((found.realistic, found.ambitious), graded, meaning)

    def labelled(
        self,
        suggestions: Iterable[Suggestion | None],
        graded: Callable[[Fraction], tuple[TargetGrade, float | None]],
        meaning: Callable[[Fraction], object],
    ) -> Iterator[tuple[str, Fraction, float]]:
        """Round suggestions without changing what they mean, and call each by its grade; one of a kind."""
        known = set()
        for each in suggestions:
            if each is not None:
                value = self.as_typed(sensible(each.target, self.kpi.unit, same=meaning))
                grade_, chance = graded(value)
                if value not in known:
                    yield grade_.value.capitalize(), value, each.chance if chance is None else chance
                known.add(value)

    def offer(self, label: str, value: Fraction, sentence: str, *, start: bool = False) -> Offer:
        """Make an offer of one number, in the field that the kind has for it."""
        if self.kind is not TargetKind.RELATIVE:
            return Offer(label, sentence, {"value": self.typed(value)})
        goal = self.calendar.next(self.known.newest) if start else self.goal()
        then = self.known.everything.get(self.calendar.partner(goal).start)
        if then is None or then.value is None or then.value <= 0:
            return Offer(label, sentence, {})
        change = sensible(float((value / then.value - 1) * 100), Unit(UnitKind.PERCENT), same=lambda number: number > 0)
        said = format_exactly(change, Unit(UnitKind.PERCENT), self.business.style)
        return Offer(label, f"{sentence} ({said} on the year before)", {"change": said})

    def typed(self, value: Fraction) -> str:
        """Write a number as the form reads it back."""
        shown = sensible(float(value), self.kpi.unit, same=self.words.number)
        return format_exactly(shown, self.kpi.unit, self.business.style)

    def as_typed(self, value: Fraction) -> Fraction:
        """Round a number to what the form reads back."""
        return parse_value(self.typed(value), self.kpi.unit, self.business.style)

    def range_offers(self) -> Iterator[Offer]:
        """Offer the usual range."""
        limits = self.usual()
        if limits is not None:
            low, high = (self.typed(edge) for edge in limits)
            yield Offer("The usual range", f"{low} to {high}: what the process delivers", {"low": low, "high": high})

    def total_offers(self) -> Iterator[Offer]:
        """Offer the sum of the last year, and what the year comes to as things go."""
        year = YEAR_OF[self.kpi.cadence]
        numbers = [each.value for each in self.known.stretch if each.value is not None]
        if len(numbers) >= year:
            total = sum(numbers[-year:], Fraction(0))
            yield Offer(
                "As the last year",
                f"{self.words.number(total)} in the last {self.words.periods(year)}",
                {"value": self.typed(total)},
            )
        row = self.row if self.row is not None and self.row.kind is TargetKind.YEAR_TOTAL else None
        day = self.calendar.fiscal_year(self.today).start if row is None else year_parts(row)[0]
        ahead = year_ahead(self.known, self.kpi, day, self.calendar)
        if ahead is None:
            return
        found = help_with(self.known.history, ahead.horizon, self.kpi.direction, ProjectionKind.SUM)

        def graded(total: Fraction) -> tuple[TargetGrade, float | None]:
            return grade_total(self.known, ahead, total, self.kpi.direction)

        def meaning(total: Fraction) -> object:
            grade_, chance = graded(total)
            return grade_, round((chance or 0.0) * 10)

        whole = (
            each and Suggestion(each.target + ahead.shift, each.chance) for each in (found.realistic, found.ambitious)
        )
        for label, value, chance in self.labelled(whole, graded, meaning):
            yield Offer(label, self.words.suggestion(value, chance, "in the year"), {"value": self.typed(value)})
