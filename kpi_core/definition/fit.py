"""What a definition can hold at all: days that a calendar reaches, names that can be read, no marks that hide.

Asked where something is entered, by a document or in a form, never where it is read back: what a data file holds
already is shown as it is, so that it can be put right.
"""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Final

from kpi_core.definition.fields import Place, refused
from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Direction, Kpi, State
from kpi_core.target import Target, TargetKind
from kpi_core.unit import Unit, UnitKind
from kpi_core.unit.marks import marks_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi_core.business import Business
    from kpi_core.definition.document import Document

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
"""Days before and after are slips of the hand; near the end of the calendar a period has no end."""
LONGEST_NAME: Final = 120
LONGEST_TEXT: Final = 2000
AGAINST_UP: Final = "higher is better, but the path goes down."
AGAINST_DOWN: Final = "lower is better, but the path goes up."

_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the rest of a sentence round that a name stands in."""
_KEYS: Final = {"starts": "from", "period_start": "period"}
"""What documents call the members that have another name here."""
_BREAKS: Final = frozenset("\n\r\t")


def unfit_mark(text: str) -> str:
    r"""Find the first mark in a text that hides or is no text; "" where there is none.

    >>> unfit_mark("Sales 🎉"), unfit_mark("Sales\x00")
    ('', '\x00')
    """
    return next((mark for mark in text if _hides(mark)), "")


def _hides(mark: str) -> bool:
    return mark in _BIDI or (unicodedata.category(mark) in {"Cc", "Cs"} and mark not in _BREAKS)


def refuse_unfit(thing: object, place: Place) -> None:
    """Refuse days out of reach and texts that hide something, in a definition and all that it is made of.

    Columns and filters of `values` and of recipes stay as a file has them.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    match thing:
        case Enum():
            pass
        case str():
            _refuse_text(thing, place)
        case date():
            if not FIRST_DAY <= thing <= LAST_DAY:
                raise refused(place, f"{thing} is out of reach.", f"Give a day from {FIRST_DAY} to {LAST_DAY}.")
        case tuple() | frozenset():
            for each in thing:
                refuse_unfit(each, place)
        case _ if is_dataclass(thing):
            for member in fields(thing):
                if member.name not in {"values", "recipe"}:
                    refuse_unfit(getattr(thing, member.name), place.at(_KEYS.get(member.name, member.name)))
        case _:
            pass


def _refuse_text(text: str, place: Place) -> None:
    mark = unfit_mark(text)
    if mark:
        raise refused(place, f"it holds a mark that nobody can see (U+{ord(mark):04X}).", "Type it anew.")
    longest = LONGEST_NAME if place.path.endswith("name") else LONGEST_TEXT
    if len(text) > longest:
        raise refused(place, f"it has {len(text)} letters; {longest} are the most.", "Make it shorter.")


def refuse_far(day: date) -> None:
    """Refuse a day beyond the calendar's reach.

    Raises:
        RefusedDefinition: saying from when until when days are known.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        sentence = f"{day} is out of reach."
        raise RefusedDefinition(sentence, f"Give a day from {FIRST_DAY} to {LAST_DAY}.")


def refuse_unfit_text(text: str, what: str, longest: int = LONGEST_TEXT) -> None:
    """Refuse a text of a form that is longer than it may be or hides something; `what` begins the sentence.

    Raises:
        RefusedDefinition: saying how long it is and how long it may be, or which mark nobody can see.
    """
    mark = unfit_mark(text)
    if mark:
        sentence = f"{what} holds a mark that nobody can see (U+{ord(mark):04X})."
        raise RefusedDefinition(sentence, "Type it anew.")
    if len(text) > longest:
        sentence = f"{what} has {len(text)} letters; {longest} are the most."
        raise RefusedDefinition(sentence, "Make it shorter.")


def one_line(text: str, what: str, longest: int = LONGEST_TEXT) -> str:
    r"""Give a text of a form in one line, its blanks made single; `what` begins the sentence ("The reason").

    >>> one_line(" call\nthem ", "The action")
    'call them'

    Raises:
        RefusedDefinition: it is longer than it may be or hides something.
    """
    tidy = " ".join(text.split())
    refuse_unfit_text(tidy, what, longest)
    return tidy


def refuse_unfit_document(document: Document) -> None:
    """Refuse a document that holds something which no definition can hold; see `refuse_unfit`.

    A number style must exist, a KPI in use needs a path that leads the better way, and one period has one exception.

    Raises:
        RefusedDefinition: naming the place and what is wrong there.
    """
    for kind, things in _named(document):
        for at, (name, thing) in enumerate(things):
            refuse_unfit(thing, Place("", f"{kind}[{at}]").named(name[:LONGEST_NAME]))
    for at, kpi in enumerate(document.kpis):
        _refuse_targets(document, kpi, Place("", f"kpis[{at}]").named(kpi.name))
    if document.business is not None:
        refuse_unfit_business(document.business)


def refuse_unfit_business(business: Business) -> None:
    """Refuse settings in which no number can be written, or whose texts hide something.

    Raises:
        RefusedDefinition: naming the setting and what is wrong there.
    """
    refuse_unfit(business, Place("business"))
    try:
        marks_of(Unit(UnitKind.COUNT), business.style)
    except RefusedDefinition as error:
        raise refused(Place("business", "locale"), error.sentence, error.hint) from error


def _named(document: Document) -> Iterable[tuple[str, list[tuple[str, object]]]]:
    yield "goals", [(each.name, each) for each in document.goals]
    yield "sources", [(each.name, each) for each in document.sources]
    yield "kpis", [(each.name, each) for each in document.kpis]
    yield "typed_values", [(each.kpi, each) for each in document.typed_values]
    yield "objectives", [(each.name, each) for each in document.objectives]


def _refuse_targets(document: Document, kpi: Kpi, place: Place) -> None:
    history = document.history(kpi.name)
    for row in history.rows:
        refuse_unfit(row, place.at("target"))
    against = against_direction(kpi.direction, history.rows[-1]) if history.rows else ""
    if against and kpi.state is State.ACTIVE:
        raise refused(place.at("target"), against, "Turn the path or the direction round, or let it be a draft.")
    for exception in history.exceptions:
        refuse_unfit(exception, place.at("exceptions"))


def against_direction(direction: Direction, row: Target) -> str:
    """Say that a path leads away from what is better; "" where it does not."""
    if row.kind is not TargetKind.PATH or row.value is None or row.baseline is None:
        return ""
    if direction is Direction.UP and row.value < row.baseline:
        return AGAINST_UP
    return AGAINST_DOWN if direction is Direction.DOWN and row.value > row.baseline else ""
