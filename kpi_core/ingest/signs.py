"""Money in and money out where amounts have no minus: a column for each, or a column of letters that says which.

A plain sum of such amounts would add up what came in and what went out, so the reading says so and offers the
difference as a ready-made KPI. Signs that cannot be told for sure are said, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpi_core.ingest import words
from kpi_core.source import Check, ColumnRole, ColumnType, ReadyKpi
from kpi_core.vector import different

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.ingest.report import ColumnsReading

PLUS: Final = words.lexicon("credit deposit deposits inflow haben kredit credito gutschrift bij kirjaus")
MINUS: Final = words.lexicon("debit debet withdrawal withdrawals outflow soll debito lastschrift belastung")
CAME_IN: Final = PLUS | words.lexicon(
    "cr c k h in ein eingang incoming income entrada entrata abono avere ingreso ontvangst inn innbetaling insattning +"
)
WENT_OUT: Final = MINUS | words.lexicon(
    "dr d s out aus ausgang outgoing expense salida uscita cargo dare egreso af uit ut utbetaling uttag -"
)
SAYS_WHICH: Final = words.lexicon(
    "type typ art tipo kind direction richtung sens sign dr cr d c k s h dc dk sh debit credit debet kredit soll haben "
    "af bij indicator flow kennzeichen transaction debito credito"
)
OF_A_CARD: Final = words.lexicon("card karte kort carte tarjeta carta funding tender method payment account brand")
"""Here credit and debit are kinds of cards or accounts, not directions."""
NET_NAME: Final = "Money in minus money out"
NET_INCLUDES: Final = "what came in less what went out"


@dataclass(frozen=True)
class Letters:
    """A column whose texts say for each amount whether it came in or went out."""

    amount: str
    column: str
    came_in: tuple[str, ...]
    went_out: tuple[str, ...]
    every_row: bool
    """Whether it says so for each amount that is not zero."""


@dataclass(frozen=True)
class Pair:
    """A column for money in and one for money out; `negative`: the latter has a minus already, None where mixed."""

    came_in: str
    went_out: str
    negative: bool | None


def pair_of(reading: ColumnsReading) -> Pair | None:
    """Find one column of money in and one of money out, as bank statements have them."""
    values = [each.name for each in reading.columns if each.role is ColumnRole.VALUE]
    plus = [name for name in values if words.words(name) & PLUS]
    minus = [name for name in values if words.words(name) & MINUS]
    if len(plus) != 1 or len(minus) != 1 or plus == minus:
        return None
    went_out = [cell for cell in different(reading.cells[minus[0]]) if isinstance(cell, int) and cell]
    signs = {cell < 0 for cell in went_out}
    return Pair(plus[0], minus[0], None if len(signs) > 1 else True in signs)


def letters_of(reading: ColumnsReading) -> Letters | None:
    """Find the column that says in or out of amounts without signs; of several the nearest to the amount."""
    amount = reading.value_column
    kinds = {each.name: each.type for each in reading.types}
    if amount is None or kinds.get(amount) is not ColumnType.NUMBER:
        return None
    cells = reading.cells[amount]
    order = [each.name for each in reading.columns]
    near = sorted(kinds, key=lambda name: abs(order.index(name) - order.index(amount)))
    for name in near:
        if kinds[name] is ColumnType.TEXT and _may_say_which(name):
            found = _sides({str(cell) for cell in different(reading.cells[name])})
            if found and any(isinstance(cell, int) and cell < 0 for cell in different(cells)):
                return None
            if found:
                every = all(said for said, cell in zip(reading.cells[name], cells, strict=True) if cell)
                return Letters(amount, name, *found, every)
    return None


def _may_say_which(name: str) -> bool:
    found = words.words(name)
    return not found & OF_A_CARD and (not found or bool(found & SAYS_WHICH))


def _sides(texts: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Part texts into those of money in and of money out; None where one is neither, or a side is missing."""
    came_in = {text for text in texts if _one_of(text, CAME_IN)}
    went_out = {text for text in texts if _one_of(text, WENT_OUT)}
    if not came_in or not went_out or came_in | went_out != texts or came_in & went_out:
        return None
    return tuple(sorted(came_in)), tuple(sorted(went_out))


def _one_of(text: str, listed: frozenset[str]) -> bool:
    return (words.fold(text) or text.strip()) in listed


def ready_net(reading: ColumnsReading) -> tuple[ReadyKpi, ...]:
    """Offer money in minus money out, where the file says for sure which is which."""
    date = reading.date_column
    pair, letters = pair_of(reading), letters_of(reading)
    if pair is not None and pair.negative is not None:
        formula = "sum" if pair.negative else "difference"
        return (_net(formula, _sum(pair.came_in, date), _sum(pair.went_out, date)),)
    if pair is None and letters is not None and letters.every_row:
        sides = (
            _sum(letters.amount, date, {"column": letters.column, "test": "is one of", "values": list(texts)})
            for texts in (letters.came_in, letters.went_out)
        )
        return (_net("difference", *sides),)
    return ()


def _sum(column: str, date: str | None, where: Mapping[str, object] | None = None) -> dict[str, object]:
    made: dict[str, object] = {"kind": "measure", "aggregate": "sum", "value": {"kind": "column", "column": column}}
    return made | ({"date": date} if date else {}) | ({"where": [where]} if where else {})


def _net(formula: str, came_in: object, went_out: object) -> ReadyKpi:
    made = {"kind": "formula", "formula": formula, "parts": [came_in, went_out]}
    return ReadyKpi(NET_NAME, None, made, NET_INCLUDES, unit="currency")


def signs_fact(reading: ColumnsReading) -> tuple[str, str] | None:
    """Say which columns hold money in and money out."""
    pair = pair_of(reading)
    if pair is None or pair.negative is None:
        return None
    minus = ", with a minus" if pair.negative else ""
    offered = f"“{NET_NAME}” takes both"
    return ("Signs", f"{pair.came_in} is what came in, {pair.went_out} what went out{minus}; {offered}")


def check_signs(reading: ColumnsReading) -> tuple[Check, ...]:
    """Say where a plain sum would add up money in and money out, and where the signs cannot be told."""
    pair, letters = pair_of(reading), letters_of(reading)
    if pair is not None:
        if pair.negative is not None:
            return ()
        text = (
            f"{pair.went_out} holds amounts with and without a minus, so what came in less what went out cannot be "
            f"told for sure: look at its rows before you add {pair.came_in} and {pair.went_out} up."
        )
        return (Check("signs", ok=False, text=text),)
    if letters is None:
        return ()
    came_in, went_out = (" or ".join(f"“{text}”" for text in texts) for texts in (letters.came_in, letters.went_out))
    text = (
        f"{letters.amount} has no minus signs: {letters.column} says what came in ({came_in}) and what went out "
        f"({went_out}). A sum of {letters.amount} adds both up; "
    )
    way_on = (
        f"“{NET_NAME}” does not." if letters.every_row else f"some rows say neither, so filter by {letters.column}."
    )
    return (Check("signs", ok=False, text=text + way_on),)
