"""The settings of the business: read whole, written whole, every change in the log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.business import Business
from kpi_core.definition import business_from_json, business_to_json
from kpi_core.definition.fit import refuse_unfit_business
from kpi_core.errors import RefusedDefinition
from kpi_core.period import Cadence
from kpi_core.store import people
from kpi_core.store.changes import Subject, Thing
from kpi_core.store.things import change_to, days_of_periods, state_of

if TYPE_CHECKING:
    from kpi_core.period import Calendar
    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store

SETTINGS = Subject(Thing.BUSINESS, "1", None, "Settings")


def read_business(store: Store) -> Business:
    """Read the settings; before any were written, the usual ones."""
    state = state_of(store, SETTINGS)
    business = Business() if state is None else business_from_json(state)
    return replace(business, person=people.present(store))


def write_business(store: Store, business: Business, by: By) -> int | None:
    """Write the settings. Who writes is none of them (see `people`): a name that is given there only switches to it.

    Returns:
        The number of the change in the log, None where nothing is different.

    Raises:
        RefusedDefinition: the new calendar has no period for something that was typed for one.
    """
    with store.writing():
        if business.person and business.person != people.present(store):
            people.switch(store, business.person)
        wanted = replace(business, person="")
        if wanted == replace(read_business(store), person=""):
            return None
        refuse_unfit_business(business)
        refuse_orphans(store, business.calendar)
        return change_to(store, by, SETTINGS, business_to_json(wanted))


def refuse_orphans(store: Store, calendar: Calendar) -> None:
    """Refuse a calendar in which a typed value or exception would belong to no period: it would vanish unseen."""
    for name, cadence, day in days_of_periods(store):
        start = calendar.period(Cadence(cadence), day).start
        if start != day:
            sentence = (
                f"{name} has a number for the {cadence} from {day.isoformat()}; with this calendar that {cadence} "
                f"would start on {start.isoformat()}."
            )
            raise RefusedDefinition(sentence, "Keep the start of week and fiscal year, or remove that number first.")
