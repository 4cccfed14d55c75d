"""The words of a status: its sentence, its badge, its shape, the gap on a card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from kpi_core.period import day_name
from kpi_core.status.colour import judge, rounded_percent
from kpi_core.status.kinds import Judgement, Shape, Side, Status, Verdict
from kpi_core.status.state import Situation, state_of
from kpi_core.target import PeriodTarget, ToleranceKind, range_text, typed_limits
from kpi_core.unit import (
    MOST_DIGITS,
    NumberStyle,
    Unit,
    UnitKind,
    capital,
    format_exactly,
    half_up,
    percent_text,
    shown,
)

_SMALLEST = Fraction(1, 10**MOST_DIGITS)
"""The least that six decimals can show."""


def judgement(situation: Situation, unit: Unit, style: NumberStyle, decimals: int | None = None) -> Judgement:
    """Decide the state of a period and say it.

    The figures of the gap are there for every period that is judged, an accepted miss too.
    """
    status = state_of(situation)
    writer = _Writer(unit, style, decimals)
    verdict = _verdict(situation, status)
    if verdict is None or situation.target is None or situation.actual is None:
        return Judgement(status, _grey_sentence(status, situation), word(status, situation))
    sentence = writer.sentence(situation.actual, verdict, situation.target)
    if status is Status.ACCEPTED:
        sentence = f"{_grey_sentence(status, situation)} {sentence}"
    return Judgement(
        status,
        sentence,
        word(status, situation),
        gap=verdict.gap,
        gap_side=verdict.gap_side,
        gap_percent=verdict.gap_percent,
        amber_limit=verdict.amber_limit,
        limit_is_red=verdict.limit_is_red,
    )


def verdict_sentence(
    actual: Fraction, target: PeriodTarget, unit: Unit, style: NumberStyle, decimals: int | None = None
) -> str:
    """Say how a value stands to its target.

    >>> from kpi_core.target import Bound, Comparison, TargetKind, Tolerance
    >>> from kpi_core.kpi import Direction
    >>> floor = Bound(Fraction(800), Comparison.AT_LEAST)
    >>> target = PeriodTarget(Direction.UP, floor, None, Tolerance(), TargetKind.CONSTANT)
    >>> verdict_sentence(Fraction(750), target, Unit(UnitKind.CURRENCY, "USD"), NumberStyle("en_US"))
    '$750 is 6.3% under $800; amber down to $720.'
    """
    return _Writer(unit, style, decimals).sentence(actual, judge(actual, target), target)


def actual_text(
    actual: Fraction, target: PeriodTarget | None, unit: Unit, style: NumberStyle, decimals: int | None = None
) -> str:
    """Write a value with as many digits as show on which side of each colour border it is."""
    return _Writer(unit, style, decimals).value(actual, target)


def gap_text(
    actual: Fraction, target: PeriodTarget, unit: Unit, style: NumberStyle, decimals: int | None = None
) -> str:
    """Say a miss shortly, as a card has room for: "50 kr short (6.3 %)", "0.2 points over"; empty for green."""
    verdict = judge(actual, target)
    if verdict.status is Status.GREEN:
        return ""
    writer = _Writer(unit, style, decimals)
    if verdict.gap_side is Side.AT:
        return f"exactly {writer.bound(actual, verdict, target)}"
    short = target.high is None and verdict.gap_side is Side.UNDER
    text = f"{writer.gap(verdict)} {'short' if short else verdict.gap_side}"
    share = unit.kind in {UnitKind.CURRENCY, UnitKind.COUNT} and verdict.gap_percent is not None
    return f"{text} ({writer.percent(verdict)})" if share else text


def word(status: Status, situation: Situation) -> str:
    """Write the badge: one or a few words that say the status without its colour."""
    match status:
        case Status.GREEN:
            return "On target"
        case Status.AMBER:
            return "Close"
        case Status.RED:
            return "Off target"
        case Status.NOT_APPLICABLE:
            return "Not applicable"
        case Status.ACCEPTED:
            return f"Accepted until {_until(situation)}"
        case Status.NO_TARGET:
            return "No target"
        case Status.PARTLY_COVERED:
            return (
                f"Data until {_day(situation.data_until, situation.today)}"
                if situation.data_until
                else "Partly covered"
            )
        case Status.OVERDUE:
            return f"Overdue {_days(situation.overdue_days)}"
        case Status.NO_DATA:
            return "No data"


def shape(status: Status) -> Shape:
    """Choose the shape that stands beside the word."""
    match status:
        case Status.GREEN:
            return Shape.CIRCLE
        case Status.AMBER:
            return Shape.TRIANGLE
        case Status.RED:
            return Shape.SQUARE
        case (
            Status.NOT_APPLICABLE
            | Status.ACCEPTED
            | Status.NO_TARGET
            | Status.PARTLY_COVERED
            | Status.OVERDUE
            | Status.NO_DATA
        ):
            return Shape.RING


def _verdict(situation: Situation, status: Status) -> Verdict | None:
    """Judge where there is something to judge; an accepted miss is judged too, its grey hides only the colour."""
    if situation.actual is None or situation.target is None:
        return None
    match status:
        case Status.GREEN | Status.AMBER | Status.RED:
            return judge(situation.actual, situation.target)
        case Status.ACCEPTED:
            without = state_of(replace(situation, accepted=None))
            return judge(situation.actual, situation.target) if without in {Status.AMBER, Status.RED} else None
        case Status.NOT_APPLICABLE | Status.NO_TARGET | Status.PARTLY_COVERED | Status.OVERDUE | Status.NO_DATA:
            return None


def _grey_sentence(status: Status, situation: Situation) -> str:
    period = situation.period or "This period"
    because = f": {situation.reason}." if situation.reason else "."
    match status:
        case Status.NOT_APPLICABLE:
            return f"{capital(period)} does not apply{because}"
        case Status.ACCEPTED:
            reason = situation.accepted.reason if situation.accepted else ""
            return f"A miss is accepted until {_until(situation)}{f': {reason}.' if reason else '.'}"
        case Status.NO_TARGET:
            return f"{capital(period)} has no target{because}"
        case Status.PARTLY_COVERED:
            until = f"has data until {_day(situation.data_until, situation.today)} only"
            covered = until if situation.data_until else "is only partly covered by data"
            return f"{capital(period)} {covered}, so it is not judged yet."
        case Status.OVERDUE:
            due = _day(situation.due, situation.today)
            return f"{capital(period)} has no value: it was due by {due}, {_days(situation.overdue_days)} ago."
        case Status.NO_DATA:
            return (
                f"{capital(period)} has no value{because}"
                if situation.reason
                else f"{capital(period)} has no value yet."
            )
        case Status.GREEN | Status.AMBER | Status.RED:
            return ""


def _until(situation: Situation) -> str:
    return _day(situation.accepted.until if situation.accepted else None, situation.today)


def _day(day: date | None, today: date) -> str:
    return "" if day is None else day_name(day, today)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


@dataclass(frozen=True)
class _Writer:
    """Writes the numbers of one KPI's sentences."""

    unit: Unit
    style: NumberStyle
    decimals: int | None

    def sentence(self, actual: Fraction, verdict: Verdict, target: PeriodTarget) -> str:
        """Say value, gap and bound, then where the colours change, then why this period is an exception."""
        once = f" This period only: {target.exception}." if target.exception else ""
        return f"{self._standing(actual, verdict, target)}{self._limits(actual, verdict, target)}.{once}"

    def value(self, actual: Fraction, target: PeriodTarget | None) -> str:
        """Write the value so that rounding does not move it across a colour border."""

        def colour(rounded: Fraction) -> Status | None:
            return None if target is None else judge(rounded, target).status

        return shown(actual, colour, self.unit, self.style, self.decimals)

    def bound(self, actual: Fraction, verdict: Verdict, target: PeriodTarget) -> str:
        """Write the bound: exactly as typed, or a path's point rounded, but never onto the value."""
        return self._border(verdict.bound.value, actual, computed=target.is_computed)

    def gap(self, verdict: Verdict) -> str:
        """Write the distance in the unit; between percentages it is in points."""
        in_points = self.unit.kind is UnitKind.PERCENT
        unit = Unit(UnitKind.SCORE) if in_points else self.unit
        if half_up(verdict.gap, MOST_DIGITS) or not verdict.gap:
            whole = self.decimals is None and verdict.gap.denominator == 1
            text = shown(verdict.gap, bool, unit, self.style, 0 if whole else self.decimals)
        else:
            text = f"less than {format_exactly(_SMALLEST, unit, self.style)}"
        if not in_points:
            return text
        return f"{text} {'point' if verdict.gap == 1 else 'points'}"

    def percent(self, verdict: Verdict) -> str:
        """Write the distance in percent of the bound."""
        rounded = rounded_percent(verdict.gap_percent or Fraction(0))
        if rounded or not verdict.gap:
            return percent_text(rounded, self.style)
        return f"less than {percent_text(half_up(_SMALLEST, MOST_DIGITS), self.style)}"

    def _standing(self, actual: Fraction, verdict: Verdict, target: PeriodTarget) -> str:
        value, bound = self.value(actual, target), self.bound(actual, verdict, target)
        if judge(Fraction(half_up(actual, MOST_DIGITS)), target).status is not verdict.status:
            value = f"{value} (rounded)"
        whole_range = None
        if target.low is not None and target.high is not None:
            whole_range = range_text(target.low, target.high, self.unit, self.style, self.decimals)
            if verdict.status is Status.GREEN:
                return f"{value} is inside {whole_range}"
        end = (
            ""
            if whole_range is None
            else f", the {'low' if verdict.bound is target.low else 'high'} end of {whole_range}"
        )
        if verdict.gap_side is Side.AT:
            if verdict.status is Status.GREEN:
                return f"{value} is exactly on target"
            strictly = "over" if verdict.bound.comparison.is_floor else "under"
            return f"{value} is exactly {bound}, and the target is {strictly} {bound}"
        in_percent = verdict.gap_percent is not None and self.unit.kind is not UnitKind.PERCENT
        gap = self.percent(verdict) if in_percent else self.gap(verdict)
        where = f"the path's {bound}" if target.path is not None else bound
        return f"{value} is {gap} {verdict.gap_side} {where}{end}"

    def _limits(self, actual: Fraction, verdict: Verdict, target: PeriodTarget) -> str:
        if target.tolerance.kind is ToleranceKind.TYPED:
            green, red = (self._border(limit, actual) for limit in typed_limits(target.tolerance))
            return f"; green from {green}, red from {red}"
        if verdict.status is Status.GREEN:
            return ""
        limit = self._border(verdict.amber_limit, actual, computed=target.is_computed)
        return f"; amber {'down' if verdict.bound.comparison.is_floor else 'up'} to {limit}"

    def _border(self, border: Fraction, actual: Fraction, *, computed: bool = False) -> str:
        """Write a border; one that was computed is rounded, though never onto or across the value."""

        def side(rounded: Fraction) -> tuple[bool, bool]:
            return rounded < actual, rounded > actual

        if computed:
            return shown(border, side, self.unit, self.style, self.decimals)
        return format_exactly(border, self.unit, self.style, self.decimals)
