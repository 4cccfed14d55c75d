"""Removing a person: every text of the data file that names the person gets a placeholder instead, for good.

Every table is gone through, also those that are still to come, so that nothing is forgotten: cells of rows, refused
and left out ones, names of files, definitions, notes, the log. A person's fingerprint becomes another one that nothing
leads back from. The same text gets the same placeholder everywhere, so what is grouped, counted or filtered by it is
as it was.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kpi_core.errors import RefusedDefinition, SignalboxError
from kpi_core.source import ColumnRole, ColumnType
from kpi_core.store import hiding
from kpi_core.store.changes import Subject, Thing, log
from kpi_core.store.person import Person, folded
from kpi_core.store.rows import row_table, table_name
from kpi_core.store.sql import named, quoted
from kpi_core.store.unharmed import refuse_harm, unharmed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store
    from kpi_core.store.rows import RowTable, StoredColumn

    NamesSomebody = Callable[[str], bool]

SHORTEST = 3
"""Letters that a text needs: a shorter one stands in half of all words."""

PLACES = {
    "refused_rows": "refused rows",
    "left_out_rows": "rows that were left out",
    "imports": "names of files",
    "fills": "names of files",
    "taken_over": "names of files",
    "changes": "entries of the log",
    "notes": "notes",
    "kpis": "KPIs, with their owners",
    "kpi_versions": "earlier versions of KPIs",
    "goals": "goals",
    "objectives": "objectives, with their owners",
    "targets": "targets",
    "target_exceptions": "one-period exceptions",
    "typed_values": "typed values",
    "sources": "sources and their recipes",
    "source_columns": "headings of columns",
    "people": "names of who writes",
    "business": "settings",
    "segments": "parts of the business",
    "actuals": "values worked out",
    "outlooks": "values worked out",
    "seen": "what was seen last",
    "reviews": "reviews",
    "review_items": "what was said in reviews",
    "review_additions": "corrections of reviews",
    "review_plan": "the plan of the next review",
    "actions": "actions",
    "put_aside": "findings that were put aside",
    "closed_months": "closed months",
    "goal_progress": "answers on the way to a board",
}
"""What the tables hold, in the owner's words; another table stands there by its own name."""


@dataclass(frozen=True)
class Found:
    """How often a person stands in one kind of place."""

    place: str
    count: int


