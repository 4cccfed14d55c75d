"""Texts of the PDF: the bundled font, the styles, and what to do about letters that the font does not have."""

from __future__ import annotations

import unicodedata
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from kpi_core.palette import LIGHT
from kpi_core.report import pdf_looks as looks
from kpi_core.report import words
from kpi_core.report.pdf_looks import BOLD, FONT, Look
from kpi_core.status import Shape, Status, shape

if TYPE_CHECKING:
    from collections.abc import Iterable

FONTS = Path(__file__).parent / "fonts"
BOX: Final = "□"
"""Stands for what cannot be drawn."""
BACKWARDS: Final = frozenset({"R", "AL", "AN"})
"""Bidirectional classes that need an order and joined letters, which are not laid out here."""
GAP: Final = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE} "
SIGNS_AS_CODES: Final = str.maketrans({"₼": "AZN", "₾": "GEL", "₿": "BTC", "\u20c0": "KGS", "﷼": "IRR"})
"""Signs of money that the font does not have yet, as the codes that everybody reads."""
LONGEST, LONGEST_NAME = 1500, 400
"""Letters of one text, and of one name, that are drawn; no cell may be longer than its page."""
MOST_PLAIN = 0xFFFF
"""Characters beyond it are drawn, but reading programs would not find them again."""
COLOURS: Final = {
    Shape.CIRCLE: LIGHT.green,
    Shape.TRIANGLE: LIGHT.amber,
    Shape.SQUARE: LIGHT.red,
    Shape.RING: LIGHT.grey,
}


@cache
def _style(look: Look) -> ParagraphStyle:
    return ParagraphStyle(
        "",
        fontName=look.font,
        fontSize=look.size,
        leading=look.leading,
        textColor=look.colour,
        spaceBefore=look.above,
        spaceAfter=look.below,
        keepWithNext=look.stays,
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

    def text(self, text: str, look: Look = looks.PLAIN) -> Paragraph:
        """Write a text as it stands: nothing in it is markup."""
        return Paragraph(self.safe(text), _style(look))

    def status(self, status: Status, word: str) -> Paragraph:
        """Write a status: its shape and word in its colour."""
        return Paragraph(self.mark(status, f"<b>{self.safe(word)}</b>"), _style(looks.PLAIN))

    def marked(self, marks: Iterable[tuple[Status, str]], rest: str) -> Paragraph:
        """Write statuses side by side, each held together, and a text after them."""
        parts = [self.mark(status, f"<b>{self.held(word)}</b>") for status, word in marks]
        return Paragraph(GAP.join([*parts, self.safe(rest)]), _style(looks.TALLY))

    def legend(self) -> Paragraph:
        """Explain the shapes."""
        parts = [self.mark(status, self.held(said)) for status, said in words.LEGEND]
        return Paragraph(GAP.join(parts), _style(looks.FOOT))

    def pair(self, name: str, says: str) -> Paragraph:
        """Write the heading of a group with its counts."""
        return Paragraph(
            f'<font name="{BOLD}" size="9" color="{LIGHT.ink}">{self.safe(name)}</font>{GAP}{self.safe(says)}',
            _style(looks.GOAL),
        )

    def lead(self, name: str, sentence: str) -> Paragraph:
        """Write a name in bold and the sentence that goes on from it."""
        return Paragraph(f"<b>{self.safe(name)}</b> {self.safe(sentence)}", _style(looks.PLAIN))

    def mark(self, status: Status, markup: str) -> str:
        """Put the shape of a status before a text, both in its colour."""
        return f'<font color="{COLOURS[shape(status)]}">{words.sign_of(status)}\N{NO-BREAK SPACE}{markup}</font>'

    def held(self, text: str) -> str:
        """Keep a text on one line."""
        return self.safe(text).replace(" ", "\N{NO-BREAK SPACE}")

    def cut(self, text: str) -> str:
        """Shorten a name that would fill its narrow cell beyond a page."""
        return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]} ..."

    def safe(self, text: str) -> str:
        """Escape a text; what the font cannot draw becomes a box, what nobody sees goes."""
        cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."
        drawn = []
        for letter in unicodedata.normalize("NFC", cut).translate(SIGNS_AS_CODES):
            kind = unicodedata.category(letter)
            if letter.isspace():
                drawn.append("\N{NO-BREAK SPACE}" if letter in "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}" else " ")
            elif kind in {"Cc", "Cf"} or "VARIATION SELECTOR" in unicodedata.name(letter, ""):
                continue
            elif self.cannot(letter):
                self.lacking = True
                drawn.append(BOX)
            else:
                drawn.append(letter)
        return escape("".join(drawn))

    def cannot(self, letter: str) -> bool:
        """Tell whether a letter cannot be drawn, ordered or found again."""
        return (
            ord(letter) not in self.letters
            or ord(letter) > MOST_PLAIN
            or unicodedata.bidirectional(letter) in BACKWARDS
        )
