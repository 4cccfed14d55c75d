"""The report as a PDF: one or two pages, drawn with a bundled font, good in black and white."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib import pagesizes
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer, Table

from kpi_core.board.spark import Box, sparkline
from kpi_core.palette import LIGHT
from kpi_core.report import pdf_looks as looks
from kpi_core.report import words
from kpi_core.report.pdf_canvas import numbered
from kpi_core.report.pdf_text import Ink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from kpi_core.board import TrendPoint
    from kpi_core.board.spark import Spot
    from kpi_core.report.value import Report, ReportGroup, ReportRow, Told

SIDE, TOP, BOTTOM = 15 * mm, 13 * mm, 16 * mm
SMALLER, SPARED = 0.93, 2
"""How much smaller everything may be drawn to spare the page of this number."""
SHARES = (0.17, 0.27, 0.17, 0.18, 0.21)
ACTION_SHARES = (0.22, 0.38, 0.16, 0.13, 0.11)
HEAD_LINE = ("LINEBELOW", (0, 0), (-1, 0), 0.9, LIGHT.ink_2)
FLUSH = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
)


def to_pdf(report: Report) -> bytes:
    """Write the document on the paper of the business's country: text that can be searched, title and language set.

    The same report always gives the same bytes. A second page that would hold a few lines only is spared by drawing
    everything a little smaller. What the font has no letter for is drawn as an empty box, and a line says so.
    """
    pages, written = _built(report, 1)
    if pages == SPARED:
        fewer, smaller = _built(report, SMALLER)
        written = smaller if fewer < pages else written
    return written


def _built(report: Report, scale: float) -> tuple[int, bytes]:
    """Write the document at a scale; give the number of its pages too."""
    data = io.BytesIO()
    paper = paper_of(report.style.locale)
    title = f"{words.title_of(report)}, {report.as_of.isoformat()}"
    about = {"title": title, "author": report.business, "subject": words.subtitle_of(report), "lang": "en"}
    document = BaseDocTemplate(data, pagesize=paper, invariant=1, displayDocTitle=1, creator="Signalbox", **about)
    width, height = (paper[0] - 2 * SIDE) / scale, (paper[1] - TOP - BOTTOM) / scale
    frame = Frame(SIDE / scale, BOTTOM / scale, width, height, 0, 0, 0, 0)

    def begin(canvas: Canvas, _document: object) -> None:
        canvas.saveState()
        canvas.scale(scale, scale)

    def end(canvas: Canvas, _document: object) -> None:
        canvas.restoreState()

    document.addPageTemplates(PageTemplate(frames=[frame], onPage=begin, onPageEnd=end))
    story = list(_Story(report, Ink(), width).parts())
    document.build(story, canvasmaker=partial(numbered, said=title, made_on=report.made_on))
    return document.page, data.getvalue()


def paper_of(locale: str) -> tuple[float, float]:
    """Give the paper that printers of a country hold, in points.

    >>> paper_of("en_US") == pagesizes.LETTER, paper_of("sv_SE") == pagesizes.A4
    (True, True)
    """
    width, height = pagesizes.LETTER if words.is_letter(locale) else pagesizes.A4
    return float(width), float(height)


class Spark(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The trend with its target, as large as its cell allows."""

    def __init__(self, trend: Sequence[TrendPoint], width: float, height: float = 8.5 * mm) -> None:
        """Keep what is drawn."""
        super().__init__()
        self.width, self.height = width, height
        self.drawn = sparkline(trend, box=Box(width, height, 3.0))

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Say how large it is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw targets dashed, values in one stroke a run, the newest value as a dot."""
        if self.drawn.last is None:
            return
        canvas: Canvas = self.canv
        canvas.setLineWidth(0.7)
        canvas.setStrokeColor(LIGHT.ink_2)
        canvas.setDash(2.6, 2)
        for run in (*self.drawn.low, *self.drawn.high):
            self._line(canvas, run if len(run) > 1 else (run[0], type(run[0])(3.0, run[0].y)))
        canvas.setDash()
        canvas.setLineWidth(0.9)
        canvas.setLineJoin(1)
        canvas.setStrokeColor(LIGHT.ink)
        canvas.setFillColor(LIGHT.ink)
        for run in self.drawn.runs:
            if len(run) == 1:
                self._dot(canvas, run[0], 0.9)
            self._line(canvas, run)
        self._dot(canvas, self.drawn.last, 1.6)

    def _line(self, canvas: Canvas, run: Sequence[Spot]) -> None:
        path = canvas.beginPath()
        path.moveTo(run[0].x, self.height - run[0].y)
        for spot in run[1:]:
            path.lineTo(spot.x, self.height - spot.y)
        canvas.drawPath(path)

    def _dot(self, canvas: Canvas, spot: Spot, size: float) -> None:
        canvas.circle(spot.x, self.height - spot.y, size, stroke=0, fill=1)


class _Story:
    """The parts of the document, from top to bottom."""

    def __init__(self, report: Report, ink: Ink, width: float) -> None:
        self.report, self.ink, self.width = report, ink, width

    def parts(self) -> Iterator[Flowable]:
        report, ink = self.report, self.ink
        yield ink.text(words.title_of(report), looks.TITLE)
        yield ink.text(words.subtitle_of(report), looks.UNDER)
        if not report.rows:
            yield Spacer(1, 6)
            yield ink.text(words.NOTHING)
        else:
            yield ink.marked([(status, f"{count} {word}") for status, count, word in report.tally], report.counts)
            yield self.board()
            yield from self.told(words.CHANGES, report.changes, "", words.NO_CHANGES)
            yield from self.actions()
            if report.unknown:
                yield from self.told(words.UNKNOWN, report.unknown, ":", "")
        yield from self.end()

    def board(self) -> Table:
        """Lay out the KPIs: a line of cells, its words across the page below it; nothing of a KPI is torn apart."""
        rows: list[list[object]] = [[self.ink.text(name, looks.HEAD) for name in words.COLUMNS]]
        marks: list[tuple[object, ...]] = [HEAD_LINE]
        for group in self.report.groups:
            self.group(group, rows, marks)
        widths = [share * self.width for share in SHARES]
        return Table(rows, widths, repeatRows=1, style=[*FLUSH, *marks])

    def group(self, group: ReportGroup, rows: list[list[object]], marks: list[tuple[object, ...]]) -> None:
        top = len(rows)
        rows.append([self.ink.pair(group.name, group.counts), "", "", "", ""])
        marks += [("SPAN", (0, top), (-1, top)), ("TOPPADDING", (0, top), (-1, top), 6)]
        for row in group.rows:
            first = len(rows)
            marks.append(("LINEABOVE", (0, first), (-1, first), 0.4, LIGHT.line))
            rows.append(self.cells(row))
            said = " ".join(words.sentences_of(row, self.report))
            if row.status is None:
                marks.append(("SPAN", (0, first), (1, first)))
            elif said:
                marks += [("SPAN", (0, first + 1), (-1, first + 1)), ("TOPPADDING", (0, first + 1), (-1, first + 1), 0)]
                marks.append(("BOTTOMPADDING", (0, first + 1), (-1, first + 1), 3.5))
                rows.append([self.ink.text(said, looks.SAID), "", "", "", ""])
            marks.append(("NOSPLIT", (0, top if first == top + 1 else first), (-1, len(rows) - 1)))

    def cells(self, row: ReportRow) -> list[object]:
        card, ink = row.card, self.ink
        name = [ink.text(f"{ink.cut(card.kpi.name)}{' ★' if card.kpi.north_star else ''}", looks.STRONG)]
        if card.kpi.owner:
            name.append(ink.text(ink.cut(card.kpi.owner), looks.SMALL))
        if card.actual_text:
            strong = looks.OLD if card.greyed else looks.VALUE
            value = [ink.text(card.actual_text, strong), ink.text(words.period_of(row), looks.SMALL)]
        else:
            value = [ink.text(words.NO_VALUE, looks.SMALL)]
        target = [ink.text(row.target)] + ([ink.text(ink.cut(row.target_why), looks.SMALL)] if row.target_why else [])
        spark = Spark(card.trend, SHARES[-1] * self.width)
        if row.status is None:
            said = " ".join(words.sentences_of(row, self.report))
            return [[*name, *([ink.text(said, looks.SMALL)] if said else [])], "", value, "", spark]
        return [ink.status(row.status, card.judgement.word), name, value, target, spark]

    def told(self, title: str, told: Sequence[Told], mark: str, nothing: str) -> Iterator[Flowable]:
        yield self.ink.text(title, looks.SECTION)
        for each in told:
            yield self.ink.lead(f"{each.kpi}{mark}", each.sentence)
        if not told:
            yield self.ink.text(nothing)

    def actions(self) -> Iterator[Flowable]:
        report, ink = self.report, self.ink
        yield ink.text(words.ACTIONS, looks.SECTION)
        if not report.actions:
            yield ink.text(words.NO_ACTIONS)
            return
        rows = [[ink.text(name, looks.HEAD) for name in words.ACTION_COLUMNS]]
        rows += [
            [
                ink.text(ink.cut(each.kpi), looks.STRONG),
                *(ink.text(text) for text in (each.what, ink.cut(each.owner), words.due_of(each, report), each.state)),
            ]
            for each in report.actions
        ]
        between = ("LINEBELOW", (0, 1), (-1, -2), 0.4, LIGHT.line)
        widths = [share * self.width for share in ACTION_SHARES]
        yield Table(rows, widths, repeatRows=1, style=[*FLUSH, HEAD_LINE, between])

    def end(self) -> Iterator[Flowable]:
        yield Spacer(1, 7)
        if self.report.rows:
            yield self.ink.legend()
            yield self.ink.text(words.TREND_LEGEND, looks.FOOT)
        yield self.ink.text(words.made_of(self.report), looks.FOOT)
        if self.ink.lacking:
            yield self.ink.text(words.NOT_DRAWN, looks.FOOT)
