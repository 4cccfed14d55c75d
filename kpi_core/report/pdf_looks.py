"""How each kind of text of the PDF looks."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_core.palette import LIGHT

FONT, BOLD = "Signalbox", "Signalbox-Bold"


@dataclass(frozen=True)
class Look:
    """Font, size and leading in points, colour, and the room above and below."""

    font: str
    size: float
    leading: float
    colour: str
    above: float = 0.0
    below: float = 0.0
    stays: bool = False
    """It stays with what follows it."""


TITLE = Look(BOLD, 17.0, 20.0, LIGHT.ink, 0.0, 1.0)
UNDER = Look(FONT, 9.0, 11.5, LIGHT.ink_2, 0.0, 3.0)
TALLY = Look(FONT, 9.0, 12.0, LIGHT.ink_2, 2.0, 5.0)
SECTION = Look(BOLD, 10.0, 12.5, LIGHT.ink, 8.0, 2.0, stays=True)
HEAD = Look(BOLD, 7.5, 9.5, LIGHT.ink_2)
GOAL = Look(FONT, 7.5, 11.0, LIGHT.ink_2)
STRONG = Look(BOLD, 8.5, 10.5, LIGHT.ink)
VALUE = Look(BOLD, 9.5, 10.5, LIGHT.ink)
OLD = Look(FONT, 9.5, 10.5, LIGHT.ink_2)
PLAIN = Look(FONT, 8.5, 10.5, LIGHT.ink, 0.0, 1.0)
SAID = Look(FONT, 8.0, 10.0, LIGHT.ink_2)
SMALL = Look(FONT, 7.5, 9.25, LIGHT.ink_2)
FOOT = Look(FONT, 7.25, 9.25, LIGHT.ink_2, 0.0, 1.0)
