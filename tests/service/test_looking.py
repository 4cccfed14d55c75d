from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.errors import EmptyFile, NotFound, RefusedDefinition
from kpi_core.kpi import Aggregate
from kpi_core.period import Cadence
from kpi_core.service import looking
from kpi_core.service.file import File
from kpi_core.service.looking import Ask
from tests.service.shop import TODAY, days, orders

FILE = orders(days("2026-09-29", "2026-10-02"))


def made(file: File, ask: Ask) -> dict[str, int]:
    found = looking.values(file, ask, TODAY).values
    assert found is not None
    return {key: int(value or 0) for key, value in found.items()}


def test_look_says_what_was_decided() -> None:
    found = looking.look(FILE, TODAY)
    assert (found.date_column, found.value_column, found.questions) == ("Day", "Total", ())
    with pytest.raises(EmptyFile):
        looking.look(File("a.csv", b""), TODAY)


def test_values_by_the_reading_s_own_choice() -> None:
    assert made(FILE, Ask()) == {"2026-09-01": 20, "2026-10-01": 20}
    assert looking.values(FILE, Ask(), TODAY).segments == {}


def test_columns_by_name_number_or_another_case() -> None:
    for name in ("Total", "#4", " total "):
        assert made(FILE, Ask(value=name)) == {"2026-09-01": 20, "2026-10-01": 20}
    with pytest.raises((NotFound, RefusedDefinition), match="Tips"):
        looking.values(FILE, Ask(value="Tips"), TODAY)


def test_a_file_without_a_usable_row_is_refused() -> None:
    with pytest.raises(RefusedDefinition, match=r"No row of orders\.csv can be used"):
        looking.values(FILE, Ask(date="Channel"), TODAY)


def test_an_open_question_has_no_values() -> None:
    file = File("a.csv", b"Day,Sales\n01/10/2026,1.00\n05/10/2026,2.00\n")
    assert looking.values(file, Ask(), TODAY).values is None
    assert made(file, Ask(answers={"date-order": "day-first"})) == {"2026-10-01": 3}


def test_a_line_of_a_table_of_periods_and_none() -> None:
    file = File("pl.csv", b",Jan 2026,Feb 2026\nIncome,1000,1100\nCosts,400,500\n")
    assert made(file, Ask(line="Costs")) == {"2026-01-01": 400, "2026-02-01": 500}
    with pytest.raises((NotFound, RefusedDefinition), match="Profit"):
        looking.values(file, Ask(line="Profit"), TODAY)
    with pytest.raises((NotFound, RefusedDefinition)):
        looking.values(FILE, Ask(line="Income"), TODAY)


amounts = st.decimals(min_value=-9999, max_value=9999, places=2)
lines = st.tuples(st.dates(date(2025, 1, 1), date(2026, 10, 31)), st.sampled_from(["web", "Shop", "fair"]), amounts)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(lines, min_size=3, max_size=30), cadence=st.sampled_from(list(Cadence)))
def test_periods_and_segments_each_add_up_to_the_whole(rows: list[tuple[date, str, Decimal]], cadence: Cadence) -> None:
    text = "\n".join(["Day,Channel,Total", *(f"{day},{channel},{total}" for day, channel, total in rows)])
    file = File("o.csv", text.encode())
    whole = sum((Fraction(total) for _, _, total in rows), Fraction(0))

    def asked(by: Cadence | None) -> looking.Answer:
        return looking.values(file, Ask(by, "Day", "Total", Aggregate.SUM, segment="Channel"), TODAY)

    found = asked(cadence)
    assert found.values is not None
    assert asked(None).values == {"all": whole}
    assert sum(value or 0 for value in found.values.values()) == whole
    parts: dict[str, Fraction] = defaultdict(Fraction)
    for each in found.segments.values():
        for start, value in each.items():
            parts[start] += value or 0
    assert parts == {start: value or 0 for start, value in found.values.items()}
