"""The checklist's questions, asked again of what is on the board: which answers are findings, and what helps.

Rules and sentences are the checklist's own; what is added here is the evidence in numbers and dates, and the remedies.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kpi_core.catalogue import Vanity
from kpi_core.checklist import Finding, RemedyField, Verdict, measurable, owned, relevant, timely
from kpi_core.checklist.readings import counted, written
from kpi_core.checklist.words import entry_of, vanity_of
from kpi_core.hygiene import cures
from kpi_core.hygiene.types import Cure, Deed, Rule, Untidy
from kpi_core.period import day_name, period_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpi_core.catalogue import CatalogueKpi
    from kpi_core.hygiene.types import Looked, Portfolio

Evidence = tuple[tuple[str, str], ...]


def asked(looked: Looked, portfolio: Portfolio) -> Iterator[Untidy]:
    """Ask one KPI all that the check-up takes from the checklist."""
    entry = entry_of(looked.kpi, looked.facts.catalogue, looked.facts.today)
    yield from _numbers(looked)
    yield from _deadline(looked)
    yield from _purpose(looked, entry, portfolio)
    yield from _owner(looked)
    yield from _gaming(looked, entry, portfolio)
    yield from _look_again(looked)


def _numbers(looked: Looked) -> Iterator[Untidy]:
    """M3 and T3: where the numbers come from, and whether they are there when they are needed."""
    kpi, facts = looked.kpi, looked.facts
    source = measurable.source(kpi, facts)
    if source.verdict is not Verdict.PASS:
        yield _untidy(Rule.NO_SOURCE, source, looked, cures=(cures.bring_numbers(kpi), cures.retire(kpi)))
        return
    there = timely.there(kpi, facts)
    if there.verdict is Verdict.PASS:
        return
    found = counted(facts)
    evidence: Evidence = ()
    if found:
        newest, value = found[-1]
        name = period_name(newest.period, facts.calendar, facts.today)
        evidence = (
            ("Newest reading", f"{written(kpi, facts, value)} in {name}"),
            ("Ended", day_name(newest.period.last_day, None)),
        )
    yield _untidy(Rule.STALE, there, looked, evidence, (cures.bring_numbers(kpi), cures.retire(kpi)))


def _deadline(looked: Looked) -> Iterator[Untidy]:
    """T1: a deadline that has passed."""
    found, target = timely.deadline(looked.kpi, looked.facts), looked.facts.target
    if found.verdict is not Verdict.FAIL or target is None or target.deadline is None:
        return
    remedies: tuple[Cure, ...] = (cures.to_form(looked.kpi, "Change the target"),)
    remedies = (*_on_a_day(Deed.DEADLINE, found, looked), *remedies)
    days = (looked.facts.today - target.deadline).days
    evidence = (("Deadline", day_name(target.deadline, None)), ("Passed", _ago(days)))
    yield _untidy(Rule.DEADLINE, found, looked, evidence, remedies)


def _purpose(looked: Looked, entry: CatalogueKpi | None, portfolio: Portfolio) -> Iterator[Untidy]:
    """R1 and R4: which goal it serves, and whether it only looks good.

    What only sometimes looks good is the checklist's matter: nothing on the board has to change for it.
    """
    kpi, facts = looked.kpi, looked.facts
    goal = relevant.serves(kpi, entry, facts)
    if goal.verdict is Verdict.FAIL:
        known = goal.remedy if goal.remedy and goal.remedy.field is RemedyField.GOAL else None
        helps = (*cures.goal(kpi, portfolio.goals, known), cures.health(kpi), cures.retire(kpi))
        yield _untidy(Rule.NO_GOAL, goal, looked, cures=helps)
    vanity = relevant.vanity(kpi, entry, facts)
    if vanity.verdict is not Verdict.PASS and vanity_of(kpi, entry) is Vanity.OFTEN:
        yield _untidy(Rule.VANITY, vanity, looked, cures=(cures.health(kpi), cures.retire(kpi)))


def _owner(looked: Looked) -> Iterator[Untidy]:
    """O1: one person owns it."""
    found = owned.owner(looked.kpi)
    if found.verdict is not Verdict.PASS:
        evidence = (("Owner", found.quote),) if found.quote else ()
        yield _untidy(Rule.NO_OWNER, found, looked, evidence, (cures.owner(looked.kpi),))


def _gaming(looked: Looked, entry: CatalogueKpi | None, portfolio: Portfolio) -> Iterator[Untidy]:
    """G1 and G2: known to be gamed, or paid for, without the number that would show it; one finding for both."""
    kpi, facts = looked.kpi, looked.facts
    gaming, pay = owned.gaming(kpi, entry, facts), owned.pay(kpi, entry, facts)
    if gaming.verdict is Verdict.PASS:
        return
    known = gaming.remedy if gaming.remedy and gaming.remedy.field is RemedyField.WATCH_BESIDE else None
    others = (*(each.kpi for each in portfolio.kpis), *portfolio.beside)
    helps = cures.watch(kpi, known, others)
    named = kpi.counter_measure.strip()
    evidence = (("Named, not measured", named),) if named else ()
    if kpi.pay_tied:
        untie = Cure(Deed.UNTIE_PAY, "No pay is tied to it any more", (kpi.id,))
        yield _untidy(Rule.PAY, pay, looked, evidence, (*helps, untie))
    elif known is not None or named:
        yield _untidy(Rule.GAMEABLE, gaming, looked, evidence, helps)


def _look_again(looked: Looked) -> Iterator[Untidy]:
    """T4: no day on which to look whether it still matters, or one that has passed; a later one was chosen."""
    day, today = looked.kpi.review_date, looked.facts.today
    if day is not None and day >= today:
        return
    found = timely.review(looked.kpi, looked.facts)
    helps: tuple[Cure, ...] = (cures.to_form(looked.kpi, "Choose another day"),)
    helps = (*_on_a_day(Deed.REVIEW_DATE, found, looked), *helps)
    evidence = () if day is None else (("To be looked at", day_name(day, None)), ("Passed", _ago((today - day).days)))
    yield _untidy(Rule.LOOK_AGAIN, found, looked, evidence, helps)


def _ago(days: int) -> str:
    return "yesterday" if days == 1 else f"{days} days ago"


def _on_a_day(deed: Deed, found: Finding, looked: Looked) -> tuple[Cure, ...]:
    """Offer the day that the checklist offers."""
    day = found.remedy.value if found.remedy else None
    return (Cure(deed, found.remedy.label, (looked.kpi.id,), day),) if found.remedy and isinstance(day, date) else ()


def _untidy(
    rule: Rule, found: Finding, looked: Looked, evidence: Evidence = (), cures: tuple[Cure, ...] = ()
) -> Untidy:
    kpi = looked.kpi
    return Untidy(rule, found.verdict, found.sentence, found.hint, (kpi.id,), (kpi.name,), evidence, cures)
