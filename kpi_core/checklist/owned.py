"""Owned by one person, and hard to game: the counter-measure beside it, and pay that is not tied to it alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpi_core.catalogue import Fault, by_key
from kpi_core.catalogue.words import better_than
from kpi_core.checklist.finding import Facts, Finding, Remedy, RemedyField, Verdict
from kpi_core.checklist.owners import group_words, is_nobody
from kpi_core.checklist.words import fault_of

if TYPE_CHECKING:
    from kpi_core.catalogue import CatalogueKpi
    from kpi_core.kpi import Kpi


def owner(kpi: Kpi) -> Finding:
    """Ask O1: one person owns it."""
    if not re.search(r"[^\W\d_]", kpi.owner):
        return Finding("O1", Verdict.FAIL, "Nobody owns it.")
    if is_nobody(kpi.owner):
        return Finding("O1", Verdict.WARN, "That is nobody's name yet.", quote=kpi.owner.strip())
    group = group_words(kpi.owner)
    if group:
        return Finding("O1", Verdict.WARN, "A group owns nothing.", quote=kpi.owner.strip(), marked=group)
    return Finding("O1", Verdict.PASS, f"{kpi.owner.strip()} owns it.")


def watched(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> str | None:
    """Name the KPI or health metric that is tracked and would show gaming; None where there is none."""
    wanted = kpi.counter_measure.strip().casefold()
    key = entry.counter_metric if entry else ""
    return next(
        (
            each.name
            for each in facts.beside
            if (wanted and each.name.casefold() == wanted) or (key and each.catalogue_key == key)
        ),
        None,
    )


def gaming(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask G1: what would show that it is gamed."""
    tracked = watched(kpi, entry, facts)
    if tracked is not None:
        return Finding("G1", Verdict.PASS, f"{tracked} is watched beside it.")
    counter = by_key(entry.counter_metric) if entry else None
    if entry is not None and counter is not None:
        sentence = f"{entry.gamed_by} makes it look good. {counter.name} would show it."
        remedy = Remedy(f"Watch {counter.name} beside it", RemedyField.WATCH_BESIDE, counter.key)
        return Finding("G1", Verdict.WARN, sentence, remedy)
    gamed = fault_of(kpi, Fault.EASILY_GAMED)
    beside = by_key(gamed.instead[0]) if gamed is not None else None
    if gamed is not None and beside is not None:
        remedy = Remedy(f"Watch {beside.name} beside it", RemedyField.WATCH_BESIDE, beside.key)
        return Finding("G1", Verdict.WARN, better_than(gamed), remedy)
    return Finding("G1", Verdict.WARN, "Nothing is watched beside it. Name a number that would show it.")


def pay(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask G2: is pay tied to it."""
    if kpi.pay_tied is None:
        no = Remedy("No pay is tied to it", RemedyField.PAY_TIED, value=False)
        return Finding("G2", Verdict.WARN, "Nothing says yet whether pay is tied to it.", no)
    tracked = watched(kpi, entry, facts)
    if kpi.pay_tied and tracked is None:
        return Finding("G2", Verdict.WARN, "Pay is tied to it and nothing is watched beside it.")
    sentence = f"Pay is tied to it, and {tracked} is watched beside it." if kpi.pay_tied else "No pay is tied to it."
    return Finding("G2", Verdict.PASS, sentence)
