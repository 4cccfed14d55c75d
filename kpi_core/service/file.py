"""A file as it came: its name and its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class File:
    """A file as it was dropped: its name and its bytes."""

    name: str
    data: bytes

    @cached_property
    def hash(self) -> str:
        """Name its content; the same for the same bytes only."""
        return hashlib.blake2b(self.data, digest_size=16).hexdigest()
