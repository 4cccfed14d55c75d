"""Texts that mean a span of time: `01:30:00`, `2h 15m`. Read as whole seconds; a fraction is rounded half up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kpi_core.ingest import shapes

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa  # type: ignore[import-untyped]

    from kpi_core.ingest.shapes import Codes

_CLOCK = re.compile(r"(?P<sign>-?)(?P<h>\d+):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,](?P<f>\d)\d*)?)?")
_WORDS = re.compile(
    r"(?=-?\d)(?P<sign>-?)(?:(?P<d>\d+)\s*d(?:ays?)?\s*)?(?:(?P<h>\d+)\s*(?:h|hrs?|hours?|std)\.?\s*)?"
    r"(?:(?P<m>\d+)\s*(?:m|mins?|minutes?)\.?\s*)?(?:(?P<s>\d+)\s*(?:s|secs?|seconds?)\.?)?",
    re.IGNORECASE,
)
DAY_HOURS = 24
LONGEST = 40
"""Longer texts are no durations."""


@dataclass(frozen=True)
class Durations:
    """The distinct texts of a column as seconds; None: no duration."""

    seconds: npt.NDArray[np.object_]
    share: float
    beyond_a_day: bool
    """A clock of 24 hours or more: no time of day."""
    clock: bool
    """Written as a clock, which may be a time of day just as well."""
    two_parts: bool
    """A clock of two parts everywhere: hours and minutes, or minutes and seconds."""


def seconds(text: str) -> int | None:
    """Read one duration; two parts are hours and minutes.

    >>> seconds("01:30:00"), seconds("0:45"), seconds("2h 15m"), seconds("-00:00:30"), seconds("12"), seconds("-")
    (5400, 2700, 8100, -30, None, None)
    """
    match = _CLOCK.fullmatch(text) or _WORDS.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict(default="")
    total = (
        int(parts.get("d") or 0) * 86400
        + int(parts["h"] or 0) * 3600
        + int(parts["m"] or 0) * 60
        + int(parts["s"] or 0)
    )
    total += (parts.get("f") or "0") >= "5"
    return -total if parts["sign"] else total


def look(texts: pa.Array, rows: Codes, empty: npt.NDArray[np.bool_]) -> Durations:
    """Look at the distinct texts of a column as durations."""
    shape, names = shapes.shapes(texts)
    possible = [_possible(name) for name in names]
    read = np.full(len(texts), None, dtype=object)
    for place in np.flatnonzero(shapes.pick(possible, shape)):
        read[place] = seconds(texts[int(place)].as_py())
    good = ~shapes.missing(read)
    filled = int(rows[~empty].sum())
    share = int(rows[good & ~empty].sum()) / filled if filled else 0.0
    colons = [name.count(":") for name, fits in zip(names, possible, strict=True) if fits]
    beyond = any(abs(value) >= DAY_HOURS * 3600 for value in read[good])
    return Durations(read, share, beyond, clock=any(colons), two_parts=max(colons, default=0) == 1)


def _possible(shape: str) -> bool:
    """Tell whether a shape may be a duration; its nines stand for digits that a clock allows."""
    return len(shape) <= LONGEST and seconds(shape.replace(":99", ":09")) is not None
