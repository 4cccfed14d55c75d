"""Several files at once: one that fails does not stop the rest, and each says what it brought or needs."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from pathlib import Path

from kpi_core.errors import EmptyFile
from kpi_core.service import history, importing, several
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from kpi_core.service.several import Waiting
from tests.service.shop import NOW, add, days, orders

MONTHS = [(f"2026-{month:02}-01", f"2026-{month:02}-{monthrange(2026, month)[1]}") for month in range(1, 11)]
FILES = [orders(days(first, last), name=f"orders {first[:7]}.csv") for first, last in MONTHS]
EMPTY = File("empty.csv", b"")
SPARSE = orders([date(2026, 11, 1), date(2026, 10, 4)], name="sparse.csv")


def test_files_of_a_known_kind_go_in_and_tell_how_far_they_are(data: Path) -> None:
    add(data, FILES[0], None)
    told: list[tuple[float, str]] = []
    waiting = [Waiting(file, Wishes()) for file in (*FILES[1:], EMPTY)]
    done = several.take_in(data, waiting, NOW, lambda share, said: told.append((share, said)))
    assert [each.added is not None for each in done] == [True] * 9 + [False]
    assert isinstance(done[-1].error, EmptyFile)
    assert done[0].sentence == "28 new."
    assert done[-1].sentence == f"{EmptyFile('empty.csv').sentence} {EmptyFile('empty.csv').hint}"
    assert several.summary(done) == "10 files: 273 new, 1 cannot be added."
    assert told == sorted(told, key=lambda each: each[0])
    assert told[0] == (0.0, "File 1 of 10: orders 2026-02.csv")
    assert all(0 <= share <= 1 for share, _ in told)
    assert len(history.history(data)) == 10


def test_files_of_an_unknown_kind_wait_for_a_look(data: Path) -> None:
    done = several.take_in(data, [Waiting(file, Wishes()) for file in FILES], NOW)
    assert {each.sentence for each in done} == {"It waits for your look."}
    assert several.summary(done) == "10 files: 10 wait for your look."
    assert history.history(data) == ()


def test_what_was_agreed_for_one_goes_in_for_the_others(data: Path) -> None:
    wishes = Wishes("Orders", {"coverage": "yes"})
    first = importing.preview(data, FILES[0], wishes, NOW)
    importing.add(data, FILES[0], wishes, NOW, first.reading)
    files = [*FILES[1:], orders([date(2025, 11, 4), date(2025, 11, 9)], name="sparse.csv")]
    shared = wishes.shared("Orders")
    held = several.take_in(data, [Waiting(file, wishes) for file in files], NOW)
    assert all(each.added is None for each in held)
    done = several.take_in(data, [Waiting(file, shared, agreed=True) for file in files], NOW)
    assert [each.added is not None for each in done] == [True] * 9 + [False]
    # Whether a file is complete was said of that file only
    assert done[-1].question is not None
    assert done[-1].question.id == "coverage"


def test_each_is_added_for_itself(data: Path) -> None:
    done = several.add_each(data, [FILES[0], EMPTY, SPARSE, FILES[0]], Wishes("Orders"), NOW)
    assert [each.added is not None for each in done] == [True, False, False, True]
    assert [each.question is not None for each in done] == [False, False, True, False]
    assert several.summary(done) == "4 files: 31 new, 31 the same, 1 needs an answer, 1 cannot be added."
    assert len(history.history(data)) == 1


def test_what_an_undo_would_do_is_said_and_not_done(data: Path) -> None:
    add(data, orders(days("2026-10-01", "2026-10-31")), None)
    add(data, orders(days("2026-10-31", "2026-11-02"), name="november.csv"), None)
    newest = history.history(data)[0]
    told = history.would_undo(data, newest, NOW)
    assert told is not None
    assert told.forecast == "Undo takes 2 rows away, keeps 1 row that another file holds too."
    assert history.history(data)[0].undone_at is None
    assert history.take_back(data, newest.id, NOW) == told


def test_an_answer_that_does_not_fit_another_file_lets_it_wait(data: Path) -> None:
    open_ = File("a.csv", b"Date,Amount\n01/02/2026,1.00\n02/02/2026,2.00\n")
    sure = File("b.csv", b"Date,Amount\n03/13/2026,1.00\n03/14/2026,2.00\n")
    wishes = Wishes("Till", {"date-order": "day-first", "coverage": "no"})
    importing.add(data, open_, wishes, NOW)
    outcome = several.take_in(data, [Waiting(sure, wishes.shared("Till"), agreed=True)], NOW)[0]
    assert (outcome.added, outcome.error) == (None, None)
    assert outcome.preview is not None


def test_files_are_of_one_kind_by_their_recipe_or_headings(data: Path) -> None:
    def kind(file: File) -> several.Kind:
        return several.kind_of(importing.preview(data, file, Wishes(), NOW))

    def report(line: str) -> File:
        return File("p.csv", f"Line,Jan 2026,Feb 2026,Mar 2026\n{line},1,2,3\nCosts {line},4,5,6\n".encode())

    assert kind(FILES[0]) == kind(FILES[1]) != kind(report("Income"))
    # Tables whose headings are months are told apart by their lines
    assert kind(report("Income")) != kind(report("Visits"))
