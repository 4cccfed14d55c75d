"""The middle of a forecast: which methods a history of some length supports, with numpy.

Apart from `policy`, so that whoever only reads a kept forecast does not wait for numpy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from kpi_core.period import Cadence
from kpi_core.projection.policy import ENOUGH, RECENT_WEEKS, SEASON, WEEKS, WEEKS_OF_LAST_YEAR, Pattern
from kpi_core.projection.seasons import Seasons, no_seasons, repeats, seasons_of
from kpi_core.projection.smoothing import damped, line, simple, theta
from kpi_core.signals import LimitsLabel, SignalRule, chart_with, usual_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from kpi_core.projection.policy import History

    Floats = npt.NDArray[np.float64]

TREND_POINTS = 12
"""From so many points on a straight line may explain the ups and downs."""
TREND_SHARE = 0.5
"""A line that explains more of the variance than this is growth."""
SEASON_REPEATS = 0.45
"""Cycles that agree on a season more than this have one, for the outlook as for the signals. At 24 months 95 % of KPIs
that are nothing but noise have some season left by the shrunk weight alone, and a drop would be forecast away where it
should be seen. On the M3 competition's months and quarters asking this first costs no accuracy."""
TRACE = 0.05
"""Forecast errors that move by less than this part of the series' own steps tell of the methods, not of the KPI."""


@dataclass(frozen=True)
class Middle:
    """The middle for 1 to `horizon` steps ahead, the mean step without seasons, how errors spread at each step."""

    mean: tuple[float, ...]
    step: float
    spread: tuple[float, ...]


def middle_of(history: History, horizon: int) -> Middle:
    """Forecast so many steps ahead."""
    series = np.asarray(history.values, dtype=float)
    mean, step, seasons = _middle(series, history.cadence, _season(history), horizon)
    spread = _season_spread(seasons, len(series), horizon)
    return Middle(tuple(map(float, mean)), step, tuple(map(float, spread)))


def pattern_of(history: History) -> Pattern:
    """Tell what of the years before the outlook of a history repeats.

    One rule says whether there is a season, from two full cycles on: that the cycles agree on it. Before, nobody can
    tell; half of last year is repeated, or in weeks last year itself, because that was measured to be nearer than none.
    """
    return _pattern(np.asarray(history.values, dtype=float), history.cadence, _season(history))


def _pattern(series: Floats, cadence: Cadence, season: int) -> Pattern:
    count = len(series)
    if count >= 2 * season:
        return Pattern.SEASON if _has_season(series, season) else Pattern.NOTHING
    if cadence is Cadence.WEEK and season == WEEKS and count >= WEEKS_OF_LAST_YEAR:
        return Pattern.LAST_YEAR
    return Pattern.NOTHING if count < season or _grows(series) else Pattern.HALF_LAST_YEAR


def _has_season(series: Floats, season: int) -> bool:
    return repeats(series, season) > SEASON_REPEATS


def surprises(history: History, judged: int | None = None) -> tuple[float, ...]:
    """Give the errors of forecasting each value but the first from those before it, if a series grows or has seasons.

    Of the newest `judged` values, None of all; whether there is a season the whole history tells, as for the outlook.

    The mean of simple smoothing, theta and the damped trend on the series without its seasons, which takes two full
    cycles to know. Empty where the plain chart alone is right: the cycles do not agree on a season, and a straight line
    explains no more than half of the variance of twelve points or more, or less than a single step does. All 0 where a
    series grows so evenly that its errors are those of the methods.
    """
    series = np.asarray(history.values, dtype=float)[-judged if judged else None :]
    seasons = _seasons_judged(history, len(series))
    if seasons is None:
        return ()
    plain = _plain(history, seasons)[-len(series) :]
    errors = np.mean([method(plain, 1).errors for method in (simple, theta, damped)], axis=0)
    return tuple(map(float, errors[1:] if _is_uneven(errors[1:], series) else 0 * errors[1:]))


def expected_each(history: History, judged: int | None = None) -> tuple[tuple[float, float, float, bool], ...]:
    """Give what growth and season led to expect of each value whose error is judged, oldest first; see `surprises`.

    In the KPI's own unit: low end of what is routine, middle, high end, by the limits that judge the newest; whether
    the value lies beyond an end. Empty where a series is not judged that way.
    """
    errors = surprises(history, judged)
    seasons = _seasons_judged(history, len(errors) + 1) if errors else None
    usual = usual_of(errors)
    limits = usual.limits
    if seasons is None or limits is None:
        return ()
    first = len(history.values) - len(errors)
    middles = _plain(history, seasons)[first:] - np.array(errors)
    ends = (seasons.put_back(middles + float(off), first).tolist() for off in (limits.lower, Fraction(0), limits.upper))
    low, middle, high = ([history.bounds.clip(value) for value in each] for each in ends)
    outside = set(chart_with(errors, limits, usual.label).flags[SignalRule.OUTSIDE])
    # Too few errors judge nothing, whatever the ends
    known = usual.label is not LimitsLabel.NONE
    beyond = [known and at in outside for at in range(len(errors))]
    return tuple(zip(low, middle, high, beyond, strict=True))


