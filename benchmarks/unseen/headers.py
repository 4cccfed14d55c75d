"""Odd headers of real exports: two rows, none, names that are missing, padded or shifted."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.unseen.draft import Draft, Record, Role
from benchmarks.unseen.drawing import happens
from benchmarks.unseen.hazard import hazard


@hazard("account groups", "header")
def account_groups(draft: Draft) -> bool:
    """Rows stand under the name of their account in a first column of its own, each group with its total."""
    if not draft.layout.groups:
        return False
    data, header = draft.of(Role.DATA), draft.of(Role.HEADER)[0]
    header.cells.insert(0, "")
    for record in data:
        record.cells.insert(0, "")
        record.typed.insert(0, None)
    draft.shift = 1
    cut = sorted(draft.rng.sample(range(1, len(data)), min(2, len(data) - 1)))
    made: list[Record] = []
    for name, start, end in zip(("Sales", "Consulting", "Bank fees"), [0, *cut], [*cut, len(data)], strict=False):
        group = data[start:end]
        made.append(Record(Role.EXTRA, [name, *[""] * (draft.width() - 1)]))
        made += group
        made.append(draft.total([record.row or 0 for record in group], f"Total for {name}", 0))
    draft.records = [*(each for each in draft.records if each.role is not Role.DATA), *made]
    draft.hazards |= {"H28", "H31"}
    draft.groups |= {"total", "between", "lines"}
    return True


@hazard("H23", "header")
def two_headers(draft: Draft) -> bool:
    """The header takes two rows: groups above it, or units below it."""
    draft.by_number = True
    if happens(draft.rng, 0.5):
        groups = [""] * draft.width()
        for place, label in zip(
            range(0, draft.width(), 3), ("General", "Details", "Figures", "Other", "More"), strict=False
        ):
            groups[place] = label
        draft.above(groups)
        return True
    units = [""] * draft.width()
    for place in draft.amounts():
        units[place] = f"[{draft.locale.currency}]" if draft.columns[place - draft.shift].kind != "whole" else "[no.]"
    at = draft.place(Role.HEADER) + 1
    draft.records.insert(at, Record(Role.EXTRA, units))
    return any(units)


@hazard("H24", "header")
def no_header(draft: Draft) -> bool:
    """There is no header."""
    if draft.date is None or draft.shift:
        return False
    draft.records = [each for each in draft.records if each.role is not Role.HEADER]
    draft.groups |= {"above", "tables"}
    draft.by_number = True
    draft.ask_ok.add("header")
    draft.answers["header"] = "none"
    return True


@hazard("H25", "header")
def unnamed(draft: Draft) -> bool:
    """Columns have no name, or one that another one has too."""
    free, header = draft.free(), draft.of(Role.HEADER)[0]
    if len(free) < 2:  # noqa: PLR2004
        return False
    one, two = draft.rng.sample(free, 2)
    named = draft.columns[one - draft.shift].heading
    for place, heading in ((two, named if happens(draft.rng, 0.5) else ""),):
        draft.columns[place - draft.shift] = replace(draft.columns[place - draft.shift], heading=heading)
        header.cells[place] = heading
    return True


@hazard("H26", "header")
def padded(draft: Draft) -> bool:
    """Names are padded."""
    header = draft.of(Role.HEADER)[0]
    header.cells = [f" {each}  " if happens(draft.rng, 0.6) else f"{each} " for each in header.cells]
    return True


def numbered(draft: Draft, name: str | None) -> bool:
    """Put a column of row numbers before all; None: without any place in the header."""
    if draft.shift:
        return False
    for place, record in enumerate(draft.of(Role.DATA)):
        record.cells.insert(0, str(place))
        record.typed.insert(0, place)
    if name is not None:
        draft.of(Role.HEADER)[0].cells.insert(0, name)
    draft.shift = 1
    return True


@hazard("H27", "header")
def shifted(draft: Draft) -> bool:
    """The header lacks the name of the first column: it is one shorter, every name stands one to the left."""
    if draft.physical.workbook or not numbered(draft, None):
        return False
    draft.by_number = True
    # Only what stands in the cells tells on which side the name is missing
    draft.ask_ok.add("extra-cells")
    draft.answers["extra-cells"] = "first"
    return True


@hazard("H28", "header")
def unnamed_first(draft: Draft) -> bool:
    """The first column is a row number without a name."""
    return numbered(draft, "")


@hazard("H30", "header")
def record_types(draft: Draft) -> bool:
    """Each line says in its first cell what it is."""
    if draft.shift or draft.physical.workbook:
        return False
    for record in draft.of(Role.DATA):
        record.cells.insert(0, "SB")
        record.typed.insert(0, "SB")
    draft.of(Role.HEADER)[0].cells.insert(0, "CH")
    draft.shift = 1
    draft.above(["RH", "20260107", "A", "4411"], ["FH", "1"])
    draft.below(["SF", str(len(draft.rows))], ["RF", "1"])
    draft.groups |= {"above", "below", "total", "tables", "lines", "between"}
    return True
