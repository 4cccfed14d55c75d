"""How often targets of each grade are reached on the M3 competition, and the two that are suggested.

    python benchmarks/grades.py [--cases FOLDER] [--every N]

Of every series targets of 0.8 to 1.35 times its last value are graded, higher and lower as the better side, one period
ahead, half way and at the end of the competition's horizon, and looked up in what came then. Prints for each grade the
share reached beside the grade's own range of chances, by cadence, with what lies outside it; and how often the
realistic and the ambitious suggestion were reached, each way apart. The 3,003 series are public benchmark data
(Makridakis & Hibon 2000) and no part of the project: they are read from ../shared/forecast_cases, or the folder named.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.projection import CADENCES, DEFAULT, read_series
from kpi_core.kpi import Direction
from kpi_core.projection import History, TargetGrade, help_with, judge_target

STEPS = (0.8, 0.9, 0.97, 1.03, 1.1, 1.2, 1.35)
"""Targets, as shares of the last value."""
RANGES = {
    TargetGrade.EASY: (0.8, 1.0),
    TargetGrade.REALISTIC: (0.5, 0.8),
    TargetGrade.AMBITIOUS: (0.2, 0.5),
    TargetGrade.VERY_AMBITIOUS: (0.05, 0.2),
    TargetGrade.UNLIKELY: (0.0, 0.05),
}
"""The chances that a grade promises; one that is met already promises none."""
SUGGESTED = {"realistic": 0.5, "ambitious": 0.3}
"""How often a suggestion should be reached."""
EVERY = "all"


@dataclass
class Share:
    """Counts how often something was reached."""

    of: int = 0
    reached: int = 0
    chances: float = 0.0

    def count(self, chance: float, *, reached: bool) -> None:
        """Count one more."""
        self.of += 1
        self.reached += reached
        self.chances += chance

    @property
    def share(self) -> float:
        """The share reached; of none at all 0."""
        return self.reached / self.of if self.of else 0.0


@dataclass(frozen=True)
class Tally:
    """What was reached: by cadence and grade, and by cadence, suggestion and the better side."""

    grades: dict[tuple[str, TargetGrade], Share] = field(default_factory=lambda: defaultdict(Share))
    suggestions: dict[tuple[str, str, str], Share] = field(default_factory=lambda: defaultdict(Share))

    def exceptions(self) -> list[tuple[str, TargetGrade]]:
        """List the cadences and grades whose share lies outside the grade's own range."""
        return [
            (cadence, grade)
            for (cadence, grade), found in self.grades.items()
            if grade in RANGES and not RANGES[grade][0] <= found.share <= RANGES[grade][1]
        ]


def tally(series: Iterable[dict[str, Any]]) -> Tally:
    """Grade targets of every series and count which were reached."""
    counted = Tally()
    for each in series:
        history, future = History(tuple(each["history"]), CADENCES[each["cadence"]]), each["future"]
        for horizon in sorted({1, max(1, each["horizon"] // 2), each["horizon"]}):
            for direction in (Direction.UP, Direction.DOWN):
                _count(counted, each["cadence"], history, horizon, future[horizon - 1], direction)
    return counted


def _count(counted: Tally, cadence: str, history: History, horizon: int, actual: float, direction: Direction) -> None:
    def reached(target: float) -> bool:
        return actual >= target if direction is Direction.UP else actual <= target

    for step in STEPS:
        target = history.values[-1] * step
        judged = judge_target(history, horizon, target, direction)
        for group in (cadence, EVERY):
            counted.grades[group, judged.grade].count(judged.chance or 0.0, reached=reached(target))
    found = help_with(history, horizon, direction)
    for name, offered in (("realistic", found.realistic), ("ambitious", found.ambitious)):
        if offered is not None:
            for group in (cadence, EVERY):
                counted.suggestions[group, name, direction.value].count(offered.chance, reached=reached(offered.target))


def report(counted: Tally) -> None:
    """Print the tables and the exceptions."""
    outside = counted.exceptions()
    groups = list(dict.fromkeys(cadence for cadence, _ in counted.grades))
    print(f"{'grade':24} {'its range':>11} {'cadence':10} {'targets':>8} {'chance':>7} {'reached':>8}")
    for grade in TargetGrade:
        low, high = RANGES.get(grade, (None, None))
        promised = "" if low is None else f"{low:.2f}-{high:.2f}"
        for group in groups:
            found = counted.grades.get((group, grade))
            if found is not None:
                mark = "  outside" if (group, grade) in outside else ""
                chance = found.chances / found.of
                print(f"{grade.value:24} {promised:>11} {group:10} {found.of:8} {chance:7.3f} {found.share:8.3f}{mark}")
    print(f"\n{'suggestion':24} {'should be':>11} {'cadence':10} {'offers':>8} {'chance':>7} {'reached':>8}")
    for (group, name, way), found in sorted(counted.suggestions.items(), key=lambda each: each[0][1:]):
        chance = found.chances / found.of
        label = f"{name}, {way} is better"
        print(f"{label:24} {SUGGESTED[name]:11.2f} {group:10} {found.of:8} {chance:7.3f} {found.share:8.3f}")
    listed = "; ".join(
        f"{grade.value}, {cadence}: {counted.grades[cadence, grade].share:.3f}" for cadence, grade in outside
    )
    print(f"\nOutside the grade's own range: {listed or 'none'}")


def main() -> int:
    """Measure; 1 where a grade of all cadences together lies outside its range."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=DEFAULT)
    parser.add_argument("--every", type=int, default=1, help="only every so many series")
    given = parser.parse_args()
    series = read_series(given.cases)[:: given.every]
    if not series:
        print(f"The M3 series are not in {given.cases}: nothing is measured.")
        return 0
    counted = tally(series)
    report(counted)
    return 1 if any(cadence == EVERY for cadence, _ in counted.exceptions()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
