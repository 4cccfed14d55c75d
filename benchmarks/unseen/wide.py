"""Tables whose columns are periods: a line a row, a month a column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from babel.dates import format_date

from benchmarks.unseen.case import Truth
from benchmarks.unseen.draft import Draft
from benchmarks.unseen.drawing import CENT, Cell, Column, Layout, happens, said
from benchmarks.unseen.locales import Locale
from benchmarks.unseen.writing import Style

PATTERNS = ("LLL y", "LLL y", "LLLL y", "yyyy-MM", "MM/yyyy", "LLL yy", "LLL-yy")


def wide_draft(layout: Layout, locale: Locale, style: Style, span: tuple[date, int], rng: Random) -> Draft:
    """Draw a table of some months; the line marked with = is the first less all others."""
    first, count = span
    starts = [
        date(first.year + (first.month - 1 + more) // 12, (first.month - 1 + more) % 12 + 1, 1) for more in range(count)
    ]
    pattern = rng.choice(PATTERNS)
    months = [Column(f"{day:%Y-%m}", format_date(day, pattern, locale=locale.babel), "money") for day in starts]
    label = Column("label", rng.choice(("", said("@account", locale))), "label")
    rows: list[dict[str, Cell]] = []
    for line in layout.wide:
        name, _, limits = line.partition(":")
        row: dict[str, Cell] = {"label": said(name, locale)}
        for month in months:
            if name.startswith("="):
                others = [amount for each in rows[1:] if isinstance(amount := each[month.key], Decimal)]
                top = rows[0][month.key]
                assert isinstance(top, Decimal)
                row[month.key] = top - sum(others, Decimal(0))
            else:
                low, high = map(int, limits.split(" "))
                row[month.key] = Decimal(rng.randint(low * 100, high * 100)) * CENT
        rows.append(row)
    last = starts[-1]
    columns = [label, *months]
    if happens(rng, 0.5):
        columns.append(Column("total", said("@total", locale), "money"))
        for row in rows:
            row["total"] = sum(
                (amount for month in months if isinstance(amount := row[month.key], Decimal)), Decimal(0)
            )
    draft = Draft(rng, layout, locale, style, columns, rows, None, None, None, "sum", first=first, last=last)
    draft.wide_line = str(rng.choice(rows)["label"])
    draft.groups |= {"total", "header", "lines", "between", "tables", "sheets"}
    return draft


def wide_truth(draft: Draft) -> Truth:
    """Give the months of the line that is asked for."""
    row = next(each for each in draft.rows if each["label"] == draft.wide_line)
    found = {key: amount for key, amount in row.items() if key[:2] == "20" and isinstance(amount, Decimal)}
    return Truth({key: Fraction(amount) for key, amount in found.items()})
