"""The number that is watched beside a KPI."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpi_core.errors import NotFound
from kpi_core.kpi import Kpi, Typed
from kpi_core.service import choose, kpi_page, watching
from tests.service.shop import NOW, TODAY, again, revenue


def typed(data: Path, name: str, values: list[int], beside: str = "") -> Kpi:
    kpi = choose.save(data, again(revenue(Typed(), name), counter_measure=beside), None, NOW)
    months = {date(2026, 11 - len(values) + place, 1): str(value) for place, value in enumerate(values)}
    kpi_page.type_values(data, kpi.id, months, "", NOW)
    return kpi


def test_the_other_number_stands_beside_it_with_a_warning(data: Path) -> None:
    other = typed(data, "Order value", [100, 101, 100, 80, 79, 78])
    kpi = typed(data, "Orders", [100, 101, 100, 120, 121, 122], "order VALUE")
    found = watching.watched(data, kpi.id, TODAY)
    assert found is not None
    assert found.row is not None
    assert (found.name, found.row.kpi.id, found.trade.warns) == ("Order value", other.id, True)
    assert "fell from SEK 100.33 to SEK 79.00 as Orders rose" in found.trade.sentence.replace("\u00a0", " ")


def test_one_that_is_retired_is_measured_by_nobody(data: Path) -> None:
    returns = typed(data, "Returns", [1])
    kpi = typed(data, "Orders", [1], "Returns")
    choose.retire(data, returns.id, "Nobody counts them", NOW)
    found = watching.watched(data, kpi.id, TODAY)
    assert found is not None
    assert (found.row, found.trade.sentence) == (
        None,
        "Returns is to be watched beside it, but nobody measures it yet.",
    )


def test_nothing_is_watched_beside_most_numbers(data: Path) -> None:
    assert watching.watched(data, typed(data, "Orders", [1]).id, TODAY) is None
    with pytest.raises(NotFound):
        watching.watched(data, 99, TODAY)
