"""Damaged, foreign, newer and full: what is said, and what is saved."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kpi_core.errors import DataFileDamaged, DiskFull, NewerDataFile, SignalboxError
from kpi_core.service import actions, backups, keeping, kpi_page, notes, reviews, sample
from kpi_core.store import data_file, upkeep
from kpi_core.store.backups import keep_daily, kept_days, look
from kpi_core.store.data_file import Store, copy_to, open_store
from tests.service.shop import NOW, TODAY, add, days, dump, filled, orders


@pytest.fixture
def shop(data: Path) -> Path:
    filled(data)
    with open_store(data) as store:
        store.checkpoint()
    return data


def test_a_truncated_file_is_said_and_the_daily_backup_brings_everything_back(shop: Path) -> None:
    assert backups.daily(shop, NOW) == ""
    held = dump(shop)
    whole = shop.read_bytes()
    for share in (0.1, 0.5, 0.9):
        for path in shop.parent.glob(f"{shop.name}-*"):
            path.unlink()
        shop.write_bytes(whole[: int(len(whole) * share)])
        assert is_noticed(shop)
        name = next(each.name for each in backups.listed(shop) if not backups.look(shop, each.name).trouble)
        moment = NOW + timedelta(minutes=int(share * 100))
        kept = backups.bring_back(shop, name, moment)
        assert kept is not None
        assert kept.read_bytes() == whole[: int(len(whole) * share)], "the damaged file is kept as it was"
        assert dump(shop) == held
        assert all(each.ok for each in keeping.check(shop, TODAY))


def is_noticed(path: Path) -> bool:
    """Tell whether a look at a file says that something is wrong."""
    try:
        return not all(each.ok for each in keeping.check(path, TODAY))
    except SignalboxError:
        return True


def test_a_flipped_bit_is_never_read_as_another_number_without_a_finding(shop: Path) -> None:
    """Every flip is refused, found, or stands where nothing is: then every number is as it was."""
    whole, held = shop.read_bytes(), numbers(shop)
    chance = random.Random(6)
    silent = []
    for turn in range(60):
        damaged = bytearray(whole)
        at = chance.randrange(100, len(damaged))
        damaged[at] ^= 1 << chance.randrange(8)
        path = shop.with_name(f"flipped{turn}.db")
        path.write_bytes(damaged)
        if not is_noticed(path) and numbers(path) != held:
            silent.append(at)
    assert silent == []


def numbers(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT * FROM actuals ORDER BY 1, 2, 3").fetchall()


def test_what_is_handed_over_as_a_backup_is_looked_into_and_refused_in_a_sentence(shop: Path, tmp_path: Path) -> None:
    foreign, newer = tmp_path / "foreign.db", tmp_path / "newer.db"
    with closing(sqlite3.connect(foreign)) as conn, conn:
        conn.execute("CREATE TABLE theirs (a)")
    keeping.backup(shop, newer)
    with closing(sqlite3.connect(newer)) as conn:
        conn.execute("PRAGMA user_version = 999")
    whole = shop.read_bytes()
    cases = {
        "it is no data file of Signalbox": foreign.read_bytes(),
        "written by a newer Signalbox": newer.read_bytes(),
        "is damaged": whole[: len(whole) // 2],
        "no data file": b"Order,Day\n1,2026-10-01\n" * 90,
    }
    before = dump(shop)
    for sentence, data in cases.items():
        assert sentence in backups.look_into(data).trouble
        with pytest.raises((DataFileDamaged, NewerDataFile)):
            keeping.restore_bytes(shop, data, NOW)
    assert dump(shop) == before


def test_a_backup_of_the_sample_alone_is_told_from_one_of_the_owner_s(shop: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.db"
    sample.load(alone, NOW)
    keeping.backup(alone, tmp_path / "copy.db")
    assert backups.SAMPLE_ONLY in backups.look_into((tmp_path / "copy.db").read_bytes()).sentences
    keeping.backup(shop, tmp_path / "own.db")
    inside = backups.look_into((tmp_path / "own.db").read_bytes())
    assert inside.trouble == ""
    assert inside.sentences == (
        "Business: without a name.",
        "KPIs: Revenue.",
        "Newest period with a value: from 1 October 2026 on.",
        "61 rows from 1 import.",
        "Last changed on 3 November 2026, 09:00.",
    )


def test_a_backup_says_how_many_reviews_and_actions_it_holds(shop: Path, tmp_path: Path) -> None:
    review = reviews.start(shop, "", NOW)
    for what in ("Call", "Write"):
        actions.add_typed(shop, review.agenda[0].kpi_id, what, "buyer", TODAY, NOW, review=review.id)
    keeping.backup(shop, tmp_path / "own.db")
    assert "1 review and 2 actions." in backups.look_into((tmp_path / "own.db").read_bytes()).sentences


def test_a_restore_only_reads_the_backup_and_one_more_undoes_it(shop: Path) -> None:
    assert backups.daily(shop, NOW) == ""
    (copy,) = (shop.parent / "backups").iterdir()
    before = copy.read_bytes()
    add(shop, orders(days("2026-11-01", "2026-11-02")), now=NOW + timedelta(hours=1))
    later = dump(shop)
    kept = backups.bring_back(shop, copy.name, NOW + timedelta(hours=2))
    assert kept is not None
    assert copy.read_bytes() == before
    assert dump(shop) != later
    backups.bring_back(shop, kept.name, NOW + timedelta(hours=3))
    assert dump(shop) == later


def test_no_other_file_is_taken_for_a_backup(shop: Path) -> None:
    for name in ("signalbox.db", "../signalbox.db", "/etc/passwd", "backups"):
        with pytest.raises(SignalboxError, match="There is no backup"):
            backups.look(shop, name)


def test_daily_backups_follow_the_rule_and_nothing_is_copied_on_days_without_a_change(shop: Path) -> None:
    moment = NOW
    folder = shop.parent / "backups"
    for day in range(40):
        moment = NOW + timedelta(days=day)
        kpi_page.type_values(shop, 1, {datetime(2026, 9, 1).date(): str(day)}, "", moment)
        assert backups.daily(shop, moment) == ""
        assert backups.daily(shop, moment + timedelta(hours=1)) == ""
    found = sorted(path.stem[-10:] for path in folder.iterdir())
    every = [NOW.date() + timedelta(days=day) for day in range(40)]
    # Week by week and month by month, what was kept at an earlier day bounds what can be kept later
    assert set(found) >= {str(day) for day in kept_days(every, moment.date())} & set(found)
    assert {str(day) for day in every[-7:]} <= set(found)
    assert len(found) <= 7 + 4 + 12
    assert backups.daily(shop, moment + timedelta(days=1)) == ""
    assert len(list(folder.iterdir())) == len(found), "nothing had changed"


def test_a_failed_backup_deletes_nothing_and_stops_no_work(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert backups.daily(shop, NOW) == ""
    later = NOW + timedelta(days=400)
    kpi_page.type_values(shop, 1, {datetime(2026, 9, 1).date(): "5"}, "", later)

    def full(_: Store, target: Path) -> None:
        raise DiskFull(str(target))

    monkeypatch.setattr("kpi_core.store.backups.copy_latest", full)
    said = backups.daily(shop, later)
    assert said.startswith("Today's backup could not be made. The disk that holds ")
    assert len(list((shop.parent / "backups").iterdir())) == 1
    kpi_page.type_values(shop, 1, {datetime(2026, 9, 1).date(): "6"}, "", later)


def test_a_disk_that_is_full_takes_an_import_back_whole_and_a_backup_leaves_no_part(tmp_path: Path) -> None:
    """A disk of a few megabytes that really is full."""
    disk = mounted(tmp_path / "disk", "3m")
    try:
        shop = disk / "signalbox.db"
        filled(shop)
        held = dump(shop)
        (disk / "ballast").write_bytes(b"\0" * max(0, shutil.disk_usage(disk).free - 300_000))
        with pytest.raises(DiskFull, match="is full; nothing was saved"):
            add(shop, orders(days("2000-01-01", "2025-12-31")), now=NOW + timedelta(days=1))
        assert dump(shop) == held
        said = backups.daily(shop, NOW + timedelta(days=1))
        assert "The disk that holds" in said
        assert [path.name for path in (disk / "backups").glob("*")] == []
        (disk / "ballast").unlink()
        add(shop, orders(days("2026-11-01", "2026-11-02")), now=NOW + timedelta(days=1))
        assert all(each.ok for each in keeping.check(shop, TODAY))
    finally:
        unmounted(disk)


def mounted(folder: Path, size: str) -> Path:
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode:
        pytest.skip("this user may not mount a small disk")
    return folder


def unmounted(folder: Path) -> None:
    subprocess.run(["umount", folder], check=True)


def test_a_page_limit_in_the_middle_of_an_import_keeps_nothing_of_it(shop: Path) -> None:
    held = dump(shop)
    with open_store(shop) as store:
        pages = store.one("PRAGMA page_count")
        assert pages is not None
        store.run(f"PRAGMA max_page_count = {pages[0]}")
        with pytest.raises(DiskFull):
            write_much(store)
    assert dump(shop) == held


def write_much(store: Store) -> None:
    with store.writing():
        for number in range(100_000):
            store.run("INSERT INTO left_out_rows VALUES (1, ?, 1, 'why', ?)", (1000 + number, "text" * 50))


def test_a_damaged_copy_is_named_in_the_list_and_never_brought_back(shop: Path) -> None:
    assert backups.daily(shop, NOW) == ""
    (copy,) = (shop.parent / "backups").iterdir()
    copy.write_bytes(copy.read_bytes()[:20_000])
    assert "damaged" in look(copy).trouble
    before = dump(shop)
    with pytest.raises(SignalboxError):
        backups.bring_back(shop, copy.name, NOW)
    assert dump(shop) == before


LONE = """INSERT INTO actuals SELECT 99, 0, period, period_end, value, approx, coverage, data_until, reason, typed,
    label FROM actuals WHERE segment_id = 0"""
TWO_AT_ONCE = """INSERT INTO reviews (definition, live) VALUES
    ('{"day": "2026-11-03"}', 1), ('{"day": "2026-11-03"}', 1)"""
DAMAGE = [
    ("UPDATE actuals SET value = '1' WHERE segment_id = 0 AND period = '2026-10-01'", "values"),
    ("INSERT INTO outlooks SELECT kpi_id, 'x', 'y' FROM actuals LIMIT 1", None),
    ("CREATE TABLE rows_99 (_id INTEGER)", "leftovers"),
    (LONE, "leftovers"),
    ("UPDATE kpis SET definition = json_set(definition, '$.owner', 'somebody')", "log"),
    ("UPDATE imports SET refused = 7", "counts"),
    ("DELETE FROM rows_1 WHERE _id = 5", None),
    ("INSERT INTO actions (kpi_id, definition, live) VALUES (99, '{}', 1)", "references"),
    ("INSERT INTO actions (kpi_id, definition, live) VALUES (1, '{\"what\": 7}', 1)", "written"),
    ("INSERT INTO reviews (definition, live) VALUES ('{\"day\": \"2026-', 1)", "written"),
    (TWO_AT_ONCE, "written"),
    ("INSERT INTO put_aside (definition, live) VALUES ('{\"from\": \"soon\"}', 1)", "written"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "name"), DAMAGE)
def test_planted_damage_is_explained_and_what_follows_from_the_rest_is_made_again(
    shop: Path, damage: str, name: str | None
) -> None:
    with closing(sqlite3.connect(shop)) as conn, conn:
        conn.execute(damage)
    wrong = {each.name: each for each in keeping.check(shop, TODAY) if not each.ok}
    if name is not None:
        assert name in wrong
        assert all(each.text.endswith(".") and (each.hint or each.name == "rows") for each in wrong.values())
        mended = all(each.can_mend for each in wrong.values())
        left = [each.name for each in keeping.mend(shop, TODAY) if not each.ok]
        assert (left == []) is mended


def test_what_others_write_while_a_backup_is_brought_back_is_kept_too(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.backup(shop, tmp_path / "copy.db")
    before = dump(shop)
    late: list[int | None] = []

    def and_one_more(store: Store, target: Path) -> None:
        copy_to(store, target)
        if not late:
            late.append(notes.add_note(shop, 0, NOW.date(), "written meanwhile", NOW, everywhere=True))

    monkeypatch.setattr(upkeep, "copy_to", and_one_more)
    kept = keeping.restore(shop, tmp_path / "copy.db", NOW)
    assert late
    assert kept is not None
    assert dump(shop) == before
    assert [each.text for each in notes.every_note(kept)] == ["written meanwhile"]


def test_two_files_of_one_second_are_both_kept_and_nothing_unfinished_stays(shop: Path, tmp_path: Path) -> None:
    keeping.backup(shop, tmp_path / "copy.db")
    notes.add_note(shop, 0, NOW.date(), "only here", NOW, everywhere=True)
    first, second = (keeping.restore(shop, tmp_path / "copy.db", NOW) for _ in range(2))
    assert first is not None
    assert second is not None
    assert [[each.text for each in notes.every_note(kept)] for kept in (first, second)] == [["only here"], []]
    assert list(shop.parent.rglob("*unfinished*")) == []


def test_copies_made_at_once_do_not_get_into_each_other_s_way(shop: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _: backups.daily(shop, NOW), range(8)))
    assert set(said) == {""}
    (made,) = (shop.parent / "backups").iterdir()
    assert backups.look(shop, made.name).trouble == ""


def test_what_is_written_while_the_copy_of_the_day_is_made_is_in_it(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int | None] = []

    def and_one_more(store: Store, target: Path) -> None:
        copy_to(store, target)
        if not written:
            written.append(notes.add_note(shop, 0, NOW.date(), "written meanwhile", NOW, everywhere=True))

    monkeypatch.setattr(data_file, "copy_to", and_one_more)
    copy = keep_daily(shop, NOW)
    assert written
    assert copy is not None
    assert [each.text for each in notes.every_note(copy)] == ["written meanwhile"]


def test_an_empty_data_file_beside_its_copies_is_no_error(shop: Path) -> None:
    assert keep_daily(shop, NOW) is not None
    for path in shop.parent.glob(f"{shop.name}*"):
        path.unlink()
    shop.touch()
    assert keep_daily(shop, NOW + timedelta(days=1)) is None


def test_a_backup_that_is_brought_back_is_only_read_whatever_folder_it_is_in(shop: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    copy = folder / "copy.db"
    copy.write_bytes(shop.read_bytes())
    before = (copy.read_bytes(), copy.stat().st_mtime_ns, folder.stat().st_mtime_ns)
    keeping.restore(shop, copy, NOW)
    assert (copy.read_bytes(), copy.stat().st_mtime_ns, folder.stat().st_mtime_ns) == before
