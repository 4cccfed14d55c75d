from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import written
from tests.cli.running import Run, dump

TOUCHING = [("board",), ("definitions",), ("check",), ("undo", "1"), ("sample", "load"), ("sample", "remove")]


@pytest.fixture
def filled(run: Run, orders: Path, data: Path) -> Path:
    assert run("import", "--source", "Orders", orders).code == 0
    return data


def test_a_sound_file_is_said_to_be_sound(run: Run, filled: Path) -> None:
    ran = run("check", "--json")
    assert ran.code == 0
    assert ran.json["ok"] is True
    assert {each["name"] for each in ran.json["findings"]} == {
        *("pages", "references", "rows", "counts", "leftovers", "values", "written", "log", "outlooks"),
    }
    assert filled.exists()


def test_a_source_that_was_named_before_its_first_file_is_no_damage(
    run: Run, orders: Path, data: Path, tmp_path: Path
) -> None:
    assert run("define", written(tmp_path / "shop.json", '{"sources": [{"name": "Orders"}]}')).code == 0
    assert run("import", "--source", "Orders", orders).code == 0
    assert run("check").code == 0
    assert run("recipes", "edit", "Orders", "--includes", "VAT included").code == 0
    with closing(sqlite3.connect(data)) as conn, conn:
        conn.execute("UPDATE sources SET recipe = json_set(recipe, '$.includes', 'no VAT')")
    assert [each["name"] for each in run("check", "--json").json["findings"] if not each["ok"]] == ["log"]


