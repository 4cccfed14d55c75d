from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import EmptyFile, NotFound, OpenQuestions, RefusedDefinition
from kpi_core.service import choose, history, importing, keeping
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.service.refused import harmless, refused_csv
from kpi_core.source import Refused
from kpi_core.store.changes import By
from kpi_core.store.data_file import open_store
from kpi_core.store.months import close_month
from tests.service.shop import NOW, TODAY, add, days, dump, filled, orders

OCTOBER = days("2026-10-01", "2026-10-31")


def preview(data: Path, file: File, source: str | None = "Orders", **answers: str) -> importing.Preview:
    return importing.preview(data, file, Wishes(source, answers), NOW)


def test_a_preview_says_what_would_happen_and_writes_nothing(data: Path) -> None:
    filled(data)
    before = dump(data)
    file = orders(days("2026-10-30", "2026-11-02"))
    shown = preview(data, file)
    assert shown.plan is not None
    assert (shown.plan.new, shown.plan.same, shown.plan.sentence) == (2, 2, "2 new, 2 the same.")
    assert (shown.source, shown.known, shown.question, shown.feeds) == ("Orders", True, None, ("Revenue",))
    assert shown.needs_no_click
    assert dump(data) == before
    added = importing.add(data, file, shown.wishes, NOW, shown.reading)
    assert added.result.sentence == shown.plan.sentence


def test_a_preview_of_a_new_source_leaves_no_source_behind(data: Path) -> None:
    keeping.settings(data)
    before = dump(data)
    shown = preview(data, orders(OCTOBER, name="Shop orders.csv"), None)
    assert (shown.source, shown.known, shown.needs_no_click, shown.feeds) == ("Shop orders", False, False, ())
    assert dump(data) == before


def test_a_second_file_of_the_same_name_gets_a_source_of_its_own_only_where_its_header_differs(data: Path) -> None:
    add(data, orders(OCTOBER), None)
    assert preview(data, orders(days("2026-11-01", "2026-11-02")), None).source == "orders"
    other = File("orders.csv", b"When,What,Sum\n2026-10-01,tea,3.00\n2026-10-31,tea,4.00\n")
    assert preview(data, other, None).source == "orders 2"


def test_an_answer_is_learned_and_next_month_needs_no_click(data: Path) -> None:
    open_ = File("till.csv", b"Day,Sales\n01/10/2026,10.00\n05/10/2026,20.00\n10/10/2026,7.00\n")
    asked = preview(data, open_, "Till")
    assert asked.question is not None
    assert (asked.question.id, asked.plan) == ("date-order", None)
    with pytest.raises(OpenQuestions, match=r"01/10/2026"):
        add(data, open_, "Till")
    add(data, open_, "Till", date_order="day-first", coverage="yes")
    later = File("till 2.csv", b"Day,Sales\n01/11/2026,10.00\n02/11/2026,20.00\n")
    shown = preview(data, later, None)
    assert (shown.source, shown.question, shown.needs_no_click) == ("Till", None, True)
    assert add(data, later, None).source == "Till"


def test_the_coverage_question_belongs_to_one_file_only(data: Path) -> None:
    days_ = [date(2026, 10, 3), date(2026, 10, 13), date(2026, 10, 20)]
    with pytest.raises(OpenQuestions, match="Is it complete from 1 October to the end of 31 October") as asked:
        add(data, orders(days_))
    assert [question.id for question in asked.value.questions] == ["coverage"]
    add(data, orders(days_), coverage="yes")
    assert history.history(data)[0].covers == "1 to 31 October 2026"
    shown = preview(data, orders([date(2026, 9, 4), date(2026, 9, 9)], name="september.csv"))
    assert shown.question is not None
    assert (shown.question.id, shown.plan is not None) == ("coverage", True)


def test_unanswered_coverage_ends_at_the_last_row(data: Path) -> None:
    add(data, orders([date(2026, 10, 3), date(2026, 10, 20)]), coverage="no")
    assert history.history(data)[0].covers == "3 to 20 October 2026"


