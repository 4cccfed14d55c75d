"""Specific and simple: what exactly is counted, of what part, and whether it is one number that can be grasped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpi_core.catalogue import Fault, fold
from kpi_core.catalogue.words import better_than
from kpi_core.checklist.finding import Facts, Finding, Remedy, RemedyField, Verdict
from kpi_core.checklist.words import COMPOSITE, fault_of, is_task, name_read, own_effort, vague_words, words
from kpi_core.kpi import Formula, Kpi

if TYPE_CHECKING:
    from kpi_core.catalogue import CatalogueKpi
    from kpi_core.kpi import KpiRef, Measure

ENOUGH_WORDS = 6
MOST_PARTS = 4
"""A formula of more numbers than this moves and nobody can say why."""


def defined(kpi: Kpi, entry: CatalogueKpi | None) -> Finding:
    """Ask S1: what exactly is counted."""
    if not kpi.name.strip():
        return Finding("S1", Verdict.FAIL, "It has no name yet.")
    own_words, quote = kpi.definition.strip(), " · ".join(filter(None, [kpi.name.strip(), kpi.definition.strip()]))
    borrowed = entry is not None and own_words in {"", entry.definition}
    own_name = set(fold(entry.name).split()) if entry is not None else set()
    own_name = own_name if own_name <= set(fold(kpi.name).split()) else set()
    in_name = [word for word in vague_words(kpi.name) if word not in own_name]
    vague = (*in_name, *(() if borrowed else vague_words(own_words)))
    remedy = Remedy("Use the catalogue's words", RemedyField.DEFINITION, entry.definition) if entry else None
    unsaid = None if own_words else fault_of(kpi, Fault.VAGUE)
    if vague or unsaid is not None:
        sentence = f'"{vague[0]}" means something else to everyone. How would you see it?' if vague else ""
        sentence = sentence if unsaid is None else better_than(unsaid)
        return Finding("S1", Verdict.WARN, sentence, None if own_words else remedy, quote, tuple(dict.fromkeys(vague)))
    if entry is not None and borrowed:
        sentence = f"One number, one meaning, the catalogue's: {entry.definition}"
        return Finding("S1", Verdict.PASS, sentence, None if own_words else remedy)
    if max(len(words(own_words)), len(words(kpi.name))) < ENOUGH_WORDS:
        said = f"{len(words(own_words))} words are too few to count by" if own_words else "Only a name so far"
        return Finding("S1", Verdict.WARN, f"{said}: six words or more say what is in and what is not.", remedy)
    said = own_words or kpi.name.strip()
    return Finding("S1", Verdict.PASS, f"One number, one meaning: {said.removesuffix('.')}.")


def scope(kpi: Kpi) -> Finding:
    """Ask S2: the whole business or one part."""
    if kpi.scope.strip():
        return Finding("S2", Verdict.PASS, f"Scope: {kpi.scope.strip()}.")
    remedy = Remedy("It is the whole business", RemedyField.SCOPE, "whole business")
    return Finding("S2", Verdict.WARN, "Nothing says whether it is the whole business or one part.", remedy)


def result(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> Finding:
    """Ask S3: a result, not a task or an activity."""
    if entry is None and is_task(kpi.name, facts.today):
        verb = next(iter(words(kpi.name)), "")
        sentence = "That is a task: done once. Which number moves when it is done?"
        return Finding("S3", Verdict.FAIL, sentence, quote=kpi.name, marked=(verb,))
    effort = own_effort(kpi.name)
    if effort:
        sentence = "It counts your own effort. What should come out of it?"
        return Finding("S3", Verdict.WARN, sentence, quote=kpi.name, marked=(effort,))
    return Finding("S3", Verdict.PASS, "A result, not a task.")


def one_goal(kpi: Kpi, facts: Facts) -> Finding:
    """Ask S4: one goal only, and a number that can be grasped."""
    others = name_read(kpi.name, facts.today).others
    if others:
        sentence = f"{len(others) + 1} goals in one: {others[0]} is a line of its own."
        first = re.split(rf"\s*(?:\band\b|\bwhile\b|,|;|&|\+)?\s*{re.escape(others[0])}", kpi.name, maxsplit=1)[
            0
        ].strip()
        remedy = Remedy(f"Keep only: {first}", RemedyField.NAME, first) if first and first != kpi.name else None
        return Finding("S4", Verdict.WARN, sentence, remedy, quote=kpi.name, marked=others)
    called = next((word for word in COMPOSITE if re.search(rf"\b{word}\b", kpi.name.casefold())), "")
    parts = _parts(kpi.values) if isinstance(kpi.values, Formula) else 1
    if called or parts > MOST_PARTS:
        made = f"is made of {parts} numbers" if parts > MOST_PARTS else "sounds like many numbers in one"
        sentence = f"It {made}: when it moves, nobody can say what to do. Watch the one that matters."
        return Finding(
            "S4", Verdict.WARN, sentence, quote=kpi.name if called else "", marked=(called,) if called else ()
        )
    return Finding("S4", Verdict.PASS, "One number, one goal.")


def _parts(part: Formula | Measure | KpiRef) -> int:
    return sum(_parts(each) for each in part.parts) if isinstance(part, Formula) else 1
