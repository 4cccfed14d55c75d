from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import written
from tests.cli.running import Run

MEASURE = {
    "kind": "measure",
    "source": "Orders",
    "aggregate": "sum",
    "value": "Total",
    "date": "Created at",
    "where": [{"column": "Status", "values": ["paid"]}],
    "segment": "Channel",
}
DOCUMENT = {
    "business": {"currency": "SEK"},
    "kpis": [{"name": "Revenue", "unit": "currency:SEK", "direction": "up", "owner": "me", "values": MEASURE}],
}


@pytest.fixture
def _defined(run: Run, tmp_path: Path, orders: Path) -> None:
    assert run("import", "--source", "Orders", orders).code == 0
    assert run("define", written(tmp_path / "set.json", json.dumps(DOCUMENT))).code == 0


@pytest.mark.usefixtures("_defined")
def test_what_explains_a_change_exact_and_in_words(run: Run) -> None:
    found = run("explain", "revenue", "--by", "channel", "--json").json
    assert (found["kpi"], found["by"], found["before"], found["after"], found["change"]) == (
        "Revenue",
        "Channel",
        100.5,
        359.5,
        259,
    )
    assert {part["segment"]: (part["kind"], part["explains"]) for part in found["parts"]} == {
        "shop": ("new", 250),
        "(none)": ("new", 9.5),
        "web": ("before and after", -0.5),
    }
    assert found["sentence"].startswith("Shop explains ")
    lines = run("explain", "Revenue", "--period", "2026-10", "--against", "2026-09-30").out.splitlines()
    assert lines[0] == found["sentence"]
    # A page shows the shares that the note speaks of, so a terminal does too
    assert "Second number: share of the whole." in lines[1]
    assert lines[3] == "shop (new)\t-\tSEK\N{NO-BREAK SPACE}250 (70%)\t+SEK\N{NO-BREAK SPACE}250"
    assert lines[-1].startswith("All\t")


@pytest.mark.usefixtures("_defined")
@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--by", "Colour"), 'Revenue cannot be taken apart by "Colour".'),
        (("--period", "2026-09"), "August 2026 is not wholly covered by Orders."),
        (("--since", "2026-09"), "There is nothing before September 2026 to compare."),
    ],
)
def test_what_cannot_be_explained_is_refused_in_a_sentence(run: Run, options: tuple[str, ...], error: str) -> None:
    ran = run("explain", "Revenue", *options, "--json")
    assert (ran.code, ran.json["error"]) == (2, error)


@pytest.mark.usefixtures("_defined")
def test_a_kpi_beside_last_year(run: Run) -> None:
    found = run("compare", "Revenue", "--json").json
    assert [line["stretch"] for line in found["lines"]] == ["period", "year to date", "twelve months"]
    period = found["lines"][0]
    assert period["now"] == {"from": "2026-10-01", "to": "2026-11-01", "value": 359.5}
    assert (period["last_year"]["value"], period["change"], period["reason"]) == (None, "", "October 2025: no data")
    assert run("compare", "Revenue").out.splitlines()[0].endswith("October 2025: no data")


@pytest.mark.usefixtures("_defined")
def test_an_unknown_kpi_is_named(run: Run) -> None:
    for command in ("explain", "compare"):
        ran = run(command, "Revenu", "--json")
        assert ran.code == 2
        assert "Revenu" in ran.json["error"]
