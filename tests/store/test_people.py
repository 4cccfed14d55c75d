"""Who writes, apart from the settings: also where an older file kept the name among them."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from kpi_core.store import people
from kpi_core.store.business import read_business
from kpi_core.store.changes import By, list_changes
from kpi_core.store.data_file import APPLICATION_ID, connect, open_store
from kpi_core.store.definitions.undo import undo_change
from kpi_core.store.schema_safety import MIGRATIONS
from tests.store.batches import NOW

SETTINGS = '{"currency": "SEK", "fiscal_year_start": "01-01", "person": "shop manager"}'
ALONE = '{"fiscal_year_start": "01-01", "person": "shop manager"}'


def test_an_older_file_gives_its_name_to_the_people_and_its_changes_can_still_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    conn = connect(path)
    MIGRATIONS.apply(Database(conn, execute_plugins=False), stop_before="m013_people")
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute("INSERT INTO business VALUES (1, ?)", (SETTINGS,))
    conn.execute(
        """INSERT INTO changes (at, who, why, thing, key, name, old, new)
        VALUES ('2025-11-03 09:00:00', 'shop manager', '', 'business', '1', 'Settings', ?, ?)""",
        (ALONE, SETTINGS),
    )
    conn.close()

    with open_store(path) as store:
        business = read_business(store)
        assert (business.currency, business.person) == ("SEK", "shop manager")
        assert people.known(store) == ("shop manager",)
        (change,) = list_changes(store)
        undo_change(store, change.id, By(NOW))
        assert read_business(store).currency is None
        assert people.present(store) == "shop manager"


def test_another_person_changes_nothing_else(tmp_path: Path) -> None:
    with open_store(tmp_path / "shop.db") as store:
        for name in ("shop manager", "bookkeeper", "shop  manager"):
            people.switch(store, name)
        assert (people.present(store), people.known(store)) == ("shop manager", ("bookkeeper", "shop manager"))
        assert list_changes(store) == ()
        assert store.all("SELECT * FROM business") == []
        people.switch(store, "")
        assert people.present(store) == ""