def person_of(store: Store, texts: Sequence[str]) -> Person:
    """Read what names a person: a name, an e-mail address, a number of a customer.

    Raises:
        RefusedDefinition: nothing is given, or a text is so short that it would be found in other words.
    """
    wanted = tuple(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
    if not wanted:
        sentence = "Whose data is to be removed?"
        raise RefusedDefinition(sentence, "Type the name, the e-mail address or the number of the person, one a line.")
    short = next((text for text in wanted if len(text) < SHORTEST), None)
    if short is not None:
        sentence = f'"{short}" is too short: it would be found in other words too.'
        raise RefusedDefinition(sentence, f"Type at least {SHORTEST} letters.")
    return Person(wanted, receipts(store) + 1)


def find(store: Store, texts: Sequence[str], names_somebody: NamesSomebody) -> tuple[Found, ...]:
    """Count where a person stands, in the order of the tables; nothing is changed."""
    person = person_of(store, texts)
    with store.reading():
        counted: Counter[str] = Counter()
        for table, column in _text_columns(store):
            if column.startswith("folded"):
                # Written beside the name itself, to find it in whatever letter case
                continue
            counted[_place(store, table)] += _count(store, person, table, column)
        for source_id in _source_ids(store):
            counted[_place(store, table_name(source_id))] += sum(
                _matching(store, table, value)
                for table, value in _numbers_and_prints(store, source_id, person, names_somebody)
            )
    return tuple(Found(place, count) for place, count in counted.items() if count)


def erase(store: Store, texts: Sequence[str], names_somebody: NamesSomebody, by: By) -> tuple[Found, ...]:
    """Take a person out of the data file in one transaction and log it without the person's data.

    Call `scour` afterwards: only then are the bytes gone from the file too.

    Raises:
        RefusedDefinition: a text is no person's alone, so that a definition or a number would be another one; or
            nothing is given, or one is too short.
    """
    store.run("PRAGMA secure_delete = ON")
    with store.writing():
        person = person_of(store, texts)
        found, before = find(store, texts, names_somebody), unharmed(store)
        # Both can be made again, and neither is worth reading twice
        store.run("DELETE FROM outlooks")
        for source_id in _source_ids(store):
            _erase_numbers(store, source_id, person, names_somebody)
        store.conn.create_function("without_person", 2, partial(_cleaned, person), deterministic=True)
        for table, column in list(_text_columns(store)):
            statement = "UPDATE {t} SET {c} = without_person({c}, :of) WHERE without_person({c}, :of) <> {c}"
            store.run(named(statement, t=table, c=column), {"of": _ours(table, column)})
        _rename_columns(store, person)
        _refuse_harm(store, before)
        receipt = {each.place: each.count for each in found}
        store.run(
            "INSERT INTO removals (id, at, receipt) VALUES (?, ?, ?)",
            (person.number, by.now.isoformat(timespec="seconds"), json.dumps(receipt, sort_keys=True)),
        )
        subject = Subject(Thing.PERSON, str(person.number), None, f"removed person {person.number}")
        signed = replace(by, who=person.without(by.who), why=person.without(by.why))
        log(store, signed, subject, None, dict(receipt))
    return found


def _refuse_harm(store: Store, before: tuple[object, ...]) -> None:
    try:
        same = unharmed(store) == before
    except (SignalboxError, ValueError, LookupError, TypeError) as error:
        raise refuse_harm() from error
    if not same:
        raise refuse_harm()


def scour(store: Store) -> bool:
    """Write the file anew without what was deleted and empty its log; False where another window stands in the way."""
    with store.translated():
        store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        store.conn.execute("VACUUM")
        busy = store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy[0]


def is_within_words(store: Store, text: str) -> bool:
    """Tell whether a text still stands in a cell, within a longer word."""
    sought = folded(text)
    store.conn.create_function("holds_text", 1, lambda cell: sought in folded(str(cell)), deterministic=True)
    return any(
        store.one(named("SELECT 1 FROM {t} WHERE {c} IS NOT NULL AND holds_text({c}) LIMIT 1", t=table, c=column))
        for table, column in _text_columns(store)
    )


def receipts(store: Store) -> int:
    """Count the persons that were removed so far."""
    row = store.one("SELECT coalesce(max(id), 0) FROM removals")
    return int(str(row[0])) if row else 0


def is_in_bytes(data: bytes, texts: Iterable[str]) -> bool:
    """Tell whether bytes hold a text, in whatever letter case, as UTF-8."""
    lowered = data.lower()
    return any(
        way in lowered or text.casefold().encode() in lowered
        for text in texts
        for way in (unicodedata.normalize(form, text).lower().encode() for form in ("NFC", "NFD"))
    )


def _cleaned(person: Person, text: str | float | bytes | None, place: str) -> str | float | bytes | None:
    return person.without(text, place) if isinstance(text, str) else text


def _ours(table: str, column: str) -> str:
    """Name a column that is called by us; "" in rows, where all are called by headings of files."""
    return "" if table.startswith("rows_") else column


def _place(store: Store, table: str) -> str:
    if table.startswith("rows_"):
        row = store.one("SELECT name FROM sources WHERE id = ?", (table.removeprefix("rows_"),))
        number = table.removeprefix("rows_")
        return f"rows of source {number}" if row is None else f"rows of {row[0]}"
    return PLACES.get(table, table)


def _text_columns(store: Store) -> Iterator[Cells]:
    """Go through every column of every table that holds text."""
    tables = store.all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
    )
    for (table,) in tables:
        for _, column, kind, *_ in store.all(named("PRAGMA table_info({t})", t=str(table))):
            if str(kind).upper() in {"TEXT", "ANY", ""} and not (table == "removals" and column == "receipt"):
                yield str(table), str(column)


