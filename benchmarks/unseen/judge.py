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

    `picked`: whether the columns were picked unasked, None where that is not counted. `counted`: whether the number of
    used rows is the true one, None where the file leaves it open or gave no answer.
    """

    case: Case
    outcome: Outcome
    said: dict[str, Any]
    picked: bool | None
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
        outcome, said = _outcome(case, asked, *ran(asked))
        return Judged(case, outcome, said, _picked(case, path), _counted(case, said))


def _outcome(case: Case, asked: list[str], code: int, said: dict[str, Any]) -> tuple[Outcome, dict[str, Any]]:
    if code == DONE:
        if not right(case, said):
            return Outcome.WRONG, said
        return Outcome.GUESSED if case.truth.must_ask else Outcome.RIGHT, said
    if code != QUESTIONS:
        return Outcome.REFUSED if code == REFUSED else Outcome.CRASHED, said
    ids = {str(each["id"]) for each in said.get("questions", [])}
    known = {each: answer for each in ids if (answer := case.truth.answers.get(each))}
    if ids & case.truth.ask_ok and known:
        again = [*asked, *(part for each, answer in known.items() for part in ("--answer", f"{each}={answer}"))]
        code, said = ran(again)
        if code == DONE:
            return (Outcome.RIGHT_ASKED if right(case, said) else Outcome.WRONG), said
    return (Outcome.CRASHED if code not in {DONE, REFUSED, QUESTIONS} else Outcome.NEEDLESS), said


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


def _picked(case: Case, path: Path) -> bool | None:
    if case.columns is None:
        return None
    _, said = ran(["read", str(path)])
    return said.get("date_column") == case.columns[0] and said.get("value_column") in case.columns[1]


def _counted(case: Case, said: dict[str, Any]) -> bool | None:
    rows = said.get("rows")
    if not rows or "values" not in said:
        return None
    whole = rows["used"] + rows["left_out"] + rows["refused"] == rows["total"]
    if case.truth.used is None:
        return bool(whole) or None
    low, high = case.truth.used
    return bool(whole) and low <= rows["used"] <= high
