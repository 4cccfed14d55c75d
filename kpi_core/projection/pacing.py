"""Where the running period of a sum will end, from what each day added so far and in the year before.

done + what is left x rate. Days are weighed by their weekdays' usual level, closed ones not at all, so that a rate is
what an average open day adds. The rate blends the pace of this period with the level of the 28 days before it: both
are measured with noise, and how far levels move between periods says how much the older one still tells. That is the
usual shrinkage of a mean (James & Stein 1961; credibility, Bühlmann 1967): weight day / (day + k), k = noise variance
of a day / variance of a period's level about the level before it, both from the KPI's own past.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, Final

from kpi_core.projection.ahead import Spread
from kpi_core.projection.policy import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Sequence

PROFILE_DAYS: Final = 56
"""Days before a period that its weekday profile is made from: eight of each weekday."""
PROFILE_NEEDS: Final = 28
"""Fewer covered days than four weeks are too few to tell weekdays apart, or a level."""
LEVEL_DAYS: Final = 28
BELIEF_DAYS: Final = 7
"""So many days of a period weigh as much as the level before it, until enough periods tell it better."""
DAILY_FROM: Final = Fraction(1, 4)
"""Where fewer open days than this share hold anything, the rows are weekly or monthly ones and tell no pace of days."""
MODEL_MISSES: Final = 6
"""The reckoned width of the band counts as much as so many of the KPI's own past misses."""
SAME: Final = 1e-18
"""Noise under this share of the squared level is none: it comes from reckoning with a limited number of digits."""
FREEDOM: Final = 4
SHORT_FREEDOM: Final = 2
"""Under ENOUGH past periods nobody knows how far the level moves: a wider band."""
BAND_80: Final = 1.2816 / 1.5332
"""Makes the 80 % band of Student t with FREEDOM as wide as that of the normal curve; only its tails are heavier."""


@dataclass(frozen=True)
class Days:
    """What each day from `first` on added, None where it is not covered; `open_weekdays`: 0 is Monday."""

    first: date
    values: tuple[Fraction | None, ...]
    open_weekdays: frozenset[int] = frozenset(range(7))

    def between(self, start: date, end: date) -> list[tuple[int, Fraction | None]]:
        """List weekday and value of the days `[start, end)`; what lies outside is not covered."""
        days = range(start.toordinal(), end.toordinal())
        first, count = self.first.toordinal(), len(self.values)
        return [((day - 1) % 7, self.values[day - first] if 0 <= day - first < count else None) for day in days]

    def is_open(self, weekday: int) -> bool:
        """Tell whether the business is open on a weekday."""
        return weekday in self.open_weekdays


@dataclass(frozen=True)
class Stretch:
    """A period `[start, end)` of which the days before `until` are known."""

    start: date
    until: date
    end: date

    @property
    def share(self) -> float:
        """The share of its days that are known."""
        return (self.until - self.start).days / (self.end - self.start).days

    def known_to(self, share: float) -> Stretch:
        """Look at it when this share of its days was known.

        >>> Stretch(date(2026, 2, 1), date(2026, 3, 1), date(2026, 3, 1)).known_to(10 / 31).until
        datetime.date(2026, 2, 10)
        """
        return Stretch(self.start, self.start + timedelta(days=round(share * (self.end - self.start).days)), self.end)


@dataclass(frozen=True)
class Pace:
    """Where the running period will end. `belief`: k, in average open days; `misses`: past ones in the band's width."""

    coming: Spread
    belief: float
    misses: int = 0


@dataclass(frozen=True)
class _Seen:
    """What a stretch looked like when it was known that far; days are counted in average open days."""

    done: float
    passed: float
    left: float
    level: float


@dataclass(frozen=True)
class _Moves:
    """How a KPI moves: `noise` is the variance of an average day, `level` that of periods' rates about the last one."""

    noise: float
    level: float

    @property
    def belief(self) -> float:
        """The k of the weight day / (day + k)."""
        return self.noise / self.level

    def ending(self, seen: _Seen) -> tuple[float, float]:
        """Give middle and variance of the whole period."""
        weight = seen.passed / (seen.passed + self.belief)
        pace = seen.done / seen.passed if seen.passed else seen.level
        rate = weight * pace + (1 - weight) * seen.level
        unsure = self.level * (1 - weight)
        return seen.done + seen.left * rate, seen.left * self.noise + seen.left**2 * unsure


def weekday_levels(days: Days, before: date) -> list[Fraction] | None:
    """Average the covered days of the eight weeks before a day, by weekday, closed ones 0; None where they cannot tell.

    They cannot with fewer than four whole weeks, or with a weekday that took more than it gave.

    >>> week = [Fraction(n) for n in (1, 1, 1, 1, 1, 5, 9)]
    >>> some = Days(date(2026, 10, 5), tuple(week * 4), frozenset(range(6)))
    >>> [int(each) for each in weekday_levels(some, date(2026, 11, 2))]
    [1, 1, 1, 1, 1, 5, 0]
    >>> weekday_levels(some, date(2026, 11, 1)) is None
    True
    """
    known = days.between(before - timedelta(days=PROFILE_DAYS), before)
    by_weekday: list[list[Fraction]] = [[] for _ in range(7)]
    for weekday, value in known:
        if value is not None:
            by_weekday[weekday].append(value)
    if sum(map(len, by_weekday)) < PROFILE_NEEDS or not all(by_weekday):
        return None
    levels = [
        sum(values, Fraction(0)) / len(values) if days.is_open(weekday) else Fraction(0)
        for weekday, values in enumerate(by_weekday)
    ]
    return levels if min(levels) >= 0 and any(levels) else None


