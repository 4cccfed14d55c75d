"""Laws of the reader: it never raises, never invents a number, quotes the sentence, and is quick."""

from __future__ import annotations

import json
import random
import re
import time
from datetime import date
from pathlib import Path

import pytest

from kpi_core.goal_sentence import parse
from kpi_core.goal_sentence.lexicon import words

TODAY = date(2026, 11, 21)
SENTENCES: list[str] = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[1] / "goal_sentences" / "own_open.jsonl").read_text("utf-8").splitlines()
]
JUMBLE = """
by|to|from|between|and|->|max|under|1.500|12%|£5k|3/4|31/2|99/99|29 feb|in 999999999 years|
within 5 days|q2|fy|1:0|0 in 0|9 in 2|a quarter|(|)|%|+|x|#3|per|/|monthly|double|half|sales|
no-shows|now|was|our|the|→|½|İ|ß|'|"|2027|'27|week 53|week 99|32nd|by 2027-13-45|1e9|٣|😀|
first half|by friday|at least|fewer|spend|raise|the 31st|in the last quarter|-5|--|;|£|kr|1/3
"""
PIECES = (*JUMBLE.replace("\n", "").split("|"), "\ufe0f", "\x00")


def jumbled(seed: int) -> str:
    chance = random.Random(seed)
    if chance.random() < 0.3:
        text = chance.choice(SENTENCES)
        start, end = sorted(chance.sample(range(len(text) + 1), 2))
        return text[start:end] + chance.choice(PIECES) + text[:start]
    return " ".join(chance.choice(PIECES) for _ in range(chance.randint(0, 12)))


def test_any_text_is_read_without_an_error() -> None:
    for seed in range(3000):
        text = jumbled(seed)
        found = parse(text, TODAY)
        assert found["type"] in {"kpi", "vague", "milestone"}, text


@pytest.mark.parametrize("text", ["", " ", ".", "12", "%", "\n\n", "a" * 5000, "1 " * 500, "and " * 300, "((((" * 200])
def test_text_that_says_nothing_is_read_quickly(text: str) -> None:
    began = time.perf_counter()
    parse(text, TODAY)
    assert time.perf_counter() - began < 2


NUMBERS = re.compile(r"\d")
IN_WORDS = re.compile(
    r"\b(?:zero|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|fo[u]?rty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|thousand|dozen|half|halve\w*|doubl\w+|tripl\w+|treble|quadruple|\w+fold|third\w*|quarter\w*|"
    r"fifths?|tenths?|no|\u00bd)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("text", [text for text in SENTENCES if not NUMBERS.search(text) and not IN_WORDS.search(text)])
def test_no_number_is_invented_where_none_is_said(text: str) -> None:
    found = parse(text, TODAY)
    assert (found["target"], found["baseline"], found["target_kind"]) == (None, None, None)


@pytest.mark.parametrize("text", SENTENCES)
def test_what_a_field_was_read_from_stands_in_the_sentence(text: str) -> None:
    found = parse(text, TODAY)
    quoted = found["read_from"]
    assert isinstance(quoted, dict)
    for field, said in quoted.items():
        assert said, field
        assert said in text, field
    assert all(other in text for other in found["others"])  # type: ignore[attr-defined]  # a list of texts
    for field in ("target", "baseline", "deadline"):
        assert (found[field] is None) or field in quoted or field == "deadline"


def test_every_number_that_is_read_is_quoted_from_the_sentence() -> None:
    for text in SENTENCES:
        found = parse(text, TODAY)
        quoted = found["read_from"]
        assert isinstance(quoted, dict)
        for field in ("target", "baseline"):
            if found[field] is not None:
                assert NUMBERS.search(quoted[field]) or IN_WORDS.search(quoted[field]), (text, field)


def test_a_thousand_sentences_take_a_few_seconds() -> None:
    began = time.perf_counter()
    for number in range(1000):
        parse(SENTENCES[number % len(SENTENCES)], TODAY)
    assert time.perf_counter() - began < 8


def test_no_word_says_two_opposite_things() -> None:
    assert words("up") & words("down") == set()
    assert words("below") & words("above") == set()
