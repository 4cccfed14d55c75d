"""What can be done about a finding: each remedy in the words of its button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi_core.hygiene.types import Cure, Deed
from kpi_core.kpi import Typed

if TYPE_CHECKING:
    from kpi_core.checklist import Remedy
    from kpi_core.kpi import Kpi

WHY_RETIRED: Final = "Why is it retired?"
WHO: Final = "Who owns it?"
WHICH_GOAL: Final = "Which of your goals does it serve?"
WHICH_COUNTER: Final = "Which number would show it?"
WHICH_GO: Final = "Which ones become health metrics?"


def health(kpi: Kpi, *, named: bool = False) -> Cure:
    """Make it a health metric: its values stay, it has no colour and is not counted."""
    return Cure(Deed.HEALTH, f"Make {kpi.name if named else 'it'} a health metric", (kpi.id,))


def some_health(kpis: tuple[Kpi, ...]) -> Cure:
    """Make some of the headline KPIs health metrics: which ones, the owner says."""
    names = tuple(each.name for each in kpis)
    ids = tuple(each.id for each in kpis)
    return Cure(Deed.HEALTH, "Make some health metrics", ids, asks=WHICH_GO, choices=names, many=True)


def retire(kpi: Kpi, *, named: bool = False, words: str = "") -> Cure:
    """Take it off the board with a reason; its values and history stay."""
    return Cure(Deed.RETIRE, f"Retire {kpi.name if named else 'it'}", (kpi.id,), asks=WHY_RETIRED, words=words)


def owner(kpi: Kpi) -> Cure:
    """Give it an owner, whose name has to be said."""
    return Cure(Deed.OWNER, "Name its owner", (kpi.id,), asks=WHO)


def goal(kpi: Kpi, goals: tuple[str, ...], remedy: Remedy | None) -> tuple[Cure, ...]:
    """Say which goal it serves: the one that the catalogue knows, or one that the owner picks."""
    known = (Cure(Deed.GOAL, remedy.label, (kpi.id,), str(remedy.value)),) if remedy is not None else ()
    if not goals:
        return (*known, to_form(kpi, "Say which goal it serves"))
    return (*known, Cure(Deed.GOAL, "Say which goal it serves", (kpi.id,), asks=WHICH_GOAL, choices=goals))


def watch(kpi: Kpi, remedy: Remedy | None, others: tuple[Kpi, ...]) -> tuple[Cure, ...]:
    """Put the catalogue's counter-measure beside it as a health metric, or name one that is there."""
    known = (Cure(Deed.WATCH, remedy.label, (kpi.id,), str(remedy.value)),) if remedy is not None else ()
    names = tuple(each.name for each in others if each.id != kpi.id)
    if not names:
        return known
    return (*known, Cure(Deed.COUNTER, "Name one that is there", (kpi.id,), asks=WHICH_COUNTER, choices=names))


def bring_numbers(kpi: Kpi) -> Cure:
    """Go where its numbers come in."""
    if isinstance(kpi.values, Typed):
        return Cure(Deed.TO_TYPING, "Fill in its numbers", (kpi.id,))
    return Cure(Deed.TO_DATA, "Add data", (kpi.id,))


def to_form(kpi: Kpi, label: str, filled: Remedy | None = None) -> Cure:
    """Open its form, filled with what a finding suggests."""
    return Cure(Deed.TO_FORM, label if filled is None else filled.label, (kpi.id,), filled=filled)


def to_review() -> Cure:
    """Go where the KPIs are gone through one by one."""
    return Cure(Deed.TO_REVIEW, "Go to the review")


def to_catalogue() -> Cure:
    """Go where more KPIs are found."""
    return Cure(Deed.TO_CATALOGUE, "Find one in the catalogue")
