"""A file in another currency is a question, and whatever is answered, money is never added across currencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi_core.errors import OpenQuestions, RefusedDefinition
from kpi_core.kpi import Kpi, Measure, State
from kpi_core.service import boards, choose, history, importing
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.source import RowFilter, RowTest
from kpi_core.unit import Unit, UnitKind
from tests.service.shop import NOW, REVENUE, TODAY, add, again, at_least, days, dump, revenue

EUR = Unit(UnitKind.CURRENCY, "EUR")
SEPTEMBER, OCTOBER = days("2026-09-01", "2026-09-30"), days("2026-10-01", "2026-10-31")


def coded(dated: list[date], *codes: str, name: str = "orders.csv") -> File:
    """Make an export whose currency stands beside the money."""
    rows = [f"A-{day:%m%d},{day},web,{codes[n % len(codes)]},10.00" for n, day in enumerate(dated)]
    return File(name, "\n".join(["Order,Day,Channel,Currency,Total", *rows, ""]).encode())


def signed(dated: list[date], sign: str, name: str = "orders.csv") -> File:
    """Make an export whose money carries its sign."""
    rows = [f"A-{day:%m%d},{day},web,{sign}10.00" for day in dated]
    return File(name, "\n".join(["Order,Day,Channel,Total", *rows, ""]).encode())


def active(data: Path, where: tuple[RowFilter, ...] = ()) -> Kpi:
    kept = choose.save(data, again(revenue(measured(where)), unit=EUR), at_least(100, date(2026, 1, 1)), NOW)
    assert kept.state is State.ACTIVE
    return kept


def measured(where: tuple[RowFilter, ...]) -> Measure:
    return replace(REVENUE, where=where, segment=None)


def shown(data: Path) -> list[tuple[str, str]]:
    return [(row.period_text, row.actual_text) for row in boards.board(data, TODAY, boards.View(TODAY)).rows]


def asked(data: Path, file: File, source: str | None = "Orders", **answers: str) -> importing.Preview:
    given = {key.replace("_", "-"): answer for key, answer in answers.items()}
    return importing.preview(data, file, Wishes(source, given), NOW)


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (
            coded(SEPTEMBER, "EUR"),
            coded(OCTOBER, "USD"),
            "This file is in USD; Revenue counts EUR of Orders. Money is never added across currencies.",
        ),
        (
            coded(SEPTEMBER, "EUR"),
            coded(OCTOBER, "EUR", "GBP"),
            "This file is in EUR and GBP; Revenue counts EUR of Orders. Money is never added across currencies.",
        ),
        (
            signed(SEPTEMBER, "€"),
            signed(OCTOBER, "£"),
            'This file is in GBP; "Total" holds EUR in Orders so far. Money is never added across currencies.',
        ),
    ],
)
def test_a_file_in_another_currency_is_asked_about(data: Path, first: File, second: File, text: str) -> None:
    add(data, first)
    active(data)
    before = dump(data)
    for source in ("Orders", None):
        question = asked(data, second, source).question
        assert question is not None
        assert (question.id, question.text, question.choices) == ("currency-change", text, ("own-source", "cancel"))
    with pytest.raises(OpenQuestions, match="never added across currencies"):
        add(data, second)
    cancelled = add(data, second, currency_change="cancel")
    assert cancelled.result.import_id is None
    assert asked(data, second, currency_change="cancel").question is None
    assert dump(data) == before


def test_a_source_of_its_own_leaves_the_sum_as_it_was_and_takes_the_next_file(data: Path) -> None:
    add(data, coded(SEPTEMBER, "EUR"))
    active(data)
    before = shown(data)
    apart = add(data, coded(OCTOBER, "USD"), currency_change="own-source")
    assert (apart.source, apart.result.new) == ("Orders USD", 31)
    assert shown(data) == before == [("September", "€300")]
    later = coded(days("2026-11-01", "2026-11-02"), "USD")
    preview = asked(data, later, None)
    assert (preview.source, preview.question, preview.needs_no_click) == ("Orders USD", None, True)
    assert add(data, coded(OCTOBER, "EUR"), None).source == "Orders"
    assert shown(data) == [("October", "€310")]


def test_a_kpi_of_the_rows_of_one_currency_takes_a_file_in_several(data: Path) -> None:
    add(data, coded(SEPTEMBER, "EUR"))
    active(data, (RowFilter("Currency", RowTest.IS_ONE_OF, ("EUR",)),))
    assert add(data, coded(OCTOBER, "EUR", "USD")).result.new == 31
    assert shown(data) == [("October", "€160")]


def test_an_active_kpi_cannot_be_changed_into_a_sum_of_two_currencies(data: Path) -> None:
    add(data, coded(SEPTEMBER, "EUR"))
    kpi = active(data, (RowFilter("Currency", RowTest.IS_ONE_OF, ("EUR",)),))
    add(data, coded(OCTOBER, "EUR", "USD"))
    with pytest.raises(RefusedDefinition, match="Revenue would add EUR and USD up"):
        choose.save(data, again(kpi, values=measured(())), None, NOW, "all of it")
    with pytest.raises(RefusedDefinition, match="Revenue is in SEK, its file in EUR"):
        choose.save(data, again(kpi, unit=Unit(UnitKind.CURRENCY, "SEK")), None, NOW, "home")


def test_a_retired_kpi_whose_source_holds_two_currencies_by_now_stays_retired(data: Path) -> None:
    add(data, coded(SEPTEMBER, "EUR"))
    kpi = active(data)
    choose.retire(data, kpi.id, "not now", NOW)
    add(data, coded(OCTOBER, "USD"))
    with pytest.raises(RefusedDefinition, match="would add EUR and USD up"):
        choose.reopen(data, kpi.id, NOW)
    assert shown(data) == []


@pytest.mark.parametrize(
    ("first", "second", "choices", "text"),
    [
        (
            "",
            "€",
            ("same", "own-source", "cancel"),
            '"Total" of this file holds EUR; in Orders it did not say which currency it is in so far.',
        ),
        (
            "€",
            "",
            ("same", "cancel"),
            '"Total" of this file does not say which currency it is in; in Orders it holds EUR so far.',
        ),
    ],
)
def test_where_one_file_does_not_say_its_currency_the_owner_does(
    data: Path, first: str, second: str, choices: tuple[str, ...], text: str
) -> None:
    add(data, signed(SEPTEMBER, first))
    active(data)
    question = asked(data, signed(OCTOBER, second)).question
    assert question is not None
    assert question.choices == choices
    assert question.text == f"{text} Money is never added across currencies."
    add(data, signed(OCTOBER, second), currency_change="same")
    assert shown(data) == [("October", "€310")]
    pounds = asked(data, signed(days("2026-11-01", "2026-11-02"), "£"), currency_change="same").question
    assert pounds is not None, "what was answered for one file holds for no other one"
    assert pounds.choices == ("own-source", "cancel")


def test_once_all_rows_are_undone_another_currency_may_come(data: Path) -> None:
    added = add(data, signed(SEPTEMBER, "€"))
    assert added.result.import_id is not None
    history.take_back(data, added.result.import_id, NOW)
    assert add(data, signed(SEPTEMBER, "£", "b.csv")).result.new == 30
    question = asked(data, signed(OCTOBER, "€")).question
    assert question is not None
    assert question.text.startswith('This file is in EUR; "Total" holds GBP in Orders so far.')


def test_the_same_file_and_the_same_currency_raise_no_question(data: Path) -> None:
    for make in (coded(SEPTEMBER, "EUR"), coded(SEPTEMBER, "EUR"), coded(OCTOBER, "eur")):
        assert asked(data, make).question is None
        add(data, make)
    active(data)
    assert asked(data, coded(days("2026-11-01", "2026-11-02"), "EUR")).question is None


def test_an_unknown_answer_is_refused(data: Path) -> None:
    add(data, signed(SEPTEMBER, "€"))
    with pytest.raises(RefusedDefinition, match='"perhaps" is no answer to the question "currency-change"'):
        add(data, signed(OCTOBER, "£"), currency_change="perhaps")


def test_another_sign_is_another_currency_even_where_several_share_it(data: Path) -> None:
    add(data, signed(SEPTEMBER, "€"))
    question = asked(data, signed(OCTOBER, "$")).question
    assert question is not None
    assert question.choices == ("own-source", "cancel")
    assert question.text.startswith('This file is in $; "Total" holds EUR in Orders so far.')


@pytest.mark.parametrize("codes", [("EUR", "SEK", "USD"), ("SEK",)])
def test_a_column_of_currencies_beside_the_amounts_says_what_they_are_in(data: Path, codes: tuple[str, ...]) -> None:
    add(data, signed(SEPTEMBER, "€"))
    question = asked(data, coded(OCTOBER, *codes), None).question
    assert question is not None
    assert question.choices == ("own-source", "cancel")
    held = " and ".join(codes)
    assert question.text.startswith(f'This file is in {held}; "Total" holds EUR in Orders so far.')
    apart = add(data, coded(OCTOBER, *codes), None, currency_change="own-source")
    assert apart.source == f"Orders {held}"


def test_a_column_of_the_same_currency_beside_the_amounts_raises_no_question(data: Path) -> None:
    add(data, signed(SEPTEMBER, "€"))
    assert asked(data, coded(OCTOBER, "EUR"), None).question is None
    add(data.with_name("other.db"), coded(SEPTEMBER, "EUR"))
    assert asked(data.with_name("other.db"), signed(OCTOBER, "€"), "Orders", vanished_column="go-on").question is None
    dollars = asked(data.with_name("other.db"), signed(OCTOBER, "$"), "Orders").question
    assert dollars is not None
    assert dollars.choices == ("own-source", "cancel")
