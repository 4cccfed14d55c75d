"""The examples of the guide are read as it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kpi_core.business import Business
from kpi_core.ingest.filled import read_filled
from kpi_core.ingest.filled.cells import pasted
from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.unit import Unit, UnitKind

GUIDE = Path(__file__).parents[3] / "docs" / "filling.md"
EXAMPLES = re.findall(r"```text filled\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
KPIS = (
    Kpi("Monthly Revenue", Unit(UnitKind.CURRENCY, "SEK"), Direction.UP, Cadence.MONTH, Typed(), id=1),
    Kpi("Conversion Rate", Unit(UnitKind.PERCENT), Direction.UP, Cadence.MONTH, Typed(), id=2),
)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize(("example", "count"), list(zip(EXAMPLES, (6, 2, 3, 4, 1), strict=False)))
def test_an_example_is_read_whole(example: str, count: int) -> None:
    found = read_filled(pasted(example), KPIS, Business(), date(2026, 11, 3), {})
    assert (len(found.values), found.refused, found.questions) == (count, (), ())


def test_every_way_of_writing_a_period_in_the_guide_is_read() -> None:
    written = re.findall(r"- \*\*Periods\*\*(.*?)- \*\*Numbers", GUIDE.read_text("utf-8"), re.DOTALL)[0]
    months = [text for text in re.findall(r"`([^`]+)`", written.partition("week 41")[0]) if text]
    for text in months:
        found = read_filled(pasted(f"Monthly Revenue\t{text}\t5"), KPIS, Business(), date(2026, 11, 3), {})
        assert [value.period.start for value in found.values] == [date(2026, 10, 1)], text
