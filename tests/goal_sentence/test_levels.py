"""How well the open labelled sentences are read; the held ones are for a last run, not for a test."""

from __future__ import annotations

import json
from collections import Counter

from benchmarks.goal_sentences import FIELDS, ROOT, TODAY, asked, state
from kpi_core.goal_sentence import parse

LINES = [
    json.loads(line) for line in (ROOT / "tests" / "goal_sentences" / "own_open.jsonl").read_text("utf-8").splitlines()
]
FOUND = [(line, parse(line["text"], TODAY)) for line in LINES]


def test_of_what_is_filled_in_nearly_all_is_right() -> None:
    states = Counter(
        state(field, line, found[field]) for line, found in FOUND for field in FIELDS if found[field] is not None
    )
    assert states["right"] / states.total() >= 0.99


def test_nearly_all_sentences_are_read_wholly() -> None:
    whole = [all(state(field, line, found[field]) == "right" for field in FIELDS) for line, found in FOUND]
    assert sum(whole) / len(whole) >= 0.95


def test_every_question_that_a_line_needs_is_asked() -> None:
    assert [line["text"] for line, found in FOUND if not asked(line, found)] == []


def test_every_task_wish_and_pair_of_goals_is_recognised_and_none_is_imagined() -> None:
    assert [line["text"] for line, found in FOUND if found["type"] != line["type"]] == []
    assert [line["text"] for line, found in FOUND if found["multi"] != line["multi"]] == []
