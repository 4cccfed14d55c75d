"""Which columns a KPI is proposed from; what may be two things, or is called something else, is left open."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kpi_core.catalogue import by_key, catalogue
from kpi_core.catalogue.columns import Proposal, propose
from kpi_core.catalogue.entries import headings_of
from kpi_core.definition.words import describe
from kpi_core.source import Column, ColumnRole, ColumnType

DAY = Column("Date", ColumnType.DATE, ColumnRole.DATE)
ORDER = Column("Order", ColumnType.TEXT, ColumnRole.KEY)


def numbers(*names: str) -> list[Column]:
    return [DAY, *(Column(name, ColumnType.NUMBER, ColumnRole.VALUE) for name in names)]


def proposed(key: str, columns: list[Column], texts: Mapping[str, tuple[str, ...]] | None = None) -> Proposal:
    entry = by_key(key)
    assert entry is not None
    found = propose(entry, "File", columns, texts or {})
    assert found is not None
    return found


def said(proposal: Proposal) -> str:
    return "" if proposal.values is None else describe(proposal.values)


@pytest.mark.parametrize(
    ("key", "columns", "values"),
    [
        ("revenue", numbers("Net sales", "Tax"), "add up Net sales by Date from File"),
        ("aov", numbers("Order total", "Orders"), "(add up Order total"),
        ("aov", [ORDER, *numbers("Total")], "(add up Total by Date from File) divided by (count the different Order"),
        ("email_open", numbers("Delivered", "Unique opens"), "(add up Unique opens"),
        ("social_followers", numbers("Number of followers"), "take the last Number of followers"),
        ("nps", numbers("Score"), "take the net promoter score of Score"),
        ("first_response_time", [DAY, Column("First reply time", ColumnType.DURATION)], "average First reply time"),
        ("customer_count", [DAY, Column("Customer ID", ColumnType.TEXT)], "count the different Customer ID"),
    ],
)
def test_a_heading_that_says_it_is_proposed(key: str, columns: list[Column], values: str) -> None:
    assert said(proposed(key, columns)).startswith(values)


@pytest.mark.parametrize(
    ("key", "columns", "why"),
    [
        ("revenue", numbers("Net sales", "Gross sales"), '"Net sales" and "Gross sales" may both be it.'),
        ("revenue", numbers("Tax amount", "Amount"), "Not found in its headings."),
        ("revenue", numbers("Refunded sales"), "Not found in its headings."),
        ("revenue", numbers("Sales")[1:], "No column holds a day."),
        (
            "revenue",
            [Column("Paid on", ColumnType.DATE), Column("Made on", ColumnType.DATE), *numbers("Sales")[1:]],
            "Several columns hold days.",
        ),
        ("first_response_time", numbers("First reply time"), "Not found in its headings."),
        ("avg_deal_size", numbers("Deal value"), "Nothing tells which rows count."),
    ],
)
def test_what_may_be_two_things_or_says_something_else_is_left_open(key: str, columns: list[Column], why: str) -> None:
    found = proposed(key, columns)
    assert found.values is None
    assert found.parts[0].why == why


def test_money_is_never_divided_by_a_count_of_sales_that_are_meant_as_money() -> None:
    sale = Column("Sale", ColumnType.TEXT, ColumnRole.KEY)
    top, bottom = proposed("net_margin", [sale, *numbers("Net profit")]).parts
    assert top.measure is not None
    assert (bottom.measure, bottom.why) == (None, "Not found in its headings.")


def test_every_row_is_no_proposal_while_nobody_knows_which_of_them_count() -> None:
    status = Column("Status", ColumnType.TEXT, ColumnRole.SEGMENT)
    assert not proposed("no_show_rate", [DAY, status], {"Status": ("Came", "Cancelled")}).found
    assert proposed("no_show_rate", [DAY, status], {"Status": ("Came", "No-show")}).values is not None


def test_texts_of_two_columns_that_both_say_it_leave_it_open() -> None:
    columns = [DAY, Column("Status", ColumnType.TEXT), Column("Result", ColumnType.TEXT)]
    texts = {"Status": ("won", "lost"), "Result": ("won", "lost")}
    assert not proposed("win_rate", columns, texts).found
    assert "Won or Lost" in said(proposed("win_rate", columns[:2], {"Status": ("Won", "Lost", "Open")}))


def test_headings_belong_to_kpis_of_the_catalogue_and_most_have_some() -> None:
    known = [entry for entry in catalogue() if headings_of(entry.key) is not None]
    assert len(known) > 90
    for entry in known:
        headings = headings_of(entry.key)
        assert headings is not None
        assert headings.top
        assert not headings.bottom or entry.denominator, entry.key
