"""What stands between the rows of real exports: lines that go on, line items, pages, groups."""

from __future__ import annotations

from benchmarks.unseen.draft import Draft, Record, Role
from benchmarks.unseen.drawing import happens
from benchmarks.unseen.hazard import hazard
from benchmarks.unseen.oddities import memo, some

LONG = 12


@hazard("H38", "lines")
def line_items(draft: Draft) -> bool:
    """An order goes on in lines that repeat its number and time, its amounts blank."""
    if not draft.layout.lines or draft.aggregate != "sum":
        return False
    blank = {place + draft.shift for place, each in enumerate(draft.columns) if each.key in draft.layout.lines}
    made: list[Record] = []
    for record in draft.records:
        made.append(record)
        if record.role is not Role.DATA or happens(draft.rng, 0.5):
            continue
        for _ in range(draft.rng.randint(1, 3)):
            cells = ["" if place in blank else cell for place, cell in enumerate(record.cells)]
            typed = [None if place in blank else cell for place, cell in enumerate(record.typed)]
            made.append(Record(Role.ITEM, cells, typed))
    draft.records = made
    return True


@hazard("H37", "lines")
def text_goes_on(draft: Draft) -> bool:
    """A long text goes on in a line of its own, all else blank."""
    place = memo(draft)
    if place is None or draft.date is None or draft.aggregate == "count":
        return False
    going_on = some(draft, draft.of(Role.DATA), 0.25)
    made: list[Record] = []
    for record in draft.records:
        made.append(record)
        if any(record is each for each in going_on):
            texts = draft.rng.sample(("via mobile banking", "IBAN SE00 5000", "to: rent for the shop"), 2)
            width = range(draft.width())
            made += [Record(Role.EXTRA, [text if at == place else "" for at in width]) for text in texts]
    draft.records = made
    return True


@hazard("H34", "between")
def header_again(draft: Draft) -> bool:
    """The header comes again on each page."""
    header, every = draft.of(Role.HEADER), draft.rng.randint(LONG // 2, 40)
    if not header or len(draft.of(Role.DATA)) <= every:
        return False
    return between(draft, every, lambda _: [Record(Role.EXTRA, list(header[0].cells))])


@hazard("H36", "between")
def page_marks(draft: Draft) -> bool:
    """Pages are marked by a line."""
    every = draft.rng.randint(LONG // 2, 50)
    if len(draft.of(Role.DATA)) <= every:
        return False
    mark = draft.rng.choice(
        (f"{draft.said('page')} {{}}", "--------------------", f"*** {draft.said('page')} {{}} ***")
    )
    return between(draft, every, lambda number: [Record(Role.EXTRA, [mark.format(number)])])


@hazard("blank lines between", "between")
def blank_lines(draft: Draft) -> bool:
    """Blank lines stand between rows."""
    every = draft.rng.randint(2, 20)
    if len(draft.of(Role.DATA)) <= every:
        return False
    cells = [""] * draft.rng.choice((0, draft.width()))
    return between(draft, every, lambda _: [Record(Role.EXTRA, list(cells))])


def between(draft: Draft, every: int, make: object) -> bool:
    """Put records after each so many rows, not after the last one."""
    assert callable(make)
    made: list[Record] = []
    seen, count = 0, len(draft.of(Role.DATA))
    for record in draft.records:
        made.append(record)
        seen += record.role is Role.DATA
        if record.role is Role.DATA and seen % every == 0 and seen < count:
            made += make(seen // every + 1)
    draft.records = made
    return True
