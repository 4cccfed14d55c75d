"""Worked cases of the rules: one JSON file a family, a list of `{id, made, given, expect, why}`.

The folder is named by the environment variable SIGNALBOX_RULE_CASES (default: `../shared/rule_cases` beside the
project); a family that is not there is skipped, saying so. An adapter answers a case with plain values of the core
(Fraction, date, Period, StrEnum); whatever it did not read or could not answer fails the test:

    @rule_cases("periods")
    def test_periods(case: RuleCase) -> None:
        case.check(answer)  # answer(given: Given) -> Mapping[str, object]
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kpi_core.period import Calendar, Period, Weekday

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_FOLDER = PROJECT.parent / "shared" / "rule_cases"


def exact(text: str) -> Fraction:
    """Read a number as the cases write it: a finite decimal, else `num/den`."""
    return Fraction(text)


def half_up(value: Fraction, digits: int) -> Decimal:
    """Round half away from zero to `digits` decimals, for the `*_half_up_N` answers."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-digits)


class Given:
    """What a case gives. Every key must be read once by the adapter; what is left over is a loud failure."""

    def __init__(self, values: Mapping[str, Any], where: str = "given") -> None:
        self._values = values
        self._where = where
        self._read: set[str] = set()
        self._parts: list[Given] = []

    def has(self, key: str) -> bool:
        """Tell whether the key is there, without counting it as read."""
        return key in self._values

    def raw(self, key: str, default: object = None) -> Any:  # noqa: ANN401 (JSON holds any type)
        """Read a value as JSON has it."""
        self._read.add(key)
        return self._values.get(key, default)

    def text(self, key: str) -> str:
        """Read a text that must be there."""
        self._read.add(key)
        value = self._values[key]
        assert isinstance(value, str), f"{self._where}.{key} is no text: {value!r}"
        return value

    def day(self, key: str) -> date:
        """Read a date that must be there."""
        return date.fromisoformat(self.text(key))

    def optional_day(self, key: str) -> date | None:
        """Read a date that may be absent or null."""
        value = self.raw(key)
        return None if value is None else date.fromisoformat(value)

    def number(self, key: str) -> Fraction:
        """Read an exact number that must be there."""
        return exact(self.text(key))

    def optional_number(self, key: str) -> Fraction | None:
        """Read an exact number that may be absent or null."""
        value = self.raw(key)
        return None if value is None else exact(value)

    def part(self, key: str) -> Given:
        """Read an object inside; its own keys must be read too."""
        self._read.add(key)
        part = Given(self._values[key], f"{self._where}.{key}")
        self._parts.append(part)
        return part

    def parts(self, key: str) -> list[Given]:
        """Read a list of objects inside; an absent list is empty."""
        self._read.add(key)
        parts = [Given(values, f"{self._where}.{key}[{i}]") for i, values in enumerate(self._values.get(key, []))]
        self._parts += parts
        return parts

    def calendar(self) -> Calendar:
        """Read the calendar: `fiscal_year_start` (MM-DD), `week_start`, `open_weekdays`, each may be absent."""
        month, day = (int(number) for number in str(self.raw("fiscal_year_start", "01-01")).split("-"))
        return Calendar(
            fiscal_month=month,
            fiscal_day=day,
            week_start=Weekday(self.raw("week_start", "mon")),
            open_weekdays=frozenset(Weekday(name) for name in self.raw("open_weekdays", list(Weekday))),
        )

    def unread(self) -> list[str]:
        """Name the keys that the adapter did not look at, of the parts inside too."""
        mine = [f"{self._where}.{key}" for key in self._values if key not in self._read]
        return mine + [name for part in self._parts for name in part.unread()]


def as_written(answer: object, expected: object) -> object:
    """Bring an answer into the form of what is expected: exact numbers by value, dates as ISO text, Decimal as text."""
    match answer:
        case bool() | None:
            return answer
        case Fraction():
            return expected if isinstance(expected, str) and exact(expected) == answer else str(answer)
        case Decimal():
            return str(answer)
        case date():
            return answer.isoformat()
        case Period():
            return {"start": answer.start.isoformat(), "end": answer.end.isoformat()}
        case Mapping():
            inside = expected if isinstance(expected, Mapping) else {}
            return {str(as_written(k, None)): as_written(v, inside.get(as_written(k, None))) for k, v in answer.items()}
        case str():
            return str(answer)
        case Sequence():
            others = list(expected) if isinstance(expected, list) else []
            others += [None] * len(answer)
            return [as_written(value, other) for value, other in zip(answer, others, strict=False)]
        case _:
            return answer


@dataclass(frozen=True)
class RuleCase:
    """One worked case."""

    id: str
    why: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any] = field(default_factory=dict)

    def check(self, answer: Callable[[Given], Mapping[str, object]]) -> None:
        """Compare each expected key with the answer; an answer may hold more, never less."""
        given = Given(self.given)
        answered = answer(given)
        assert not given.unread(), f"{self.id}: the adapter does not know {given.unread()}"
        missing = [key for key in self.expect if key not in answered]
        assert not missing, f"{self.id}: not answered: {missing}"
        got = {key: as_written(answered[key], value) for key, value in self.expect.items()}
        assert got == dict(self.expect), f"{self.id}: {self.why}"


def folder() -> Path:
    """Name the folder of the cases."""
    return Path(os.environ.get("SIGNALBOX_RULE_CASES") or DEFAULT_FOLDER)


def rule_cases(family: str) -> pytest.MarkDecorator:
    """Parametrise a test over the cases of a family, as `case`; skip with the reason where they are absent."""
    path = folder() / f"{family}.json"
    if not path.is_file():
        absent = pytest.param(None, id="absent", marks=pytest.mark.skip(reason=f"no worked cases: {family}.json"))
        return pytest.mark.parametrize("case", [absent])
    known = {"id", "made", "given", "expect", "why"}
    params = []
    for case in json.loads(path.read_text(encoding="utf-8")):
        assert case.keys() <= known, f"{family}: unknown keys {case.keys() - known}"
        rule_case = RuleCase(case["id"], case.get("why", ""), case["given"], case["expect"])
        params.append(pytest.param(rule_case, id=case["id"]))
    return pytest.mark.parametrize("case", params)