def _count(store: Store, person: Person, table: str, column: str) -> int:
    store.conn.create_function(
        "names_person", 1, lambda text: int(person.is_in(text, _ours(table, column))), deterministic=True
    )
    row = store.one(named("SELECT count(*) FROM {t} WHERE {c} IS NOT NULL AND names_person({c})", t=table, c=column))
    return int(str(row[0])) if row else 0


def _source_ids(store: Store) -> list[int]:
    return [int(str(found)) for (found,) in store.all("SELECT id FROM sources ORDER BY id")]


Cells = tuple[str, str]
"""A table of rows and one of its columns."""


def _numbers_and_prints(
    store: Store, source_id: int, person: Person, names_somebody: NamesSomebody
) -> list[tuple[Cells, object]]:
    """List the cells that stand for the person without being its text: a number that it is known by, a fingerprint."""
    table = row_table(store, source_id)
    found: list[tuple[Cells, object]] = []
    for text in person.texts:
        if text.isascii() and text.isdecimal():
            found += [((table.name, column), int(text)) for column in _numbers(table, names_somebody)]
        prints = hiding.fingerprint(store, text)
        if prints is not None:
            personal = [each for each in table.columns if each.meaning.role is ColumnRole.PERSONAL]
            found += [((table.name, each.sql_name), prints) for each in personal]
    return found


def _numbers(table: RowTable, names_somebody: NamesSomebody) -> list[str]:
    """List the whole-number columns whose heading says that they hold what a customer is known by, and no amounts."""
    return [each.sql_name for each in _whole_numbers(table) if names_somebody(each.meaning.name)]


def _whole_numbers(table: RowTable) -> list[StoredColumn]:
    return [each for each in table.columns if each.meaning.type is ColumnType.NUMBER and each.meaning.scale == 0]


def amounts(store: Store, texts: Sequence[str], names_somebody: NamesSomebody) -> tuple[str, ...]:
    """Name the columns of whole numbers in which a number of the person stands as an amount, and so stays."""
    numbers = [int(text) for text in person_of(store, texts).texts if text.isascii() and text.isdecimal()]
    tables = [row_table(store, source_id) for source_id in _source_ids(store)]
    return tuple(
        f"{each.meaning.name} of {_place(store, table.name).removeprefix('rows of ')}"
        for table in tables
        for each in _whole_numbers(table)
        if not names_somebody(each.meaning.name)
        and any(_matching(store, (table.name, each.sql_name), number) for number in numbers)
    )


def _matching(store: Store, cells: Cells, value: object) -> int:
    table, column = cells
    row = store.one(named("SELECT count(*) FROM {t} WHERE {c} = ?", t=table, c=column), (value,))
    return int(str(row[0])) if row else 0


def _erase_numbers(store: Store, source_id: int, person: Person, names_somebody: NamesSomebody) -> None:
    """Replace each by one made by chance, the same everywhere in its table: one customer stays one customer."""
    for (table, column), value in _numbers_and_prints(store, source_id, person, names_somebody):
        other = -secrets.randbelow(2**52) if isinstance(value, int) else secrets.token_hex(hiding.DIGEST)
        store.run(named("UPDATE {t} SET {c} = ? WHERE {c} = ?", t=table, c=column), (other, value))


def _rename_columns(store: Store, person: Person) -> None:
    """Rename the columns of rows that are called by the person, as their headings were."""
    for source_id in _source_ids(store):
        name = table_name(source_id)
        for _, column, *_ in store.all(named("PRAGMA table_info({t})", t=name)):
            if person.is_in(column):
                statement = f"ALTER TABLE {quoted(name)} RENAME COLUMN {quoted(str(column))} TO "
                store.run(statement + quoted(person.without(str(column))))
