"""Removing a person: found everywhere, gone from the bytes of the file, its log and its backups; numbers stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Measure, OneColumn
from kpi_core.review import Action, Decision, Plan
from kpi_core.service import (
    actions,
    backups,
    checkup,
    choose,
    invitation,
    keeping,
    kpi_page,
    log,
    meeting,
    notes,
    people,
    removing,
    reviews,
)
from kpi_core.service.file import File
from kpi_core.service.log import Filter
from kpi_core.service.meeting import Said
from kpi_core.source import RowFilter, RowTest
from kpi_core.store import data_file, erase
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store, step_count
from tests.service.shop import NOW, TODAY, add, again, at_least, dump, revenue

PERSON = ("Åsa Exempel", "asa.exempel@example.org")
ROWS = """\
Order,Day,Salesperson,Comment,Total
A-1,2026-10-01,Åsa Exempel,call Åsa  Exempel back,10.00
A-2,2026-10-02,Ben Muster,,20.00
A-3,2026-10-03,ÅSA EXEMPEL,asks for asa.exempel@example.org,30.00
A-4,2026-10-04,Åsa Exempelsson,,40.00
A-5,not a day,Åsa Exempel,,50.00
Total,,,Åsa Exempel,150.00
"""
BY_SELLER = Measure("Orders", Aggregate.SUM, OneColumn("Total"), "Day", segment="Salesperson")


@pytest.fixture
def shop(data: Path) -> Path:
    people.switch(data, "Åsa Exempel")
    add(data, File("orders of Åsa Exempel.csv", ROWS.encode()), coverage="yes", currency="SEK")
    kpi = choose.save(data, again(revenue(BY_SELLER), owner="Åsa Exempel"), at_least(50, date(2026, 1, 1)), NOW)
    kpi_page.type_values(data, kpi.id, {date(2026, 9, 1): "70"}, "Åsa Exempel counted", NOW)
    notes.add_note(data, kpi.id, date(2026, 10, 2), "Åsa Exempel began", NOW)
    return data


def numbers(data: Path) -> object:
    with closing(sqlite3.connect(data)) as conn:
        return conn.execute("SELECT kpi_id, segment_id, period, value FROM actuals ORDER BY 1, 2, 3").fetchall()


def bytes_of(data: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(data.parent.glob(f"{data.name}*")))


def test_a_person_is_found_in_every_kind_of_place(shop: Path) -> None:
    places = {each.place for each in removing.look(shop, PERSON).places}
    assert {
        "rows of Orders",
        "refused rows",
        "names of files",
        "entries of the log",
        "notes",
        "KPIs, with their owners",
        "earlier versions of KPIs",
        "typed values",
        "parts of the business",
        "names of who writes",
    } <= places


def test_no_byte_of_the_person_is_left_and_every_number_stays(shop: Path) -> None:
    before, bytes_before = numbers(shop), bytes_of(shop)
    assert erase.is_in_bytes(bytes_before, PERSON)
    receipt = removing.remove(shop, PERSON, "Remove for good", NOW)
    assert receipt.clean
    after = bytes_of(shop).decode("utf-8", "replace").casefold()
    # Somebody else of a longer name stays
    assert after.replace("åsa exempelsson", "").find("åsa exempel") == -1
    assert PERSON[1] not in after
    assert "Åsa Exempelsson" in dump(shop)
    assert numbers(shop) == before
    assert [each.text for each in keeping.check(shop, TODAY) if not each.ok] == []
    assert removing.look(shop, PERSON).any is False
    assert not removing.still_there(shop, PERSON)
    assert not erase.is_in_bytes(" ".join(receipt.sentences).encode(), PERSON)


def test_the_same_person_stays_one_and_two_spellings_stay_two(shop: Path) -> None:
    removing.remove(shop, PERSON, removing.CONFIRMATION, NOW)
    with closing(sqlite3.connect(shop)) as conn:
        sellers = [row[0] for row in conn.execute("SELECT Salesperson FROM rows_1 ORDER BY _id")]
    assert sellers == ["(Removed 1)", "Ben Muster", "(REMOVED 1)", "Åsa Exempelsson"]


def test_the_log_says_that_it_was_done_and_that_it_cannot_come_back(shop: Path) -> None:
    removing.remove(shop, PERSON, removing.CONFIRMATION, NOW)
    newest = log.log_page(shop, Filter()).lines[0]
    assert (newest.about, newest.who, newest.standing) == ("removed person: removed person 1", "(Removed 1)", False)
    with pytest.raises(RefusedDefinition, match="cannot come back"):
        log.take_back(shop, newest.id, "", NOW)
    # What was changed before can still be taken back
    note = next(each for each in log.log_page(shop, Filter()).lines if each.about.startswith("note"))
    assert "(Removed 1) began" in note.did
    log.take_back(shop, note.id, "", NOW)


def test_backups_are_written_anew_or_deleted(shop: Path) -> None:
    assert backups.daily(shop, NOW) == ""
    (name,) = (each.name for each in backups.listed(shop))
    copy = shop.parent / "backups" / name
    assert erase.is_in_bytes(copy.read_bytes(), PERSON)
    made = copy.stat().st_mtime_ns
    (found,) = removing.look(shop, PERSON).backups
    assert found[0] == name
    removing.remove(shop, PERSON, removing.CONFIRMATION, NOW)
    assert not erase.is_in_bytes(copy.read_bytes().replace("Åsa Exempelsson".encode(), b""), PERSON[1:])
    assert (removing.look(shop, PERSON).backups, copy.stat().st_mtime_ns) == ((), made)
    assert [path.name for path in copy.parent.iterdir()] == [name]
    assert backups.look(shop, name).trouble == ""
    removing.remove(shop, ["Ben Muster"], removing.CONFIRMATION, NOW, delete_backups=True)
    assert not copy.exists()


def test_nothing_goes_without_the_typed_confirmation(shop: Path) -> None:
    before = dump(shop)
    for typed in ("", "yes", "remove"):
        with pytest.raises(RefusedDefinition, match="not confirmed"):
            removing.remove(shop, PERSON, typed, NOW)
    for texts, why in (([], "Whose data"), (["Å"], "too short"), (["Nobody Here"], "stands nowhere")):
        with pytest.raises(RefusedDefinition, match=why):
            removing.remove(shop, texts, removing.CONFIRMATION, NOW)
    assert dump(shop) == before


def test_a_customer_s_number_and_fingerprint_become_others_that_count_the_same(data: Path) -> None:
    text = "Order,Day,Customer id,Email,Total\n" + "".join(
        f"A-{n},2026-10-{n:02},{700 + n % 3},c{n % 3}@example.org,10.00\n" for n in range(1, 13)
    )
    add(data, File("orders.csv", text.encode()), coverage="yes", currency="SEK")
    with open_store(data) as store:
        columns = [str(row[1]) for row in store.all("PRAGMA table_info(rows_1)")]
        different = "SELECT count(DISTINCT {0}), count({0}) FROM rows_1".format('"Customer id"')
        before = store.one(different)
        held = store.one('SELECT count(*) FROM rows_1 WHERE "Customer id" = 701')
    assert "Customer id" in columns
    assert held == (4,)
    removing.remove(data, ["701"], removing.CONFIRMATION, NOW)
    with open_store(data) as store:
        assert store.one(different) == before
        assert store.one('SELECT count(*) FROM rows_1 WHERE "Customer id" = 701') == (0,)


def test_adding_the_same_file_again_does_not_bring_the_person_back(shop: Path) -> None:
    removing.remove(shop, PERSON, removing.CONFIRMATION, NOW)
    add(shop, File("again.csv", ROWS.encode()), now=NOW + timedelta(days=1), coverage="yes", currency="SEK")
    with closing(sqlite3.connect(shop)) as conn:
        assert conn.execute("SELECT count(*) FROM rows_1 WHERE Salesperson LIKE 'Åsa Exempel'").fetchone() == (0,)


def test_another_window_in_the_way_is_said(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_file, "BUSY_SECONDS", 0.5)
    with closing(sqlite3.connect(shop)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM kpis").fetchone()
        reading = removing.remove(shop, PERSON, removing.CONFIRMATION, NOW)
        other.rollback()
        assert not reading.clean
        assert "Another window" in " ".join(reading.sentences)
        assert removing.still_there(shop, PERSON)
        assert removing.remove(shop, PERSON, removing.CONFIRMATION, NOW).clean
        assert not removing.still_there(shop, PERSON)


def test_a_kpi_of_the_person_s_name_is_renamed_everywhere(data: Path) -> None:
    add(data, File("orders.csv", ROWS.encode()), coverage="yes", currency="SEK")
    choose.save(data, replace(revenue(BY_SELLER), name="Sales of Ben Muster"), at_least(5, date(2026, 1, 1)), NOW)
    removing.remove(data, ["Ben Muster"], removing.CONFIRMATION, NOW)
    assert "Ben Muster" not in keeping.definitions(data)
    assert [each.text for each in keeping.check(data, TODAY) if not each.ok] == []


@pytest.fixture
def meeting_shop(shop: Path) -> Path:
    """Name the person in each place where reviews, actions and the check-up keep words."""
    kpi_id = next(iter(kpi_page.kpi_names(shop)))
    review = reviews.start(shop, "owner, Åsa Exempel", NOW)
    meeting.decide(shop, review.id, kpi_id, Said("Åsa Exempel was away", Decision.KEEP), NOW)
    actions.add_typed(shop, kpi_id, "Ask Åsa Exempel", "Åsa Exempel", TODAY, NOW, review=review.id)
    done = actions.add(shop, Action(kpi_id, "Call", "buyer", TODAY, TODAY), NOW)[0]
    actions.done(shop, done, "asa.exempel@example.org agrees", NOW)
    reviews.finish(shop, review.id, NOW)
    reviews.correct(shop, review.id, "Åsa Exempel was ill", NOW)
    invitation.save_plan(shop, Plan(TODAY + timedelta(days=30), "09:00"), NOW)
    untidy = next(iter(checkup.checkup(shop, TODAY).found))
    checkup.put_aside(shop, untidy, TODAY + timedelta(days=9), "until Åsa Exempel is back", NOW)
    return shop


def test_a_person_is_gone_from_reviews_actions_and_what_was_put_aside(meeting_shop: Path) -> None:
    places = {each.place for each in removing.look(meeting_shop, PERSON).places}
    assert {
        "reviews",
        "what was said in reviews",
        "corrections of reviews",
        "actions",
        "findings that were put aside",
    } <= places
    assert all("_" not in place for place in places), "each place is named in the owner's words"
    before = numbers(meeting_shop)
    assert removing.remove(meeting_shop, PERSON, "Remove for good", NOW).clean
    after = bytes_of(meeting_shop).decode("utf-8", "replace").casefold().replace("åsa exempelsson", "")
    assert "åsa exempel" not in after
    assert PERSON[1] not in after
    assert numbers(meeting_shop) == before
    (agreed, call) = (line.action for line in actions.overview(meeting_shop, TODAY).lines)
    assert agreed.what == f"Ask {agreed.owner}"
    assert call.result.endswith("agrees")
    (kept,) = reviews.home(meeting_shop, TODAY).records
    assert kept.people == f"owner, {agreed.owner}"
    shown = reviews.record(meeting_shop, kept.id, TODAY)
    assert shown.items[0][1] is not None
    assert shown.items[0][1].cause.endswith("was away")
    assert [each.text.partition(") ")[2] for each in shown.additions] == ["was ill"]
    assert all(finding.ok for finding in keeping.check(meeting_shop))


def shop_of_max(data: Path, aggregate: Aggregate = Aggregate.MAX, where: tuple[RowFilter, ...] = ()) -> Path:
    """Fill a shop whose seller, owner, and typed value are called like words and numbers of a definition."""
    text = "Order,Day,Seller,Pieces,Total\nA-1,2026-10-01,Max,1042,10.00\nA-2,2026-10-02,Ben,1043,20.00\n"
    add(data, File("orders of 1042.csv", text.encode()), coverage="yes", currency="SEK")
    kpi = revenue(Measure("Orders", aggregate, OneColumn("Total"), "Day", where, segment="Seller"))
    kept = choose.save(data, again(kpi, owner="Max"), at_least(1042, date(2026, 1, 1)), NOW)
    kpi_page.type_values(data, kept.id, {date(2026, 9, 1): "1042"}, "", NOW)
    return data


@pytest.mark.parametrize("text", ["Max", "1042"])
def test_a_name_or_number_that_a_definition_is_written_with_leaves_the_definition_alone(data: Path, text: str) -> None:
    before = numbers(shop_of_max(data))
    removing.remove(data, [text], removing.CONFIRMATION, NOW)
    assert numbers(data) == before
    assert [each.text for each in keeping.check(data, TODAY) if not each.ok] == []
    definitions = keeping.definitions(data)
    assert '"aggregate": "max"' in definitions
    assert definitions.count("1042") == 2
    assert ("Max" in definitions) is (text == "1042")


def test_a_year_is_no_number_of_a_customer(data: Path) -> None:
    shop_of_max(data)
    with pytest.raises(RefusedDefinition, match="stands nowhere"):
        removing.remove(data, ["2026"], removing.CONFIRMATION, NOW)
    assert [each.text for each in keeping.check(data, TODAY) if not each.ok] == []


def test_what_would_make_another_number_is_refused_whole(data: Path) -> None:
    where = (RowFilter("Pieces", RowTest.ABOVE, ("1042",)),)
    shop_of_max(data, Aggregate.SUM, where)
    before = dump(data)
    with pytest.raises(RefusedDefinition, match="no person's"):
        removing.remove(data, ["1042"], removing.CONFIRMATION, NOW)
    assert dump(data) == before


def test_a_number_that_is_an_amount_stays_one_and_that_is_said(data: Path) -> None:
    shop_of_max(data)
    assert "As an amount it stays in Pieces of Orders." in removing.look(data, ["1042"]).sentences
    receipt = removing.remove(data, ["1042"], removing.CONFIRMATION, NOW)
    assert "As an amount it stays in Pieces of Orders." in receipt.sentences
    with open_store(data) as store:
        assert store.one("SELECT sum(Pieces) FROM rows_1") == (2085,)


def test_a_backup_made_while_a_person_is_removed_is_written_anew_too(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = erase.erase

    def with_a_backup_before(store: Store, texts: Sequence[str], names: Callable[[str], bool], by: By) -> object:
        assert backups.daily(shop, NOW) == ""
        monkeypatch.setattr(erase, "erase", really)
        return really(store, texts, names, by)

    monkeypatch.setattr(erase, "erase", with_a_backup_before)
    receipt = removing.remove(shop, PERSON, removing.CONFIRMATION, NOW)
    assert "in the backup" in " ".join(receipt.sentences)
    assert removing.look(shop, PERSON).backups == ()


def test_rewriting_a_backup_of_an_earlier_version_leaves_no_other_copy(shop: Path) -> None:
    assert backups.daily(shop, NOW) == ""
    (copy,) = (shop.parent / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as conn:
        conn.executescript(
            f"""DROP TABLE put_aside; DELETE FROM _sqlite_migrations WHERE name = 'm014_put_aside';
            PRAGMA user_version = {step_count() - 1}"""
        )
    removing.remove(shop, PERSON, removing.CONFIRMATION, NOW)
    left = [path for path in shop.parent.rglob("*") if path.is_file()]
    assert sorted(path.name for path in left) == sorted([shop.name, copy.name])
    assert not any(erase.is_in_bytes(path.read_bytes(), PERSON[1:]) for path in left)


def test_a_backup_that_cannot_be_written_anew_is_named_and_the_rest_is_done(shop: Path) -> None:
    assert backups.daily(shop, NOW) == ""
    (copy,) = (shop.parent / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as conn, conn:
        conn.execute("UPDATE kpis SET definition = json_set(definition, '$.values.aggregate', 'no such')")
    receipt = removing.remove(shop, PERSON, removing.CONFIRMATION, NOW)
    said = " ".join(receipt.sentences)
    assert f"The backup {copy.name} could not be written anew and still holds it: delete it." in said
    assert receipt.clean


@pytest.mark.parametrize("text", ["Max", "Day", "2026", "2026-09-01", "SEK", "USD", "name", "measure", "full"])
def test_a_name_that_is_also_a_word_of_ours_leaves_everything_readable(shop: Path, text: str) -> None:
    seen = numbers(shop)
    with suppress(RefusedDefinition):
        removing.remove(shop, (text,), removing.CONFIRMATION, NOW)
    keeping.definitions(shop)
    log.log_page(shop, Filter())
    assert kpi_page.page(shop, 1, TODAY).kpi.name == "Revenue"
    assert numbers(shop) == seen
    assert [each.text for each in keeping.check(shop, TODAY) if not each.ok] == []
