"""What stands among and below the rows of real exports and is no row: totals, balances, small print."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from benchmarks.unseen.draft import Draft, Record, Role
from benchmarks.unseen.drawing import happens
from benchmarks.unseen.hazard import hazard
from benchmarks.unseen.oddities import memo
from benchmarks.unseen.writing import text


def total_word(draft: Draft, key: str, more: str = "") -> str:
    """Say the word for a total the way of some tool."""
    word = draft.said(key)
    shapes = [word, word, f"{word}:", word.upper(), f"{word} {draft.locale.currency}", f"{word} ({len(draft.rows)})"]
    return f"{word} {more}" if more else draft.rng.choice(shapes)


def label_place(draft: Draft) -> int | None:
    """Choose where the word for a total stands: the first column, or one of text further right."""
    busy = set(draft.amounts())
    places = [each for each in range(min(3, draft.width())) if each not in busy]
    return draft.rng.choice(places) if places else None


@hazard("subtotals", "total")
def subtotals(draft: Draft) -> bool:
    """Each month is followed by what it adds up to."""
    at = label_place(draft)
    data = draft.of(Role.DATA)
    if at is None or not draft.amounts() or draft.date is None or {"lines", "between", "header"} & draft.groups:
        return False
    months: dict[str | None, list[Record]] = defaultdict(list)
    for record in data:
        months[draft.month(draft.rows[record.row or 0])].append(record)
    made: list[Record] = []
    named = happens(draft.rng, 0.5)
    for month, group in months.items():
        label = total_word(draft, "total", str(month)) if named else draft.said("subtotal")
        made += [*group, draft.total([record.row or 0 for record in group], label, at)]
    made.append(draft.total([record.row or 0 for record in data], total_word(draft, "total"), at))
    last = draft.records.index(data[-1])
    rest = draft.records[last + 1 :]
    draft.records = [*(each for each in draft.records[: last + 1] if each.role is not Role.DATA), *made, *rest]
    draft.hazards.add("H31")
    return True


@hazard("H31", "total")
def totals(draft: Draft) -> bool:
    """A total stands at the end, or right below the header; some tools write several."""
    at = label_place(draft)
    if at is None or not draft.amounts() or draft.aggregate == "average":
        return False
    every = list(range(len(draft.rows)))
    labels = [total_word(draft, "total")]
    if draft.layout.kind == "ads":
        labels = ["Total: Keywords", "Total: Account", "Total: Search"][: draft.rng.randint(1, 3)]
    records = [draft.total(every, label, at) for label in labels]
    if happens(draft.rng, 0.15) and Role.HEADER in {each.role for each in draft.records}:
        first = draft.place(Role.DATA)
        draft.records[first:first] = records
    else:
        draft.records += [*([Record(Role.BELOW, [])] if happens(draft.rng, 0.2) else []), *records]
    return True


@hazard("H32", "balances")
def balances(draft: Draft) -> bool:
    """The balances at both ends stand among the rows, in the column of amounts where there is one."""
    place, date = memo(draft), draft.date
    amounts = draft.places("signed", "size") or draft.places("balance")
    if draft.layout.kind != "bank" or place is None or not amounts or draft.shift or date is None or date.kind != "day":
        return False
    data = draft.of(Role.DATA)
    ends = [("opening", data[0], draft.opening), ("closing", data[-1], draft.closing)]
    if draft.descending:
        ends = [("closing", data[0], draft.closing), ("opening", data[-1], draft.opening)]
    made = []
    for word, beside, amount in ends:
        record = Record(Role.EXTRA, [""] * draft.width(), [None] * draft.width())
        at = draft.position(date)
        record.put(at, beside.cells[at], beside.typed[at])
        record.put(place, draft.said(word))
        record.put(amounts[0], text(draft.columns[amounts[0]], amount, draft.style), amount)
        made.append(record)
    first, last = draft.records.index(data[0]), draft.records.index(data[-1])
    draft.records = [
        *draft.records[:first],
        made[0],
        *draft.records[first : last + 1],
        made[1],
        *draft.records[last + 1 :],
    ]
    return True


@hazard("sums below", "below")
def sums_below(draft: Draft) -> bool:
    """Below stands in two cells what the whole came to."""
    if draft.value is None or draft.aggregate == "average":
        return False
    values = [cell for row in draft.rows if isinstance(cell := row[draft.value.key], Decimal)]
    rows = (
        [[draft.said("closing"), text(draft.value, draft.closing, draft.style)]] if draft.layout.kind == "bank" else []
    )
    rows.append([draft.said("total"), text(draft.value, sum(values, Decimal(0)), draft.style)])
    draft.below(*([[]] if happens(draft.rng, 0.7) else []), *rows)
    return True


@hazard("H33", "below")
def small_print(draft: Draft) -> bool:
    """Small print stands below."""
    lines = [[draft.said("legal")]]
    if happens(draft.rng, 0.5):
        lines.append([f"{draft.said('created')}: 2026-11-02 09:14"])
    draft.below(*([[]] if happens(draft.rng, 0.7) else []), *lines)
    return True


@hazard("H35")
def empty_rows_below(draft: Draft) -> bool:
    """Many rows of delimiters alone stand at the end."""
    if draft.physical.workbook:
        return False
    draft.below(*[[""] * draft.width() for _ in range(draft.rng.randint(3, 120))])
    return True
