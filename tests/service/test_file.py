from __future__ import annotations

from kpi_core.service.file import File


def test_the_same_bytes_have_the_same_hash_whatever_their_name_made_once() -> None:
    file = File("a.csv", b"x" * 100)
    assert file.hash == File("b.csv", b"x" * 100).hash != File("a.csv", b"x" * 99).hash
    assert file.hash is file.hash
