"""The made exports: the same from the same seed, true in themselves, and of every kind of trouble."""

from __future__ import annotations

import csv
import io
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.unseen import Case, Shape, made
from benchmarks.unseen.case import Truth
from benchmarks.unseen.drawing import layouts
from benchmarks.unseen.judge import Outcome, judged, right, same
from benchmarks.unseen.locales import LOCALES, words
from benchmarks.unseen.writing import ambiguous_mark
from benchmarks.unseen_exports import HELD_OUT, seeds_of

DEVELOPMENT = range(1, 121)
KNOWN = {f"H{number}" for number in range(1, 71)}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [made(seed) for seed in DEVELOPMENT]


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 9_999))
def test_a_seed_always_makes_the_same_case(seed: int) -> None:
    one, other = made(seed), made(seed)
    assert one.data == other.data
    assert one == other


def test_no_two_cases_are_alike(cases: list[Case]) -> None:
    assert len({case.data for case in cases}) == len(cases)
    assert len({(case.layout, case.locale, case.hazards) for case in cases}) > 100


def test_nearly_all_known_hazards_are_among_the_first_cases(cases: list[Case]) -> None:
    seen = Counter(hazard for case in cases for hazard in case.hazards)
    assert len(KNOWN & seen.keys()) >= 60, sorted(KNOWN - seen.keys())


def test_all_known_hazards_are_among_more_of_them() -> None:
    assert {hazard for seed in range(1, 600) for hazard in made(seed, 20).hazards} >= KNOWN


def test_the_first_cases_are_from_many_tools_and_places(cases: list[Case]) -> None:
    assert len({case.layout for case in cases}) >= 25
    assert len({case.locale for case in cases}) >= 12
    assert len({case.kind for case in cases}) >= 10


def test_what_is_asked_is_the_sum_of_what_stands_in_the_rows(cases: list[Case]) -> None:
    """Read back what can be read without any cleverness: plain decimal points, all rows counted."""
    looked = 0
    for case in cases:
        if not plain(case):
            continue
        place = [*case.clean[0]].index(case.args[case.args.index("--value") + 1])
        cells = [row[place].strip().replace(",", "") for row in case.clean[1:]]
        assert sum(Fraction(cell) for cell in cells if cell) == sum(case.truth.want.values()), case.seed
        looked += 1
    assert looked >= 10


def plain(case: Case) -> bool:
    odd = {"H53", "H66", "H52", "no day", "no such day", "H59", "H58", "H60", "H61", "H62", "H63", "H64"}
    odd |= {"trailing minus", "true minus", "spaced minus", "decimals of three", "dash for nothing"}
    headed = "--value" in case.args and case.args[case.args.index("--value") + 1] in case.clean[0]
    decimal = case.truth.answers.get("decimal") == "point"
    return (
        bool(case.encoding)
        and headed
        and decimal
        and "sum" in case.args
        and "--where" not in case.args
        and not odd & case.hazards
    )


def test_no_more_rows_can_be_used_than_there_are(cases: list[Case]) -> None:
    for case in cases:
        if case.truth.used is not None and case.shape is not Shape.WIDE:
            low, high = case.truth.used
            assert 0 <= low <= high <= len(case.clean) - 1, case.seed


def test_every_row_of_the_clean_table_is_in_the_file(cases: list[Case]) -> None:
    """A reader that is told everything finds each of them."""
    looked = 0
    for case in cases:
        if not case.encoding or {"H6", "H7", "H12", "H14", "H15"} & case.hazards:
            continue
        text = case.data.decode(case.encoding).removeprefix("\ufeff")
        rows = Counter(tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=case.delimiter))
        assert Counter(case.clean[1:]) <= rows, case.seed
        looked += 1
    assert looked >= 40


def test_open_questions_have_true_answers(cases: list[Case]) -> None:
    for case in cases:
        assert case.truth.ask_ok <= case.truth.answers.keys(), case.seed
        assert case.truth.ask_ok or not case.truth.must_ask, case.seed


def test_months_are_written_as_months(cases: list[Case]) -> None:
    for case in cases:
        keys = case.truth.want.keys()
        assert keys <= {"all"} if case.shape is Shape.NO_DATE else all(len(key) == 7 for key in keys), case.seed


def test_layouts_name_their_own_columns() -> None:
    for layout in layouts().values():
        keys = {each.partition(" | ")[0] for each in layout.columns}
        asked = {layout.date, *layout.value, *layout.average, *layout.lines, *layout.repeats} - {""}
        assert asked <= keys, layout.name
        assert {each.partition(" = ")[0] for each in layout.where} <= keys, layout.name
    assert len(layouts()) >= 25


def test_every_word_is_said_in_every_language() -> None:
    said = words()
    assert {place.language for place in LOCALES.values()} == said.keys()
    assert all(all(each.values()) for each in said.values())


@pytest.mark.parametrize(
    ("values", "refused", "expected"),
    [
        ({"2026-01-01": 10, "2026-02-01": 5.5}, 0, True),
        ({"2026-01-01": 10.02, "2026-02-01": 5.5}, 0, False),
        ({"2026-01-01": 10}, 0, False),
        ({"2026-01-01": 10, "2026-02-01": 5.5, "2026-03-01": 1}, 0, False),
        ({"2026-01-01": 10, "2026-02-01": 5.5, "2026-03-01": 0, "2026-04-01": None}, 0, True),
        ({"2026-01-01": 10}, 1, True),
    ],
)
def test_an_answer_is_right_to_the_cent(values: dict[str, float | None], refused: int, *, expected: bool) -> None:
    want = {"2026-01": Fraction(10), "2026-02": Fraction(11, 2)}
    truth = Truth(want, also=({"2026-01": Fraction(10)},))
    case = Case(1, "", b"", "", "", "", Shape.LONG, frozenset(), (), truth, None, ())
    assert right(case, {"values": values, "rows": {"refused": refused}}) is expected


def test_nothing_and_zero_are_the_same() -> None:
    assert same({"all": 0}, {})
    assert not same({"all": 1}, {})


def test_a_mark_before_three_digits_is_ambiguous() -> None:
    assert ambiguous_mark(["1,234", "-12,500", "7"])
    assert not ambiguous_mark(["1,234", "1,2"])
    assert not ambiguous_mark(["1,234,567"])
    assert not ambiguous_mark(["12", "13"])


def test_ranges_of_seeds() -> None:
    assert seeds_of("3-5") == [3, 4, 5]
    assert seeds_of("7") == [7]
    assert not set(DEVELOPMENT) & set(HELD_OUT)


@pytest.mark.slow
def test_no_number_is_wrong_without_a_question_and_nothing_crashes() -> None:
    found = [judged(made(seed)) for seed in DEVELOPMENT[:40]]
    bad = [each.line() for each in found if each.outcome in {Outcome.WRONG, Outcome.GUESSED, Outcome.CRASHED}]
    assert bad == []
    miscounted = [each.case.seed for each in found if each.counted is False]
    assert miscounted == []
