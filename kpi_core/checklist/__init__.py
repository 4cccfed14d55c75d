"""The SMART and KPI-quality checklist: 26 questions to the owner, answered as findings with their evidence.

Nothing is scored. A FAIL keeps a draft a draft; a WARN goes on the board with its note. The evidence comes from the
owner's words and from the data. Sources: Doran 1981 for SMART, the NICE and FABRIC criteria for indicators, and
Barr's list of words that mean nothing measurable.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpi_core.catalogue import CatalogueKpi
from kpi_core.checklist import attainable, measurable, owned, relevant, specific, timely
from kpi_core.checklist.finding import Facts, Finding, Remedy, RemedyField, Verdict
from kpi_core.checklist.portfolio import check_board
from kpi_core.checklist.questions import QUESTIONS, Question, Topic
from kpi_core.checklist.words import entry_of, vague_words
from kpi_core.kpi import Kpi, Tier

__all__ = [
    "QUESTIONS",
    "Facts",
    "Finding",
    "Question",
    "Remedy",
    "RemedyField",
    "Topic",
    "Verdict",
    "by_topic",
    "check_board",
    "check_kpi",
    "fails",
    "note_of",
    "passes",
    "summary",
    "vague_words",
    "verdict_of",
    "warnings",
]
WORST_FIRST = (Verdict.FAIL, Verdict.WARN, Verdict.PASS)


def check_kpi(kpi: Kpi, facts: Facts, *, forecast: bool = True) -> tuple[Finding, ...]:
    """Ask every question of one KPI; a health metric is asked only what it counts and from where.

    `forecast`: ask A3 too, which works a forecast out.
    """
    entry = entry_of(kpi, facts.catalogue, facts.today)
    measured = (
        measurable.unit(kpi, facts),
        measurable.adds_up(kpi, entry, facts),
        measurable.source(kpi, facts),
        measurable.trusted(kpi, facts),
    )
    if kpi.tier is Tier.HEALTH_METRIC:
        return (specific.defined(kpi, entry), *measured)
    return (
        specific.defined(kpi, entry),
        specific.scope(kpi),
        specific.result(kpi, entry, facts),
        specific.one_goal(kpi, facts),
        *measured,
        attainable.where_now(kpi, facts),
        attainable.right_side(kpi, entry, facts),
        *(_stretched(kpi, entry, facts) if forecast else ()),
        relevant.change(kpi),
        relevant.serves(kpi, entry, facts),
        relevant.decision(kpi, entry),
        relevant.control(kpi),
        relevant.vanity(kpi, entry, facts),
        timely.deadline(kpi, facts),
        timely.readings(kpi, facts),
        timely.there(kpi, facts),
        timely.review(kpi, facts),
        owned.owner(kpi),
        owned.gaming(kpi, entry, facts),
        owned.pay(kpi, entry, facts),
    )


def _stretched(kpi: Kpi, entry: CatalogueKpi | None, facts: Facts) -> tuple[Finding, ...]:
    from kpi_core.checklist.stretch import stretch  # noqa: PLC0415 -- numpy is loaded only by who asks for a forecast

    return (stretch(kpi, entry, facts),)


def by_topic(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order what is to be shown by topic, in a topic what fails first: what fails or warns, of the board everything.

    What another finding says already is left out.
    """
    everything = [
        each for each in findings if (each.verdict is not Verdict.PASS or each.topic is Topic.BOARD) and not each.echo
    ]
    topics = list(Topic)
    return tuple(sorted(everything, key=lambda each: (topics.index(each.topic), WORST_FIRST.index(each.verdict))))


def passes(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Pick what is fine of a KPI."""
    return tuple(each for each in findings if each.verdict is Verdict.PASS and each.topic is not Topic.BOARD)


def fails(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Pick what keeps a draft a draft; what judges the board never does."""
    return tuple(each for each in findings if each.verdict is Verdict.FAIL and each.topic is not Topic.BOARD)


def warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Pick the notes that go on the board with the KPI."""
    return tuple(each for each in findings if each.verdict is Verdict.WARN and not each.echo)


def note_of(findings: Iterable[Finding]) -> str:
    """Write the note that goes on the board with a KPI: the first open question, what fails first; "" where none is.

    How many more are open is the checklist's matter: a count on a card tells nobody what to do.

    >>> note_of([Finding("O1", Verdict.WARN, ""), Finding("T1", Verdict.FAIL, ""), Finding("G2", Verdict.PASS, "")])
    'To think about: By when, or how often?'
    """
    still_open = [each for each in by_topic(findings) if each.topic is not Topic.BOARD]
    if not still_open:
        return ""
    first = min(still_open, key=lambda each: WORST_FIRST.index(each.verdict))
    return f"To think about: {first.question}"


def summary(findings: Iterable[Finding]) -> str:
    """Say in a line how many questions are open and how many fine; no score.

    >>> summary([Finding("O1", Verdict.WARN, ""), Finding("T1", Verdict.FAIL, ""), Finding("G2", Verdict.PASS, "")])
    '1 to put right, 1 to think again, 1 fine'
    """
    everything = tuple(findings)
    shown = [each.verdict for each in by_topic(everything)]
    counts = (
        (shown.count(Verdict.FAIL), "to put right"),
        (shown.count(Verdict.WARN), "to think again"),
        (len(passes(everything)), "fine"),
    )
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Give the verdict of a card: the worst of its checks, those of the board left out.

    >>> verdict_of([Finding("S2", Verdict.WARN, ""), Finding("O1", Verdict.PASS, ""), Finding("B1", Verdict.FAIL, "")])
    <Verdict.WARN: 'warn'>
    """
    own = [each.verdict for each in findings if each.topic is not Topic.BOARD]
    return next((each for each in WORST_FIRST if each in own), Verdict.PASS)
