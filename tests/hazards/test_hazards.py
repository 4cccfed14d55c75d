"""Every hazard of real exports, each in a folder of its own: the README beside this says how to add a case.

A case says what a careful reader would make of the file; what it is silent about (refused rows, questions, rows left
out) must not occur.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from kpi_core.cli.reading_json import reading_json
from kpi_core.errors import SignalboxError
from kpi_core.ingest import read
from kpi_core.kpi import Aggregate
from kpi_core.period import Cadence
from kpi_core.service import looking
from kpi_core.service.file import File
from tests.hazards.cases import HERE, Case, found_cases
from tests.ingest.exports import TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.ingest.reading import Reading

CASES = found_cases()
ALL_HAZARDS = range(1, 71)
LISTED = ("left_out", "refused", "questions")


def test_every_hazard_has_one_folder() -> None:
    numbers = [int(found[1]) for path in HERE.iterdir() if (found := re.match(r"h(\d\d)_", path.name))]
    assert sorted(numbers) == list(ALL_HAZARDS)


def test_every_folder_has_a_case_and_every_file_belongs_to_one() -> None:
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {case.folder for case in CASES}
    paths = {path for path in HERE.glob("*/*") if path.parent.name != "__pycache__"}
    cases = {case.source for case in CASES} | {HERE / case.folder / f"{case.name}.expected.json" for case in CASES}
    assert paths == cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.folder}/{case.name}")
def test_hazard(case: Case) -> None:
    expected = case.expected
    if "refusal" in expected:
        with pytest.raises(SignalboxError) as caught:
            read(case.file_name, case.data, today=TODAY)
        assert caught.value.sentence == expected["refusal"]
        return
    made = read(case.file_name, case.data, today=TODAY)
    rows = made.rows
    assert rows.used + rows.left_out + rows.refused == rows.total
    assert (len(made.left_out), len({each.row for each in made.refused})) == (rows.left_out, rows.refused)
    assert outcome(made) == {"used": expected["used"], **{name: expected.get(name, {}) for name in LISTED}}
    checks = {each.name: each.ok for each in made.checks}
    # A case that says nothing of checks has none that fails: a warning nobody asked for is a fault too
    wanted_checks = expected.get("checks", {name: ok for name, ok in checks.items() if ok})
    assert checks == wanted_checks
    assert part_of(as_printed(made), expected.get("read", {})) == expected.get("read", {})
    for wanted in expected["values"]:
        assert values(case, wanted) == {name: wanted[name] for name in ("make", "ask", "segments") if name in wanted}


def outcome(made: Reading) -> dict[str, Any]:
    """Count the rows that were used, left out and refused, by reason; and list the questions with their choices."""
    return {
        "used": made.rows.used,
        "left_out": Counter(each.reason for each in made.left_out),
        "refused": Counter(each.reason for each in made.refused),
        "questions": {each.id: list(each.choices) for each in made.questions},
    }


def as_printed(made: Reading) -> dict[str, Any]:
    """Give what `read` prints, with the columns by their names, and the lines of a wide table."""
    printed: dict[str, Any] = dict(reading_json(made))
    printed["columns"] = {each["name"]: each for each in printed["columns"]}
    printed["lines"] = list(made.lines)
    return printed


def part_of(found: Any, wanted: Any) -> Any:  # noqa: ANN401 -- JSON
    """Cut what was found down to what a case names, at any depth."""
    if not isinstance(wanted, dict) or not isinstance(found, dict):
        return found
    return {name: part_of(found.get(name, "(not there)"), inner) for name, inner in wanted.items()}


def values(case: Case, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Make the values that a case asks for, as the command `values` does."""
    by = wanted.get("by", "month")
    ask = looking.Ask(
        by=None if by == looking.ALL else Cadence(by),
        date=wanted.get("date"),
        value=wanted.get("value"),
        aggregate=Aggregate(wanted.get("aggregate", "sum")),
        over=wanted.get("over"),
        where={column: tuple(texts) for column, texts in wanted.get("where", {}).items()},
        segment=wanted.get("segment"),
        line=wanted.get("line"),
        answers=wanted.get("answers", {}),
    )
    answer = looking.values(File(case.file_name, case.data), ask, TODAY)
    if answer.values is None:
        return {"ask": [question.id for question in answer.reading.questions]}
    if ask.segment is not None:
        return {"segments": {label: shown(made, answer.counted_in, by) for label, made in answer.segments.items()}}
    return {"make": shown(answer.values, answer.counted_in, by)}


def shown(made: Mapping[str, Fraction | None], counted_in: Fraction, by: str) -> dict[str, Fraction | None]:
    """Write the keys of months as the cases do, `2026-10`."""
    return {
        key[:7] if by == "month" and re.fullmatch(r"\d{4}-\d\d-01", key) else key: value and value / counted_in
        for key, value in made.items()
    }
