"""A signal in plain words, for every state, rule and direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpi_core.kpi import Direction
from kpi_core.period import in_period, period_name
from kpi_core.signals.chart import ENOUGH, NEAR_OF, NORMAL, SignalRule
from kpi_core.signals.judge import SEEN_BACK, SignalState
from kpi_core.unit import capital

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.period import Cadence, Calendar, Period
    from kpi_core.signals.judge import Signal

COUNTS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
DELIVERS: Final = "This is what the process delivers: change how it works or change the target."
"""Off target and nothing but routine variation."""
EARLY_WARNING: Final = "Still on target: take it as an early warning."
"""On target and really changing for the worse."""
REBASE: Final = "If you know what changed, say so, and the usual level starts anew {since}."


@dataclass(frozen=True)
class SignalWords:
    """Writes the sentences of one KPI's signal."""

    direction: Direction
    cadence: Cadence
    calendar: Calendar
    today: date

    def sentence(self, signal: Signal) -> str:
        """Say whether the number is really changing."""
        match signal.state:
            case SignalState.NONE_YET:
                return f"Not enough history: {signal.count} of {ENOUGH} {self.cadence}s."
            case SignalState.NOT_JUDGED:
                return f"{capital(self.name(signal.newest))} has no value: nothing to judge."
            case SignalState.ROUTINE:
                around = " around its growth and season" if signal.by_surprise else ""
                return f"Routine variation{around}: nothing to explain.{self.trial(signal)}"
            case SignalState.BETTER | SignalState.WORSE | SignalState.OTHER:
                return f"{self.change(signal)}{self.which_way(signal)}{self.trial(signal)}"

    def change(self, signal: Signal) -> str:
        """Say what changed and since when: "A real drop since March: eight months below the usual level."."""
        what = f"A real {'rise' if signal.above else 'drop'}"
        level = "what growth and season led to expect" if signal.by_surprise else "the usual level"
        side = f"{'above' if signal.above else 'below'} {level}"
        since, counted = f"{what} since {self.name(signal.since)}", self.counted(signal.length)
        match signal.rule:
            case SignalRule.OUTSIDE | None if signal.length <= 1:
                return f"{what} {self.when(signal.newest)}: further {side} than routine variation goes."
            case SignalRule.OUTSIDE | None:
                return f"{since}: {counted} further {side} than routine variation goes."
            case SignalRule.RUN_OF_8:
                return f"{since}: {counted} {side}."
            case SignalRule.THREE_OF_FOUR:
                often = f"three of the last four {self.cadence}s" if signal.length <= NEAR_OF else "almost always"
                return f"{since}: {often} far {side}."

    def which_way(self, signal: Signal) -> str:
        """Say what it means where a rise is not simply good."""
        match self.direction:
            case Direction.UP:
                return ""
            case Direction.DOWN:
                return " Lower is better here."
            case Direction.RANGE:
                ways = {
                    SignalState.BETTER: " That is nearer its range.",
                    SignalState.WORSE: " That is further from its range.",
                }
                return ways.get(signal.state, "")

    def trial(self, signal: Signal) -> str:
        """Say that the limits are on trial."""
        return f" Trial limits, from {signal.count} of {NORMAL} {self.cadence}s." if signal.trial else ""

    def rebase(self, signal: Signal) -> str:
        """Propose to let the limits start anew; "" where there is no reason to."""
        return "" if signal.rebase_from is None else REBASE.format(since=self.when(signal.rebase_from))

    def counted(self, count: int) -> str:
        """Count periods: "eight months", "24 months or more"."""
        if count >= SEEN_BACK:
            return f"{SEEN_BACK} {self.cadence}s or more"
        number = COUNTS[count - 1] if count <= len(COUNTS) else str(count)
        return f"{number} {self.cadence}{'' if count == 1 else 's'}"

    def when(self, period: Period | None) -> str:
        """Say in which period something is so: "in October"."""
        return "" if period is None else in_period(period, self.calendar, self.today)

    def name(self, period: Period | None) -> str:
        """Name a period, with its year unless it is this year's."""
        return "" if period is None else period_name(period, self.calendar, self.today)
