"""Texts of the PDF: the bundled font, the styles, and what to do about letters that the font does not have."""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from kpi_core.palette import LIGHT
from kpi_core.report import words
from kpi_core.status import Shape, Status, shape

if TYPE_CHECKING:
    from collections.abc import Iterable

FONT, BOLD = "Signalbox", "Signalbox-Bold"
FONTS = Path(__file__).parent / "fonts"
BOX: Final = "□"
"""Stands for what cannot be drawn."""
BACKWARDS: Final = frozenset({"R", "AL", "AN"})
"""Bidirectional classes that need an order and joined letters, which are not laid out here."""
GAP: Final = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE} "
LONGEST = 1500
"""Letters of one text that are drawn; no cell may be longer than its page."""
COLOURS: Final = {
    Shape.CIRCLE: LIGHT.green,
    Shape.TRIANGLE: LIGHT.amber,
    Shape.SQUARE: LIGHT.red,
    Shape.RING: LIGHT.grey,
}


class Style(Enum):
    """How a text looks: font, size, leading, colour, room above and below, in points."""

    TITLE = (BOLD, 17.0, 20.0, LIGHT.ink, 0.0, 1.0)
    UNDER = (FONT, 9.0, 11.5, LIGHT.ink_2, 0.0, 3.0)
    TALLY = (FONT, 9.0, 12.0, LIGHT.ink_2, 2.0, 5.0)
    SECTION = (BOLD, 10.0, 12.5, LIGHT.ink, 8.0, 2.0)
    HEAD = (BOLD, 7.5, 9.5, LIGHT.ink_2, 0.0, 0.0)
    GOAL = (FONT, 7.5, 11.0, LIGHT.ink_2, 0.0, 0.0)
    STRONG = (BOLD, 8.5, 10.5, LIGHT.ink, 0.0, 0.0)
    VALUE = (BOLD, 9.5, 10.5, LIGHT.ink, 0.0, 0.0)
    OLD = (FONT, 9.5, 10.5, LIGHT.ink_2, 0.0, 0.0)
    PLAIN = (FONT, 8.5, 10.5, LIGHT.ink, 0.0, 1.0)
    SAID = (FONT, 8.0, 10.0, LIGHT.ink_2, 0.0, 0.0)
    SMALL = (FONT, 7.5, 9.25, LIGHT.ink_2, 0.0, 0.0)
    FOOT = (FONT, 7.25, 9.25, LIGHT.ink_2, 0.0, 1.0)


@cache
def _style(style: Style) -> ParagraphStyle:
    font, size, leading, colour, above, below = style.value
    return ParagraphStyle(
        style.name,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=colour,
        spaceBefore=above,
        spaceAfter=below,
        keepWithNext=style is Style.SECTION,
        splitLongWords=1,
    )


@cache
def _letters() -> frozenset[int]:
    """Bring the font in, once, and list the characters that both its weights have."""
    plain = TTFont(FONT, FONTS / "DejaVuSansCondensed.ttf")
    bold = TTFont(BOLD, FONTS / "DejaVuSansCondensed-Bold.ttf")
    for font in (plain, bold):
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)
    return frozenset(plain.face.charToGlyph) & frozenset(bold.face.charToGlyph)


class Ink:
    """Writes texts as paragraphs, and remembers whether one held a letter that cannot be drawn."""

    def __init__(self) -> None:
        """Bring the font in."""
        self.letters = _letters()
        self.lacking = False

    def text(self, text: str, style: Style = Style.PLAIN) -> Paragraph:
        """Write a text as it stands: nothing in it is markup."""
        return Paragraph(self.safe(text), _style(style))

    def status(self, status: Status, word: str) -> Paragraph:
        """Write a status: its shape and word in its colour."""
        return Paragraph(self.mark(status, f"<b>{self.safe(word)}</b>"), _style(Style.PLAIN))

    def marked(self, marks: Iterable[tuple[Status, str]], rest: str) -> Paragraph:
        """Write statuses side by side, each held together, and a text after them."""
        parts = [self.mark(status, f"<b>{self.held(word)}</b>") for status, word in marks]
        return Paragraph(GAP.join([*parts, self.safe(rest)]), _style(Style.TALLY))

    def legend(self) -> Paragraph:
        """Explain the shapes."""
        parts = [self.mark(status, self.held(said)) for status, said in words.LEGEND]
        return Paragraph(GAP.join(parts), _style(Style.FOOT))

    def pair(self, name: str, says: str) -> Paragraph:
        """Write the heading of a group with its counts."""
        return Paragraph(
            f'<font name="{BOLD}" size="9" color="{LIGHT.ink}">{self.safe(name)}</font>{GAP}{self.safe(says)}',
            _style(Style.GOAL),
        )

    def lead(self, name: str, sentence: str) -> Paragraph:
        """Write a name in bold and the sentence that goes on from it."""
        return Paragraph(f"<b>{self.safe(name)}</b> {self.safe(sentence)}", _style(Style.PLAIN))

    def mark(self, status: Status, markup: str) -> str:
        """Put the shape of a status before a text, both in its colour."""
        return f'<font color="{COLOURS[shape(status)]}">{words.sign_of(status)}\N{NO-BREAK SPACE}{markup}</font>'

    def held(self, text: str) -> str:
        """Keep a text on one line."""
        return self.safe(text).replace(" ", "\N{NO-BREAK SPACE}")

    def safe(self, text: str) -> str:
        """Escape a text; what the font cannot draw becomes a box, what nobody sees goes."""
        cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."
        drawn = []
        for letter in unicodedata.normalize("NFC", cut):
            kind = unicodedata.category(letter)
            if letter.isspace():
                drawn.append("\N{NO-BREAK SPACE}" if letter in "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}" else " ")
            elif kind in {"Cc", "Cf"} or "VARIATION SELECTOR" in unicodedata.name(letter, ""):
                continue
            elif ord(letter) not in self.letters or unicodedata.bidirectional(letter) in BACKWARDS:
                self.lacking = True
                drawn.append(BOX)
            else:
                drawn.append(letter)
        return escape("".join(drawn))
