"""The one palette: the only place that names colours. `config.toml`, the widgets, the board and the charts follow it.

Text on its ground has a contrast of at least 4.5:1 in both themes (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class Theme(StrEnum):
    """Whether the screen is light or dark."""

    LIGHT = "light"
    DARK = "dark"


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


def palette_of(theme: Theme) -> Palette:
    """Give the colours of a theme."""
    match theme:
        case Theme.LIGHT:
            return LIGHT
        case Theme.DARK:
            return DARK


def contrast(first: str, second: str) -> float:
    """Measure how far two colours stand apart, 1 to 21 (WCAG 2.2, relative luminance).

    >>> contrast("#000000", "#ffffff")
    21.0
    >>> contrast("#777777", "#777777")
    1.0
    """
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def css_tokens() -> str:
    """Write the palette as CSS custom properties that follow the `color-scheme` Streamlit sets on the app.

    A browser that does not know `light-dark()` gets the light colours.
    """
    names = [field.name for field in fields(Palette)]
    plain = ";".join(f"--{name.replace('_', '-')}:{getattr(LIGHT, name)}" for name in names)
    both = ";".join(
        f"--{name.replace('_', '-')}:light-dark({getattr(LIGHT, name)},{getattr(DARK, name)})" for name in names
    )
    return (
        f":root,:host{{{plain}}}\n"
        f"@supports (color:light-dark(#000,#fff)){{:root,:host{{{both}}}}}\n"
        f"@media print{{:root,:host{{{plain}}}}}\n"
    )


_LINEAR_UP_TO = 0.04045
"""Where the sRGB curve begins to bend."""


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
