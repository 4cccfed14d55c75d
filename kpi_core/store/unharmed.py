"""What must be the same before and after words are replaced for good: everything but the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from kpi_core.errors import RefusedDefinition
from kpi_core.store import actuals
from kpi_core.store.business import read_business
from kpi_core.store.change_words import change_text
from kpi_core.store.changes import changes_between
from kpi_core.store.definitions.dump import dump_document
from kpi_core.store.definitions.kpis import kpis

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store


def unharmed(store: Store) -> tuple[object, ...]:
    """Read what replacing words must not change: definitions but for their words, and every number as its rows make it.

    The caller is writing. Whatever is kept of a value that is not what its rows make is made again.

    Raises:
        RefusedDefinition, ValueError: something that is written there cannot be read.
    """
    actuals.rebuild(store)
    numbers = store.all("SELECT kpi_id, segment_id, period, value, coverage FROM actuals ORDER BY 1, 2, 3")
    known, business = {kpi.id: kpi for kpi in kpis(store)}, read_business(store)
    for change in changes_between(store):
        # An entry that cannot be said any more could not be taken back either
        change_text(change, known.get(change.subject.kpi_id or 0), business)
    return shape(dump_document(store)), numbers


def shape(part: object) -> str:
    """Write a thing without its words, in whatever order they put it.

    >>> shape(("Ann", 3)) == shape((3, "Ben")) != shape((4, "Ann"))
    True
    """
    if type(part) is str:
        return "word"
    if is_dataclass(part):
        return f"{type(part).__name__}({', '.join(shape(getattr(part, each.name)) for each in fields(part))})"
    if isinstance(part, Mapping):
        return f"{{{', '.join(sorted(f'{shape(key)}: {shape(each)}' for key, each in part.items()))}}}"
    if isinstance(part, tuple | list | frozenset | set):
        return f"[{', '.join(sorted(map(shape, part)))}]"
    return repr(part)


def refuse_harm() -> RefusedDefinition:
    """Say that a text cannot be taken out by itself."""
    sentence = "Nothing was removed: a text is also a word or number that is no person's, and numbers would change."
    return RefusedDefinition(sentence, "Type the full name or the e-mail address instead.")
