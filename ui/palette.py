"""The palette on the screen: the widgets, the board and the charts follow it, and `config.toml` says the same."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum

from kpi_core.palette import DARK, LIGHT, Palette

__all__ = ["DARK", "LIGHT", "Palette", "Theme", "contrast", "css_tokens", "palette_of"]


class Theme(StrEnum):
    """Whether the screen is light or dark."""

    LIGHT = "light"
    DARK = "dark"


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
