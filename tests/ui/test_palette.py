from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ui.palette import DARK, LIGHT, Palette, Theme, contrast, css_tokens, palette_of

ROOT = Path(__file__).parents[2]
READABLE = 4.5
BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
TEXT_ON_GROUND = (
    *[(ink, ground) for ink in ("ink", "ink_2", "ink_3", "accent", "red") for ground in ("paper", "panel")],
    *[(tone, f"{tone}_bg") for tone in ("green", "amber", "red", "grey")],
    *[(sign, "paper") for sign in ("green", "amber")],
    ("ink", "band"),
    ("ink_2", "band"),
    ("ink", "red_bg"),
    ("paper", "accent"),
)
IN_CONFIG = {
    "primaryColor": "accent",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "band",
    "textColor": "ink",
    "linkColor": "accent",
    "borderColor": "line",
    "greenColor": "green",
    "greenBackgroundColor": "green_bg",
    "yellowColor": "amber",
    "yellowBackgroundColor": "amber_bg",
    "redColor": "red",
    "redBackgroundColor": "red_bg",
    "grayColor": "grey",
    "grayBackgroundColor": "grey_bg",
}


@BOTH
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(colours: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= READABLE


@BOTH
def test_the_line_of_a_trend_stands_out_from_its_card(colours: Palette) -> None:
    for line in ("ink", "ink_2", "ink_3"):
        assert contrast(getattr(colours, line), colours.panel) >= 3


@pytest.mark.parametrize("theme", list(Theme))
def test_the_themes_of_the_app_are_the_palette(theme: Theme) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][theme.value]
    shared = {name: getattr(palette_of(theme), ours) for name, ours in IN_CONFIG.items()}
    assert {name: config.get(name) for name in shared} == shared


def test_each_colour_is_a_token_in_both_themes() -> None:
    css = css_tokens()
    assert f"--ink-2:light-dark({LIGHT.ink_2},{DARK.ink_2})" in css
    assert css.count(LIGHT.accent) == 3  # plain, light-dark, print


def test_no_other_file_of_the_screens_names_a_colour() -> None:
    for path in [*(ROOT / "ui").glob("*.css"), *(ROOT / "ui").glob("*.js"), *(ROOT / "ui").glob("*.py")]:
        if path.name != "palette.py":
            text = path.read_text("utf-8").lower()
            for colours in (LIGHT, DARK):
                named = [value for value in vars(colours).values() if value in text and value != "#ffffff"]
                assert named == [], path.name
