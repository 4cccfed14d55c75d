from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import written
from tests.cli.running import Run
from tests.cli.test_defining import DOCUMENT

ENDINGS = (".html", ".pdf", ".xlsx", ".zip")


@pytest.fixture
def _defined(run: Run, tmp_path: Path) -> None:
    """Define what the tests of the definitions define."""
    assert run("define", written(tmp_path / "set.json", json.dumps(DOCUMENT))).code == 0


@pytest.mark.usefixtures("_defined")
@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_says_what_is_written(run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"report{ending}"
    ran = run("report", "--to", path, "--json", "--as-of", "2026-10-20")
    assert ran.code == 0
    assert ran.json == {"report": str(path), "as_of": "2026-10-20", "bytes": path.stat().st_size}
    assert path.read_bytes()[:4] == {".html": b"<!do", ".pdf": b"%PDF"}.get(ending, b"PK\x03\x04")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


@pytest.mark.usefixtures("_defined")
def test_everything_as_csv_holds_its_twelve_files(run: Run, tmp_path: Path) -> None:
    run("report", "--to", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 12


@pytest.mark.usefixtures("_defined")
def test_an_unknown_ending_is_one_sentence_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    ran = run("report", "--to", tmp_path / "report.docx")
    assert ran.code == 2
    assert ran.err.strip() == (
        "A report cannot be a file that ends in “.docx”. Let its name end in .html, .pdf, .xlsx or .zip."
    )
    assert not (tmp_path / "report.docx").exists()


@pytest.mark.usefixtures("_defined")
def test_a_place_that_is_not_there_is_one_sentence(run: Run, tmp_path: Path) -> None:
    ran = run("report", "--to", tmp_path / "nowhere" / "report.pdf")
    assert ran.code == 2
    assert "cannot be written" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


@pytest.mark.usefixtures("_defined")
def test_what_cannot_be_replaced_stays_as_it_was_and_no_half_file_is_left(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "report.html"
    folder.mkdir()
    written(folder / "inside.txt", "the old one")
    assert run("report", "--to", folder).code == 2
    assert (folder / "inside.txt").read_text() == "the old one"
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


@pytest.mark.usefixtures("_defined")
def test_a_day_to_come_is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("report", "--to", tmp_path / "report.pdf", "--as-of", "2027-01-01")
    assert ran.code == 2
    assert "still to come" in ran.err


def test_a_data_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    assert "There is no data file" in run("report", "--to", tmp_path / "report.pdf").err
