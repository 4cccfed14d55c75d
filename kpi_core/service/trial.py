"""Writing for a look only, and writing that may come to nothing."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpi_core.store.data_file import Store


class TakeBack(Exception):
    """Ends an attempt: what was written is taken back."""


@contextmanager
def attempt(store: Store) -> Iterator[None]:
    """Write in one transaction, which a `TakeBack` raised in the block takes back without an error."""
    with suppress(TakeBack), store.writing():
        yield


@contextmanager
def trial(store: Store) -> Iterator[None]:
    """Write for a look only: everything in the block is taken back at its end."""
    with attempt(store):
        yield
        raise TakeBack
