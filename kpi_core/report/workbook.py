"""The report as a workbook: the board with native sparklines, and a sheet for each KPI with all its periods."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

import xlsxwriter

from kpi_core.kpi import Tier
from kpi_core.report import words
from kpi_core.report.workbook_looks import Looks, holds, number_format, shown_in
from kpi_core.report.workbook_names import in_formula, sheet_names
from kpi_core.report.workbook_sheet import HEAD_ROW, write_kpi

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from kpi_core.report.value import Report, ReportRow, Told

BOARD = "Board"
COLUMNS = (
    ("Goal", 24),
    ("KPI", 30),
    ("Status", 20),
    ("Actual", 15),
    ("Period", 16),
    ("Target", 15),
    ("Target in words", 26),
    ("Trend", 26),
    ("Against the target", 44),
    ("Really changing?", 44),
    ("Will it get there?", 44),
    ("Owner", 20),
    ("Comes from", 44),
)
GOAL, KPI, STATUS, ACTUAL, PERIOD, TARGET, IN_WORDS, TREND, SENTENCE, SIGNAL, OUTLOOK, OWNER, FROM = range(13)
DRAWN = 24
"""Periods of a sparkline, as many as the card of a board draws."""
ROW_HEIGHT = 46


def to_workbook(report: Report) -> bytes:
    """Write the workbook. Numbers and days are real ones, texts are never formulas, whatever they begin with."""
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(data, options)
    made = datetime.combine(report.made_on, time())
    book.set_properties({"title": words.title_of(report), "author": report.business, "created": made})
    book.set_size(2400, 1500)
    names = sheet_names([BOARD, *(row.card.kpi.name for row in report.rows)])
    board = _Board(report, book.add_worksheet(names[0]), Looks(book), names[1:])
    board.write()
    for row, name in zip(report.rows, names[1:], strict=True):
        write_kpi(book, book.add_worksheet(name), row, board.looks)
    book.close()
    return data.getvalue()


@dataclass(frozen=True)
class _Board:
    """The first sheet: what the printed page says, a column for each thing that is said."""

    report: Report
    page: Worksheet
    looks: Looks
    sheets: list[str]

    def write(self) -> None:
        report, page, looks = self.report, self.page, self.looks
        looks.write(page, (0, 0), words.title_of(report), bold=True, font_size=16)
        looks.write(page, (1, 0), words.subtitle_of(report))
        counts = [f"{words.sign_of(status)} {count} {word}" for status, count, word in report.tally]
        looks.write(page, (2, 0), "   ".join([*counts, report.counts]).strip())
        head = 4
        for at, (name, width) in enumerate(COLUMNS):
            page.set_column(at, at, width)
            looks.head(page, (head, at), name, right=at in {ACTUAL, TARGET})
        at = head + 1
        for group in report.groups:
            for row in group.rows:
                self.row(at, group.name, row, self.sheets[at - head - 1])
                at += 1
        if not report.rows:
            looks.write(page, (at, 0), words.NOTHING)
            at += 1
        else:
            page.autofilter(head, 0, at - 1, len(COLUMNS) - 1)
        self.below(at + 1)
        self.settle(head)

    def row(self, at: int, goal: str, row: ReportRow, sheet: str) -> None:
        """Write one KPI and its sparkline, which is drawn from its own sheet."""
        card, kpi, looks, page = row.card, row.card.kpi, self.looks, self.page
        page.set_row(at, ROW_HEIGHT)
        top = {"valign": "top", "text_wrap": True}
        judged = kpi.tier is Tier.KPI
        texts = {
            GOAL: goal,
            PERIOD: words.period_of(row),
            IN_WORDS: card.target_text,
            SENTENCE: card.judgement.sentence if judged else "",
            SIGNAL: row.signal,
            OUTLOOK: card.outlook,
            OWNER: kpi.owner,
            FROM: row.comes_from,
        }
        for column, text in texts.items():
            looks.write(page, (at, column), text, **top)
        looks.link(page, (at, KPI), kpi.name, sheet)
        if row.status is not None:
            looks.status(page, (at, STATUS), row.status, card.judgement.word)
        look = {"valign": "top", "num_format": number_format(kpi.unit, row.style, [card.actual], kpi.decimals)}
        looks.number(page, (at, ACTUAL), card.actual, kpi.unit, card.actual_text, bold=not card.greyed, **look)
        self.target(at, row)
        count = min(len(row.past), DRAWN)
        if any(holds(line.actual.value, kpi.unit) for line in row.past[-DRAWN:]):
            last = HEAD_ROW + len(row.past)
            cells = f"B{last - count + 2}:B{last + 1}"
            self.page.add_sparkline(
                at,
                TREND,
                {
                    "range": f"{in_formula(sheet)}!{cells}",
                    "series_color": looks.ink,
                    "last_point": True,
                    "last_color": looks.ink,
                    "show_hidden": True,
                    "empty_cells": "gaps",
                },
            )

    def target(self, at: int, row: ReportRow) -> None:
        """Write the target as a number where it is one; a range stands in words."""
        card, kpi = row.card, row.card.kpi
        bounds = () if card.target is None else card.target.bounds
        if len(bounds) == 1:
            value = bounds[0].value
            look = {"valign": "top", "num_format": number_format(kpi.unit, row.style, [value], kpi.decimals)}
            self.looks.number(self.page, (at, TARGET), value, kpi.unit, row.target, **look)
        else:
            self.looks.write(self.page, (at, TARGET), row.target, valign="top", text_wrap=True, align="right")

    def below(self, at: int) -> None:
        """Write what stands under the board: changes, actions, what is not known, where it comes from."""
        report, page, looks = self.report, self.page, self.looks

        def told(title: str, lines: tuple[Told, ...], nothing: str) -> None:
            nonlocal at
            looks.write(page, (at, 0), title, bold=True, font_size=12)
            at += 1
            for each in lines:
                looks.write(page, (at, KPI), each.kpi, bold=True, valign="top", text_wrap=True)
                looks.write(page, (at, STATUS), each.sentence, valign="top")
                at += 1
            if not lines:
                looks.write(page, (at, 0), nothing)
                at += 1
            at += 1

        if report.rows:
            told(words.CHANGES, report.changes, words.NO_CHANGES)
            at = self.actions(at)
        if report.unknown:
            told(words.UNKNOWN, report.unknown, "")
        if report.rows:
            legend = "   ".join(f"{words.sign_of(status)} {said}" for status, said in words.LEGEND)
            looks.write(page, (at, 0), legend)
        looks.write(page, (at + 1, 0), words.made_of(report))

    def actions(self, at: int) -> int:
        """Write the actions with real days; give the row after them."""
        report, page, looks = self.report, self.page, self.looks
        looks.write(page, (at, 0), words.ACTIONS, bold=True, font_size=12)
        if not report.actions:
            looks.write(page, (at + 1, 0), words.NO_ACTIONS)
            return at + 3
        places = (KPI, SENTENCE, OWNER, PERIOD, STATUS)
        for column, name in zip(places, words.ACTION_COLUMNS, strict=True):
            looks.write(page, (at + 1, column), name, bold=True)
        at += 2
        for each in report.actions:
            for column, text in zip(places, (each.kpi, each.what, each.owner, "", each.state), strict=True):
                looks.write(page, (at, column), text, valign="top", text_wrap=True)
            looks.day(page, (at, PERIOD), each.due, valign="top")
            at += 1
        return at + 1

    def settle(self, head: int) -> None:
        """Freeze the headings, and print it on one page across."""
        page = self.page
        page.freeze_panes(head + 1, 2)
        page.set_landscape()
        page.set_paper(words.paper_number(self.report.style.locale))
        page.fit_to_pages(1, 0)
        page.repeat_rows(head)
        page.set_footer(f"&L{shown_in(words.title_of(self.report))}&RPage &P of &N")
        page.hide_gridlines(1)
