"""Removing a person: every text of the data file that names the person gets a placeholder instead, for good.

Every table is gone through, also those that are still to come, so that nothing is forgotten: cells of rows, refused
and left out ones, names of files, definitions, notes, the log. A person's fingerprint becomes another one that nothing
leads back from. The same text gets the same placeholder everywhere, so what is grouped, counted or filtered by it is
as it was.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from kpi_core.errors import RefusedDefinition
from kpi_core.source import ColumnRole, ColumnType
from kpi_core.store import hiding
from kpi_core.store.changes import Subject, Thing, log
from kpi_core.store.rows import row_table, table_name
from kpi_core.store.sql import named, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpi_core.store.changes import By
    from kpi_core.store.data_file import Store
    from kpi_core.store.rows import RowTable

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


@dataclass
class Person:
    """What names a person, and what it is replaced by."""

    texts: tuple[str, ...]
    number: int
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Make the pattern: whole words, whatever the letter case, the blanks or how accents are written."""
        ways = dict.fromkeys(
            r"\s+".join(re.escape(word) for word in unicodedata.normalize(form, each).split())
            for text in sorted(self.texts, key=len, reverse=True)
            for each in (text, text.casefold())
            for form in ("NFC", "NFD")
        )
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE)

    def placeholder(self, match: re.Match[str]) -> str:
        """Give what stands in the place of a text: another one for each text that names the person.

        It keeps how the letters were written, so that what was told apart still is, and what folds alike still does.
        """
        said = match[0]
        order = next((place for place, text in enumerate(self.texts) if _folded(text) == _folded(said)), 0)
        word = "removed"
        if said != said.casefold():
            ways = {said.title(): word.title(), said.upper(): word.upper()}
            word = ways.get(said) or _mixed(word, said)
        return f"({word} {self.number}{f'.{order + 1}' if order else ''})"

    def is_in(self, text: object) -> bool:
        """Tell whether a text names the person; as JSON it is looked at member by member."""
        return isinstance(text, str) and self.without(text) != text

    def without(self, text: str) -> str:
        """Give a text with the placeholder instead of the person."""
        if text[:1] in {"{", "["}:
            try:
                held = json.loads(text)
            except ValueError:
                return self.pattern.sub(self.placeholder, text)
            cleaned = self._without(held)
            return text if cleaned == held else json.dumps(cleaned, ensure_ascii=False)
        return self.pattern.sub(self.placeholder, text)

    def _without(self, part: object) -> object:
        match part:
            case str():
                return self.pattern.sub(self.placeholder, part)
            case list():
                return [self._without(each) for each in part]
            case dict():
                return {self.pattern.sub(self.placeholder, str(key)): self._without(each) for key, each in part.items()}
            case _:
                return part


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _mixed(word: str, said: str) -> str:
    """Write a word in capitals and small letters that another text chooses."""
    chosen = blake2b(said.encode(), digest_size=1).digest()[0] | 2
    return "".join(letter.upper() if chosen >> place & 1 else letter for place, letter in enumerate(word))


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
    row = store.one("SELECT coalesce(max(id), 0) + 1 FROM removals")
    return Person(wanted, int(str(row[0])) if row else 1)


def find(store: Store, texts: Sequence[str]) -> tuple[Found, ...]:
    """Count where a person stands, in the order of the tables; nothing is changed."""
    person = person_of(store, texts)
    with store.reading():
        counted: Counter[str] = Counter()
        for table, column, kind in _text_columns(store):
            if column.startswith("folded"):
                # Written beside the name itself, to find it in whatever letter case
                continue
            counted[_place(store, table)] += _count(store, person, table, column, kind)
        for source_id in _source_ids(store):
            counted[_place(store, table_name(source_id))] += sum(
                _matching(store, table, value) for table, value in _numbers_and_prints(store, source_id, person)
            )
    return tuple(Found(place, count) for place, count in counted.items() if count)


