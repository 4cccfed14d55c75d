"""The catalogue is read whole and found by name, alias and everyday words."""

import pytest

from kpi_core import catalogue


def test_every_kpi_and_goal_is_read() -> None:
    assert len(catalogue.catalogue()) == 122
    assert len(catalogue.goals()) == 72
    assert len(catalogue.goal_names()) == 18


def test_every_key_that_is_pointed_at_exists() -> None:
    keys = {entry.key for entry in catalogue.catalogue()}
    assert {entry.counter_metric for entry in catalogue.catalogue()} <= keys
    assert {key for goal in catalogue.goals() for key in (*goal.headline, *goal.health)} <= keys
    assert all(entry.counter_metric != entry.key for entry in catalogue.catalogue())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("AOV", "Average order value"),
        ("average order", "Average order value"),
        ("nps", "Net Promoter Score"),
        ("turnover", "Revenue"),
        ("Cart aband", "Cart abandonment rate"),
    ],
)
def test_a_kpi_is_found_by_what_an_owner_types(typed: str, name: str) -> None:
    assert catalogue.find(typed)[0].name == name


def test_nothing_is_found_for_blank_or_unknown_words() -> None:
    assert catalogue.find("  ") == ()
    assert catalogue.find("zebra stripes") == ()


def test_an_exact_name_comes_before_a_longer_one() -> None:
    assert [entry.key for entry in catalogue.find("revenue")][:1] == ["revenue"]
