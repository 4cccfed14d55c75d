"""Who writes in this data file: asked once, kept there, switched easily where several share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_core.definition.fit import one_line
from kpi_core.service.sample import LOADED_WITH
from kpi_core.store import people
from kpi_core.store.data_file import open_store

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = "nobody named"


@dataclass(frozen=True)
class Writers:
    """Who writes now ("" nobody named), everybody who ever did, and whether it is time to ask."""

    present: str
    known: tuple[str, ...]
    ask: bool


def writers(data_file: Path) -> Writers:
    """Read who writes; a data file that is not there yet is not made for that."""
    if not data_file.is_file():
        return Writers("", (), ask=False)
    with open_store(data_file) as store, store.reading():
        return Writers(people.present(store), people.known(store), people.is_to_be_asked(store, LOADED_WITH))


def switch(data_file: Path, name: str) -> None:
    """Let another person write from now on; "" means that nobody is named.

    Raises:
        RefusedDefinition: the name is longer than any may be or hides something.
    """
    with open_store(data_file) as store:
        people.switch(store, one_line(name, "The name", people.LONGEST))
