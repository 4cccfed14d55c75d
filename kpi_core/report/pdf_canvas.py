"""The foot of each page of the PDF: what it is, and which page of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kpi_core.palette import LIGHT
from kpi_core.report.pdf_looks import FONT

if TYPE_CHECKING:
    from datetime import date

FOOT, SIDE = 8 * mm, 15 * mm
SIZE = 7


class Numbered(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that waits with its pages until it knows how many there are."""

    said = ""

    def __init__(self, *given: object, **named: object) -> None:
        """Begin without pages."""
        super().__init__(*given, **named)
        self.waiting: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802 (reportlab's own name)
        """Put a page aside."""
        self.waiting.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write every page with its foot."""
        for number, page in enumerate(self.waiting, start=1):
            self.__dict__.update(page)
            self.setFont(FONT, SIZE)
            self.setFillColor(LIGHT.ink_2)
            if number > 1:
                self.drawString(SIDE, FOOT, self.said)
            self.drawRightString(self._pagesize[0] - SIDE, FOOT, f"Page {number} of {len(self.waiting)}")
            super().showPage()
        super().save()


def numbered(*given: object, said: str, made_on: date, **named: object) -> Numbered:
    """Make a canvas whose pages say what they belong to, and whose document was made on a day."""
    canvas = Numbered(*given, **named)
    canvas.said = said
    canvas.setDateFormatter(lambda *_now: f"D:{made_on:%Y%m%d}000000Z")
    return canvas
