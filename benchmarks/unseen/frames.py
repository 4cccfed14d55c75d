"""What stands above the rows of real exports: titles, keys and values, odd headers, other tables."""

from __future__ import annotations

from babel.dates import format_date

from benchmarks.unseen.draft import Draft
from benchmarks.unseen.drawing import happens
from benchmarks.unseen.hazard import hazard
from benchmarks.unseen.writing import number

DEFINITIONS = (
    "Includes marketplace, card and cash payments, refunds as they were paid out",
    "All amounts in the seller's own currency, unless specified",
    'Definitions: "Total" is what was paid, after fees; see the help pages, section 4',
    "Sales tax collected includes tax collected from buyers for product sales, shipping, and gift wrap",
)


def period(draft: Draft) -> str:
    """Say the period in words."""
    first, last = (format_date(each, "d MMMM y", locale=draft.locale.babel) for each in (draft.first, draft.last))
    draft.hinted = True
    return f"{first} - {last}"


@hazard("H18", "above")
def titles(draft: Draft) -> bool:
    """Title lines stand above."""
    title = f"{draft.said('report')} {draft.layout.name.replace('_', ' ')}"
    lines = [[title], [period(draft)]][: draft.rng.randint(1, 2)] if draft.date else [[title], [period(draft)]]
    draft.above(*lines, *([[]] if happens(draft.rng, 0.4) else []))
    return True


@hazard("H19", "above")
def keys_and_values(draft: Draft) -> bool:
    """What the file is about stands above as keys and values."""
    lines = [
        [draft.said("statement"), ""],
        [draft.said("holder"), "Sample & Co; Shop"],
        [draft.said("account"), "SE4550000000058398257466"],
        [draft.said("period"), period(draft)],
        [draft.said("opening"), number(draft.opening, 2, draft.style), draft.locale.currency],
        [draft.said("currency"), draft.locale.currency],
    ]
    picked = [each for each in lines if happens(draft.rng, 0.7)]
    draft.above(*picked, *([[]] if happens(draft.rng, 0.7) else []))
    return bool(picked)


@hazard("H20", "above")
def comments(draft: Draft) -> bool:
    """Comment lines stand above."""
    rule = "# ----------------------------------------"
    draft.above([rule], [f"# {draft.layout.name}"], [f"# {period(draft)}"], [rule], ["#"])
    return True


@hazard("H21", "above")
def definitions(draft: Draft) -> bool:
    """Definitions stand above."""
    draft.above(*[[each] for each in DEFINITIONS[: draft.rng.randint(2, 4)]])
    return True


@hazard("H22", "above")
def empty_rows(draft: Draft) -> bool:
    """Rows of delimiters alone stand above."""
    draft.above(*[[""] * draft.width() for _ in range(draft.rng.randint(1, 4))])
    return True


@hazard("H29", "tables")
def another_table(draft: Draft) -> bool:
    """Another table stands above or below, with a header of its own."""
    if "above" in draft.groups or draft.physical.workbook:
        return False
    counts = [draft.rng.randint(2, 90) for _ in range(draft.rng.randint(2, 5))]
    rows = [[f"Shop {place + 1}", str(count)] for place, count in enumerate(counts)]
    other = [["Branch", "Visitors"], *rows]
    first = happens(draft.rng, 0.4)
    if first:
        draft.above(*other, [])
    else:
        draft.below([], *other)
    draft.groups.add("above")
    draft.groups.add("below")
    draft.ask_ok.add("table")
    draft.answers["table"] = "2" if first else "1"
    return True
