"""The SMART and KPI-quality checklist: questions to the owner, answered as findings with their evidence.

Nothing is scored. A FAIL keeps a draft a draft; a WARN goes on the board with its note. The questions that need history
(baseline, stretch, gaps, age) join these once a KPI has some. Sources: Doran 1981 for SMART, the NICE and FABRIC
criteria for indicators, and Barr's list of words that mean nothing measurable.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpi_core.catalogue import by_key
from kpi_core.checklist import specific, timely, useful
from kpi_core.checklist.finding import Facts, Finding, Remedy, Topic, Verdict
from kpi_core.checklist.portfolio import check_board
from kpi_core.checklist.words import vague_words
from kpi_core.kpi import Kpi, Tier

__all__ = [
    "Facts",
    "Finding",
    "Remedy",
    "Topic",
    "Verdict",
    "by_topic",
    "check_board",
    "check_kpi",
    "fails",
    "vague_words",
    "warnings",
]


def check_kpi(kpi: Kpi, facts: Facts) -> tuple[Finding, ...]:
    """Ask every question that needs no history; a health metric is asked only what it counts and from where."""
    entry = facts.catalogue or by_key(kpi.catalogue_key)
    measured = (specific.unit(kpi, facts), specific.adds_up(kpi, entry), specific.source(kpi, facts))
    if kpi.tier is Tier.HEALTH_METRIC:
        return (specific.defined(kpi, entry), *measured)
    return (
        specific.defined(kpi, entry),
        specific.scope(kpi),
        specific.result(kpi),
        specific.one_goal(kpi),
        *measured,
        useful.right_side(kpi, facts),
        useful.change(kpi),
        useful.serves(kpi, facts),
        useful.decision(kpi, entry),
        useful.control(kpi),
        useful.vanity(kpi, entry, facts),
        timely.deadline(facts),
        timely.readings(kpi, facts),
        timely.review(kpi, facts),
        useful.owner(kpi),
        useful.gaming(kpi, entry, facts),
        useful.pay(kpi, facts),
    )


def by_topic(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order findings by topic: what fails or warns, and of a topic that passes whole only its first."""
    everything = tuple(findings)
    ordered: list[Finding] = []
    for topic in Topic:
        own = [finding for finding in everything if finding.topic is topic]
        open_ones = [finding for finding in own if finding.verdict is not Verdict.PASS]
        ordered += open_ones or (own if topic is Topic.BOARD else own[:1])
    return tuple(ordered)


def fails(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Pick what keeps a draft a draft."""
    return tuple(each for each in findings if each.verdict is Verdict.FAIL and each.topic is not Topic.BOARD)


def warnings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Pick the notes that go on the board with the KPI."""
    return tuple(each for each in findings if each.verdict is Verdict.WARN)
