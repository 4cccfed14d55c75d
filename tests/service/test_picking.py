"""The columns of a file in words, changing them by picking, and what a pick does to the next file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.ingest.report import ReadingChoice
from kpi_core.service import history, importing, picking
from kpi_core.service.file import File
from kpi_core.service.importing import Preview, Wishes
from kpi_core.service.picking import Use
from kpi_core.source import ColumnRole, ColumnType, Fate
from tests.service.shop import NOW

HEADER = "Datum;Bezahlt;Ordernr;Kanal;Kund;Belopp;Avgift\n"
ROWS = [f"{day:02}.10.2026;{day:02}.11.2026;A{day};web;Ada Ek;{day},50 kr;0,{day:02}\n" for day in range(1, 29)]
FILE = File(
    "ordrar.csv", (HEADER + "".join(ROWS) + "Summa;;;;;420,00 kr;4,06\n31.02.2026;;B1;web;;1,00 kr;1\n").encode()
)
NEXT = File("ordrar nov.csv", FILE.data.replace(b".11.2026", b".12.2026").replace(b".10.2026", b".11.2026"))


def preview(data: Path, file: File = FILE, columns: ReadingChoice | None = None) -> Preview:
    return importing.preview(data, file, said(columns), NOW)


def said(columns: ReadingChoice | None = None, source: str | None = None) -> Wishes:
    return Wishes(source, {"coverage": "yes"}, columns or ReadingChoice())


def test_each_column_is_told_in_words(data: Path) -> None:
    found = {line.name: line for line in picking.column_lines(preview(data))}
    assert {name: line.use.value for name, line in found.items()} == {
        "Datum": "the day a row counts on",
        "Bezahlt": "not used",
        "Ordernr": "names the row",
        "Kanal": "splits the numbers",
        "Kund": "personal, not stored",
        "Belopp": "the amount that counts",
        "Avgift": "not used",
    }
    assert (found["Datum"].read_as, found["Belopp"].read_as) == ("a date, day first", "a number, decimal comma, in kr")
    assert found["Belopp"].sample == ("1,50 kr", "2,50 kr", "3,50 kr")
    assert (found["Datum"].misfits, found["Datum"].misfit_rows) == (1, (31,))


def test_every_record_can_be_looked_at_through_a_window(data: Path) -> None:
    records = preview(data).records
    assert records is not None
    assert (len(records), records.count(Fate.LEFT_OUT), records.count(Fate.REFUSED)) == (31, 1, 1)
    assert records.count(Fate.USED) == 28
    assert [row.row for row in records.window(28, 10)] == [29, 30, 31]
    assert [(row.row, row.reason) for row in records.window(0, 10, Fate.LEFT_OUT)] == [(30, "total")]
    refused = records.window(0, 10, Fate.REFUSED)[0]
    assert (refused.row, refused.cell, refused.reason) == (31, 0, "there is no such day")
    assert records.window(500, 10) == ()


def test_a_plan_tells_the_months(data: Path) -> None:
    plan = preview(data).plan
    assert plan is not None
    assert [(each.month, each.new) for each in plan.by_month] == [("2026-10", 28)]
    importing.add(data, FILE, said(), NOW)
    both = preview(data, NEXT).plan
    assert both is not None
    assert [(each.month, each.new, each.changed) for each in both.by_month] == [("2026-11", 0, 28)]


def test_another_date_is_picked_shown_at_once_and_remembered(data: Path) -> None:
    first = preview(data)
    choice = picking.pick_use(ReadingChoice(), first.reading, "Bezahlt", Use.DATE)
    shown = preview(data, columns=choice)
    assert shown.plan is not None
    assert [each.month for each in shown.plan.by_month] == ["2026-11"]
    importing.add(data, FILE, shown.wishes, NOW, shown.reading)
    later = preview(data, NEXT)
    assert (later.reading.date_column, later.known) == ("Bezahlt", True)


def test_picks_of_roles_are_remembered_too(data: Path) -> None:
    choice = ReadingChoice()
    for name, use in (("Kanal", Use.PERSONAL), ("Avgift", Use.AMOUNT), ("Belopp", Use.IGNORE)):
        choice = picking.pick_use(choice, preview(data, columns=choice).reading, name, use)
    choice = picking.pick_type(choice, "Ordernr", ColumnType.TEXT)
    importing.add(data, FILE, said(choice), NOW)
    later = {line.name: line.use for line in picking.column_lines(preview(data, NEXT))}
    assert (later["Kanal"], later["Avgift"], later["Belopp"]) == (Use.PERSONAL, Use.AMOUNT, Use.IGNORE)


def test_a_second_column_joins_the_key_and_the_first_may_leave_it(data: Path) -> None:
    reading = preview(data).reading
    joined = picking.pick_use(ReadingChoice(), reading, "Kanal", Use.KEY)
    assert preview(data, columns=joined).reading.draft.key == ("Ordernr", "Kanal")
    left = picking.pick_use(joined, preview(data, columns=joined).reading, "Ordernr", Use.IGNORE)
    assert preview(data, columns=left).reading.draft.key == ("Kanal",)


def test_rows_that_are_stored_keep_their_day_and_their_key(data: Path) -> None:
    importing.add(data, FILE, said(), NOW)
    for name, use, sentence in (
        ("Bezahlt", Use.DATE, 'dated by "Datum"'),
        ("Kanal", Use.KEY, 'recognised by "Ordernr"'),
    ):
        choice = picking.pick_use(ReadingChoice(), preview(data).reading, name, use)
        with pytest.raises(RefusedDefinition, match=sentence):
            preview(data, NEXT, choice)
        with pytest.raises(RefusedDefinition, match=sentence):
            importing.add(data, NEXT, said(choice), NOW)
    elsewhere = Wishes(
        "By payment", columns=picking.pick_use(ReadingChoice(), preview(data).reading, "Bezahlt", Use.DATE)
    )
    assert importing.add(data, NEXT, elsewhere, NOW).result.new == 28


def test_undone_rows_bind_nobody(data: Path) -> None:
    importing.add(data, FILE, said(), NOW)
    history.take_back(data, 1, NOW)
    choice = picking.pick_use(ReadingChoice(), preview(data).reading, "Bezahlt", Use.DATE)
    importing.add(data, FILE, said(choice), NOW)
    assert preview(data, NEXT).reading.date_column == "Bezahlt"


def test_a_type_takes_a_role_away_that_needs_another(data: Path) -> None:
    amount = picking.pick_use(ReadingChoice(), preview(data).reading, "Avgift", Use.AMOUNT)
    text = picking.pick_type(amount, "Avgift", ColumnType.TEXT)
    assert (text.value, text.roles, text.types) == (None, {}, {"Avgift": ColumnType.TEXT})
    again = picking.pick_use(text, preview(data, columns=text).reading, "Avgift", Use.OTHER_AMOUNT)
    assert (again.roles, again.types) == ({"Avgift": ColumnRole.VALUE}, {})


def test_an_order_that_the_dates_contradict_is_refused(data: Path) -> None:
    importing.preview(data, FILE, Wishes(None, {"date-order": "day-first"}), NOW)
    with pytest.raises(RefusedDefinition, match='"Datum" cannot be read month first'):
        importing.preview(data, FILE, Wishes(None, {"date-order": "month-first"}), NOW)
    with pytest.raises(RefusedDefinition, match="decimal point"):
        importing.add(data, FILE, Wishes("Orders", {"decimal": "point"}), NOW)


def test_a_column_that_no_kpi_uses_may_be_read_as_something_else_from_now_on(data: Path) -> None:
    importing.add(data, FILE, said(), NOW)
    text = picking.pick_type(ReadingChoice(), "Avgift", ColumnType.TEXT)
    importing.add(data, NEXT, said(text), NOW)
    later = {line.name: line.type for line in picking.column_lines(preview(data, NEXT))}
    assert later["Avgift"] is ColumnType.TEXT


def test_what_is_stored_is_named_and_what_is_only_a_fingerprint_is_told(data: Path) -> None:
    shown = preview(data)
    assert picking.stored_fact(shown) == (("Stored", "Datum, Bezahlt, Ordernr, Kanal, Belopp, Avgift"),)
    hashed = replace(shown, reading=replace(shown.reading, draft=replace(shown.reading.draft, hashed=("Kund",))))
    told = next(line for line in picking.column_lines(hashed) if line.name == "Kund")
    assert told.read_as == "text, only a fingerprint to count by is stored"


@pytest.mark.parametrize("known", [False, True])
def test_the_column_of_currencies_is_not_picked_away(data: Path, known: bool) -> None:  # noqa: FBT001 -- a parameter
    rows = [f"A{day};{day:02}.10.2026;{'EUR' if day % 2 else 'SEK'};{day},50\n" for day in range(1, 29)]
    file = File("mixed.csv", ("Order;Datum;Valuta;Belopp\n" + "".join(rows)).encode())
    if known:
        importing.add(data, file, said(), NOW)
        history.take_back(data, 1, NOW)
    reading = preview(data, file).reading
    away = picking.pick_use(ReadingChoice(), reading, "Valuta", Use.PERSONAL)
    with pytest.raises(RefusedDefinition, match='"Valuta" is a personal column, so it cannot be the currency'):
        preview(data, file, away)
    unused = preview(data, file, picking.pick_use(ReadingChoice(), reading, "Valuta", Use.IGNORE))
    assert [check.name for check in unused.checks if not check.ok] == ["currencies"]


def test_a_column_that_looks_personal_is_never_stored_as_it_is_without_a_word(data: Path) -> None:
    assert picking.bared(preview(data)) == ()
    bare = picking.pick_use(ReadingChoice(), preview(data).reading, "Kund", Use.IGNORE)
    shown = preview(data, columns=bare)
    assert picking.bared(shown) == (
        (
            "Kund",
            "“Kund” looks personal. As “not used” it is stored as it stands, readable for whoever has the data file.",
        ),
    )
    again = picking.pick_use(bare, shown.reading, "Kund", Use.PERSONAL)
    assert picking.bared(preview(data, columns=again)) == ()
    more = picking.pick_use(bare, shown.reading, "Kanal", Use.IGNORE)
    assert [name for name, _ in picking.bared(preview(data, columns=more))] == ["Kund"]


def test_of_a_personal_column_a_fingerprint_may_be_kept_to_count_by(data: Path) -> None:
    counted = picking.pick_use(ReadingChoice(), preview(data).reading, "Kund", Use.COUNTED)
    shown = preview(data, columns=counted)
    assert {line.name: line.use for line in picking.column_lines(shown)}["Kund"] is Use.COUNTED
    assert shown.reading.batch is not None
    assert "Kund" in shown.reading.batch.cells
    added = importing.add(data, FILE, replace(shown.wishes, source="Ordrar"), NOW)
    assert added.result.new == 28
    assert b"Ada Ek" not in data.read_bytes()
    later = preview(data, NEXT)
    assert {line.name: line.use for line in picking.column_lines(later)}["Kund"] is Use.COUNTED
    back = picking.pick_use(counted, shown.reading, "Kund", Use.PERSONAL)
    assert back.hashed == ()