def test_planted_damage_is_found(run: Run, filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as conn, conn:
        conn.execute("DELETE FROM held")
    ran = run("check", "--json")
    assert ran.code == 2
    assert ran.json["ok"] is False
    assert [each["name"] for each in ran.json["findings"] if not each["ok"]] == ["rows", "counts"]
    assert "Rows of Orders belong to no import: undo and add its files again.\n" in ran.err


def test_a_backup_brings_everything_back(run: Run, filled: Path, tmp_path: Path) -> None:
    held = dump(filled)
    backup = tmp_path / "copy.db"
    assert run("backup", backup, "--json").json == {"backup": str(backup)}
    run("undo", 1)
    later = dump(filled)
    ran = run("restore", backup, "--json")
    assert (ran.code, ran.json["restored"]) == (0, str(backup))
    assert dump(filled) == held
    assert dump(Path(ran.json["kept"])) == later
    assert run("check").code == 0


def test_a_backup_can_become_the_data_file_of_another_machine(run: Run, filled: Path, tmp_path: Path) -> None:
    backup, other = tmp_path / "copy.db", tmp_path / "other" / "new.db"
    run("backup", backup)
    ran = run("restore", backup, "--data", other, "--json")
    assert ran.json == {"restored": str(backup), "kept": None}
    assert dump(other) == dump(filled)


def test_what_is_no_data_file_is_not_overwritten_by_a_backup(run: Run, filled: Path, tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    before = orders.read_bytes()
    for place in (orders, tmp_path, filled, orders / "copy.db", tmp_path / "nowhere" / "copy.db"):
        ran = run("backup", place, "--json")
        assert (ran.code, set(ran.json)) == (2, {"error", "hint"}), place
    assert orders.read_bytes() == before
    assert run("check").code == 0
    assert run("backup", tmp_path / "copy.db").code == run("backup", tmp_path / "copy.db").code == 0


def test_what_is_no_backup_is_not_restored(run: Run, filled: Path, orders: Path, tmp_path: Path) -> None:
    before = dump(filled)
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as conn, conn:
        conn.execute("CREATE TABLE notes (text)")
    empty = written(tmp_path / "empty.db", "")
    for source in (orders, tmp_path / "none.db", tmp_path, tmp_path / "foreign.db", empty):
        ran = run("restore", source, "--json")
        assert (ran.code, set(ran.json)) == (2, {"error", "hint"}), source
    assert dump(filled) == before


@pytest.mark.parametrize("command", TOUCHING, ids=" ".join)
def test_a_file_that_is_no_data_file_is_refused_and_left_alone(
    run: Run, orders: Path, command: tuple[str, ...]
) -> None:
    before = orders.read_bytes()
    ran = run(*command, "--data", orders, "--json")
    assert (ran.code, set(ran.json)) == (2, {"error", "hint"})
    assert ran.json["error"] == f"{orders} is damaged: it is no data file of Signalbox."
    assert orders.read_bytes() == before


@pytest.mark.parametrize("command", TOUCHING, ids=" ".join)
def test_the_file_of_a_newer_signalbox_is_refused(run: Run, filled: Path, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(filled)) as conn:
        conn.execute("PRAGMA user_version = 9999")
    before = dump(filled)
    ran = run(*command, "--json")
    assert (ran.code, ran.json["error"]) == (2, f"{filled} was written by a newer Signalbox.")
    assert dump(filled) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may write everywhere")
def test_a_file_that_cannot_be_written_is_refused(run: Run, filled: Path, orders: Path) -> None:
    run("undo", 1)
    filled.chmod(0o444)
    filled.parent.chmod(0o555)
    try:
        ran = run("import", "--source", "Orders", orders, "--json")
    finally:
        filled.parent.chmod(0o755)
    assert (ran.code, ran.json["error"]) == (2, f"{filled} cannot be written.")


@pytest.mark.parametrize("command", [("check",), ("undo", "1"), ("sample", "remove"), ("backup", "copy.db")])
def test_a_mistyped_data_file_is_not_made(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    ran = run(*command, "--data", tmp_path / "typo.db", "--json")
    assert (ran.code, ran.json["error"]) == (2, f"There is no data file {tmp_path / 'typo.db'}.")
    assert not (tmp_path / "typo.db").exists()


def test_a_backup_with_pages_of_another_size_is_restored(run: Run, filled: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    assert run("backup", kept).code == 0
    before = run("definitions").out
    with closing(sqlite3.connect(kept)) as conn:
        conn.execute("PRAGMA page_size = 4096")
        conn.execute("VACUUM")
        assert conn.execute("PRAGMA page_size").fetchone() == (4096,)
    ran = run("restore", kept)
    assert (ran.code, ran.err) == (0, "")
    assert (run("definitions").out, run("check").code, filled.exists()) == (before, 0, True)


def test_a_backup_without_a_table_is_refused(run: Run, filled: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    assert run("backup", kept).code == 0
    before = run("definitions").out
    with closing(sqlite3.connect(kept)) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("DROP TABLE goals")
    ran = run("restore", kept)
    assert ran.code == 2
    assert "its table goals is missing. Choose another backup; your data file is as it was." in ran.err
    assert (run("definitions").out, filled.exists()) == (before, True)


def test_a_damaged_backup_leads_to_another_one(run: Run, filled: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    assert run("backup", kept).code == 0
    kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    ran = run("restore", kept)
    assert (ran.code, filled.exists()) == (2, True)
    assert ran.err.strip().endswith("Choose another backup; your data file is as it was.")


def test_a_stored_value_that_cannot_be_read_is_said_and_mended(run: Run, data: Path) -> None:
    assert run("sample", "load").code == 0
    with closing(sqlite3.connect(data)) as conn:
        changed = conn.execute("UPDATE actuals SET period_end = replace(period_end, '-', char(13))").rowcount
        conn.commit()
    assert changed > 0
    ran = run("board")
    assert ran.code == 2
    assert "cannot be read. Let the values be made again" in ran.err
    run("check", "--repair")
    assert run("board").code == 0


def test_a_backup_with_a_day_that_is_none_is_listed(run: Run, data: Path) -> None:
    assert run("sample", "load").code == 0
    assert run("backups", "--daily").code == 0
    (made,) = (data.parent / "backups").glob("*.db")
    with closing(sqlite3.connect(made)) as conn:
        conn.execute("UPDATE OR IGNORE actuals SET period = 'zzz' WHERE segment_id = 0")
        conn.commit()
    ran = run("backups")
    assert (ran.code, ran.err) == (0, "")
    assert made.name in ran.out
