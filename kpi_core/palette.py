"""The one palette, light and dark: the only place that names colours. Screens and reports follow it.

Text on its ground has a contrast of at least 4.5:1 in both themes (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours of one theme as `#rrggbb`; a status has its ink and the ground of its badge."""

    paper: str
    panel: str
    ink: str
    ink_2: str
    ink_3: str
    line: str
    band: str
    accent: str
    green: str
    amber: str
    red: str
    grey: str
    green_bg: str
    amber_bg: str
    red_bg: str
    grey_bg: str


LIGHT = Palette(
    paper="#fbfaf8",
    panel="#ffffff",
    ink="#17212e",
    ink_2="#46525f",
    ink_3="#687482",
    line="#e4e2dd",
    band="#eef1f4",
    accent="#1c5d99",
    green="#0f7a4d",
    amber="#9a6200",
    red="#b3321f",
    grey="#5f6873",
    green_bg="#e8f4ee",
    amber_bg="#fbf1dd",
    red_bg="#fae9e5",
    grey_bg="#eff0f1",
)
DARK = Palette(
    paper="#12171d",
    panel="#1a2129",
    ink="#edf0f3",
    ink_2="#b9c2cc",
    ink_3="#93a0ad",
    line="#2c3640",
    band="#252e38",
    accent="#79b4ea",
    green="#4fc38d",
    amber="#e8b04b",
    red="#f08a76",
    grey="#9aa5b0",
    green_bg="#16352a",
    amber_bg="#3a2f17",
    red_bg="#3f221d",
    grey_bg="#262e36",
)
