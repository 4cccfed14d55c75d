"""Grades and suggestions keep what they promise, on a sample of the M3 series."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from benchmarks.grades import EVERY, RANGES, Share, tally
from benchmarks.projection import DEFAULT, read_series

SERIES = 90


@pytest.mark.skipif(not (DEFAULT / "m3.jsonl.gz").is_file(), reason="the M3 series are not at hand: m3.jsonl.gz")
def test_each_grade_is_reached_as_often_as_it_says_and_each_suggestion_too() -> None:
    counted = tally(random.Random(3).sample(read_series(DEFAULT), SERIES))
    together = {grade: counted.grades[EVERY, grade] for grade in RANGES}
    assert {grade: found.share for grade, found in together.items() if not _within(grade, found)} == {}
    assert all(easier.share > bolder.share for easier, bolder in pairwise(together.values()))
    assert min(found.of for found in together.values()) > SERIES
    for name, promised in (("realistic", 0.5), ("ambitious", 0.3)):
        ways = [
            found for (group, offered, _), found in counted.suggestions.items() if (group, offered) == (EVERY, name)
        ]
        of, reached, chances = (sum(getattr(each, what) for each in ways) for what in ("of", "reached", "chances"))
        assert promised <= chances / of < promised + 0.02
        assert abs(reached / of - promised) < 0.06


def _within(grade: object, found: Share) -> bool:
    low, high = next(ends for known, ends in RANGES.items() if known == grade)
    return low <= found.share <= high
