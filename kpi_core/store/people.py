"""Who writes: the name that the log puts beside a change. Every name is kept, so that an office can switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.definition import key_of

if TYPE_CHECKING:
    from kpi_core.store.data_file import Store

LONGEST = 80
"""Letters of a name that are kept."""


def present(store: Store) -> str:
    """Name who writes now; "" where no name is known."""
    row = store.one("SELECT name FROM people WHERE present")
    return "" if row is None else str(row[0])


def known(store: Store) -> tuple[str, ...]:
    """List every name that was ever given, by name."""
    return tuple(str(name) for (name,) in store.all("SELECT name FROM people ORDER BY folded"))


def switch(store: Store, name: str) -> None:
    """Let another person write from now on; a new name is kept, "" means that nobody is named."""
    wanted = " ".join(name.split())
    with store.writing():
        store.run("UPDATE people SET present = 0 WHERE present")
        if wanted:
            store.run(
                """INSERT INTO people (name, folded, present) VALUES (?, ?, 1)
                ON CONFLICT (folded) DO UPDATE SET present = 1, name = excluded.name""",
                (wanted, key_of(wanted)),
            )


def is_to_be_asked(store: Store, apart_from: str) -> bool:
    """Tell whether somebody changed something while no name was ever given; changes with that reason do not count."""
    unsigned = "SELECT 1 FROM changes WHERE who = '' AND why <> ? AND NOT EXISTS (SELECT 1 FROM people) LIMIT 1"
    return store.one(unsigned, (apart_from,)) is not None
