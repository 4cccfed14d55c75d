from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi_core.business import Business
from kpi_core.errors import DataFileDamaged, NotFound, RefusedDefinition
from kpi_core.service import history, keeping, kpi_page
from kpi_core.service.file import File
from tests.service.shop import NOW, TODAY, add, days, dump, filled, orders


def test_settings_are_kept_and_logged(data: Path) -> None:
    wanted = replace(keeping.settings(data), name="Corner shop", currency="SEK", person="shop manager")
    keeping.save_settings(data, wanted, NOW)
    assert keeping.settings(data) == wanted
    assert keeping.log(data)[0].at == NOW
    before = dump(data)
    keeping.save_settings(data, wanted, NOW)
    assert dump(data) == before
    assert isinstance(wanted, Business)


def test_another_year_start_makes_the_values_again(data: Path) -> None:
    kpi = filled(data)
    before = kpi_page.page(data, kpi.id, TODAY).row.actual
    business = keeping.settings(data)
    moved = replace(business, fiscal_month=4, fiscal_day=6)
    keeping.save_settings(data, moved, NOW)
    assert kpi_page.page(data, kpi.id, TODAY).row.actual == before
    assert all(finding.ok for finding in keeping.check(data))


def test_definitions_go_round(data: Path) -> None:
    filled(data)
    text = keeping.definitions(data)
    other = data.with_name("other.db")
    loaded = keeping.define(other, File("set.json", text.encode()), NOW)
    assert loaded.changed == 0
    assert keeping.definitions(other) == text
    again = keeping.define(other, File("set.json", b"\xef\xbb\xbf" + text.encode()), NOW)
    assert (again.new, again.changed) == (0, 0)
    add(other, orders(days("2026-09-01", "2026-10-31")))
    assert kpi_page.page(other, 1, TODAY).row.actual == kpi_page.page(data, 1, TODAY).row.actual == 310


def test_restore_keeps_the_replaced_file(data: Path, tmp_path: Path) -> None:
    filled(data)
    backup = tmp_path / "copy.db"
    keeping.backup(data, backup)
    held = dump(data)
    history.take_back(data, 1, NOW)
    later = dump(data)
    kept = keeping.restore(data, backup, NOW)
    assert kept is not None
    assert (kept.parent, kept.name) == (data.parent, "signalbox-before-restore-20261103-090000.db")
    assert (dump(data), dump(kept)) == (held, later)
    assert all(finding.ok for finding in keeping.check(data))


def test_an_uploaded_backup_is_restored_the_same_way(data: Path, tmp_path: Path) -> None:
    filled(data)
    held = dump(data)
    keeping.backup(data, tmp_path / "copy.db")
    history.take_back(data, 1, NOW)
    assert keeping.restore_bytes(data, (tmp_path / "copy.db").read_bytes(), NOW) is not None
    assert dump(data) == held
    for wrong in (b"", b"Order,Day\n1,2026-10-01\n", (tmp_path / "copy.db").read_bytes()[:5000]):
        with pytest.raises(DataFileDamaged):
            keeping.restore_bytes(data, wrong, NOW)
    assert dump(data) == held


def test_a_backup_never_takes_another_file_s_place(data: Path, tmp_path: Path) -> None:
    filled(data)
    table = tmp_path / "orders.csv"
    table.write_text("Order,Day\n")
    for place in (table, data, tmp_path):
        with pytest.raises(RefusedDefinition, match="is no backup"):
            keeping.backup(data, place)
    with pytest.raises(RefusedDefinition, match="There is no folder"):
        keeping.backup(data, tmp_path / "nowhere" / "copy.db")
    assert table.read_text() == "Order,Day\n"
    keeping.backup(data, tmp_path / "copy.db")
    keeping.backup(data, tmp_path / "copy.db")
    with pytest.raises(NotFound):
        keeping.restore(data, tmp_path / "none.db", NOW)


DAMAGE = [
    ("UPDATE actuals SET value = '1' WHERE segment_id = 0 AND period = '2026-10-01'", "values", "Revenue"),
    ("DELETE FROM held", "rows", "Orders"),
    ("DELETE FROM segments WHERE id > 0", "references", "actuals"),
    ("DELETE FROM imports", "references", "held"),
]


@pytest.mark.parametrize(("damage", "name", "named"), DAMAGE)
def test_planted_damage_is_found(data: Path, damage: str, name: str, named: str) -> None:
    filled(data)
    assert all(finding.ok for finding in keeping.check(data))
    with closing(sqlite3.connect(data)) as conn, conn:
        assert conn.execute(damage).rowcount
    wrong = {finding.name: finding.text for finding in keeping.check(data) if not finding.ok}
    assert name in wrong, wrong
    assert named in " ".join(wrong.values())


def test_a_broken_page_is_found(data: Path) -> None:
    filled(data)
    keeping.backup(data, data.with_name("copy.db"))
    broken = data.with_name("copy.db")
    content = bytearray(broken.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\x07" * 4096 * 3
    broken.write_bytes(content)
    try:
        findings = keeping.check(broken)
    except DataFileDamaged:
        return
    assert not findings[0].ok


def test_values_of_another_day_are_the_same(data: Path) -> None:
    kpi = filled(data)
    assert kpi_page.page(data, kpi.id, date(2026, 11, 5)).row.actual == 310
    assert keeping.log(data)[0].at == NOW
