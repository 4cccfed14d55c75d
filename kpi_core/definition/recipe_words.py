"""A recipe in words: what an owner answered once, and how a row is known again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.source import Recognition

if TYPE_CHECKING:
    from kpi_core.source import Recipe

ANSWERS = {
    ("date-order", "day-first"): "day first (31/12)",
    ("date-order", "month-first"): "month first (12/31)",
    ("date-order", "year-first"): "year first",
    ("decimal", "comma"): "decimal comma (1.234,50)",
    ("decimal", "point"): "decimal point (1,234.50)",
    ("totals", "leave-out"): "lines that look like totals are totals",
    ("totals", "keep"): "lines that look like totals are rows",
    ("extra-cells", "last"): "the last cells have no heading",
    ("extra-cells", "first"): "the first cells have no heading",
    ("header", "none"): "the files have no headings",
    ("header", "first-row"): "the first row holds the headings",
    ("duplicate-key", "each"): "rows of one key are lines of an order, every one counts",
    ("duplicate-key", "last"): "of rows with one key the last counts",
}


def answer_words(question: str, choice: str) -> str:
    """Say what was answered once.

    >>> answer_words("decimal", "comma"), answer_words("header", "3"), answer_words("currency", "EUR")
    ('decimal comma (1.234,50)', 'row 3 holds the headings', 'only EUR counts')
    """
    match question:
        case "header" if choice.isdecimal():
            return f"row {choice} holds the headings"
        case "currency":
            return f"only {choice} counts"
        case "encoding":
            return f"letters are written as {choice}"
        case _:
            return ANSWERS.get((question, choice), f"{question}: {choice}")


def known_again(recipe: Recipe) -> str:
    """Say how a row of an earlier file is known again in a later one."""
    match recipe.recognition:
        case Recognition.KEY if recipe.key:
            return f"by {', '.join(recipe.key)}"
        case Recognition.WHOLE_TRUTH:
            return "it is not: each file replaces the days it covers"
        case _:
            return "by all that it holds"
