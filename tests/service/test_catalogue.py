"""Browsing the catalogue, a KPI's page, and choosing it over a source: proposed, never taken unseen."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from kpi_core.catalogue import catalogue as every_kpi
from kpi_core.errors import NotFound
from kpi_core.kpi import Aggregate, Formula, FormulaKind, Kpi, Measure, OneColumn, Typed
from kpi_core.service import catalogue, choose
from kpi_core.service.catalogue import Asked
from kpi_core.service.file import File
from kpi_core.source import RowFilter, RowTest
from kpi_core.unit import UnitKind
from tests.service.shop import NOW, add, filled, revenue

REPORT = File(
    "till.csv",
    (
        "Date,Revenue,Orders,Visits\n"
        + "".join(f"2026-10-{day:02},{1000 + day},{10 + day},{100 + day}\n" for day in range(1, 32))
    ).encode(),
)
BOOKINGS = File(
    "bookings.csv",
    (
        "Booking,Day,Status\n"
        + "".join(
            f"B-{day:03},2026-10-{day:02},{'No show' if day % 7 == 0 else 'Came' if day % 3 else 'Cancelled'}\n"
            for day in range(1, 32)
        )
    ).encode(),
)


def blank() -> Kpi:
    return replace(revenue(), name="", values=Typed())


def test_the_catalogue_is_browsed_by_what_a_kpi_is() -> None:
    everything = catalogue.browse(Asked()).kpis
    assert everything == every_kpi()
    assert {each.function for each in catalogue.browse(Asked(function="support")).kpis} == {"support"}
    assert {each.perspective.value for each in catalogue.browse(Asked(perspective="people")).kpis} == {"people"}
    hotel = catalogue.browse(Asked(sector="hotel")).kpis
    assert {"revpar", "revenue"} <= {each.key for each in hotel}
    assert "food_cost" not in {each.key for each in hotel}
    served = catalogue.browse(Asked("customers", goal="keep_customers")).kpis
    assert served
    assert all("keep_customers" in each.goals for each in served)


def test_every_filter_has_a_name_in_plain_words_and_finds_something() -> None:
    known = catalogue.filters()
    names = [name for _, name in (*known.functions, *known.sectors, *known.goals)]
    assert [name for name in names if "_" in name or not name[0].isupper()] == []
    assert all(catalogue.browse(Asked(function=key)).kpis for key, _ in known.functions)
    assert all(catalogue.browse(Asked(sector=key)).kpis for key, _ in known.sectors)
    assert all(catalogue.browse(Asked(goal=key)).kpis for key, _ in known.goals)


def test_a_warning_comes_with_what_to_use_instead() -> None:
    found = catalogue.browse(Asked("customer happiness"))
    assert [warning.name for warning in found.warnings] == ["Customer happiness"]
    assert [catalogue.find(key).name for key in found.warnings[0].instead] == [
        "Customer satisfaction",
        "Net Promoter Score",
    ]


def test_every_page_says_everything_and_links_its_counter_measure(data: Path) -> None:
    options = choose.options(data)
    for entry in every_kpi():
        page = catalogue.page(data, entry.key, options)
        assert page.counter is not None
        assert page.goals
        assert all(text.endswith(".") and text[0].isupper() for _, text in page.facts), entry.key
        assert bool(page.benchmark) == bool(entry.benchmark)
    with pytest.raises(NotFound, match="no KPI 'nothing'"):
        catalogue.page(data, "nothing", options)


def test_a_page_names_the_exports_that_offer_it_ready_made(data: Path) -> None:
    page = catalogue.page(data, "aov", choose.options(data))
    assert "Shopify orders" in page.feeds
    assert page.offers == ()


def test_headings_propose_both_parts_and_say_so(data: Path) -> None:
    add(data, REPORT, "Till")
    options = choose.options(data)
    (offer,) = catalogue.page(data, "conversion_rate", options).offers
    assert (offer.source, offer.ready, offer.whole) == ("Till", None, True)
    start = catalogue.start(data, "conversion_rate", "Till", options, blank())
    orders, visits = (Measure("Till", Aggregate.SUM, OneColumn(name), "Date") for name in ("Orders", "Visits"))
    assert start.kpi.values == Formula(FormulaKind.RATIO, (orders, visits), times=Fraction(100))
    assert start.kpi.unit.kind is UnitKind.PERCENT
    assert start.notes == (
        "Proposed from the headings of Till; check it before you save.",
        'Orders or enquiries: "Orders", by the day in "Date".',
        'Website visits: "Visits", by the day in "Date".',
    )


def test_rows_that_a_text_tells_apart_are_counted(data: Path) -> None:
    add(data, BOOKINGS, "Bookings")
    start = catalogue.start(data, "no_show_rate", "Bookings", choose.options(data), blank())
    assert isinstance(start.kpi.values, Formula)
    missed, every = start.kpi.values.parts
    assert isinstance(missed, Measure)
    assert isinstance(every, Measure)
    assert missed.where == (RowFilter("Status", RowTest.IS_ONE_OF, ("No show",)),)
    assert (missed.aggregate, every.aggregate, every.where) == (Aggregate.COUNT, Aggregate.COUNT, ())


def test_a_part_that_nobody_is_sure_of_is_left_open(data: Path) -> None:
    add(data, REPORT, "Till")
    options = choose.options(data)
    start = catalogue.start(data, "upt", "Till", options, blank())
    assert isinstance(start.kpi.values, Typed)
    assert start.parts == (None, Measure("Till", Aggregate.SUM, OneColumn("Orders"), "Date"))
    assert start.notes[1] == "Items sold: not found in its headings."
    assert not catalogue.page(data, "upt", options).offers[0].whole


def test_without_a_source_the_form_begins_with_what_the_catalogue_knows(data: Path) -> None:
    start = catalogue.start(data, "nps", None, choose.options(data), blank())
    assert (start.kpi.name, start.kpi.catalogue_key, start.notes, start.parts) == ("Net Promoter Score", "nps", (), ())
    assert start.kpi.function == "Looking after customers"


def test_a_kpi_that_is_there_already_is_named_on_its_page(data: Path) -> None:
    kpi = filled(data)
    choose.save(data, replace(kpi, catalogue_key="revenue"), None, NOW)
    assert [each.name for each in catalogue.page(data, "revenue", choose.options(data)).defined] == ["Revenue"]