def test_days_that_are_stored_already_are_not_in_doubt(data: Path) -> None:
    add(data, orders(days("2026-10-01", "2026-10-14")), coverage="no")
    continued = orders([date(2026, 10, 15), date(2026, 10, 31)], name="b.csv")
    assert preview(data, continued).question is None
    add(data, continued)
    undone = history.take_back(data, 1, NOW)
    assert undone.removed == 14
    assert history.history(data)[0].covers == "15 to 31 October 2026"
    apart = orders([date(2026, 10, 5), date(2026, 10, 6)], name="c.csv")
    shown = preview(data, apart)
    assert shown.question is not None
    assert shown.question.id == "coverage"


def test_a_source_that_was_only_named_learns_everything_from_its_first_file(data: Path) -> None:
    document = File("set.json", b'{"sources": [{"name": "Orders"}]}')
    keeping.define(data, document, NOW)
    add(data, orders(OCTOBER))
    other = data.with_name("other.db")
    add(other, orders(OCTOBER))
    assert keeping.definitions(data) == keeping.definitions(other)


def test_a_running_month_is_not_asked_for(data: Path) -> None:
    assert preview(data, orders(days("2026-10-01", "2026-11-02"))).question is None


def test_a_wrong_answer_is_refused(data: Path) -> None:
    with pytest.raises(RefusedDefinition, match='"perhaps" is no answer to the question "coverage"'):
        add(data, orders([date(2026, 10, 3)]), coverage="perhaps")


def test_the_same_file_says_so_and_changes_nothing(data: Path) -> None:
    add(data, orders(OCTOBER))
    before = dump(data)
    again = add(data, orders(OCTOBER, name="copy.csv"))
    assert (again.result.import_id, again.result.same_file_as) == (None, TODAY)
    assert again.result.sentence == "Nothing to do: this file was already added on 3 November 2026."
    assert dump(data) == before


def test_a_total_that_disagrees_needs_a_look(data: Path) -> None:
    add(data, orders(OCTOBER))
    november = orders(days("2026-11-01", "2026-11-02"), name="november.csv")
    assert preview(data, november, None).needs_no_click
    wrong = File("wrong.csv", november.data + b"Total,,,21.00\n")
    shown = preview(data, wrong, None)
    assert [check.ok for check in shown.reading.checks] == [False]
    assert (shown.question, shown.needs_no_click) == (None, False)


def test_undo_brings_the_values_back(data: Path) -> None:
    kpi = filled(data)
    before = choose.review(data, kpi, None, TODAY).values
    added = add(data, orders(days("2026-11-01", "2026-11-02")))
    assert added.result.import_id is not None
    undone = history.take_back(data, added.result.import_id, NOW)
    assert (undone.removed, undone.restored, undone.kept) == (2, 0, 0)
    assert choose.review(data, kpi, None, TODAY).values == before
    assert [(line.id, line.undone_at is not None) for line in history.history(data)] == [(2, True), (1, False)]
    with pytest.raises(NotFound, match="undone already"):
        history.take_back(data, added.result.import_id, NOW)


def test_what_cannot_be_read_leaves_no_trace(data: Path) -> None:
    keeping.settings(data)
    before = dump(data)
    with pytest.raises(EmptyFile):
        preview(data, File("empty.csv", b""))
    with pytest.raises(EmptyFile):
        add(data, File("empty.csv", b""))
    assert dump(data) == before


def test_several_files_are_all_or_nothing(data: Path) -> None:
    keeping.settings(data)
    before = dump(data)
    files = [orders(OCTOBER), orders([date(2026, 9, 4), date(2026, 9, 9)], name="september.csv")]
    with pytest.raises(OpenQuestions):
        importing.add_all(data, files, Wishes("Orders"), NOW)
    assert dump(data) == before
    done = importing.add_all(data, files, Wishes("Orders", {"coverage": "yes"}), NOW)
    assert [each.result.new for each in done] == [31, 2]


