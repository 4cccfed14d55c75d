"""A case by its seed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

from benchmarks.unseen import book, frames, headers, oddities, openness, physical, rows, tails
from benchmarks.unseen.book import as_workbook
from benchmarks.unseen.case import Case, Shape, Truth
from benchmarks.unseen.draft import ALL, Draft, Physical, Role
from benchmarks.unseen.drawing import Cell, Column, Days, Layout, balanced, columns, draw, happens, layouts, said
from benchmarks.unseen.hazard import inflict
from benchmarks.unseen.locales import LOCALES, Locale
from benchmarks.unseen.physical import MISSING, as_bytes
from benchmarks.unseen.wide import wide_draft, wide_truth
from benchmarks.unseen.wishes import CODES, pairs, style
from benchmarks.unseen.writing import DAYS, MONEY

LAST_MONTH = 2026 * 12 + 9
"""October 2026, counted in months: no export is from the future."""
STAGES = (oddities, headers, rows, tails, frames)
"""What is done to a table, in this order; then to its bytes, or to its workbook."""
FEW, SOME, MANY = (5, 15), (16, 60), (61, 400)


def made(seed: int, most: int | None = None) -> Case:
    """Make the export of a seed, of so many rows at most; the same seed makes the same bytes."""
    rng = Random(f"unseen export {seed}")  # noqa: S311 -- the same seed must make the same file
    first = CODES[seed % len(CODES)]
    wished = {first, *rng.sample(CODES, rng.randint(2, 9))}
    if not first.startswith("workbook") and happens(rng, 0.7):
        wished = {each for each in wished if not each.startswith("workbook")}
    layout, codes = rng.choice(pairs(first, layouts()))
    locale = LOCALES[rng.choice(codes)]
    low, high = rng.choice((FEW, SOME, SOME, MANY))
    count = min(rng.randint(low, high), most or high)
    draft = _draft(layout, locale, wished, count, rng)
    draft.physical = _physical(layout, locale, wished, rng)
    draft.write()
    for stage in (*STAGES, book if draft.physical.workbook else physical):
        inflict(draft, wished, stage.__name__)
    openness.days(draft)
    openness.decimals(draft)
    _imply(draft)
    return _case(seed, draft)


def _draft(layout: Layout, locale: Locale, wished: set[str], count: int, rng: Random) -> Draft:
    written = style(layout, locale, wished, rng)
    months = rng.randint(1, 14)
    start = rng.randint(2023 * 12, LAST_MONTH - months + 1)
    first = date(start // 12, start % 12 + 1, 1)
    end = start + months - 1
    last = date(end // 12, end % 12 + 1, monthrange(end // 12, end % 12 + 1)[1])
    if layout.wide:
        return wide_draft(layout, locale, written, (first, months), rng)
    named = columns(layout, locale)
    days = Days(first, last, 12 if "H44" in wished else 31)
    drawn = draw(layout, locale, days, count, rng)
    _repeat(layout, drawn, rng)
    opening = Decimal(rng.randint(10_000, 900_000)).scaleb(-2)
    closing = balanced(layout, locale, drawn, opening)
    descending = layout.name == "bank_newest_first" or happens(rng, 0.25)
    if descending:
        drawn.reverse()
    elif ("shuffled" in wished or ("H44" in wished and happens(rng, 0.7))) and "balance" not in layout.kinds():
        rng.shuffle(drawn)
    date_column = next((each for each in named if each.key == layout.date), None)
    average = bool(layout.average) and ("average" in wished or happens(rng, 0.2))
    values = layout.average if average else layout.value
    chosen = rng.choice(values) if values and (happens(rng, 0.9) or not layout.date) else None
    value = next((each for each in named if each.key == chosen), None)
    if "dash for nothing" in wished and value and value.kind == "money" and "balance" not in layout.kinds():
        for row in rng.sample(drawn, max(1, len(drawn) // 12)):
            row[value.key] = Decimal("0.00")
    if "H64" in wished and value and value.kind == "money" and "balance" not in layout.kinds():
        for row in rng.sample(drawn, max(1, len(drawn) // 12)):
            row[value.key] = None
    where = _where(layout, locale, wished, rng)
    return Draft(
        rng,
        layout,
        locale,
        written,
        [each for each in named if not each.hidden],
        drawn,
        date_column,
        value,
        where,
        "count" if value is None else "average" if average else "sum",
        first=first,
        last=last,
        opening=opening,
        closing=closing,
        descending=descending,
    )


def _repeat(layout: Layout, drawn: list[dict[str, Cell]], rng: Random) -> None:
    """Let lines of one invoice share what is the invoice's."""
    for above, row in pairwise(drawn):
        if layout.repeats and happens(rng, 0.5):
            row.update({key: above[key] for key in list(row)[:5]})