def pace(days: Days, running: Stretch, past: Sequence[Stretch] = ()) -> Pace | None:
    """Estimate where a running period of a sum will end.

    None where too few days before it are known, or where they never differ: then nothing tells how sure it is.
    Where no day ever took anything away it ends at what is done at the least.

    Args:
        days: what each day added, up to the last complete day.
        running: the running period, known whole up to the last complete day.
        past: complete periods before it; those that the days do not cover are passed over.

    >>> some = Days(date(2026, 9, 6), tuple([Fraction(5), Fraction(15)] * 28 + [Fraction(20)] * 7))
    >>> found = pace(some, Stretch(date(2026, 11, 1), date(2026, 11, 8), date(2026, 12, 1)))
    >>> round(found.coming.middle), found.belief
    (485, 7.0)
    """
    now = _seen(days, running)
    if now is None or not _is_daily(days, running.start):
        return None
    whole = [(each, seen) for each in past if (seen := _seen(days, each.known_to(1))) is not None]
    moves = _moves(days, running, now, whole)
    if moves is None:
        return None
    middle, variance = moves.ending(now)
    freedom = SHORT_FREEDOM if len(whole) < ENOUGH else FREEDOM
    if not now.left:
        return Pace(Spread(now.done, 0.0, freedom), moves.belief)
    off = []
    for each, ended in whole:
        then = _seen(days, each.known_to(running.share))
        guess, spread = moves.ending(then) if then is not None else (0.0, 0.0)
        if spread > 0:
            off.append((ended.done - guess) ** 2 / spread)
    wider = max(1.0, (MODEL_MISSES + sum(off)) / (MODEL_MISSES + len(off)))
    only_grows = all(value is None or value >= 0 for value in days.values)
    coming = Spread(middle, sqrt(variance * wider) * BAND_80, freedom, now.done if only_grows else None)
    return Pace(coming, moves.belief, len(off))


def _seen(days: Days, stretch: Stretch) -> _Seen | None:
    """Look at a stretch and at the level before it; None where a day of it, or too much before it, is not covered."""
    done = [value for _, value in days.between(stretch.start, stretch.until)]
    before = days.between(stretch.start - timedelta(days=PROFILE_DAYS), stretch.start)
    recent = [(weekday, value) for weekday, value in before if value is not None][-LEVEL_DAYS:]
    weights = _weights(days, stretch.start)
    weight = sum(weights[weekday] for weekday, _ in recent)
    if None in done or len(recent) < PROFILE_NEEDS or not weight:
        return None
    level = float(sum((value for _, value in recent), Fraction(0))) / weight
    passed = _weight(days, weights, stretch.start, stretch.until)
    left = _weight(days, weights, stretch.until, stretch.end)
    return _Seen(float(sum((value for value in done if value is not None), Fraction(0))), passed, left, level)


def _weights(days: Days, before: date) -> list[float]:
    """Weigh the weekdays so that an average open day weighs 1; alike where no profile is known."""
    levels = weekday_levels(days, before)
    if levels is None:
        return [float(days.is_open(weekday)) for weekday in range(7)]
    whole = float(sum(levels)) / len(days.open_weekdays)
    return [float(level) / whole for level in levels]


def _weight(days: Days, weights: Sequence[float], start: date, end: date) -> float:
    return sum(weights[weekday] for weekday, _ in days.between(start, end))


def _is_daily(days: Days, before: date) -> bool:
    """Tell whether the rows of the eight weeks before stand on enough different days to speak of days at all."""
    known = days.between(before - timedelta(days=PROFILE_DAYS), before)
    held = [bool(value) for weekday, value in known if value is not None and days.is_open(weekday)]
    return sum(held) >= DAILY_FROM * len(held)


def _moves(days: Days, running: Stretch, now: _Seen, whole: Sequence[tuple[Stretch, _Seen]]) -> _Moves | None:
    """Tell noise from moves of the level; the eight weeks before the running period where no whole period is known."""
    eight_weeks = Stretch(running.start - timedelta(days=PROFILE_DAYS), running.start, running.start)
    blocks = [each for each, _ in whole] or [eight_weeks]
    found = [_scatter(days, each, _weights(days, each.start if whole else running.start)) for each in blocks]
    # A profile that was made from the very days that it is compared with has taken a freedom for each weekday
    taken = len(found) if whole else len(days.open_weekdays)
    free = sum(weight for _, weight in found) - taken
    noise = sum(squares for squares, _ in found) / free if free > 0 else 0.0
    if noise <= SAME * max(seen.level**2 for seen in (now, *(each for _, each in whole))):
        return None
    moved = [(seen.done / seen.passed - seen.level, seen.passed) for _, seen in whole if seen.passed]
    if len(moved) < ENOUGH:
        return _Moves(noise, noise / BELIEF_DAYS)
    level = sum(change**2 - noise / passed for change, passed in moved) / len(moved)
    # The level before is itself known from 28 days only: it never weighs more than those
    return _Moves(noise, max(level, noise / LEVEL_DAYS))


def _scatter(days: Days, stretch: Stretch, weights: Sequence[float]) -> tuple[float, float]:
    """Add up the squares about a stretch's own rate, and the weight of its covered days."""
    known = [(weights[weekday], float(value)) for weekday, value in days.between(stretch.start, stretch.end)
             if value is not None]  # fmt: skip
    weight = sum(each for each, _ in known)
    rate = sum(value for _, value in known) / weight if weight else 0.0
    return sum((value - rate * each) ** 2 for each, value in known), weight
