"""What the chart of a KPI's page shows, free of plotly: values and targets, and the layers of change around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from html import escape

from kpi_core.board import TrendPoint
from kpi_core.period import Period
from kpi_core.running import Running
from kpi_core.service.change_page import FanStep


@dataclass(frozen=True)
class Band:
    """A usual range from one period to another, as places of the chart, both included."""

    first: int
    last: int
    low: float
    high: float


class Tone(Enum):
    """What the point of a signal means: good or bad for this KPI, neither, or over long since."""

    GOOD = auto()
    BAD = auto()
    OTHER = auto()
    PAST = auto()


@dataclass(frozen=True)
class Marked:
    """The points of signals that mean the same, as places with their values."""

    tone: Tone
    spots: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Flag:
    """A day that has notes, as a place of the chart (half a place before its period's value at the period's start).

    `text` is short enough to be drawn; `whole` is shown on pointing.
    """

    place: float
    text: str
    whole: tuple[str, ...]


@dataclass(frozen=True)
class Layers:
    """What stands around the values: usual ranges, points of signals, days with notes, and where it is heading.

    `fan` begins at the place after `fan_from`, where the newest value is; `chance`: of being on target at its end.
    """

    bands: tuple[Band, ...] = ()
    marked: tuple[Marked, ...] = ()
    flags: tuple[Flag, ...] = ()
    fan: tuple[FanStep, ...] = ()
    fan_from: int = 0
    chance: str = ""


NO_LAYERS = Layers()


@dataclass(frozen=True)
class Trend:
    """What the chart shows. `points` are neighbouring periods, oldest first; `running` is the one after them.

    `write` gives a number with its unit, `write_axis` without, `name` a period's name, all in the business's
    style. `clock`: the values are seconds. `last_year`: the same periods a year before, one for each point or none.
    `coming`: the periods after the last of `points` that are looked ahead to, for their targets.
    """

    points: Sequence[TrendPoint]
    write: Callable[[Fraction], str]
    write_axis: Callable[[Fraction], str]
    name: Callable[[Period], str]
    running: Running | None = None
    clock: bool = False
    last_year: Sequence[TrendPoint | None] = ()
    layers: Layers = NO_LAYERS
    coming: Sequence[TrendPoint] = ()

    @property
    def targeted(self) -> Sequence[TrendPoint]:
        """The periods whose targets are drawn: those with values, and those that are looked ahead to."""
        return (*self.points, *self.coming)

    @property
    def last_place(self) -> int:
        """The place of the last period that something is drawn for."""
        ahead = self.running is not None and self.running.so_far is not None
        fan_end = self.layers.fan_from + len(self.layers.fan) if self.layers.fan else 0
        return max(len(self.points) - 1 + ahead, fan_end)

    def target_texts(self, point: TrendPoint) -> str:
        """Write the target of a period, as HTML; "" where it has none."""
        edges = [edge for edge in (point.target_low, point.target_high) if edge is not None]
        return " to ".join(escape(self.write(exact(edge))) for edge in edges)


def marks(name: str, spots: Sequence[tuple[int, float]], marker: dict[str, object]) -> dict[str, object]:
    """Draw points of one kind, named in the legend."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [place for place, _ in spots],
        "y": [value for _, value in spots],
        "marker": marker,
        "hoverinfo": "skip",
        "showlegend": True,
    }


def exact(number: float) -> Fraction:
    """Read a drawn number as the decimal that it was, not as its binary neighbour.

    >>> exact(3.2)
    Fraction(16, 5)
    """
    return Fraction(str(number))