def test_one_row_an_order_counts_once(data: Path) -> None:
    header = "Invoice Date,Invoice ID,Invoice Number,Invoice Status,Currency Code,Item Name"
    header += ",Item Total,SubTotal,Total,Balance"
    lines = ["2026-10-01,1,INV-1,Sent,USD,Tea,5,9,9,9", "2026-10-01,1,INV-1,Sent,USD,Cake,4,9,9,9"]
    lines += ["2026-10-31,2,INV-2,Sent,USD,Tea,5,5,5,5"]
    file = File("invoices.csv", "\n".join([header, *lines]).encode())
    shown = preview(data, file, None)
    assert shown.plan is not None
    assert (shown.source, shown.question, shown.plan.new, shown.plan.left_out) == ("Zoho invoices", None, 2, 1)


def test_refused_rows_can_be_downloaded(data: Path) -> None:
    rows = "".join(f"{day},{day.day}.00\n" for day in OCTOBER)
    file = File("bad.csv", f"Day,Amount\n{rows}2026-10-31,=cmd()\n".encode())
    added = add(data, file, "Bad")
    assert (added.result.new, added.result.refused) == (31, 1)
    assert added.result.import_id is not None
    found = list(csv.reader(io.StringIO(history.refused_of(data, added.result.import_id).decode("utf-8-sig"))))
    assert found[0] == ["row", "column", "text", "reason"]
    assert found[1][:3] == ["33", "Amount", "'=cmd()"]
    assert found[1][4:] == ["2026-10-31", "'=cmd()"]


@given(st.lists(st.text(max_size=12), min_size=3, max_size=6))
def test_no_cell_of_a_download_is_a_formula(cells: list[str]) -> None:
    made = refused_csv([Refused(2, cells[0], cells[1], cells[2], tuple(cells))]).decode("utf-8-sig")
    for cell in list(csv.reader(io.StringIO(made, newline="")))[1][1:]:
        assert cell[:1] not in {"=", "@", "\t", "\r"}
        assert cell[:1] not in {"+", "-"} or cell[1:].replace(".", "").replace(",", "").isdigit()
        assert harmless(cell) == cell


def test_rows_of_a_closed_month_are_among_the_refused_to_download(data: Path) -> None:
    add(data, orders(OCTOBER))
    with open_store(data) as store:
        close_month(store, "2026-10", By(NOW))
    later = orders([*OCTOBER, date(2026, 11, 1)], total="11.00", name="again.csv")
    shown = preview(data, later)
    assert shown.plan is not None
    assert (shown.plan.refused, len(shown.refused)) == (31, 31)
    assert shown.of_closed_months == "31 refused: October 2026 is closed. Settings reopens a month."
    assert preview(data, orders([date(2026, 11, 1)], name="november.csv")).of_closed_months == ""
    added = importing.add(data, later, shown.wishes, NOW, shown.reading)
    assert (added.result.refused, len(added.refused)) == (31, 31)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Kontoauszug_Q3.csv", "Kontoauszug"),
        ("sales 2026-Q3.csv", "sales"),
        ("Till KW 40.csv", "Till"),
        ("H1 2026 ledger.csv", "H1 2026 ledger"),
        ("Orders (copy).csv", "Orders (copy)"),
        ("Orders (2).csv", "Orders"),
        ("FAQ3.csv", "FAQ"),
    ],
)
def test_a_new_source_is_named_without_the_part_that_says_which_period(data: Path, name: str, source: str) -> None:
    assert preview(data, orders(OCTOBER, name=name), None).source == source


def test_the_check_is_clean_after_an_overlap_with_a_corrected_row_and_after_a_refused_one(data: Path) -> None:
    filled(data)
    again = orders(days("2026-10-20", "2026-11-02"), name="overlap.csv")
    corrected = again.data.replace(b"A-20261025,2026-10-25,web,10.00", b"A-20261025,2026-10-25,web,12.00")
    unread = corrected.replace(b"A-20261101,2026-11-01,web,10.00", b"A-20261101,2026-11-01,web,see letter")
    assert unread != corrected != again.data
    result = add(data, File("overlap.csv", unread)).result
    assert (result.new, result.changed, result.same, result.refused) == (1, 1, 11, 1)
    assert [each.name for each in keeping.check(data, TODAY) if not each.ok] == []
