"""Asking the reader about a made export, the way of the command line, and comparing with the truth."""

from __future__ import annotations

import io
import json
import tempfile
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.unseen.case import Case, Shape, Values
from kpi_core.cli import main

NOW = datetime(2026, 11, 3, 9, 0)
DONE, REFUSED, QUESTIONS = 0, 2, 3
ROUNDS = 3
"""How often a file may ask."""
CENT = Fraction(11, 1000)


class Outcome(StrEnum):
    """How an export was read."""

    RIGHT = "right"
    RIGHT_ASKED = "right, asked"
    NEEDLESS = "needless question"
    GUESSED = "guessed"
    REFUSED = "refused"
    WRONG = "WRONG"
    CRASHED = "CRASHED"


@dataclass(frozen=True)
class Judged:
    """What came of an export: how it ended, what was said, whether the columns and the counts were right.

    `picked`: the date and the value column that were picked unasked where they are not the true ones, () where they
    are, None where that is not counted. `counted`: whether the number of used rows is the true one, None where the file
    leaves it open or gave no answer.
    """

    case: Case
    outcome: Outcome
    said: dict[str, Any]
    picked: tuple[str, ...] | None
    counted: bool | None

    def line(self) -> str:
        """Say in one line what happened."""
        said = self.said.get("error") or self.said.get("questions") or self.said.get("values")
        where = f"{self.case.kind}/{self.case.layout} {self.case.locale} {' '.join(self.case.args)}"
        return f"{self.case.seed:>6} {self.outcome:<17} {where}: {said!s:.200}"


def ran(arguments: list[str]) -> tuple[int, dict[str, Any]]:
    """Run a command in this process; anything that it does not handle is an exit code of its own."""
    out = io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            code = main(NOW, [*arguments, "--json"])
        found = json.loads(out.getvalue() or "{}")
    except Exception:  # noqa: BLE001 -- a crash is an outcome to be counted
        return 1, {"error": traceback.format_exc(limit=-3)}
    return code, found if isinstance(found, dict) else {"values": found}


def judged(case: Case) -> Judged:
    """Ask the reader about a case, and judge its answer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / case.name
        path.write_bytes(case.data)
        asked = ["values", str(path), *case.args]
        outcome, said = _outcome(case, asked)
        return Judged(case, outcome, said, _picked(case, path), _counted(case, said))


def _outcome(case: Case, asked: list[str]) -> tuple[Outcome, dict[str, Any]]:
    code, said, questions = answered(case, asked)
    if code == QUESTIONS or any(not ids & case.truth.ask_ok for ids in questions):
        return Outcome.NEEDLESS, said
    if code == REFUSED:
        return (Outcome.NEEDLESS if questions else Outcome.REFUSED), said
    if code != DONE:
        return Outcome.CRASHED, said
    keys = list(said.get("values", {}))
    if case.shape is Shape.WIDE and not any(key[:4].isdigit() for key in keys):
        return Outcome.REFUSED, {"error": f"headings are not read as months: {keys}"}
    if not right(case, said):
        return Outcome.WRONG, said
    if questions:
        return Outcome.RIGHT_ASKED, said
    return (Outcome.GUESSED if case.truth.must_ask else Outcome.RIGHT), said


def answered(case: Case, asked: list[str]) -> tuple[int, dict[str, Any], list[set[str]]]:
    """Run a command, giving the true answers to what it asks; tell which questions came together."""
    given: list[str] = []
    questions: list[set[str]] = []
    while True:
        code, said = ran([*asked, *given])
        ids = {str(each["id"]) for each in said.get("questions", [])}
        if code != QUESTIONS:
            return code, said, questions
        questions.append(ids)
        known = ids & case.truth.answers.keys()
        if not known or len(questions) > ROUNDS:
            return code, said, questions
        given += [part for each in sorted(known) for part in ("--answer", f"{each}={case.truth.answers[each]}")]


def right(case: Case, said: dict[str, Any]) -> bool:
    """Tell whether an answer is the true one, to the cent in every month."""
    values = said.get("values")
    if not isinstance(values, dict):
        return False
    got = {key[:7] if key[:4].isdigit() else key: number for key, number in values.items()}
    if case.shape is Shape.WIDE:
        got = {key: number for key, number in got.items() if key[:4].isdigit()}
    wanted = [case.truth.want]
    if (said.get("rows") or {}).get("refused"):
        wanted += case.truth.also
    return any(same(got, each) for each in wanted)


def same(got: dict[str, float | None], want: Values) -> bool:
    """Compare by key; no value and zero are the same."""
    found = {key: Fraction(number) for key, number in got.items() if number is not None and abs(number) > CENT}
    true = {key: number for key, number in want.items() if abs(number) > CENT}
    near = all(abs(found.get(key, 0) - number) <= max(CENT, abs(number) / 10**9) for key, number in true.items())
    return found.keys() == true.keys() and near


def _picked(case: Case, path: Path) -> tuple[str, ...] | None:
    if case.columns is None:
        return None
    _, said, _ = answered(case, ["read", str(path)])
    date, value = said.get("date_column"), said.get("value_column")
    return () if date in case.columns[0] and value in case.columns[1] else (str(date), str(value))


def _counted(case: Case, said: dict[str, Any]) -> bool | None:
    rows = said.get("rows")
    if not rows or "values" not in said:
        return None
    whole = rows["used"] + rows["left_out"] + rows["refused"] == rows["total"]
    if case.truth.used is None:
        return bool(whole) or None
    low, high = case.truth.used
    return bool(whole) and low <= rows["used"] <= high