def erase(store: Store, texts: Sequence[str], by: By) -> tuple[Found, ...]:
    """Take a person out of the data file in one transaction and log it without the person's data.

    Call `scour` afterwards: only then are the bytes gone from the file too.
    """
    store.run("PRAGMA secure_delete = ON")
    found = find(store, texts)
    with store.writing():
        person = person_of(store, texts)
        # Both can be made again, and neither is worth reading twice
        store.run("DELETE FROM outlooks")
        for source_id in _source_ids(store):
            _erase_numbers(store, source_id, person)
        store.conn.create_function("without_person", 1, lambda text: _cleaned(person, text), deterministic=True)
        for table, column, kind in list(_text_columns(store)):
            del kind
            statement = "UPDATE {t} SET {c} = without_person({c}) WHERE {c} IS NOT NULL AND without_person({c}) <> {c}"
            store.run(named(statement, t=table, c=column))
        _rename_columns(store, person)
        receipt = {each.place: each.count for each in found}
        store.run(
            "INSERT INTO removals (id, at, receipt) VALUES (?, ?, ?)",
            (person.number, by.now.isoformat(timespec="seconds"), json.dumps(receipt, sort_keys=True)),
        )
        subject = Subject(Thing.PERSON, str(person.number), None, f"removed person {person.number}")
        signed = replace(by, who=person.without(by.who), why=person.without(by.why))
        log(store, signed, subject, None, dict(receipt))
    return found


def scour(store: Store) -> bool:
    """Write the file anew without what was deleted and empty its log; False where another window stands in the way."""
    with store.translated():
        store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        store.conn.execute("VACUUM")
        busy = store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy[0]


def is_within_words(store: Store, text: str) -> bool:
    """Tell whether a text still stands in a cell, within a longer word."""
    sought = _folded(text)
    store.conn.create_function("holds_text", 1, lambda cell: sought in _folded(str(cell)), deterministic=True)
    return any(
        store.one(named("SELECT 1 FROM {t} WHERE {c} IS NOT NULL AND holds_text({c}) LIMIT 1", t=table, c=column))
        for table, column, _ in _text_columns(store)
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


def _cleaned(person: Person, text: str | float | bytes | None) -> str | float | bytes | None:
    return person.without(text) if isinstance(text, str) else text


def _place(store: Store, table: str) -> str:
    if table.startswith("rows_"):
        row = store.one("SELECT name FROM sources WHERE id = ?", (table.removeprefix("rows_"),))
        number = table.removeprefix("rows_")
        return f"rows of source {number}" if row is None else f"rows of {row[0]}"
    return PLACES.get(table, table)


def _text_columns(store: Store) -> Iterator[tuple[str, str, str]]:
    """Go through every column of every table that holds text: table, column, type."""
    tables = store.all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
    )
    for (table,) in tables:
        for _, column, kind, *_ in store.all(named("PRAGMA table_info({t})", t=str(table))):
            if str(kind).upper() in {"TEXT", "ANY", ""} and not (table == "removals" and column == "receipt"):
                yield str(table), str(column), str(kind)


def _count(store: Store, person: Person, table: str, column: str, kind: str) -> int:
    del kind
    store.conn.create_function("names_person", 1, lambda text: int(person.is_in(text)), deterministic=True)
    row = store.one(named("SELECT count(*) FROM {t} WHERE {c} IS NOT NULL AND names_person({c})", t=table, c=column))
    return int(str(row[0])) if row else 0


def _source_ids(store: Store) -> list[int]:
    return [int(str(found)) for (found,) in store.all("SELECT id FROM sources ORDER BY id")]


Cells = tuple[str, str]
"""A table of rows and one of its columns."""


def _numbers_and_prints(store: Store, source_id: int, person: Person) -> list[tuple[Cells, object]]:
    """List the cells that stand for the person without being its text: a number that it is known by, a fingerprint."""
    table = row_table(store, source_id)
    found: list[tuple[Cells, object]] = []
    for text in person.texts:
        if text.isascii() and text.isdecimal():
            found += [((table.name, column), int(text)) for column in _numbers(table)]
        prints = hiding.fingerprint(store, text)
        if prints is not None:
            personal = [each for each in table.columns if each.meaning.role is ColumnRole.PERSONAL]
            found += [((table.name, each.sql_name), prints) for each in personal]
    return found


def _numbers(table: RowTable) -> list[str]:
    """List the whole-number columns that are no amounts: they may hold the number that a customer is known by."""
    return [
        column.sql_name
        for column in table.columns
        if column.meaning.type is ColumnType.NUMBER
        and column.meaning.scale == 0
        and column.meaning.currency is None
        and column.meaning.role is not ColumnRole.VALUE
    ]


def _matching(store: Store, cells: Cells, value: object) -> int:
    table, column = cells
    row = store.one(named("SELECT count(*) FROM {t} WHERE {c} = ?", t=table, c=column), (value,))
    return int(str(row[0])) if row else 0


def _erase_numbers(store: Store, source_id: int, person: Person) -> None:
    """Replace each by one made by chance, the same everywhere in its table: one customer stays one customer."""
    for (table, column), value in _numbers_and_prints(store, source_id, person):
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
