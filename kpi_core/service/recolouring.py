"""What a change of the data did to colours of the past: the log holds the old and the new one.

A file that is added or undone, a typed value, a recipe or a definition can give a period that had a colour another one.
A period that gets its first colour, as every month does, is not noted.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.board.past import PastPeriod, past
from kpi_core.kpi import Tier
from kpi_core.status import Status
from kpi_core.store import actuals
from kpi_core.store.business import read_business
from kpi_core.store.changes import Subject, Thing, changes_between, log, newest_change, note_effect
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.targets import all_targets
from kpi_core.store.totals import totals
from kpi_core.unit import capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from kpi_core.actual import Actual
    from kpi_core.business import Business
    from kpi_core.kpi import Kpi
    from kpi_core.store.changes import By, Change
    from kpi_core.store.data_file import Store
    from kpi_core.target import TargetHistory

COLOURED = {Status.GREEN, Status.AMBER, Status.RED, Status.ACCEPTED}
NOTHING_LEFT = "No data"
Colours = dict["date", PastPeriod]


@dataclass(frozen=True)
class Recoloured:
    """A past period whose colour or target a change moves, in words."""

    name: str
    old: str
    new: str

    @property
    def sentence(self) -> str:
        """Say it: "October: Off target, was Close"."""
        return f"{capital(self.name)}: {self.new}, was {self.old}"


@dataclass(frozen=True)
class Judged:
    """What the colours of one KPI are made of."""

    kpi: Kpi
    targets: TargetHistory
    values: Mapping[date, Actual]


@dataclass(frozen=True)
class Seen:
    """What the colours of all KPIs are made of at some moment, and the number of the newest change until then."""

    newest: int
    judged: Mapping[int, Judged]


def seen(store: Store) -> Seen:
    """Keep what colours are made of, before something is changed. The caller is writing."""
    held_to = all_targets(store)
    found = {kpi.id: Judged(kpi, held_to[kpi.id], totals(store, kpi)) for kpi in kpis(store) if kpi.tier is Tier.KPI}
    return Seen(newest_change(store), found)


@contextmanager
def colours_noted(store: Store, now: datetime) -> Iterator[Seen]:
    """Bring the values up to date after the block and note which past colours it moved; the caller is writing.

    Gives what colours were made of before.
    """
    before = seen(store)
    yield before
    actuals.refresh(store)
    note_changes(store, before, now)


def note_import(store: Store, before: Seen, import_id: int, name: str, by: By, *, undone: bool = False) -> None:
    """Write into the log which colours a file moved, an entry a KPI; nothing where it moved none."""
    file: dict[str, object] = {"file": name}
    old, new = (file, None) if undone else (None, file)
    for kpi, found in _recoloured(store, before, by.now.date()):
        subject = Subject(Thing.IMPORT, str(import_id), kpi.id, name)
        note_effect(store, log(store, by, subject, old, new), said(found))


def note_changes(store: Store, before: Seen, now: datetime) -> None:
    """Note which colours the changes since then moved, on the newest one of the KPI; of another one on the newest.

    A change that says already what it did to colours is left as it is, with its KPI.
    """
    made = changes_between(store, before.newest)
    if not made:
        return
    told = {each.subject.kpi_id for each in made if each.effect}
    notes: dict[int, list[str]] = defaultdict(list)
    for kpi, found in _recoloured(store, before, now.date()):
        if kpi.id not in told:
            own = _own(made, kpi.id)
            notes[(own or made[0]).id].append(said(found) if own else f"{kpi.name}: {said(found)}")
    for change_id, texts in notes.items():
        note_effect(store, change_id, " ".join(texts))


def said(found: Iterable[Recoloured]) -> str:
    """Say several in one line."""
    return "; ".join(each.sentence for each in found) + "."


def _own(made: Iterable[Change], kpi_id: int) -> Change | None:
    """Find the newest change of a KPI that can move its colours."""
    telling = {Thing.TYPED_VALUE, Thing.KPI, Thing.TARGET, Thing.EXCEPTION}
    return next((each for each in made if each.subject.kpi_id == kpi_id and each.subject.thing in telling), None)


def _recoloured(store: Store, before: Seen, today: date) -> Iterable[tuple[Kpi, tuple[Recoloured, ...]]]:
    """List the KPIs of which periods that had a colour have another one now, the newest period first."""
    business, now = read_business(store), seen(store).judged
    for kpi_id, was in before.judged.items():
        if kpi_id in now and (found := _moved(was, now[kpi_id], business, today)):
            yield now[kpi_id].kpi, found


def _moved(was: Judged, now: Judged, business: Business, today: date) -> tuple[Recoloured, ...]:
    """Judge what differs, before and now; most of a history does not."""
    every = was.values.keys() | now.values.keys()
    same = (was.kpi, was.targets) == (now.kpi, now.targets)
    starts = {start for start in every if not same or was.values.get(start) != now.values.get(start)}
    if not starts:
        return ()
    before, after = (_colours(each, starts, business, today) for each in (was, now))
    return tuple(
        Recoloured(before[start].name, before[start].judgement.word, new)
        for start in sorted(before.keys() & starts, reverse=True)
        if before[start].judgement.status in COLOURED
        and before[start].judgement.word != (new := after[start].judgement.word if start in after else NOTHING_LEFT)
    )


def _colours(judged: Judged, starts: Iterable[date], business: Business, today: date) -> Colours:
    """Judge some complete periods; the newest with data tells which of them an accepted miss is about."""
    complete = [each for each in judged.values.values() if each.period.end <= today]
    full = [each.period.start for each in complete if each.coverage is CoverageState.FULL]
    wanted = {*starts, *full[-1:]}
    lines = past(
        judged.kpi,
        judged.targets,
        [each for each in complete if each.period.start in wanted],
        calendar=business.calendar,
        style=business.style,
        today=today,
    )
    return {line.period.start: line for line in lines}
