"""What is known of a KPI so far, stored or a draft, read from the data file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.checklist.known import Known, known_from
from kpi_core.horizon import LOOKED_BACK
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.histories import all_periods, is_stored, last_periods, worked_out

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.kpi import Kpi
    from kpi_core.period import Calendar
    from kpi_core.store.data_file import Store


def known_of(store: Store, kpi: Kpi, calendar: Calendar, today: date) -> Known:
    """Gather what is known of a KPI up to the last complete period."""
    stored = {each.id: each for each in kpis(store)}
    if is_stored(kpi, stored.get(kpi.id)):
        values = all_periods(store, kpi, calendar, today)
    else:
        values = worked_out(store, kpi, last_periods(calendar, kpi.cadence, today, LOOKED_BACK[kpi.cadence]))
    return known_from(values, kpi, calendar)
