"""The page for who picks up the code names what is there, and nothing that is not."""

from __future__ import annotations

import re

import pytest

from tests.served import ROOT

PAGE = (ROOT / "docs" / "developing.md").read_text("utf-8")
NAMED = re.findall(r"`([^`\s]+)`", PAGE)
A_PATH = re.compile(r"(?:app\.py|(?:docs|data|pages|ui|kpi_core|tests|benchmarks|\.ci)/[\w./-]*)")


def test_every_path_of_the_page_is_there() -> None:
    paths = [name for name in NAMED if A_PATH.fullmatch(name)]
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("folder", sorted(each.parent.name for each in (ROOT / "kpi_core").glob("*/__init__.py")))
def test_every_part_of_the_core_is_named(folder: str) -> None:
    assert f"kpi_core/{folder}/" in NAMED


@pytest.mark.parametrize("script", sorted(each.name for each in (ROOT / "benchmarks").glob("*.py")))
def test_every_benchmark_is_named(script: str) -> None:
    assert script in NAMED
