"""Removing a person's data: looked for first, confirmed by typing, done for good, with a receipt that names nobody."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_core.errors import DataFileReadOnly, RefusedDefinition, SignalboxError, StoreError
from kpi_core.ingest.keys import names_somebody
from kpi_core.store import actuals, backups, erase
from kpi_core.store.business import read_business
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store, unfinished

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

CONFIRMATION = "remove for good"
"""What is to be typed before anything is removed."""
FOR_GOOD = (
    "This cannot be undone: what is removed is gone from the data file and from the backups beside it. "
    "Where the person is named, (removed 1) stands instead; every number stays what it is."
)
ELSEWHERE = (
    "Copies that you downloaded or made elsewhere still hold it, and so does the file it came from: "
    "adding that file again does not bring it back, but a new export will."
)
CLEAN = "The data file was written anew: no byte of it is left there."
TRACES = "Another window has the data file open: close it and remove the person once more to clear the last traces."


@dataclass(frozen=True)
class Occurrences:
    """Where a person stands: in the data file by kind of place, and in which backups how often.

    `unreadable`: backups that cannot be looked into; they may hold it. `amounts`: columns in which a number of the
    person is an amount, which stays.
    """

    places: tuple[erase.Found, ...]
    backups: tuple[tuple[str, int], ...]
    unreadable: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Tell whether there is anything to remove."""
        return bool(self.places or self.backups)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say it, a line a place."""
        return (
            *(f"{_times(each.count)} in {each.place}" for each in self.places),
            *(f"{_times(count)} in the backup {name}" for name, count in self.backups),
            *(f"The backup {name} cannot be read: it may hold it too" for name in self.unreadable),
            *self.staying,
        )

    @property
    def staying(self) -> tuple[str, ...]:
        """Say what is left as it is, a line a column."""
        return tuple(f"As an amount it stays in {column}." for column in self.amounts)


@dataclass(frozen=True)
class Receipt:
    """What was done, a sentence each, without the person's data. `clean`: no byte of it is left in the data file."""

    sentences: tuple[str, ...]
    clean: bool


def texts_of(typed: str) -> tuple[str, ...]:
    r"""Read what names the person: one text a line.

    >>> texts_of(" Ann Example\n\nann@example.org ")
    ('Ann Example', 'ann@example.org')
    """
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def look(data_file: Path, texts: Sequence[str]) -> Occurrences:
    """Look where a person stands, in the data file and in its backups; nothing is changed.

    Raises:
        RefusedDefinition: nothing is given, or a text is too short to be told from others.
    """
    with open_store(data_file) as store:
        found, amounts = erase.find(store, texts, names_somebody), erase.amounts(store, texts, names_somebody)
    held, unreadable = _in_backups(data_file, texts)
    return Occurrences(_merged(found), held, unreadable, amounts)


def _last_traces(data_file: Path, texts: Sequence[str]) -> Receipt:
    """Clear what another window kept in the bytes of the data file when the person was removed.

    Raises:
        RefusedDefinition: there is nothing to remove.
    """
    if not still_there(data_file, texts):
        sentence = "Nothing was removed: the person stands nowhere in the data file."
        raise RefusedDefinition(sentence, "Try another way of writing it, such as the e-mail address alone.")
    with open_store(data_file) as store:
        clean = erase.scour(store)
    clean = clean and not still_there(data_file, texts)
    return Receipt((CLEAN if clean else TRACES, ELSEWHERE), clean)


def _in_backups(data_file: Path, texts: Sequence[str]) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """Name the backups that hold the person, each with how often, and those that cannot be looked into."""
    held, unreadable = [], []
    for each in backups.backups(data_file):
        try:
            count = _count_in(each.path, texts)
        except StoreError:
            unreadable.append(each.path.name)
            continue
        if count:
            held.append((each.path.name, count))
    return tuple(held), tuple(unreadable)


def _merged(found: Sequence[erase.Found]) -> tuple[erase.Found, ...]:
    """Add up what has the same name for the owner."""
    counted: Counter[str] = Counter()
    for each in found:
        counted[each.place] += each.count
    return tuple(erase.Found(place, count) for place, count in counted.items())


