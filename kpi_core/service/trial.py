"""Writing for a look only."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpi_core.store.data_file import Store


class _TakeBack(Exception):
    """Ends a trial: what was written is taken back."""


@contextmanager
def trial(store: Store) -> Iterator[None]:
    """Write for a look only: everything in the block is taken back at its end."""
    with suppress(_TakeBack), store.writing():
        yield
        raise _TakeBack
