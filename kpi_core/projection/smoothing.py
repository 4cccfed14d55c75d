"""Forecasts of a series without seasons: simple exponential smoothing, theta, damped trend; all by fixed grids.

No optimiser: every parameter of a grid is tried at once; the one with the smallest squared one-step errors is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

ALPHAS: Final = np.linspace(0.05, 0.95, 19)
TREND_ALPHAS: Final = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
TREND_BETAS: Final = np.array([0.01, 0.05, 0.1, 0.2, 0.3, 0.5])
DAMPINGS: Final = np.array([0.8, 0.9, 0.95, 0.98])


@dataclass(frozen=True)
class Forecast:
    """The means for 1 to `horizon` steps ahead, and the one-step errors on the history (the first is 0)."""

    mean: Floats
    errors: Floats


def simple(values: Floats, horizon: int) -> Forecast:
    """Simple exponential smoothing (Brown 1959): the newest level goes on.

    The level starts at the mean of the first values, as many as six.
    """
    level = np.full(len(ALPHAS), values[: min(6, len(values))].mean())
    errors = np.empty((len(values), len(ALPHAS)))
    for at, value in enumerate(values):
        errors[at] = value - level
        level = level + ALPHAS * errors[at]
    best = int(np.argmin((errors[1:] ** 2).sum(axis=0)))
    return Forecast(np.full(horizon, level[best]), errors[:, best])


def theta(values: Floats, horizon: int) -> Forecast:
    """The theta method (Assimakopoulos & Nikolopoulos 2000): smoothing, half the straight line's slope added.

    Hyndman & Billah (2003) show that it is simple smoothing with a drift of half the slope of the straight line.
    """
    count = len(values)
    places = np.arange(count)
    slope, intercept = line(values)
    doubled = 2 * values - (intercept + slope * places)
    base = simple(doubled, horizon)
    ahead = np.arange(count, count + horizon)
    mean = 0.5 * (base.mean + intercept + slope * ahead)
    fitted = 0.5 * ((doubled - base.errors) + intercept + slope * places)
    return Forecast(mean, values - fitted)


def damped(values: Floats, horizon: int) -> Forecast:
    """Exponential smoothing with a damped additive trend (Gardner & McKenzie 1985)."""
    alphas, betas, dampings = (grid.ravel() for grid in np.meshgrid(TREND_ALPHAS, TREND_BETAS, DAMPINGS, indexing="ij"))
    level = np.full(len(alphas), values[0])
    trend = np.full(len(alphas), first_slope(values))
    squares = np.zeros(len(alphas))
    errors = np.empty((len(values), len(alphas)))
    for at, value in enumerate(values):
        ahead = level + dampings * trend
        error = value - ahead
        errors[at] = error
        level = ahead + alphas * error
        trend = dampings * trend + alphas * betas * error
    squares = (errors[1:] ** 2).sum(axis=0)
    best = int(np.argmin(squares))
    steps = np.cumsum(dampings[best] ** np.arange(1, horizon + 1))
    return Forecast(level[best] + trend[best] * steps, errors[:, best])


def first_slope(values: Floats) -> float:
    """Slope to start a trend with: the mean of the first steps, as many as five."""
    few = values[: min(6, len(values))]
    return float((few[-1] - few[0]) / max(1, len(few) - 1))


def line(values: Floats) -> tuple[float, float]:
    """Slope and intercept of the straight line through the values at 0, 1, 2 ... by least squares."""
    places = np.arange(len(values)) - (len(values) - 1) / 2
    slope = float((places * values).sum() / max(1e-300, (places**2).sum()))
    return slope, float(values.mean()) - slope * (len(values) - 1) / 2