def _count_in(path: Path, texts: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        backups.copy_of(path, copy)
        with open_store(copy) as store:
            return sum(each.count for each in erase.find(store, texts, names_somebody))


def remove(
    data_file: Path, texts: Sequence[str], confirmation: str, now: datetime, *, delete_backups: bool = False
) -> Receipt:
    """Remove a person from the data file and from its backups, for good.

    Args:
        data_file: the data file.
        texts: what names the person.
        confirmation: what was typed to confirm it.
        now: the moment, for the log.
        delete_backups: delete the backups that hold the person instead of writing them anew.

    Raises:
        RefusedDefinition: it is not confirmed, or there is nothing to remove.
    """
    if " ".join(confirmation.split()).casefold() != CONFIRMATION:
        sentence = "Nothing was removed: it is not confirmed."
        raise RefusedDefinition(sentence, f'Type "{CONFIRMATION}".')
    before = look(data_file, texts)
    if not before.any and not before.unreadable:
        return _last_traces(data_file, texts)
    said = [f"{_times(each.count)} replaced in {each.place}." for each in before.places]
    said += before.staying
    number = 0
    with open_store(data_file) as store:
        erase.erase(store, texts, names_somebody, By(now, read_business(store).person))
        actuals.refresh(store)
        clean = erase.scour(store)
        number = erase.receipts(store)
    # Looked for once more: one may have been made since
    held, unreadable = _in_backups(data_file, texts)
    for name, count in held:
        said.append(_backup(data_file, name, count, texts, By(now), delete=delete_backups))
    for name in unreadable:
        if delete_backups:
            backups.named_backup(data_file, name).unlink(missing_ok=True)
            said.append(f"Deleted the backup {_shown(name, texts)}, which could not be read.")
        else:
            said.append(f"The backup {_shown(name, texts)} could not be read and stands as it was: delete it.")
    clean = clean and not still_there(data_file, texts)
    said.append(CLEAN if clean else TRACES)
    return Receipt((f"Removed person {number} on {now:%Y-%m-%d}.", *said, ELSEWHERE), clean)


def _backup(data_file: Path, name: str, count: int, texts: Sequence[str], by: By, *, delete: bool) -> str:
    """Write a backup anew without the person, or delete it; one that cannot be written stays, which is said."""
    path = backups.named_backup(data_file, name)
    if delete:
        path.unlink()
        return f"Deleted the backup {_shown(name, texts)}."
    moment = path.stat()
    try:
        _write_anew(path, texts, by)
    except (SignalboxError, OSError) as error:
        why = error.sentence if isinstance(error, SignalboxError) else DataFileReadOnly(path.name).sentence
        return f"The backup {_shown(name, texts)} could not be written anew and still holds it: delete it. {why}"
    # It is still the copy of its day
    backups.keep_moment(path, moment.st_atime_ns, moment.st_mtime_ns)
    return f"{_times(count)} replaced in the backup {_shown(name, texts)}."


def _write_anew(path: Path, texts: Sequence[str], by: By) -> None:
    with unfinished(path) as ready:
        backups.copy_of(path, ready)
        with open_store(ready) as store:
            erase.erase(store, texts, names_somebody, by)
            erase.scour(store)
            store.run("PRAGMA journal_mode = DELETE")
        ready.replace(path)


def _shown(name: str, texts: Sequence[str]) -> str:
    """Name a backup; one that is called by the person is not named in a receipt."""
    return "of that name" if erase.is_in_bytes(name.encode(), texts) else name


def still_there(data_file: Path, texts: Sequence[str]) -> bool:
    """Read the bytes of the data file and of its log: texts that are no number must be in neither.

    A text that stands within a longer word, as a name within another name, is somebody else's and is not looked for.
    """
    with open_store(data_file) as store:
        sought = [text for text in texts if not text.isdecimal() and not erase.is_within_words(store, text)]
    for path in (data_file, data_file.with_name(f"{data_file.name}-wal")):
        if path.exists() and erase.is_in_bytes(path.read_bytes(), sought):
            return True
    return False


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
