"""Laws of the reader: it never raises, never invents a number, quotes the sentence, and is quick."""

from __future__ import annotations

import json
import random
import re
import time
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.catalogue import catalogue
from kpi_core.goal_sentence import GoalAsk, SentenceType, parse, read_goal
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
    began = time.process_time()
    parse(text, TODAY)
    assert time.process_time() - began < 2


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
    began = time.process_time()
    for number in range(1000):
        parse(SENTENCES[number % len(SENTENCES)], TODAY)
    assert time.process_time() - began < 8


def test_no_word_says_two_opposite_things() -> None:
    assert words("up") & words("down") == set()
    assert words("below") & words("above") == set()


SAID = re.compile(r"\d+(?:[., ']\d+)*")
SCALED = {"k": 1_000, "t": 1_000, "g": 1_000, "m": 1_000_000, "b": 1_000_000_000, "l": 100_000}
TIMES = [Fraction(each) for each in (1, 7, 12, 24, 60, 1000, 1440, 3600, 10080, 168, 86400)]


def said_values(quoted: str, unit: str) -> set[Fraction]:
    """List what the digits of some words can mean, by a reader of its own: scales, parts, exact conversions."""
    found: set[Fraction] = set()
    digits = [match.group() for match in SAID.finditer(quoted)]
    for text in digits:
        plain = {
            text.replace(",", ""),
            text.replace(".", "").replace(",", "."),
            text.replace(" ", ""),
            text.replace("'", ""),
        }
        plain |= {text.replace(",", ".").replace(" ", ""), re.sub(r"[., ']", "", text)}
        numbers = {Fraction(each) for each in plain if re.fullmatch(r"\d+(?:\.\d+)?", each)}
        scales = {SCALED[letter] for letter in re.findall(r"[a-z]", quoted.lower()) if letter in SCALED} | {1}
        found |= {number * scale for number in numbers for scale in scales} | {number / 100 for number in numbers}
    whole = [Fraction(each.replace(",", ".")) for each in digits if re.fullmatch(r"\d+(?:[.,]\d+)?", each)]
    if len(whole) == 2 and whole[1]:
        found |= {whole[0] / whole[1], round(whole[0] / whole[1] * 100, 2)}
        found |= {whole[0] * times + whole[1] for times in (24, 60)} if unit.startswith("duration") else set()
    if unit.startswith("duration"):
        found |= {value * times for value in found for times in TIMES} | {
            value / times for value in found for times in TIMES
        }
    return found | {(number - 1) * 100 for number in found}


@pytest.mark.parametrize("text", SENTENCES)
def test_nothing_is_invented(text: str) -> None:
    goal = read_goal(text, TODAY)
    for field, value in (("target", goal.target), ("baseline", goal.baseline)):
        ends = value if isinstance(value, tuple) else (value,)
        quoted = goal.read_from.get(field, "")
        assert quoted in text
        if value is None or not NUMBERS.search(quoted) or IN_WORDS.search(quoted):
            continue
        allowed = said_values(quoted, goal.unit or "")
        assert all(
            any(abs(abs(end) - each) < Fraction(1, 50) for each in allowed) for end in ends if end is not None
        ), field
    if goal.deadline and goal.deadline.date:
        assert goal.deadline.text in text
        years = re.findall(r"\b20\d\d\b", goal.deadline.text)
        assert not years or str(goal.deadline.date.year) in years
        months = re.findall(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", goal.deadline.text.lower())
        assert not months or f"{goal.deadline.date:%b}".lower() in months


SECONDS = {"min": 60, "minutes": 60, "h": 3600, "hours": 3600, "days": 86400, "weeks": 604800}


@given(
    st.sampled_from(["lead time", "delivery time", "the average wait"]),
    st.integers(1, 90), st.sampled_from(sorted(SECONDS)), st.integers(1, 90), st.sampled_from(sorted(SECONDS)),
    st.sampled_from(["from {} to {}", "{} -> {}", "{} now, {} by june"]),
)  # fmt: skip
def test_two_times_are_read_exactly_in_any_units(name: str, a: int, one: str, b: int, two: str, form: str) -> None:
    goal = read_goal(f"{name} {form.format(f'{a} {one}', f'{b} {two}')}", TODAY)
    start, end = a * SECONDS[one], b * SECONDS[two]
    if end > start:
        assert (goal.target, [each.ask for each in goal.questions]) == (None, [GoalAsk.NUMBERS])
        return
    assert isinstance(goal.target, Fraction)
    assert goal.baseline is not None
    assert goal.target == b
    assert goal.baseline * SECONDS[two] == start
    assert goal.direction == "down" or end == start


@given(
    st.sampled_from(["increase", "reduce", "grow", "cut", "raise", "lower"]),
    st.sampled_from(["members", "NPS", "complaints", "revenue"]), st.integers(0, 999), st.integers(0, 999),
)  # fmt: skip
def test_a_verb_and_two_numbers_agree_or_are_asked(verb: str, name: str, a: int, b: int) -> None:
    goal = read_goal(f"{verb} {name} from {a} to {b}", TODAY)
    agree = a == b or (b > a) is (verb in {"increase", "grow", "raise"})
    assert (goal.target is not None) is agree
    assert any(each.ask is GoalAsk.NUMBERS for each in goal.questions) is not agree


def test_no_name_of_the_catalogue_is_a_task() -> None:
    names = [name for entry in catalogue() for name in (entry.name, *entry.aliases)]
    assert [name for name in names if read_goal(name, TODAY).type is SentenceType.MILESTONE] == []
