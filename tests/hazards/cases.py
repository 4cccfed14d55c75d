"""Cases on disk: an export in readable form, how it becomes bytes, and what a careful reader makes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from tests.hazards.workbooks import workbook

HERE: Final = Path(__file__).parent
EXPECTED: Final = ".expected.json"
SHEETS: Final = ".sheets.json"
LINE_ENDS: Final = {"LF": "\n", "CRLF": "\r\n", "CR": "\r", "CRCRLF": "\r\r\n"}
KNOWN: Final = {"shows", "file", "read", "checks", "used", "left_out", "refused", "questions", "values", "refusal"}
KNOWN_OF_FILE: Final = {"name", "kind", "encoding", "bom", "line_end", "final_line_end", "signs", "repeat"}


@dataclass(frozen=True)
class Case:
    """One export of one hazard; `expected` as the README beside this describes it."""

    folder: str
    name: str
    source: Path
    expected: dict[str, Any]

    @property
    def file_name(self) -> str:
        """The name that the file has for the reader."""
        kind = self.how.get("kind")
        return str(self.how.get("name", f"{self.name}.{kind}" if kind else self.source.name))

    @property
    def how(self) -> dict[str, Any]:
        """How the source becomes bytes."""
        found: dict[str, Any] = self.expected.get("file", {})
        return found

    @property
    def data(self) -> bytes:
        """The bytes of the export."""
        if self.source.name.endswith(SHEETS):
            sheets = json.loads(self.source.read_text("utf-8"))
            return workbook(sheets, str(self.how["kind"]))
        return _text(self.source.read_text("utf-8"), self.how)


def _text(source: str, how: dict[str, Any]) -> bytes:
    """Write a text as the case says; signs come last, so that they may be line ends inside a cell."""
    for line, times in how.get("repeat", {}).items():
        source = source.replace(f"{line}\n", f"{line}\n" * times)
    if not how.get("final_line_end", True):
        source = source.removesuffix("\n")
    source = source.replace("\n", LINE_ENDS[how.get("line_end", "LF")])
    for shown, meant in how.get("signs", {}).items():
        source = source.replace(shown, meant)
    return (("\ufeff" if how.get("bom") else "") + source).encode(how.get("encoding", "utf-8"))


def found_cases() -> list[Case]:
    """List all cases, in the order of their folders."""
    made = []
    for path in sorted(HERE.glob(f"*/*{EXPECTED}")):
        name = path.name.removesuffix(EXPECTED)
        (source,) = (each for each in path.parent.glob(f"{name}.*") if each != path)
        expected = json.loads(path.read_text("utf-8"), parse_float=Decimal)
        assert set(expected) <= KNOWN, f"{path}: {set(expected) - KNOWN}"
        assert set(expected.get("file", {})) <= KNOWN_OF_FILE, path
        made.append(Case(path.parent.name, name, source, expected))
    return made