def _seasons_judged(history: History, count: int) -> Seasons | None:
    """Give the seasons that the newest values are judged without; None where the plain chart alone is right."""
    whole, season = np.asarray(history.values, dtype=float), _season(history)
    if _has_season(whole, season) and count >= ENOUGH:
        return seasons_of(whole, season)
    return no_seasons(season) if _grows(whole[-count:]) else None


def _plain(history: History, seasons: Seasons) -> Floats:
    return seasons.removed(np.asarray(history.values, dtype=float))


def _is_uneven(errors: Floats, series: Floats) -> bool:
    """Tell whether errors vary by more than a trace of the steps; those of an even growth are what methods lag by."""
    return bool(np.abs(np.diff(errors)).mean() >= np.abs(np.diff(series)).mean() * TRACE)


def _season(history: History) -> int:
    return SEASON[history.cadence] if history.season is None else history.season


def _grows(series: Floats) -> bool:
    """Tell whether a straight line explains over half of the variance of enough points, and more than a single step.

    A step is no growth but what a chart is to find: its own line must not explain it away.
    """
    count = len(series)
    if count < TREND_POINTS:
        return False
    slope, intercept = line(series)
    rest = float(((series - intercept - slope * np.arange(count)) ** 2).sum())
    whole = float(((series - series.mean()) ** 2).sum())
    return rest < TREND_SHARE * whole and rest <= _rest_of_step(series)


def _rest_of_step(series: Floats) -> float:
    """Give the variance (as a sum of squares) that the best single step from one level to another leaves."""
    count = len(series)
    before = np.arange(1, count)
    sums, squares = np.cumsum(series), np.cumsum(series**2)
    left = squares[:-1] - sums[:-1] ** 2 / before
    right = (squares[-1] - squares[:-1]) - (sums[-1] - sums[:-1]) ** 2 / (count - before)
    return float((left + right).min())


def _season_spread(seasons: Seasons, after: int, horizon: int) -> Floats:
    """Scale errors with the season where seasons multiply: a strong December errs by more."""
    if not seasons.ratio:
        return np.ones(horizon)
    return np.maximum(seasons.put_back(np.ones(horizon), after), 0.0)


def _middle(series: Floats, cadence: Cadence, season: int, horizon: int) -> tuple[Floats, float, Seasons]:
    """Give the forecast, the mean step of the series without its seasons, and the seasons."""
    count, pattern = len(series), _pattern(series, cadence, season)
    if count < season:
        level = (simple(series, horizon).mean + series.mean()) / 2
        return level, _mean_step(series), no_seasons(season)
    if pattern is Pattern.NOTHING:
        return _three(series, horizon), _mean_step(series), no_seasons(season)
    if pattern is Pattern.HALF_LAST_YEAR:
        same = np.resize(series[-season:], horizon)
        return (same + _three(series, horizon)) / 2, _mean_step(series), no_seasons(season)
    if cadence is Cadence.WEEK and season == WEEKS:
        return _by_last_year(series, horizon), _mean_step(series), no_seasons(season)
    seasons = seasons_of(series, season)
    plain = seasons.removed(series)
    return seasons.put_back(_three(plain, horizon), count), _mean_step(plain), seasons


def _three(series: Floats, horizon: int) -> Floats:
    """Average simple smoothing, theta and the damped trend."""
    mean: Floats = np.mean([method(series, horizon).mean for method in (simple, theta, damped)], axis=0)
    return mean


def _by_last_year(series: Floats, horizon: int) -> Floats:
    """Take last year's same weeks, times how this year's newest weeks compare with theirs."""
    recent, before = series[-RECENT_WEEKS:].sum(), series[-RECENT_WEEKS - WEEKS : -WEEKS].sum()
    level = recent / before if before > 0 else 1.0
    return np.resize(series[-WEEKS:], horizon) * level


def _mean_step(series: Floats) -> float:
    return math.fsum(abs(float(step)) for step in np.diff(series)) / max(1, len(series) - 1)
