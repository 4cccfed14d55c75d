"""Personal cells are kept only as a keyed fingerprint, to count customers without their names.

The key lies in the same data file: this hides them from a glance, not from somebody who has the file.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from kpi_core.source import Column, ColumnRole, ColumnType, RowBatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi_core.store.data_file import Store

DIGEST = 16
KEY = 32


def hide_personal(store: Store, batch: RowBatch) -> RowBatch:
    """Replace the cells of personal columns by fingerprints; letter case and outer blanks tell nobody apart.

    A store in memory keeps nothing, so nothing is hidden there.
    """
    personal = [column for column in batch.columns if column.role is ColumnRole.PERSONAL]
    if not personal or store.path is None:
        return batch
    key = _key(store)
    hidden = {column.name: _fingerprints(batch.cells[column.name], key) for column in personal}
    columns = tuple(_as_text(column) if column.name in hidden else column for column in batch.columns)
    return replace(batch, columns=columns, cells={**batch.cells, **hidden})


def fingerprint(store: Store, text: str) -> str | None:
    """Give the fingerprint that stands for a personal cell in this data file; None where it hides none."""
    if store.one("SELECT 1 FROM hiding_key") is None:
        return None
    found = _fingerprints([text], _key(store))[0]
    return None if found is None else str(found)


def _as_text(column: Column) -> Column:
    return replace(column, type=ColumnType.TEXT, scale=0, currency=None)


def _fingerprints(cells: Sequence[object], key: bytes) -> list[object]:
    known: dict[object, str | None] = {None: None}
    for cell in set(cells):
        if cell is not None:
            folded = " ".join(str(cell).split()).casefold().encode()
            known[cell] = blake2b(folded, key=key, digest_size=DIGEST).hexdigest()
    return [known[cell] for cell in cells]


def _key(store: Store) -> bytes:
    """Read the key of this data file, made by chance when it is first needed."""
    found = store.one("SELECT key FROM hiding_key")
    if found is not None and isinstance(found[0], bytes):
        return found[0]
    key = secrets.token_bytes(KEY)
    store.run("INSERT INTO hiding_key (id, key) VALUES (1, ?)", (key,))
    return key
