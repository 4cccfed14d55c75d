"""Time-bound: by when, how often read, when looked at again."""

from __future__ import annotations

from datetime import timedelta

from kpi_core.checklist.finding import Facts, Finding, Remedy, Topic, Verdict
from kpi_core.kpi import Kpi
from kpi_core.period import Cadence

DAYS = {Cadence.DAY: 1, Cadence.WEEK: 7, Cadence.MONTH: 30, Cadence.QUARTER: 91, Cadence.YEAR: 365}
REVIEW_DAYS = 92
LONGEST_DEADLINE = timedelta(days=731)
ENOUGH_READINGS = 4
FEW_READINGS = 2


def deadline(facts: Facts) -> Finding:
    """Ask T1: by when, or how often."""
    deadline = facts.target.deadline if facts.target else None
    if deadline is None:
        return Finding("T1", Topic.TIME_BOUND, Verdict.PASS, "Judged again in every period.")
    if deadline < facts.today:
        return Finding("T1", Topic.TIME_BOUND, Verdict.FAIL, "The date has passed. Give a new one.")
    if deadline - facts.today > LONGEST_DEADLINE:
        return Finding("T1", Topic.TIME_BOUND, Verdict.WARN, "More than two years away: give a nearer date.")
    return Finding("T1", Topic.TIME_BOUND, Verdict.PASS, f"By {deadline.day} {deadline:%B %Y}.")


def readings(kpi: Kpi, facts: Facts) -> Finding:
    """Ask T2: how many readings before the date."""
    deadline = facts.target.deadline if facts.target else None
    if deadline is None or deadline < facts.today:
        return Finding("T2", Topic.TIME_BOUND, Verdict.PASS, f"Read every {kpi.cadence.value}.")
    readings = (deadline - facts.today).days // DAYS[kpi.cadence]
    if readings >= ENOUGH_READINGS:
        return Finding("T2", Topic.TIME_BOUND, Verdict.PASS, f"{readings} readings before the date.")
    few = {0: "No reading", 1: "Only one reading", 2: "Only two readings", 3: "Only three readings"}[readings]
    verdict = Verdict.WARN if readings >= FEW_READINGS else Verdict.FAIL
    remedy = _faster(kpi.cadence)
    return Finding("T2", Topic.TIME_BOUND, verdict, f"{few} before the date.", remedy)


def _faster(cadence: Cadence) -> Remedy | None:
    match cadence:
        case Cadence.YEAR | Cadence.QUARTER:
            return Remedy("Read monthly", "cadence", Cadence.MONTH)
        case Cadence.MONTH:
            return Remedy("Read weekly", "cadence", Cadence.WEEK)
        case Cadence.WEEK | Cadence.DAY:
            return None


def review(kpi: Kpi, facts: Facts) -> Finding:
    """Ask T4: when it is looked at again."""
    if kpi.review_date is not None and kpi.review_date <= facts.today + timedelta(days=REVIEW_DAYS):
        sentence = f"Looked at again on {kpi.review_date.day} {kpi.review_date:%B %Y}."
        return Finding("T4", Topic.TIME_BOUND, Verdict.PASS, sentence)
    return Finding(
        "T4",
        Topic.TIME_BOUND,
        Verdict.WARN,
        "When will you look whether it still matters? Goals change; put a date in the diary.",
        Remedy("In three months", "review_date", facts.today + timedelta(days=91)),
    )
