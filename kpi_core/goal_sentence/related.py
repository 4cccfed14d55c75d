"""What the numbers of a sentence say together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.goal_sentence.sentence import Aim, Way
from kpi_core.target import Comparison

if TYPE_CHECKING:
    from fractions import Fraction

    from kpi_core.goal_sentence.doubt import Doubt

Stretch = tuple[int, int]


@dataclass(frozen=True)
class Related:
    """Target, baseline and how they are meant.

    `unit`: as the number says it, None where it is bare. `used`: the stretches of the sentence that say all this.
    `at`: where the number stands that is the target; `from_at`: where the baseline stands. `doubtful`: the target can
    be read as decimal or as thousands. `percent_of_percent`: no "by" or "to" tells what "grow the rate 10 %" means.
    `doubt`: the question to ask instead, where the numbers can be read in several ways.
    """

    target: Fraction | tuple[Fraction, Fraction] | None = None
    baseline: Fraction | None = None
    aim: Aim | None = None
    unit: str | None = None
    way: Way | None = None
    comparison: Comparison | None = None
    used: tuple[Stretch, ...] = ()
    at: Stretch = (0, 0)
    from_at: Stretch | None = None
    doubtful: bool = False
    percent_of_percent: bool = False
    doubt: Doubt | None = None


def way_to(baseline: Fraction, target: Fraction) -> Way | None:
    """Tell which way leads from one number to another; None where they are the same."""
    return Way.UP if target > baseline else Way.DOWN if target < baseline else None
