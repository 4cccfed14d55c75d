"""The report as one HTML file that asks nothing of the network and runs nothing; it prints on A4 and Letter."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import fields
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_core.board.spark import Box, sparkline
from kpi_core.palette import DARK, LIGHT, Palette
from kpi_core.report import words
from kpi_core.report.words import sentences_of
from kpi_core.status import Shape, Status, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpi_core.board.spark import Spot
    from kpi_core.report.value import Report, ReportGroup, ReportRow, Told

HERE = Path(__file__).parent
BOX = Box(200.0, 36.0, 4.0)
SHAPES = {
    Shape.CIRCLE: '<circle cx="6" cy="6" r="5.4" fill="currentColor"/>',
    Shape.TRIANGLE: '<path d="M6 .6L11.8 11.2H.2z" fill="currentColor"/>',
    Shape.SQUARE: '<path d="M.8.8h10.4v10.4H.8z" fill="currentColor"/>',
    Shape.RING: '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.8"/>',
}
TONES = {Shape.CIRCLE: "green", Shape.TRIANGLE: "amber", Shape.SQUARE: "red", Shape.RING: "grey"}


def to_html(report: Report) -> str:
    """Write the whole page. Every text is escaped and stands in its own direction (right-to-left names stay whole).

    The policy in its head lets nothing be loaded and nothing run; its one style sheet is named by its fingerprint.
    """
    title = escape(words.title_of(report))
    style = _style()
    fingerprint = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{fingerprint}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}, {report.as_of.isoformat()}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{_own(words.title_of(report))}</h1>"
        f'<p class="under">{escape(words.subtitle_of(report))}</p></header>\n'
        f"<main>\n{_board(report)}{_changes(report)}{_actions(report)}{_unknown(report)}</main>\n{_footer(report)}"
        "</body>\n</html>\n"
    )


@cache
def _style() -> str:
    """Give the style sheet with the palette, light and dark; printed in the light one."""
    light, dark = (
        "".join(f"--{each.name.replace('_', '-')}:{getattr(colours, each.name)};" for each in fields(Palette))
        for colours in (LIGHT, DARK)
    )
    sheet = (HERE / "report.css").read_text("utf-8")
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{sheet}"


def _own(text: str) -> str:
    """Write a text of the owner: escaped, and in its own direction whatever stands around it."""
    return f"<bdi>{escape(text)}</bdi>" if text else ""


def _status(status: Status, word: str) -> str:
    drawn = shape(status)
    return (
        f'<span class="status {TONES[drawn]}"><svg viewBox="0 0 12 12" aria-hidden="true">{SHAPES[drawn]}</svg>'
        f"<span>{escape(word)}</span></span>"
    )


def _board(report: Report) -> str:
    if not report.rows:
        return f"<p>{words.NOTHING}</p>\n"
    counts = "".join(f"<li>{_status(status, f'{count} {word}')}</li>" for status, count, word in report.tally)
    total = f'<li class="sum">{escape(report.counts)}</li>' if report.counts else ""
    heads = "".join(f'<th scope="col" class="c{at}">{escape(name)}</th>' for at, name in enumerate(words.COLUMNS))
    groups = "".join(_group(group, report) for group in report.groups)
    tally = f'<ul class="tally">{counts}{total}</ul>\n' if counts or total else ""
    return f'{tally}<table class="board"><thead><tr>{heads}</tr></thead>\n{groups}</table>\n'


def _group(group: ReportGroup, report: Report) -> str:
    says = f"<small>{escape(group.counts)}</small>" if group.counts else ""
    head = f'<tbody class="goal"><tr><th colspan="5" scope="rowgroup">{_own(group.name)}{says}</th></tr></tbody>\n'
    return head + "".join(_row(row, report) for row in group.rows)


def _row(row: ReportRow, report: Report) -> str:
    card = row.card
    owner = f"<small>{_own(card.kpi.owner)}</small>" if card.kpi.owner else ""
    star = " ★" if card.kpi.north_star else ""
    name = f"{_own(card.kpi.name)}{star}{owner}"
    said = " ".join(escape(each) for each in sentences_of(row, report))
    if row.status is None:
        # Without status and target its words have room beside the value
        words_below = f'<small class="said">{said}</small>' if said else ""
        return (
            f'<tbody class="kpi"><tr><th scope="row" colspan="2">{name}{words_below}</th>{_value(row)}'
            f'<td class="c3"></td><td class="c4">{_spark(row)}</td></tr></tbody>\n'
        )
    below = f'<tr class="words"><td colspan="5">{said}</td></tr>' if said else ""
    return (
        f'<tbody class="kpi"><tr><td class="c0">{_status(row.status, card.judgement.word)}</td>'
        f'<th scope="row" class="c1">{name}</th>{_value(row)}{_target(row)}'
        f'<td class="c4">{_spark(row)}</td></tr>{below}</tbody>\n'
    )


def _value(row: ReportRow) -> str:
    card = row.card
    if not card.actual_text:
        return f'<td class="c2 none">{words.NO_VALUE}</td>'
    old = " old" if card.greyed else ""
    return f'<td class="c2{old}"><b>{escape(card.actual_text)}</b><small>{escape(words.period_of(row))}</small></td>'


def _target(row: ReportRow) -> str:
    why = f"<small>{escape(row.target_why)}</small>" if row.target_why else ""
    return f'<td class="c3">{escape(row.target)}{why}</td>'


def _spark(row: ReportRow) -> str:
    drawn = sparkline(row.card.trend, box=BOX)
    if drawn.last is None:
        return ""
    text = escape(row.card.trend_text)
    goals = "".join(f'<path class="goal" d="{_goal(run)}"/>' for run in (*drawn.low, *drawn.high))
    lines = "".join(
        f'<path class="lone" d="M{_spot(run[0])}h.01"/>' if len(run) == 1 else f'<path class="line" d="{_path(run)}"/>'
        for run in drawn.runs
    )
    return (
        f'<svg class="spark" viewBox="0 0 {BOX.width:g} {BOX.height:g}" preserveAspectRatio="none" role="img" '
        f'aria-label="{text}"><title>{text}</title>{goals}{lines}'
        f'<path class="last" d="M{_spot(drawn.last)}h.01"/></svg>'
    )


def _goal(run: Sequence[Spot]) -> str:
    """Draw a run of targets; the target of a single period goes through the whole box."""
    return f"M{BOX.margin:g} {run[0].y:.1f}H{BOX.width - BOX.margin:g}" if len(run) == 1 else _path(run)


def _path(run: Sequence[Spot]) -> str:
    return "M" + "L".join(_spot(spot) for spot in run)


def _spot(spot: Spot) -> str:
    return f"{spot.x:.1f} {spot.y:.1f}"


def _changes(report: Report) -> str:
    return _section(words.CHANGES, _told(report.changes) or f"<p>{words.NO_CHANGES}</p>") if report.rows else ""


def _unknown(report: Report) -> str:
    return _section(words.UNKNOWN, _told(report.unknown, ":")) if report.unknown else ""


def _told(told: Iterable[Told], mark: str = "") -> str:
    lines = "".join(f"<li><b>{_own(each.kpi)}{mark}</b> {escape(each.sentence)}</li>" for each in told)
    return f'<ul class="told">{lines}</ul>' if lines else ""


def _actions(report: Report) -> str:
    if not report.rows:
        return ""
    if not report.actions:
        return _section(words.ACTIONS, f"<p>{words.NO_ACTIONS}</p>")
    heads = "".join(f'<th scope="col">{name}</th>' for name in words.ACTION_COLUMNS)
    lines = "".join(
        f'<tr><th scope="row">{_own(each.kpi)}</th><td>{_own(each.what)}</td><td>{_own(each.owner)}</td>'
        f"<td>{escape(words.due_of(each, report))}</td><td>{escape(each.state)}</td></tr>"
        for each in report.actions
    )
    table = f'<table class="actions"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'
    return _section(
        words.ACTIONS, f'<div class="wide" role="group" aria-label="{words.ACTIONS}" tabindex="0">{table}</div>'
    )


def _section(title: str, body: str) -> str:
    return f"<section><h2>{title}</h2>{body}</section>\n"


def _footer(report: Report) -> str:
    shown = "".join(f"<li>{_status(status, word)}</li>" for status, word in words.LEGEND)
    legend = f"<ul>{shown}<li>{words.TREND_LEGEND}</li></ul>" if report.rows else ""
    return f"<footer>{legend}<p>{escape(words.made_of(report))}</p></footer>\n"
