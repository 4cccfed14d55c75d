"""What stands in single cells of real exports: days that are no days, and texts that look like something else."""

from __future__ import annotations

import re
from datetime import date, timedelta

from benchmarks.unseen.draft import Draft, Record, Role
from benchmarks.unseen.drawing import happens
from benchmarks.unseen.hazard import hazard
from benchmarks.unseen.writing import day

EPOCH = date(1899, 12, 30)
FEW = 5


def dated(draft: Draft) -> list[Record]:
    """List the rows whose day may be written in another way; none where the day is a time stamp."""
    if draft.date is None or draft.date.kind not in {"day", "later", "earlier"}:
        return []
    return draft.of(Role.DATA)


def some(draft: Draft, records: list[Record], share: float) -> list[Record]:
    """Pick a share of records, one at least."""
    return draft.rng.sample(records, max(1, int(len(records) * share)))


@hazard("H51", "days")
def serials(draft: Draft) -> bool:
    """Some days are left as a spreadsheet's serial numbers."""
    records = dated(draft)
    if len(records) < FEW or "yyyyMMdd" in draft.style.day:
        return False
    for record in some(draft, records, 0.2):
        value = draft.rows[record.row or 0][draft.date.key] if draft.date else None
        assert isinstance(value, date)
        record.put(draft.position(draft.date), str((value - EPOCH).days), (value - EPOCH).days)  # type: ignore[arg-type]
    return True


@hazard("H52", "days")
def typo(draft: Draft) -> bool:
    """One day has a separator too many: it may be read as meant, or refused."""
    records = dated(draft)
    mark = next((each for each in "/.-" if each in draft.style.day), "")
    if len(records) < FEW or not mark or " " in draft.style.day:
        return False
    record = draft.rng.choice(records)
    place = draft.position(draft.date) if draft.date else 0
    record.put(place, record.cells[place].replace(mark, mark * 2, 1))
    draft.doubtful.add(record.row or 0)
    return True


@hazard("no such day", "days")
def impossible(draft: Draft) -> bool:
    """One day does not exist."""
    records = dated(draft)
    if len(records) < FEW or not re.fullmatch(r"\w+[/.-]\w+[/.-]\w+\.?", draft.style.day):
        return False
    record, place = draft.rng.choice(records), draft.position(draft.date) if draft.date else 0
    record.put(place, re.sub(r"\d+", lambda found: "00" if len(found[0]) < 3 else found[0], record.cells[place]))  # noqa: PLR2004
    draft.lost.add(record.row or 0)
    return True


@hazard("H53", "days")
def words_for_days(draft: Draft) -> bool:
    """A few rows say that they are pending where their day should stand."""
    records = dated(draft)
    if len(records) < FEW * 2 or "H44" in draft.hazards:
        return False
    for record in draft.rng.sample(records, draft.rng.randint(1, 3)):
        record.put(draft.position(draft.date) if draft.date else 0, draft.said("pending"))
        draft.lost.add(record.row or 0)
    return True


@hazard("no day", "days")
def no_day(draft: Draft) -> bool:
    """One or two rows have no day."""
    records = dated(draft)
    if len(records) < FEW * 2:
        return False
    for record in draft.rng.sample(records, draft.rng.randint(1, 2)):
        record.put(draft.position(draft.date) if draft.date else 0, "")
        draft.lost.add(record.row or 0)
    return True


@hazard("H54", "days")
def as_of(draft: Draft) -> bool:
    """Some days name the day that they stand for as well; the first one is the booking's."""
    records = dated(draft)
    if len(records) < FEW or draft.locale.language != "en" or draft.style.day == "yyyyMMdd":
        return False
    for record in some(draft, records, 0.2):
        place = draft.position(draft.date) if draft.date else 0
        value = draft.rows[record.row or 0][draft.date.key] if draft.date else None
        assert isinstance(value, date)
        record.put(place, f"{record.cells[place]} as of {day(value - timedelta(days=2), draft.style)}")
    return True


@hazard("day on its first row only", "days")
def day_once(draft: Draft) -> bool:
    """A day is written at the first of its rows only; those below it are of the same day, or refused."""
    records = dated(draft)
    if len(records) < FEW or draft.date is None or "shuffled" in draft.hazards or draft.aggregate == "count":
        return False
    place, above = draft.position(draft.date), ""
    for record in records:
        written = record.cells[place]
        if written == above:
            record.put(place, "")
            draft.doubtful.add(record.row or 0)
        above = written
    return bool(draft.doubtful)


@hazard("spaces around cells")
def spaces(draft: Draft) -> bool:
    """Cells are padded, as programs of old do it."""
    if draft.physical.workbook == "typed":
        return False
    for record in draft.of(Role.DATA):
        for place, cell in enumerate(record.cells):
            record.put(place, f"{cell} " if happens(draft.rng, 0.5) else f" {cell}")
    return True


def memo(draft: Draft) -> int | None:
    """Give the place of a column of free text."""
    free = set(draft.free())
    return next((place for place in draft.places("memo", "product", "who") if place in free), None)


@hazard("H13", "quotes")
def backslash(draft: Draft) -> bool:
    """A text ends with a backslash, right before the closing quote."""
    place = memo(draft)
    if place is None or draft.physical.workbook:
        return False
    draft.physical.quote_all = True
    for record in some(draft, draft.of(Role.DATA), 0.05):
        record.put(place, f"{record.cells[place].replace(chr(34), '')} C:\\notes\\".strip())
    return True


@hazard("H14")
def newline(draft: Draft) -> bool:
    """A text runs over several lines."""
    place = memo(draft)
    if place is None:
        return False
    for record in some(draft, draft.of(Role.DATA), 0.15):
        text = draft.rng.choice(("Hello,\nnothing works.\n\nThanks", "line one\nline two", "A;B\n1,00\n"))
        record.put(place, text, text)
    return True


@hazard("H17", "quotes")
def quoted_text(draft: Draft) -> bool:
    """A text stands in quotes of its own, which makes three in the file."""
    place = memo(draft)
    if place is None:
        return False
    for record in some(draft, draft.of(Role.DATA), 0.3):
        text = f'"{record.cells[place].replace(chr(34), "") or "exact match"}"'
        record.put(place, text, text)
    return True


@hazard("a shop named Total")
def named_total(draft: Draft) -> bool:
    """A payee's name begins with the word for totals; its rows are rows like any other."""
    place = next((each for each in draft.places("who", "memo") if each in draft.free()), None)
    if place is None or draft.date is None:
        return False
    for record in some(draft, draft.of(Role.DATA), 0.1):
        text = draft.rng.choice(("TOTAL STATION 4411", "Total Fitness Ltd", "SUMUP *KIOSK", "Balance Yoga Studio"))
        record.put(place, text, text)
    return True
