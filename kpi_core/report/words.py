"""What the report itself says, once for all its writers; everything else comes from the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.kpi import Tier
from kpi_core.period import day_name
from kpi_core.status import Shape, Status, shape

if TYPE_CHECKING:
    from kpi_core.report.value import Report, ReportAction, ReportRow

CHANGES, ACTIONS, UNKNOWN = "What really changed", "Actions", "What is not known"
NO_CHANGES: Final = "No real change: what went up and down did so as it usually does, or is too new to tell."
NO_ACTIONS: Final = "No action is written down."
NOTHING: Final = "Nothing to report yet: there was no KPI on the board on this day."
HEALTH: Final = "Health metrics"
HEALTH_SAYS: Final = "to watch beside the KPIs, never coloured"
COLUMNS: Final = ("Status", "KPI", "Actual", "Target", "Trend")
ACTION_COLUMNS: Final = ("KPI", "Action", "Owner", "Due", "State")
NO_VALUE: Final = "no value"
SIGNS: Final = {Shape.CIRCLE: "●", Shape.TRIANGLE: "▲", Shape.SQUARE: "■", Shape.RING: "○"}
"""Each shape as a character, where nothing can be drawn."""
LEGEND: Final = (
    (Status.GREEN, "On target (green)"),
    (Status.AMBER, "Close (amber): a miss within the tolerance"),
    (Status.RED, "Off target (red)"),
    (Status.NO_DATA, "No colour (grey): the words say why"),
)
NOT_DRAWN: Final = "□ stands for a letter that this document has no font for; the HTML report shows it."
TREND_LEGEND: Final = "Trend: up to 24 periods, the newest on the right; dashed: the target."
LETTER_LANDS: Final = frozenset(["US", "CA", "MX", "PH", "CL", "CO", "CR", "GT", "NI", "PA", "PR", "SV", "VE", "BZ"])
"""Where paper is Letter (Unicode CLDR, supplemental data, measurement data); everywhere else it is A4."""


def title_of(report: Report) -> str:
    """Name the report: the business, or what it is where the business has no name."""
    return report.business or "KPI report"


def subtitle_of(report: Report) -> str:
    """Say which day and period the report speaks of: "KPI report as of 28 November 2026 · ..."."""
    return f"KPI report {report.heading}" if report.business else report.heading.removeprefix("as of ")


def sign_of(status: Status) -> str:
    """Give the shape of a status as a character.

    >>> sign_of(Status.RED), sign_of(Status.OVERDUE)
    ('■', '○')
    """
    return SIGNS[shape(status)]


def sentences_of(row: ReportRow, report: Report) -> tuple[str, ...]:
    """List what is said of a KPI, in the order of its four questions; what stands below is not said twice."""
    card = row.card
    judged = "" if card.kpi.tier is Tier.HEALTH_METRIC else card.judgement.sentence
    said = (judged if judged not in report.said_below else "", row.signal, card.outlook, *card.notes)
    return tuple(dict.fromkeys(each for each in said if each))


def period_of(row: ReportRow) -> str:
    """Name the period of the value, marked where somebody typed it."""
    card = row.card
    if not card.actual_text:
        return ""
    return f"{card.period_text}, typed" if card.typed else card.period_text


def due_of(action: ReportAction, report: Report) -> str:
    """Write the day by which an action is due."""
    return "" if action.due is None else day_name(action.due, report.as_of)


def made_of(report: Report) -> str:
    """Say where the numbers come from and when the page was made."""
    return f"{report.provenance} Made with Signalbox on {day_name(report.made_on, None)}.".strip()


def is_letter(locale: str) -> bool:
    """Tell whether the printers of a number style's country hold Letter paper.

    >>> is_letter("en_US"), is_letter("sv_SE"), is_letter("en")
    (True, False, False)
    """
    return locale.rpartition("_")[2] in LETTER_LANDS


def paper_number(locale: str) -> int:
    """Give the number by which spreadsheets know the paper: 1 is Letter, 9 is A4."""
    return 1 if is_letter(locale) else 9
