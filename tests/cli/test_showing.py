from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import written
from tests.cli.running import Run
from tests.cli.test_defining import DOCUMENT

ROW = {
    "kpi",
    "goal",
    "owner",
    "period",
    "actual",
    "target",
    "status",
    "sentence",
    "signal",
    "signal_sentence",
    "chance",
    "outlook",
    "running",
    "trend",
}
SEEDS = [
    ("Monthly Revenue", "currency:SEK", "up", {"value": 500000}, 480000, "amber"),
    ("Conversion Rate", "percent", "up", {"value": 3}, "3.2", "green"),
    ("Avg Order Value", "currency:SEK", "up", {"value": 800}, 750, "amber"),
    ("Cart Abandonment", "percent", "down", {"value": 60, "comparison": "<"}, 58, "green"),
]


def rows(run: Run, *options: str) -> dict[str, dict[str, Any]]:
    return {row["kpi"]: row for row in run("board", "--json", *options).json["rows"]}


@pytest.fixture
def _defined(run: Run, tmp_path: Path, orders: Path) -> None:
    run("define", written(tmp_path / "set.json", json.dumps(DOCUMENT)))
    assert run("import", "--source", "Orders", orders).code == 0


@pytest.mark.usefixtures("_defined")
def test_a_row_has_the_promised_fields(run: Run) -> None:
    board = run("board", "--json").json
    assert {"rows", "counts"} <= set(board)
    revenue = board["rows"][0] if board["rows"][0]["kpi"] == "Revenue" else board["rows"][1]
    assert set(revenue) >= ROW
    assert (revenue["goal"], revenue["owner"], revenue["period"]) == ("More money", "shop manager", "2026-10-01")
    assert (revenue["actual"], revenue["target"], revenue["status"]) == (359.5, 300, "green")
    assert [(point["period"], point["value"]) for point in revenue["trend"]][-2:] == [
        ("2026-09-01", 100.5),
        ("2026-10-01", 359.5),
    ]
    assert revenue["running"] is None, "no day of November is covered yet"
    assert board["counts"]["on_target"] == 2


@pytest.mark.usefixtures("_defined")
def test_the_running_period_is_a_line_of_its_own(run: Run, tmp_path: Path) -> None:
    file = written(
        tmp_path / "november.csv", "Order,Created at,Status,Total\nA-6,2026-11-01,paid,20\nA-7,2026-11-02,paid,5\n"
    )
    assert run("import", "--source", "Orders", file).code == 0
    row = rows(run)["Revenue"]
    assert (row["period"], row["actual"]) == ("2026-10-01", 359.5)
    running = row["running"]
    assert set(running) >= {"period", "so_far", "expected_by_now", "needed_per_day", "too_early", "at_risk", "sentence"}
    assert (running["period"], running["so_far"], running["too_early"]) == ("2026-11-01", 25, True)


@pytest.mark.usefixtures("_defined")
def test_the_board_in_words(run: Run) -> None:
    shown = run("board").out
    assert "Revenue | On target | " in shown


@pytest.mark.usefixtures("_defined")
def test_a_typed_value_is_marked(run: Run) -> None:
    found = rows(run)
    assert {name: row["typed"] for name, row in found.items()} == {"Revenue": False, "Conversion Rate": True}
    lines = {line.split(" | ")[0].strip(): line for line in run("board").out.splitlines() if " | " in line}
    assert " | typed | " in lines["Conversion Rate"]
    assert "typed" not in lines["Revenue"]


@pytest.mark.usefixtures("_defined")
def test_as_of_a_past_day_shows_the_period_of_then(run: Run) -> None:
    then = rows(run, "--as-of", "2026-10-20")["Revenue"]
    assert (then["period"], then["actual"]) == ("2026-09-01", 100.5)
    assert run("board", "--as-of", "20 October").code == 2


@pytest.mark.usefixtures("_defined")
def test_a_day_to_come_has_no_board(run: Run) -> None:
    ran = run("board", "--as-of", "2026-11-04", "--json")
    assert (ran.code, ran.json) == (
        2,
        {
            "error": "4 November 2026 is still to come: nobody knows its board yet.",
            "hint": "Choose today or a past day.",
        },
    )
    assert run("board", "--as-of", "2026-11-03").code == 0


def test_a_mistyped_data_file_is_no_empty_board(run: Run, tmp_path: Path) -> None:
    ran = run("board", "--data", tmp_path / "shop.bd", "--json")
    assert (ran.code, ran.json["error"]) == (2, f"There is no data file {tmp_path / 'shop.bd'}.")
    assert not (tmp_path / "shop.bd").exists()


def test_the_seed_board_comes_out_exactly(run: Run, tmp_path: Path) -> None:
    kpis = [
        {"name": name, "unit": unit, "direction": direction, "owner": "shop manager", "target": target}
        for name, unit, direction, target, _, _ in SEEDS
    ]
    typed = [{"kpi": name, "period": "2026-10", "value": actual} for name, _, _, _, actual, _ in SEEDS]
    seed = {"business": {"currency": "SEK"}, "kpis": kpis, "typed_values": typed}
    document = written(tmp_path / "seed.json", json.dumps(seed))
    assert run("define", document, "--json").code == 0
    found = rows(run)
    assert {name: found[name]["status"] for name, *_ in SEEDS} == {name: status for name, *_, status in SEEDS}
    assert (
        found["Avg Order Value"]["sentence"].replace("\xa0", " ")
        == "SEK 750 is 6.3% under SEK 800; amber down to SEK 720."
    )


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "command",
    [
        ("board", "--as-of"),
        ("digest", "--since"),
        ("compare", "Sales", "--as-of"),
        ("okr", "--as-of"),
        ("checkup", "--as-of"),
    ],
)
def test_a_day_out_of_reach_is_refused(run: Run, command: tuple[str, ...], day: str) -> None:
    refused = run(*command, day)
    assert refused.code == 2
    assert f"{day} is out of reach. Give a day from 1900-01-01 to 2199-12-31." in refused.err
