"""What a caller picked for columns: which is the date, what each is for, how it is read. It wins over every choice.

A pick that cannot work is refused in a sentence; one that only fits some of the rows stands, and the others are refused
one by one as ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.ingest import currency, keys, words
from kpi_core.ingest.in_use import TwoUses
from kpi_core.source import ColumnRole, ColumnType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.ingest.looks import Seen
    from kpi_core.ingest.report import ReadingChoice

SHOWN_NAMES: Final = 12
"""Column names that a sentence lists."""
NUMERIC: Final = (ColumnType.NUMBER, ColumnType.DURATION)
PLURALS: Final = {ColumnType.DATE: "dates", ColumnType.NUMBER: "numbers", ColumnType.DURATION: "times"}


@dataclass(frozen=True)
class Picks:
    """What was picked, by the names of the table's columns; `date` and `value` are the ones in use."""

    date: str | None = None
    value: str | None = None
    roles: Mapping[str, ColumnRole] = field(default_factory=dict)
    types: Mapping[str, ColumnType] = field(default_factory=dict)
    hashed: tuple[str, ...] = ()
    """Of the personal ones, those of which a fingerprint is kept."""

    def __contains__(self, name: str) -> bool:
        """Tell whether something was picked for a column."""
        return name in (self.date, self.value) or name in self.roles or name in self.types

    def allows(self, name: str | None, role: ColumnRole) -> bool:
        """Tell whether a column may have a role: nobody picked another one for it."""
        return name is not None and self.roles.get(name, role) is role

    def having(self, role: ColumnRole) -> tuple[str, ...]:
        """List the columns that a role was picked for."""
        return tuple(name for name, picked in self.roles.items() if picked is role)

    def kind(self, seen: Seen, kind: ColumnType) -> ColumnType:
        """Give a column the type that was picked for it, or that its picked role needs; else `kind`.

        Raises:
            RefusedDefinition: no cell of it can be read so, the role and the type exclude each other, or it says which
                currency amounts are in and shall be personal.
        """
        role, picked = self.roles.get(seen.name), self.types.get(seen.name)
        if role is None and picked is None:
            return kind
        if role is ColumnRole.PERSONAL and currency.codes_of(seen.name, seen.texts):
            raise TwoUses("currency_column", seen.name).refused()
        made = picked or _needed(seen, role, kind)
        if seen.blank and (role in {ColumnRole.DATE, ColumnRole.VALUE, ColumnRole.KEY} or made in PLURALS):
            sentence = f'"{seen.name}" is empty.'
            raise RefusedDefinition(sentence, "Pick a column that holds something.")
        if role is ColumnRole.DATE and made is not ColumnType.DATE:
            sentence = f'"{seen.name}" cannot be both the day of a row and a {made.value}.'
            raise RefusedDefinition(sentence, "Let it be read as a date, or pick another column as the date.")
        if role is ColumnRole.VALUE and made not in NUMERIC:
            sentence = f'"{seen.name}" cannot be both an amount and a {made.value}.'
            raise RefusedDefinition(sentence, "Let it be read as a number, or pick another column as the amount.")
        if made in PLURALS and not _share(seen, made):
            sentence = f'"{seen.name}" holds no {PLURALS[made]}.'
            raise RefusedDefinition(sentence, _what_else(role))
        return made


def picks_of(names: Sequence[str], wanted: ReadingChoice) -> Picks:
    """Find the columns that a caller picked.

    Raises:
        NotFound: no column is called so.
        RefusedDefinition: two columns are both to be the date.
    """
    roles = {named_in(names, name): role for name, role in wanted.roles.items()}
    types = {named_in(names, name): kind for name, kind in wanted.types.items()}
    days = [name for name, role in roles.items() if role is ColumnRole.DATE]
    date = place(names, wanted.date)
    if date is not None and date not in days and (days or date in roles):
        days.append(date)
    if len(days) > 1 or (date is not None and roles.get(date, ColumnRole.DATE) is not ColumnRole.DATE):
        listed = " and ".join(f'"{name}"' for name in days)
        sentence = f"A row counts on one day, and {listed} cannot both be it."
        raise RefusedDefinition(sentence, "Pick one as the date.")
    hashed = tuple(
        name for each in wanted.hashed if roles.get(name := place(names, each) or each) is ColumnRole.PERSONAL
    )
    return Picks(date or (days[0] if days else None), place(names, wanted.value), roles, types, hashed)


def place(names: Sequence[str], asked: str | None) -> str | None:
    """Find the column that a caller names, by its header or as `#N`.

    Raises:
        NotFound: No column is called so.
    """
    return None if asked is None else named_in(names, asked)


def named_in(names: Sequence[str], asked: str, whose: str = "The file has") -> str:
    """Find a column by its header, as it stands or as it is compared, or as `#N`, its 1-based place.

    Args:
        names: all headers.
        asked: what was said.
        whose: begins the sentence that refuses it.

    Raises:
        NotFound: no column is called so, or several are.
    """
    if asked in names:
        return asked
    if asked.startswith("#") and asked[1:].isdecimal() and 1 <= int(asked[1:]) <= len(names):
        return names[int(asked[1:]) - 1]
    folded = [name for name in names if name.strip() == asked.strip()]
    folded = folded or [name for name in names if words.fold(name) == words.fold(asked)]
    if len(folded) == 1:
        return folded[0]
    more = " ..." if len(names) > SHOWN_NAMES else "."
    sentence, hint = f'{whose} no column "{asked}".', f"Its columns are: {', '.join(names[:SHOWN_NAMES])}{more}"
    raise NotFound(sentence, hint)


def _needed(seen: Seen, role: ColumnRole | None, kind: ColumnType) -> ColumnType:
    """Tell the type that a picked role needs: a day is a date, an amount a number; codes and groups stay texts."""
    match role:
        case ColumnRole.DATE:
            return ColumnType.DATE
        case ColumnRole.VALUE:
            return kind if kind in NUMERIC else ColumnType.NUMBER
        case ColumnRole.KEY:
            return ColumnType.TEXT if keys.is_text(seen) else kind
        case ColumnRole.SEGMENT:
            return ColumnType.TEXT if kind is ColumnType.NUMBER else kind
        case ColumnRole.PERSONAL | ColumnRole.IGNORE | None:
            return kind


def _share(seen: Seen, kind: ColumnType) -> float:
    """Tell which share of the filled cells can be read as a type."""
    if kind is ColumnType.DATE:
        return seen.dates.share
    return seen.numbers.share if kind is ColumnType.NUMBER else seen.durations.share


def _what_else(role: ColumnRole | None) -> str:
    match role:
        case ColumnRole.DATE:
            return "Pick a column of days as the date."
        case ColumnRole.VALUE:
            return "Pick a column of numbers as the amount."
        case ColumnRole.KEY | ColumnRole.SEGMENT | ColumnRole.PERSONAL | ColumnRole.IGNORE | None:
            return "Let it be read as text."
