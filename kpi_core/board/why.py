"""Why a KPI is said to be really changing or not: the limits in numbers, the rule in plain words and in the trade's."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.board.surprise import SurprisePoint, spoken
from kpi_core.period import day_name, in_period, period_name
from kpi_core.signals import LimitsLabel, Signal, SignalRule, SignalState
from kpi_core.signals.chart import ENOUGH, NORMAL
from kpi_core.signals.newest import OUTSIDE_ONLY_UNDER
from kpi_core.unit import format_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpi_core.board.stretches import Stretch
    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar
    from kpi_core.unit import NumberStyle

PLAIN: Final = {
    SignalRule.RUN_OF_8: "Eight or more in a row lie on one side of the usual level. "
    "Where nothing changed, each is as likely above as below: eight alike are like eight coins that fall alike.",
    SignalRule.THREE_OF_FOUR: "Three of four in a row lie nearer an end of the usual range than its middle, on one "
    "side. Where nothing changed, most lie near the middle.",
    SignalRule.OUTSIDE: "It lies outside the usual range, which is as far as the ups and downs of this number go "
    "when nothing changed.",
}
ROUTINE: Final = (
    "The newest lies inside the usual range, there are no eight in a row on one side of its middle, and no three of "
    "four near an end: these ups and downs have no single cause to look for."
)
ROUTINE_OF_FEW: Final = (
    "The newest lies inside the usual range. That is all that so few tell: runs on one side are looked at from "
    f"{OUTSIDE_ONLY_UNDER} on."
)
EXPECTED: Final = (
    "This number grows or has seasons, so its newest value is laid beside what growth and season led to expect, and "
    "the difference is judged by what such differences usually are."
)
LEVEL: Final = "Usual level"
RANGE: Final = "Usual range"
ROUTINE_ENDS: Final = "Still routine there"
TRADE: Final = (
    "In the trade's words: a process behaviour chart (XmR). Centre: the mean. Natural process limits: 2.66 mean moving "
    "ranges to either side. Upper range limit: 3.268 mean moving ranges. Signals: a point outside, a run of eight, "
    "three of four beyond half the way to a limit."
)


@dataclass(frozen=True)
class Why:
    """What stands under "Why?": `numbers` are labels with their values, `plain` and `trade` the rule in words."""

    numbers: tuple[tuple[str, str], ...]
    plain: str
    trade: str = TRADE
    steps: str = ""
    """What the chart of the steps, or of the surprises, shows, for those who cannot see it."""
    surprises: tuple[SurprisePoint, ...] = ()
    """Oldest first, where the newest is judged by them; then the steps say nothing."""

    @property
    def usual(self) -> str:
        """Say the usual range in a sentence, for those who cannot see it drawn; "" where there is none."""
        return next((f"{label} {text}." for label, text in self.numbers if label == RANGE), "")


def why(
    kpi: Kpi,
    signal: Signal,
    stretch: Stretch | None,
    calendar: Calendar,
    style: NumberStyle,
    surprises: tuple[SurprisePoint, ...] = (),
) -> Why:
    """Explain a KPI's signal by the limits of its newest stretch; None: it has no value yet.

    `surprises`: of the values since the last rebase, where the newest is judged by them. A usual level, range and step
    say nothing of such a number: what the season brings is no surprise, however far it is from the month before.
    """
    plain = _plain(kpi, signal)
    if stretch is None:
        return Why((), plain)
    if not signal.by_surprise:
        return Why((*_numbers(kpi, stretch, calendar, style), *_anew(stretch)), plain, steps=_steps(stretch, calendar))
    if not surprises:
        return Why(_anew(stretch), plain)

    def written(value: Fraction) -> str:
        return format_value(value, kpi.unit, style, kpi.decimals)

    numbers = (*_expected(surprises, written, calendar), *_anew(stretch))
    return Why(numbers, plain, steps=spoken(surprises, calendar, written), surprises=surprises)


def _plain(kpi: Kpi, signal: Signal) -> str:
    match signal.state:
        case SignalState.NONE_YET:
            return f"Limits need {ENOUGH} {kpi.cadence}s with a value, and {NORMAL} to be sure of."
        case SignalState.NOT_JUDGED:
            return "The newest has no value, and what it would have shown is not known."
        case SignalState.ROUTINE:
            if signal.by_surprise:
                return EXPECTED
            return ROUTINE_OF_FEW if signal.count < OUTSIDE_ONLY_UNDER else ROUTINE
        case SignalState.BETTER | SignalState.WORSE | SignalState.OTHER:
            return EXPECTED if signal.by_surprise else PLAIN[signal.rule or SignalRule.OUTSIDE]


def _expected(
    surprises: Sequence[SurprisePoint], written: Callable[[Fraction], str], calendar: Calendar
) -> tuple[tuple[str, str], ...]:
    newest = surprises[-1]
    ends = " to ".join(dict.fromkeys(written(newest.expected + end) for end in (newest.low, newest.high)))
    first, last = (period_name(each.period, calendar, None) for each in (surprises[0], newest))
    return (
        (f"Expected {in_period(newest.period, calendar, None)}", written(newest.expected)),
        (ROUTINE_ENDS, ends),
        ("Made from", f"the surprises of {first} to {last}"),
    )


def _steps(stretch: Stretch, calendar: Calendar) -> str:
    beyond = [period_name(each.period, calendar, None) for each in stretch.moving_ranges if each.beyond]
    return f"Steps beyond their limit: {', '.join(beyond) or 'none'}."


def _numbers(kpi: Kpi, stretch: Stretch, calendar: Calendar, style: NumberStyle) -> list[tuple[str, str]]:
    limits = stretch.chart.limits
    if limits is None or stretch.usual is None:
        return []

    def written(value: Fraction) -> str:
        return format_value(value, kpi.unit, style, kpi.decimals)

    lines = [
        (LEVEL, written(limits.centre)),
        (RANGE, " to ".join(written(end) for end in stretch.usual)),
        (f"Usual step from one {kpi.cadence} to the next", written(limits.moving_range_mean)),
        ("Largest step that is still routine", written(limits.range_limit)),
    ]
    if stretch.baseline is not None:
        first, last = (period_name(each, calendar, None) for each in stretch.baseline)
        trial = f", on trial until there are {NORMAL}" if stretch.chart.label is LimitsLabel.TRIAL else ""
        lines.append(("Made from", f"{first} to {last}{trial}"))
    return lines


def _anew(stretch: Stretch) -> tuple[tuple[str, str], ...]:
    """Name the rebase that the limits start with."""
    if stretch.since is None:
        return ()
    return (("Starts anew since", f"{day_name(stretch.since, None)}: {stretch.reason}"),)
