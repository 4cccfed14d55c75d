"""Seasons of a series: indices of each place in the cycle, shrunk towards none as far as they may be noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpi_core.projection.smoothing import line

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Seasons:
    """Seasonal indices by place in the cycle, the first value's place being 0.

    `ratio`: they multiply (1 is none); otherwise they add (0 is none). `weight`: how far they were believed,
    from 0 (noise) to 1.
    """

    indices: Floats
    ratio: bool
    weight: float

    def removed(self, values: Floats) -> Floats:
        """Take the seasons out of the values."""
        own = self.indices[np.arange(len(values)) % len(self.indices)]
        return values / own if self.ratio else values - own

    def put_back(self, values: Floats, after: int) -> Floats:
        """Put the seasons into forecasts that follow after so many values."""
        own = self.indices[np.arange(after, after + len(values)) % len(self.indices)]
        return values * own if self.ratio else values + own


def no_seasons(length: int) -> Seasons:
    """Give indices that change nothing."""
    return Seasons(np.zeros(max(1, length)), ratio=False, weight=0.0)


def seasons_of(values: Floats, length: int) -> Seasons:
    """Estimate the seasons of at least two cycles (classical decomposition by a centred moving average).

    Ratios to the average where all values are positive, else differences. The indices are shrunk towards none by
    W = max(0, 1 - noise variance of an index / variance between indices), as Miller & Williams 2003 do with the
    James-Stein estimator.

    Args:
        values: the series, without gaps.
        length: values in a cycle; 1 has no seasons.
    """
    if length < 2 or len(values) < 2 * length:  # noqa: PLR2004 -- two cycles
        return no_seasons(length)
    weights = np.ones(length) if length % 2 else np.r_[0.5, np.ones(length - 1), 0.5]
    level = np.convolve(values, weights / length, "valid")
    first = length // 2
    inner = values[first : first + len(level)]
    ratio = bool((values > 0).all())
    parts = inner / level if ratio else inner - level
    places = (np.arange(len(level)) + first) % length
    counts = np.bincount(places, minlength=length)
    raw = np.bincount(places, parts, minlength=length) / counts
    none = 1.0 if ratio else 0.0
    raw = raw / raw.mean() if ratio else raw - raw.mean()
    noise = ((parts - raw[places]) ** 2).sum() / max(1, len(parts) - length) * (1 / counts).mean()
    between = raw.var(ddof=1)
    weight = max(0.0, 1 - noise / between) if between > 0 else 0.0
    return Seasons(none + weight * (raw - none), ratio, float(weight))


def repeats(values: Floats, length: int) -> float:
    """Tell how far the newest whole cycles agree on a season: 0 not at all, 1 exactly; 0 under two cycles.

    1 - noise variance / variance between the places' means, over cycles by places without the straight line and each
    cycle's own level, so that neither growth nor a step counts as a season. At two cycles this knows more of the noise
    than ratios to a moving average, of which each place then has one: above 0.45 it takes 15 % of pure noise for a
    season and sees 99 % of seasons twice as strong as the noise; the weight of `seasons_of` takes 89 % of noise.
    """
    cycles = len(values) // max(1, length)
    if length < 2 or cycles < 2:  # noqa: PLR2004 -- a season shows in two cycles
        return 0.0
    newest = values[-cycles * length :]
    slope, _ = line(newest)
    table = (newest - slope * np.arange(len(newest))).reshape(cycles, length)
    table = table - table.mean(axis=1, keepdims=True)
    means = table.mean(axis=0)
    noise = ((table - means) ** 2).sum() / ((cycles - 1) * (length - 1) * cycles)
    between = (means**2).sum() / (length - 1)
    return max(0.0, 1 - float(noise / between)) if between > 0 else 0.0
