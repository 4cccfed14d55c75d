"""Dropping files: what waits is never out of date, what is done is done, what is dropped anew is looked at anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpi_core.service import history, importing
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from tests.ui.running_app import NOW, RunningApp

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.importing import Preview
    from kpi_core.service.whose import Progress

HEADER = "Order,Created at,Status,Total\n"
SUMMER = [f"{day},2026-08-{day:02},paid,{day}.50\n" for day in range(1, 32)]
AUTUMN = [f"{100 + day},2026-09-{day:02},paid,{day}.25\n" for day in range(1, 31)]
SUMMER_CSV, AUTUMN_CSV = ((HEADER + "".join(rows)).encode() for rows in (SUMMER, AUTUMN))
ADD = "Add these rows"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    app = RunningApp(tmp_path / "shop.db", monkeypatch)
    app.go("add_data")
    return app


def drop(app: RunningApp, **files: bytes) -> None:
    app.test.file_uploader(key="files").set_value([(f"{name}.csv", data, "text/csv") for name, data in files.items()])
    app.run()


def sources(app: RunningApp) -> list[str]:
    return [line.source for line in history.history(app.data_file)]


def test_a_file_that_waits_is_read_anew_once_another_one_made_its_source(app: RunningApp) -> None:
    drop(app, summer=SUMMER_CSV, autumn=AUTUMN_CSV)
    assert sources(app) == []

    app.press(ADD)

    assert sources(app) == ["summer", "summer"]


def test_a_file_dropped_again_says_that_it_is_added_already(app: RunningApp) -> None:
    drop(app, summer=SUMMER_CSV)
    app.press(ADD)

    drop(app, summer=SUMMER_CSV)

    assert len(sources(app)) == 1
    assert any("already added" in each.value.lower() for each in app.test.success)


def test_an_undone_file_stays_undone_until_it_is_dropped_again(app: RunningApp) -> None:
    drop(app, summer=SUMMER_CSV)
    app.press(ADD)

    app.press("Undo")
    assert [line.undone_at for line in history.history(app.data_file)] == [NOW]
    assert not app.test.success

    drop(app, summer=SUMMER_CSV)
    assert [line.undone_at for line in history.history(app.data_file)] == [None, NOW]


def test_a_file_put_aside_is_read_when_it_is_dropped_again(app: RunningApp) -> None:
    drop(app, summer=SUMMER_CSV)
    app.press("Put it aside")
    assert ADD not in [each.label for each in app.test.button]

    drop(app, summer=SUMMER_CSV)

    assert ADD in [each.label for each in app.test.button]


def test_a_file_whose_total_disagrees_waits_for_a_look_though_its_kind_is_known(app: RunningApp) -> None:
    drop(app, summer=SUMMER_CSV)
    app.press(ADD)

    drop(app, autumn=AUTUMN_CSV + b"Total,,,9999.00\n")

    assert len(sources(app)) == 1
    assert any("9,999" in each.value for each in app.test.warning)
    app.press(ADD)
    assert len(sources(app)) == 2


def test_naming_another_source_adds_nothing_before_the_click(app: RunningApp) -> None:
    drop(app, summer=SUMMER_CSV)
    app.press(ADD)
    drop(app, other=b"Ticket,Opened,Topic\n1,2026-09-01,delivery\n2,2026-09-30,return\n")

    next(each for each in app.test.text_input if each.label == "Keep it as").set_value("summer")
    app.run()

    assert len(sources(app)) == 1


def test_a_question_that_arose_since_the_preview_is_shown_instead_of_a_dead_end(app: RunningApp) -> None:
    till = "Day,Item,Total\n"
    rows = {month: [f"2026-{month:02}-{day:02},tea," for day in range(1, 31)] for month in (8, 9)}

    def export(month: int, amount: str, more: str = "") -> bytes:
        return (till + "".join(f"{row}{amount}\n" for row in rows[month]) + more).encode()

    importing.add(app.data_file, File("aug.csv", export(8, "5.00")), Wishes("Till", {"coverage": "yes"}), NOW)
    drop(app, september=export(9, "6.00", "Total,,9999.00\n"))
    importing.add(app.data_file, File("sep.csv", export(9, "7.00")), Wishes("Till", {"coverage": "yes"}), NOW)
    app.press(ADD)
    assert len(sources(app)) == 2
    assert "One question" in app.html()
    app.press(next(each.label for each in app.test.button if each.label.startswith("Replace")))
    app.press(ADD)
    assert len(sources(app)) == 3


def test_only_files_whose_source_changed_are_read_again_and_only_those_shown_hold_rows(
    app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    real = importing.preview

    def counted(data_file: Path, file: File, wishes: Wishes, now: datetime, *more: Progress | None) -> Preview:
        reads.append(file.name)
        return real(data_file, file, wishes, now, *more)

    monkeypatch.setattr(importing, "preview", counted)
    kinds = {f"k{n}": f"Order,Created at,Status{n},Total\n".encode() + "".join(SUMMER).encode() for n in range(4)}
    drop(app, **kinds, more=kinds["k0"] + b"200,2026-08-31,paid,1.00\n")
    assert sorted(reads) == ["k0.csv", "k1.csv", "k2.csv", "k3.csv", "more.csv"]
    held = {each.file.name: each.reading.batch is not None for each in app.test.session_state["uploads"].read.values()}
    assert held == {"k0.csv": True, "k1.csv": True, "k2.csv": True, "k3.csv": True, "more.csv": False}
    reads.clear()
    app.press(ADD)
    # The one of its kind follows it; those of other kinds are not looked at
    assert set(reads) == {"more.csv"}


def test_the_next_file_of_a_kind_is_shown_whole_when_the_first_is_put_aside(app: RunningApp) -> None:
    drop(app, summer=SUMMER_CSV, autumn=AUTUMN_CSV)
    app.press("Put it aside")
    assert "autumn.csv" in [each.value.replace("\\", "") for each in app.test.header]
    app.press(ADD)
    assert sources(app) == ["autumn"]
