"""KPIs are added, edited and retired, never silently deleted; every step is in the log and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_core.definition import Place, check_kpi, key_of, kpi_to_json, refuse_unfit, spelled, with_kpi_renamed
from kpi_core.definition.fit import LONGEST_NAME
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import State
from kpi_core.store.business import read_business
from kpi_core.store.changes import ALONE, Link, Subject, Thing
from kpi_core.store.closed_values import closed_months_kept
from kpi_core.store.definitions.dump import dump_definitions
from kpi_core.store.definitions.kpis import get_kpi, id_of, kpis
from kpi_core.store.definitions.objectives import follow_kpi, refuse_pointed_at
from kpi_core.store.things import change_to, dependents

if TYPE_CHECKING:
    from kpi_core.kpi import Kpi
    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store


def add_kpi(store: Store, kpi: Kpi, by: By) -> Kpi:
    """Add a KPI and give it its number.

    Raises:
        RefusedDefinition: its name is taken, it refers to something that is not there, it would be made of
            itself, or it would be a second North Star.
    """
    with store.writing():
        refuse_taken(store, kpi)
        fitting = fitted(store, kpi.name, kpi)
        kpi_id = insert_kpi(store, kpi)
        save(store, replace(fitting, id=kpi_id), by)
        return get_kpi(store, kpi_id)


def insert_kpi(store: Store, kpi: Kpi) -> int:
    """Make room for a new KPI; it is not there before `save` puts it there."""
    return store.insert(
        "INSERT INTO kpis (name, folded, state, tier, cadence, definition, live) VALUES (?, ?, ?, ?, ?, '', 0)",
        (kpi.name, key_of(kpi.name), kpi.state.value, kpi.tier.value, kpi.cadence.value),
    )


def edit_kpi(store: Store, kpi: Kpi, by: By) -> int | None:
    """Change the definition of a KPI from today on; KPIs that name it follow when it is renamed.

    Returns:
        The number of the change in the log, None where nothing is different.

    Raises:
        NotFound: no KPI has its number.
        RefusedDefinition: as `add_kpi`; or what was typed for its periods would belong to none.
        ClosedMonths: a value of a closed month would change.
    """
    with closed_months_kept(store):
        old = get_kpi(store, kpi.id)
        if kpi.cadence is not old.cadence:
            refuse_other_cadence(store, old)
        refuse_taken(store, kpi)
        change = save(store, fitted(store, old.name, kpi), by)
        follow_name(store, old.name, kpi.name, by, change)
        return change


def refuse_taken(store: Store, kpi: Kpi) -> None:
    """Refuse a name that another KPI has."""
    taken = id_of(store, kpi.name)
    if taken is not None and taken != kpi.id:
        sentence = f"There is already a KPI '{get_kpi(store, taken).name}'."
        raise RefusedDefinition(sentence, "Choose another name, or change the one that is there.")


def fitted(store: Store, old_name: str, kpi: Kpi) -> Kpi:
    """Give a definition with all names in it as they are written, or refuse it where it does not fit to all others."""
    document = dump_definitions(store)
    others = (other for other in document.kpis if key_of(other.name) != key_of(old_name))
    kept = tuple(with_kpi_renamed(other, old_name, kpi.name) for other in others)
    targets = {**document.targets, kpi.name: document.history(old_name)}
    after = replace(document, kpis=(*kept, kpi), targets=targets)
    check_kpi(after, kpi)
    refuse_unfit(kpi, Place(kpi.name[:LONGEST_NAME]))
    return spelled(kpi, after)


def save(store: Store, kpi: Kpi, by: By, link: Link = ALONE) -> int | None:
    """Write a definition without checking what it refers to. The caller is inside `Store.writing()`."""
    calendar = read_business(store).calendar
    starts = frozenset(calendar.period(kpi.cadence, day).start for day in kpi.not_applicable)
    state = kpi_to_json(replace(kpi, not_applicable=starts))
    return change_to(store, by, Subject(Thing.KPI, str(kpi.id), kpi.id, kpi.name), state, link)


def follow_name(store: Store, old: str, new: str, by: By, change: int | None) -> None:
    """Let the KPIs and key results that name a renamed one name it anew, as a part of that change."""
    if old == new:
        return
    follow_kpi(store, old, new, by, change)
    for other in kpis(store):
        renamed = with_kpi_renamed(other, old, new)
        if renamed != other:
            save(store, renamed, by, Link(part_of=change))


def refuse_other_cadence(store: Store, kpi: Kpi) -> None:
    """Refuse another cadence for a KPI with values or exceptions typed for its periods: they would vanish unseen."""
    typed = store.one(
        """SELECT 1 FROM typed_values WHERE kpi_id = :kpi
        UNION SELECT 1 FROM target_exceptions WHERE kpi_id = :kpi AND live""",
        {"kpi": kpi.id},
    )
    if typed is not None:
        sentence = f"{kpi.name} has numbers that were typed for each {kpi.cadence}."
        raise RefusedDefinition(sentence, "Remove them first, or add a new KPI with the other cadence.")


def retire_kpi(store: Store, kpi_id: int, reason: str, by: By) -> int | None:
    """Take a KPI off the board with a reason; its numbers stay.

    Raises:
        RefusedDefinition: no reason is given.
    """
    kpi = get_kpi(store, kpi_id)
    if not reason.strip():
        sentence = f"Why is {kpi.name} retired?"
        raise RefusedDefinition(sentence, "Write a short reason; it goes into the log.")
    return edit_kpi(store, replace(kpi, state=State.RETIRED, retired_reason=reason.strip()), by)


def reopen_kpi(store: Store, kpi_id: int, by: By) -> int | None:
    """Put a retired KPI back on the board."""
    return edit_kpi(store, replace(get_kpi(store, kpi_id), state=State.ACTIVE, retired_reason=""), by)


def remove_kpi(store: Store, kpi_id: int, by: By) -> int | None:
    """Take a KPI away altogether, as the sample shop is removed; taking back the change brings everything back.

    Raises:
        RefusedDefinition: another KPI is made of it, or a key result points at it.
    """
    with store.writing():
        kpi = get_kpi(store, kpi_id)
        refuse_needed(store, kpi)
        return change_to(store, by, Subject(Thing.KPI, str(kpi_id), kpi_id, kpi.name), None)


def refuse_needed(store: Store, kpi: Kpi) -> None:
    """Refuse to take a KPI away that another one is made of or that a key result points at."""
    refuse_pointed_at(store, kpi.name)
    for other in dependents(store, kpi.id):
        sentence = f"{get_kpi(store, other).name} is made of {kpi.name}."
        raise RefusedDefinition(sentence, "Remove that one first, or retire this one instead.")
