"""Specific and measurable: what exactly is counted, in which unit, and where the number comes from."""

from __future__ import annotations

import re

from kpi_core.catalogue import AddsUp, CatalogueKpi
from kpi_core.checklist.finding import Facts, Finding, Remedy, Topic, Verdict
from kpi_core.checklist.words import is_own_effort, is_task, vague_words, words
from kpi_core.kpi import Formula, FormulaKind, Kpi, Typed
from kpi_core.unit import UnitKind, stands_for

ENOUGH_WORDS = 6
TWO_PARTS = 2


def defined(kpi: Kpi, entry: CatalogueKpi | None) -> Finding:
    """Ask S1: what exactly is counted."""

    def finding(verdict: Verdict, sentence: str) -> Finding:
        return Finding("S1", Topic.SPECIFIC, verdict, sentence)

    if not kpi.name.strip():
        return finding(Verdict.FAIL, "It has no name yet. What exactly do you count?")
    if kpi.definition.strip() and entry is not None and kpi.definition == entry.definition:
        return finding(Verdict.PASS, "One number, one meaning: the catalogue's definition.")
    vague = vague_words(f"{kpi.name} {kpi.definition}")
    if vague:
        return finding(Verdict.WARN, f'"{vague[0]}" means something else to everyone. How would you see it?')
    if len(words(kpi.definition)) < ENOUGH_WORDS:
        return finding(Verdict.WARN, "Say it so that two people would count the same thing: six words or more.")
    return finding(Verdict.PASS, "One number, one meaning.")


def scope(kpi: Kpi) -> Finding:
    """Ask S2: the whole business or one part."""
    if kpi.scope.strip():
        return Finding("S2", Topic.SPECIFIC, Verdict.PASS, f"Scope: {kpi.scope}.")
    return Finding(
        "S2",
        Topic.SPECIFIC,
        Verdict.WARN,
        "Is it the whole business or one part? Name the shop, team or product if it is only one.",
        Remedy("Whole business", "scope", "whole business"),
    )


def result(kpi: Kpi) -> Finding:
    """Ask S3: a result, not a task or an activity."""
    if is_task(kpi.name):
        sentence = "That is a task: done once. A KPI is a number you can read again and again. What is the task for?"
        return Finding("S3", Topic.SPECIFIC, Verdict.FAIL, sentence)
    if is_own_effort(kpi.name):
        sentence = "It counts your own effort. What should come out of it?"
        return Finding("S3", Topic.SPECIFIC, Verdict.WARN, sentence)
    return Finding("S3", Topic.SPECIFIC, Verdict.PASS, "A result, not a task.")


def one_goal(kpi: Kpi) -> Finding:
    """Ask S4: one goal only."""
    parts = re.split(r"\band\b|\bwhile\b|,(?=\s)", kpi.name)
    if sum(bool(re.search(r"\d", part)) for part in parts) > 1:
        return Finding("S4", Topic.SPECIFIC, Verdict.WARN, "Two goals in one. Split it: one number, one line.")
    return Finding("S4", Topic.SPECIFIC, Verdict.PASS, "One goal only.")


def unit(kpi: Kpi, facts: Facts) -> Finding:
    """Ask M1: in which unit, and does the file agree."""
    if len(facts.source_currencies) > 1:
        sentence = (
            f"The file holds {' and '.join(facts.source_currencies)}: money is never added across currencies. "
            "Count the rows of one, or make a KPI of each."
        )
        return Finding("M1", Topic.MEASURABLE, Verdict.FAIL, sentence)
    found, own = next(iter(facts.source_currencies), None), kpi.unit.currency
    fits = bool(found and own and stands_for(found, own))
    if kpi.unit.kind is UnitKind.CURRENCY and found and own and not fits:
        sentence = f"The file is in {found}, the KPI in {own}. Choose one: money is never added across currencies."
        remedy = Remedy(f"Use {found}", "currency", found) if found.isalpha() and found.isupper() else None
        return Finding("M1", Topic.MEASURABLE, Verdict.FAIL, sentence, remedy)
    if fits:
        return Finding("M1", Topic.MEASURABLE, Verdict.PASS, f"Unit: {own}, as in the file.")
    if isinstance(kpi.values, Typed):
        return Finding("M1", Topic.MEASURABLE, Verdict.PASS, f"Unit: {own or kpi.unit.kind.value}.")
    sentence = f"Unit: {own or kpi.unit.kind.value}, as you chose; the file does not say."
    return Finding("M1", Topic.MEASURABLE, Verdict.WARN, sentence)


def adds_up(kpi: Kpi, entry: CatalogueKpi | None) -> Finding:
    """Ask M2: how it is worked out and how periods add up."""
    values = kpi.values
    if isinstance(values, Formula):
        if values.kind in {FormulaKind.RATIO, FormulaKind.SHARE} and len(values.parts) < TWO_PARTS:
            sentence = "What is it divided by? A share needs both its numbers."
            return Finding("M2", Topic.MEASURABLE, Verdict.FAIL, sentence)
        sentence = "A longer period is worked out from its parts again, never averaged."
        return Finding("M2", Topic.MEASURABLE, Verdict.PASS, sentence)
    ratio = kpi.unit.kind is UnitKind.PERCENT or (entry is not None and entry.adds_up is AddsUp.RATIO)
    if isinstance(values, Typed) and ratio:
        sentence = "Typed without its two parts, a year is only the average of its months. Add the parts if you can."
        return Finding("M2", Topic.MEASURABLE, Verdict.WARN, sentence)
    return Finding("M2", Topic.MEASURABLE, Verdict.PASS, f"Periods add up by {values.aggregate.value}.")


def source(kpi: Kpi, facts: Facts) -> Finding:
    """Ask M3: where the number comes from."""
    typed = isinstance(kpi.values, Typed)
    if facts.source_rows is None:
        sentence = "Its data is not here yet. If nobody can export it, choose another number for now."
        return Finding("M3", Topic.MEASURABLE, Verdict.FAIL, sentence)
    if facts.source_rows == 0:
        sentence = "No value yet: type the first one." if typed else "The source has no rows yet: add a file."
        return Finding("M3", Topic.MEASURABLE, Verdict.WARN, sentence)
    sentence = "Values are typed by hand." if typed else f"Read from {facts.source_rows:,} rows."
    return Finding("M3", Topic.MEASURABLE, Verdict.PASS, sentence)