def _where(layout: Layout, locale: Locale, wished: set[str], rng: Random) -> tuple[Column, tuple[str, ...]] | None:
    must = layout.mixed or bool({"H40", "H41", "H42", "H69"} & wished)
    if not layout.where or not (must or happens(rng, 0.35)):
        return None
    key, _, wanted = rng.choice(layout.where).partition(" = ")
    column = next(each for each in columns(layout, locale) if each.key == key)
    texts = wanted.split("|")
    if column.kind in {"words", "letter"}:
        texts = [said(f"@{each}", locale) for each in texts]
    return column, tuple(texts)


def _physical(layout: Layout, locale: Locale, wished: set[str], rng: Random) -> Physical:
    made = Physical("," if layout.comma else locale.delimiter, rng.choice(locale.encodings))
    made.line_end = rng.choice(("\r\n", "\n", "\n"))
    if {"workbook: typed", "workbook: cover sheet", "workbook: sheet of notes", "workbook: set in"} & wished:
        made.workbook = "typed"
    if "workbook: text" in wished:
        made.workbook = "text"
    if made.workbook:
        made.suffix, made.encoding, made.delimiter = ".xlsx", "", ""
    if "tabs" in wished:
        made.delimiter, made.suffix = "\t", rng.choice((".tsv", ".txt"))
    elif "bars" in wished:
        made.delimiter, made.suffix = "|", ".txt"
    return made


IMPLIED: dict[str, Callable[[Draft], bool]] = {
    "H39": lambda draft: bool(draft.layout.repeats),
    "months as days": lambda draft: "month" in draft.layout.kinds(),
    "H40": lambda draft: draft.where is not None,
    "H41": lambda draft: draft.layout.mixed or draft.layout.name == "journal",
    "H42": lambda draft: draft.layout.mixed,
    "H46": lambda draft: draft.style.day == "dd.MM.yy",
    "H47": lambda draft: draft.style.day.startswith("yyyy.") or draft.style.day.startswith("yyyy. "),
    "H48": lambda draft: "MMM" in draft.style.day + draft.style.stamp,
    "H50": lambda draft: "hourkey" in draft.layout.kinds(),
    "H55": lambda draft: sum(each.kind in DAYS for each in draft.columns) > 1,
    "H56": lambda draft: not draft.layout.date and not draft.layout.wide,
    "H57": lambda draft: bool(draft.layout.wide),
    "H65": lambda draft: "percent" in draft.layout.kinds(),
    "H66": lambda draft: "clock" in draft.layout.kinds(),
    "H67": lambda draft: "minor" in draft.layout.kinds(),
    "H68": lambda draft: "in" in draft.layout.kinds(),
    "H69": lambda draft: "letter" in draft.layout.kinds(),
    "H70": lambda draft: bool({"zeros", "long"} & draft.layout.kinds()),
}
"""What a layout or a style brings with it."""
WRITTEN: dict[str, Callable[[Draft], bool]] = {
    "H10": lambda draft: draft.physical.delimiter == ";",
    "H11": lambda draft: draft.physical.delimiter == "," == draft.style.decimal,
    "H43": lambda draft: draft.locale.language == "en" and draft.style.day[0] == "d" and "MMM" not in draft.style.day,
    "H45": lambda draft: draft.style.day == "M/d/yy" and draft.style.decimal == ",",
    "H49": lambda draft: "xxx" in draft.style.stamp or draft.style.stamp.endswith(" Z"),
    "H58": lambda draft: (bool(draft.style.sign) or draft.style.plus) and bool(draft.places(*MONEY)),
    "H59": lambda draft: draft.style.group == "," == draft.physical.delimiter,
    "H60": lambda draft: draft.style.group == "." and draft.style.decimal == ",",
    "H61": lambda draft: bool(draft.style.group) and draft.style.group in "'\N{RIGHT SINGLE QUOTATION MARK}",
    "H62": lambda draft: (
        draft.style.group in {"\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"}
        or draft.style.space == "\N{NO-BREAK SPACE}"
    ),
    "H63": lambda draft: draft.style.minus == "parens" and negative(draft),
    "H64": lambda draft: bool(draft.style.blank) and missing(draft),
    "trailing minus": lambda draft: draft.style.minus == "trail" and negative(draft),
    "true minus": lambda draft: draft.style.minus == "true minus" and negative(draft),
    "spaced minus": lambda draft: draft.style.minus == "spaced" and negative(draft),
    "minus after the sign": lambda draft: (
        draft.style.minus == "after sign" and bool(draft.style.sign) and negative(draft)
    ),
    "currency code in cells": lambda draft: draft.style.sign == draft.locale.currency and bool(draft.places(*MONEY)),
    "dash for nothing": lambda draft: bool(draft.style.zero) and nothing(draft),
    "weekday with the day": lambda draft: draft.style.day.startswith("EEE"),
    "tabs": lambda draft: draft.physical.delimiter == "\t",
    "bars": lambda draft: draft.physical.delimiter == "|",
    "average": lambda draft: draft.aggregate == "average",
    "newest first": lambda draft: draft.descending,
}
"""The same, where the cells are texts."""


