"""One card: the period it shows, its value, colour and words, its trend and the running period."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from kpi_core.actual import Actual, CoverageState
from kpi_core.board.changing import sentence_of, signal_of
from kpi_core.board.misses import newest_misses
from kpi_core.board.outlook import OutlookWords, running_chance
from kpi_core.board.rollup import counts_in
from kpi_core.board.shown import Shown, Standing, shown
from kpi_core.board.types import TREND, BoardRow, TrendPoint
from kpi_core.horizon import applies
from kpi_core.kpi import Kpi, Tier
from kpi_core.period import Cadence, Period, day_name, due_date, in_period, period_name
from kpi_core.running import Running, running
from kpi_core.signals import Signal, SignalWords
from kpi_core.status import Judgement, Situation, Status, actual_text, gap_text, judge, judgement
from kpi_core.target import PeriodTarget, in_force, target_text, why_none
from kpi_core.unit import capital, format_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from fractions import Fraction

    from kpi_core.board.types import KpiHistory
    from kpi_core.period import Calendar
    from kpi_core.unit import NumberStyle


def board_row(history: KpiHistory, *, calendar: Calendar, style: NumberStyle, today: date) -> BoardRow:
    """Make the card of a KPI as it stands on a day, with today's data and the targets in force then."""
    card = _Card(history, calendar, style, today)
    return card.row()


@lru_cache(maxsize=64)
def last_periods(calendar: Calendar, newest: Period) -> tuple[Period, ...]:
    """List TREND periods up to the newest, oldest first; the cards of a board share them."""
    periods = [newest]
    while len(periods) < TREND:
        periods.append(calendar.previous(periods[-1]))
    return tuple(reversed(periods))


