"""Changing targets: a preview of a year's parts, corrections of the past told before they are kept, exceptions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_core.board.past import past
from kpi_core.definition.check import check_target
from kpi_core.definition.fit import refuse_unfit_text
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Acceptance
from kpi_core.period import day_name, period_name
from kpi_core.service.known_history import known_of
from kpi_core.service.recolouring import Colours, Recoloured, said
from kpi_core.service.trial import trial
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, note_effect
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import edit_kpi
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.definitions.targets import add_exception, add_target, take_back_exception, take_back_target, targets
from kpi_core.store.histories import all_periods
from kpi_core.target import Target, TargetException, year_parts
from kpi_core.target.spread import Unusable, parts_of_year, pieces_of, unusable_text
from kpi_core.unit import format_exactly, minor_digits, parse_value

if TYPE_CHECKING:
    from pathlib import Path

    from kpi_core.kpi import Kpi
    from kpi_core.store.data_file import Store


@dataclass(frozen=True)
class YearPreview:
    """The parts of a year's total: (period, part) in words, and their sum.

    `refusal`: why it cannot be spread so. `offer_even`: spreading it even by days can.
    """

    parts: tuple[tuple[str, str], ...] = ()
    total: str = ""
    refusal: str = ""
    offer_even: bool = False


def year_preview(data_file: Path, kpi: Kpi, row: Target, today: date) -> YearPreview:
    """Show how a year's total would be spread over the periods of its year; nothing is written."""
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        known = known_of(store, kpi, business.calendar, today).everything
    calendar, style = business.calendar, business.style
    try:
        check_target(kpi, row, style)
        parts = parts_of_year(row, kpi.cadence, calendar, minor_digits(kpi.unit), known)
    except RefusedDefinition as error:
        return YearPreview(refusal=f"{error.sentence} {error.hint}".strip())
    if isinstance(parts, Unusable):
        return YearPreview(refusal=unusable_text(parts), offer_even=True)
    pieces = pieces_of(calendar.fiscal_year(year_parts(row)[0]), kpi.cadence, calendar)
    written = [format_exactly(parts[each.start], kpi.unit, style, kpi.decimals) for each in pieces]
    names = [period_name(each.period, calendar, each.start) for each in pieces]
    total = format_exactly(sum(parts.values(), Fraction(0)), kpi.unit, style, kpi.decimals)
    return YearPreview(tuple(zip(names, written, strict=True)), total)


def shares_needed(data_file: Path, kpi: Kpi, year: date) -> tuple[str, ...]:
    """Name the periods of a fiscal year that typed percentages are needed for."""
    with open_store(data_file) as store:
        calendar = read_business(store).calendar
    pieces = pieces_of(calendar.fiscal_year(year), kpi.cadence, calendar)
    return tuple(period_name(each.period, calendar, each.start) for each in pieces)


def would_recolour(data_file: Path, kpi_id: int, row: Target, since: date, now: datetime) -> tuple[Recoloured, ...]:
    """Say which past periods a correction from a past day on would colour anew; nothing is written.

    Raises:
        RefusedDefinition: the target contradicts itself or its KPI.
    """
    with open_store(data_file) as store, trial(store):
        before = colours(store, kpi_id, now.date())
        add_target(store, kpi_id, replace(row, starts=since, reason="trial"), By(now, why="trial"))
        return moved(before, colours(store, kpi_id, now.date()))
    return ()


def correct_past(store: Store, kpi: Kpi, row: Target, since: date, by: By) -> None:
    """Enter a target from a past day on, and keep in the log which colours it moved. The caller is writing."""
    before = colours(store, kpi.id, by.now.date())
    stored = add_target(store, kpi.id, replace(row, starts=since, backdated=True, reason=by.why), by)
    _note(store, stored.change, moved(before, colours(store, kpi.id, by.now.date())))


def undo_target(data_file: Path, kpi_id: int, target_id: int, now: datetime, why: str = "") -> None:
    """Take a row of the target history back; what colours that moves is kept in the log.

    Raises:
        NotFound: there is no such row in force.
    """
    with open_store(data_file) as store, store.writing():
        before = colours(store, kpi_id, now.date())
        change = take_back_target(store, target_id, By(now, read_business(store).person, why))
        _note(store, change, moved(before, colours(store, kpi_id, now.date())))


def except_period(data_file: Path, kpi_id: int, day: date, text: str, reason: str, now: datetime) -> None:
    """Give the period that holds a day another target, with a reason.

    Raises:
        RefusedDefinition: no number, no reason or a too long one, or a range, which one number cannot replace.
    """
    refuse_unfit_text(reason.strip(), "The reason")
    with open_store(data_file) as store, store.writing():
        business, kpi = read_business(store), get_kpi(store, kpi_id)
        value = parse_value(text, kpi.unit, business.style)
        before = colours(store, kpi_id, now.date())
        by = By(now, business.person, reason)
        change = add_exception(store, kpi_id, TargetException(day, value, reason), by)
        _note(store, change, moved(before, colours(store, kpi_id, now.date())))


def undo_exception(data_file: Path, kpi_id: int, exception_id: int, now: datetime) -> None:
    """Take a one-period exception back.

    Raises:
        NotFound: there is no such exception in force.
    """
    with open_store(data_file) as store, store.writing():
        before = colours(store, kpi_id, now.date())
        change = take_back_exception(store, exception_id, By(now, read_business(store).person))
        _note(store, change, moved(before, colours(store, kpi_id, now.date())))


def accept_miss(data_file: Path, kpi_id: int, until: date | None, reason: str, now: datetime) -> None:
    """Accept a miss up to and including a day, with a reason; None ends it.

    Raises:
        RefusedDefinition: no reason or a too long one, or a day that is over.
    """
    refuse_unfit_text(reason.strip(), "The reason")
    with open_store(data_file) as store, store.writing():
        accept(store, kpi_id, until, By(now, read_business(store).person, reason))


def accept(store: Store, kpi_id: int, until: date | None, by: By) -> int | None:
    """Accept a miss up to and including a day, for the reason why; None ends it. The caller is writing.

    Raises:
        RefusedDefinition: no reason, or a day that is over.
    """
    kpi = get_kpi(store, kpi_id)
    if until is not None and not by.why.strip():
        sentence = f"Why is a miss of {kpi.name} accepted?"
        raise RefusedDefinition(sentence, "Write a short reason; it stands on the board until then.")
    if until is not None and until < by.now.date():
        sentence = f"{day_name(until, None)} is over."
        raise RefusedDefinition(sentence, "Choose a day until which the miss is accepted.")
    accepted = None if until is None else Acceptance(until, by.why.strip())
    return edit_kpi(store, replace(kpi, accepted=accepted), by)


def colours(store: Store, kpi_id: int, today: date) -> Colours:
    """Judge every complete period of a KPI, by its start."""
    business, kpi = read_business(store), get_kpi(store, kpi_id)
    values = all_periods(store, kpi, business.calendar, today)
    held_to = targets(store, kpi_id)
    lines = past(kpi, held_to, values, calendar=business.calendar, style=business.style, today=today)
    return {line.period.start: line for line in lines}


def moved(before: Colours, after: Colours) -> tuple[Recoloured, ...]:
    """List the periods whose status is another one, the newest first."""
    return tuple(
        Recoloured(old.name, old.judgement.word, after[start].judgement.word)
        for start, old in sorted(before.items(), reverse=True)
        if start in after and old.judgement.word != after[start].judgement.word
    )


def _note(store: Store, change: int | None, found: tuple[Recoloured, ...]) -> None:
    if change is not None and found:
        note_effect(store, change, said(found))
