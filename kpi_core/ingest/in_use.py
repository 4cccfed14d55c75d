"""What a recipe uses a column for: one that is in use is not personal, for personal columns are not stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpi_core.errors import RefusedDefinition
from kpi_core.ingest import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpi_core.source import Recipe

OF_A_ROW: Final = "what a row is known by"
OF_MONEY: Final = "the currency of an amount"
USES: Final = {
    "date": "the day a row counts on",
    "values": "an amount",
    "key": OF_A_ROW,
    "segments": "a segment",
    "first_row_of": OF_A_ROW,
    "currency_column": OF_MONEY,
    "currency_columns": OF_MONEY,
}
"""What the members of a recipe use a column for, in words."""


@dataclass(frozen=True)
class TwoUses:
    """A column that is personal, and in use by a member of the recipe as well."""

    member: str
    name: str

    @property
    def sentence(self) -> str:
        """Say what contradicts."""
        return f'"{self.name}" is a personal column, so it cannot be {USES[self.member]} as well.'

    def refused(self) -> RefusedDefinition:
        """Refuse it with a way on."""
        return RefusedDefinition(self.sentence, "Let it be one of the two.")


def two_uses(recipe: Recipe) -> TwoUses | None:
    """Find the first personal column that is in use; a column is the same by each name that its header lists."""
    first: dict[str, str] = {}
    for header in (*recipe.headers, *recipe.optional):
        names = [words.fold(part) for part in header.split("|")]
        first |= dict.fromkeys(names, names[0])
    hidden = {first.get(folded, folded) for folded in map(words.fold, (*recipe.personal, *recipe.hashed))}
    for member, name in _used(recipe):
        folded = words.fold(name)
        if first.get(folded, folded) in hidden:
            return TwoUses(member, name)
    return None


def refuse_two_uses(recipe: Recipe) -> None:
    """Refuse a recipe with a personal column that is in use.

    Raises:
        RefusedDefinition: naming the column and its use.
    """
    found = two_uses(recipe)
    if found is not None:
        raise found.refused()


def _used(recipe: Recipe) -> Iterator[tuple[str, str]]:
    for member, names in (
        ("date", (recipe.date,)),
        ("values", recipe.values),
        ("key", recipe.key),
        ("segments", recipe.segments),
        ("first_row_of", (recipe.first_row_of,)),
        ("currency_column", (recipe.currency_column,)),
        ("currency_columns", (*recipe.currency_columns, *recipe.currency_columns.values())),
    ):
        yield from ((member, name) for name in names if name)
