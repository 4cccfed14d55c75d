"""One click on a remedy of the check-up: done, logged, and taken back by one more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kpi_core.checklist import Verdict, owned
from kpi_core.errors import RefusedDefinition, SignalboxError
from kpi_core.hygiene import Cure, Deed, Untidy
from kpi_core.kpi import Kpi, Tier
from kpi_core.period import day_name
from kpi_core.service.recolouring import colours_noted
from kpi_core.service.watch import watch_beside
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import edit_kpi, retire_kpi
from kpi_core.store.definitions.kpis import find_kpi, get_kpi, kpis
from kpi_core.store.definitions.targets import add_target, targets
from kpi_core.store.definitions.undo import undo_change

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.store.data_file import Store

WHY = "Check-up: {}"


@dataclass(frozen=True)
class Done:
    """What a remedy did, in a sentence, and its changes in the log, by which it is taken back."""

    sentence: str
    changes: tuple[int, ...]


def cure(data_file: Path, found: Untidy, remedy: Cure, now: datetime, said: tuple[str, ...] = ()) -> Done:
    """Do what a remedy of a finding says.

    Args:
        data_file: the data file.
        found: the finding, for the log.
        remedy: one of its remedies that opens no page.
        now: the moment.
        said: what was asked for: words, or what was picked of the choices.

    Raises:
        RefusedDefinition: what was asked for is missing or will not do.
        NotFound: a KPI is not there any more.
    """
    words = tuple(each.strip() for each in said if each.strip())
    if remedy.asks and not words:
        raise RefusedDefinition(remedy.asks, "Say it, and press again.")
    added: tuple[int, ...] = ()
    if remedy.deed is Deed.WATCH:
        name, added = _watched(data_file, str(remedy.value), now)
        words = (name,)
    try:
        with open_store(data_file) as store, store.writing():
            by = By(now, read_business(store).person, WHY.format(found.sentence))
            with colours_noted(store, now):
                sentence, changes = _do(store, remedy, words, by)
    except SignalboxError:
        # What was put beside it is of no use alone
        undo(data_file, added, now)
        raise
    return Done(sentence, (*added, *(each for each in changes if each is not None)))


def undo(data_file: Path, changes: tuple[int, ...], now: datetime) -> None:
    """Take back what a remedy did, the last step first.

    Raises:
        RefusedDefinition: it was changed again since, or would not fit any more.
    """
    with open_store(data_file) as store, store.writing():
        by = By(now, read_business(store).person)
        with colours_noted(store, now):
            for change in reversed(changes):
                undo_change(store, change, by)


def _watched(data_file: Path, key: str, now: datetime) -> tuple[str, tuple[int, ...]]:
    """Put a number of the catalogue beside; give its name, and the changes that added it where it was not there."""
    with open_store(data_file) as store:
        before = {kpi.id for kpi in kpis(store)}
    name = watch_beside(data_file, key, now)
    with open_store(data_file) as store:
        kpi = find_kpi(store, name)
        if kpi.id in before:
            return name, ()
        return name, tuple(each.id for each in reversed(list_changes(store, kpi_id=kpi.id)) if each.part_of is None)


def _do(store: Store, remedy: Cure, words: tuple[str, ...], by: By) -> tuple[str, list[int | None]]:
    """Do it; gives the sentence and the changes. The caller is writing."""
    some = [get_kpi(store, each) for each in _meant(remedy, words)]
    kpi, names, text = some[0], " and ".join(each.name for each in some), " ".join(words)
    match remedy.deed:
        case Deed.HEALTH:
            changed = [replace(each, tier=Tier.HEALTH_METRIC, north_star=False) for each in some]
            kind = "is a health metric" if len(some) == 1 else "are health metrics"
            return f"{names} {kind} now.", [edit_kpi(store, each, by) for each in changed]
        case Deed.RETIRE:
            return f"{names} is retired: {text}.", [retire_kpi(store, kpi.id, text, replace(by, why=text))]
        case Deed.OWNER:
            return f"{text} owns {names} now.", [edit_kpi(store, _owned(kpi, text), by)]
        case Deed.GOAL:
            goal = text or str(remedy.value)
            return f"{names} serves: {goal}.", [edit_kpi(store, replace(kpi, goal=goal), by)]
        case Deed.WATCH | Deed.COUNTER:
            return f"{text} is watched beside {names} now.", [edit_kpi(store, replace(kpi, counter_measure=text), by)]
        case Deed.UNTIE_PAY:
            return f"No pay is tied to {names} any more.", [edit_kpi(store, replace(kpi, pay_tied=False), by)]
        case Deed.REVIEW_DATE:
            day = _day(remedy)
            when = f"{names} is looked at again on {day_name(day, None)}."
            return when, [edit_kpi(store, replace(kpi, review_date=day), by)]
        case Deed.DEADLINE:
            return _redated(store, kpi, _day(remedy), by)
        case Deed.TO_FORM | Deed.TO_DATA | Deed.TO_TYPING | Deed.TO_CATALOGUE | Deed.TO_REVIEW:
            raise RefusedDefinition(remedy.label, "That is done on its own page.")


def _meant(remedy: Cure, words: tuple[str, ...]) -> tuple[int, ...]:
    """Give the KPIs that are meant: those picked by name where there are several, else the one of the finding."""
    if not remedy.many:
        return remedy.kpis[:1]
    return tuple(each for each, name in zip(remedy.kpis, remedy.choices, strict=True) if name in words)


def _owned(kpi: Kpi, name: str) -> Kpi:
    """Give a KPI an owner whom the checklist takes for one person.

    Raises:
        RefusedDefinition: a group, or nobody's name.
    """
    after = replace(kpi, owner=name)
    answer = owned.owner(after)
    if answer.verdict is not Verdict.PASS:
        raise RefusedDefinition(answer.sentence, answer.hint)
    return after


def _redated(store: Store, kpi: Kpi, day: date, by: By) -> tuple[str, list[int | None]]:
    """Give the newest target another deadline; it counts from the next period on, past colours stay."""
    newest = targets(store, kpi.id).rows[-1]
    starts = max(by.now.date(), newest.path_start or date.min)
    row = replace(newest, deadline=day, starts=starts, typed_on=None, backdated=False, reason=by.why)
    return f"{kpi.name} has until {day_name(day, None)} now.", [add_target(store, kpi.id, row, by).change]


def _day(remedy: Cure) -> date:
    if not isinstance(remedy.value, date):
        raise RefusedDefinition(remedy.label, "Choose a day.")
    return remedy.value