def negative(draft: Draft) -> bool:
    """Tell whether any amount is below zero."""
    cells = [row[each.key] for row in draft.rows for each in draft.columns if each.kind in MONEY]
    return any(isinstance(cell, Decimal) and cell < 0 for cell in cells)


def nothing(draft: Draft) -> bool:
    """Tell whether any amount is zero."""
    return any(row[each.key] == 0 for row in draft.rows for each in draft.columns if each.kind in MONEY)


def missing(draft: Draft) -> bool:
    """Tell whether any amount is missing."""
    return any(row[each.key] is None for row in draft.rows for each in draft.columns if each.kind in MONEY)


def _imply(draft: Draft) -> None:
    rules = IMPLIED if draft.physical.workbook == "typed" else IMPLIED | WRITTEN
    draft.hazards |= {code for code, holds in rules.items() if holds(draft)}
    if draft.physical.workbook:
        draft.hazards.add(f"workbook: {draft.physical.workbook}")


def _case(seed: int, draft: Draft) -> Case:
    workbook = draft.physical.workbook
    data = as_workbook(draft) if workbook else as_bytes(draft)
    shape = Shape.WIDE if draft.layout.wide else Shape.NO_DATE if draft.date is None else Shape.LONG
    picked = None
    if shape is Shape.LONG and draft.date and draft.value and not draft.by_number and draft.aggregate == "sum":
        headings = {each.key: each.heading for each in draft.columns}
        too = [headings[key] for key in draft.layout.too]
        values = [headings[key] for key in draft.layout.value]
        picked = ((draft.date.heading, *too), (*values, *too))
    return Case(
        seed,
        f"export-{seed}{draft.physical.suffix}",
        data,
        draft.layout.kind,
        draft.layout.name,
        draft.locale.code,
        shape,
        frozenset(draft.hazards),
        _args(draft, shape),
        _truth(draft, shape),
        picked,
        _clean(draft),
        draft.physical.encoding,
        draft.physical.delimiter,
    )


def _args(draft: Draft, shape: Shape) -> tuple[str, ...]:
    if shape is Shape.WIDE:
        return ("--line", draft.wide_line)
    args = ["--by", ALL if draft.date is None else "month", "--aggregate", draft.aggregate]
    if draft.date is not None:
        args += ["--date", draft.named(draft.date)]
    if draft.value is not None:
        args += ["--value", draft.named(draft.value)]
    if draft.where is not None:
        args += ["--where", f"{draft.named(draft.where[0])}={'|'.join(draft.where[1])}"]
    return tuple(args)


def _truth(draft: Draft, shape: Shape) -> Truth:
    if shape is Shape.WIDE:
        return replace(wide_truth(draft), ask_ok=frozenset(draft.ask_ok), answers=draft.answers)
    also = (draft.values(draft.lost | draft.doubtful),) if draft.doubtful else ()
    usable = len(draft.rows) - len(draft.lost)
    plain = draft.where is None and not {"H37", "H38"} & draft.hazards
    return Truth(
        draft.values(draft.lost),
        also,
        (usable - len(draft.doubtful), usable) if plain else None,
        frozenset(draft.ask_ok),
        draft.must_ask,
        draft.answers,
    )


def _clean(draft: Draft) -> tuple[tuple[str, ...], ...]:
    """Give the table as pure records: header, then rows, each as wide as the data."""
    width = draft.width()
    first = "CH" if "H30" in draft.hazards else ""
    header = [first] * draft.shift + [each.heading for each in draft.columns]
    kept = [each for each in draft.records if each.role in {Role.DATA, Role.ITEM}]
    rows = [[*each.cells, *[""] * width][:width] for each in kept]
    return tuple(tuple(cell.replace(MISSING, "") for cell in row) for row in [header, *rows])
