"""What is usual for a KPI, as its owner says it: the baseline, since when things are different, what to be told of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.actual import CoverageState
from kpi_core.definition.fit import refuse_unfit_text
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import AlertWhen, Baseline, Kpi, Rebase
from kpi_core.period import day_name, period_name
from kpi_core.signals.chart import ENOUGH
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.edit import edit_kpi
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.histories import all_periods

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from kpi_core.business import Business
    from kpi_core.store.data_file import Store


def add_rebase(data_file: Path, kpi_id: int, day: date | None, reason: str, now: datetime) -> int | None:
    """Say that things are different since the period that holds a day: limits and rules start anew with it.

    Returns:
        The number of the change in the log, by which it can be taken back; None where it was said already.

    Raises:
        NotFound: there is no KPI of that number.
        RefusedDefinition: no day or no reason is given or it is too long, the day is still to come, or another rebase
            stands for that period.
    """

    def edited(store: Store, kpi: Kpi, business: Business) -> Kpi:
        del store
        if day is None:
            sentence = f"Since when are things different at {kpi.name}?"
            raise RefusedDefinition(sentence, "Choose a day of the first period that is.")
        if not reason.strip():
            sentence = f"What is different at {kpi.name}?"
            raise RefusedDefinition(sentence, "Write a short reason; it stays beside the trend.")
        refuse_unfit_text(reason.strip(), "The reason")
        if day > now.date():
            sentence = f"{day_name(day, None)} is still to come."
            raise RefusedDefinition(sentence, "Choose the day since when things are different.")
        period = business.calendar.period(kpi.cadence, day)
        held = next((each for each in kpi.rebases if each.day in period), None)
        wanted = Rebase(period.start, reason.strip())
        if held is not None and held.reason != wanted.reason:
            name = period_name(period, business.calendar, now.date())
            sentence = f'The usual level starts anew in {name} already: "{held.reason}".'
            raise RefusedDefinition(sentence, "Take that one back first.")
        kept = kpi.rebases if held is not None else (*kpi.rebases, wanted)
        return replace(kpi, rebases=tuple(sorted(kept, key=lambda each: each.day)))

    return _edit(data_file, kpi_id, now, reason.strip(), edited)


def take_back_rebase(data_file: Path, kpi_id: int, day: date, now: datetime) -> int | None:
    """Take back that things are different since the period that holds a day.

    Raises:
        NotFound: there is no such KPI, or nothing was said for that period.
    """

    def edited(store: Store, kpi: Kpi, business: Business) -> Kpi:
        del store
        period = business.calendar.period(kpi.cadence, day)
        kept = tuple(each for each in kpi.rebases if each.day not in period)
        if kept == kpi.rebases:
            sentence = (
                f"The usual level of {kpi.name} does not start anew in {period_name(period, business.calendar, None)}."
            )
            raise NotFound(sentence)
        return replace(kpi, rebases=kept)

    return _edit(data_file, kpi_id, now, "", edited)


def chosen(start: date | None, until: date | None) -> Baseline:
    """Make a baseline of the two days that were chosen, both included; without a first one it begins with the history.

    Raises:
        RefusedDefinition: there is no last day.
    """
    if until is None:
        sentence = "No day is chosen until which the limits are made."
        raise RefusedDefinition(sentence, "Choose it; the first day may stay empty.")
    return Baseline(until, start)


def set_baseline(data_file: Path, kpi_id: int, baseline: Baseline | None, now: datetime) -> int | None:
    """Choose the periods that make the limits; None: the first 24 since the last rebase again.

    Raises:
        NotFound: there is no KPI of that number.
        RefusedDefinition: fewer than six periods with a value lie in it, or its days are the wrong way round.
    """

    def edited(store: Store, kpi: Kpi, business: Business) -> Kpi:
        if baseline is not None:
            if baseline.start is not None and baseline.start > baseline.until:
                sentence = f"{day_name(baseline.start, None)} is after {day_name(baseline.until, None)}."
                raise RefusedDefinition(sentence, "Choose the first day, then the last.")
            known = _known(store, kpi, business, baseline, now.date())
            if known < ENOUGH:
                periods = f"{kpi.cadence}{'' if known == 1 else 's'}"
                sentence = f"{known} {periods} with a value lie in there, and limits need {ENOUGH}."
                raise RefusedDefinition(sentence, "Choose a longer time.")
        return replace(kpi, baseline=baseline)

    return _edit(data_file, kpi_id, now, "", edited)


def set_alert(data_file: Path, kpi_id: int, alert: AlertWhen, now: datetime) -> int | None:
    """Choose what the owner wants to be told of.

    Raises:
        NotFound: there is no KPI of that number.
    """
    return _edit(data_file, kpi_id, now, "", lambda _store, kpi, _business: replace(kpi, alert=alert))


def _known(store: Store, kpi: Kpi, business: Business, baseline: Baseline, today: date) -> int:
    """Count the whole periods of a baseline that have a value."""
    return sum(
        each.coverage is CoverageState.FULL
        and each.value is not None
        and (baseline.start is None or each.period.start >= baseline.start)
        and each.period.last_day <= baseline.until
        for each in all_periods(store, kpi, business.calendar, today)
    )


def _edit(
    data_file: Path, kpi_id: int, now: datetime, why: str, edited: Callable[[Store, Kpi, Business], Kpi]
) -> int | None:
    with open_store(data_file) as store, store.writing():
        business = read_business(store)
        kpi = edited(store, get_kpi(store, kpi_id), business)
        return edit_kpi(store, kpi, By(now, business.person, why))
