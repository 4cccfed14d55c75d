"""The report for partners and the bank, gathered from the board's own cards and written as a file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kpi_core.actual import Actual, CoverageState
from kpi_core.board.alerts import shows
from kpi_core.board.past import past
from kpi_core.definition import key_of
from kpi_core.definition.words import describe
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Tier, Typed
from kpi_core.period import day_name
from kpi_core.report import Report, ReportAction, ReportGroup, ReportRow, Told
from kpi_core.report.csv_zip import to_zip
from kpi_core.report.html import to_html
from kpi_core.report.pdf import to_pdf
from kpi_core.report.words import HEALTH, HEALTH_SAYS
from kpi_core.report.workbook import to_workbook
from kpi_core.review import Progress
from kpi_core.review.actions import as_of, short_state
from kpi_core.service.actions import lines_of
from kpi_core.service.boards import View, board
from kpi_core.service.everything import everything
from kpi_core.service.sources_of import sources_of
from kpi_core.signals import SignalState
from kpi_core.status import Status
from kpi_core.store.business import read_business
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.actions import actions as stored_actions
from kpi_core.store.definitions.kpis import kpis
from kpi_core.store.definitions.targets import all_targets
from kpi_core.store.histories import all_periods, is_stored, worked_out
from kpi_core.store.import_list import covered
from kpi_core.store.sources import list_sources
from kpi_core.target import TargetHistory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kpi_core.board import Board, BoardRow
    from kpi_core.board.past import PastPeriod
    from kpi_core.business import Business
    from kpi_core.kpi import Kpi
    from kpi_core.store.data_file import Store

HTML, PDF, XLSX, ZIP = ".html", ".pdf", ".xlsx", ".zip"
ENDINGS = (HTML, PDF, XLSX, ZIP)
"""How files of a report end: a page, a document, a workbook, and everything as CSV files in one archive."""
OF_LATE = timedelta(days=31)
"""How long after it was done an action is reported."""
COLOURED = frozenset({Status.GREEN, Status.AMBER, Status.RED})
SETTLED = frozenset({Status.ACCEPTED, Status.NOT_APPLICABLE})
"""Greys of which everything is known."""
CHANGE_ORDER = (SignalState.WORSE, SignalState.OTHER, SignalState.BETTER)


def write(data_file: Path, today: date, ending: str, as_of: date | None = None) -> bytes:
    """Write the report as the kind of file that an ending names, one of ENDINGS, whatever its case.

    Raises:
        RefusedDefinition: another ending, or a day that is still to come.
    """
    kind, day = ending.casefold(), as_of or today
    if kind not in ENDINGS:
        sentence = (
            f"A report cannot be a file that ends in “{ending}”." if ending else "The report's file has no ending."
        )
        raise RefusedDefinition(sentence, f"Let its name end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.")
    if kind == ZIP:
        return to_zip(everything(data_file, today, day), today)
    if kind == XLSX:
        return to_workbook(report(data_file, today, day, whole=True))
    gathered = report(data_file, today, day)
    return to_pdf(gathered) if kind == PDF else to_html(gathered).encode()


def report(data_file: Path, today: date, as_of: date | None = None, *, whole: bool = False) -> Report:
    """Gather the report of a day: today's data, with the definitions and targets in force then.

    Args:
        data_file: the data file.
        today: the day on which it is made.
        as_of: the day that it speaks of; None: today.
        whole: with all periods of every KPI, not only those that its card draws.

    Raises:
        RefusedDefinition: the day is still to come.
    """
    day = as_of or today
    shown = board(data_file, today, View(day))
    cards = (*(card for group in shown.groups for card in group.rows), *shown.health)
    with open_store(data_file) as store, store.reading():
        business = read_business(store)
        provenance = _provenance(store, cards, day)
        pasts = _pasts(store, cards, business, day) if whole else {}

    def rows(some: Iterable[BoardRow]) -> tuple[ReportRow, ...]:
        return tuple(
            ReportRow(card, _comes_from(card.kpi), business.style, pasts.get(card.kpi.id, ())) for card in some
        )

    groups = tuple(ReportGroup(each.name, each.rollup.sentence, rows(each.rows)) for each in shown.groups)
    watched = (ReportGroup(HEALTH, HEALTH_SAYS, rows(shown.health)),) if shown.health else ()
    return Report(
        business=business.name,
        as_of=day,
        made_on=today,
        heading=shown.heading,
        counts=shown.rollup.sentence,
        tally=_tally(shown),
        groups=(*groups, *watched),
        changes=_changes(cards),
        actions=actions(data_file, day),
        unknown=tuple(_unknown(shown)),
        provenance=provenance,
        style=business.style,
    )


def actions(data_file: Path, day: date) -> tuple[ReportAction, ...]:
    """List what is done about the KPIs as it stood on a day: overdue, due, open, and what was done of late."""
    with open_store(data_file) as store, store.reading():
        names = {kpi.id: kpi.name for kpi in kpis(store)}
        stood = [as_of(each, day) for each in stored_actions(store)]
    lines = lines_of((each for each in stood if each is not None), names, day)
    return tuple(
        ReportAction(line.kpi, line.action.what, line.action.owner, line.action.due, short_state(line.action, day))
        for line in lines
        if line.action.closed is None or (line.progress is Progress.DONE and day - line.action.closed <= OF_LATE)
    )


def _tally(shown: Board) -> tuple[tuple[Status, int, str], ...]:
    rollup = shown.rollup
    counts = (
        (Status.GREEN, rollup.on_target, "on target"),
        (Status.AMBER, rollup.close, "close"),
        (Status.RED, rollup.off, "off target"),
        *((status, count, status.value) for status, count in shown.greys.items()),
    )
    return tuple(each for each in counts if each[1])


def _changes(cards: Iterable[BoardRow]) -> tuple[Told, ...]:
    """List what is really changing, the bad first, in the words of the alerts."""
    real = [card for card in cards if card.signal.real]
    real.sort(key=lambda card: CHANGE_ORDER.index(card.signal.state))
    return tuple(Told(card.kpi.name, shows(card.signal_sentence)) for card in real)


def _unknown(shown: Board) -> Iterator[Told]:
    """Say what the page cannot say: values that lack, are waited for, and KPIs that are drafts still."""
    for card in (*shown.rows, *shown.health):
        name, judged = card.kpi.name, card.judgement
        if card.kpi.tier is Tier.KPI and judged.status not in COLOURED | SETTLED:
            yield Told(name, judged.sentence or "It has no colour.")
        elif card.due_text:
            yield Told(name, f"{card.due_text}.")
        elif card.kpi.tier is not Tier.KPI and card.actual is None:
            yield Told(name, "It has no value.")
    for kpi in shown.drafts:
        yield Told(kpi.name, "It is a draft and not on the board yet.")


def _comes_from(kpi: Kpi) -> str:
    made = describe(kpi.values)
    return f"{made}; {kpi.includes}" if kpi.includes else made


def _provenance(store: Store, cards: Sequence[BoardRow], day: date) -> str:
    """Say which files the numbers come from, and until when each speaks."""
    known = kpis(store)
    shown = [card.kpi for card in cards]
    wanted = {key_of(name) for kpi in shown for name in sources_of(kpi, known)}
    named = [_source(store, each.id, each.name, day) for each in list_sources(store) if key_of(each.name) in wanted]
    typed = any(card.typed for card in cards) or any(isinstance(kpi.values, Typed) for kpi in shown)
    parts = [*named, *(["numbers typed by hand"] if typed else [])]
    return f"The numbers come from: {', '.join(parts)}." if parts else ""


def _source(store: Store, source_id: int, name: str, day: date) -> str:
    last = max((each.last_day for each in covered(store, source_id)), default=None)
    return name if last is None else f"{name} (until {day_name(last, day)})"


def _pasts(store: Store, cards: Iterable[BoardRow], business: Business, day: date) -> dict[int, tuple[PastPeriod, ...]]:
    """Judge all complete periods of every KPI, each by the target of its own time."""
    stored = {kpi.id: kpi for kpi in kpis(store)}
    held_to = all_targets(store)
    found = {}
    for card in cards:
        actuals = _actuals(store, card.kpi, stored.get(card.kpi.id), business, day)
        lines = past(
            card.kpi,
            held_to.get(card.kpi.id, TargetHistory()),
            actuals,
            calendar=business.calendar,
            style=business.style,
            today=day,
        )
        found[card.kpi.id] = lines
    return found


def _actuals(store: Store, kpi: Kpi, stored: Kpi | None, business: Business, day: date) -> list[Actual]:
    """Read a KPI's values from its first period to the last complete one; a period without data is a hole."""
    known = {each.period.start: each for each in all_periods(store, kpi, business.calendar, day)}
    if not known:
        return []
    end = business.calendar.last_complete(kpi.cadence, day).end
    periods = business.calendar.periods(kpi.cadence, min(known), end)
    if not is_stored(kpi, stored):
        return worked_out(store, kpi, periods)
    return [known.get(each.start) or Actual(each, None, CoverageState.NONE) for each in periods]