class _Card:
    """What the parts of one card are made with."""

    def __init__(self, history: KpiHistory, calendar: Calendar, style: NumberStyle, today: date) -> None:
        """Choose the period shown and the target that it is held to."""
        self.history = history
        self.kpi: Kpi = history.kpi
        self.calendar = calendar
        self.style = style
        self.today = today
        self.shown: Shown = shown(self.kpi, history.actuals, calendar, today, history.since)
        self.periods = last_periods(calendar, self.shown.expected)
        self._targets: dict[date, PeriodTarget | None] = {}
        self.target = self.target_of(self.judged_period)

    @property
    def judged_period(self) -> Period:
        """The period that the status speaks of: the late one where the value shown is an old one."""
        card = self.shown
        match card.standing:
            case Standing.IN | Standing.WAITING | Standing.NOT_APPLICABLE | Standing.CARRIED:
                return card.period
            case Standing.PARTLY:
                return card.partly.period if card.partly else card.expected
            case Standing.OVERDUE:
                return card.missing or card.expected

    def row(self) -> BoardRow:
        """Put the card together."""
        card, kpi = self.shown, self.kpi
        judged, trend = self.judgement(), tuple(self.trend())
        value = None if card.actual is None else card.actual.value
        greyed = card.standing in {Standing.OVERDUE, Standing.PARTLY, Standing.CARRIED}
        held_to = None if greyed else self.target
        signal, words = self.signal(), SignalWords(kpi.direction, kpi.cadence, self.calendar, self.today)
        status = judged.status if self.target is not None else None
        outlook = OutlookWords(kpi, self.calendar, self.style, self.today)
        ahead, goal = self.history.ahead, self.history.goal
        text = "" if value is None else actual_text(value, held_to, kpi.unit, self.style, kpi.decimals)
        missed = value is not None and judged.gap is not None and judged.status is not Status.GREEN
        return BoardRow(
            kpi=kpi,
            period=card.period,
            period_text=self.name(card.period),
            actual=value,
            actual_text=text,
            target=self.target,
            target_text=self.target_words(),
            gap_text=self.gap_words() if missed else "",
            judgement=judged,
            trend=trend,
            trend_text=self.trend_words(trend),
            running=self.running(),
            due_text=self.due_words(),
            carried_from=card.carried_from,
            greyed=greyed,
            typed=card.actual is not None and card.actual.typed,
            reported=card.standing is Standing.IN and value is not None,
            counts=self.target is not None and counts_in(kpi, judged.status),
            off_for=self.off_for(judged),
            misses=newest_misses(self.colours()),
            shown=card,
            notes=self.notes(),
            signal=signal,
            signal_sentence=sentence_of(signal, words, status),
            rebase_text=words.rebase(signal),
            chance=None if ahead is None or goal is None else ahead.chance,
            outlook=outlook.sentence(goal, ahead),
            outlook_short=outlook.short(goal, ahead),
            goal=goal,
            ahead=ahead,
        )

    def signal(self) -> Signal:
        """Tell whether it is really changing."""
        return signal_of(self.history, self.shown, self.target, self.calendar)

    def judgement(self) -> Judgement:
        """Decide the status of the period that the card speaks of, and say it."""
        card, kpi = self.shown, self.kpi
        if kpi.tier is Tier.HEALTH_METRIC:
            return Judgement(Status.NO_TARGET, "", "")
        situation = Situation(
            today=self.today,
            target=self.target,
            coverage=CoverageState.NONE,
            accepted=kpi.accepted,
            not_applicable=card.standing is Standing.NOT_APPLICABLE,
            period=self.name(self.judged_period),
        )
        match card.standing:
            case Standing.IN | Standing.WAITING | Standing.NOT_APPLICABLE if card.actual is not None:
                actual = card.actual
                situation = replace(
                    situation, coverage=actual.coverage, actual=actual.value, reason=actual.reason.rstrip(".")
                )
            case Standing.PARTLY:
                until = card.partly.data_until if card.partly else None
                situation = replace(situation, coverage=CoverageState.PARTLY, data_until=until)
            case Standing.OVERDUE:
                situation = replace(situation, due=card.due_by)
            case Standing.IN | Standing.WAITING | Standing.NOT_APPLICABLE | Standing.CARRIED:
                pass
        if self.target is None and not situation.not_applicable:
            situation = replace(situation, reason=why_none(self.history.targets, self.judged_period, self.calendar))
        judged = judgement(situation, kpi.unit, self.style, kpi.decimals)
        return self.carried(judged) if card.standing is Standing.CARRIED else judged

    def carried(self, judged: Judgement) -> Judgement:
        """Say that a value is carried forward, where nothing that comes first speaks already."""
        old = self.shown.actual
        if judged.status is not Status.NO_DATA or old is None or old.value is None:
            return judged
        value = format_value(old.value, self.kpi.unit, self.style, self.kpi.decimals)
        source = self.name(old.period)
        sentence = f"{capital(self.name(self.shown.period))} has no value: {value} is carried forward from {source}."
        return replace(judged, sentence=sentence, word=f"Carried from {source}")

    def target_of(self, period: Period) -> PeriodTarget | None:
        """Find the target in force for a period; health metrics have none."""
        if self.kpi.tier is Tier.HEALTH_METRIC:
            return None
        if period.start not in self._targets:
            found = in_force(self.history.targets, period, self.kpi.direction, self.calendar)
            self._targets[period.start] = found
        return self._targets[period.start]

    def target_words(self) -> str:
        """Say the target; of another period than the value's, and another one than it had, with that period's name."""
        if self.target is None:
            return ""
        judged, known = self.judged_period, self.shown.actual
        told = self._told(self.target)
        if known is None or known.period == judged or self._told(self.target_of(known.period)) == told:
            return told
        return f"{told} {in_period(judged, self.calendar, self.today)}"

    def _told(self, target: PeriodTarget | None) -> str:
        if target is None:
            return ""
        return target_text(target, self.kpi.unit, self.style, self.kpi.decimals, self.today)

    def gap_words(self) -> str:
        """Say the miss."""
        if self.target is None or self.shown.actual is None or self.shown.actual.value is None:
            return ""
        return gap_text(self.shown.actual.value, self.target, self.kpi.unit, self.style, self.kpi.decimals)

    def due_words(self) -> str:
        """Say which period is waited for: "October due by 7 November"."""
        card = self.shown
        if card.missing is not None:
            verb = "due" if card.standing is Standing.WAITING else "was due"
            return f"{capital(self.name(card.missing))} {verb} by {day_name(due_date(card.missing), self.today)}"
        if card.standing is Standing.WAITING and card.actual is None:
            first = self.calendar.next(card.expected)
            return f"{capital(self.name(first))} due by {day_name(due_date(first), self.today)}"
        return ""

    def notes(self) -> tuple[str, ...]:
        """Say how the value was made, and what a late formula still lacks."""
        card = self.shown
        notes = [card.actual.label] if card.actual is not None else []
        late = self.history.actuals.get(self.judged_period.start)
        if card.standing is Standing.OVERDUE and late is not None:
            notes.append(late.reason)
        return tuple(capital(note) for note in notes if note)

    def value_in(self, period: Period) -> Actual | None:
        """Find the value of a fully covered period."""
        actual = self.history.actuals.get(period.start)
        if actual is None or actual.coverage is not CoverageState.FULL or actual.value is None:
            return None
        return actual

    def trend(self) -> Iterator[TrendPoint]:
        """Draw the last periods, each with its own target."""
        for period in self.periods:
            actual, target = self.value_in(period), self.target_of(period)
            low, high = (None, None) if target is None else (target.low, target.high)
            yield TrendPoint(
                period,
                None if actual is None or actual.value is None else float(actual.value),
                None if low is None else float(low.value),
                None if high is None else float(high.value),
                typed=actual is not None and actual.typed,
            )

    def trend_words(self, trend: tuple[TrendPoint, ...]) -> str:
        """Say what the trend shows: from when to when, lowest, highest and newest value."""
        known = [self.history.actuals[point.period.start] for point in trend if point.value is not None]
        values = [(actual.value, actual.period) for actual in known if actual.value is not None]
        if not values:
            return "No values to draw yet."

        def said(value: Fraction, period: Period) -> str:
            return f"{text(value)} ({self.name(period)})"

        def text(value: Fraction) -> str:
            return format_value(value, self.kpi.unit, self.style, self.kpi.decimals)

        (_, oldest), (newest_value, newest) = values[0], values[-1]
        if oldest == newest:
            return f"{capital(self.name(newest))} only: {text(newest_value)}."
        span = f"{capital(self.name(oldest))} to {self.name(newest)}"
        return f"{span}: lowest {said(*min(values))}, highest {said(*max(values))}, newest {text(newest_value)}."

    def off_for(self, judged: Judgement) -> int:
        """Count the periods in a row that are off target, back from the one shown; what does not apply is left out."""
        if judged.status is not Status.RED:
            return 0
        return sum(1 for _ in takewhile(lambda each: each[1] is Status.RED, self.colours()))

    def colours(self) -> Iterator[tuple[Period, Status | None]]:
        """Judge the periods that apply, back from the one shown, each by its own target; None: nobody knows."""
        for period in reversed(self.periods):
            if period.start <= self.shown.period.start and applies(self.kpi, period, self.calendar):
                actual, target = self.value_in(period), self.target_of(period)
                value = None if actual is None else actual.value
                yield period, None if value is None or target is None else judge(value, target).status

    def running(self) -> Running | None:
        """Follow the running period; a day that runs is not complete in any part."""
        so_far = self.history.so_far
        if so_far is None or self.kpi.cadence is Cadence.DAY:
            return None
        target = self.target_of(so_far.period)
        chance = running_chance(self.history.ahead, so_far, target, self.calendar)
        return running(
            so_far, self.kpi, target, calendar=self.calendar, style=self.style, today=self.today, chance=chance
        )

    def name(self, period: Period) -> str:
        """Name a period, with its year unless it is this year's."""
        return period_name(period, self.calendar, self.today)
