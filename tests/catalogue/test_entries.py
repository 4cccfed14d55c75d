"""The catalogue is read whole, and every sentence of it can be shown to an owner."""

import re

from kpi_core import catalogue
from kpi_core.catalogue import CatalogueKpi


def test_every_kpi_and_goal_is_read() -> None:
    assert len(catalogue.catalogue()) == 122
    assert len(catalogue.goals()) == 72
    assert len(catalogue.goal_names()) == 18


def test_every_key_that_is_pointed_at_exists() -> None:
    keys = {entry.key for entry in catalogue.catalogue()}
    assert {entry.counter_metric for entry in catalogue.catalogue()} <= keys
    assert {key for goal in catalogue.goals() for key in (*goal.headline, *goal.health)} <= keys
    assert all(entry.counter_metric != entry.key for entry in catalogue.catalogue())


JARGON = re.compile(r"\b(MRR|COGS|P&L|POS|CRM|SQL|opt[- ]out|churned|window|ageing)\b")


def shown(entry: CatalogueKpi) -> tuple[str, ...]:
    """List the sentences of a KPI that an owner reads."""
    return entry.definition, entry.numerator, entry.denominator, entry.csv_source, entry.gamed_by, entry.benchmark


def test_no_sentence_for_owners_speaks_the_language_of_the_trade() -> None:
    entries = catalogue.catalogue()
    assert [(each.key, text) for each in entries for text in shown(each) if JARGON.search(text)] == []


def test_every_kpi_says_what_it_is_how_it_is_made_and_how_it_is_gamed() -> None:
    for each in catalogue.catalogue():
        assert len(each.definition.split()) >= 5, each.key
        assert each.definition.endswith("."), each.key
        assert all((each.numerator, each.csv_source, each.gamed_by, each.function)), each.key
        assert bool(each.denominator) or each.adds_up is not catalogue.AddsUp.RATIO, each.key


def test_a_benchmark_names_its_source_and_year() -> None:
    told = [each for each in catalogue.catalogue() if each.benchmark]
    assert len(told) > 30
    assert [each.key for each in told if not (each.benchmark_source and each.benchmark_year)] == []


def test_a_saying_belongs_to_one_kpi_only() -> None:
    owners: dict[str, set[str]] = {}
    for each in catalogue.catalogue():
        for text in (each.name, *each.aliases, *each.everyday):
            owners.setdefault(catalogue.fold(text), set()).add(each.key)
    assert {text: keys for text, keys in owners.items() if len(keys) > 1} == {}
